/* test_kinetics.c -- a step of the kinetics: closed forms, order, positivity, conservation, lanes. */
#include "kinetics/kinetics.h"
#include "kinetics/stoichiometry.h"
#include "reference.h"
#include "suite.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { LANES = 37 }; /* no multiple of any vector's length */
#define O2_PER_N ECO__O2_PER_N

typedef struct cell { /* [row][lane] */
  double rate[ECO__N_RATES][LANES], conc[ECO__N_BULK][LANES], flux[ECO__N_FLUXES][LANES];
} cell;

static void step(cell *c, size_t n_lanes, double dt_d)
{
  const double *rates[ECO__N_RATES];
  double *conc[ECO__N_BULK], *flux[ECO__N_FLUXES];
  for (size_t i = 0; i < ECO__N_RATES; i++)
    rates[i] = c->rate[i];
  for (size_t i = 0; i < ECO__N_BULK; i++)
    conc[i] = c->conc[i];
  for (size_t i = 0; i < ECO__N_FLUXES; i++)
    flux[i] = c->flux[i];
  eco__kinetics_step(n_lanes, dt_d, rates, conc, flux);
}

static double uniform(uint32_t stream, uint64_t index)
{
  return eco__uniform(20161124, 0, stream, index);
}

/* A polluted river on a warm day: every process is on, oxygen falls low. */
static const double river_rates[ECO__N_RATES] = {
  [ECO__R_CODMN] = 0.23,  [ECO__R_NH3] = 0.15,      [ECO__R_ON] = 0.05,  [ECO__R_TP] = 0.03,
  [ECO__R_REAER] = 1.5,   [ECO__R_DOSAT] = 9.0,     [ECO__R_SOD] = 1.0,  [ECO__R_REL_NH3] = 0.1,
  [ECO__R_REL_TP] = 0.01, [ECO__R_O2_CODMN] = 3.33, [ECO__R_KS_DO] = 1.0};
static const double river_conc[ECO__N_BULK] = {15.0, 2.0, 1.0, 0.2, 2.0, 0.001};

static void fill(cell *c, const double rates[ECO__N_RATES], const double conc[ECO__N_BULK])
{
  *c = (cell){0};
  for (size_t lane = 0; lane < LANES; lane++) {
    for (size_t i = 0; i < ECO__N_RATES; i++)
      c->rate[i][lane] = rates[i];
    for (size_t i = 0; i < ECO__N_BULK; i++)
      c->conc[i][lane] = conc[i];
  }
}

static void run(cell *c, double days, int n_steps)
{
  for (int i = 0; i < n_steps; i++)
    step(c, 1, days / n_steps);
}

/* ---- the scheme against closed forms */

/* Full-speed oxidation whatever the oxygen: K so small that f = 1 to round-off while oxygen is there. */
static void fill_streeter_phelps(cell *c, double bod, double deficit, double k, double ka, double saturation)
{
  double rates[ECO__N_RATES] = {[ECO__R_CODMN] = k,
                                [ECO__R_REAER] = ka,
                                [ECO__R_DOSAT] = saturation,
                                [ECO__R_O2_CODMN] = 1.0,
                                [ECO__R_KS_DO] = 1e-9};
  double conc[ECO__N_BULK] = {[ECO__CODMN] = bod, [ECO__DO] = saturation - deficit};
  fill(c, rates, conc);
}

/* Largest error of BOD and deficit over the table's times, steps of dt. Decay only (the variants without settling). */
static double streeter_phelps_error(const char *variant, double bod, double deficit, double k, double ka, double dt_d)
{
  eco_reference table = eco_reference_read("water_k01_streeter_phelps.csv");
  double error = 0.0, saturation = 20.0; /* high: oxygen never gets near 0 */
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++) {
    bool is_bod = eco_reference_is(&table, i, "quantity", "bod");
    if (!eco_reference_is(&table, i, "variant", variant) ||
        (!is_bod && !eco_reference_is(&table, i, "quantity", "deficit")))
      continue;
    double t_d = eco_reference_number(&table, i, "t");
    cell c;
    fill_streeter_phelps(&c, bod, deficit, k, ka, saturation);
    run(&c, t_d, (int)lround(t_d / dt_d));
    double found = is_bod ? c.conc[ECO__CODMN][0] : saturation - c.conc[ECO__DO][0];
    error = fmax(error, fabs(found - eco_reference_number(&table, i, "value")));
    n++;
  }
  ck_assert_int_eq(n, 12);
  eco_reference_free(&table);
  return error;
}

