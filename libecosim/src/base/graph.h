/* graph.h -- expressions of kinetic processes, built node by node: equal ones are one node, units are checked as they meet.
 *
 * Values are in m, g, d (mg/L is 1, W/m2 what it is in those); a number without a unit takes the unit of what it is added to
 * or compared with. The first fault is kept: a node made of it is ECO__NO_NODE, so that a builder asks once, at the end. */
#ifndef ECO__GRAPH_H
#define ECO__GRAPH_H

#include "base/base.h"

typedef uint32_t eco__node; /* nodes that one is made of come before it */
#define ECO__NO_NODE UINT32_MAX

typedef enum eco__op {
  ECO__CONSTANT,
  ECO__STATE,  /* concentration */
  ECO__FORCED, /* what comes from outside and may change within a step: temperature, depth, light */
  ECO__PARAM,  /* a rate, constant in a step */
  ECO__ADD,
  ECO__SUBTRACT,
  ECO__MULTIPLY,
  ECO__DIVIDE,
  ECO__POWER,
  ECO__MINIMUM,
  ECO__MAXIMUM,
  ECO__LESS, /* 1 or 0 */
  ECO__EXP,
  ECO__LOG,
  ECO__SQRT,
  ECO__ABS,
  ECO__WHERE, /* a != 0 ? b : c */
  ECO__N_OPS
} eco__op;

typedef struct eco__expression {
  eco__op op;
  eco__node arg[3];
  uint32_t index; /* of a state, forcing or parameter */
  double value;   /* of a constant */
  bool bare;      /* a constant that was given without a unit */
  eco__dimension unit;
} eco__expression;

typedef struct eco__graph {
  eco_env env;
  eco__expression *nodes;
  size_t n, room;
  eco__node *slots; /* open addressing, node + 1 */
  size_t n_slots;
  eco_error fault; /* status ECO_OK: none yet */
} eco__graph;

enum { ECO__MOST_FLUXES = 192 }; /* of a system */

/* What one flux does to one state: below 0 it draws on it. A flux is never negative, and 0 where a state that it draws on
 * is 0: what goes both ways is two fluxes. */
typedef struct eco__entry {
  uint32_t flux, state;
  double coefficient; /* of the state's unit per unit of the flux */
} eco__entry;

void eco__graph_open(eco__graph *graph, const eco_env *env);
void eco__graph_close(eco__graph *graph);

eco__node eco__graph_number(eco__graph *graph, double value);                     /* takes the unit it meets */
eco__node eco__graph_quantity(eco__graph *graph, double value, const char *unit); /* "" : a pure number */
eco__node eco__graph_input(eco__graph *graph, eco__op kind, uint32_t index, const char *unit);
/* Opens `to` with the same nodes; false: out of memory, `to` is still to be closed. */
bool eco__graph_copy(const eco__graph *from, const eco_env *env, eco__graph *to);
/* Any operation: as many arguments as it takes, ECO__NO_NODE for the rest. Powers of other than pure numbers have a constant
 * exponent. A temperature less a temperature is a difference. */
eco__node eco__graph_apply(eco__graph *graph, eco__op op, eco__node a, eco__node b, eco__node c);
/* A number without a unit as one in the unit of `other`; any other node as it is. */
eco__node eco__graph_in_unit_of(eco__graph *graph, eco__node node, eco__node other);
/* As eco__graph_apply without units, for derivatives. */
eco__node eco__graph_raw(eco__graph *graph, eco__op op, eco__node a, eco__node b, eco__node c);
double eco__op_value(eco__op op, double a, double b, double c); /* as the machine has it */
size_t eco__op_arguments(eco__op op);
const char *eco__op_word(eco__op op);
eco__op eco__op_of(const char *word); /* ECO__N_OPS: none that is applied to nodes */
/* k theta^(T - 20 C) */
eco__node eco__graph_at_temperature(eco__graph *graph, eco__node k, eco__node theta, eco__node temperature);
/* d node / d state, a pure node of the same graph; ECO__NO_NODE with fault ECO_OK: 0 everywhere. */
eco__node eco__graph_slope(eco__graph *graph, eco__node node, uint32_t state);
/* ---- parse.c ---- expressions as text, as ecosim/process.h has them */
typedef struct
  eco__words { /* what a name means: ECO__STATE [name], ECO__FORCED "temperature", ECO__PARAM any other word */
  eco__node (*find)(void *user, eco__op kind, const char *name,
                    eco_error *why); /* ECO__NO_NODE: not known, why filled */
  void *user;
} eco__words;
/* ECO__NO_NODE with err filled, which names the column; the graph has no fault then. */
eco__node eco__graph_parse(eco__graph *graph, const char *text, const eco__words *words, eco_error *err);
/* A function of parse.c by its word. */
eco__node eco__graph_call(eco__graph *graph, const char *word, const eco__node *given, size_t n,
                          const eco__words *words, eco_error *err);

/* Whether a node is of that unit, else a fault that names `what`. */
bool eco__graph_expect(eco__graph *graph, eco__node node, const char *unit, const char *what);

#endif
