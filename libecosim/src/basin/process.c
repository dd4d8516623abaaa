/* process.c -- processes of the basin's own: parameters, expressions and fluxes, checked as they come. */
#include "basin/process.h"

#include "basin/basin_store.h"

#include <math.h>
#include <string.h>

static const struct {
  const char *word, *unit, *text;
} surroundings[ECO_N_SURROUNDINGS] = {
#define X(name, word, unit, text) {word, unit, text},
  ECO_SURROUNDING_MAP(X)
#undef X
};

const char *eco_surrounding_word(size_t index)
{
  return index < ECO_N_SURROUNDINGS ? surroundings[index].word : NULL;
}

const char *eco_surrounding_unit(size_t index)
{
  return index < ECO_N_SURROUNDINGS ? surroundings[index].unit : NULL;
}

const char *eco_surrounding_text(size_t index)
{
  return index < ECO_N_SURROUNDINGS ? surroundings[index].text : NULL;
}

const eco__process_store *eco__basin_processes(const eco_basin *basin)
{
  return &basin->processes;
}

void eco__process_store_close(eco__process_store *s, const eco_env *env)
{
  eco__graph_close(&s->graph);
  eco__free(env, s->names, s->names_room * sizeof *s->names);
  eco__free(env, s->named_by, s->named_room * sizeof *s->named_by);
  eco__free(env, s->params, s->params_room * sizeof *s->params);
  eco__free(env, s->param_nodes, s->nodes_room * sizeof *s->param_nodes);
  eco__free(env, s->words, s->words_room * sizeof *s->words);
  eco__free(env, s->fluxes, s->fluxes_room * sizeof *s->fluxes);
}

/* ---- what a call is about */

typedef struct subject {
  eco_basin *basin;
  eco__process_store *store;
  eco__graph *graph;
  uint32_t item;
  const char *name, *place;
} subject;

static eco_status find_process(eco_basin *basin, eco_item item, subject *out, eco_error *err)
{
  if (!basin || item.id >= basin->n_items)
    return eco__fail(err, ECO_INVALID, "", "process: no item has the number %lu", (unsigned long)item.id);
  *out = (subject){basin,   &basin->processes,     &basin->processes.graph,
                   item.id, basin->names[item.id], basin->items[item.id].place};
  if (basin->items[item.id].kind != ECO_PROCESS)
    return eco__fail(err, ECO_INVALID, out->place, "'%s' is a %s, expected a process", out->name,
                     eco_kind_word(basin->items[item.id].kind));
  return ECO_OK;
}

static eco_status no_memory(const subject *s, eco_error *err)
{
  return eco__fail(err, ECO_NO_MEMORY, s->place, "process '%s': out of memory", s->name);
}

/* The node that was made, or the graph's fault as this process's; the graph forgets it. */
static eco_status give_node(const subject *s, eco__node node, eco_node *out, eco_error *err)
{
  eco_error fault = s->graph->fault;
  s->graph->fault = (eco_error){.status = ECO_OK};
  if (fault.status == ECO_NO_MEMORY)
    return no_memory(s, err);
  if (fault.status != ECO_OK)
    return eco__fail(err, fault.status, s->place, "process '%s': %s", s->name, fault.text);
  *out = node;
  return ECO_OK;
}

static bool grow(const subject *s, void *list, size_t *room, size_t n, size_t size)
{
  void *data;
  memcpy(&data, list, sizeof data); /* any pointer to objects */
  bool done = eco__grow(&s->basin->arena.env, &data, room, n + 1, size);
  memcpy(list, &data, sizeof data);
  return done;
}

static eco_status check_name(const subject *s, const char *what, const char *name, eco_error *err)
{
  if (!name || !name[0] || !eco__is_utf8(name, strlen(name)))
    return eco__fail(err, ECO_INVALID, s->place, "process '%s': a %s has no name, must have one in UTF-8", s->name,
                     what);
  return ECO_OK;
}

/* ---- parameters */

static eco_status check_param(const subject *s, const eco_process_param *p, eco_error *err)
{
  ECO__TRY(check_name(s, "parameter", p->name, err));
  if (!isfinite(p->value) || !isfinite(p->lowest) || !isfinite(p->highest))
    return eco__fail(err, ECO_INVALID, s->place, "process '%s': %s is %g in the range %g..%g, must be finite numbers",
                     s->name, p->name, p->value, p->lowest, p->highest);
  if (!(p->lowest <= p->value && p->value <= p->highest))
    return eco__fail(err, ECO_INVALID, s->place, "process '%s': %s is %g %s, must be %g..%g", s->name, p->name,
                     p->value, p->unit ? p->unit : "", p->lowest, p->highest);
  for (size_t k = 0; k < s->store->n_params; k++)
    if (s->store->params[k].process == s->item && eco__text_equal(s->store->params[k].name, p->name))
      return eco__fail(err, ECO_INVALID, s->place, "process '%s' has a parameter '%s' already", s->name, p->name);
  return ECO_OK;
}

