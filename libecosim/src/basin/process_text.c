/* process_text.c -- expressions of processes as text: what their words mean. */
#include "basin/basin_store.h"

#include <string.h>

bool eco__basin_carries(const eco_basin *basin, const char *constituent)
{
  for (size_t k = 0; k < basin->n_own; k++)
    if (eco__text_equal(basin->own[k], constituent))
      return true;
  bool bulk = false;
  for (size_t k = 0; k < eco_state_count(); k++)
    bulk = bulk || eco__text_equal(eco_state_at(k)->name, constituent);
  for (size_t k = 0; bulk && k < basin->n_of_kind[ECO_KINETICS]; k++) {
    const char *states = eco__item_text(basin, (eco_item){basin->of_kind[ECO_KINETICS][k]}, "states");
    bulk = !states || !eco__text_equal(states, "own");
  }
  return bulk;
}

typedef struct reader {
  eco_basin *basin;
  eco_item process;
} reader;

/* Their own constituents that end so, added up. */
static eco__node sum_of(reader *r, const char *end, eco_error *why)
{
  eco_basin *b = r->basin;
  eco_node sum = ECO_NO_NODE, one;
  for (size_t k = 0; k < b->n_own; k++) {
    size_t n = strlen(b->own[k]), m = strlen(end);
    if (n < m || !eco__text_equal(b->own[k] + n - m, end))
      continue;
    if (eco_process_constituent(b, r->process, b->own[k], &one, why) != ECO_OK ||
        (sum != ECO_NO_NODE && eco_process_apply(b, r->process, "+", sum, one, ECO_NO_NODE, &one, why) != ECO_OK))
      return ECO__NO_NODE;
    sum = one;
  }
  if (sum == ECO_NO_NODE)
    (void)eco__fail(why, ECO_NOT_FOUND, "", "no constituent of the basin ends with '%s'", end);
  return sum;
}

static eco__node concentration(reader *r, const char *name, eco_error *why)
{
  char plain[128];
  size_t n = strlen(name);
  eco_node node = ECO_NO_NODE;
  if (name[0] == '*')
    return sum_of(r, name + 1, why);
  bool may_lack = name[n - 1] == '?' && n - 1 < sizeof plain;
  if (!may_lack)
    return eco_process_constituent(r->basin, r->process, name, &node, why) == ECO_OK ? node : ECO__NO_NODE;
  memcpy(plain, name, n - 1);
  plain[n - 1] = '\0';
  eco_status status = eco__basin_carries(r->basin, plain)
                        ? eco_process_constituent(r->basin, r->process, plain, &node, why)
                        : eco_process_number(r->basin, r->process, 0.0, "mg/L", &node, why);
  return status == ECO_OK ? node : ECO__NO_NODE;
}