START_TEST(MPR_1_meets_streeter_phelps_to_second_order)
{
  /* MPR-1 alone errs by (k dt)^3 / 6 a step; over a time t that is L0 k^3 t exp(-k t) dt^2 / 6 <= 20 k^2 dt^2 / (6 e).
   * Oxygen carries the sum of what BOD and reaeration err: 4 times that with the faster rate covers both. */
  double dt_d = 1.0 / 48.0;
  double coarse = streeter_phelps_error("classic", 20.0, 1.0, 0.35, 0.7, dt_d);
  double fine = streeter_phelps_error("classic", 20.0, 1.0, 0.35, 0.7, dt_d / 2.0);
  ck_assert_double_lt(coarse, 4.0 * 20.0 * 0.7 * 0.7 * dt_d * dt_d / (6.0 * exp(1.0)));
  ck_assert_double_gt(log2(coarse / fine),
                      1.97); /* third-order rest: of the order of k dt = 1.5 %, 0.02 in the order */
}
END_TEST

START_TEST(MPR_1_has_no_trouble_with_equal_rates)
{
  double dt_d = 1.0 / 48.0;
  double error = streeter_phelps_error("equal_rates", 12.0, 0.5, 0.4, 0.4, dt_d);
  ck_assert_double_lt(error, 4.0 * 12.0 * 0.4 * 0.4 * dt_d * dt_d / (6.0 * exp(1.0)));
}
END_TEST

START_TEST(MPR_1_is_the_published_scheme_for_a_loss_alone)
{
  /* MPRK22(1) of Kopecz & Meister 2018 on y' = -k y: y1 = y0 / (1 + z), y2 = y0 / (1 + z (y0 + y1) / (2 y1)) */
  for (double z = 1e-3; z < 1e4; z *= 3.0) {
    double rates[ECO__N_RATES] = {[ECO__R_TP] = z, [ECO__R_KS_DO] = 1.0};
    double conc[ECO__N_BULK] = {[ECO__TP] = 0.3};
    cell c;
    fill(&c, rates, conc);
    step(&c, 1, 1.0);
    double y0 = 0.3, y1 = y0 / (1.0 + z), y2 = y0 / (1.0 + z * (y0 + y1) / (2.0 * y1));
    /* TP is what is left of y0 after the loss: the rounding is y0's */
    ck_assert_double_eq_tol(c.conc[ECO__TP][0], y2, 4.0 * DBL_EPSILON * y0);
  }
}
END_TEST

START_TEST(MPR_5_slows_decay_to_the_supply_where_oxygen_runs_out)
{
  /* The closed form has K = 0 and two kinks. With K = 1e-5 mg/L oxygen rests at K s / (k L - s), s = ka Os the supply:
   * below 5 K on the table's times, and BOD moves by that order. The rest is the step of 1/480 d, in which oxygen falls
   * by d = k L dt = 0.05 mg/L: the shared weight is 1 - (d/O)^2 / 2, so O is d^2/2 (1/O - 1/O0) too high, 2.7e-4 at
   * 0.2 d. Once oxygen is used up that is made good, but for what the air gave less: ka times the integral of it,
   * ka dt d/2 ln(O0/d) = 1.5e-4. The table asks for 1e-3, three times that. */
  eco_reference table = eco_reference_read("water_k03_anaerobic_onset.csv");
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++) {
    bool is_bod = eco_reference_is(&table, i, "quantity", "bod");
    if (!is_bod && !eco_reference_is(&table, i, "quantity", "oxygen"))
      continue;
    double t_d = eco_reference_number(&table, i, "t"), wanted = eco_reference_number(&table, i, "value");
    cell c;
    fill_streeter_phelps(&c, 60.0, 1.0, 0.4, 0.6, 8.0);
    c.rate[ECO__R_KS_DO][0] = 1e-5;
    run(&c, t_d, (int)lround(t_d * 480.0));
    double found = c.conc[is_bod ? ECO__CODMN : ECO__DO][0];
    ck_assert_double_ge(found, 0.0);
    ck_assert_double_eq_tol(found, wanted, 1e-3);
    n++;
  }
  ck_assert_int_eq(n, 14);
  eco_reference_free(&table);
}
END_TEST

