/* test_water_random.c -- what must hold of the water of any basin, whatever flows in and however long the step: it closes,
 * no volume falls below zero, no lane feels another. Seeded random basins, gates, inflows and steps. */
#include "support/network.h"
#include "support/suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BASINS = 40, WILD = 24, STEPS = 500, LANES = 8, MOST_WATERS = 12 };

typedef struct dice { /* one stream of draws */
  uint32_t stream;
  uint64_t index;
} dice;

static double roll(dice *d, double low, double high)
{
  return low + (high - low) * eco__uniform(20261124, 0, d->stream, d->index++);
}

static double roll_log(dice *d, double low, double high)
{
  return low * pow(high / low, roll(d, 0, 1));
}

static size_t roll_below(dice *d, size_t n)
{
  return (size_t)roll(d, 0, (double)n);
}

/* ---- basins: water 0 leaves the model, every other flows into one before it */

typedef struct sketch {
  eco_basin *basin;
  size_t n, n_structures;
  char name[MOST_WATERS][24];
  bool lake[MOST_WATERS], closed[MOST_WATERS]; /* closed: a lake without an outlet */
  double length[MOST_WATERS], bed_up[MOST_WATERS], bed_down[MOST_WATERS];
  size_t down[MOST_WATERS];
} sketch;

static void add_reach(sketch *s, size_t k, dice *d)
{
  double length = roll_log(d, 400, 20000), fall = length * roll_log(d, 1e-5, 0.01);
  if (k > 0 && roll(d, 0, 1) < 0.1)
    fall = -0.3; /* a bed that rises */
  s->bed_down[k] = k == 0 ? 20 : s->bed_up[s->down[k]] + roll(d, -0.5, 2);
  s->bed_up[k] = s->bed_down[k] + fall;
  s->length[k] = length;
  eco_item reach = eco_test_reach(s->basin, s->name[k], length, roll_log(d, 2, 60), roll(d, 0, 3), roll(d, 0.02, 0.05),
                                  s->bed_up[k], s->bed_down[k], k > 0 ? s->name[s->down[k]] : NULL,
                                  k > 0 && !s->lake[s->down[k]] ? roll(d, 0, 1) * s->length[s->down[k]] : 0);
  eco_test_number(s->basin, reach, "initial_depth", roll(d, 0, 1) < 0.3 ? 0 : roll(d, 0, 2));
}

static void add_surveyed(sketch *s, size_t k, dice *d)
{
  s->length[k] = roll_log(d, 400, 20000);
  s->bed_down[k] = k == 0 ? 20 : s->bed_up[s->down[k]] + roll(d, -0.5, 2);
  s->bed_up[k] = s->bed_down[k] + s->length[k] * roll_log(d, 1e-5, 0.01);
  eco_item r = eco_test_item(s->basin, ECO_REACH, s->name[k]);
  const double depth[] = {0, roll(d, 0.3, 2), 3, 5};
  double width[4] = {roll_log(d, 1, 20)};
  for (int j = 1; j < 4; j++)
    width[j] = width[j - 1] * roll(d, 1, 3);
  eco_test_array(s->basin, r, "section_depth", depth, 4);
  eco_test_array(s->basin, r, "section_width", width, 4);
  if (roll(d, 0, 1) < 0.5) {
    eco_test_number(s->basin, r, "bank_depth", 3);
    eco_test_number(s->basin, r, "plain_n", roll(d, 0.04, 0.1));
  }
  eco_test_number(s->basin, r, "length", s->length[k]);
  eco_test_number(s->basin, r, "manning_n", roll(d, 0.02, 0.05));
  eco_test_number(s->basin, r, "bed_up", s->bed_up[k]);
  eco_test_number(s->basin, r, "bed_down", s->bed_down[k]);
  eco_test_number(s->basin, r, "initial_depth", roll(d, 0, 2));
  if (k == 0 && roll(d, 0, 1) < 0.5)
    eco_test_monthly(s->basin, r, "outlet_level", s->bed_down[k] + roll(d, -1, 2));
  if (k > 0)
    eco_test_text(s->basin, r, "downstream", s->name[s->down[k]]);
  if (k > 0 && !s->lake[s->down[k]])
    eco_test_number(s->basin, r, "enters_at", roll(d, 0, 1) * s->length[s->down[k]]);
}