static eco__node unknown(const eco__process_store *s, uint32_t process, const char *word, eco_error *why)
{
  const char *names[ECO__MOST_FLUXES];
  size_t n = 0;
  for (size_t k = 0; k < s->n_params && n < ECO__MOST_FLUXES; k++)
    if (s->params[k].process == process)
      names[n++] = s->params[k].name;
  for (size_t k = 0; k < s->n_words && n < ECO__MOST_FLUXES; k++)
    if (s->words[k].process == process)
      names[n++] = s->words[k].name;
  for (size_t k = 0; k < ECO_N_SURROUNDINGS && n < ECO__MOST_FLUXES; k++)
    names[n++] = eco_surrounding_word(k);
  const char *near = eco__nearest(word, names, n);
  (void)eco__fail(why, ECO_NOT_FOUND, "", "'%s' is no parameter and nothing that surrounds the water%s%s%s", word,
                  near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  return ECO__NO_NODE;
}

static eco__node find_word(void *user, eco__op kind, const char *word, eco_error *why)
{
  reader *r = user;
  const eco__process_store *s = &r->basin->processes;
  eco_node node = ECO_NO_NODE;
  if (kind == ECO__STATE)
    return concentration(r, word, why);
  for (size_t k = 0; kind == ECO__PARAM && k < s->n_params; k++)
    if (s->params[k].process == r->process.id && eco__text_equal(s->params[k].name, word))
      return s->param_nodes[k];
  for (size_t k = 0; kind == ECO__PARAM && k < s->n_words; k++)
    if (s->words[k].process == r->process.id && eco__text_equal(s->words[k].name, word))
      return s->words[k].node;
  for (size_t k = 0; k < ECO_N_SURROUNDINGS; k++)
    if (eco__text_equal(eco_surrounding_word(k), word))
      return eco_process_surrounding(r->basin, r->process, word, &node, why) == ECO_OK ? node : ECO__NO_NODE;
  return unknown(s, r->process.id, word, why);
}

/* A message of a step within: without "process 'p': ", which stands before the whole. */
static const char *without_name(const char *text, const char *name)
{
  size_t n = strlen(name);
  bool named =
    strncmp(text, "process '", 9) == 0 && strncmp(text + 9, name, n) == 0 && strncmp(text + 9 + n, "': ", 3) == 0;
  return named ? text + 9 + n + 3 : text;
}

static eco_status check(const eco_basin *basin, eco_item process, eco_error *err)
{
  if (!basin || process.id >= basin->n_items || basin->items[process.id].kind != ECO_PROCESS)
    return eco__fail(err, ECO_INVALID, "", "process: no process has the number %lu", (unsigned long)process.id);
  return ECO_OK;
}

eco_status eco_process_parse(eco_basin *basin, eco_item process, const char *text, eco_node *out, eco_error *err)
{
  ECO__TRY(check(basin, process, err));
  const char *name = basin->names[process.id], *place = basin->items[process.id].place;
  if (!text || !out)
    return eco__fail(err, ECO_INVALID, place, "process '%s': a text and room for its node are needed", name);
  reader r = {basin, process};
  eco_error why = {.status = ECO_OK};
  const eco__words words = {find_word, &r};
  eco__node node = eco__graph_parse(&basin->processes.graph, text, &words, &why);
  if (node == ECO__NO_NODE)
    return eco__fail(err, why.status, place, "process '%s': %s", name, without_name(why.text, name));
  *out = node;
  return ECO_OK;
}

eco_status eco__process_call(eco_basin *basin, eco_item process, const char *word, const eco__node *given, size_t n,
                             eco_node *out, eco_error *err)
{
  reader r = {basin, process};
  eco_error why = {.status = ECO_OK};
  const eco__words words = {find_word, &r};
  const char *name = basin->names[process.id];
  eco__node node = eco__graph_call(&basin->processes.graph, word, given, n, &words, &why);
  if (node == ECO__NO_NODE)
    return eco__fail(err, why.status, basin->items[process.id].place, "process '%s': %s", name,
                     without_name(why.text, name));
  *out = node;
  return ECO_OK;
}

eco_status eco_process_define(eco_basin *basin, eco_item process, const char *name, eco_node node, eco_error *err)
{
  ECO__TRY(check(basin, process, err));
  eco__process_store *s = &basin->processes;
  const char *of = basin->names[process.id], *place = basin->items[process.id].place;
  if (!name || !name[0] || node >= s->graph.n)
    return eco__fail(err, ECO_INVALID, place, "process '%s': a definition needs a name and a node of this basin", of);
  void *words = s->words;
  char *kept = eco__arena_text(&basin->arena, name);
  bool grown = eco__grow(&basin->arena.env, &words, &s->words_room, s->n_words + 1, sizeof *s->words);
  s->words = words;
  if (!kept || !grown)
    return eco__fail(err, ECO_NO_MEMORY, place, "process '%s': out of memory", of);
  s->words[s->n_words++] = (eco__process_word){process.id, kept, node};
  return ECO_OK;
}
