/* test_processes.c -- processes of a basin's own in whole runs: closed forms, ledger, positivity, light, faults, memory. */
#include "network.h"
#include "process.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>
#include <string.h>

static eco_error err;

typedef eco_test_builder builder;
#define begin eco_test_process
#define number eco_test_param
#define conc eco_test_of
#define around eco_test_around
#define op eco_test_op
#define flux_of eco_test_flux_of
#define add_flux eco_test_add_flux
#define add_pond eco_test_pond

/* A pond that carries `names` alone, from `values`, mg/L. */
static eco_basin *pond_of(const char *const *names, const double *values, size_t n)
{
  eco_basin *basin = eco_test_basin();
  for (size_t k = 0; k < n; k++)
    (void)eco_test_item(basin, ECO_CONSTITUENT, names[k]);
  eco_item pond = add_pond(basin, 4);
  for (size_t k = 0; k < n; k++) {
    char initial[40];
    (void)eco__format(initial, sizeof initial, "initial.%s", names[k]);
    eco_test_number(basin, pond, initial, values[k]);
  }
  eco_test_text(basin, eco_test_item(basin, ECO_KINETICS, "rates"), "states", "own");
  return basin;
}

static eco_run *run_of(const eco_model *model, int days, double step_s)
{
  eco_day start = eco_day_from_date(2018, 3, 1);
  eco_run_options o = eco_test_days(start, start, start + days);
  o.step_s = step_s;
  eco_run *run = eco_test_make_run(model, &o);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  return run;
}

static double concentration(const eco_run *run, size_t state)
{
  const eco__block *b = &run->blocks[0];
  return b->transport.mass_g[state * b->n_lanes] / b->water.volume_m3[0];
}

static void end(eco_run *run, eco_model *model)
{
  eco_run_destroy(run);
  eco_model_destroy(model);
}

static eco_model *compiled(eco_basin *basin)
{
  eco_model *m = eco_test_compile(basin, 0);
  eco_basin_destroy(basin);
  return m;
}

/* ---- physics ---- */

enum { DAYS = 10 };
#define KG 400.0 /* of 1 mg/L in the pond's 4e5 m3 */

/* Streeter and Phelps: L' = -kd L, D' = kd L - ka D, with reaeration as a flux that goes both ways. The integrator holds 2e-4 of a
 * concentration a step; a day's error of the decaying modes does not add up beyond that. */
START_TEST(streeter_phelps_in_a_pond_is_the_closed_form)
{
  const char *const names[] = {"L", "O"};
  const double start[] = {12, 6}, kd = 0.35, ka = 0.6, sat = 9;
  eco_basin *basin = pond_of(names, start, 2);
  builder b = begin(basin, "sag");
  eco_node decay = op(b, "*", number(b, "kd", kd, "1/d"), conc(b, "L"));
  eco_node air = op(b, "*", number(b, "ka", ka, "1/d"), op(b, "-", number(b, "Os", sat, "mg/L"), conc(b, "O")));
  const eco_process_part oxidised[] = {{"O", -1}, {"L", -1}}, entered[] = {{"O", 1}};
  add_flux(b, flux_of("oxidised", decay, oxidised, 2));
  eco_process_flux aired = flux_of("aired", air, entered, 1);
  aired.both_ways = 1;
  aired.side = ECO_SIDE_AIR;
  add_flux(b, aired);
  eco_model *m = compiled(basin);
  eco_run *run = run_of(m, DAYS, 3600);
  double left = 12 * exp(-kd * DAYS);
  double deficit = kd * 12 / (ka - kd) * (exp(-kd * DAYS) - exp(-ka * DAYS)) + (sat - 6) * exp(-ka * DAYS);
  ck_assert_double_eq_tol(concentration(run, 0), left, 2e-4 * left);
  ck_assert_double_eq_tol(concentration(run, 1), sat - deficit, 2e-4 * sat);
  eco_ledger o = eco_test_ledger(run, "O"), l = eco_test_ledger(run, "L");
  ck_assert_double_eq_tol(l.rows[ECO_LEDGER_REACTION], KG * (12 - concentration(run, 0)), 1e-11 * KG * 12);
  ck_assert_double_eq_tol(o.rows[ECO_LEDGER_REACTION], l.rows[ECO_LEDGER_REACTION], 1e-11 * KG * 12);
  ck_assert_double_gt(o.rows[ECO_LEDGER_AIR], 0);
  ck_assert_double_le(fabs(o.residual), 1e-13);
  ck_assert_uint_eq(eco_run_stats_of(run).last_resorts, 0);
  end(run, m);
}
END_TEST

