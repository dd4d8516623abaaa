/* test_dispersion.c -- spreading along a chain: closed forms, order, positivity, mass; with advection the published
 * inlets. */
#include "channel.h"
#include "network.h"
#include "reference.h"
#include "suite.h"

#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

/* short words */
typedef eco_test_channel channel;
#define mass eco_test_channel_mass
#define concentration eco_test_channel_concentration
#define total_mass eco_test_channel_total
#define step eco_test_channel_step
#define decay eco_test_channel_decay
#define free_channel eco_test_channel_free
#define make_inlet_channel eco_test_channel_make

static channel *make_channel(size_t n, double dx, double spread_m2_s)
{
  return eco_test_channel_make(n, dx, spread_m2_s, false);
}

static double gaussian_mean(double x0, double x1, double centre, double width)
{
  double s = width * sqrt(2.0);
  return width * sqrt(PI / 2.0) * (erf((x1 - centre) / s) - erf((x0 - centre) / s)) / (x1 - x0);
}

/* ---- spreading alone ---- */

/* A Gaussian of 1 km spreads with E = 50 m2/s for 20,000 s: its variance grows from 1e6 to 3e6 m2. L1 relative to
 * mass. */
static double spreading_error(size_t n, size_t steps)
{
  const double length = 24000.0, e = 50.0, time = 20000.0, wide = sqrt(1e6 + 2 * e * time), dx = length / (double)n;
  channel *c = make_channel(n, dx, e);
  for (size_t j = 0; j < n; j++)
    *mass(c, j) = dx * gaussian_mean((double)j * dx, (double)(j + 1) * dx, 12000.0, 1000.0);
  for (size_t s = 0; s < steps; s++)
    step(c, time / (double)steps, 0.0, 0.0);
  double error = 0, all = 0;
  for (size_t j = 0; j < n; j++) {
    double wanted = 1000.0 / wide * gaussian_mean((double)j * dx, (double)(j + 1) * dx, 12000.0, wide);
    error += fabs(concentration(c, j) - wanted);
    all += wanted;
  }
  free_channel(c);
  return error / all;
}

/* Time and space refined together, E dt / dx^2 at most 0.63, so that w = 1/2 everywhere. Both errors are of second
 * order: order 2 as far as the last digits go. */
START_TEST(DSP_2_spreads_a_gaussian_with_second_order_in_time_and_space)
{
  double before = spreading_error(60, 40);
  for (size_t k = 2; k <= 4; k *= 2) {
    double now = spreading_error(60 * k, 40 * k), order = log2(before / now);
    ck_assert_msg(order > 1.95 && order < 2.05, "%zu cells: order %.3f, error %.3g", 60 * k, order, now);
    before = now;
  }
  ck_assert_double_le(before, 3e-4);
}
END_TEST

/* Cells of 200 m and steps of 800, 400 and 200 s, E dt / dx^2 at most 1, against steps so short that only the error of
 * space is left: each halving leaves a quarter of the rest. */
START_TEST(DSP_2_is_of_second_order_in_time_alone)
{
  double space = spreading_error(120, 1600), rest = fabs(spreading_error(120, 25) - space);
  for (size_t steps = 50; steps <= 100; steps *= 2) {
    double now = fabs(spreading_error(120, steps) - space), order = log2(rest / now);
    ck_assert_msg(fabs(order - 2.0) < 0.05, "%zu steps: order %.3f", steps, order);
    rest = now;
  }
}
END_TEST

