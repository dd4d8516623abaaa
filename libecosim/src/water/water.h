/* water.h -- equation (W): d/dt V_i(h_i) = sum_f Q_f(h) + S_i over cells and faces, by semi-implicit finite volumes.
 *
 * A block holds the water of some lanes, arrays [cell or face][lane]. A step takes lateral inflows and gives what passed
 * each face; volumes are the old ones plus what passed, so that they close to round-off whatever the iteration did. */
#ifndef ECO__WATER_H
#define ECO__WATER_H

#include "basin/model.h"

typedef struct eco__water_block {
  const eco_model *model;
  size_t n;           /* lanes */
  bool local_inertia; /* WAT-13 left out */

  /* state */
  double *level_m, *volume_m3; /* [cell][lane] */
  double *flow_m3_s;           /* [face][lane] at the end of the last step; the inertia of the next */

  /* inputs, set by the caller */
  double *lateral_m3_s; /* [cell][lane] into reaches and lakes, not negative */
  double *rain_m_s;     /* [water][lane] on lakes */
  double *evap_m_s;     /* [lane] from lakes */
  double *outlet_m;     /* [water][lane] level outside that an outlet to a level meets */
  double *numbers;      /* [structure][ECO__N_STRUCTURE_NUMBERS][lane] */
  double *demand_m3_s;  /* [structure][lane] of the month */

  /* what a step gives */
  double *volume_old_m3;             /* [cell][lane] */
  double *area_factor;               /* [cell][lane] on the table of a lake: its areas and volumes; 1 for reaches */
  double *passed_m3;                 /* [face][lane] positive from up to down */
  double *rained_m3, *evaporated_m3; /* [cell][lane], 0 for reaches */

  /* work */
  double *base, *residual, *diagonal, *change, *moved,
    *rise_m;                         /* [cell][lane]; Newton's last change, what was taken of it */
  double *entries;                   /* [order entry][lane] */
  double *q, *q_up, *q_down, *q_new; /* [face][lane]: flow, its slopes in the two levels, the step's flow */
  double *weight_s;                  /* [face][lane] part of the step that its new flow counts for, WAT-12 */
  double *area_m2, *through_m3_s,
    *through_m_s; /* [cell][lane] of reaches: wetted area; flow and speed straight through */
  double *speed_m_s, *speed_now_m_s, *face_area_m2,
    *mean_m3_s;                             /* [face][lane] at the start, at the last iteration, over mean areas */
  double *drive, *hold, *lean;              /* [face][lane] of WAT-1: u0 - dt m, and c; e of WAT-15 */
  double *straight, *ends;                  /* [lane] of WAT-13, the two kinds of sides */
  double *active, *moving;                  /* [lane] 1: still iterating; a level still moves */
  uint64_t iterations, unfinished, limited; /* lane-iterations; lanes at the iteration limit; lanes limited */
} eco__water_block;

/* Bytes come from the arena; ECO_NO_MEMORY. Levels start as the model says, flows at rest. */
eco_status eco__water_open(eco__water_block *block, const eco_model *model, size_t n_lanes, eco__arena *arena);
/* One step of dt seconds, weight theta of the new level. ECO_NUMERIC names the cell where a level is not finite. */
eco_status eco__water_step(eco__water_block *block, double dt_s, double theta, eco_error *err);

/* A flow and its slopes in the level above, and below with its sign turned: neither is negative. */
typedef struct eco__flow {
  double q, q_up, q_down;
} eco__flow;

/* ---- channel.c ---- flow of one face for all lanes: q, and its slopes q_up = dq/dh_up >= 0, q_down = -dq/dh_down >= 0.
 * All arrays [lane]. */
typedef struct eco__channel {
  size_t n;
  const double *level_up_m, *level_down_m;
  const double *drive;                 /* u0 - dt m of WAT-1, m/s */
  const double *hold;                  /* c of WAT-1, 1 or more */
  const double *lean;                  /* e of WAT-15 */
  double *q, *q_up, *q_down, *area_m2; /* given */
} eco__channel;
/* The rows of a face in a block. */
eco__channel eco__channel_of(const eco__water_block *block, uint32_t face);
void eco__channel_flow(const eco__face *face, double dt_s, const eco__channel *channel);
/* WAT-1's u of a flow at these levels. */
void eco__channel_speed(const eco__face *face, const double *flow_m3_s, const eco__channel *channel, double *speed_m_s);
void eco__normal_flow(size_t n, const eco__face *face, const double *level_up, const double *lean, double *q,
                      double *q_up);

