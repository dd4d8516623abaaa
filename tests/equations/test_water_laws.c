/* test_water_laws.c -- WAT-1, WAT-2 and WAT-9: the published values, the equations they claim to solve, their slopes. */
#include "reference.h"
#include "slopes.h"
#include "support/suite.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define SEED 7u

static const double no_lean = 0;

static double draw(uint32_t stream, uint64_t index, double low, double high)
{
  return low + (high - low) * eco__uniform(SEED, 0, stream, index);
}

static double draw_log(uint32_t stream, uint64_t index, double low, double high)
{
  return low * pow(high / low, eco__uniform(SEED, 0, stream, index));
}

/* ---- R^(-1/3) inside the loops */

START_TEST(the_inverse_cube_root_is_good_to_a_few_roundings)
{
  double worst = 0;
  for (uint64_t k = 0; k < 20000; k++) {
    double x = draw_log(1, k, 1e-60, 1e60);
    worst = fmax(worst, fabs(eco__inverse_cbrt(x) * cbrt(x) - 1));
  }
  ck_assert_double_le(worst, 4 * DBL_EPSILON);
}
END_TEST

/* ---- channels */

typedef struct section {
  double area, top, wetted;
} section;

static section section_at(const eco__shape *s, double y)
{
  return (section){y * (s->width_m + s->side_slope * y), s->width_m + 2 * s->side_slope * y,
                   s->width_m + 2 * y * sqrt(1 + s->side_slope * s->side_slope)};
}

/* With the speed of the step before; nothing held back. */
static eco__flow channel(const eco__face *face, double dt_s, double up, double down, double speed)
{
  eco__flow f;
  double hold = 1, lean = 0, area;
  eco__channel c = {.n = 1,
                    .level_up_m = &up,
                    .level_down_m = &down,
                    .drive = &speed,
                    .hold = &hold,
                    .lean = &lean,
                    .q = &f.q,
                    .q_up = &f.q_up,
                    .q_down = &f.q_down,
                    .area_m2 = &area};
  eco__channel_flow(face, dt_s, &c);
  return f;
}

/* WAT-9, with the direction of the flow. */
static double depth_of(const eco__face *f, double up, double down, double speed, double dt_s)
{
  double seen = fmax(down, f->floor_m), fall = up - seen, yu = fmax(up - f->bed_up_m, 0),
         yd = fmax(seen - f->bed_down_m, 0);
  bool runs_down = speed + 9.81 * dt_s * fall / f->distance_m >= 0;
  double from = runs_down ? yu : yd, to = runs_down ? yd : yu;
  double reach = fabs(fall) + fmax(to - from, 0); /* the bed's fall where the water gets deeper along the flow */
  double share = reach == 0 ? 0.5 : fmin(0.5, 3.0 / 16 * fmin(from, 0.5 * (from + to)) / reach);
  return fmin(from + share * (to - from), 2 * from);
}

static eco__face random_face(uint64_t k)
{
  eco__face f = {.law = ECO__CHANNEL, .floor_m = -1e30};
  f.shape = f.shape_down =
    (eco__shape){draw_log(10, k, 0.5, 200), draw(11, k, 0, 4), draw(12, k, 0.015, 0.08), NULL, NAN};
  f.distance_m = draw_log(13, k, 50, 5000);
  f.bed_up_m = draw(14, k, 0, 0.5);
  f.bed_down_m = 0.0;
  return f;
}

/* The speed solves the momentum equation it is the closed form of. Some ten roundings in the terms, of which the largest may
 * cancel: 1e-13 of the sum of their sizes. */
START_TEST(WAT_1_solves_the_momentum_equation)
{
  for (uint64_t k = 0; k < 5000; k++) {
    eco__face f = random_face(k);
    double dt = draw_log(20, k, 1, 86400), before = draw(21, k, -2, 2);
    double up = f.bed_up_m + draw_log(22, k, 0.01, 8), down = draw_log(23, k, 0.01, 8);
    section s = section_at(&f.shape, depth_of(&f, up, down, before, dt));
    double slope = (up - down) / f.distance_m, radius = s.area / s.wetted;
    double u = channel(&f, dt, up, down, before).q / s.area;
    double terms[] = {-u, before, 9.81 * dt * slope,
                      -9.81 * dt * f.shape.manning_n * f.shape.manning_n * fabs(u) * u / pow(radius, 4.0 / 3.0)};
    double sum = 0, size = 0;
    for (size_t j = 0; j < 4; j++) {
      sum += terms[j];
      size += fabs(terms[j]);
    }
    ck_assert_double_le(fabs(sum), 1e-13 * size);
  }
}
END_TEST