/* S' = -V S / (K + S): K ln(S0/S) + S0 - S = V t [Michaelis and Menten]; the product P = S0 - S to the last digits. */
START_TEST(michaelis_menten_keeps_its_closed_form_and_its_mass)
{
  const char *const names[] = {"S", "P"};
  const double start[] = {10, 0}, v = 2, half = 3;
  eco_basin *basin = pond_of(names, start, 2);
  builder b = begin(basin, "enzyme");
  eco_node s = conc(b, "S"), top = op(b, "*", number(b, "V", v, "mg/L/d"), s);
  const eco_process_part turned[] = {{"S", -1}, {"P", 1}};
  add_flux(b, flux_of("turned", op(b, "/", top, op(b, "+", number(b, "K", half, "mg/L"), s)), turned, 2));
  eco_model *m = compiled(basin);
  eco_run *run = run_of(m, DAYS, 3600);
  double found = concentration(run, 0);
  double time = (half * log(10 / found) + 10 - found) / v, slope = v * found / (half + found);
  ck_assert_double_le(fabs(time - DAYS) * slope, 2e-4 * found); /* error of time as one of S */
  ck_assert_double_eq_tol(found + concentration(run, 1), 10, 1e-11);
  end(run, m);
}
END_TEST

/* A draw of 5 mg/L/d on 1 mg/L, whatever is there: ends at 0 and never below; a rate below 0 counts as 0. */
START_TEST(what_is_not_there_is_not_drawn)
{
  const char *const names[] = {"A", "B"};
  const double start[] = {1, 2};
  eco_basin *basin = pond_of(names, start, 2);
  builder b = begin(basin, "greedy");
  const eco_process_part drawn[] = {{"A", -1}}, never[] = {{"B", -1}};
  add_flux(b, flux_of("drawn", number(b, "rate", 5, "mg/L/d"), drawn, 1));
  add_flux(b, flux_of("never", number(b, "less", -5, "mg/L/d"), never, 1));
  eco_model *m = compiled(basin);
  eco_run *run = run_of(m, DAYS, 3600);
  ck_assert_double_ge(concentration(run, 0), 0);
  ck_assert_double_le(concentration(run, 0), 1e-6);
  ck_assert_double_eq(concentration(run, 1), 2);
  ck_assert_double_eq_tol(eco_test_ledger(run, "A").rows[ECO_LEDGER_REACTION], KG, 1e-5 * KG);
  end(run, m);
}
END_TEST

/* What is in shape of a flux over the depth: v / H with v 0.8 m/d, 4 m; and theta at 20 C is 1. */
START_TEST(surroundings_have_their_units)
{
  const char *const names[] = {"A"};
  const double start[] = {5};
  eco_basin *basin = pond_of(names, start, 1);
  builder b = begin(basin, "settling");
  eco_node v = op(b, "at_temperature", number(b, "v", 0.8, "m/d"), number(b, "theta", 1.05, ""));
  const eco_process_part settled[] = {{"A", -1}};
  eco_process_flux f = flux_of("settled", op(b, "*", op(b, "/", v, around(b, "depth")), conc(b, "A")), settled, 1);
  f.side = ECO_SIDE_BED;
  add_flux(b, f);
  eco_model *m = compiled(basin);
  eco_run *run = run_of(m, DAYS, 3600);
  ck_assert_double_eq_tol(concentration(run, 0), 5 * exp(-0.2 * DAYS), 2e-4 * 5 * exp(-0.2 * DAYS));
  ck_assert_double_lt(eco_test_ledger(run, "A").rows[ECO_LEDGER_BED], 0);
  ck_assert_double_eq(eco_test_ledger(run, "A").rows[ECO_LEDGER_REACTION], 0);
  end(run, m);
}
END_TEST

START_TEST(OWN_2_keeps_the_mean_of_the_day)
{
  for (double daylight = 0; daylight <= 24; daylight += 2.4)
    for (int steps = 1; steps <= 24; steps *= 2) {
      double sum =
        0.5 * eco__light_share(0, 12.0 / steps, daylight) + 0.5 * eco__light_share(24 - 12.0 / steps, 24, daylight);
      for (int s = 0; s + 1 < steps; s++)
        sum += eco__light_share((s + 0.5) * 24.0 / steps, (s + 1.5) * 24.0 / steps, daylight);
      ck_assert_double_eq_tol(sum / steps, 1, 1e-14);
    }
  ck_assert_double_eq(eco__light_share(0, 6, 12), 0);
  /* at noon of a day of 12 h: 24 (pi / 2) / 12 of the mean */
  ck_assert_double_eq_tol(eco__light_share(11.999, 12.001, 12), acos(-1), 1e-6);
}
END_TEST