eco_status eco_process_add_param(eco_basin *basin, eco_item process, const eco_process_param *given, eco_node *out,
                                 eco_error *err)
{
  subject s;
  ECO__TRY(find_process(basin, process, &s, err));
  if (!given || given->size < sizeof *given || !out)
    return eco__fail(err, ECO_INVALID, s.place, "process '%s': a parameter and room for its node are needed", s.name);
  ECO__TRY(check_param(&s, given, err));
  const char *unit = given->unit ? given->unit : "";
  eco__process_param kept = {s.item,
                             eco__arena_text(&basin->arena, given->name),
                             eco__arena_text(&basin->arena, unit),
                             eco__arena_text(&basin->arena, given->source ? given->source : ""),
                             eco__arena_text(&basin->arena, given->text ? given->text : ""),
                             given->value,
                             given->lowest,
                             given->highest};
  if (!kept.name || !kept.unit || !kept.source || !kept.text ||
      !grow(&s, &s.store->params, &s.store->params_room, s.store->n_params, sizeof kept) ||
      !grow(&s, &s.store->param_nodes, &s.store->nodes_room, s.store->n_params, sizeof(eco__node)))
    return no_memory(&s, err);
  ECO__TRY(give_node(&s, eco__graph_input(s.graph, ECO__PARAM, (uint32_t)s.store->n_params, unit), out, err));
  s.store->param_nodes[s.store->n_params] = *out;
  s.store->params[s.store->n_params++] = kept;
  return ECO_OK;
}

/* ---- inputs, numbers, operations */

/* Number of a constituent's name; SIZE_MAX: out of memory. */
static size_t name_index(const subject *s, const char *name)
{
  eco__process_store *st = s->store;
  for (size_t k = 0; k < st->n_names; k++)
    if (eco__text_equal(st->names[k], name))
      return k;
  const char *kept = eco__arena_text(&s->basin->arena, name);
  if (!kept || !grow(s, &st->names, &st->names_room, st->n_names, sizeof *st->names) ||
      !grow(s, &st->named_by, &st->named_room, st->n_names, sizeof *st->named_by))
    return SIZE_MAX;
  st->names[st->n_names] = kept;
  st->named_by[st->n_names] = s->item;
  return st->n_names++;
}

static bool lies_on_bed(const eco_basin *basin, const char *name)
{
  eco_item item;
  return eco_basin_find(basin, name, &item, NULL) == ECO_OK && basin->items[item.id].kind == ECO_CONSTITUENT &&
         eco__item_number(basin, item, "bed") >= 0.5;
}

eco_status eco_process_constituent(eco_basin *basin, eco_item process, const char *name, eco_node *out, eco_error *err)
{
  subject s;
  ECO__TRY(find_process(basin, process, &s, err));
  ECO__TRY(check_name(&s, "constituent", name, err));
  size_t k = name_index(&s, name);
  if (k == SIZE_MAX)
    return no_memory(&s, err);
  eco__node node = eco__graph_input(s.graph, ECO__STATE, (uint32_t)k, "mg/L");
  if (lies_on_bed(basin, name)) { /* the run has it over the volume, as the others: g/m2 over the depth of it */
    eco__node depth = eco__graph_input(s.graph, ECO__FORCED, ECO_AT_BED_DEPTH, surroundings[ECO_AT_BED_DEPTH].unit);
    node = eco__graph_apply(s.graph, ECO__MULTIPLY, node, depth, ECO__NO_NODE);
  }
  return give_node(&s, node, out, err);
}