/* DSP-3 makes any step positive and keeps the mass, without new extrema: E dt / dx^2 up to 1e6, volumes that jump. */
START_TEST(DSP_3_stays_positive_without_new_extrema_however_strong_the_spreading)
{
  const double strengths[] = {0.3, 1.0, 3.0, 1e2, 1e6};
  for (size_t k = 0; k < sizeof strengths / sizeof strengths[0]; k++) {
    enum { N = 60 };
    channel *c = make_channel(N, 100.0, strengths[k] * 1e4);
    for (uint32_t j = 0; j < N; j++) {
      c->volume[j] *= pow(10.0, 4.0 * eco__uniform(1, 0, 1, j) - 3.0); /* 0.1 .. 1000 m3 */
      *mass(c, j) = j % 7 == 3 ? c->volume[j] : 0.0;
    }
    double before = total_mass(c);
    for (int s = 0; s < 50; s++) {
      step(c, 1.0, 0.0, 0.0);
      for (size_t j = 0; j < N; j++) {
        ck_assert(*mass(c, j) >= 0);
        ck_assert_double_le(concentration(c, j), 1.0 + 1e-12);
      }
    }
    /* each cell's mass is rounded some times a step, by 1.1e-16; all that could add up one way in 50 steps of two halves */
    ck_assert_double_eq_tol(total_mass(c), before, 100 * 1e-15 * before);
    free_channel(c);
  }
}
END_TEST

START_TEST(DSP_2_keeps_a_constant)
{
  enum { N = 50 };
  channel *c = make_channel(N, 100.0, 500.0);
  for (uint32_t j = 0; j < N; j++) {
    c->volume[j] *= 0.01 + eco__uniform(2, 0, 1, j);
    c->block.spread_m3_s[j] = j % 9 == 0 || j + 1 == N ? 0.0 : 100.0 * eco__uniform(2, 0, 2, j);
    *mass(c, j) = 3.0 * c->volume[j];
  }
  for (int s = 0; s < 1000; s++) {
    step(c, 10.0, 0.0, 0.0);
    for (size_t j = 0; j < N; j++) /* a step rounds some ten times: 1e-15; they drift at worst one way */
      ck_assert_double_eq_tol(concentration(c, j), 3.0, 3.0 * 2e-15 * (s + 1));
  }
  free_channel(c);
}
END_TEST

/* Worked by hand: U = 0.5, B = 50, H = 2, R = 100/54, n = 0.03: u* = sqrt(9.81) 0.03 0.5 / 1.108150 = 0.0423964 m/s,
 * E = 0.011 0.25 2500 / (2 0.0423964) = 81.0800 m2/s */
START_TEST(DSP_1_is_worked_by_hand)
{
  double radius = 100.0 / 54.0, shear = sqrt(9.81) * 0.03 * 0.5 / pow(radius, 1.0 / 6.0);
  double friction = 0.03 * 0.03 / pow(radius, 4.0 / 3.0), e = eco__fischer_dispersion(0.5, 50.0, 2.0, radius, friction);
  ck_assert_double_eq_tol(shear, 0.0423964, 1e-6);
  ck_assert_double_eq_tol(e, 81.08, 0.01);
  ck_assert_double_eq_tol(e, 0.011 * 0.25 * 2500.0 / (2.0 * shear), 1e-10);
  ck_assert_double_eq(eco__fischer_dispersion(-0.5, 50.0, 2.0, radius, friction), e);
}
END_TEST

/* E A / dx at each inner face; none at the end, none over a dry cell, E as the water says where it says so. */
START_TEST(DSP_1_is_found_at_the_faces_of_a_reach)
{
  eco_basin *basin = eco_test_basin();
  eco_item reach = eco_test_reach(basin, "a", 3000, 50, 0, 0.03, 1, 1, "b", 0);
  eco_test_number(basin, reach, "dispersion", 20);
  (void)eco_test_reach(basin, "b", 2000, 50, 0, 0.03, 1, 0.9, NULL, 0);
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  double level[5] = {3, 3, 3, 3, 0.95}, flow[8], spread[5];
  for (size_t f = 0; f < m->n_faces; f++)
    flow[f] = 50.0;
  eco__find_spread(m, 1, level, flow, spread);
  ck_assert_double_eq_tol(spread[0], 20.0 * 50.0 * 2.0 / 1000.0, 1e-12);
  ck_assert_double_eq_tol(spread[1], 2.0, 1e-12);
  ck_assert_double_eq_tol(spread[2], 2.0, 1e-12); /* over the joint, as the upper water says */
  ck_assert_double_eq(spread[4], 0.0);
  level[4] = m->cell_bed_m[4] + 0.005;
  eco__find_spread(m, 1, level, flow, spread);
  ck_assert_double_eq(spread[3], 0.0); /* less than 1 cm of water below */
  eco_model_destroy(m);
}
END_TEST