/* w of WAT-9 of depths `from` and `from + step` and a fall of the water of either sign: 0..1/2; per: 1 over the larger fall, of
 * the water or the bed, 0 where w is 1/2 */
#define ECO__MIDDLE (3.0 / 16.0)
#define ECO__LEVEL_M 1e-15 /* a fall that divides no more */
typedef struct eco__middle {
  double w, per;
} eco__middle;
static inline eco__middle eco__middle_of(double from, double step, double fall)
{
  double mid = from + (step < 0 ? 0.5 * step : 0.0), size = fall >= 0 ? fall : -fall;
  double reach = size + (step > 0 ? step : 0.0);
  bool half = 2.0 * ECO__MIDDLE * mid >= reach || reach < ECO__LEVEL_M;
  double per = half ? 0.0 : 1.0 / reach;
  return (eco__middle){half ? 0.5 : ECO__MIDDLE * mid * per, per};
}
/* Van Albada's mean of two differences: 0 where they have opposite signs. */
static inline double eco__limited_mean(double a, double b)
{
  double aa = a * a, bb = b * b, sum = aa + bb;
  return a * b > 0 ? (aa * b + bb * a) / sum : 0.0;
}
/* ---- lean.c ---- WAT-15, from the levels and flows as they stand */
void eco__lean(eco__water_block *block);

/* ---- volume.c ---- */
/* The explicit part of WAT-7, by WAT-12: passed_m3, weight_s, and base less what passes. */
void eco__take_explicit_part(eco__water_block *block, double dt_s, double theta);
void eco__count_volumes(eco__water_block *block, double dt_s); /* WAT-8 from passed_m3 */
/* No volume is negative: lanes where an early end of the iteration asked for more water than there is are cut. */
void eco__keep_positive(eco__water_block *block, double dt_s);

/* ---- advect.c ---- WAT-13, WAT-14: drive and hold of all channel faces, from flows and the areas of the iteration */
void eco__carry_momentum(eco__water_block *block, double dt_s, bool first);

/* ---- structures.c, culvert.c ---- flow of a structure in one lane; down may be -1e30: a free fall */
/* WAT-3, free or drowned, either way; strength 2/3 Cd b sqrt(2g). A straight line below drop_m > 0, WAT-10. */
eco__flow eco__weir_flow(double strength, double crest_m, double level_up, double level_down, double drop_m);
/* STR-3; strength Cd a sqrt(2g) */
eco__flow eco__orifice_flow(double strength, double centre_m, double level_up, double level_down, double drop_m);
/* STR-4; strength as of a weir */
eco__flow eco__sluice_flow(double strength, double crest_m, double opening_m, double level_up, double level_down,
                           double drop_m);
eco__flow eco__culvert_flow(const eco__structure *structure, double level_up, double level_down); /* STR-10 */
eco__flow eco__structure_flow(const eco__structure *structure, const double *numbers, size_t stride, double demand_m3_s,
                              double level_up, double level_down);
/* ---- operate.c ---- */
/* Before a step: pumps and siphons switch, old flows are made anew. */
void eco__structures_start(eco__water_block *block);
/* Between two reaches a dam that is not there is the river's own bed. */
bool eco__may_be_river(const eco_model *model, const eco__face *face);
void eco__structures_finish(eco__water_block *block); /* after the iterations: what runs one way does not run back */
void eco__structure_flows(eco__water_block *block, uint32_t face, double dt_s); /* of one face, all lanes */

/* ---- eliminate.c ---- solves A x = b in place: diagonal and entries are spoilt, right holds x */
void eco__eliminate(const eco__order *order, size_t n_cells, size_t n, double *diagonal, double *entries,
                    double *right);

#endif
