/* machine.c -- from expressions to a list of operations, and running it.
 *
 * An operand is a kind and an index. Rows of work are given back after their last use, so that few are in use at a time and stay
 * in the nearest cache. Loops run over all ECO__POINTS of a row: of fixed length, without branches, they become vectors. */
#include "kinetics/machine_ops.h"

#include <string.h>

enum { OF_WORK, OF_OUTPUT, OF_HOISTED, OF_STATES, OF_PARAMS, OF_FORCED, OF_CONSTANTS, IS_VALUE, N_KINDS };
#define OPERAND(kind, index) ((uint32_t)(kind) << 24 | (uint32_t)(index))
#define KIND(operand) ((operand) >> 24)
#define INDEX(operand) ((operand)&0xFFFFFFu)

/* ---- making */

typedef struct maker {
  const eco__graph *g;
  size_t n;           /* nodes */
  bool *needed;       /* [node] */
  bool *late;         /* [node] depends on states */
  uint32_t *last_use; /* [node] last instruction's node that reads it; UINT32_MAX: an output */
  uint32_t *operand;  /* [node] */
  uint32_t *output;   /* [node] 1 + the output that it is; 0: none */
  uint32_t *free_rows;
  size_t n_free, n_rows, n_hoisted, n_constants;
} maker;

static bool takes_value(eco__op op)
{
  return op == ECO__ADD || op == ECO__SUBTRACT || op == ECO__MULTIPLY || op == ECO__DIVIDE || op == ECO__POWER ||
         op == ECO__MINIMUM || op == ECO__MAXIMUM || op == ECO__LESS;
}

/* What is computed, whether it follows states, and where it is read last. */
static void scan(maker *k, const eco__node *outputs, size_t n_outputs)
{
  for (size_t o = 0; o < n_outputs; o++)
    if (outputs[o] != ECO__NO_NODE)
      k->needed[outputs[o]] = true;
  for (size_t i = k->n; i-- > 0;)
    for (size_t a = 0; k->needed[i] && a < eco__op_arguments(k->g->nodes[i].op); a++)
      k->needed[k->g->nodes[i].arg[a]] = true;
  for (size_t i = 0; i < k->n; i++) {
    const eco__expression *e = &k->g->nodes[i];
    k->late[i] = e->op == ECO__STATE;
    for (size_t a = 0; a < eco__op_arguments(e->op); a++)
      k->late[i] = k->late[i] || k->late[e->arg[a]];
    for (size_t a = 0; k->needed[i] && a < eco__op_arguments(e->op); a++)
      k->last_use[e->arg[a]] = (uint32_t)i;
  }
  for (size_t o = 0; o < n_outputs; o++)
    if (outputs[o] != ECO__NO_NODE) {
      k->last_use[outputs[o]] = UINT32_MAX;
      k->output[outputs[o]] = (uint32_t)o + 1;
    }
}

static size_t count_constants(const eco__graph *g)
{
  size_t n = 0;
  for (size_t i = 0; i < g->n; i++)
    n += g->nodes[i].op == ECO__CONSTANT;
  return n;
}

static void place_leaf(maker *k, size_t i, double *constants)
{
  const eco__expression *e = &k->g->nodes[i];
  if (e->op == ECO__CONSTANT) {
    for (size_t p = 0; p < ECO__POINTS; p++)
      constants[k->n_constants * ECO__POINTS + p] = e->value;
    k->operand[i] = OPERAND(OF_CONSTANTS, k->n_constants++);
  } else {
    int kind = e->op == ECO__STATE ? OF_STATES : e->op == ECO__PARAM ? OF_PARAMS : OF_FORCED;
    k->operand[i] = OPERAND(kind, e->index);
  }
}

/* Parameters and forcing that the late list reads are hoisted as they are. */
static size_t copy_inputs(maker *k, const bool *read_late, eco__instruction *list)
{
  size_t n = 0;
  for (size_t i = 0; i < k->n; i++) {
    eco__op op = k->g->nodes[i].op;
    if (!k->needed[i] || !read_late[i] || (op != ECO__PARAM && op != ECO__FORCED))
      continue;
    list[n] = (eco__instruction){.op = op, .a = k->operand[i]};
    k->operand[i] = list[n++].to = OPERAND(OF_HOISTED, k->n_hoisted++);
  }
  return n;
}

