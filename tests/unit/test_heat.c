/* test_heat.c -- the heat budget of a surface, and the temperature of the water under it. */
#include "kinetics/kinetics.h"
#include "land/evaporation.h"
#include "network.h"
#include "reference.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>

#define CAL_CM2_D 0.48458333333333333

typedef struct weather {
  const char *variant;
  int day;
  double sun_share, air_c, dew_c, temp_c, wind_m_s;
} weather;

/* parameters of case k22 */
static const weather cases[] = {{"jingmen_july", 200, 0.6, 29, 24, 28, 2.0},
                                {"jingmen_january", 15, 0.4, 4, 0, 6, 2.5},
                                {"cold_air", 40, 0.5, -3, -8, 5, 4.0}};

static double wanted(const eco_reference *r, const char *variant, const char *quantity)
{
  for (size_t k = 0; k < r->n_rows; k++)
    if (eco_reference_is(r, k, "variant", variant) && eco_reference_is(r, k, "quantity", quantity))
      return eco_reference_number(r, k, "value");
  ck_abort_msg("no %s of %s", quantity, variant);
}

START_TEST(HEAT_1_HEAT_2_HEAT_3_HEAT_4_of_the_cases_of_k22)
{
  eco_reference r = eco_reference_read("water_k22_heat_budget.csv");
  for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
    const weather *c = &cases[k];
    double e = eco__vapour_mmhg(c->dew_c);
    const struct {
      const char *quantity;
      double found;
    } terms[] = {{"atmospheric_longwave", eco__atmospheric_long_wave(c->air_c, e)},
                 {"back_radiation", eco__back_radiation(c->temp_c)},
                 {"evaporation", eco__evaporation_heat(c->temp_c, e, c->wind_m_s)},
                 {"conduction", eco__conduction_heat(c->temp_c, c->air_c, c->wind_m_s)}};
    for (size_t q = 0; q < 4; q++) {
      double want = wanted(&r, c->variant, terms[q].quantity) * CAL_CM2_D;
      ck_assert_double_eq_tol(terms[q].found, want, 1e-12 * fabs(want)); /* asks 1e-9 */
    }
    eco__sun sun = eco__sun_of(31.0, c->day);
    double all = wanted(&r, c->variant, "extraterrestrial"), ground = wanted(&r, c->variant, "shortwave");
    ck_assert_double_eq_tol(sun.extraterrestrial_mj_m2_d, all, 1e-12 * all);
    ck_assert_double_eq_tol(eco__radiation_of_sunshine(&sun, c->sun_share * sun.daylight_h), ground, 1e-12 * ground);
  }
  eco_reference_free(&r);
}
END_TEST

static eco__sky july(void)
{
  return (eco__sky){257.0, 29.0, eco__vapour_mmhg(24.0), 2.0, 0.0};
}

static double equilibrium(const eco__sky *sky)
{
  double low = -30, high = 60;
  for (int k = 0; k < 100; k++) {
    double middle = 0.5 * (low + high);
    *(eco__surface_heat(sky, middle) > 0 ? &low : &high) = middle;
  }
  return low;
}

START_TEST(HEAT_5_balances_at_one_temperature_that_a_film_of_water_takes)
{
  eco__sky sky = july();
  double rest = equilibrium(&sky);
  ck_assert_double_eq_tol(eco__surface_heat(&sky, rest), 0.0, 1e-9);
  ck_assert_double_eq_tol(eco__heated_temperature(&sky, rest, 2.0, 86400.0), rest, 1e-12);
  /* Newton's steps from 20 degrees off, four in two days: each error is N''/(2 N') = 0.02 /K of the square of the one before */
  for (int side = -1; side <= 1; side += 2) {
    double t = rest + side * 20.0;
    for (int day = 0; day < 2; day++)
      t = eco__heated_temperature(&sky, t, 0.0, 1e9);
    ck_assert_double_eq_tol(t, rest, 1e-4);
  }
}
END_TEST

/* Steps of a day against steps of a minute, from 10 degrees below: order 2 of the halves. */
START_TEST(HEAT_6_is_of_second_order)
{
  eco__sky sky = july();
  double off[3];
  for (int k = 0; k < 3; k++) {
    int steps = 1 << k;
    double t = 15.0, fine = 15.0;
    for (int s = 0; s < steps; s++)
      t = eco__heated_temperature(&sky, t, 1.0, 86400.0 / steps);
    for (int s = 0; s < 1440; s++)
      fine = eco__heated_temperature(&sky, fine, 1.0, 60.0);
    off[k] = fabs(t - fine);
  }
  ck_assert_double_le(off[0], 0.025); /* K, of a day that warms by 9 */
  ck_assert_double_ge(log2(off[0] / off[1]), 1.8);
  ck_assert_double_ge(log2(off[1] / off[2]), 1.8);
}
END_TEST