/* Upper ends of reaches that branch off a water with a larger number: nothing leads back, waters drain to smaller ones. */
static void add_branches(sketch *s, dice *d)
{
  for (size_t k = 1; k + 1 < s->n; k++) {
    if (s->lake[k] || roll(d, 0, 1) < 0.5)
      continue;
    size_t from = k + 1 + roll_below(d, s->n - 1 - k);
    eco_item reach;
    eco_error err;
    eco_assert_ok(eco_basin_find(s->basin, s->name[k], &reach, &err), err);
    eco_test_text(s->basin, reach, "branches_from", s->name[from]);
    if (!s->lake[from])
      eco_test_number(s->basin, reach, "branches_at", roll(d, 0, 1) * s->length[from]);
  }
}

static void add_lake(sketch *s, size_t k, dice *d)
{
  double bed = s->bed_up[s->down[k]] + roll(d, -1, 2);
  double first = roll(d, 0, 1) < 0.5 ? 0 : roll_log(d, 1e3, 1e6); /* a pointed bed, or a flat one */
  double levels[] = {bed, bed + roll(d, 0.5, 2), bed + 5}, areas[] = {first, first + roll_log(d, 1e4, 1e7), 0};
  areas[2] = areas[1] * roll(d, 1, 2);
  eco_item lake = eco_test_lake(s->basin, s->name[k], levels, areas, 3, bed + roll(d, 0, 3));
  if (!s->closed[k])
    eco_test_text(s->basin, lake, "downstream", s->name[s->down[k]]);
  s->bed_up[k] = s->bed_down[k] = bed;
}

static void add_structure(sketch *s, const char *law, size_t from, const char *to, dice *d)
{
  char name[24];
  snprintf(name, sizeof name, "S%zu", s->n_structures++);
  eco_item item = eco_test_item(s->basin, ECO_STRUCTURE, name);
  eco_test_text(s->basin, item, "law", law);
  eco_test_text(s->basin, item, "from", s->name[from]);
  if (to != NULL)
    eco_test_text(s->basin, item, "to", to);
  double sill = s->bed_down[from] + roll(d, 0, 1.5);
  if (strcmp(law, "intake") == 0) {
    eco_test_monthly(s->basin, item, "demand", roll_log(d, 0.1, 50));
    return;
  }
  eco_test_number(s->basin, item, "width", roll_log(d, 1, 40));
  if (strcmp(law, "dam") == 0) {
    eco_test_number(s->basin, item, "hold_level", sill + 1);
    eco_test_monthly(s->basin, item, "release", roll_log(d, 0.1, 20));
  } else {
    eco_test_number(s->basin, item, "crest", sill);
    eco_test_number(s->basin, item, "one_way", roll(d, 0, 1) < 0.3);
  }
  if (strcmp(law, "gate") == 0 && roll(d, 0, 1) < 0.7)
    eco_test_number(s->basin, item, "open_level", sill + roll(d, 0, 2));
  if (roll(d, 0, 1) < 0.3)
    eco_test_number(s->basin, item, "capacity", roll_log(d, 0.5, 50));
}

/* wild: branches that close loops, surveyed sections with flood plains, an outlet to a level, structures side by side. */
static eco_model *random_model(dice *d, bool wild)
{
  sketch s = {.basin = eco_test_basin(), .n = 2 + roll_below(d, MOST_WATERS - 1)};
  const char *const laws[] = {"weir", "gate", "dam"};
  for (size_t k = 0; k < s.n; k++) {
    snprintf(s.name[k], sizeof s.name[k], "W%zu", k);
    s.down[k] = k > 0 ? roll_below(d, k) : 0;
    s.lake[k] = k > 0 && roll(d, 0, 1) < 0.4;
    s.closed[k] = s.lake[k] && roll(d, 0, 1) < 0.1;
    if (s.lake[k])
      add_lake(&s, k, d);
    else if (wild && roll(d, 0, 1) < 0.6)
      add_surveyed(&s, k, d);
    else
      add_reach(&s, k, d);
  }
  if (wild)
    add_branches(&s, d);
  for (size_t k = 1; k < s.n; k++) {
    if (s.lake[k] ? !s.closed[k] : roll(d, 0, 1) < 0.25)
      add_structure(&s, laws[roll_below(d, 3)], k, s.name[s.down[k]], d);
    if (wild && s.lake[k] && !s.closed[k] && roll(d, 0, 1) < 0.4) /* side by side */
      add_structure(&s, laws[roll_below(d, 3)], k, s.name[s.down[k]], d);
    if (roll(d, 0, 1) < 0.25)
      add_structure(&s, "intake", k, NULL, d);
  }
  eco_model *model = eco_test_compile(s.basin, roll_log(d, 300, 5000));
  eco_basin_destroy(s.basin);
  return model;
}

