/* test_families.c -- the families of kinetics: every one compiles, elements stay, closed forms and published cases. */
#include "kinetics/stoichiometry.h"
#include "network.h"
#include "reference.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>
#include <string.h>

static eco_error err;

enum { MOST = 40 };
typedef struct pond { /* a lake of constant depth and what is in it */
  eco_basin *basin;
  eco_item lake;
  const char *names[MOST];
  size_t n;
} pond;

/* Warm, without rain; the sun as given, MJ/m2/d (0: none). */
static void add_climate(eco_basin *basin, double temp_c, double radiation)
{
  eco_item climate = eco_test_item(basin, ECO_CLIMATE, "climate");
  eco_test_monthly(basin, climate, "t_mean", temp_c);
  eco_test_monthly(basin, climate, "p_wet_wet", 0);
  eco_test_monthly(basin, climate, "p_wet_dry", 0);
  eco_test_monthly(basin, climate, "gamma_shape", 0.8);
  eco_test_monthly(basin, climate, "gamma_scale", 5);
  eco_test_monthly(basin, climate, "evaporation", 0);
  eco_test_monthly(basin, climate, "wind", 2.5);
  eco_test_monthly(basin, climate, "radiation", radiation);
  eco_test_number(basin, climate, "latitude", 31);
  eco_test_number(basin, climate, "altitude", 50);
  eco_test_number(basin, climate, "t_day_sd", 0);
}

static pond open_pond(double depth_m, double temp_c, double radiation)
{
  const double levels[] = {0, 20}, areas[] = {1e5, 1e5};
  pond p = {.basin = eco_test_basin()};
  p.lake = eco_test_lake(p.basin, "pond", levels, areas, 2, depth_m);
  add_climate(p.basin, temp_c, radiation);
  eco_item rates = eco_test_item(p.basin, ECO_KINETICS, "rates");
  eco_test_text(p.basin, rates, "states", "own");
  eco_test_number(p.basin, rates, "heat_exchange", 200);
  return p;
}

static void carry(pond *p, const char *name, double initial) /* on the bed where the name says so; those last */
{
  eco_item item = eco_test_item(p->basin, ECO_CONSTITUENT, name);
  eco_test_number(p->basin, item, "bed", strncmp(name, "bed ", 4) == 0 ? 1 : 0);
  p->names[p->n++] = name;
  char param[60];
  (void)eco__format(param, sizeof param, "initial.%s", name);
  eco_test_number(p->basin, p->lake, param, initial);
}

static void use(const pond *p, const char *name, const char *family, const eco_process_value *given, size_t n)
{
  eco_item process = eco_test_item(p->basin, ECO_PROCESS, name);
  eco_assert_ok(eco_process_use_family(p->basin, process, family, given, n, &err), err);
}

static eco_run *run_of(pond *p, eco_model **model, int days)
{
  *model = eco_test_compile(p->basin, 0);
  eco_basin_destroy(p->basin);
  eco_day start = eco_day_from_date(2018, 1, 1);
  eco_run_options o = eco_test_days(start, start, start + days);
  eco_run *run = eco_test_make_run(*model, &o);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  return run;
}

static double now(const pond *p, const eco_run *run, const char *name)
{
  const eco__block *b = &run->blocks[0];
  for (size_t k = 0; k < p->n; k++)
    if (strcmp(p->names[k], name) == 0)
      return b->transport.mass_g[k * b->n_lanes] / b->water.volume_m3[0];
  ck_abort_msg("no %s", name);
  return 0;
}

/* ---- all of them ---- */

/* Two groups of algae, nutrients and oxygen in a closed pond over two years: nothing settles, enters or leaves but by growth and
 * death. Nitrogen and phosphorus stay; nothing is below 0; the ledger of each closes. Case k21's property. */
