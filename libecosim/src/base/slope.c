/* slope.c -- the derivative of an expression by a state, as nodes of the same graph.
 *
 *   SLP-1  by the rules of each operation; of min, max and where that of the branch taken; of a comparison 0
 *
 * Nodes of a derivative are made without units: they are right where those of the expression are. */
#include "base/graph.h"

#include <string.h>

#define NONE ECO__NO_NODE /* a derivative that is 0 everywhere */

typedef struct slopes { /* [node] of the expression */
  eco__graph *g;
  eco__node *of;
} slopes;

/* A node without a unit check: of pure numbers that stand for values. */
static eco__node op2(slopes *s, eco__op op, eco__node a, eco__node b)
{
  return eco__graph_raw(s->g, op, a, b, ECO__NO_NODE);
}

static eco__node op1(slopes *s, eco__op op, eco__node a)
{
  return eco__graph_raw(s->g, op, a, ECO__NO_NODE, ECO__NO_NODE);
}

static eco__node number(slopes *s, double value)
{
  return eco__graph_number(s->g, value);
}

static eco__node add(slopes *s, eco__node a, eco__node b)
{
  return a == NONE ? b : b == NONE ? a : op2(s, ECO__ADD, a, b);
}

static eco__node times(slopes *s, eco__node a, eco__node slope)
{
  return slope == NONE ? NONE : op2(s, ECO__MULTIPLY, a, slope);
}

static eco__node choose(slopes *s, eco__node condition, eco__node a, eco__node b)
{
  if (a == NONE && b == NONE)
    return NONE;
  eco__node zero = number(s, 0.0);
  return eco__graph_raw(s->g, ECO__WHERE, condition, a == NONE ? zero : a, b == NONE ? zero : b);
}

/* d(a/b) = (da - (a/b) db) / b */
static eco__node quotient(slopes *s, eco__node node, eco__node b, eco__node da, eco__node db)
{
  if (da == NONE && db == NONE)
    return NONE;
  eco__node back = times(s, node, db);
  eco__node top = back == NONE ? da
                  : da == NONE ? op2(s, ECO__SUBTRACT, number(s, 0.0), back)
                               : op2(s, ECO__SUBTRACT, da, back);
  return op2(s, ECO__DIVIDE, top, b);
}

/* d(a^b) = b a^(b - 1) da + a^b log a db */
static eco__node power(slopes *s, eco__node node, eco__node a, eco__node b, eco__node da, eco__node db)
{
  eco__node base = NONE, exponent = NONE;
  if (da != NONE) {
    eco__node less = op2(s, ECO__POWER, a, op2(s, ECO__SUBTRACT, b, number(s, 1.0)));
    base = times(s, op2(s, ECO__MULTIPLY, b, less), da);
  }
  if (db != NONE)
    exponent = times(s, op2(s, ECO__MULTIPLY, node, op1(s, ECO__LOG, a)), db);
  return add(s, base, exponent);
}

static eco__node slope_of_node(slopes *s, eco__node node, uint32_t state)
{
  const eco__expression e = s->g->nodes[node]; /* a copy: the nodes move as they grow */
  eco__node a = e.arg[0], b = e.arg[1], c = e.arg[2];
  eco__node da = a == NONE ? NONE : s->of[a], db = b == NONE ? NONE : s->of[b], dc = c == NONE ? NONE : s->of[c];
  switch (e.op) {
  case ECO__STATE:
    return e.index == state ? number(s, 1.0) : NONE;
  case ECO__ADD:
    return add(s, da, db);
  case ECO__SUBTRACT:
    return db == NONE ? da : op2(s, ECO__SUBTRACT, da == NONE ? number(s, 0.0) : da, db);
  case ECO__MULTIPLY:
    return add(s, times(s, b, da), times(s, a, db));
  case ECO__DIVIDE:
    return quotient(s, node, b, da, db);
  case ECO__POWER:
    return power(s, node, a, b, da, db);
  case ECO__MINIMUM:
    return choose(s, op2(s, ECO__LESS, a, b), da, db);
  case ECO__MAXIMUM:
    return choose(s, op2(s, ECO__LESS, b, a), da, db);
  case ECO__EXP:
    return times(s, node, da);
  case ECO__LOG:
    return da == NONE ? NONE : op2(s, ECO__DIVIDE, da, a);
  case ECO__SQRT:
    return da == NONE ? NONE : op2(s, ECO__DIVIDE, da, op2(s, ECO__MULTIPLY, number(s, 2.0), node));
  case ECO__ABS:
    return da == NONE ? NONE
                      : choose(s, op2(s, ECO__LESS, a, number(s, 0.0)), op2(s, ECO__SUBTRACT, number(s, 0.0), da), da);
  case ECO__WHERE:
    return choose(s, a, db, dc);
  default:
    return NONE;
  }
}

eco__node eco__graph_slope(eco__graph *g, eco__node node, uint32_t state)
{
  if (node == ECO__NO_NODE || g->fault.status != ECO_OK)
    return ECO__NO_NODE;
  size_t bytes = ((size_t)node + 1) * sizeof(eco__node);
  slopes s = {g, eco__alloc(&g->env, bytes)};
  if (!s.of) {
    (void)eco__fail(&g->fault, ECO_NO_MEMORY, "", "expression: out of memory");
    return ECO__NO_NODE;
  }
  for (eco__node k = 0; k <= node; k++) /* arguments come first */
    s.of[k] = slope_of_node(&s, k, state);
  eco__node found = s.of[node];
  eco__free(&g->env, s.of, bytes);
  return g->fault.status == ECO_OK ? found : ECO__NO_NODE;
}