/* ---- t03: inlets ---- */

typedef struct inlet {
  double u, e, k, c0;
} inlet;

/* third-type inlet, k = 0 (t03, flux_inlet) */
static double flux_inlet(const inlet *p, double x, double t)
{
  double spread = 2.0 * sqrt(p->e * t), a = (x - p->u * t) / spread, b = (x + p->u * t) / spread, g = p->u * x / p->e;
  double far = b < 25 ? exp(g) * erfc(b) : exp(g - b * b) / (b * sqrt(PI)) * (1.0 - 0.5 / (b * b));
  return 0.5 * p->c0 *
         (erfc(a) + 2.0 * sqrt(p->u * p->u * t / (PI * p->e)) * exp(-a * a) - (1.0 + g + p->u * p->u * t / p->e) * far);
}

/* first-type inlet with decay (t03, continuous and conservative) */
static double fixed_inlet(const inlet *p, double x, double t)
{
  double v = sqrt(p->u * p->u + 4.0 * p->k * p->e), spread = 2.0 * sqrt(p->e * t);
  double a = (x - v * t) / spread, b = (x + v * t) / spread, back = (p->u + v) * x / (2.0 * p->e);
  double far = b < 25 ? exp(back) * erfc(b) : exp(back - b * b) / (b * sqrt(PI)) * (1.0 - 0.5 / (b * b));
  return 0.5 * p->c0 * (exp((p->u - v) * x / (2.0 * p->e)) * erfc(a) + far);
}

START_TEST(DSP_closed_forms_meet_the_published_values_of_t03)
{
  eco_reference t = eco_reference_read("water_t03_ade_sources.csv");
  size_t n = 0;
  for (size_t r = 0; r < t.n_rows; r++) {
    bool flux = eco_reference_is(&t, r, "variant", "flux_inlet"),
         plain = eco_reference_is(&t, r, "variant", "conservative");
    if (!flux && !plain && !eco_reference_is(&t, r, "variant", "continuous"))
      continue;
    inlet p = {0.4, 15.0, flux || plain ? 0.0 : 2e-5, 10.0};
    double x = eco_reference_number(&t, r, "x"), at = eco_reference_number(&t, r, "t");
    double wanted = eco_reference_number(&t, r, "value"), got = flux ? flux_inlet(&p, x, at) : fixed_inlet(&p, x, at);
    ck_assert_double_eq_tol(got, wanted, 1e-9);
    n++;
  }
  ck_assert_uint_eq(n, 81);
  eco_reference_free(&t);
}
END_TEST

/* Runs an inlet that is switched on at 0, cells of dx, to `time`, at about the Courant number; 200 cells of room
 * below. */
static channel *run_inlet(const inlet *p, double dx, double courant, double time, bool fixed)
{
  channel *c = make_inlet_channel((size_t)(p->u * time * 1.6 / dx) + 60, dx, p->e, fixed);
  size_t steps = (size_t)ceil(time * p->u / (courant * dx));
  double dt = time / (double)steps;
  for (size_t s = 0; s < steps; s++) {
    decay(c, exp(-0.5 * p->k * dt));
    step(c, dt, p->u, p->c0);
    decay(c, exp(-0.5 * p->k * dt));
  }
  return c;
}

/* L1 relative and the largest error over c0 against a closed form, cells as the mean of three points (Simpson). */
static void inlet_errors(channel *c, const inlet *p, double time, double (*form)(const inlet *, double, double),
                         double *l1, double *most)
{
  double error = 0, all = 0;
  *most = 0;
  for (size_t j = 0; j < c->n; j++) {
    double x = ((double)j + 0.5) * c->dx, h = 0.5 * c->dx;
    double wanted = (form(p, x - h, time) + 4.0 * form(p, x, time) + form(p, x + h, time)) / 6.0;
    double e = fabs(concentration(c, j) - wanted);
    error += e;
    all += wanted;
    *most = e / p->c0 > *most ? e / p->c0 : *most;
  }
  *l1 = error / all;
}