/* ---- order: every process on, against the classical Runge-Kutta method with steps that leave it 1e-12 */

static void slopes(const double *r, const double *y, double *dy)
{
  double f = y[ECO__DO] / (y[ECO__DO] + r[ECO__R_KS_DO]);
  double codmn = r[ECO__R_CODMN] * f * y[ECO__CODMN], nh3 = r[ECO__R_NH3] * f * y[ECO__NH3];
  dy[ECO__CODMN] = -codmn;
  dy[ECO__NH3] = r[ECO__R_REL_NH3] - nh3;
  dy[ECO__ON] = nh3 - r[ECO__R_ON] * y[ECO__ON];
  dy[ECO__TP] = r[ECO__R_REL_TP] - r[ECO__R_TP] * y[ECO__TP];
  dy[ECO__DO] =
    r[ECO__R_REAER] * (r[ECO__R_DOSAT] - y[ECO__DO]) - r[ECO__R_O2_CODMN] * codmn - O2_PER_N * nh3 - r[ECO__R_SOD] * f;
  dy[ECO__CD] = 0.0;
}

static void runge_kutta(const double *rates, double *y, double days, int n_steps)
{
  double dt = days / n_steps, k[4][ECO__N_BULK], z[ECO__N_BULK];
  static const double at[4] = {0.0, 0.5, 0.5, 1.0};
  for (int n = 0; n < n_steps; n++) {
    for (int stage = 0; stage < 4; stage++) {
      for (size_t i = 0; i < ECO__N_BULK; i++)
        z[i] = y[i] + (stage > 0 ? at[stage] * dt * k[stage - 1][i] : 0.0);
      slopes(rates, z, k[stage]);
    }
    for (size_t i = 0; i < ECO__N_BULK; i++)
      y[i] += dt / 6.0 * (k[0][i] + 2.0 * k[1][i] + 2.0 * k[2][i] + k[3][i]);
  }
}

static double error_of(const double *conc, const double *exact, int n_steps)
{
  cell c;
  fill(&c, river_rates, conc);
  run(&c, 2.0, n_steps);
  double error = 0.0;
  for (size_t i = 0; i < ECO__N_BULK; i++)
    error = fmax(error, fabs(c.conc[i][0] - exact[i]));
  return error;
}

START_TEST(MPR_2_MPR_3_MPR_4_are_of_second_order_where_oxygen_rises_and_falls)
{
  /* From 2 mg/L oxygen rises (MPR-7 takes the ample branch), from 11 it falls (the scarce one). The rest is of third
   * order: its share in the ratio of two errors falls with dt, and 512 steps in 2 d leave it below 0.1 in the order. */
  static const double start[2] = {2.0, 11.0};
  for (int k = 0; k < 2; k++) {
    double conc[ECO__N_BULK], exact[ECO__N_BULK];
    memcpy(conc, river_conc, sizeof conc);
    conc[ECO__DO] = start[k];
    memcpy(exact, conc, sizeof exact);
    runge_kutta(river_rates, exact, 2.0, 4000);
    double coarse = error_of(conc, exact, 512), fine = error_of(conc, exact, 1024);
    ck_assert_double_lt(coarse, 1e-4);
    ck_assert_double_gt(log2(coarse / fine), 1.9);
    ck_assert_double_lt(log2(coarse / fine), 2.1);
    /* an hour's step, what a run takes: 48 of them stand below 0.01 mg/L of 15 */
    ck_assert_double_lt(error_of(conc, exact, 48), 0.01);
  }
}
END_TEST

