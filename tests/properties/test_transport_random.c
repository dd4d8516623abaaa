/* test_transport_random.c -- transport over random networks, driven by the water solver: a constant stays constant,
 * mass closes, nothing becomes negative or larger than what came in, and lanes do not feel each other. */
#include "network.h"
#include "suite.h"
#include "transport/order.h"
#include "transport/transport.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- random networks ---- */

typedef struct place {
  bool lake;
  double length, bed_up, bed_down; /* a lake: its bed in both */
} place;

static double draw(uint32_t seed, uint32_t what, uint64_t index, double low, double high)
{
  return low + (high - low) * eco__uniform(seed, 0, what, index);
}

static double bed_at(const place *p, double at)
{
  return p->lake ? p->bed_up : p->bed_up + (p->bed_down - p->bed_up) * at / p->length;
}

static void add_lake(eco_basin *basin, uint32_t seed, uint32_t k, place *made, const char *name, const char *parent,
                     double bed, double at, bool parent_is_lake)
{
  char weir[16];
  snprintf(weir, sizeof weir, "weir %u", k);
  double levels[] = {bed - 2.0, bed, bed + 4.0}, areas[] = {1e4, draw(seed, 6, k, 2e4, 1e6), 1.2e6};
  (void)eco_test_lake(basin, name, levels, areas, 3, bed + draw(seed, 7, k, -1.0, 1.5));
  eco_item w =
    eco_test_weir(basin, weir, k % 2 ? "weir" : "gate", name, parent, bed + draw(seed, 8, k, -0.5, 0.5), 15.0, 0.6);
  if (!parent_is_lake)
    eco_test_number(basin, w, "to_at", at);
  *made = (place){.lake = true, .length = 0, .bed_up = bed - 2.0, .bed_down = bed - 2.0};
}

static void add_intake(eco_basin *basin, uint32_t seed, uint32_t k, const char *from, const char *to)
{
  char name[16];
  snprintf(name, sizeof name, "intake %u", k);
  eco_item item = eco_test_item(basin, ECO_STRUCTURE, name);
  eco_test_text(basin, item, "law", "intake");
  eco_test_text(basin, item, "from", from);
  if (to != NULL)
    eco_test_text(basin, item, "to", to);
  eco_test_monthly(basin, item, "demand", draw(seed, 12, k, 0.5, 6.0));
}

enum { WATERS = 9 };

/* A way down from one of the earlier waters never leads back: an intake from k to a smaller number makes no circle
 * unless the smaller one drains into k, and waters drain to smaller numbers. */
static void add_intakes(eco_basin *basin, uint32_t seed, char names[WATERS][16])
{
  for (uint32_t k = 0; k < 3; k++) {
    uint32_t from = 1 + (uint32_t)draw(seed, 11, k, 0, WATERS - 1), to = (uint32_t)draw(seed, 13, k, 0, from);
    add_intake(basin, seed, k, names[from], k == 0 ? NULL : names[to]);
  }
}

/* Reaches whose upper end branches off a water with a larger number: nothing leads back, as waters drain to smaller ones. */
static void add_branches(eco_basin *basin, uint32_t seed, const place made[WATERS], char names[WATERS][16])
{
  for (uint32_t k = 1; k + 1 < WATERS; k++) {
    if (made[k].lake || draw(seed, 15, k, 0, 1) < 0.4)
      continue;
    uint32_t from = k + 1 + (uint32_t)draw(seed, 16, k, 0, WATERS - 1 - k);
    eco_item reach;
    eco_error err;
    eco_assert_ok(eco_basin_find(basin, names[k], &reach, &err), err);
    eco_test_text(basin, reach, "branches_from", names[from]);
    if (!made[from].lake)
      eco_test_number(basin, reach, "branches_at", draw(seed, 17, k, 0.2, 1) * made[from].length);
  }
}

/* Water 0 leaves the model; each of the others flows into an earlier one, a reach at any place of it, a lake over a
 * weir or gate that works both ways. Slopes are small, so that floods of one branch back up into the others. */