/* What stays the same from step to step is Manning's flow at the surface slope, whatever the step. */
START_TEST(WAT_1_at_rest_is_the_flow_of_Manning)
{
  for (uint64_t k = 0; k < 500; k++) {
    eco__face f = random_face(k);
    double fall = draw_log(30, k, 0.01, 2), up = f.bed_up_m + draw_log(31, k, 0.1, 6), down = up - fall;
    section s = section_at(&f.shape, depth_of(&f, up, down, 0, 1));
    double manning = pow(s.area / s.wetted, 2.0 / 3.0) * sqrt(fall / f.distance_m) / f.shape.manning_n;
    double u = channel(&f, draw_log(32, k, 60, 86400), up, down, manning).q / s.area;
    ck_assert_double_eq_tol(u / manning, 1.0, 1e-12); /* up - down has lost up to 1e-15 / 0.01 */
    u = channel(&f, 1e12, up, down, 0).q / s.area;
    ck_assert_double_eq_tol(u / manning, 1.0, 1e-6); /* inertia: u/(g S dt) of 1e-12 relative and less */
  }
}
END_TEST

/* The discharge at normal depth of f01; the depth there has 16 digits, of which celerity/velocity * 1e-16 stay. */
START_TEST(WAT_2_gives_the_discharge_of_the_published_depths)
{
  const struct {
    const char *variant;
    double width, side, roughness, slope, flow;
  } cases[] = {{"rect", 20, 0, 0.03, 0.0005, 100},
               {"trap", 10, 2, 0.025, 0.001, 20},
               {"tri", 0, 1.5, 0.02, 0.0008, 3},
               {"canal_flat", 30, 2, 0.0225, 5e-5, 80}};
  eco_reference table = eco_reference_read("water_f01_uniform_manning.csv");
  size_t seen = 0;
  for (size_t row = 0; row < table.n_rows; row++)
    for (size_t k = 0; k < 4; k++) {
      if (!eco_reference_is(&table, row, "variant", cases[k].variant) ||
          !eco_reference_is(&table, row, "quantity", "normal_depth"))
        continue;
      eco__face f = {.law = ECO__NORMAL,
                     .slope = cases[k].slope,
                     .bed_up_m = 0,
                     .shape = {cases[k].width, cases[k].side, cases[k].roughness, NULL, NAN}};
      double y = eco_reference_number(&table, row, "value"), q, q_up;
      eco__normal_flow(1, &f, &y, &no_lean, &q, &q_up);
      ck_assert_double_eq_tol(q / cases[k].flow, 1.0, 1e-14);
      seen++;
    }
  ck_assert_uint_eq(seen, 4);
  /* celerity of f01: (1/T) dQ/dy */
  for (size_t row = 0; row < table.n_rows; row++) {
    if (!eco_reference_is(&table, row, "quantity", "kinematic_celerity"))
      continue;
    for (size_t k = 0; k < 4; k++)
      if (eco_reference_is(&table, row, "variant", cases[k].variant)) {
        eco__face f = {.law = ECO__NORMAL,
                       .slope = cases[k].slope,
                       .shape = {cases[k].width, cases[k].side, cases[k].roughness, NULL, NAN}};
        double depth = 0, q, q_up;
        for (size_t other = 0; other < table.n_rows; other++)
          if (eco_reference_is(&table, other, "variant", cases[k].variant) &&
              eco_reference_is(&table, other, "quantity", "normal_depth"))
            depth = eco_reference_number(&table, other, "value");
        eco__normal_flow(1, &f, &depth, &no_lean, &q, &q_up);
        double celerity = q_up / section_at(&f.shape, depth).top;
        ck_assert_double_eq_tol(celerity / eco_reference_number(&table, row, "value"), 1.0, 1e-14);
      }
  }
  eco_reference_free(&table);
}
END_TEST

/* ---- slopes against central differences */

typedef struct channel_with {
  eco__face face;
  double dt_s, before;
} channel_with;

static eco__flow channel_law(const void *with, double up, double down)
{
  const channel_with *c = with;
  return channel(&c->face, c->dt_s, up, down, c->before);
}

enum { KINKS = 10 };
static void channel_kinks(const channel_with *c, double up, double down, double out[KINKS])
{
  const eco__face *f = &c->face;
  double seen = fmax(down, f->floor_m), yu = fmax(up - f->bed_up_m, 0), yd = fmax(seen - f->bed_down_m, 0);
  double fall = up - seen, force = c->before + 9.81 * c->dt_s * fall / f->distance_m;
  double from = force >= 0 ? yu : yd, to = force >= 0 ? yd : yu;
  out[0] = fall;
  out[1] = force * f->distance_m / (9.81 * c->dt_s);
  out[2] = down - f->floor_m;
  out[3] = up - f->bed_up_m;
  out[4] = seen - f->bed_down_m;
  out[5] = 3.0 / 8 * fmin(from, 0.5 * (from + to)) - fabs(fall) - fmax(to - from, 0);
  out[6] = depth_of(f, up, down, c->before, c->dt_s) - 2 * from;
  out[7] = yu - 1e-8;
  out[8] = yd - 1e-8;
  out[9] = from - to;
}