eco_status eco_process_surrounding(eco_basin *basin, eco_item process, const char *word, eco_node *out, eco_error *err)
{
  subject s;
  ECO__TRY(find_process(basin, process, &s, err));
  const char *words[ECO_N_SURROUNDINGS];
  for (uint32_t k = 0; k < ECO_N_SURROUNDINGS; k++) {
    words[k] = surroundings[k].word;
    if (eco__text_equal(words[k], word))
      return give_node(&s, eco__graph_input(s.graph, ECO__FORCED, k, surroundings[k].unit), out, err);
  }
  const char *near = word ? eco__nearest(word, words, ECO_N_SURROUNDINGS) : NULL;
  return eco__fail(err, ECO_NOT_FOUND, s.place, "process '%s': nothing called '%s' surrounds the water%s%s%s", s.name,
                   word ? word : "", near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
}

eco_status eco_process_number(eco_basin *basin, eco_item process, double value, const char *unit, eco_node *out,
                              eco_error *err)
{
  subject s;
  ECO__TRY(find_process(basin, process, &s, err));
  if (!isfinite(value))
    return eco__fail(err, ECO_INVALID, s.place, "process '%s': a number is %g, must be finite", s.name, value);
  eco__node node = unit ? eco__graph_quantity(s.graph, value, unit) : eco__graph_number(s.graph, value);
  return give_node(&s, node, out, err);
}

static eco_status check_operands(const subject *s, const char *operation, size_t n, const eco_node given[3],
                                 eco_error *err)
{
  for (size_t k = 0; k < 3; k++)
    if (k < n ? given[k] >= s->graph->n : given[k] != ECO_NO_NODE)
      return eco__fail(err, ECO_INVALID, s->place,
                       "process '%s': operand %zu of '%s' is %s, expected %zu nodes of this basin", s->name, k + 1,
                       operation, k < n ? "none" : "one too many", n);
  return ECO_OK;
}

eco_status eco_process_apply(eco_basin *basin, eco_item process, const char *operation, eco_node a, eco_node b,
                             eco_node c, eco_node *out, eco_error *err)
{
  subject s;
  ECO__TRY(find_process(basin, process, &s, err));
  if (!operation || !out)
    return eco__fail(err, ECO_INVALID, s.place, "process '%s': an operation and room for its node are needed", s.name);
  const eco_node given[3] = {a, b, c};
  eco__op op = eco__op_of(operation);
  size_t n =
    op == ECO__N_OPS ? (size_t)((a != ECO_NO_NODE) + (b != ECO_NO_NODE) + (c != ECO_NO_NODE)) : eco__op_arguments(op);
  ECO__TRY(check_operands(&s, operation, n, given, err));
  return op == ECO__N_OPS ? eco__process_call(basin, process, operation, given, n, out, err)
                          : give_node(&s, eco__graph_apply(s.graph, op, a, b, c), out, err);
}

/* ---- fluxes */

static eco_status check_flux(const subject *s, const eco_process_flux *f, eco_error *err)
{
  ECO__TRY(check_name(s, "flux", f->name, err));
  for (size_t k = 0; k < s->store->n_fluxes; k++)
    if (s->store->fluxes[k].process == s->item && eco__text_equal(s->store->fluxes[k].name, f->name))
      return eco__fail(err, ECO_INVALID, s->place, "process '%s' has a flux '%s' already", s->name, f->name);
  if (f->rate >= s->graph->n)
    return eco__fail(err, ECO_INVALID, s->place, "process '%s': the rate of flux '%s' is not a node of this basin",
                     s->name, f->name);
  if (!f->parts || f->n_parts == 0)
    return eco__fail(err, ECO_INVALID, s->place, "process '%s': flux '%s' moves no constituent", s->name, f->name);
  for (size_t k = 0; k < f->n_parts; k++) {
    const eco_process_part *part = &f->parts[k];
    ECO__TRY(check_name(s, "constituent", part->constituent, err));
    if (!isfinite(part->coefficient) || part->coefficient == 0)
      return eco__fail(err, ECO_INVALID, s->place,
                       "process '%s': flux '%s': coefficient of %s is %g, must be finite and not 0", s->name, f->name,
                       part->constituent, part->coefficient);
    for (size_t j = 0; j < k; j++)
      if (eco__text_equal(f->parts[j].constituent, part->constituent))
        return eco__fail(err, ECO_INVALID, s->place, "process '%s': flux '%s' names %s twice", s->name, f->name,
                         part->constituent);
  }
  return ECO_OK;
}

static eco_status keep_parts(const subject *s, const eco_process_flux *f, eco__process_flux *out, eco_error *err)
{
  eco__process_part *parts = ECO__TAKE(&s->basin->arena, eco__process_part, f->n_parts);
  for (size_t k = 0; parts && k < f->n_parts; k++) {
    size_t name = name_index(s, f->parts[k].constituent);
    if (name == SIZE_MAX)
      return no_memory(s, err);
    parts[k] = (eco__process_part){(uint32_t)name, f->parts[k].coefficient};
  }
  out->parts = parts;
  out->n_parts = f->n_parts;
  return parts ? ECO_OK : no_memory(s, err);
}

eco_status eco_process_add_flux(eco_basin *basin, eco_item process, const eco_process_flux *given, eco_error *err)
{
  subject s;
  ECO__TRY(find_process(basin, process, &s, err));
  if (!given || given->size < sizeof *given)
    return eco__fail(err, ECO_INVALID, s.place, "process '%s': a flux is needed", s.name);
  ECO__TRY(check_flux(&s, given, err));
  char what[160];
  (void)eco__format(what, sizeof what, "the rate of flux '%s'", given->name);
  (void)eco__graph_expect(s.graph, given->rate, "mg/L/d", what);
  eco__node zero = eco__graph_quantity(s.graph, 0.0, "mg/L/d"), back = ECO__NO_NODE;
  eco__node forth = eco__graph_apply(s.graph, ECO__MAXIMUM, given->rate, zero, ECO__NO_NODE);
  if (given->both_ways) {
    eco__node less = eco__graph_apply(s.graph, ECO__SUBTRACT, zero, given->rate, ECO__NO_NODE);
    back = eco__graph_apply(s.graph, ECO__MAXIMUM, less, zero, ECO__NO_NODE);
  }
  eco_node unused;
  ECO__TRY(give_node(&s, forth, &unused, err));
  eco__process_flux kept = {s.item, eco__arena_text(&basin->arena, given->name), forth, back, NULL, 0, given->side};
  ECO__TRY(keep_parts(&s, given, &kept, err));
  if (!kept.name || !grow(&s, &s.store->fluxes, &s.store->fluxes_room, s.store->n_fluxes, sizeof kept))
    return no_memory(&s, err);
  s.store->fluxes[s.store->n_fluxes++] = kept;
  return ECO_OK;
}