/* ---- beside the bulk kinetics ---- */

static double oxygen_after_day(double step_s)
{
  eco_basin *basin = eco_test_basin();
  (void)eco_test_item(basin, ECO_CONSTITUENT, "Fe");
  eco_item pond = add_pond(basin, 1);
  eco_test_number(basin, pond, "initial.NH3-N", 3);
  eco_test_number(basin, pond, "initial.CODMn", 20);
  eco_test_number(basin, pond, "initial.Fe", 8);
  eco_test_number(basin, pond, "initial.DO", 8);
  eco_item rates = eco_test_item(basin, ECO_KINETICS, "rates");
  eco_test_number(basin, rates, "k_codmn_lake", 1.0);
  builder b = begin(basin, "iron");
  eco_node k = number(b, "k", 0.8, "L/mg/d"), o = conc(b, "DO");
  const eco_process_part oxidised[] = {{"Fe", -1}, {"DO", -0.14}};
  add_flux(b, flux_of("oxidised", op(b, "*", op(b, "*", k, o), conc(b, "Fe")), oxidised, 2));
  eco_model *m = compiled(basin);
  eco_run *run = run_of(m, 1, step_s);
  double found = concentration(run, ECO__DO);
  ck_assert_double_le(fabs(eco_test_ledger(run, "DO").residual), 1e-13);
  end(run, m);
  return found;
}

/* SPL-3 is of second order: halving the step divides the change by four. */
START_TEST(SPL_3_is_of_second_order)
{
  double a = oxygen_after_day(14400), b = oxygen_after_day(7200), c = oxygen_after_day(3600);
  double order = log2(fabs(a - b) / fabs(b - c));
  ck_assert_msg(order > 1.6 && order < 2.4, "order %g of %.8g %.8g %.8g", order, a, b, c);
}
END_TEST

/* A lane does not feel its neighbours: 3 members are each what they are alone, bit for bit. */
START_TEST(lanes_do_not_feel_each_other)
{
  const char *const names[] = {"S", "P"};
  const double start[] = {10, 0};
  eco_basin *basin = pond_of(names, start, 2);
  (void)eco_test_reach(basin, "river", 9000, 10, 2, 0.03, 60, 50, NULL, 0);
  eco_item r;
  eco_assert_ok(eco_basin_find(basin, "river", &r, &err), err);
  eco_test_monthly(basin, r, "inflow", 3);
  eco_test_monthly(basin, r, "inflow.S", 7);
  builder b = begin(basin, "enzyme");
  eco_node s = conc(b, "S"), top = op(b, "*", number(b, "V", 3, "mg/L/d"), s);
  const eco_process_part turned[] = {{"S", -1}, {"P", 1}};
  add_flux(b, flux_of("turned", op(b, "/", top, op(b, "+", number(b, "K", 3, "mg/L"), s)), turned, 2));
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_day first = eco_day_from_date(2018, 3, 1);
  eco_run_options o = eco_test_days(first, first, first + 5), three = o;
  const eco_draw spread = {
    .item = "river", .param = "inflow", .distribution = ECO_UNIFORM, .low = 0.5, .typical = 1, .high = 1.5};
  o.draws = three.draws = &spread;
  o.n_draws = three.n_draws = 1;
  three.members = 3;
  eco_run *together = eco_test_make_run(m, &three);
  eco_assert_ok(eco_run_to_end(together, &err), err);
  for (uint32_t member = 0; member < 3; member++) {
    o.first_member = member;
    eco_run *alone = eco_test_make_run(m, &o);
    eco_assert_ok(eco_run_to_end(alone, &err), err);
    for (size_t i = 0; i < m->n_cells * m->n_states; i++)
      ck_assert_double_eq(alone->blocks[0].transport.mass_g[i], together->blocks[0].transport.mass_g[3 * i + member]);
    eco_run_destroy(alone);
  }
  end(together, m);
}
END_TEST