/* Whether a node that a later one reads is early: its row is kept. */
static bool crosses(const maker *k, size_t i, const bool *read_late)
{
  return !k->late[i] && read_late[i];
}

static uint32_t take_row(maker *k)
{
  return k->n_free ? k->free_rows[--k->n_free] : (uint32_t)k->n_rows++;
}

static eco__instruction instruct(maker *k, size_t i, const bool *read_late)
{
  const eco__expression *e = &k->g->nodes[i];
  eco__instruction in = {.op = e->op};
  uint32_t *arg[3] = {&in.a, &in.b, &in.c};
  size_t n = eco__op_arguments(e->op);
  for (size_t a = 0; a < n; a++) {
    const eco__expression *x = &k->g->nodes[e->arg[a]];
    bool value = n == 2 && takes_value(e->op) && x->op == ECO__CONSTANT;
    *arg[a] = value ? OPERAND(IS_VALUE, 0) : k->operand[e->arg[a]];
    in.value = value ? x->value : in.value;
  }
  k->operand[i] = crosses(k, i, read_late)         ? OPERAND(OF_HOISTED, k->n_hoisted++)
                  : k->late[i] && k->output[i] > 0 ? OPERAND(OF_OUTPUT, k->output[i] - 1)
                                                   : OPERAND(OF_WORK, take_row(k));
  for (size_t a = 0; a < n;
       a++) { /* rows that nobody reads after this; not for its own result: loops need not mind overlaps */
    uint32_t x = k->operand[e->arg[a]];
    bool twice = (a > 0 && e->arg[a] == e->arg[0]) || (a > 1 && e->arg[a] == e->arg[1]);
    if (KIND(x) == OF_WORK && k->last_use[e->arg[a]] == i && !twice)
      k->free_rows[k->n_free++] = INDEX(x);
  }
  in.to = k->operand[i];
  return in;
}

static size_t emit(maker *k, bool late, const bool *read_late, eco__instruction *list)
{
  size_t n = 0;
  for (size_t i = 0; i < k->n; i++)
    if (k->needed[i] && k->late[i] == late && eco__op_arguments(k->g->nodes[i].op) > 0)
      list[n++] = instruct(k, i, read_late);
  return n;
}

static bool take_maker(maker *k, eco__arena *arena, bool **read_late)
{
  size_t n = k->n + 1;
  k->needed = ECO__TAKE(arena, bool, n);
  k->late = ECO__TAKE(arena, bool, n);
  *read_late = ECO__TAKE(arena, bool, n);
  k->last_use = ECO__TAKE(arena, uint32_t, n);
  k->operand = ECO__TAKE(arena, uint32_t, n);
  k->free_rows = ECO__TAKE(arena, uint32_t, n);
  k->output = ECO__TAKE(arena, uint32_t, n);
  return k->needed && k->late && *read_late && k->last_use && k->operand && k->free_rows && k->output;
}

