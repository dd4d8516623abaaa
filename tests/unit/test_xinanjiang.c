/* test_xinanjiang.c -- a day worked by hand, the capacity curves against a numerical integration of their own, limits. */
#include "land/land.h"
#include "suite.h"

#include <float.h>
#include <math.h>

enum { LANES = 7 };

static const eco__xinanjiang_params hills = {.upper_mm = 20.0,
                                             .lower_mm = 60.0,
                                             .deep_mm = 40.0,
                                             .deep_share = 0.2,
                                             .exponent = 1.0,
                                             .free_mm = 20.0,
                                             .free_exponent = 1.0,
                                             .interflow_share = 0.3,
                                             .groundwater_share = 0.4,
                                             .crop_factor = 1.0};

typedef struct land {
  double upper, lower, deep, free;
  double surface, interflow, groundwater, et;
} land;

static void day(land *w, const eco__xinanjiang_params *params, double rain, double evap)
{
  eco__xinanjiang_state state = {&w->upper, &w->lower, &w->deep, &w->free};
  eco__xinanjiang_day(1, params, &rain, &evap, state, &w->surface, &w->interflow, &w->groundwater, &w->et);
}

static double soil(const land *w)
{
  return w->upper + w->lower + w->deep;
}

/* what ran off the soil, before free water: XAJ-5 */
static double runoff(const land *before, const land *after, double rain)
{
  return rain - after->et - (soil(after) - soil(before));
}

START_TEST(XAJ_3_XAJ_5_XAJ_7_XAJ_8_of_a_wet_day_are_worked_by_hand)
{
  /* W 90 of 120 mm, net rain 24 mm, B = 1: sqrt(30 / 120) = 0.5, 24 / 240 = 0.1: infiltration 30 - 120 x 0.4^2 = 10.8,
   * runoff 13.2 mm, from 0.55 of the land. Free water 5.5 mm there is 10 mm deep of 20: EX = 1, takes
   * 10 - 20 (sqrt(0.5) - 24 / 40)^2 of 24 mm */
  land w = {.upper = 15.0, .lower = 45.0, .deep = 30.0, .free = 5.5};
  day(&w, &hills, 28.0, 4.0);
  double left = sqrt(0.5) - 0.6, took = 0.55 * (10.0 - 20.0 * left * left);
  ck_assert_double_eq_tol(w.et, 4.0, 1e-13);
  ck_assert_double_eq_tol(w.upper, 20.0, 1e-13);
  ck_assert_double_eq_tol(w.lower, 50.8, 1e-13);
  ck_assert_double_eq_tol(w.deep, 30.0, 1e-13);
  ck_assert_double_eq_tol(w.surface, 13.2 - took, 1e-12);
  ck_assert_double_eq_tol(w.surface, 7.8261904, 1e-7);
  ck_assert_double_eq_tol(w.interflow, 0.3 * (5.5 + took), 1e-12);
  ck_assert_double_eq_tol(w.groundwater, 0.4 * (5.5 + took), 1e-12);
  ck_assert_double_eq_tol(w.free, 0.3 * (5.5 + took), 1e-12);
}
END_TEST

START_TEST(XAJ_1_XAJ_2_dry_the_layers_from_above)
{
  land w = {.upper = 3.0, .lower = 45.0, .deep = 30.0}; /* rain 2 and upper 3 of 10; lower 5 x 45 / 60 */
  day(&w, &hills, 2.0, 10.0);
  ck_assert_double_eq_tol(w.et, 5.0 + 3.75, 1e-14);
  ck_assert_double_eq_tol(w.upper, 0.0, 1e-14);
  ck_assert_double_eq_tol(w.lower, 41.25, 1e-14);
  ck_assert_double_eq(w.deep, 30.0);
  w = (land){.lower = 9.0, .deep = 30.0}; /* below C W_LM = 12: C x 10 = 2 of it */
  day(&w, &hills, 0.0, 10.0);
  ck_assert_double_eq_tol(w.et, 2.0, 1e-14);
  ck_assert_double_eq_tol(w.lower, 7.0, 1e-14);
  w = (land){.lower = 1.5, .deep = 30.0}; /* all of it, the rest of 2 from below */
  day(&w, &hills, 0.0, 10.0);
  ck_assert_double_eq_tol(w.et, 2.0, 1e-14);
  ck_assert_double_eq(w.lower, 0.0);
  ck_assert_double_eq_tol(w.deep, 29.5, 1e-14);
  w = (land){.deep = 0.3};
  day(&w, &hills, 0.0, 10.0);
  ck_assert_double_eq_tol(w.et, 0.3, 1e-14);
  ck_assert_double_eq(w.deep, 0.0);
  /* XAJ-2 at exactly C W_LM: both rules give C x 10 */
  w = (land){.lower = 12.0};
  day(&w, &hills, 0.0, 10.0);
  ck_assert_double_eq_tol(w.et, 2.0, 1e-14);
}
END_TEST