/* A measure halves the rate on day 5 and sets it to 0 on day 8: 5 days of k, 3 of k/2, 2 of nothing. Bad changes are refused. */
START_TEST(parameters_are_changed_by_date)
{
  const char *const names[] = {"A"};
  const double start[] = {5};
  eco_basin *basin = pond_of(names, start, 1);
  builder b = begin(basin, "loss");
  const eco_process_part lost[] = {{"A", -1}};
  add_flux(b, flux_of("lost", op(b, "*", number(b, "k", 0.2, "1/d"), conc(b, "A")), lost, 1));
  eco_model *m = compiled(basin);
  eco_day first = eco_day_from_date(2018, 3, 1);
  eco_scenario *plan;
  eco_assert_ok(eco_scenario_create(m, "plan", &plan, &err), err);
  eco_assert_ok(eco_scenario_change(plan, first + 5, 0, "loss", "k", ECO_SCALE, 0.5, "", "", &err), err);
  eco_assert_ok(eco_scenario_change(plan, first + 8, 0, "loss", "k", ECO_SET, 0, "1/a", "", &err), err);
  ck_assert_int_eq(eco_scenario_change(plan, first, 0, "loss", "kk", ECO_SET, 0, "", "place", &err), ECO_NOT_FOUND);
  ck_assert_str_eq(err.text, "scenario 'plan': process 'loss' has no parameter 'kk' (did you mean 'k'?)");
  ck_assert_int_eq(eco_scenario_change(plan, first, 0, "loss", "k", ECO_SET, -1, "", "", &err), ECO_INVALID);
  ck_assert_int_eq(eco_scenario_change(plan, first, 0, "loss", "k", ECO_SET, 1, "m", "", &err), ECO_UNITS);
  const eco_scenario *plans[] = {plan};
  eco_run_options o = eco_test_days(first, first, first + DAYS);
  o.scenarios = plans;
  o.n_scenarios = 1;
  eco_run *run = eco_test_make_run(m, &o);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  double wanted = 5 * exp(-0.2 * (5 + 1.5));
  ck_assert_double_eq_tol(concentration(run, 0), wanted, 2e-4 * wanted);
  eco_scenario_destroy(plan);
  end(run, m);
}
END_TEST

/* Of two ponds one loses what the process takes, twice over by two processes; the other only once. */
START_TEST(a_process_runs_where_it_is_told)
{
  const char *const names[] = {"A"};
  const double start[] = {5}, levels[] = {0, 20}, areas[] = {1e5, 1e5};
  eco_basin *basin = pond_of(names, start, 1);
  eco_item other = eco_test_lake(basin, "other pond", levels, areas, 2, 4);
  eco_test_number(basin, other, "initial.A", 5);
  const eco_process_part lost[] = {{"A", -1}};
  for (int k = 0; k < 2; k++) {
    builder b = begin(basin, k ? "everywhere" : "here");
    add_flux(b, flux_of("lost", op(b, "*", number(b, "k", 0.1, "1/d"), conc(b, "A")), lost, 1));
    if (k == 0)
      eco_test_text(basin, b.process, "waters", "nowhere ; pond");
  }
  eco_error fault = eco_test_fault(basin, 0);
  ck_assert_str_eq(fault.text, "process 'here': waters: 'nowhere' is no water of basin 'test'");
  eco_item here;
  eco_assert_ok(eco_basin_find(basin, "here", &here, &err), err);
  eco_test_text(basin, here, "waters", " pond ");
  eco_model *m = compiled(basin);
  eco_run *run = run_of(m, DAYS, 3600);
  ck_assert_double_eq_tol(concentration(run, 0), 5 * exp(-0.2 * DAYS), 2e-4 * 5 * exp(-0.2 * DAYS));
  double there = run->blocks[0].transport.mass_g[1] / run->blocks[0].water.volume_m3[1];
  ck_assert_double_eq_tol(there, 5 * exp(-0.1 * DAYS), 2e-4 * 5 * exp(-0.1 * DAYS));
  end(run, m);
}
END_TEST

/* ---- faults ---- */

static builder faulty(void)
{
  const char *const names[] = {"A", "B"};
  const double start[] = {1, 2};
  return begin(pond_of(names, start, 2), "p");
}