eco_status eco__program_make(const eco__graph *g, const eco__node *outputs, size_t n_outputs, eco__arena *arena,
                             eco__program *out)
{
  maker k = {.g = g, .n = g->n};
  bool *read_late;
  eco__arena own; /* work of making */
  eco__arena_open(&own, &arena->env);
  eco__instruction *early = ECO__TAKE(arena, eco__instruction, g->n + 1),
                   *late = ECO__TAKE(arena, eco__instruction, g->n + 1);
  uint32_t *places = ECO__TAKE(arena, uint32_t, n_outputs + 1);
  double *constants = ECO__TAKE(arena, double, (count_constants(g) + 1) * ECO__POINTS);
  bool ok = take_maker(&k, &own, &read_late) && early && late && places && constants;
  *out =
    (eco__program){.early = early, .late = late, .outputs = places, .n_outputs = n_outputs, .constants = constants};
  if (ok) {
    scan(&k, outputs, n_outputs);
    k.n_constants = 1; /* the first is 0, for outputs that are */
    for (size_t i = 0; i < k.n; i++) {
      if (eco__op_arguments(g->nodes[i].op) == 0 && k.needed[i])
        place_leaf(&k, i, constants);
      for (size_t a = 0; k.needed[i] && k.late[i] && a < eco__op_arguments(g->nodes[i].op); a++)
        read_late[g->nodes[i].arg[a]] = true;
    }
    for (size_t o = 0; o < n_outputs; o++)
      if (outputs[o] != ECO__NO_NODE)
        read_late[outputs[o]] = true;
    out->n_early = emit(&k, false, read_late, early);
    out->n_early += copy_inputs(&k, read_late, early + out->n_early);
    k.n_free = 0; /* rows of the first list are done with */
    size_t early_rows = k.n_rows;
    k.n_rows = 0;
    out->n_late = emit(&k, true, read_late, late);
    for (size_t o = 0; o < n_outputs; o++)
      places[o] = outputs[o] == ECO__NO_NODE ? OPERAND(OF_CONSTANTS, 0) : k.operand[outputs[o]];
    out->n_work = early_rows > k.n_rows ? early_rows : k.n_rows;
    out->n_hoisted = k.n_hoisted;
    out->n_constants = k.n_constants;
  }
  eco__arena_close(&own);
  return ok ? ECO_OK : ECO_NO_MEMORY;
}

/* ---- running */

typedef struct rows {
  const double *base[N_KINDS];
  double *to[N_KINDS]; /* of those that are written */
} rows;

static const double *row(const rows *r, uint32_t operand)
{
  return r->base[KIND(operand)] + (size_t)INDEX(operand) * ECO__POINTS;
}

static void run_list(const eco__instruction *list, size_t n, const rows *r)
{
  for (size_t k = 0; k < n; k++) {
    const eco__instruction *in = &list[k];
    double *to = r->to[KIND(in->to)] + (size_t)INDEX(in->to) * ECO__POINTS;
    size_t arguments = eco__op_arguments(in->op);
    if (arguments == 0)
      memcpy(to, row(r, in->a), ECO__POINTS * sizeof(double));
    else if (arguments == 1)
      eco__run_one(in->op, to, row(r, in->a));
    else if (arguments == 3)
      eco__run_where(to, row(r, in->a), row(r, in->b), row(r, in->c));
    else if (KIND(in->b) == IS_VALUE)
      eco__run_before(in->op, to, row(r, in->a), in->value);
    else if (KIND(in->a) == IS_VALUE)
      eco__run_after(in->op, to, in->value, row(r, in->b));
    else
      eco__run_rows(in->op, to, row(r, in->a), row(r, in->b));
  }
}

void eco__program_prepare(const eco__program *p, const double *params, const double *forced, double *hoisted,
                          double *work)
{
  const rows r = {.base = {[OF_WORK] = work,
                           [OF_HOISTED] = hoisted,
                           [OF_PARAMS] = params,
                           [OF_FORCED] = forced,
                           [OF_CONSTANTS] = p->constants},
                  .to = {[OF_WORK] = work, [OF_HOISTED] = hoisted}};
  run_list(p->early, p->n_early, &r);
}

void eco__program_run(const eco__program *p, const double *states, const double *hoisted, double *work, double *out)
{
  const rows r = {.base = {[OF_WORK] = work,
                           [OF_OUTPUT] = out,
                           [OF_HOISTED] = hoisted,
                           [OF_STATES] = states,
                           [OF_CONSTANTS] = p->constants},
                  .to = {[OF_WORK] = work, [OF_OUTPUT] = out}};
  run_list(p->late, p->n_late, &r);
  for (size_t o = 0; o < p->n_outputs; o++) /* what is not an operation's row there already */
    if (p->outputs[o] != OPERAND(OF_OUTPUT, o))
      memcpy(out + o * ECO__POINTS, row(&r, p->outputs[o]), ECO__POINTS * sizeof(double));
}