static eco_model *make_network(uint32_t seed, bool loops)
{
  eco_basin *basin = eco_test_basin();
  place made[WATERS];
  char names[WATERS][16];
  for (uint32_t k = 0; k < WATERS; k++) {
    snprintf(names[k], sizeof names[k], "water %u", k);
    uint32_t parent = k ? (uint32_t)draw(seed, 1, k, 0, k) : 0;
    double at = k && !made[parent].lake ? draw(seed, 2, k, 0, made[parent].length) : 0.0;
    double bed = k ? bed_at(&made[parent], at) : 0.0;
    if (k && draw(seed, 3, k, 0, 1) < 0.3) {
      add_lake(basin, seed, k, &made[k], names[k], names[parent], bed + 1.0, at, made[parent].lake);
      continue;
    }
    double length = draw(seed, 4, k, 800, 9000), slope = draw(seed, 5, k, 5e-5, 4e-4);
    double end = k && made[parent].lake ? bed + 2 : bed;
    made[k] = (place){.lake = false, .length = length, .bed_up = end + slope * length, .bed_down = end};
    eco_item reach = eco_test_reach(basin, names[k], length, draw(seed, 9, k, 5, 40), 1.5, 0.03, made[k].bed_up,
                                    made[k].bed_down, k ? names[parent] : NULL, at);
    eco_test_number(basin, reach, "initial_depth", draw(seed, 10, k, 0.3, 2.0));
  }
  if (loops)
    add_branches(basin, seed, made, names);
  else
    add_intakes(basin, seed, names);
  eco_model *model = eco_test_compile(basin, draw(seed, 14, 0, 300, 1500));
  eco_basin_destroy(basin);
  return model;
}

/* ---- the world: water and transport of some lanes over a network ---- */

enum { STEPS = 240, CONSTANT = ECO__DO, MIXED = ECO__CODMN, PULSE = ECO__TP };

typedef struct world {
  eco_model *model;
  uint32_t seed, first_lane;
  size_t n;
  double flood; /* factor on all inflows */
  eco__arena arena;
  eco__water_block water;
  eco__transport_block transport;
  double *came;       /* [state][lane] of the step, g/s */
  uint64_t backwards; /* lane-steps with a link that ran back */
  uint64_t fair;      /* lane-steps that had to keep a constant */
  bool *circled;      /* [lane] its water has run in a circle that no order can follow */
} world;

static void open_world(world *w, eco_model *model, uint32_t seed, uint32_t first_lane, size_t n)
{
  *w = (world){.model = model, .seed = seed, .first_lane = first_lane, .n = n, .flood = 1.0};
  eco__arena_open(&w->arena, NULL);
  ck_assert_int_eq(eco__water_open(&w->water, model, n, &w->arena), ECO_OK);
  ck_assert_int_eq(eco__transport_open(&w->transport, model, n, &w->arena), ECO_OK);
  w->came = ECO__TAKE(&w->arena, double, ECO__N_BULK *n);
  w->circled = ECO__TAKE(&w->arena, bool, n);
  for (size_t i = 0; i < model->n_cells; i++)
    for (size_t l = 0; l < n; l++) {
      double v = w->water.volume_m3[i * n + l];
      w->transport.mass_g[(i * ECO__N_BULK + CONSTANT) * n + l] = v;
      w->transport.mass_g[(i * ECO__N_BULK + MIXED) * n + l] = v * eco__uniform(seed, first_lane + (uint32_t)l, 20, i);
    }
  for (size_t s = 0; s < model->n_structures; s++)
    for (size_t l = 0; l < n; l++)
      w->water.demand_m3_s[s * n + l] = model->structures[s].demand[0];
}

static void close_world(world *w)
{
  eco__arena_close(&w->arena);
}

/* Inflow of a water in a lane: dry, low or in flood for twelve steps at a time. */
static double inflow(const world *w, size_t water, uint32_t lane, int step)
{
  double u = eco__uniform(w->seed, lane, 30 + (uint32_t)water, (uint64_t)step / 12);
  return w->flood * (u < 0.3 ? 0.0 : u > 0.85 ? 120.0 * u : 5.0 * u);
}

static void add_state(world *w, double *to, double m3_s, double concentration, size_t state, size_t l)
{
  to[state * w->n + l] += m3_s * concentration;
  w->came[state * w->n + l] += m3_s * concentration;
}

