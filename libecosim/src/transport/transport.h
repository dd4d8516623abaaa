/* transport.h -- equation (M): d/dt (V_i C_ik) = sum_f (Q_f C_f + E_f dC) + L_ik over cells and faces.
 *
 * Along chains a remap in cumulated volume (remap.c), dispersion implicit (disperse.c); lakes are mixed cells; links join
 * them (step.c). Masses are in g, concentrations in mg/L = g/m3. Volumes and flows are the water solver's own. */
#ifndef ECO__TRANSPORT_H
#define ECO__TRANSPORT_H

#include "basin/model.h"

/* m3: less is no water: its concentration counts as 0, its mass stays where it is; 1e-300 m3 are what a river that runs dry
 * leaves, and a rounding of mass over that is no number. */
#define ECO__NOTHING_M3 1e-9

/* What the water did in one step, [cell or face][lane]. */
typedef struct eco__hydraulics {
  const double *volume_old_m3, *volume_new_m3; /* [point] */
  const double *passed_m3;                     /* [face] */
  const double *rained_m3;                     /* [cell] */
  const double *level_m;                       /* [cell] at the end of the step, read for layered lakes only */
} eco__hydraulics;

typedef struct eco__transport_block {
  const eco_model *model;
  size_t n;         /* lanes */
  double *mass_g;   /* [point][state][lane]; nothing in the cells of layered lakes */
  double *stored_g; /* [cell][state][lane] in dead zones; NULL where the model has none */

  /* inputs, constant over a day unless said otherwise */
  double *lateral_m3_s; /* [cell][lane] water that enters along the way (runoff, sources) */
  double *lateral_g_s;  /* [cell][state][lane] mass that enters with it or without water */
  double *head_m3_s;    /* [chain][lane] boundary inflow at the upper end */
  double *head_g_s;     /* [chain][state][lane] */
  double *rain_do_mg_l; /* [lane] oxygen of rain on lakes */
  double *
    spread_m3_s; /* [point][lane] dispersion E A / dx across the face to the next cell of the chain, exchange with the layer below */

  double *exchange_m3_s; /* [exchange][lane] both ways between lakes */

  /* totals since the caller last set them to 0, g */
  double *out_g;    /* [water][state][lane] through its lower end or outlets */
  double *out_m3;   /* [water][lane] */
  double *left_g;   /* [state][lane] over the model's outlets, of the last step */
  double *taken_g;  /* [state][lane] by intakes that leave the model, of the last step */
  double *rained_g; /* [lane] oxygen with rain, of the last step */
  double *inlet_g;  /* [state][lane] what spread in over fixed inlets, net, of the last step */

  /* work */
  double *arrived_m3, *arrived_g; /* [cell][lane], [cell][state][lane] */
  double *late_g;                 /* [link][state][lane] */
  double *chain_work;             /* remap and dispersion of the longest chain */
  int8_t *direction;              /* [link] +1 up to down, -1 down to up, 0 stands still */
  uint32_t *order;                /* [chain] upstream first, for the nominal directions */
  uint32_t *lane_order, *waiting;
  const uint32_t *ups_first, *ups, *downs_first, *downs; /* links whose up or down cell lies in a chain */
  uint64_t reordered;                                    /* lane-steps that needed an order of their own */
  uint64_t circled; /* of them those for which there is none: links ran in a circle */
} eco__transport_block;

eco_status eco__transport_open(eco__transport_block *block, const eco_model *model, size_t n_lanes, eco__arena *arena);
void eco__transport_step(eco__transport_block *block, const eco__hydraulics *hydraulics, double dt_s);

/* ---- remap.c ---- one chain, lanes l0..l1 of rows of `stride` doubles */
typedef struct eco__remap {
  size_t n_cells, stride, first, last; /* lanes first..last-1 */
  double *volume;  /* [n_cells + 2][stride] volumes after lateral inflow; [0] the head's, at the upper end */
  double *passed;  /* [n_cells + 1][stride] through face j below cell j, j = 1..n; [0] unused */
  double *weights; /* [n_cells + 3][5][stride] of the reconstruction, made by eco__remap_prepare */
  double *share, *start, *far_share; /* [n_cells + 1][stride] where the water of a face begins, made by prepare */
  double *reach, *whole, *back;      /* [n_cells + 1] over all lanes, made by prepare */
  double *left, *right;              /* [n_cells + 3][stride] work: the parabolas */
  double *edge, *slope;              /* [stride] work */
} eco__remap;
/* RMP-1: geometry, shared by all constituents. */
void eco__remap_prepare(const eco__remap *remap);
/* RMP-2..5: mass[0..n] (0: the head's, all of which enters) -> mass after the step in [1..n], flux[1..n] through the faces. */
void eco__remap_carry(const eco__remap *remap, double *conc, double *mass, double *flux);

/* ---- disperse.c ---- */
/* DSP-1: Fischer et al. 1979: E = 0.011 U^2 B^2 / (H u*), u* = sqrt(g R S) with the friction slope S = F U^2, m2/s; friction: F of WAT-1 */
double eco__fischer_dispersion(double speed_m_s, double width_m, double depth_m, double radius_m, double friction);
/* spread[cell][lane] = E A / dx across the face to the next cell of the chain, m3/s, 0 where there is none; E as given
 * for the water, or DSP-1. level and passed flow of the moment, [cell][lane] and [face][lane]. */
void eco__find_spread(const eco_model *model, size_t n, const double *level_m, const double *flow_m3_s,
                      double *spread_m3_s);
typedef struct eco__dispersion {
  size_t n_cells, stride, first, last; /* lanes first..last-1 */
  double dt_s;
  const double *volume, *spread;    /* [n_cells][stride]; row j of spread is between j and j + 1 */
  const double *inlet_spread;       /* [stride] between the first cell and a fixed inlet; NULL: there is none */
  double *inlet_early, *inlet_late; /* [stride], made by prepare where there is one */
  double *early, *upper, *pivot;    /* [n_cells][stride], made by prepare: explicit conductance, elimination; pivot is
                                           kept as its inverse */
} eco__dispersion;
void eco__disperse_prepare(const eco__dispersion *dispersion); /* DSP-2: elimination, shared */
/* conc[n_cells][stride] in and out; inlet[stride]: concentration there; entered[stride] is added what came in over it. Both may be
 * NULL where there is none. */
void eco__disperse(const eco__dispersion *dispersion, double *conc, const double *inlet, double *entered, double *work);

/* ---- numerical.c ---- NUM-1: E_num dt/dx^2 of the scheme at a Courant number and at E dt/dx^2; NaN: out of memory */
double eco__numerical_dispersion(const eco_env *env, double courant, double spread);

#endif