START_TEST(wrong_expressions_are_refused)
{
  builder b = faulty();
  eco_node k = number(b, "k", 1, "1/d"), a = conc(b, "A"), out = 77;
  ck_assert_int_eq(eco_process_apply(b.basin, b.process, "+", k, a, ECO_NO_NODE, &out, &err), ECO_UNITS);
  eco_assert_error(err, ECO_UNITS,
                   "process 'p': '+' of a rate (1 per time) and mass per volume, expected the same on both sides");
  ck_assert_str_eq(err.place, "test:p");
  ck_assert_uint_eq(out, 77);
  (void)op(b, "*", k, a); /* the fault is forgotten */
  ck_assert_int_eq(eco_process_apply(b.basin, b.process, "plus", k, a, ECO_NO_NODE, &out, &err), ECO_NOT_FOUND);
  ck_assert_str_eq(err.text, "process 'p': 'plus', column 1: no function 'plus'");
  ck_assert_int_eq(eco_process_apply(b.basin, b.process, "*", k, ECO_NO_NODE, ECO_NO_NODE, &out, &err), ECO_INVALID);
  ck_assert_str_eq(err.text, "process 'p': operand 2 of '*' is none, expected 2 nodes of this basin");
  ck_assert_int_eq(eco_process_apply(b.basin, b.process, "exp", k, k, ECO_NO_NODE, &out, &err), ECO_INVALID);
  ck_assert_int_eq(eco_process_surrounding(b.basin, b.process, "depht", &out, &err), ECO_NOT_FOUND);
  ck_assert_str_eq(err.text, "process 'p': nothing called 'depht' surrounds the water (did you mean 'depth'?)");
  ck_assert_int_eq(eco_process_number(b.basin, b.process, NAN, "", &out, &err), ECO_INVALID);
  ck_assert_int_eq(eco_process_number(b.basin, b.process, 1, "furlong", &out, &err), ECO_UNITS);
  eco_item pond;
  eco_assert_ok(eco_basin_find(b.basin, "pond", &pond, &err), err);
  ck_assert_int_eq(eco_process_constituent(b.basin, pond, "A", &out, &err), ECO_INVALID);
  ck_assert_str_eq(err.text, "'pond' is a lake, expected a process");
  eco_basin_destroy(b.basin);
}
END_TEST

START_TEST(wrong_parameters_and_fluxes_are_refused)
{
  builder b = faulty();
  eco_node k = number(b, "k", 1, "1/d"), out;
  eco_process_param p = {sizeof p, "k", "1/d", 1, 0, 2, NULL, NULL};
  ck_assert_int_eq(eco_process_add_param(b.basin, b.process, &p, &out, &err), ECO_INVALID);
  ck_assert_str_eq(err.text, "process 'p' has a parameter 'k' already");
  p = (eco_process_param){sizeof p, "m", "1/d", 3, 0, 2, NULL, NULL};
  ck_assert_int_eq(eco_process_add_param(b.basin, b.process, &p, &out, &err), ECO_INVALID);
  ck_assert_str_eq(err.text, "process 'p': m is 3 1/d, must be 0..2");
  const eco_process_part twice[] = {{"A", -1}, {"A", 1}}, none[] = {{"A", 0}}, one[] = {{"A", -1}},
                         lost[] = {{"C", -1}};
  eco_node rate = op(b, "*", k, conc(b, "A"));
  const struct {
    eco_process_flux flux;
    const char *text;
  } wrong[] = {
    {flux_of("f", k, one, 1),
     "process 'p': the rate of flux 'f' is a rate (1 per time), expected mass per volume and time, as in 'mg/L/d'"},
    {flux_of("f", rate, twice, 2), "process 'p': flux 'f' names A twice"},
    {flux_of("f", rate, none, 1), "process 'p': flux 'f': coefficient of A is 0, must be finite and not 0"},
    {flux_of("f", rate, one, 0), "process 'p': flux 'f' moves no constituent"},
    {flux_of("", rate, one, 1), "process 'p': a flux has no name, must have one in UTF-8"},
    {flux_of("f", 9999, one, 1), "process 'p': the rate of flux 'f' is not a node of this basin"}};
  for (size_t w = 0; w < sizeof wrong / sizeof wrong[0]; w++) {
    ck_assert_int_ne(eco_process_add_flux(b.basin, b.process, &wrong[w].flux, &err), ECO_OK);
    ck_assert_str_eq(err.text, wrong[w].text);
  }
  eco_error fault = eco_test_fault(b.basin, 0);
  ck_assert_str_eq(fault.text, "process 'p' has no flux, must have one");
  add_flux(b, flux_of("f", rate, lost, 1));
  fault = eco_test_fault(b.basin, 0);
  ck_assert_str_eq(fault.text, "process 'p': basin 'test' carries no constituent 'C'");
  eco_basin_destroy(b.basin);
}
END_TEST