/* Half enters at the upper end (the head of a chain, where it is one), half along the water. */
static void set_water(world *w, size_t k, size_t l, int step)
{
  const eco_model *m = w->model;
  const eco__water *water = &m->waters[k];
  eco__transport_block *t = &w->transport;
  const size_t n = w->n;
  uint32_t lane = w->first_lane + (uint32_t)l, first = water->first_cell, chain = m->cell_chain[first];
  double q = inflow(w, k, lane, step), c = eco__uniform(w->seed, lane, 60, (uint64_t)step * m->n_waters + k);
  for (uint32_t j = 0; j <= water->n_cells; j++) { /* the upper end, then along */
    uint32_t i = j ? first + j - 1 : first;
    double part = j ? 0.5 * q / water->n_cells : 0.5 * q;
    bool at_head = j == 0 && m->chains[chain].first_cell == first;
    double *to = at_head ? t->head_g_s + (size_t)chain * ECO__N_BULK * n : t->lateral_g_s + (size_t)i * ECO__N_BULK * n;
    (at_head ? t->head_m3_s + (size_t)chain * n : t->lateral_m3_s + (size_t)i * n)[l] += part;
    w->water.lateral_m3_s[(size_t)i * n + l] += part;
    add_state(w, to, part, 1.0, CONSTANT, l);
    add_state(w, to, part, c, MIXED, l);
    add_state(w, to, part, step % 40 == 0 ? 1.0 : 0.0, PULSE, l);
  }
}

static void set_inputs(world *w, int step)
{
  const eco_model *m = w->model;
  eco__transport_block *t = &w->transport;
  const size_t n = w->n;
  memset(w->water.lateral_m3_s, 0, m->n_cells * n * sizeof(double));
  memset(t->lateral_m3_s, 0, m->n_cells * n * sizeof(double));
  memset(t->lateral_g_s, 0, m->n_cells * ECO__N_BULK * n * sizeof(double));
  memset(t->head_m3_s, 0, m->n_chains * n * sizeof(double));
  memset(t->head_g_s, 0, m->n_chains * ECO__N_BULK * n * sizeof(double));
  memset(w->came, 0, ECO__N_BULK * n * sizeof(double));
  for (size_t l = 0; l < n; l++) {
    for (size_t k = 0; k < m->n_waters; k++) {
      set_water(w, k, l, step);
      w->water.rain_m_s[k * n + l] = step % 9 == 0 ? 1e-6 : 0.0;
    }
    t->rain_do_mg_l[l] = 1.0;
  }
}

static void step_world(world *w, int step, double dt)
{
  eco_error err = {0};
  set_inputs(w, step);
  eco_assert_ok(eco__water_step(&w->water, dt, 0.6, &err), err);
  const eco__hydraulics h = {w->water.volume_old_m3, w->water.volume_m3, w->water.passed_m3, w->water.rained_m3, NULL};
  eco__find_spread(w->model, w->n, w->water.level_m, w->water.flow_m3_s, w->transport.spread_m3_s);
  eco__transport_step(&w->transport, &h, dt);
  for (size_t l = 0; l < w->n; l++) {
    bool back = false;
    for (size_t k = 0; k < w->model->n_links; k++)
      back = back || w->water.passed_m3[w->model->links[k] * w->n + l] < 0;
    w->backwards += back;
    if (!w->circled[l] && !eco__transport_nominal(&w->transport, &h, l))
      w->circled[l] = !eco__transport_lane_order(&w->transport, &h, l);
    w->fair += !w->circled[l];
  }
}

static double total(const world *w, size_t state, size_t l)
{
  eco__sum sum = {0};
  for (size_t i = 0; i < w->model->n_cells; i++)
    eco__sum_add(&sum, w->transport.mass_g[(i * ECO__N_BULK + state) * w->n + l]);
  return eco__sum_value(&sum);
}

/* Largest that a cell holds or passes in a step: its roundings are what errors are made of. */
static double largest_volume(const world *w, size_t l)
{
  double most = 0;
  for (size_t i = 0; i < w->model->n_cells; i++)
    most = fmax(most, w->water.volume_m3[i * w->n + l]);
  for (size_t f = 0; f < w->model->n_faces; f++)
    most = fmax(most, fabs(w->water.passed_m3[f * w->n + l]));
  return most;
}

