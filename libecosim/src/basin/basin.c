/* basin.c -- the list of items: adding, finding, reading back. */
#include "basin/basin_store.h"

#include <string.h>

enum { LONGEST_NAME = 100 }; /* bytes */

static eco_status check_name(const char *thing, const char *name, const char *place, eco_error *err)
{
  if (name == NULL || name[0] == '\0')
    return eco__fail(err, ECO_INVALID, place, "%s: the name is empty, must have 1 to %d bytes", thing, LONGEST_NAME);
  size_t length = strlen(name);
  if (!eco__is_utf8(name, length))
    return eco__fail(err, ECO_INVALID, place, "%s: the name is not UTF-8 text without control characters", thing);
  if (length > LONGEST_NAME)
    return eco__fail(err, ECO_INVALID, place, "%s '%.*s…': the name has %zu bytes, must have at most %d", thing,
                     (int)eco__whole_characters(name, 40), name, length, LONGEST_NAME);
  return ECO_OK;
}

static eco_status no_memory(const eco_basin *basin, eco_error *err)
{
  return eco__fail(err, ECO_NO_MEMORY, "", "basin '%s': out of memory", basin->title);
}

eco_status eco_basin_create(const eco_env *host, const char *name, eco_basin **out, eco_error *err)
{
  if (out == NULL)
    return eco__fail(err, ECO_INVALID, "", "basin: no room for the result");
  ECO__TRY(check_name("basin", name, "", err));
  eco_env env = eco__env(host);
  eco_basin *basin = eco__alloc(&env, sizeof *basin);
  if (basin == NULL)
    return eco__fail(err, ECO_NO_MEMORY, "", "basin '%s': out of memory", name);
  *basin = (eco_basin){0};
  eco__arena_open(&basin->arena, &env);
  eco__graph_open(&basin->processes.graph, &env);
  basin->title = eco__arena_text(&basin->arena, name);
  if (basin->title == NULL) {
    eco_basin_destroy(basin);
    return eco__fail(err, ECO_NO_MEMORY, "", "basin '%s': out of memory", name);
  }
  *out = basin;
  return ECO_OK;
}

void eco_basin_destroy(eco_basin *basin)
{
  if (basin == NULL)
    return;
  eco_env env = basin->arena.env; /* the basin lies in memory of its own env */
  for (size_t k = 0; k < ECO_N_KINDS; k++)
    eco__free(&env, basin->of_kind[k], basin->of_kind_room[k] * sizeof basin->of_kind[k][0]);
  eco__free(&env, basin->items, basin->items_room * sizeof basin->items[0]);
  eco__free(&env, basin->names, basin->names_room * sizeof basin->names[0]);
  eco__free(&env, basin->own, basin->own_room * sizeof basin->own[0]);
  eco__process_store_close(&basin->processes, &env);
  eco__free(&env, basin->slots, basin->n_slots * sizeof basin->slots[0]);
  eco__arena_close(&basin->arena);
  eco__free(&env, basin, sizeof *basin);
}

/* ---- finding by name */

/* The slot that holds `name`, or the free one where it would go. There is always a free one. */
static size_t slot_of(const eco_basin *basin, const char *name)
{
  size_t at = eco__hash(name) & (basin->n_slots - 1);
  while (basin->slots[at] != 0 && !eco__text_equal(basin->names[basin->slots[at] - 1], name))
    at = (at + 1) & (basin->n_slots - 1);
  return at;
}

static bool find_item(const eco_basin *basin, const char *name, uint32_t *id)
{
  if (basin->n_slots == 0)
    return false;
  uint32_t entry = basin->slots[slot_of(basin, name)];
  if (entry == 0)
    return false;
  *id = entry - 1;
  return true;
}

static bool make_slots(eco_basin *basin, size_t n_items)
{
  if (basin->n_slots >= 2 * n_items)
    return true;
  size_t n = basin->n_slots == 0 ? 32 : 2 * basin->n_slots;
  uint32_t *slots = eco__alloc(&basin->arena.env, n * sizeof *slots);
  if (slots == NULL)
    return false;
  memset(slots, 0, n * sizeof *slots);
  eco__free(&basin->arena.env, basin->slots, basin->n_slots * sizeof *slots);
  basin->slots = slots;
  basin->n_slots = n;
  for (uint32_t i = 0; i < basin->n_items; i++)
    basin->slots[slot_of(basin, basin->names[i])] = i + 1;
  return true;
}