START_TEST(MPR_1_nears_saturation_from_one_side_however_stiff_reaeration_is)
{
  for (double z = 0.1; z < 1e6; z *= 2.0) {
    double rates[ECO__N_RATES] = {[ECO__R_REAER] = z, [ECO__R_DOSAT] = 9.0, [ECO__R_KS_DO] = 1.0};
    double conc[ECO__N_BULK] = {[ECO__DO] = 2.0};
    cell c;
    fill(&c, rates, conc);
    for (int i = 0; i < 20; i++) {
      double before = c.conc[ECO__DO][0];
      step(&c, 1, 1.0);
      ck_assert_double_ge(c.conc[ECO__DO][0], before * (1.0 - 4.0 * DBL_EPSILON));
      ck_assert_double_le(c.conc[ECO__DO][0], 9.0 * (1.0 + 4.0 * DBL_EPSILON));
    }
  }
}
END_TEST

START_TEST(MPR_7_keeps_the_equilibrium_of_air_and_bed_at_any_step)
{
  /* k_a (O_s - O) = S O / (O + K) with k_a = 2, O_s = 9, S = 6, K = 1: O^2 - 5 O - 9 = 0 */
  double rates[ECO__N_RATES] = {[ECO__R_REAER] = 2.0, [ECO__R_DOSAT] = 9.0, [ECO__R_SOD] = 6.0, [ECO__R_KS_DO] = 1.0};
  double rest = 0.5 * (5.0 + sqrt(61.0));
  double conc[ECO__N_BULK] = {[ECO__DO] = rest};
  for (double dt_d = 1e-3; dt_d < 100.0; dt_d *= 3.0) {
    cell c;
    fill(&c, rates, conc);
    for (int i = 0; i < 1000; i++)
      step(&c, 1, dt_d);
    /* a step rounds O a few times and the equilibrium takes it back at the rate of k_a or faster: 1 / (k_a dt) steps */
    ck_assert_double_eq_tol(c.conc[ECO__DO][0], rest, rest * DBL_EPSILON * (8.0 + 8.0 / (2.0 * dt_d)));
  }
}
END_TEST

/* ---- what must hold at any step, for anything. Asserted by hand: a ck_assert costs more than a step. */

/* From 0 up to `highest`: a tenth are zero, the rest spread over 12 powers of ten. */
static double wild(uint32_t stream, uint64_t index, double highest)
{
  double u = uniform(stream, index);
  return u < 0.1 ? 0.0 : highest * pow(10.0, -12.0 * (u - 0.1) / 0.9 * uniform(stream + 1000, index));
}

static void fill_wild(cell *c, uint64_t index)
{
  static const double highest[ECO__N_RATES] = {
    [ECO__R_CODMN] = 50.0,   [ECO__R_NH3] = 50.0,      [ECO__R_ON] = 50.0,    [ECO__R_TP] = 50.0,
    [ECO__R_REAER] = 1000.0, [ECO__R_DOSAT] = 15.0,    [ECO__R_SOD] = 2000.0, [ECO__R_REL_NH3] = 200.0,
    [ECO__R_REL_TP] = 200.0, [ECO__R_O2_CODMN] = 20.0, [ECO__R_KS_DO] = 5.0};
  static const double most[ECO__N_BULK] = {1e4, 1e4, 1e4, 1e3, 0.01, 1.0};
  for (size_t lane = 0; lane < LANES; lane++) {
    for (uint32_t i = 0; i < ECO__N_RATES; i++)
      c->rate[i][lane] = wild(i, index * LANES + lane, highest[i]);
    for (uint32_t i = 0; i < ECO__N_BULK; i++)
      c->conc[i][lane] = wild(100 + i, index * LANES + lane, most[i]);
    if (index % 2 == 1)
      c->conc[ECO__DO][lane] *= 2000.0; /* up to 20 mg/L: over saturation, too */
  }
}