/* ---- weather of a step: hangs on the lane's own number, the step and the place only */

static void set_gates(eco__water_block *b, size_t lane, dice *d)
{
  for (size_t s = 0; s < b->model->n_structures; s++) {
    double *active = &b->numbers[(s * ECO__N_STRUCTURE_NUMBERS + ECO__S_ACTIVE) * b->n + lane];
    double *crest = &b->numbers[(s * ECO__N_STRUCTURE_NUMBERS + ECO__S_CREST) * b->n + lane];
    *active = roll(d, 0, 1) < 0.85;
    *crest = b->model->structures[s].numbers[ECO__S_CREST] + roll(d, -0.5, 0.5);
  }
}

static void set_inputs(eco_test_water *w, size_t first_lane, size_t step)
{
  eco__water_block *b = &w->block;
  const eco_model *m = w->model;
  for (size_t l = 0; l < b->n; l++) {
    dice d = {5000 + (uint32_t)(first_lane + l), 4096 * step};
    for (size_t k = 0; k < m->n_waters; k++) {
      bool flows = (step / 40 + k + first_lane + l) % 3 > 0; /* stops and starts */
      double q = roll(&d, 0, 1) < 0.1 ? roll_log(&d, 20, 400) : roll_log(&d, 0.01, 20);
      b->lateral_m3_s[m->waters[k].first_cell * b->n + l] = flows ? q : 0.0;
    }
    double rain_m_s = roll(&d, 0, 1) < 0.2 ? roll(&d, 0, 50) * 1e-3 / 86400 : 0.0;
    for (size_t k = 0; k < m->n_waters; k++)
      b->rain_m_s[k * b->n + l] = rain_m_s;
    b->evap_m_s[l] = roll(&d, 0, 10) * 1e-3 / 86400;
    if (step % 24 == 0) /* a hand at the gates */
      set_gates(b, l, &d);
  }
}

static bool same_bits(const double *block, size_t n, size_t lane, const double *alone, size_t rows)
{
  for (size_t i = 0; i < rows; i++)
    if (memcmp(&block[i * n + lane], &alone[i], sizeof(double)) != 0)
      return false;
  return true;
}

static void check_same_bits(const eco_test_water *block, size_t lane, const eco_test_water *alone)
{
  const eco__water_block *a = &block->block, *b = &alone->block;
  ck_assert(same_bits(a->volume_m3, a->n, lane, b->volume_m3, block->model->n_cells) &&
            same_bits(a->level_m, a->n, lane, b->level_m, block->model->n_cells) &&
            same_bits(a->passed_m3, a->n, lane, b->passed_m3, block->model->n_faces));
}

START_TEST(water_closes_stays_above_zero_and_lanes_do_not_feel_each_other)
{
  dice d = {(uint32_t)_i, 0};
  const double thetas[] = {0.5, 0.55, 0.6, 0.8, 1.0};
  double theta = thetas[_i % 5], dt = _i % 4 == 0 ? 3600 : roll_log(&d, 60, 86400);
  dice again = d;
  eco_test_water block, alone[2];
  const size_t lone[2] = {2, LANES - 1};
  eco_test_water_open(&block, random_model(&d, _i >= BASINS), LANES);
  for (size_t k = 0; k < 2; k++) {
    d = again;
    eco_test_water_open(&alone[k], random_model(&d, _i >= BASINS), 1);
  }
  double worst = 0;
  for (size_t step = 0; step < STEPS; step++) {
    set_inputs(&block, 0, step);
    eco_test_water_step(&block, dt, theta);
    for (size_t l = 0; l < LANES; l++)
      worst = fmax(worst, eco_test_water_check(&block, l, dt));
    for (size_t k = 0; k < 2; k++) {
      set_inputs(&alone[k], lone[k], step);
      eco_test_water_step(&alone[k], dt, theta);
      check_same_bits(&block, lone[k], &alone[k]);
    }
  }
  const eco__water_block *b = &block.block;
  double steps = (double)STEPS * LANES;
  if (getenv("SHOW") != NULL)
    printf(
      "basin %2d: %3zu cells %2zu structures dt %5.0f theta %.2f: %.2f iterations, unfinished %.3f %%, limited %.3f %%, %.1e\n",
      _i, block.model->n_cells, block.model->n_structures, dt, theta, (double)b->iterations / steps,
      100 * (double)b->unfinished / steps, 100 * (double)b->limited / steps, worst);
  fflush(stdout);
  /* Capacities make the law between two drowned waters a step function of their levels: a small lake and a step of hours may
   * then end without agreement on a side. More than this is news. */
  ck_assert_double_le((double)b->unfinished / steps, dt <= 3600 ? 0.08 : 0.25);
  eco_test_water_close(&block);
  for (size_t k = 0; k < 2; k++)
    eco_test_water_close(&alone[k]);
}
END_TEST