eco_status eco_basin_find(const eco_basin *basin, const char *name, eco_item *out, eco_error *err)
{
  if (basin == NULL || name == NULL || out == NULL)
    return eco__fail(err, ECO_INVALID, "", "basin: a basin, a name and room for the item are needed to find one");
  uint32_t id;
  if (find_item(basin, name, &id)) {
    out->id = id;
    return ECO_OK;
  }
  const char *nearest = eco__nearest(name, basin->names, basin->n_items);
  if (nearest != NULL)
    return eco__fail(err, ECO_NOT_FOUND, "", "nothing is named '%s' (did you mean '%s'?)", name, nearest);
  return eco__fail(err, ECO_NOT_FOUND, "", "nothing is named '%s' in basin '%s'", name, basin->title);
}

/* ---- adding */

/* Room for one more item everywhere, before anything changes: a failure leaves the basin as it was. */
static bool make_room(eco_basin *basin, eco_kind kind)
{
  const eco_env *env = &basin->arena.env;
  void *items = basin->items, *names = basin->names, *of_kind = basin->of_kind[kind];
  bool done = eco__grow(env, &items, &basin->items_room, basin->n_items + 1, sizeof basin->items[0]);
  basin->items = items;
  done = done && eco__grow(env, &names, &basin->names_room, basin->n_items + 1, sizeof basin->names[0]);
  basin->names = names;
  done = done && eco__grow(env, &of_kind, &basin->of_kind_room[kind], basin->n_of_kind[kind] + 1, sizeof(uint32_t));
  basin->of_kind[kind] = of_kind;
  void *own = basin->own;
  done =
    done && (kind != ECO_CONSTITUENT || eco__grow(env, &own, &basin->own_room, basin->n_own + 1, sizeof basin->own[0]));
  basin->own = own;
  return done && make_slots(basin, basin->n_items + 1);
}

static eco_status fail_taken(const eco_basin *basin, eco_kind kind, const char *name, const char *place, uint32_t id,
                             eco_error *err)
{
  const eco__item *other = &basin->items[id];
  const char *where = other->place;
  return eco__fail(err, ECO_INVALID, place, "%s '%s': the name is taken by a %s%s%s, names are unique in a basin",
                   eco_kind_word(kind), name, eco_kind_word(other->kind), where[0] != '\0' ? " of " : "", where);
}

eco_status eco_basin_add(eco_basin *basin, eco_kind kind, const char *name, const char *place, eco_item *out,
                         eco_error *err)
{
  place = place != NULL ? place : "";
  if (basin == NULL || out == NULL)
    return eco__fail(err, ECO_INVALID, place, "basin: a basin and room for the item are needed to add one");
  if ((unsigned)kind >= ECO_N_KINDS)
    return eco__fail(err, ECO_INVALID, place, "basin '%s': kind %d is not known", basin->title, (int)kind);
  ECO__TRY(check_name(eco_kind_word(kind), name, place, err));
  uint32_t id;
  if (find_item(basin, name, &id))
    return fail_taken(basin, kind, name, place, id, err);
  if (basin->n_items >= UINT32_MAX - 1)
    return no_memory(basin, err);
  char *name_kept = eco__arena_text(&basin->arena, name);
  char *place_kept = eco__arena_text(&basin->arena, place);
  if (name_kept == NULL || place_kept == NULL || !make_room(basin, kind))
    return no_memory(basin, err);
  id = (uint32_t)basin->n_items;
  basin->slots[slot_of(basin, name_kept)] = id + 1;
  basin->items[id] = (eco__item){.kind = kind, .place = place_kept};
  basin->names[id] = name_kept;
  basin->n_items++;
  basin->of_kind[kind][basin->n_of_kind[kind]++] = id;
  if (kind == ECO_CONSTITUENT)
    basin->own[basin->n_own++] = name_kept;
  out->id = id;
  return ECO_OK;
}

/* ---- reading back */

size_t eco_basin_count(const eco_basin *basin, eco_kind kind)
{
  return basin != NULL && (unsigned)kind < ECO_N_KINDS ? basin->n_of_kind[kind] : 0;
}

const char *eco_basin_name_at(const eco_basin *basin, eco_kind kind, size_t index)
{
  return index < eco_basin_count(basin, kind) ? basin->names[basin->of_kind[kind][index]] : NULL;
}

const eco_env *eco__basin_env(const eco_basin *basin)
{
  return &basin->arena.env;
}

const char *eco__basin_title(const eco_basin *basin)
{
  return basin->title;
}

size_t eco__basin_n_items(const eco_basin *basin)
{
  return basin->n_items;
}

eco_kind eco__item_kind(const eco_basin *basin, eco_item item)
{
  return basin->items[item.id].kind;
}

const char *eco__item_name(const eco_basin *basin, eco_item item)
{
  return basin->names[item.id];
}

const char *eco__item_place(const eco_basin *basin, eco_item item)
{
  return basin->items[item.id].place;
}