/* The head is a flux inlet: u C - E C_x = u C0. Marks of t03: L1 2e-3 and 5e-3 of C0 at Courant 0.9, 1e-2 at 5; at most
 * twice the cells' length of E/u apart. */
START_TEST(DSP_2_with_RMP_carries_the_flux_inlet_of_t03_within_its_marks)
{
  const inlet p = {0.4, 15.0, 0.0, 10.0};
  const double courants[] = {0.9, 5.0}, most_l1[] = {2e-3, 1e-2}, most_at[] = {5e-3, 2.5e-2};
  for (size_t k = 0; k < 2; k++)
    for (double time = 2500.0; time <= 20000.0; time *= 2) {
      double l1, most;
      channel *c = run_inlet(&p, 37.5, courants[k], time, false);
      inlet_errors(c, &p, time, flux_inlet, &l1, &most);
      ck_assert_msg(l1 <= most_l1[k] && most <= most_at[k], "Courant %g, %g s: L1 %.3g, largest %.3g", courants[k],
                    time, l1, most);
      free_channel(c);
    }
}
END_TEST

/* An inlet that is held fixed, against the first-type closed form with and without decay: marks of t03 as above, at Courant 0.2 too.
 * Over a flux inlet the same is ten times as far off. */
START_TEST(DSP_4_carries_the_fixed_inlet_of_t03_within_its_marks)
{
  const double courants[] = {0.2, 0.9, 5.0}, most_l1[] = {2e-3, 2e-3, 1e-2}, most_at[] = {5e-3, 5e-3, 2.5e-2};
  for (size_t k = 0; k < 6; k++)
    for (double time = 5000.0; time <= 20000.0; time *= 2) {
      const inlet p = {0.4, 15.0, k < 3 ? 0.0 : 2e-5, 10.0};
      double l1, most, flux, unused;
      channel *c = run_inlet(&p, 37.5, courants[k % 3], time, true),
              *d = run_inlet(&p, 37.5, courants[k % 3], time, false);
      inlet_errors(c, &p, time, fixed_inlet, &l1, &most);
      inlet_errors(d, &p, time, fixed_inlet, &flux, &unused);
      ck_assert_msg(l1 <= most_l1[k % 3] && most <= most_at[k % 3], "k %g, Courant %g, %g s: L1 %.3g, largest %.3g",
                    p.k, courants[k % 3], time, l1, most);
      ck_assert_double_le(5 * l1, flux);
      free_channel(c);
      free_channel(d);
    }
}
END_TEST

/* What comes in over it is told to the last digits, a constant stays, nothing is negative however strong the spreading: pulses
 * of one step into clean water, at E dt/dx^2 from 1e-3 to 1e4. */
START_TEST(DSP_4_counts_what_it_lets_in)
{
  enum { N = 40 };
  for (double strength = 1e-3; strength <= 1e4; strength *= 10) {
    channel *c = make_inlet_channel(N, 100.0, strength * 1e4, true),
            *even = make_inlet_channel(N, 100.0, strength * 1e4, true);
    double in = 0, out = 0;
    for (size_t j = 0; j < N; j++)
      *mass(even, j) = 7.0 * even->volume[j];
    for (int s = 0; s < 30; s++) {
      step(c, 1.0, 37.0, s % 7 == 0 ? 5.0 : 0.0);
      step(even, 1.0, 37.0, 7.0);
      in += (s % 7 == 0 ? 37.0 * 5.0 : 0.0) + c->block.inlet_g[0];
      out += c->block.left_g[0];
      for (size_t j = 0; j < N; j++) {
        ck_assert(*mass(c, j) >= 0 && concentration(c, j) <= 5.0 + 1e-12);
        ck_assert_double_eq_tol(concentration(even, j), 7.0, 7.0 * 4e-15 * (s + 1));
      }
    }
    ck_assert_double_eq_tol(in, out + total_mass(c), 1e-13 * 6 * 37 * 5 * (1 + strength)); /* of what goes to and fro */
    free_channel(c);
    free_channel(even);
  }
}
END_TEST