START_TEST(elements_stay_in_a_closed_pond)
{
  pond p = open_pond(3, 22, 15);
  carry(&p, "DO", 8);
  carry(&p, "CBOD fast", 3);
  carry(&p, "CBOD slow", 4);
  carry(&p, "org N", 0.8);
  carry(&p, "NH3-N", 0.6);
  carry(&p, "NO2-N", 0.05);
  carry(&p, "NO3-N", 1.2);
  carry(&p, "org P", 0.05);
  carry(&p, "PO4-P", 0.08);
  carry(&p, "diatoms C", 0.1);
  carry(&p, "cyanobacteria C", 0.05);
  carry(&p, "Si", 3);
  const eco_process_value still_n[] = {
    {"v_denitrification", 0, ""}, {"k_denitrification", 0, ""}, {"v_organic", 0, ""}};
  const eco_process_value still[] = {{"v_organic", 0, ""}}, slow[] = {{"v_slow", 0, ""}};
  const eco_process_value cold[] = {{"v", 0, ""}, {"t_opt", 14, "C"}, {"si_per_c", 0.5, ""}},
                          warm[] = {{"v", 0, ""}, {"t_opt", 29, "C"}};
  use(&p, "oxygen", "oxygen", NULL, 0);
  use(&p, "cbod", "cbod", slow, 1);
  use(&p, "nitrogen", "nitrogen", still_n, 3);
  use(&p, "phosphorus", "phosphorus", still, 1);
  use(&p, "diatoms", "algae", cold, 3);
  use(&p, "cyanobacteria", "algae", warm, 2);
  eco_model *m;
  eco_run *run = run_of(&p, &m, 730);
  double algae = now(&p, run, "diatoms C") + now(&p, run, "cyanobacteria C");
  double n =
    now(&p, run, "org N") + now(&p, run, "NH3-N") + now(&p, run, "NO2-N") + now(&p, run, "NO3-N") + 0.18 * algae;
  double phosphorus = now(&p, run, "org P") + now(&p, run, "PO4-P") + 0.025 * algae;
  double n0 = 0.8 + 0.6 + 0.05 + 1.2 + 0.18 * 0.15, p0 = 0.13 + 0.025 * 0.15;
  ck_assert_double_eq_tol(n, n0, 1e-12 * n0);
  ck_assert_double_eq_tol(phosphorus, p0, 1e-12 * p0);
  for (size_t k = 0; k < p.n; k++)
    ck_assert_msg(now(&p, run, p.names[k]) >= 0, "%s is %g", p.names[k], now(&p, run, p.names[k]));
  ck_assert_double_gt(algae, 0.2); /* something lives */
  eco_ledger all[MOST];
  size_t rows = MOST;
  eco_assert_ok(eco_run_ledger(run, 0, 0, all, &rows, &err), err);
  for (size_t k = 0; k < rows; k++)
    ck_assert_msg(fabs(all[k].residual) <= 1e-12, "%s %g", all[k].quantity, all[k].residual);
  ck_assert_uint_eq(eco_run_stats_of(run).last_resorts, 0);
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

/* The same with all that settles and comes back: what the water and the bed hold together stays, but for burial and nitrogen gas,
 * which are off. */
START_TEST(elements_go_to_the_bed_and_back)
{
  pond p = open_pond(3, 22, 15);
  static const struct {
    const char *name;
    double start, n, p;
  } all[] = {{"DO", 8, 0, 0},          {"CBOD fast", 3, 0, 0},         {"CBOD slow", 4, 0, 0}, {"org N", 0.8, 1, 0},
             {"NH3-N", 0.6, 1, 0},     {"NO2-N", 0.05, 1, 0},          {"NO3-N", 1.2, 1, 0},   {"org P", 0.05, 0, 1},
             {"PO4-P", 0.08, 0, 1},    {"greens C", 0.3, 0.18, 0.025}, {"SS", 20, 0, 0},       {"bed CBOD", 40, 0, 0},
             {"bed N", 6, 1.0 / 3, 0}, {"bed P", 2, 0, 1.0 / 3},       {"bed SS", 500, 0, 0}};
  enum { N = sizeof all / sizeof all[0] };
  for (size_t k = 0; k < N; k++)
    carry(&p, all[k].name, all[k].start);
  const eco_process_value gas[] = {{"v_denitrification", 0, ""}, {"k_denitrification", 0, ""}},
                          bed[] = {{"burial", 0, ""}};
  use(&p, "oxygen", "oxygen", NULL, 0);
  use(&p, "cbod", "cbod", NULL, 0);
  use(&p, "nitrogen", "nitrogen", gas, 2);
  use(&p, "phosphorus", "phosphorus", NULL, 0);
  use(&p, "greens", "algae", NULL, 0);
  use(&p, "solids", "solids", NULL, 0);
  use(&p, "bed", "bed", bed, 1);
  eco_model *m;
  eco_run *run = run_of(&p, &m, 365);
  double n[2] = {0}, phosphorus[2] = {0}; /* mg/L of the water, 3 m deep */
  for (size_t k = 0; k < N; k++) {
    n[0] += all[k].n * all[k].start;
    phosphorus[0] += all[k].p * all[k].start;
    double depth = strncmp(all[k].name, "bed ", 4) == 0 ? 3 : 1;
    n[1] += all[k].n * depth * now(&p, run, all[k].name);
    phosphorus[1] += all[k].p * depth * now(&p, run, all[k].name);
  }
  ck_assert_double_eq_tol(n[1], n[0], 1e-12 * n[0]);
  ck_assert_double_eq_tol(phosphorus[1], phosphorus[0], 1e-12 * phosphorus[0]);
  ck_assert_double_eq_tol(now(&p, run, "SS") + now(&p, run, "bed SS"), 20 + 500.0 / 3, 1e-9);
  ck_assert_double_gt(fabs(3 * now(&p, run, "bed P") - 2), 0.05); /* something has gone to and fro */
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

/* Every family alone, as its table says: its units agree, its constituents are enough. */
START_TEST(every_family_stands_alone)
{
  ck_assert_uint_ge(eco_family_count(), 8);
  ck_assert_ptr_null(eco_family_at(eco_family_count()));
  for (size_t f = 0; f < eco_family_count(); f++) {
    const eco_family *family = eco_family_at(f);
    pond p = open_pond(3, 20, 15);
    char names[16][40];
    for (int bed = 0; bed < 2; bed++)
      for (size_t k = 0; k < family->n_constituents; k++) {
        const char *c = family->constituents[k];
        (void)eco__format(names[k], sizeof names[k], "%s%s", c[0] == '%' ? "it" : c, c[0] == '%' ? c + 1 : "");
        if ((strncmp(c, "bed ", 4) == 0) == (bed == 1))
          carry(&p, names[k], 1);
      }
    use(&p, "it", family->name, NULL, 0);
    eco_model *m;
    eco_run *run = run_of(&p, &m, 3);
    for (size_t k = 0; k < p.n; k++)
      ck_assert_msg(now(&p, run, p.names[k]) >= 0, "%s", p.names[k]);
    for (size_t k = 0; k < family->n_params; k++) {
      const eco_family_param *q = &family->params[k];
      ck_assert_msg(q->lowest <= q->typical && q->typical <= q->highest, "%s.%s", family->name, q->name);
      ck_assert_msg(q->source[0] != '\0', "%s.%s has no source", family->name, q->name);
    }
    eco_run_destroy(run);
    eco_model_destroy(m);
  }
}
END_TEST

/* ---- closed forms ---- */

/* Case k15: Cd, Zn .. on solids of one kind that stay: C0 exp(-(k f_d + (1 - f_d) v / H) t). */
START_TEST(MET_1_MET_2_are_the_closed_form)
{
  pond p = open_pond(2, 20, 0);
  carry(&p, "SS", 30);
  carry(&p, "Cd total", 0.01);
  const eco_process_value given[] = {{"kd", 50000, "L/kg"}, {"v", 0.5, "m/d"}, {"k", 0.02, "1/d"}};
  use(&p, "Cd", "metal", given, 3);
  eco_model *m;
  eco_run *run = run_of(&p, &m, 5);
  double dissolved = 1 / (1 + 1e-6 * 50000 * 30), rate = 0.02 * dissolved + (1 - dissolved) * 0.5 / 2;
  ck_assert_double_eq_tol(now(&p, run, "Cd total"), 0.01 * exp(-5 * rate), 2e-4 * 0.01 * exp(-5 * rate));
  ck_assert_double_eq(now(&p, run, "SS"), 30);
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

/* Case k16: over whole days ln N/N0 = -(k_b theta^(T-20) + a R light_mean(k_e H) + F v / H) n, whatever the hour of the light. The
 * case's light of 25 ly/h would leave 1e-27 in a day; 8 MJ/m2/d (less than a clear sky has in January) leave enough to count. Water of 25 C under air of 25 C stays so. */
START_TEST(PAT_1_PAT_2_PAT_3_are_the_closed_form)
{
  const double radiation = 8, depth = 2, ke = 1.5, theta = 1.07, days = 3;
  pond p = open_pond(depth, 25, radiation);
  carry(&p, "coliforms count", 1e6);
  const eco_process_value given[] = {{"ke", ke, "1/m"}, {"on_solids", 0.4, ""}, {"v", 0.5, "m/d"}};
  use(&p, "coliforms", "pathogens", given, 3);
  eco_model *m;
  eco_run *run = run_of(&p, &m, (int)days);
  double temp = run->blocks[0].temperature_c[0], x = ke * depth;
  ck_assert_double_eq_tol(temp, 25, 1e-9);
  double sun = m->climate.radiation_mj_m2_d[0] * 1e6 / 86400;
  double rate = 0.8 * pow(theta, temp - 20) + 0.086 * sun * (1 - exp(-x)) / x + 0.4 * 0.5 / depth;
  double wanted = 1e6 * exp(-rate * days);
  ck_assert_double_eq_tol(now(&p, run, "coliforms count"), wanted, 5e-3 * wanted); /* 70 steps that each hold 2e-4 */
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

/* Case k16 itself: rates of a day, its light dose summed over hours as a run has them (OWN-2), and what survives whole days. Its a of 1 a
 * ly is 24 a day and ly/h; langleys are kept on both sides. */
START_TEST(PAT_1_PAT_2_PAT_3_are_the_numbers_of_k16)
{
  const struct {
    const char *variant;
    double temp, most, daylight, ke, depth, share, v;
  } all[] = {{"river", 25, 25, 12, 1.5, 2, 0.4, 0.5}, {"clear_lake", 18, 35, 14, 0.4, 4, 0.1, 0.2}};
  eco_reference r = eco_reference_read("water_k16_pathogen_light.csv");
  int seen = 0;
  for (size_t k = 0; k < r.n_rows; k++)
    for (size_t q = 0; q < 2; q++) {
      double mean = 2 * all[q].daylight * all[q].most / (acos(-1) * 24), dose = 0, x = all[q].ke * all[q].depth;
      double wanted = eco_reference_number(&r, k, "value");
      for (int hour = 0; hour < 24; hour++)
        dose += mean * eco__light_share(hour, hour + 1, all[q].daylight);
      double dark = 0.8 * pow(1.07, all[q].temp - 20) + all[q].share * all[q].v / all[q].depth,
             light = dose * -expm1(-x) / x;
      if (!eco_reference_is(&r, k, "variant", all[q].variant) || !(wanted > 0))
        continue;
      if (eco_reference_is(&r, k, "quantity", "dark_rate"))
        ck_assert_double_eq_tol(dark, wanted, 1e-12 * wanted);
      else if (eco_reference_is(&r, k, "quantity", "light_rate_daily_mean"))
        ck_assert_double_eq_tol(light, wanted, 1e-12 * wanted);
      else
        ck_assert_double_eq_tol(-(dark + light) * eco_reference_number(&r, k, "t"), log(wanted),
                                1e-12 * fabs(log(wanted)));
      seen++;
    }
  ck_assert_int_eq(seen, 9); /* of ten; the last is below the smallest double */
  eco_reference_free(&r);
}
END_TEST

/* Case k02 in a lake: oxygen by wind, CBOD, both steps of nitrification at once (the second fast), the bed. Deficit of the closed
 * form with what is first order; half-saturations are made small. */
START_TEST(CBF_2_NIT_2_OXF_3_OXF_4_sag_as_the_closed_form)
{
  const double depth = 2, temp = 20, days = 2;
  pond p = open_pond(depth, temp, 0);
  carry(&p, "DO", 8);
  carry(&p, "CBOD fast", 8);
  carry(&p, "CBOD slow", 0);
  carry(&p, "org N", 0);
  carry(&p, "NH3-N", 0.5);
  carry(&p, "NO2-N", 0);
  carry(&p, "NO3-N", 0);
  const eco_process_value air[] = {{"ks_sod", 0.01, "mg/L"}, {"sod", 0.6, "g/m2/d"}};
  const eco_process_value fast[] = {{"ks_fast", 0.01, "mg/L"}, {"k_fast", 0.3, "1/d"}};
  const eco_process_value nitrogen[] = {
    {"ks_nitrification", 0.01, "mg/L"}, {"k_ammonia", 0.2, "1/d"}, {"k_nitrite", 10, "1/d"}};
  use(&p, "oxygen", "oxygen", air, 2);
  use(&p, "cbod", "cbod", fast, 2);
  use(&p, "nitrogen", "nitrogen", nitrogen, 3);
  eco_model *m;
  eco_run *run = run_of(&p, &m, (int)days);
  double w = 2.5, ka = (0.728 * sqrt(w) - 0.317 * w + 0.0372 * w * w) / depth, sat = eco__oxygen_saturation(temp);
  /* linear: L, A, B (nitrite), D; by small explicit steps of the closed system as it is, 5e6 of them */
  double l = 8, a = 0.5, nitrite = 0, o = 8, h = days / 200000;
  for (int k = 0; k < 200000; k++) {
    double f = o / (o + 0.01), slope[4], mid[4];
    slope[0] = -0.3 * f * l;
    slope[1] = -0.2 * f * a;
    slope[2] = 0.2 * f * a - 10 * f * nitrite;
    slope[3] = ka * (sat - o) - 0.3 * f * l - 47.997 / 14.007 * 0.2 * f * a - 15.999 / 14.007 * 10 * f * nitrite -
               0.6 / depth * f;
    mid[0] = l + 0.5 * h * slope[0];
    mid[1] = a + 0.5 * h * slope[1];
    mid[2] = nitrite + 0.5 * h * slope[2];
    mid[3] = o + 0.5 * h * slope[3];
    f = mid[3] / (mid[3] + 0.01);
    l += h * (-0.3 * f * mid[0]);
    a += h * (-0.2 * f * mid[1]);
    nitrite += h * (0.2 * f * mid[1] - 10 * f * mid[2]);
    o += h * (ka * (sat - mid[3]) - 0.3 * f * mid[0] - 47.997 / 14.007 * 0.2 * f * mid[1] -
              15.999 / 14.007 * 10 * f * mid[2] - 0.6 / depth * f);
  }
  ck_assert_double_eq_tol(now(&p, run, "CBOD fast"), l, 2e-4 * l);
  ck_assert_double_eq_tol(now(&p, run, "DO"), o, 2e-4 * o);
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

/* ---- faults ---- */

START_TEST(wrong_families_are_refused)
{
  eco_basin *basin = eco_test_basin();
  eco_item process = eco_test_item(basin, ECO_PROCESS, "p");
  const eco_process_value wrong[] = {{"k_fst", 1, ""}}, high[] = {{"k_fast", 3, "1/d"}},
                          length[] = {{"k_fast", 3, "m"}};
  ck_assert_int_eq(eco_process_use_family(basin, process, "alge", NULL, 0, &err), ECO_NOT_FOUND);
  ck_assert_str_eq(err.text, "process 'p': no family 'alge' (did you mean 'algae'?)");
  ck_assert_int_eq(eco_process_use_family(basin, process, "cbod", wrong, 1, &err), ECO_NOT_FOUND);
  ck_assert_str_eq(err.text, "process 'p': family 'cbod' has no parameter 'k_fst' (did you mean 'k_fast'?)");
  ck_assert_int_eq(eco_process_use_family(basin, process, "cbod", high, 1, &err), ECO_INVALID);
  ck_assert_str_eq(err.text, "process 'p': k_fast is 3 1/d, must be 0..2");
  eco_item other = eco_test_item(basin, ECO_PROCESS, "q");
  ck_assert_int_eq(eco_process_use_family(basin, other, "cbod", length, 1, &err), ECO_UNITS);
  eco_basin_destroy(basin);
}
END_TEST

/* WAV: what a day's wind stirs up is what the formulas say, by tanh and sinh of the library; nothing in a calm or in deep water. */
static double stirred(double wind, double depth, double fetch)
{
  double square = wind * wind / 9.81, t1 = tanh(0.53 * pow(depth / square, 0.75)),
         t2 = tanh(0.833 * pow(depth / square, 0.375));
  double height = 0.283 * square * t1 * tanh(0.00565 * sqrt(fetch / square) / t1);
  double period = 7.54 * wind / 9.81 * t2 * tanh(0.0379 * cbrt(fetch / square) / t2);
  double turn = 2 * acos(-1), deep = 9.81 * period * period / turn, length = deep * sqrt(tanh(turn * depth / deep));
  double orbit = 0.5 * turn * height / (period * sinh(turn * depth / length)),
         stress = 500 * 0.032 * orbit * orbit; /* Pa */
  return fmax(stress / 0.2 - 1, 0) * 500;      /* g/m2/d */
}

START_TEST(WAV_1_WAV_2_wind_stirs_a_shallow_lake)
{
  const struct {
    double wind, depth;
  } all[] = {{8, 2}, {12, 2}, {12, 3}, {1, 2}, {8, 19}};
  for (size_t k = 0; k < 5; k++) {
    pond p = open_pond(all[k].depth, 20, 15);
    eco_item climate;
    eco_assert_ok(eco_basin_find(p.basin, "climate", &climate, &err), err);
    eco_test_monthly(p.basin, climate, "wind", all[k].wind);
    carry(&p, "SS", 0);
    const eco_process_value given[] = {{"fetch", 8, "km"}};
    use(&p, "waves", "waves", given, 1);
    eco_model *m;
    eco_run *run = run_of(&p, &m, 2);
    double wanted = 2 * stirred(all[k].wind, all[k].depth, 8000) / all[k].depth;
    ck_assert_msg(fabs(now(&p, run, "SS") - wanted) <= 1e-9 * wanted + 1e-12, "wind %g, depth %g: %g, wanted %g",
                  all[k].wind, all[k].depth, now(&p, run, "SS"), wanted);
    ck_assert(k < 3 ? wanted > 0 : wanted <= 0);
    eco_run_destroy(run);
    eco_model_destroy(m);
  }
}
END_TEST

/* SED: nitrogen that the bed gives is ammonia and nitrate by the share of its own root, and oxygen pays for both. */
START_TEST(SED_1_SED_2_SED_3_the_bed_nitrifies_on_the_way_out)
{
  pond p = open_pond(3, 20, 15);
  carry(&p, "DO", 9);
  carry(&p, "NH3-N", 0);
  carry(&p, "NO3-N", 0);
  carry(&p, "PO4-P", 0);
  carry(&p, "bed CBOD", 20);
  carry(&p, "bed N", 6);
  carry(&p, "bed P", 2);
  const eco_process_value given[] = {
    {"burial", 0, ""}, {"k_organic", 0.004, ""}, {"k_nitrogen", 0.004, ""}, {"ks", 0.01, ""}};
  use(&p, "bed", "diagenesis", given, 4);
  eco_model *m;
  eco_run *run = run_of(&p, &m, 4);
  double oxygen = now(&p, run, "DO"), ammonia = now(&p, run, "NH3-N"), nitrate = now(&p, run, "NO3-N");
  double nitrogen = ammonia + nitrate + now(&p, run, "bed N");
  ck_assert_double_eq_tol(nitrogen, 2.0, 1e-12);
  double taken = 20.0 / 3 - now(&p, run, "bed CBOD") + ECO__O2_PER_N * nitrate;
  ck_assert_double_eq_tol(9 - oxygen, taken, 1e-11);
  double o = 0.5 * (9 + oxygen), c = 0.004 * 3 * 0.5 * (20.0 / 3 + now(&p, run, "bed CBOD")),
         a = ECO__O2_PER_N * 0.004 * 6, s = 1;
  for (int k = 0; k < 200; k++)
    s = 0.5 * s + 0.5 * (c + a * 0.0169 / (0.0169 + s * s)) / o;
  double share = 0.0169 / (0.0169 + s * s) * o / (o + 0.01);
  ck_assert_double_eq_tol(nitrate / (nitrate + ammonia), share,
                          0.01 * share); /* means of four days for what changes by a tenth */
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

/* Case k21: the constants, and that the families have them. */
START_TEST(STO_1_STO_2_are_the_constants_of_k21)
{
  eco_reference r = eco_reference_read("water_k21_element_balance.csv");
  const struct {
    const char *quantity;
    double found;
  } all[] = {{"o2_per_nh4_n", ECO__O2_PER_N},
             {"o2_nh4_to_no2", 47.997 / 14.007},
             {"o2_no2_to_no3", 15.999 / 14.007},
             {"o2_per_c", 31.998 / 12.011},
             {"redfield_o2_per_c", 4415.724 / 1273.166}};
  int seen = 0;
  for (size_t k = 0; k < r.n_rows; k++)
    for (size_t q = 0; q < 5; q++)
      if (eco_reference_is(&r, k, "quantity", all[q].quantity)) {
        ck_assert_double_eq_tol(all[q].found, eco_reference_number(&r, k, "value"), 1e-14 * all[q].found);
        seen++;
      }
  ck_assert_int_eq(seen, 5);
  eco_reference_free(&r);
  pond p = open_pond(3, 20, 15);
  static const char *const carried[] = {"DO",    "org N", "NH3-N",     "NO2-N",   "NO3-N",
                                        "PO4-P", "org P", "CBOD slow", "greens C"};
  for (size_t k = 0; k < 9; k++)
    carry(&p, carried[k], 1);
  use(&p, "nitrogen", "nitrogen", NULL, 0);
  use(&p, "greens", "algae", NULL, 0);
  eco_model *m = eco_test_compile(p.basin, 0);
  eco_basin_destroy(p.basin);
  double most = 0, sum = 0;
  for (size_t e = 0; e < m->processes.n_entries; e++) {
    const eco__entry *entry = &m->processes.entries[e];
    if (strcmp(m->states[m->processes.states[entry->state]].name, "DO") != 0)
      continue;
    most = fmax(most, entry->coefficient);
    sum += entry->coefficient;
  }
  ck_assert_double_eq_tol(most, all[4].found, 1e-14); /* growth on nitrate */
  ck_assert_double_eq_tol(sum, most - ECO__O2_PER_N,
                          1e-13 * most); /* growth and respiration are even, nitrification takes two O2 */
  eco_model_destroy(m);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("families");
  TCase *all = tcase_create("families");
  tcase_set_timeout(all, 120);
  tcase_add_test(all, elements_stay_in_a_closed_pond);
  tcase_add_test(all, elements_go_to_the_bed_and_back);
  tcase_add_test(all, every_family_stands_alone);
  tcase_add_test(all, MET_1_MET_2_are_the_closed_form);
  tcase_add_test(all, PAT_1_PAT_2_PAT_3_are_the_closed_form);
  tcase_add_test(all, PAT_1_PAT_2_PAT_3_are_the_numbers_of_k16);
  tcase_add_test(all, CBF_2_NIT_2_OXF_3_OXF_4_sag_as_the_closed_form);
  tcase_add_test(all, wrong_families_are_refused);
  tcase_add_test(all, WAV_1_WAV_2_wind_stirs_a_shallow_lake);
  tcase_add_test(all, SED_1_SED_2_SED_3_the_bed_nitrifies_on_the_way_out);
  tcase_add_test(all, STO_1_STO_2_are_the_constants_of_k21);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
