/* graph.c -- building expressions: nodes that are not there yet, constants folded, units checked. */
#include "base/graph.h"

#include "base/vector_math.h"

#include <string.h>

enum { WHOLE = 6, KELVIN = 3, CELSIUS = 4 }; /* of eco__dimension */

static const struct {
  const char *word;
  size_t arguments;
} ops[ECO__N_OPS] = {[ECO__CONSTANT] = {"number", 0}, [ECO__STATE] = {"state", 0}, [ECO__FORCED] = {"forcing", 0},
                     [ECO__PARAM] = {"parameter", 0}, [ECO__ADD] = {"+", 2},       [ECO__SUBTRACT] = {"-", 2},
                     [ECO__MULTIPLY] = {"*", 2},      [ECO__DIVIDE] = {"/", 2},    [ECO__POWER] = {"^", 2},
                     [ECO__MINIMUM] = {"min", 2},     [ECO__MAXIMUM] = {"max", 2}, [ECO__LESS] = {"less", 2},
                     [ECO__EXP] = {"exp", 1},         [ECO__LOG] = {"log", 1},     [ECO__SQRT] = {"sqrt", 1},
                     [ECO__ABS] = {"abs", 1},         [ECO__WHERE] = {"where", 3}};

size_t eco__op_arguments(eco__op op)
{
  return ops[op].arguments;
}

const char *eco__op_word(eco__op op)
{
  return ops[op].word;
}

eco__op eco__op_of(const char *word)
{
  for (int op = ECO__ADD; op < ECO__N_OPS; op++)
    if (eco__text_equal(ops[op].word, word))
      return (eco__op)op;
  return ECO__N_OPS;
}

void eco__graph_open(eco__graph *g, const eco_env *env)
{
  memset(g, 0, sizeof *g);
  g->env = *env;
}

void eco__graph_close(eco__graph *g)
{
  eco__free(&g->env, g->nodes, g->room * sizeof *g->nodes);
  eco__free(&g->env, g->slots, g->n_slots * sizeof *g->slots);
  memset(g, 0, sizeof *g);
}

/* ---- faults */

static eco__node out_of_memory(eco__graph *g)
{
  if (g->fault.status == ECO_OK)
    (void)eco__fail(&g->fault, ECO_NO_MEMORY, "", "expression: out of memory");
  return ECO__NO_NODE;
}

static eco__node wrong_unit(eco__graph *g, eco__op op, const eco__expression *a, const eco__expression *b)
{
  char one[120], other[120] = "";
  eco__dimension_words(&a->unit, one, sizeof one);
  if (b)
    eco__dimension_words(&b->unit, other, sizeof other);
  if (g->fault.status == ECO_OK && b)
    (void)eco__fail(&g->fault, ECO_UNITS, "", "'%s' of %s and %s, expected the same on both sides", ops[op].word, one,
                    other);
  else if (g->fault.status == ECO_OK)
    (void)eco__fail(&g->fault, ECO_UNITS, "", "'%s' of %s, expected a pure number", ops[op].word, one);
  return ECO__NO_NODE;
}

/* ---- nodes, each once */

static uint64_t hash_of(const eco__expression *e)
{
  eco__bits value = {.d = e->value};
  uint64_t h = UINT64_C(14695981039346656037);
  const uint64_t parts[] = {e->op, e->arg[0], e->arg[1], e->arg[2], e->index, value.u, (uint64_t)e->bare};
  for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++)
    h = (h ^ parts[k]) * UINT64_C(1099511628211);
  for (size_t k = 0; k < 6 && ops[e->op].arguments == 0; k++) /* of others the arguments say it */
    h = (h ^ (uint64_t)(e->unit.power[k] + 1000)) * UINT64_C(1099511628211);
  return h ^ h >> 29;
}

static bool same(const eco__expression *a, const eco__expression *b)
{
  eco__bits x = {.d = a->value}, y = {.d = b->value};
  bool units = ops[a->op].arguments > 0 || memcmp(&a->unit, &b->unit, sizeof a->unit) == 0;
  return a->op == b->op && memcmp(a->arg, b->arg, sizeof a->arg) == 0 && a->index == b->index && x.u == y.u &&
         a->bare == b->bare && units;
}