START_TEST(HEAT_8_clouds_send_heat_back)
{
  eco__sky sky = july();
  double clear = eco__surface_heat(&sky, 28.0);
  sky.cloud = 1.0;
  ck_assert_double_eq_tol(eco__surface_heat(&sky, 28.0) - clear,
                          0.17 * eco__atmospheric_long_wave(29.0, sky.vapour_mmhg), 1e-9);
  ck_assert_double_eq(eco__cloud_share(0.75 * 30, 30), 0.0); /* the sun all day */
  ck_assert_double_eq_tol(eco__cloud_share(0.5 * 30, 30), 0.5, 1e-15);
  ck_assert_double_eq(eco__cloud_share(0.25 * 30, 30), 1.0);
  ck_assert_double_eq(eco__cloud_share(0.1 * 30, 30), 1.0);
  ck_assert_double_eq(eco__cloud_share(30, 30), 0.0);
  ck_assert_double_eq(eco__cloud_share(NAN, 30), 0.0);
  ck_assert_double_eq(eco__cloud_share(5, 0), 0.0);
}
END_TEST

START_TEST(TEM_2_no_water_is_below_freezing)
{
  eco__sky sky = {20.0, -20.0, eco__vapour_mmhg(-25.0), 5.0, 0.0};
  ck_assert_double_eq(eco__heated_temperature(&sky, 0.5, 0.5, 86400.0), 0.0);
}
END_TEST

static eco_error err;

static eco_basin *pond(const char *heat, bool humid)
{
  const double levels[] = {0, 20}, areas[] = {1e5, 1e5};
  eco_basin *basin = eco_test_basin();
  (void)eco_test_lake(basin, "pond", levels, areas, 2, 3);
  eco_item c = eco_test_item(basin, ECO_CLIMATE, "climate");
  const struct {
    const char *param;
    double value;
  } normals[] = {{"t_mean", 12},      {"p_wet_wet", 0.5}, {"p_wet_dry", 0.2}, {"gamma_shape", 0.8}, {"gamma_scale", 8},
                 {"evaporation", 60}, {"radiation", 11},  {"wind", 2},        {"humidity", 75}};
  for (size_t k = 0; k < (humid ? 9u : 8u); k++)
    eco_test_monthly(basin, c, normals[k].param, normals[k].value);
  eco_test_number(basin, c, "latitude", 31);
  eco_test_number(basin, c, "altitude", 80);
  eco_test_text(basin, eco_test_item(basin, ECO_KINETICS, "rates"), "heat", heat);
  return basin;
}

/* The temperature of a run is HEAT-6 of its own weather and its own depth, day by day. */
START_TEST(HEAT_6_in_a_run_follows_its_weather)
{
  eco_basin *basin = pond("budget", true);
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_day start = eco_day_from_date(2018, 1, 1);
  eco_run_options o = eco_test_days(start, start, start + 31);
  eco_run *run = eco_test_make_run(m, &o);
  eco__weather_state state;
  eco__weather_start(&m->climate, run->seed, 0, start, &state);
  double t = 12.0, depth = 3.0, apart = 0;
  eco_assert_ok(eco_run_to_end(run, &err), err);
  for (eco_day day = start; day < start + 31; day++) {
    eco__weather w;
    eco__weather_next(&m->climate, run->seed, 0, day, &state, &w);
    eco__sky sky = eco__sky_of(w.radiation_mj_m2_d, w.air_c, w.humidity_pct, eco__saturation_kpa(w.air_c), w.wind_m_s);
    eco__sun sun = eco__sun_of(31, (int)(day - start) + 1);
    sky.cloud = eco__cloud_share(w.radiation_mj_m2_d, sun.extraterrestrial_mj_m2_d);
    t = eco__heated_temperature(&sky, t, depth, 86400.0);
    depth += 1e-3 * (w.rain_mm - w.evap_mm);
    apart = fmax(apart, fabs(t - w.air_c));
  }
  ck_assert_double_eq_tol(run->blocks[0].temperature_c[0], t, 1e-9);
  ck_assert_double_gt(apart, 1.0); /* it is not the air's */
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

START_TEST(heat_asks_for_a_sky)
{
  const struct {
    const char *heat;
    bool humid;
    const char *text;
  } wrong[] = {{"sun", true, "kinetics 'rates': heat is 'sun', expected air or budget"},
               {"budget", false,
                "kinetics 'rates': heat is 'budget', but the climate gives no radiation or sunshine, or no humidity"}};
  for (size_t k = 0; k < 2; k++) {
    eco_basin *basin = pond(wrong[k].heat, wrong[k].humid);
    eco_error fault = eco_test_fault(basin, 1000);
    ck_assert_str_eq(fault.text, wrong[k].text);
    eco_basin_destroy(basin);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("heat");
  TCase *all = tcase_create("surface");
  tcase_add_test(all, HEAT_1_HEAT_2_HEAT_3_HEAT_4_of_the_cases_of_k22);
  tcase_add_test(all, HEAT_5_balances_at_one_temperature_that_a_film_of_water_takes);
  tcase_add_test(all, HEAT_6_is_of_second_order);
  tcase_add_test(all, HEAT_6_in_a_run_follows_its_weather);
  tcase_add_test(all, HEAT_8_clouds_send_heat_back);
  tcase_add_test(all, heat_asks_for_a_sky);
  tcase_add_test(all, TEM_2_no_water_is_below_freezing);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