/* A step makes in each cell some eight roundings of the largest volume about, 2^-53 each; what a cell has wrong it
 * keeps or passes on, so that they add up over the steps. A fault of method is of the volumes' own size. */
static double rounding(int steps, double volume)
{
  return 8.0 * (steps + 1) * 0.5 * DBL_EPSILON * volume;
}

static void check_cells(const world *w, int step, size_t l, double most)
{
  const size_t n = w->n;
  for (size_t i = 0; i < w->model->n_cells; i++) {
    const double *mass = w->transport.mass_g + i * ECO__N_BULK * n + l;
    double v = w->water.volume_m3[i * n + l];
    bool good = w->circled[l] || fabs(mass[CONSTANT * n] - v) <= most;
    for (size_t s = 0; s < ECO__N_BULK && good; s++)
      good = mass[s * n] >= 0 && (w->circled[l] || mass[s * n] <= v + most);
    if (!good)
      ck_abort_msg("seed %u, lane %zu, step %d, cell %zu of %g m3: the constant is %.17g, mixed %.17g, pulse %.17g",
                   w->seed, l, step, i, v, mass[CONSTANT * n] / v, mass[MIXED * n] / v, mass[PULSE * n] / v);
  }
}

static void check_masses(const world *w, int step, size_t l, double dt, const double *before)
{
  const size_t n = w->n, states[] = {CONSTANT, MIXED, PULSE};
  for (size_t k = 0; k < 3; k++) {
    size_t s = states[k];
    double in = before[s * n + l] + dt * w->came[s * n + l] + (s == ECO__DO ? w->transport.rained_g[l] : 0.0);
    double rest = in - w->transport.left_g[s * n + l] - w->transport.taken_g[s * n + l] - total(w, s, l);
    ck_assert_msg(fabs(rest) <= 1e-13 * in, "seed %u, lane %zu, step %d, state %zu: residual %.3g of %g", w->seed, l,
                  step, s, rest, in);
  }
}

enum { LANES = 6, NETWORKS = 24 };

/* Floods that back up through an intake's river into the canal it feeds run in a circle: then mass is kept and stays
 * positive, but no order of the waters keeps a constant within the step.
 *
 * A step with all its checks. seen[lane]: the largest volume so far. */
static void step_and_check(world *w, int step, double dt, double *seen)
{
  double before[ECO__N_BULK * LANES];
  for (size_t k = 0; k < ECO__N_BULK; k++)
    for (size_t l = 0; l < w->n; l++)
      before[k * w->n + l] = total(w, k, l);
  step_world(w, step, dt);
  for (size_t l = 0; l < w->n; l++) {
    seen[l] = fmax(seen[l], largest_volume(w, l));
    check_cells(w, step, l, rounding(step, seen[l]));
    check_masses(w, step, l, dt, before);
  }
}

/* An hour, a quarter of it, a day */
static double step_of(uint32_t seed)
{
  const double steps[] = {3600.0, 900.0, 86400.0};
  return steps[seed % 3];
}

START_TEST(MIX_and_RMP_keep_a_constant_and_the_mass_and_make_nothing_negative_or_larger_over_random_networks)
{
  uint64_t backwards = 0, reordered = 0, fair = 0, circled = 0;
  for (uint32_t seed = 1; seed <= NETWORKS; seed++) {
    world w;
    open_world(&w, make_network(seed, _i > 0), seed, 0, LANES);
    double seen[LANES] = {0};
    for (int s = 0; s < STEPS; s++)
      step_and_check(&w, s, step_of(seed), seen);
    backwards += w.backwards;
    reordered += w.transport.reordered;
    circled += w.transport.circled;
    fair += w.fair;
    close_world(&w);
    eco_model_destroy(w.model);
  }
  if (getenv("SHOW") != NULL)
    printf("loops %d: %llu lane-steps, %llu backwards, %llu with an order of their own, %llu in a circle\n", _i,
           (unsigned long long)NETWORKS * STEPS * LANES, (unsigned long long)backwards, (unsigned long long)reordered,
           (unsigned long long)circled);
  fflush(stdout);
  ck_assert_uint_gt(reordered, 100);             /* lanes with an order of their own were met, */
  ck_assert_uint_gt(backwards, reordered + 100); /* and links that ran back and were delivered late */
  /* a lane is counted until its water first runs in a circle; branches over random beds make that sooner */
  ck_assert_uint_gt(fair, (uint64_t)NETWORKS * STEPS * LANES / (_i ? 3 : 2));
}
END_TEST