/* int_from^to of (1 - w / top)^b dw by Simpson's rule in t, 1 - w / top = t^8: smooth, so that 600 parts leave about
 * 600^-4 x 8^4 / 180 of it, 2e-10 */
static double integral(double top, double b, double from, double to)
{
  enum { PARTS = 600 };
  double low = pow(1.0 - fmin(to / top, 1.0), 0.125), high = pow(1.0 - fmin(from / top, 1.0), 0.125), sum = 0.0;
  for (int k = 0; k <= PARTS; k++) {
    double t = low + (high - low) * k / PARTS, weight = k == 0 || k == PARTS ? 1.0 : k % 2 ? 4.0 : 2.0;
    sum += weight * 8.0 * pow(t, 7.0) * pow(pow(t, 8.0), b);
  }
  return top * sum * (high - low) / (3.0 * PARTS);
}

/* What a curve takes of a depth q, by that integral and bisection for where it stands. */
static double takes(double most, double b, double filled, double q)
{
  double top = most * (1.0 + b), low = 0.0, high = top;
  for (int k = 0; k < 200; k++) {
    double middle = 0.5 * (low + high);
    if (integral(top, b, 0.0, middle) < filled)
      low = middle;
    else
      high = middle;
  }
  return integral(top, b, low, fmin(low + q, top));
}

START_TEST(XAJ_4_XAJ_5_XAJ_6_XAJ_7_agree_with_curves_integrated_by_parts)
{
  for (uint32_t k = 0; k < 60; k++) {
    eco__xinanjiang_params p = hills;
    p.exponent = 0.05 + 1.5 * eco__uniform(7, k, 1, 0);
    p.free_exponent = 0.5 + 1.5 * eco__uniform(7, k, 2, 0);
    land w = {.upper = 20.0 * eco__uniform(7, k, 3, 0),
              .lower = 60.0 * eco__uniform(7, k, 4, 0),
              .deep = 40.0 * eco__uniform(7, k, 5, 0),
              .free = 15.0 * eco__uniform(7, k, 6, 0)},
         was = w;
    double net = 120.0 * eco__uniform(7, k, 7, 0), infiltrated = takes(120.0, p.exponent, soil(&w), net);
    double ran = net - infiltrated, area = fmin(1.0, fmax(ran / net, was.free / 20.0));
    double took = area * takes(20.0, p.free_exponent, was.free / area, ran / area);
    day(&w, &p, net, 0.0);
    /* lengths of 1e2 mm times 1e-9; bisection ends at rounding. Near a full soil the depth is the root of a small
     * room: its error is that of the integral over its slope, which is not below 0.05 here */
    ck_assert_double_eq_tol(runoff(&was, &w, net), ran, 1e-5);
    ck_assert_double_eq_tol(w.surface, ran - took, 2e-5);
    ck_assert_double_eq_tol(w.free + w.interflow + w.groundwater, was.free + took, 2e-5);
  }
}
END_TEST

START_TEST(XAJ_5_without_an_exponent_is_one_bucket)
{
  eco__xinanjiang_params p = hills;
  p.exponent = 0.0;
  static const double rains[4] = {29.0, 30.0, 31.0, 80.0}; /* room for 30 */
  for (int k = 0; k < 4; k++) {
    land w = {.upper = 15.0, .lower = 45.0, .deep = 30.0}, was = w;
    day(&w, &p, rains[k], 0.0);
    ck_assert_double_eq_tol(runoff(&was, &w, rains[k]), fmax(0.0, rains[k] - 30.0), 1e-12);
  }
  land almost = {.upper = 15.0, .lower = 45.0, .deep = 30.0}, near = almost;
  p.exponent = 1e-9; /* and the limit is smooth: WMM grows by 1e-9 of 120 mm, times the logarithm of the room */
  day(&near, &p, 40.0, 0.0);
  ck_assert_double_eq_tol(runoff(&almost, &near, 40.0), 10.0, 1e-5);
}
END_TEST