static bool make_slots(eco__graph *g)
{
  if (g->n_slots >= 2 * (g->n + 1))
    return true;
  size_t n = g->n_slots ? 2 * g->n_slots : 64;
  eco__node *slots = eco__alloc(&g->env, n * sizeof *slots);
  if (!slots)
    return false;
  memset(slots, 0, n * sizeof *slots);
  eco__free(&g->env, g->slots, g->n_slots * sizeof *slots);
  g->slots = slots;
  g->n_slots = n;
  for (size_t k = 0; k < g->n; k++) {
    size_t at = hash_of(&g->nodes[k]) & (n - 1);
    while (slots[at])
      at = (at + 1) & (n - 1);
    slots[at] = (eco__node)(k + 1);
  }
  return true;
}

static eco__node add_node(eco__graph *g, const eco__expression *e)
{
  if (!make_slots(g))
    return out_of_memory(g);
  size_t at = hash_of(e) & (g->n_slots - 1);
  for (; g->slots[at]; at = (at + 1) & (g->n_slots - 1))
    if (same(&g->nodes[g->slots[at] - 1], e))
      return g->slots[at] - 1;
  void *nodes = g->nodes;
  bool grown = eco__grow(&g->env, &nodes, &g->room, g->n + 1, sizeof *g->nodes);
  g->nodes = nodes;
  if (!grown)
    return out_of_memory(g);
  g->nodes[g->n] = *e;
  g->slots[at] = (eco__node)(g->n + 1);
  return (eco__node)g->n++;
}

/* No two nodes are equal, so every one finds the same number again. */
bool eco__graph_copy(const eco__graph *from, const eco_env *env, eco__graph *to)
{
  eco__graph_open(to, env);
  for (size_t k = 0; k < from->n; k++)
    if (add_node(to, &from->nodes[k]) != (eco__node)k)
      return false;
  return true;
}

static eco__expression leaf(eco__op op)
{
  return (eco__expression){.op = op, .arg = {ECO__NO_NODE, ECO__NO_NODE, ECO__NO_NODE}};
}

eco__node eco__graph_number(eco__graph *g, double value)
{
  eco__expression e = leaf(ECO__CONSTANT);
  e.value = value;
  e.bare = true;
  return add_node(g, &e);
}

eco__node eco__graph_quantity(eco__graph *g, double value, const char *unit)
{
  eco__expression e = leaf(ECO__CONSTANT);
  double factor = 1.0;
  eco_error err;
  if (eco__unit_dimension(unit, &e.unit, &factor, &err) != ECO_OK) {
    if (g->fault.status == ECO_OK)
      g->fault = err;
    return ECO__NO_NODE;
  }
  e.value = value * factor;
  return add_node(g, &e);
}

eco__node eco__graph_input(eco__graph *g, eco__op kind, uint32_t index, const char *unit)
{
  eco__expression e = leaf(kind);
  double factor = 1.0;
  eco_error err;
  e.index = index;
  if (eco__unit_dimension(unit, &e.unit, &factor, &err) != ECO_OK) {
    if (g->fault.status == ECO_OK)
      g->fault = err;
    return ECO__NO_NODE;
  }
  eco__node given = add_node(g, &e); /* in its own unit */
  return factor == 1.0 ? given
                       : eco__graph_apply(g, ECO__MULTIPLY, given, eco__graph_quantity(g, factor, ""), ECO__NO_NODE);
}

/* ---- units of an operation's value */

static bool is_pure(const eco__dimension *u)
{
  static const eco__dimension none = {{0}};
  return memcmp(u, &none, sizeof none) == 0;
}

static bool holds(const eco__dimension *u, int which)
{
  return u->power[which] == WHOLE;
}

/* The unit that two sides share; a bare number takes the other's. */
static bool shared_unit(const eco__expression *a, const eco__expression *b, eco__dimension *out)
{
  *out = a->bare ? b->unit : a->unit;
  return a->bare || b->bare || memcmp(&a->unit, &b->unit, sizeof a->unit) == 0;
}

/* Degrees: C - C is a difference, C +- K stays a temperature. */
static bool sum_unit(eco__op op, const eco__expression *a, const eco__expression *b, eco__dimension *out)
{
  if (op == ECO__SUBTRACT && holds(&a->unit, CELSIUS) && (holds(&b->unit, CELSIUS) || b->bare)) {
    *out = (eco__dimension){.power[KELVIN] = WHOLE};
    return true;
  }
  if (holds(&a->unit, CELSIUS) && holds(&b->unit, KELVIN)) {
    *out = a->unit;
    return true;
  }
  return shared_unit(a, b, out);
}