/* Random states: levels far apart and close, films, with a floor and with flow against the slope. */
START_TEST(WAT_1_and_WAT_9_have_the_slopes_they_say)
{
  size_t checked = 0;
  for (uint64_t k = 0; k < 20000; k++) {
    channel_with c = {random_face(k), draw_log(40, k, 10, 86400), k % 3 == 0 ? draw(41, k, -2, 2) : 0};
    if (k % 4 == 0)
      c.face.floor_m = draw(42, k, -1, c.face.bed_up_m);
    double up = c.face.bed_up_m + draw_log(43, k, 1e-3, 5);
    double down = k % 2 ? up + draw(44, k, -0.02, 0.02) : draw_log(45, k, 1e-3, 5);
    double kinks[KINKS];
    channel_kinks(&c, up, down, kinks);
    if (eco_test_near_kink(kinks, KINKS))
      continue;
    (void)eco_test_slopes(channel_law, &c, up, down);
    checked++;
  }
  ck_assert_uint_gt(checked, 15000);
}
END_TEST

static eco__flow normal_law(const void *with, double up, double down)
{
  (void)down;
  eco__flow f = {0};
  eco__normal_flow(1, with, &up, &no_lean, &f.q, &f.q_up);
  return f;
}

START_TEST(WAT_2_has_the_slope_it_says_and_rises)
{
  for (uint64_t k = 0; k < 2000; k++) {
    eco__face f = random_face(k);
    f.law = ECO__NORMAL;
    f.slope = draw_log(50, k, 1e-6, 0.05);
    double y = draw_log(51, k, 1e-5, 10), kink = y - 1e-4;
    if (eco_test_near_kink(&kink, 1))
      continue;
    ck_assert_double_eq(eco_test_slopes(normal_law, &f, f.bed_up_m + y, -10), 0);
  }
}
END_TEST

/* From 5 cm of water on a rise of the upper level never lowers the flow and a rise of the lower never raises it. */
START_TEST(WAT_1_is_monotone_where_there_is_water)
{
  for (uint64_t k = 0; k < 20000; k++) {
    channel_with c = {random_face(k), draw_log(60, k, 10, 86400), 0};
    double up = c.face.bed_up_m + draw_log(61, k, 0.05, 5);
    double down = k % 2 ? up + draw(62, k, -0.02, 0.02) : draw_log(63, k, 0.05, 5);
    double kinks[KINKS];
    channel_kinks(&c, up, down, kinks);
    if (eco_test_near_kink(kinks, KINKS) || down < 0.05)
      continue;
    double below = eco_test_slopes(channel_law, &c, up, down);
    ck_assert_msg(below <= 1e-9, "falls by %g of its slope at depths %g and %g, fall %g", below, up - c.face.bed_up_m,
                  down, up - down);
  }
}
END_TEST

/* Continuous where the flow turns, and there the depth of the middle of the face. */
START_TEST(WAT_9_is_the_middle_where_the_flow_turns)
{
  eco__face f = {.law = ECO__CHANNEL,
                 .floor_m = -1e30,
                 .distance_m = 1000,
                 .bed_up_m = 0.2,
                 .bed_down_m = 0,
                 .shape = {20, 1, 0.03, NULL, NAN}};
  for (int k = -20; k <= 20; k++) {
    double up = 1.0, down = 1.0 + 1e-13 * k;
    double q = channel(&f, 3600, up, down, 0).q;
    /* |Q| = K sqrt(|fall| / dx) or g dt A fall/dx, the smaller: 9.81 * 3600 * 17 * 2e-12 / 1000 */
    ck_assert_double_le(fabs(q), 2e-9);
  }
  for (int side = -1; side <= 1; side += 2) {
    double fall = side * 1e-9, q = channel(&f, 10, 1.0, 1.0 - fall, 0).q;
    section s = section_at(&f.shape, 0.9);
    ck_assert_double_eq_tol(q / (9.81 * 10 * s.area * fall / 1000), 1.0, 1e-3);
  }
}
END_TEST