START_TEST(light_needs_a_sky)
{
  builder b = faulty();
  eco_node light = op(b, "/", around(b, "light"), number(b, "half", 50, "W/m2"));
  const eco_process_part one[] = {{"A", -1}};
  add_flux(b, flux_of("f", op(b, "*", light, number(b, "r", 1, "mg/L/d")), one, 1));
  eco_error fault = eco_test_fault(b.basin, 0);
  ck_assert_str_eq(fault.text, "processes of basin 'test' read light, which needs a climate");
  eco_basin_destroy(b.basin);
}
END_TEST

/* Memory may run out at every call of building, compiling and running: a status, nothing lost. */
START_TEST(memory_may_run_out_anywhere)
{
  eco_test_allocator all = {0};
  eco_env env = eco_test_env(&all);
  for (size_t fail_at = 1;; fail_at++) {
    all = (eco_test_allocator){.fail_at = fail_at};
    eco_basin *basin = NULL;
    eco_model *m = NULL;
    eco_run *run = NULL;
    eco_item item, kinetics, pond;
    eco_node a, k, rate;
    eco_process_param p = {sizeof p, "k", "1/d", 1, 0, 2, NULL, NULL};
    const eco_process_part one[] = {{"A", -1}};
    const double levels[] = {0, 20}, areas[] = {1e5, 1e5};
    eco_day first = eco_day_from_date(2018, 3, 1);
    eco_run_options o = eco_test_days(first, first, first + 1);
    eco_status s = eco_basin_create(&env, "test", &basin, &err);
    s = s ? s : eco_basin_add(basin, ECO_CONSTITUENT, "A", "", &item, &err);
    s = s ? s : eco_basin_add(basin, ECO_KINETICS, "rates", "", &kinetics, &err);
    s = s ? s : eco_basin_set_text(basin, kinetics, "states", "own", &err);
    s = s ? s : eco_basin_add(basin, ECO_LAKE, "pond", "", &pond, &err);
    s = s ? s : eco_basin_set_array(basin, pond, "level", levels, 2, "", &err);
    s = s ? s : eco_basin_set_array(basin, pond, "area", areas, 2, "", &err);
    s = s ? s : eco_basin_set_number(basin, pond, "initial_level", 4, "", &err);
    s = s ? s : eco_basin_add(basin, ECO_PROCESS, "p", "", &item, &err);
    s = s ? s : eco_process_add_param(basin, item, &p, &k, &err);
    s = s ? s : eco_process_constituent(basin, item, "A", &a, &err);
    s = s ? s : eco_process_apply(basin, item, "*", k, a, ECO_NO_NODE, &rate, &err);
    if (!s) {
      eco_process_flux f = flux_of("f", rate, one, 1);
      f.both_ways = 1;
      s = eco_process_add_flux(basin, item, &f, &err);
    }
    s = s ? s : eco_model_compile(basin, NULL, &m, &err);
    s = s ? s : eco_run_create(m, &o, &run, &err);
    s = s ? s : eco_run_to_end(run, &err);
    ck_assert_msg(s == ECO_OK || s == ECO_NO_MEMORY, "call %zu: %s", fail_at, err.text);
    eco_run_destroy(run);
    eco_model_destroy(m);
    eco_basin_destroy(basin);
    ck_assert_uint_eq(all.blocks, 0);
    ck_assert_uint_eq(all.wrong_sizes, 0);
    if (s == ECO_OK && all.calls < fail_at)
      break;
    ck_assert_uint_lt(fail_at, 5000);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("processes");
  TCase *all = tcase_create("processes");
  tcase_add_test(all, streeter_phelps_in_a_pond_is_the_closed_form);
  tcase_add_test(all, michaelis_menten_keeps_its_closed_form_and_its_mass);
  tcase_add_test(all, what_is_not_there_is_not_drawn);
  tcase_add_test(all, surroundings_have_their_units);
  tcase_add_test(all, OWN_2_keeps_the_mean_of_the_day);
  tcase_add_test(all, SPL_3_is_of_second_order);
  tcase_add_test(all, lanes_do_not_feel_each_other);
  tcase_add_test(all, parameters_are_changed_by_date);
  tcase_add_test(all, a_process_runs_where_it_is_told);
  tcase_add_test(all, wrong_expressions_are_refused);
  tcase_add_test(all, wrong_parameters_and_fluxes_are_refused);
  tcase_add_test(all, light_needs_a_sky);
  tcase_add_test(all, memory_may_run_out_anywhere);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