static bool power_unit(const eco__expression *a, const eco__expression *b, eco__dimension *out)
{
  *out = (eco__dimension){{0}};
  if (is_pure(&a->unit))
    return is_pure(&b->unit);
  if (b->op != ECO__CONSTANT || !is_pure(&b->unit) || holds(&a->unit, CELSIUS))
    return false;
  for (int k = 0; k < 6; k++) {
    double p = a->unit.power[k] * b->value;
    out->power[k] = (int)(p < 0 ? p - 0.5 : p + 0.5);
    if (fabs(p - out->power[k]) > 1e-9)
      return false;
  }
  return true;
}

static bool unit_of(eco__op op, const eco__expression *const arg[3], eco__dimension *out)
{
  const eco__expression *a = arg[0], *b = arg[1], *c = arg[2];
  *out = (eco__dimension){{0}};
  switch (op) {
  case ECO__ADD:
  case ECO__SUBTRACT:
    return sum_unit(op, a, b, out);
  case ECO__MINIMUM:
  case ECO__MAXIMUM:
    return shared_unit(a, b, out);
  case ECO__LESS: {
    eco__dimension unused;
    return shared_unit(a, b, &unused);
  }
  case ECO__WHERE:
    return is_pure(&a->unit) && shared_unit(b, c, out);
  case ECO__MULTIPLY:
  case ECO__DIVIDE:
    for (int k = 0; k < 6; k++)
      out->power[k] = a->unit.power[k] + (op == ECO__MULTIPLY ? b->unit.power[k] : -b->unit.power[k]);
    return !((a->unit.power[CELSIUS] || b->unit.power[CELSIUS]) && !is_pure(out)); /* a temperature is no factor */
  case ECO__POWER:
    return power_unit(a, b, out);
  case ECO__SQRT:
    for (int k = 0; k < 6; k++)
      out->power[k] = a->unit.power[k] / 2;
    return true;
  case ECO__ABS:
    *out = a->unit;
    return true;
  default:
    return is_pure(&a->unit); /* exp, log */
  }
}

/* ---- operations */

double eco__op_value(eco__op op, double a, double b, double c)
{
  switch (op) {
  case ECO__ADD:
    return a + b;
  case ECO__SUBTRACT:
    return a - b;
  case ECO__MULTIPLY:
    return a * b;
  case ECO__DIVIDE:
    return a / b;
  case ECO__POWER:
    return eco__pow(a, b);
  case ECO__MINIMUM:
    return a < b ? a : b;
  case ECO__MAXIMUM:
    return a > b ? a : b;
  case ECO__LESS:
    return a < b ? 1.0 : 0.0;
  case ECO__EXP:
    return eco__exp(a);
  case ECO__LOG:
    return eco__log(a);
  case ECO__SQRT:
    return sqrt(a);
  case ECO__ABS:
    return fabs(a);
  default:
    return a != 0.0 ? b : c;
  }
}

static eco__node constant_of(eco__graph *g, double value, const eco__dimension *unit, bool bare)
{
  eco__expression e = leaf(ECO__CONSTANT);
  e.value = value;
  e.unit = *unit;
  e.bare = bare;
  return add_node(g, &e);
}

eco__node eco__graph_in_unit_of(eco__graph *g, eco__node node, eco__node other)
{
  if (node >= g->n || other >= g->n || !g->nodes[node].bare)
    return node;
  const eco__dimension unit = g->nodes[other].unit;
  return constant_of(g, g->nodes[node].value, &unit, false);
}

static bool is_number(const eco__graph *g, eco__node n, double value)
{
  return g->nodes[n].op == ECO__CONSTANT && g->nodes[n].value == value;
}

/* Whole and half powers are products and roots, powers of a number exponentials; x * 1, x / 1, x + 0 are x. */
static eco__node simpler(eco__graph *g, eco__op op, eco__node a, eco__node b)
{
  if ((op == ECO__MULTIPLY || op == ECO__DIVIDE || op == ECO__POWER) && is_number(g, b, 1.0) &&
      is_pure(&g->nodes[b].unit))
    return a;
  if (op == ECO__MULTIPLY && is_number(g, a, 1.0) && is_pure(&g->nodes[a].unit))
    return b;
  if ((op == ECO__ADD || op == ECO__SUBTRACT) && is_number(g, b, 0.0) && !holds(&g->nodes[a].unit, CELSIUS))
    return a;
  const eco__expression *base = &g->nodes[a];
  if (op == ECO__POWER && base->op == ECO__CONSTANT && base->value > 0 &&
      is_pure(&base->unit)) { /* VEC-3, its logarithm once */
    eco__node log = eco__graph_quantity(g, eco__log(base->value), "");
    return eco__graph_apply(g, ECO__EXP, eco__graph_apply(g, ECO__MULTIPLY, b, log, ECO__NO_NODE), ECO__NO_NODE,
                            ECO__NO_NODE);
  }
  if (op == ECO__POWER && is_number(g, b, 2.0))
    return eco__graph_apply(g, ECO__MULTIPLY, a, a, ECO__NO_NODE);
  if (op == ECO__POWER && is_number(g, b, 0.5))
    return eco__graph_apply(g, ECO__SQRT, a, ECO__NO_NODE, ECO__NO_NODE);
  if (op == ECO__POWER && is_number(g, b, -1.0))
    return eco__graph_apply(g, ECO__DIVIDE, eco__graph_number(g, 1.0), a, ECO__NO_NODE);
  return ECO__NO_NODE;
}

