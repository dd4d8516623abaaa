/* machine.h -- runs expressions over blocks of points: a list of operations on rows of ECO__POINTS doubles, made once.
 *
 * What depends on parameters and forcing alone is hoisted: eco__program_prepare computes it for the moment, and
 * eco__program_run only what depends on states. Every point is computed alike, whatever stands beside it. */
#ifndef ECO__MACHINE_H
#define ECO__MACHINE_H

#include "base/graph.h"
#include "kinetics/system.h"

typedef struct eco__instruction {
  eco__op op;
  uint32_t to, a, b, c; /* rows of work, or inputs: see machine.c */
  double value;         /* of a constant argument */
} eco__instruction;

typedef struct eco__program {
  const eco__instruction *early, *late; /* without states; with them */
  size_t n_early, n_late;
  const uint32_t *outputs; /* operands */
  size_t n_outputs;
  size_t n_hoisted;  /* rows that prepare makes and run reads */
  size_t n_work;     /* rows of work of both */
  double *constants; /* rows, for arguments that have no operation with a number */
  size_t n_constants;
} eco__program;

/* Of outputs of a graph; memory is the arena's. An output ECO__NO_NODE is 0. ECO_NO_MEMORY only. */
eco_status eco__program_make(const eco__graph *graph, const eco__node *outputs, size_t n, eco__arena *arena,
                             eco__program *out);
/* hoisted[row][point], work: n_work rows. Inputs are [index][point]. */
void eco__program_prepare(const eco__program *program, const double *params, const double *forced, double *hoisted,
                          double *work);
/* out[output][point] */
void eco__program_run(const eco__program *program, const double *states, const double *hoisted, double *work,
                      double *out);

/* ---- processes.c ---- fluxes of a graph as a system for the integrator */
typedef struct eco__inputs { /* how many of each the graph may name */
  size_t n_states, n_forced, n_params;
} eco__inputs;
typedef struct eco__processes {
  eco__program fluxes, slopes; /* slopes: the fluxes too, before them */
  eco__system system;          /* its given rows: forcing, then parameters */
} eco__processes;
/* rate[flux]: a node in units a day; entries sorted by flux, then state. out must stay where it is: the system points to it. */
eco_status eco__processes_make(eco__graph *graph, const eco__node *rate, size_t n_fluxes, const eco__entry *entries,
                               size_t n_entries, const eco__inputs *inputs, eco__arena *arena, eco__processes *out,
                               eco_error *err);

#endif