START_TEST(XAJ_5_rain_that_just_fills_the_soil)
{
  /* the wettest place has room WMM - A: with P_E + A = WMM all is full, and runoff is P_E - (WM - W) */
  land w = {.upper = 15.0, .lower = 45.0, .deep = 30.0}, was = w;
  double a = 240.0 * (1.0 - 0.5), rain = 240.0 - a;
  day(&w, &hills, rain, 0.0);
  ck_assert_double_eq_tol(soil(&w), 120.0, 1e-12);
  ck_assert_double_eq_tol(runoff(&was, &w, rain), rain - 30.0, 1e-12);
  land full = w; /* a full soil sheds all */
  day(&w, &hills, 5.0, 0.0);
  ck_assert_double_eq_tol(runoff(&full, &w, 5.0), 5.0, 1e-12);
  ck_assert_double_eq_tol(soil(&w), 120.0, 1e-12);
}
END_TEST

START_TEST(XAJ_9_XAJ_7_at_the_ends_of_their_ranges)
{
  eco__xinanjiang_params paved = hills, plain = hills;
  paved.impervious_share = 1.0;
  land w = {.upper = 5.0, .lower = 5.0, .deep = 5.0};
  day(&w, &paved, 12.0, 3.0);
  ck_assert_double_eq(w.surface, 9.0);
  ck_assert_double_eq(w.interflow + w.groundwater, 0.0);
  ck_assert_double_eq(w.et, 3.0);
  plain.free_mm = 0.0; /* no free water: all runoff is surface runoff */
  land none = {.upper = 15.0, .lower = 45.0, .deep = 30.0}, was = none;
  day(&none, &plain, 28.0, 4.0);
  ck_assert_double_eq_tol(none.surface, 13.2, 1e-12);
  ck_assert_double_eq(none.interflow + none.groundwater + none.free, 0.0);
  day(&was, &hills, 0.0, 0.0); /* no rain, no evaporation: nothing moves */
  ck_assert_double_eq(soil(&was), 90.0);
  ck_assert_double_eq(was.surface + was.et, 0.0);
}
END_TEST

START_TEST(XAJ_5_XAJ_6_more_rain_is_no_less_runoff)
{
  for (uint32_t k = 0; k < 400; k++) {
    eco__xinanjiang_params p = hills;
    p.exponent = 2.0 * eco__uniform(3, k, 1, 0);
    p.free_exponent = 2.0 * eco__uniform(3, k, 2, 0);
    p.free_mm = 60.0 * eco__uniform(3, k, 3, 0);
    land start = {.upper = 20.0 * eco__uniform(3, k, 4, 0),
                  .lower = 60.0 * eco__uniform(3, k, 5, 0),
                  .deep = 40.0 * eco__uniform(3, k, 6, 0)};
    start.free = p.free_mm * eco__uniform(3, k, 7, 0);
    double before = 0.0, before_out = 0.0;
    for (int rain = 0; rain <= 300; rain++) {
      land w = start;
      day(&w, &p, rain, 3.0);
      double ran = runoff(&start, &w, rain), out = w.surface + w.interflow + w.groundwater;
      ck_assert_msg(rain == 0 || ran >= before - 1e-12, "%d mm: %.17g after %.17g", rain, ran, before);
      ck_assert_msg(rain == 0 || ran <= before + 1.0 + 1e-12, "%d mm: %.17g after %.17g", rain, ran, before);
      /* nor does less leave the land on the day: free water takes at most what it gives later */
      ck_assert_msg(rain == 0 || out >= before_out - 1e-12, "%d mm: %.17g out after %.17g", rain, out, before_out);
      before = ran;
      before_out = out;
    }
  }
}
END_TEST