/* The published fixed inlet holds C = C0 at x = 0 and so lets in u C0 - E C_x, more than the flux inlet while the
 * front is near. Its front runs ahead by E/u^2 = 94 s, that is E/u = 37.5 m; what it has more in all is C0 E/u. */
START_TEST(DSP_2_lags_behind_the_fixed_inlet_by_E_over_u_squared)
{
  const inlet p = {0.4, 15.0, 0.0, 10.0};
  const double time = 20000.0;
  channel *c = run_inlet(&p, 37.5, 0.9, time, false);
  double more = 0;
  for (size_t j = 0; j < c->n; j++) {
    double x = ((double)j + 0.5) * c->dx, h = 0.5 * c->dx;
    more +=
      c->dx * ((fixed_inlet(&p, x - h, time) + 4.0 * fixed_inlet(&p, x, time) + fixed_inlet(&p, x + h, time)) / 6.0 -
               concentration(c, j));
  }
  ck_assert_double_eq_tol(more, p.c0 * p.e / p.u, 1e-3 * p.c0 * p.e / p.u);
  free_channel(c);
}
END_TEST

/* With decay and far behind the front the profile is steady: C0 2/(1 + m) exp((1 - m) u x/(2E)), m = sqrt(1 +
 * 4kE/u^2); the fixed inlet of t03 lacks the factor 2/(1 + m) = 0.9981. */
START_TEST(DSP_2_with_decay_meets_the_steady_profile_of_t03)
{
  const inlet p = {0.4, 15.0, 2e-5, 10.0};
  eco_reference t = eco_reference_read("water_t03_ade_sources.csv");
  channel *c = run_inlet(&p, 50.0, 0.9, 20000.0, false);
  double m = sqrt(1.0 + 4.0 * p.k * p.e / (p.u * p.u));
  for (size_t r = 0; r < t.n_rows; r++) {
    double x = eco_reference_number(&t, r, "x");
    if (!eco_reference_is(&t, r, "variant", "continuous") || !eco_reference_is(&t, r, "t", "20000") || x < 400 ||
        x > 4000)
      continue;
    size_t j = (size_t)(x / c->dx + 0.5); /* x is a face: the mean of its two cells differs by 1e-6 of the value */
    double here = 0.5 * (concentration(c, j - 1) + concentration(c, j));
    double wanted = eco_reference_number(&t, r, "value") * 2.0 / (1.0 + m);
    ck_assert_double_eq_tol(here, wanted, x <= 3000 ? 1e-4 * wanted : 2e-3 * wanted);
  }
  free_channel(c);
  eco_reference_free(&t);
}
END_TEST

/* ---- B1: pulses of six hours and of four hours' width over 200 km, an hour a step ---- */

static double pulse(double hours, bool gauss)
{
  double p = fmod(hours, 240.0);
  return gauss ? 10.0 * exp(-(p - 30.0) * (p - 30.0) / 32.0) : p >= 24 && p < 30 ? 10.0 : 0.0;
}

/* c(x, t) of a fixed inlet by superposition of first passages, steps of 60 s */
static double pulse_exact(double x, double t, bool gauss)
{
  const double u = 0.5, e = 20.0, k = 0.2 / 86400.0, dt = 60.0;
  double sum = 0;
  for (double tau = 0.5 * dt; tau < t; tau += dt) {
    double c = pulse((t - tau) / 3600.0, gauss), off = x - u * tau;
    if (c > 0)
      sum += c * x / sqrt(4.0 * PI * e * tau * tau * tau) * exp(-off * off / (4.0 * e * tau) - k * tau) * dt;
  }
  return sum;
}

typedef struct b1_result {
  double l1, peak, mass, shift_s;
} b1_result;