static eco__node apply(eco__graph *g, eco__op op, eco__node a, eco__node b, eco__node c, bool units)
{
  const eco__node given[3] = {a, b, c};
  const eco__expression *arg[3] = {NULL, NULL, NULL};
  size_t n = ops[op].arguments;
  bool constant = true, bare = true;
  for (size_t k = 0; k < n; k++) {
    if (given[k] == ECO__NO_NODE || given[k] >= g->n)
      return ECO__NO_NODE;
    arg[k] = &g->nodes[given[k]];
    constant = constant && arg[k]->op == ECO__CONSTANT;
    bare = bare && arg[k]->bare;
  }
  eco__expression e = leaf(op);
  memcpy(e.arg, given, n * sizeof given[0]);
  if (units && !unit_of(op, arg, &e.unit))
    return wrong_unit(g, op, op == ECO__WHERE ? arg[1] : arg[0], n > 1 ? arg[n - 1] : NULL);
  if (constant)
    return constant_of(g, eco__op_value(op, arg[0]->value, n > 1 ? arg[1]->value : 0.0, n > 2 ? arg[2]->value : 0.0),
                       &e.unit, bare);
  eco__node known = n == 2 && units ? simpler(g, op, a, b) : ECO__NO_NODE;
  if (known != ECO__NO_NODE || g->fault.status != ECO_OK)
    return known;
  if ((op == ECO__ADD || op == ECO__MULTIPLY) && a > b) { /* one order of what may be swapped */
    e.arg[0] = b;
    e.arg[1] = a;
  }
  return add_node(g, &e);
}

eco__node eco__graph_apply(eco__graph *g, eco__op op, eco__node a, eco__node b, eco__node c)
{
  return apply(g, op, a, b, c, true);
}

eco__node eco__graph_raw(eco__graph *g, eco__op op, eco__node a, eco__node b, eco__node c)
{
  bool first_is_one = (op == ECO__MULTIPLY) && a != ECO__NO_NODE && is_number(g, a, 1.0);
  bool second_is_one = (op == ECO__MULTIPLY || op == ECO__DIVIDE) && b != ECO__NO_NODE && is_number(g, b, 1.0);
  return first_is_one ? b : second_is_one ? a : apply(g, op, a, b, c, false);
}

eco__node eco__graph_at_temperature(eco__graph *g, eco__node k, eco__node theta, eco__node temperature)
{
  eco__node above = eco__graph_apply(g, ECO__SUBTRACT, temperature, eco__graph_quantity(g, 20.0, "C"), ECO__NO_NODE);
  eco__node count = eco__graph_apply(g, ECO__DIVIDE, above, eco__graph_quantity(g, 1.0, "K"), ECO__NO_NODE);
  return eco__graph_apply(g, ECO__MULTIPLY, k, eco__graph_apply(g, ECO__POWER, theta, count, ECO__NO_NODE),
                          ECO__NO_NODE);
}

bool eco__graph_expect(eco__graph *g, eco__node node, const char *unit, const char *what)
{
  eco__dimension wanted;
  double factor;
  if (node == ECO__NO_NODE || g->fault.status != ECO_OK ||
      eco__unit_dimension(unit, &wanted, &factor, &g->fault) != ECO_OK)
    return false;
  const eco__expression *e = &g->nodes[node];
  if (e->bare || memcmp(&e->unit, &wanted, sizeof wanted) == 0)
    return true;
  char found[120], expected[120];
  eco__dimension_words(&e->unit, found, sizeof found);
  eco__dimension_words(&wanted, expected, sizeof expected);
  (void)eco__fail(&g->fault, ECO_UNITS, "", "%s is %s, expected %s, as in '%s'", what, found, expected, unit);
  return false;
}