/* A cell that is nearly dry gives in proportion to its depth, also into a deep one and against the fall. */
START_TEST(WAT_9_takes_no_more_than_twice_the_depth_that_gives)
{
  eco__face f = {.law = ECO__CHANNEL,
                 .floor_m = -1e30,
                 .distance_m = 100,
                 .bed_up_m = 1,
                 .bed_down_m = 0,
                 .shape = {10, 0, 0.03, NULL, NAN}};
  for (double y = 1e-12; y < 1e-2; y *= 10)
    for (int k = 0; k < 3; k++) {
      double down = k == 0 ? 0.2 : k == 1 ? 1.0 : 3.0, speed = k == 2 ? 500 : 0.1;
      double q = channel(&f, 60, 1 + y, down, speed).q;
      ck_assert_double_ge(q, 0);
      ck_assert_double_le(q, 2 * y * 10 * (speed + 9.81 * 60 * fmax(0, 1 + y - down) / 100));
    }
}
END_TEST

START_TEST(a_dry_side_gives_nothing)
{
  eco__face f = {.law = ECO__CHANNEL,
                 .floor_m = -1e30,
                 .distance_m = 500,
                 .bed_up_m = 2,
                 .bed_down_m = 1,
                 .shape = {10, 1, 0.03, NULL, NAN}};
  ck_assert_double_eq(channel(&f, 3600, 2.0, 1.0, 5).q, 0); /* both dry */
  ck_assert_double_eq(channel(&f, 3600, 2.0, 0.5, 0).q, 0); /* upper dry */
  ck_assert_double_eq(channel(&f, 3600, 1.5, 0.5, 0).q, 0); /* level below the bed, as an iteration may have it */
  ck_assert_double_lt(channel(&f, 3600, 2.0, 3.0, 0).q, 0); /* water enters a dry cell from below */
  double y = 2.0, q, q_up;
  eco__normal_flow(1, &f, &y, &no_lean, &q, &q_up);
  ck_assert_double_eq(q, 0);
}
END_TEST

/* ---- lanes */

START_TEST(a_law_over_many_lanes_has_the_bits_of_one)
{
  enum { LANES = 17 };
  double up[LANES], down[LANES], before[LANES], hold[LANES], q[LANES], q_up[LANES], q_down[LANES], area[LANES],
    lean[LANES] = {0};
  eco__face f = random_face(3);
  f.slope = 1e-4;
  for (size_t l = 0; l < LANES; l++) {
    up[l] = f.bed_up_m + draw_log(95, l, 1e-5, 5);
    down[l] = l % 2 ? up[l] + draw(96, l, -0.01, 0.01) : draw_log(97, l, 1e-5, 5);
    before[l] = draw(98, l, -1, 1);
    hold[l] = 1;
  }
  const size_t widths[] = {1, 3, 8, 17};
  for (size_t k = 0; k < 4; k++)
    for (size_t first = 0; first < LANES; first += widths[k]) {
      size_t n = widths[k] < LANES - first ? widths[k] : LANES - first;
      eco__channel c = {.n = n,
                        .level_up_m = up + first,
                        .level_down_m = down + first,
                        .drive = before + first,
                        .hold = hold,
                        .lean = lean,
                        .q = q,
                        .q_up = q_up,
                        .q_down = q_down,
                        .area_m2 = area};
      eco__channel_flow(&f, 600, &c);
      for (size_t l = 0; l < n; l++) {
        eco__flow alone = channel(&f, 600, up[first + l], down[first + l], before[first + l]);
        ck_assert(alone.q == q[l] && alone.q_up == q_up[l] && alone.q_down == q_down[l]);
      }
      eco__normal_flow(n, &f, up + first, lean, q, q_up);
      for (size_t l = 0; l < n; l++) {
        eco__flow alone = normal_law(&f, up[first + l], 0);
        ck_assert(alone.q == q[l] && alone.q_up == q_up[l]);
      }
    }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("water laws");
  TCase *channels = tcase_create("channels");
  tcase_add_test(channels, the_inverse_cube_root_is_good_to_a_few_roundings);
  tcase_add_test(channels, WAT_1_solves_the_momentum_equation);
  tcase_add_test(channels, WAT_1_at_rest_is_the_flow_of_Manning);
  tcase_add_test(channels, WAT_2_gives_the_discharge_of_the_published_depths);
  tcase_add_test(channels, WAT_1_and_WAT_9_have_the_slopes_they_say);
  tcase_add_test(channels, WAT_2_has_the_slope_it_says_and_rises);
  tcase_add_test(channels, WAT_1_is_monotone_where_there_is_water);
  tcase_add_test(channels, WAT_9_is_the_middle_where_the_flow_turns);
  tcase_add_test(channels, WAT_9_takes_no_more_than_twice_the_depth_that_gives);
  tcase_add_test(channels, a_dry_side_gives_nothing);
  suite_add_tcase(suite, channels);
  TCase *lanes = tcase_create("lanes");
  tcase_add_test(lanes, a_law_over_many_lanes_has_the_bits_of_one);
  suite_add_tcase(suite, lanes);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