/* ---- rest */

/* All waters of a random network at one level, some of its beds above it and dry there; what could take water from it is shut, and a
 * wall stands at its outlet. Nothing may move: levels stay to some roundings of the level, flows to those over the step. */
START_TEST(a_network_at_rest_stays_at_rest)
{
  dice d = {7000 + (uint32_t)_i, 0};
  eco_test_water w;
  eco_test_water_open(&w, random_model(&d, true), 1);
  eco__water_block *b = &w.block;
  double level = roll(&d, 24, 70), moved = 0, flow = 0;
  for (size_t s = 0; s < w.model->n_structures; s++)
    b->numbers[s * ECO__N_STRUCTURE_NUMBERS + ECO__S_ACTIVE] = w.model->structures[s].law == ECO__DAM ? 1 : 0;
  for (size_t s = 0; s < w.model->n_structures; s++)
    b->demand_m3_s[s] = 0;
  for (uint32_t i = 0; i < w.model->n_cells; i++) {
    b->level_m[i] = fmax(level, w.model->cell_bed_m[i]);
    b->volume_m3[i] = eco__cell_volume(w.model, i, b->level_m[i]);
    b->level_m[i] = eco__cell_level(w.model, i, b->volume_m3[i]);
  }
  eco__face *faces = malloc(w.model->n_faces * sizeof *faces); /* the model's, with a wall at its outlet */
  ck_assert(faces != NULL);
  memcpy(faces, w.model->faces, w.model->n_faces * sizeof *faces);
  w.model->faces = faces;
  for (uint32_t f = 0; f < w.model->n_faces; f++)
    if (faces[f].law == ECO__NORMAL || faces[f].law == ECO__STAGE)
      faces[f].bed_up_m = faces[f].floor_m = 1e4;
  for (size_t s = 0; s < w.model->n_structures; s++)
    b->numbers[s * ECO__N_STRUCTURE_NUMBERS + ECO__S_HOLD] = 1e4;
  double start[512];
  ck_assert_uint_le(w.model->n_cells, 512);
  memcpy(start, b->level_m, w.model->n_cells * sizeof(double));
  const double dts[] = {60, 3600, 86400};
  for (int k = 0; k < 90; k++) {
    eco_test_water_step(&w, dts[k % 3], 0.6);
    for (uint32_t i = 0; i < w.model->n_cells; i++)
      moved = fmax(moved, fabs(b->level_m[i] - start[i]));
    for (uint32_t f = 0; f < w.model->n_faces; f++)
      flow = fmax(flow, fabs(b->flow_m3_s[f]));
  }
  if (getenv("SHOW") != NULL)
    printf("rest %d: %zu cells, levels move by %.1e m, flows to %.1e m3/s\n", _i, w.model->n_cells, moved, flow);
  fflush(stdout);
  ck_assert_double_le(moved, 1e-11);
  eco_test_water_close(&w);
  free(faces);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("water of random basins");
  TCase *random = tcase_create("random");
  tcase_set_timeout(random, 60);
  tcase_add_loop_test(random, water_closes_stays_above_zero_and_lanes_do_not_feel_each_other, 0, BASINS + WILD);
  tcase_add_loop_test(random, a_network_at_rest_stays_at_rest, 0, 16);
  suite_add_tcase(suite, random);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