/* Section at 100 km, the first pulse: hours 30 to 150. */
static b1_result run_b1(double dx, bool gauss)
{
  channel *c = make_channel((size_t)(200000.0 / dx), dx, 20.0);
  const double half = exp(-0.5 * 0.2 / 24.0), from = 30, to = 150;
  const size_t at = (size_t)(100000.0 / dx) - 1;
  const double x = ((double)at + 0.5) * dx;
  double error = 0, all = 0, got = 0, peak = 0, peak_exact = 0, moment = 0, moment_exact = 0;
  for (int hour = 0; hour < (int)to; hour++) {
    double in = 0;
    for (int q = 0; q < 60; q++)
      in += pulse(hour + (q + 0.5) / 60.0, gauss) / 60.0;
    decay(c, half);
    step(c, 3600.0, 0.5, in);
    decay(c, half);
    if (hour < (int)from)
      continue;
    double now = hour + 1.0, e = pulse_exact(x, now * 3600.0, gauss), v = concentration(c, at);
    error += fabs(v - e);
    all += e;
    got += v;
    moment += v * now;
    moment_exact += e * now;
    peak = v > peak ? v : peak;
    peak_exact = e > peak_exact ? e : peak_exact;
  }
  free_channel(c);
  return (b1_result){error / all, peak / peak_exact, got / all, 3600.0 * (moment / got - moment_exact / all)};
}

/* The aim for an hour and a kilometre is an L1 of 0.10 (programs in use keep 27 to 44 % of the square's peak). The
 * marks are what was measured, a quarter above. A flux inlet brings everything E/u^2 = 80 s later than the closed
 * form's fixed one: at the Gauss's slope that alone is an L1 of 80 s / 4 h 0.8 = 0.004. */
START_TEST(RMP_DSP_carry_the_pulses_of_B1_at_an_hour_a_step)
{
  const struct {
    double dx;
    bool gauss;
    double l1, peak;
  } cases[] = {
    {1000, false, 0.010, 0.99}, {1000, true, 0.0076, 0.99}, {250, false, 0.0085, 0.99}, {250, true, 0.0072, 0.99}};
  for (size_t k = 0; k < 4; k++) {
    b1_result r = run_b1(cases[k].dx, cases[k].gauss);
    ck_assert_msg(r.l1 <= cases[k].l1 && r.peak >= cases[k].peak && r.peak <= 1.01, "%s, %g m: L1 %.4f, peak %.4f",
                  cases[k].gauss ? "gauss" : "square", cases[k].dx, r.l1, r.peak);
    ck_assert_double_eq_tol(r.mass, 1.0, 5e-4);
    ck_assert_double_eq_tol(r.shift_s, 80.0, 5.0);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("dispersion");
  TCase *all = tcase_create("all");
  tcase_add_test(all, DSP_2_spreads_a_gaussian_with_second_order_in_time_and_space);
  tcase_add_test(all, DSP_2_is_of_second_order_in_time_alone);
  tcase_add_test(all, DSP_3_stays_positive_without_new_extrema_however_strong_the_spreading);
  tcase_add_test(all, DSP_2_keeps_a_constant);
  tcase_add_test(all, DSP_1_is_worked_by_hand);
  tcase_add_test(all, DSP_1_is_found_at_the_faces_of_a_reach);
  tcase_add_test(all, DSP_closed_forms_meet_the_published_values_of_t03);
  tcase_add_test(all, DSP_2_with_RMP_carries_the_flux_inlet_of_t03_within_its_marks);
  tcase_add_test(all, DSP_4_carries_the_fixed_inlet_of_t03_within_its_marks);
  tcase_add_test(all, DSP_4_counts_what_it_lets_in);
  tcase_add_test(all, DSP_2_lags_behind_the_fixed_inlet_by_E_over_u_squared);
  tcase_add_test(all, DSP_2_with_decay_meets_the_steady_profile_of_t03);
  tcase_add_test(all, RMP_DSP_carry_the_pulses_of_B1_at_an_hour_a_step);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
