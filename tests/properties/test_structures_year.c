/* test_structures_year.c -- a year of structures of every law on random trees of pools and reaches, moved by hand every day at
 * random: the year's water closes to 1e-12, no volume falls below zero, a lane is the same alone and in company. */
#include "support/network.h"
#include "support/suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BASINS = 12, DAYS = 365, LANES = 3, WATERS = 9 };

typedef struct dice {
  uint32_t stream;
  uint64_t index;
} dice;

static double roll(dice *d, double low, double high)
{
  return low + (high - low) * eco__uniform(20261125, 0, d->stream, d->index++);
}

static double roll_log(dice *d, double low, double high)
{
  return low * pow(high / low, roll(d, 0, 1));
}

/* ---- basins: water 0 leaves the model over a weir, every other flows into one before it by a structure of its own */

static const char *const laws[] = {"weir", "gate", "orifice", "culvert", "siphon", "pump", "rating", "link", "dam"};
enum { N_LAWS = sizeof laws / sizeof laws[0] };

static void number(eco_basin *b, eco_item item, const char *param, double value)
{
  eco_test_number(b, item, param, value);
}

static void say_law(eco_basin *b, eco_item item, const char *law, double bed, dice *d)
{
  const double lift[] = {0, 2, 5}, falls[] = {3, 2, 0.3}, levels[] = {bed + 0.2, bed + 1, bed + 4},
               rises[] = {0, 4, 30};
  if (strcmp(law, "weir") == 0 || strcmp(law, "gate") == 0)
    number(b, item, "crest", bed + roll(d, 0, 1.5));
  if (strcmp(law, "weir") == 0 || strcmp(law, "gate") == 0 || strcmp(law, "dam") == 0)
    number(b, item, "width", roll_log(d, 2, 30));
  if (strcmp(law, "gate") == 0)
    number(b, item, "opening", roll(d, 0, 1));
  if (strcmp(law, "dam") == 0) {
    number(b, item, "hold_level", bed + 2);
    eco_test_monthly(b, item, "release", roll_log(d, 0.1, 5));
    eco_test_monthly(b, item, "demand", roll_log(d, 0.1, 9));
    if (roll(d, 0, 1) < 0.5)
      number(b, item, "crest", bed + 0.5);
  }
  if (strcmp(law, "orifice") == 0) {
    number(b, item, "area", roll_log(d, 0.1, 10));
    number(b, item, "centre", bed + roll(d, 0, 1));
  }
  if (strcmp(law, "culvert") == 0) {
    number(b, item, "diameter", roll(d, 0.5, 3));
    number(b, item, "length", roll_log(d, 5, 200));
    number(b, item, "manning_n", 0.015);
    number(b, item, "invert_up", bed + roll(d, 0, 0.5));
    number(b, item, "invert_down", bed + roll(d, -0.5, 0.3));
    number(b, item, "barrels", 3);
  }
  if (strcmp(law, "siphon") == 0) {
    number(b, item, "area", roll_log(d, 0.1, 5));
    if (roll(d, 0, 1) < 0.5) {
      number(b, item, "on_level", bed + 2.5);
      number(b, item, "off_level", bed + 1);
    }
  }
  if (strcmp(law, "pump") == 0) {
    eco_test_array(b, item, "lift", lift, 3);
    eco_test_array(b, item, "lift_flow", falls, 3);
    number(b, item, "units", 4);
    number(b, item, "stage", 0.2);
    number(b, item, "on_level", bed + 1);
    number(b, item, "off_level", bed + 0.5);
  }
  if (strcmp(law, "rating") == 0) {
    eco_test_array(b, item, "rating_level", levels, 3);
    eco_test_array(b, item, "rating_flow", rises, 3);
  }
  if (strcmp(law, "link") == 0)
    number(b, item, "conductance", roll_log(d, 0.5, 50));
  if (roll(d, 0, 1) < 0.3)
    number(b, item, "capacity", roll_log(d, 0.5, 30));
}

static eco_model *random_model(dice *d)
{
  eco_basin *b = eco_test_basin();
  char names[WATERS][8];
  double beds[WATERS];
  for (int k = 0; k < WATERS; k++) {
    snprintf(names[k], sizeof names[k], "W%d", k);
    int down = k > 0 ? (int)roll(d, 0, k) : 0;
    beds[k] = k > 0 ? beds[down] + roll(d, -0.5, 1) : 10;
    const char *to = k > 0 ? names[down] : NULL;
    if (k % 3 == 2) {
      eco_test_reach(b, names[k], roll_log(d, 500, 8000), roll_log(d, 3, 30), 1.5, 0.03, beds[k] + 0.5, beds[k], to, 0);
    } else {
      const double levels[] = {beds[k], beds[k] + 1, beds[k] + 8},
                   areas[] = {roll_log(d, 10, 1e5), 1e5, roll_log(d, 1e5, 1e6)};
      eco_item lake = eco_test_lake(b, names[k], levels, areas, 3, beds[k] + roll(d, 0, 3));
      if (to)
        eco_test_text(b, lake, "downstream", to);
    }
    char name[8];
    snprintf(name, sizeof name, "S%d", k);
    eco_item item = eco_test_item(b, ECO_STRUCTURE, name);
    const char *law = laws[k == 0 ? 0 : (int)roll(d, 0, N_LAWS)];
    eco_test_text(b, item, "law", law);
    eco_test_text(b, item, "from", names[k]);
    if (to)
      eco_test_text(b, item, "to", to);
    say_law(b, item, law, beds[k], d);
  }
  eco_model *model = eco_test_compile(b, 2000);
  eco_basin_destroy(b);
  return model;
}

