/* water.h -- equation (W): d/dt V_i(h_i) = sum_f Q_f(h) + S_i over cells and faces, by semi-implicit finite volumes.
 *
 * A block holds the water of some lanes, arrays [cell or face][lane]. A step takes lateral inflows and gives what passed
 * each face; volumes are the old ones plus what passed, so that they close to round-off whatever the iteration did. */
#ifndef ECO__WATER_H
#define ECO__WATER_H

#include "basin/model.h"

typedef struct eco__water_block {
  const eco_model *model;
  size_t n; /* lanes */

  /* state */
  double *level_m, *volume_m3; /* [cell][lane] */
  double *flow_m3_s;           /* [face][lane] at the end of the last step; the inertia of the next */

  /* inputs, set by the caller */
  double *lateral_m3_s; /* [cell][lane] into reaches and lakes, not negative */
  double *rain_m_s;     /* [lane] on lakes */
  double *evap_m_s;     /* [lane] from lakes */
  double *numbers;      /* [structure][ECO__N_STRUCTURE_NUMBERS][lane] */
  double *demand_m3_s;  /* [structure][lane] of the month */

  /* what a step gives */
  double *volume_old_m3;             /* [cell][lane] */
  double *area_factor;               /* [cell][lane] on the table of a lake: its areas and volumes; 1 for reaches */
  double *passed_m3;                 /* [face][lane] positive from up to down */
  double *rained_m3, *evaporated_m3; /* [cell][lane], 0 for reaches */

  /* work */
  double *base, *residual, *diagonal, *change, *moved; /* [cell][lane]; Newton's last change, what was taken of it */
  double *entries;                                     /* [order entry][lane] */
  double *q, *q_up, *q_down, *q_new;        /* [face][lane]: flow, its slopes in the two levels, the step's flow */
  double *weight_s;                         /* [face][lane] part of the step that its new flow counts for, WAT-12 */
  double *active, *largest;                 /* [lane] still iterating; largest change of a level */
  uint64_t iterations, unfinished, limited; /* lane-iterations; lanes at the iteration limit; lanes limited */
} eco__water_block;

/* Bytes come from the arena; ECO_NO_MEMORY. Levels start as the model says, flows at rest. */
eco_status eco__water_open(eco__water_block *block, const eco_model *model, size_t n_lanes, eco__arena *arena);
/* One step of dt seconds, weight theta of the new level. ECO_NUMERIC names the cell where a level is not finite. */
eco_status eco__water_step(eco__water_block *block, double dt_s, double theta, eco_error *err);

/* ---- laws.c ---- WAT-.. flow of one face for all lanes: q, and its slopes q_up = dq/dh_up >= 0, q_down = -dq/dh_down >= 0 */
void eco__channel_flow(size_t n, const eco__face *face, double dt_s, const double *level_up, const double *level_down,
                       const double *flow_before, double *q, double *q_up, double *q_down);
void eco__normal_flow(size_t n, const eco__face *face, const double *level_up, double *q, double *q_up);
typedef struct eco__flow {
  double q, q_up, q_down;
} eco__flow;
/* Weir, WAT-3: free or drowned (Villemonte), either way; C = 2/3 Cd b sqrt(2g) */
eco__flow eco__weir_flow(double strength, double crest_m, double level_up, double level_down);
eco__flow eco__structure_flow(const eco__structure *structure, const double *numbers, size_t stride, double demand_m3_s,
                              double level_up, double level_down);

/* ---- eliminate.c ---- solves A x = b in place: diagonal and entries are spoilt, right holds x */
void eco__eliminate(const eco__order *order, size_t n_cells, size_t n, double *diagonal, double *entries,
                    double *right);

/* x^(-1/3) for x > 0, to an ulp or two; multiplications only, so that loops over lanes are vectorised and divide little. */
static inline double eco__inverse_cbrt(double x)
{
  union {
    double d;
    uint64_t u;
  } a = {.d = x}, b;
  uint64_t i = a.u; /* a third of the exponent's bits as 1/4 + 1/16 + ..: no 64-bit division in SIMD */
  b.u = UINT64_C(0x553EF0FF289DD796) - ((i >> 2) + (i >> 4) + (i >> 6) + (i >> 8) + (i >> 10) + (i >> 12) + (i >> 14) +
                                        (i >> 16) + (i >> 18) + (i >> 20));
  double y = b.d;
  for (int k = 0; k < 4; k++) { /* Newton on 1/y^3 - x: the error of 4 % is squared each time */
    double y3 = y * y * y;
    y = y * (4.0 / 3.0 - x * (1.0 / 3.0) * y3);
  }
  return y;
}

#endif