static void assert_balance(double before, double in, double out, double after)
{
  /* three sums, each rounded to half a last digit of at most before + in */
  double size = before + fabs(in) + fabs(out);
  if (!(fabs((before + in - out) - after) <= 4.0 * DBL_EPSILON * size))
    ck_abort_msg("%.17g + %.17g - %.17g is not %.17g", before, in, out, after);
}

START_TEST(MPR_6_is_positive_and_conserving_at_any_step)
{
  for (uint64_t index = 0; index < 4000; index++) {
    cell c, was;
    fill_wild(&c, index);
    was = c;
    double dt_d = wild(300, index, 10.0);
    step(&c, LANES, dt_d);
    for (size_t i = 0; i < LANES; i++) {
      for (size_t state = 0; state < ECO__N_BULK; state++)
        if (!(c.conc[state][i] >= 0.0 && isfinite(c.conc[state][i])))
          ck_abort_msg("state %zu is %g", state, c.conc[state][i]);
      for (size_t flux = 0; flux < ECO__N_FLUXES; flux++)
        if (!isfinite(c.flux[flux][i]) || (flux != ECO__F_REAER && c.flux[flux][i] < 0.0))
          ck_abort_msg("flux %zu is %g", flux, c.flux[flux][i]);
      double nitrified = c.flux[ECO__F_NH3][i];
      assert_balance(was.conc[ECO__CODMN][i], 0.0, c.flux[ECO__F_CODMN][i], c.conc[ECO__CODMN][i]);
      assert_balance(was.conc[ECO__NH3][i], c.flux[ECO__F_REL_NH3][i], nitrified, c.conc[ECO__NH3][i]);
      assert_balance(was.conc[ECO__ON][i], nitrified, c.flux[ECO__F_ON][i], c.conc[ECO__ON][i]);
      assert_balance(was.conc[ECO__TP][i], c.flux[ECO__F_REL_TP][i], c.flux[ECO__F_TP][i], c.conc[ECO__TP][i]);
      assert_balance(was.conc[ECO__DO][i], c.flux[ECO__F_REAER][i], c.flux[ECO__F_DEMAND][i], c.conc[ECO__DO][i]);
      /* the demand without the bed's is stoichiometry, and the bed takes no more than its rate */
      double oxidation = c.rate[ECO__R_O2_CODMN][i] * c.flux[ECO__F_CODMN][i] + O2_PER_N * nitrified;
      double bed = c.flux[ECO__F_DEMAND][i] - oxidation;
      double digits = 4.0 * DBL_EPSILON * oxidation, most = c.rate[ECO__R_SOD][i] * dt_d * (1.0 + 8.0 * DBL_EPSILON);
      if (!(bed >= -digits && bed <= most + digits))
        ck_abort_msg("the bed took %.17g of at most %.17g", bed, most);
      if (c.conc[ECO__CD][i] != was.conc[ECO__CD][i])
        ck_abort_msg("cadmium went from %g to %g", was.conc[ECO__CD][i], c.conc[ECO__CD][i]);
    }
  }
}
END_TEST

START_TEST(MPR_7_takes_no_more_oxygen_from_the_air_than_reaeration_at_zero_oxygen)
{
  for (uint64_t index = 0; index < 2000; index++) {
    cell c;
    fill_wild(&c, index);
    double dt_d = wild(300, index, 10.0);
    step(&c, LANES, dt_d);
    for (size_t i = 0; i < LANES; i++) {
      double most = c.rate[ECO__R_REAER][i] * c.rate[ECO__R_DOSAT][i] * dt_d;
      double digits = 8.0 * DBL_EPSILON * (most + c.conc[ECO__DO][i] + c.flux[ECO__F_DEMAND][i]);
      if (!(c.flux[ECO__F_REAER][i] <= most + digits))
        ck_abort_msg("the air gave %.17g of at most %.17g", c.flux[ECO__F_REAER][i], most);
    }
  }
}
END_TEST