/* Lane 3 of 6, alone and in company: the same bits, lanes with an order of their own among them. */
START_TEST(MIX_lanes_do_not_feel_each_other_over_random_networks)
{
  uint64_t reordered = 0;
  for (uint32_t seed = 1; seed <= NETWORKS; seed += 2) {
    eco_model *model = make_network(seed, _i > 0);
    world all, one;
    open_world(&all, model, seed, 0, LANES);
    open_world(&one, model, seed, 3, 1);
    for (int s = 0; s < STEPS; s++) {
      step_world(&all, s, step_of(seed));
      step_world(&one, s, step_of(seed));
    }
    for (size_t k = 0; k < model->n_cells * ECO__N_BULK; k++)
      ck_assert_msg(memcmp(&all.transport.mass_g[k * LANES + 3], &one.transport.mass_g[k], sizeof(double)) == 0,
                    "seed %u, row %zu: %.17g in company, %.17g alone", seed, k, all.transport.mass_g[k * LANES + 3],
                    one.transport.mass_g[k]);
    for (size_t k = 0; k < model->n_waters * ECO__N_BULK; k++)
      ck_assert(memcmp(&all.transport.out_g[k * LANES + 3], &one.transport.out_g[k], sizeof(double)) == 0);
    reordered += one.transport.reordered;
    close_world(&all);
    close_world(&one);
    eco_model_destroy(model);
  }
  ck_assert_uint_gt(reordered, 0);
}
END_TEST

/* Water that leaves a river and comes back to it further down: by an intake, by a branch, by a branch of one and the same reach. */
START_TEST(MIX_2_keeps_a_constant_where_a_canal_gives_back_what_it_took)
{
  eco_basin *basin = eco_test_basin();
  bool one_reach = _i == 2;
  (void)eco_test_reach(basin, "river", one_reach ? 30000 : 15000, 30, 1, 0.03, 13, one_reach ? 10 : 11.5,
                       one_reach ? NULL : "lower river", 0);
  if (!one_reach)
    (void)eco_test_reach(basin, "lower river", 15000, 30, 1, 0.03, 11.5, 10, NULL, 0);
  eco_item canal = eco_test_reach(basin, "canal", 10000, 8, 1, 0.025, 12.5, 10.6, one_reach ? "river" : "lower river",
                                  one_reach ? 24000 : 9000);
  if (_i == 0) {
    eco_item intake = eco_test_item(basin, ECO_STRUCTURE, "head");
    eco_test_text(basin, intake, "law", "intake");
    eco_test_text(basin, intake, "from", "river");
    eco_test_number(basin, intake, "from_at", 6000);
    eco_test_text(basin, intake, "to", "canal");
    eco_test_monthly(basin, intake, "demand", 4);
  } else {
    eco_test_text(basin, canal, "branches_from", "river");
    eco_test_number(basin, canal, "branches_at", 6000);
  }
  eco_model *model = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  world w;
  open_world(&w, model, 77, 0, LANES);
  w.flood = 0.2;
  double seen[LANES] = {0};
  for (int s = 0; s < STEPS; s++)
    step_and_check(&w, s, 3600.0, seen);
  ck_assert_uint_gt(w.fair, (uint64_t)STEPS * LANES * 9 / 10);
  close_world(&w);
  eco_model_destroy(model);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("transport over networks");
  TCase *all = tcase_create("all");
  tcase_set_timeout(all, 60);
  tcase_add_loop_test(/* trees, and networks with branches */
                      all,
                      MIX_and_RMP_keep_a_constant_and_the_mass_and_make_nothing_negative_or_larger_over_random_networks,
                      0, 2);
  tcase_add_loop_test(all, MIX_lanes_do_not_feel_each_other_over_random_networks, 0, 2);
  tcase_add_loop_test(all, MIX_2_keeps_a_constant_where_a_canal_gives_back_what_it_took, 0, 3);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