START_TEST(XAJ_balance_closes_and_no_store_leaves_its_bounds)
{
  for (uint32_t k = 0; k < 40; k++) {
    eco__xinanjiang_params p = {.upper_mm = 1.0 + 40.0 * eco__uniform(9, k, 1, 0),
                                .lower_mm = 1.0 + 100.0 * eco__uniform(9, k, 2, 0),
                                .deep_mm = 1.0 + 80.0 * eco__uniform(9, k, 3, 0),
                                .deep_share = eco__uniform(9, k, 4, 0),
                                .exponent = 3.0 * eco__uniform(9, k, 5, 0),
                                .impervious_share = k % 4 == 0 ? 0.0 : eco__uniform(9, k, 6, 0),
                                .free_mm = k % 5 == 0 ? 0.0 : 60.0 * eco__uniform(9, k, 7, 0),
                                .free_exponent = 2.0 * eco__uniform(9, k, 8, 0),
                                .interflow_share = 0.5 * eco__uniform(9, k, 9, 0),
                                .groundwater_share = 0.4999 * eco__uniform(9, k, 10, 0),
                                .crop_factor = 1.5 * eco__uniform(9, k, 11, 0)};
    land w = {0};
    double pervious = 1.0 - p.impervious_share;
    for (uint64_t n = 0; n < 3000; n++) {
      double u = eco__uniform(9, k, 12, n), rain = u < 0.6 ? 0.0 : -20.0 * log((1.0 - u) / 0.4);
      double evap = 9.0 * eco__uniform(9, k, 13, n), before = pervious * (soil(&w) + w.free);
      rain = rain > 0.0 ? rain : 0.0;
      day(&w, &p, rain, evap);
      double after = pervious * (soil(&w) + w.free);
      double fault = before + rain - (w.surface + w.interflow + w.groundwater + w.et + after);
      /* some 30 sums, each rounded to half a last digit of all the water there is */
      if (!(fabs(fault) <= 30.0 * DBL_EPSILON * (before + rain + 1.0)))
        ck_abort_msg("%g mm of %g", fault, before + rain);
      double slack = 4.0 * DBL_EPSILON;
      bool inside = w.upper >= 0.0 && w.upper <= p.upper_mm * (1.0 + slack) && w.lower >= 0.0 &&
                    w.lower <= p.lower_mm * (1.0 + slack) && w.deep >= 0.0 && w.deep <= p.deep_mm * (1.0 + slack) &&
                    w.free >= 0.0 && w.free <= p.free_mm * (1.0 + slack);
      if (!inside || !(w.surface >= 0.0 && w.interflow >= 0.0 && w.groundwater >= 0.0 && w.et >= 0.0))
        ck_abort_msg("%g %g %g %g", w.upper, w.lower, w.deep, w.free);
    }
  }
}
END_TEST

START_TEST(XAJ_lanes_do_not_feel_each_other)
{
  double rows[4][LANES], out[4][LANES], alone[4], alone_out[4], rain[LANES], evap[LANES];
  for (uint32_t i = 0; i < LANES; i++) {
    rain[i] = 10.0 * i;
    evap[i] = 7.0 - i;
    for (int k = 0; k < 4; k++)
      rows[k][i] = 3.0 * (k + 1) + i;
  }
  double start[4][LANES];
  for (int k = 0; k < 4; k++)
    for (int i = 0; i < LANES; i++)
      start[k][i] = rows[k][i];
  eco__xinanjiang_day(LANES, &hills, rain, evap, (eco__xinanjiang_state){rows[0], rows[1], rows[2], rows[3]}, out[0],
                      out[1], out[2], out[3]);
  for (int i = 0; i < LANES; i++) {
    for (int k = 0; k < 4; k++)
      alone[k] = start[k][i];
    eco__xinanjiang_day(1, &hills, &rain[i], &evap[i],
                        (eco__xinanjiang_state){&alone[0], &alone[1], &alone[2], &alone[3]}, &alone_out[0],
                        &alone_out[1], &alone_out[2], &alone_out[3]);
    for (int k = 0; k < 4; k++) {
      ck_assert_mem_eq(&alone[k], &rows[k][i], sizeof(double));
      ck_assert_mem_eq(&alone_out[k], &out[k][i], sizeof(double));
    }
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("xinanjiang");
  TCase *all = tcase_create("all");
  tcase_add_test(all, XAJ_3_XAJ_5_XAJ_7_XAJ_8_of_a_wet_day_are_worked_by_hand);
  tcase_add_test(all, XAJ_1_XAJ_2_dry_the_layers_from_above);
  tcase_add_test(all, XAJ_4_XAJ_5_XAJ_6_XAJ_7_agree_with_curves_integrated_by_parts);
  tcase_add_test(all, XAJ_5_without_an_exponent_is_one_bucket);
  tcase_add_test(all, XAJ_5_rain_that_just_fills_the_soil);
  tcase_add_test(all, XAJ_9_XAJ_7_at_the_ends_of_their_ranges);
  tcase_add_test(all, XAJ_5_XAJ_6_more_rain_is_no_less_runoff);
  tcase_add_test(all, XAJ_balance_closes_and_no_store_leaves_its_bounds);
  tcase_add_test(all, XAJ_lanes_do_not_feel_each_other);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