START_TEST(MPR_8_keeps_nitrogen_over_ten_years_of_hours)
{
  double rates[ECO__N_RATES], days = 3650.0;
  memcpy(rates, river_rates, sizeof rates);
  cell c;
  fill(&c, rates, river_conc);
  eco__sum moved = {0};
  int n_steps = 87600;
  for (int i = 0; i < n_steps; i++) {
    step(&c, 1, days / n_steps);
    eco__sum_add(&moved, c.flux[ECO__F_REL_NH3][0]);
    eco__sum_add(&moved, -c.flux[ECO__F_ON][0]);
  }
  double start = river_conc[ECO__NH3] + river_conc[ECO__ON], end = c.conc[ECO__NH3][0] + c.conc[ECO__ON][0];
  /* a step rounds nitrogen of at most 4 mg/L five times; near its equilibrium the same way each time, so that they add
   * up */
  double digits = 5.0 * n_steps * 0.5 * DBL_EPSILON * 4.0;
  ck_assert_double_eq_tol(start + eco__sum_value(&moved), end, digits);
  ck_assert_double_lt(digits, 1e-12 * (start + rates[ECO__R_REL_NH3] * days));
}
END_TEST

START_TEST(MPR_0_over_0_is_0)
{
  double rates[ECO__N_RATES] = {[ECO__R_CODMN] = 1.0, [ECO__R_NH3] = 1.0, [ECO__R_SOD] = 1.0, [ECO__R_O2_CODMN] = 3.33};
  double conc[ECO__N_BULK] = {[ECO__CODMN] = 5.0, [ECO__NH3] = 1.0}; /* no oxygen, none from the air, K = 0 */
  cell c;
  fill(&c, rates, conc);
  step(&c, 1, 1.0);
  ck_assert_double_eq(c.conc[ECO__CODMN][0], 5.0);
  ck_assert_double_eq(c.conc[ECO__NH3][0], 1.0);
  ck_assert_double_eq(c.conc[ECO__DO][0], 0.0);
  ck_assert_double_eq(c.flux[ECO__F_DEMAND][0], 0.0);
}
END_TEST

START_TEST(MPR_lanes_do_not_feel_each_other)
{
  for (uint64_t index = 0; index < 50; index++) {
    cell together, before;
    fill_wild(&together, index);
    before = together;
    step(&together, LANES, 0.3);
    for (size_t lane = 0; lane < LANES; lane++) {
      cell alone = {0};
      for (size_t i = 0; i < ECO__N_RATES; i++)
        alone.rate[i][0] = before.rate[i][lane];
      for (size_t i = 0; i < ECO__N_BULK; i++)
        alone.conc[i][0] = before.conc[i][lane];
      step(&alone, 1, 0.3);
      for (size_t i = 0; i < ECO__N_BULK; i++)
        ck_assert_mem_eq(&alone.conc[i][0], &together.conc[i][lane], sizeof(double));
      for (size_t i = 0; i < ECO__N_FLUXES; i++)
        ck_assert_mem_eq(&alone.flux[i][0], &together.flux[i][lane], sizeof(double));
    }
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("kinetics");
  TCase *all = tcase_create("all");
  tcase_add_test(all, MPR_1_meets_streeter_phelps_to_second_order);
  tcase_add_test(all, MPR_1_has_no_trouble_with_equal_rates);
  tcase_add_test(all, MPR_1_is_the_published_scheme_for_a_loss_alone);
  tcase_add_test(all, MPR_5_slows_decay_to_the_supply_where_oxygen_runs_out);
  tcase_add_test(all, MPR_2_MPR_3_MPR_4_are_of_second_order_where_oxygen_rises_and_falls);
  tcase_add_test(all, MPR_1_nears_saturation_from_one_side_however_stiff_reaeration_is);
  tcase_add_test(all, MPR_7_keeps_the_equilibrium_of_air_and_bed_at_any_step);
  tcase_add_test(all, MPR_6_is_positive_and_conserving_at_any_step);
  tcase_add_test(all, MPR_7_takes_no_more_oxygen_from_the_air_than_reaeration_at_zero_oxygen);
  tcase_add_test(all, MPR_8_keeps_nitrogen_over_ten_years_of_hours);
  tcase_add_test(all, MPR_0_over_0_is_0);
  tcase_add_test(all, MPR_lanes_do_not_feel_each_other);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