/* ---- a hand at the gates: hangs on the lane's own number and the day only */

static void move_structures(eco__water_block *b, size_t lane, size_t number_of_lane, size_t day)
{
  dice d = {900 + (uint32_t)number_of_lane, 256 * day};
  for (size_t s = 0; s < b->model->n_structures; s++) {
    double *numbers = b->numbers + s * ECO__N_STRUCTURE_NUMBERS * b->n + lane;
    const eco__structure *is = &b->model->structures[s];
    numbers[ECO__S_ACTIVE * b->n] = roll(&d, 0, 1) < 0.8;
    numbers[ECO__S_OPENING * b->n] = roll(&d, 0, 1) < 0.2 ? NAN : roll(&d, 0, 1) < 0.3 ? 0 : roll(&d, 0, 1.5);
    numbers[ECO__S_CREST * b->n] = is->numbers[ECO__S_CREST] + roll(&d, -0.5, 0.5);
    numbers[ECO__S_CONDUCTANCE * b->n] = is->numbers[ECO__S_CONDUCTANCE] * roll(&d, 0, 1);
    numbers[ECO__S_UNITS * b->n] = floor(roll(&d, 0, 5));
    numbers[ECO__S_HOLD * b->n] = is->numbers[ECO__S_HOLD] + roll(&d, -0.5, 0.5);
  }
  double rain_m_s = roll(&d, 0, 1) < 0.2 ? roll(&d, 0, 50) * 1e-3 / 86400 : 0;
  for (size_t w = 0; w < b->model->n_waters; w++) {
    b->rain_m_s[w * b->n + lane] = rain_m_s;
    b->lateral_m3_s[b->model->waters[w].first_cell * b->n + lane] = roll(&d, 0, 1) < 0.3 ? 0 : roll_log(&d, 0.01, 2);
  }
  b->evap_m_s[lane] = roll(&d, 0, 8) * 1e-3 / 86400;
}

static double held(const eco__water_block *b, size_t lane)
{
  eco__sum sum = {0};
  for (size_t i = 0; i < b->model->n_cells; i++)
    eco__sum_add(&sum, b->volume_m3[i * b->n + lane]);
  return eco__sum_value(&sum);
}

static void count(const eco__water_block *b, size_t lane, double dt, eco__sum *came, eco__sum *went)
{
  for (size_t i = 0; i < b->model->n_cells; i++) {
    eco__sum_add(came, dt * b->lateral_m3_s[i * b->n + lane] + b->rained_m3[i * b->n + lane]);
    eco__sum_add(went, b->evaporated_m3[i * b->n + lane]);
  }
  for (size_t f = 0; f < b->model->n_faces; f++)
    if (b->model->faces[f].down == ECO__OUTSIDE)
      eco__sum_add(went, b->passed_m3[f * b->n + lane]);
}

START_TEST(STR_a_year_of_moved_structures_closes_and_stays_above_zero)
{
  dice d = {(uint32_t)_i, 0}, again;
  const double steps[] = {900, 3600, 10800, 86400}, thetas[] = {0.5, 0.6, 1};
  double dt = steps[_i % 4], theta = thetas[_i % 3];
  again = d;
  eco_test_water w, alone;
  eco_test_water_open(&w, random_model(&d), LANES);
  eco_test_water_open(&alone, random_model(&again), 1);
  eco__sum came[LANES] = {{0}}, went[LANES] = {{0}};
  double start = held(&w.block, 0);
  for (size_t day = 0; day < DAYS; day++) {
    for (size_t l = 0; l < LANES; l++)
      move_structures(&w.block, l, l, day);
    move_structures(&alone.block, 0, LANES - 1, day);
    for (int step = 0; step < 86400 / dt; step++) {
      eco_test_water_step(&w, dt, theta);
      eco_test_water_step(&alone, dt, theta);
      for (size_t l = 0; l < LANES; l++) {
        (void)eco_test_water_check(&w, l, dt);
        count(&w.block, l, dt, &came[l], &went[l]);
      }
    }
    for (size_t i = 0; i < w.model->n_cells; i++)
      if (memcmp(&w.block.volume_m3[i * LANES + LANES - 1], &alone.block.volume_m3[i], sizeof(double)) != 0)
        ck_abort_msg("day %zu, cell %zu: another volume alone", day, i);
  }
  double worst = 0, all = DAYS * 86400 / dt * LANES;
  for (size_t l = 0; l < LANES; l++)
    worst = fmax(worst, fabs(start + eco__sum_value(&came[l]) - eco__sum_value(&went[l]) - held(&w.block, l)) /
                          (start + eco__sum_value(&came[l])));
  if (getenv("SHOW"))
    printf("year %2d: dt %5.0f theta %.1f: %.1e, %.2f iterations, unfinished %.3f %%, limited %.3f %%\n", _i, dt, theta,
           worst, (double)w.block.iterations / all, 100 * (double)w.block.unfinished / all,
           100 * (double)w.block.limited / all);
  ck_assert_double_le(worst, 1e-12);
  ck_assert_double_le((double)w.block.unfinished / all, dt <= 3600 ? 0.01 : 0.10);
  eco_test_water_close(&w);
  eco_test_water_close(&alone);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("a year of structures");
  TCase *year = tcase_create("year");
  tcase_set_timeout(year, 120);
  tcase_add_loop_test(year, STR_a_year_of_moved_structures_closes_and_stays_above_zero, 0, BASINS);
  suite_add_tcase(suite, year);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
