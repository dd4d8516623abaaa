/* test_expression.c -- expressions as text: what they mean, light over a depth, faults with their column. */
#include "basin/basin_store.h"
#include "network.h"
#include "reference.h"
#include "suite.h"

#include <math.h>
#include <string.h>

static eco_error err;
static eco_basin *basin;
static eco_item process;

static void open_basin(void)
{
  basin = eco_test_basin();
  (void)eco_test_item(basin, ECO_CONSTITUENT, "A C");
  (void)eco_test_item(basin, ECO_CONSTITUENT, "B C");
  process = eco_test_item(basin, ECO_PROCESS, "p");
  eco_process_param k = {sizeof k, "k", "1/d", 2, 0, 9, NULL, NULL};
  eco_node node = 0;
  eco_assert_ok(eco_process_add_param(basin, process, &k, &node, &err), err);
}

static void close_basin(void)
{
  eco_basin_destroy(basin);
}

static eco_node parsed(const char *text)
{
  eco_node node = ECO_NO_NODE;
  eco_assert_ok(eco_process_parse(basin, process, text, &node, &err), err);
  return node;
}

/* An expression of numbers alone is one when it is built. */
static double value_of(const char *text)
{
  eco_node node = parsed(text); /* first: nodes move as they grow */
  const eco__expression *e = &basin->processes.graph.nodes[node];
  ck_assert_msg(e->op == ECO__CONSTANT, "%s is no number", text);
  return e->value;
}

START_TEST(operations_bind_as_in_mathematics)
{
  static const struct {
    const char *text;
    double value;
  } all[] = {{"1 + 2 * 3", 7},
             {"(1 + 2) * 3", 9},
             {"8 / 4 / 2", 1},
             {"8 - 4 - 2", 2},
             {"2^3^2", 512},
             {"-2^2", -4},
             {"2^-1", 0.5},
             {"2 * -3", -6},
             {"- - 5", 5},
             {"1 < 2", 1},
             {"1 > 2", 0},
             {"where(2 > 1, 10, 20)", 10},
             {"min(3, 1, 2)", 1},
             {"max(3, 1, 2, 8)", 8},
             {"abs(-3) + sqrt(16)", 7},
             {"log(exp(1.5))", 1.5},
             {"1.5e3 + .5", 1500.5},
             {"monod(3, 1)", 0.75},
             {"inhibition(3, 1)", 0.25},
             {"2 {mg/L} / 4 {ug/L}", 500}};
  open_basin();
  for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
    ck_assert_msg(fabs(value_of(all[k].text) - all[k].value) <= 1e-14 * fabs(all[k].value), "%s is %.17g", all[k].text,
                  value_of(all[k].text));
  close_basin();
}
END_TEST

/* The same node, however it was made. */
START_TEST(words_are_parameters_surroundings_and_definitions)
{
  open_basin();
  eco_node k = parsed("k"), a = ECO_NO_NODE, product = ECO_NO_NODE;
  eco_assert_ok(eco_process_constituent(basin, process, "A C", &a, &err), err);
  eco_assert_ok(eco_process_apply(basin, process, "*", k, a, ECO_NO_NODE, &product, &err), err);
  ck_assert_uint_eq(parsed("k * [A C]"), product);
  ck_assert_uint_eq(parsed(" [A C]*k "), product);
  ck_assert_uint_eq(parsed("[A C?] * k"), product);
  eco_assert_ok(eco_process_define(basin, process, "loss", product, &err), err);
  ck_assert_uint_eq(parsed("loss"), product);
  ck_assert_uint_eq(parsed("[* C]"), parsed("[A C] + [B C]"));
  ck_assert_double_eq(value_of("[Z?] + 1 {mg/L}"), 1);
  ck_assert_uint_eq(parsed("inhibition([A C], 0.6)"), parsed("0.6 {mg/L} / (0.6 {mg/L} + [A C])"));
  ck_assert_uint_eq(parsed("at_temperature(k, 1.05)"), parsed("k * 1.05^((temperature - 20 {C}) / 1 {K})"));
  close_basin();
}
END_TEST

START_TEST(faults_name_the_column)
{
  static const struct {
    const char *text, *fault;
  } all[] = {
    {"", "'', column 1: a number, a name, [constituent] or '(' is expected here"},
    {"1 +", "'1 +', column 4: a number, a name, [constituent] or '(' is expected here"},
    {"1 2", "'1 2', column 3: an operation is expected here"},
    {"(1", "'(1', column 3: ')' is expected here"},
    {"[A C", "'[A C', column 2: a bracket is not closed"},
    {"[]", "'[]', column 2: a name is missing between brackets"},
    {"1..2", "'1..2', column 1: a number is expected here"},
    {"k * dept",
     "'k * dept', column 5: 'dept' is no parameter and nothing that surrounds the water (did you mean 'depth'?)"},
    {"sqr(2)", "'sqr(2)', column 1: no function 'sqr' (did you mean 'sqrt'?)"},
    {"min(2)", "'min(2)', column 1: 'min' has 1 arguments, must have 2"},
    {"exp(1, 2)", "'exp(1, 2)', column 1: 'exp' has 2 arguments, must have 1"},
    {"k + depth", "'k + depth', column 10: '+' of a rate (1 per time) and a length, expected the same on both sides"},
    {"2 {furlong}", NULL},
    {"[* Q]", "'[* Q]', column 1: no constituent of the basin ends with ' Q'"},
  };
  open_basin();
  for (size_t k = 0; k < sizeof all / sizeof all[0]; k++) {
    eco_node node = 77;
    ck_assert_int_ne(eco_process_parse(basin, process, all[k].text, &node, &err), ECO_OK);
    ck_assert_uint_eq(node, 77);
    ck_assert_msg(strncmp(err.text, "process 'p': ", 13) == 0, "%s", err.text);
    if (all[k].fault)
      ck_assert_str_eq(err.text + 13, all[k].fault);
  }
  char deep[2001];
  for (const char *c = "(-^"; *c; c++) {
    memset(deep, *c, 2000);
    for (size_t i = 0; *c == '^' && i < 2000; i += 2)
      deep[i] = '2';
    deep[2000] = '\0';
    eco_node node;
    ck_assert_int_eq(eco_process_parse(basin, process, deep, &node, &err), ECO_INVALID);
  }
  (void)parsed("k * depth"); /* nothing is left of them */
  close_basin();
}
END_TEST

/* Case k08: three means over the depth and the mean light, down to a film of 1e-8 of an extinction length. */
START_TEST(LGT_1_LGT_2_LGT_3_LGT_4_are_the_means_over_the_depth)
{
  static const struct {
    const char *variant, *arguments;
  } all[] = {{"lake", "200 / 80, 1.2 * 2"}, {"turbid_river", "350 / 60, 6 * 4"}, {"thin", "100 / 100, 1e-6 * 0.01"}};
  static const struct {
    const char *quantity, *word;
  } means[] = {{"steele_mean", "steele"}, {"smith_mean", "light_smith"}, {"monod_mean", "light_monod"}};
  static const char *const light[] = {"200 * light_mean(1.2 * 2)", "350 * light_mean(6 * 4)",
                                      "100 * light_mean(1e-6 * 0.01)"};
  eco_reference table = eco_reference_read("water_k08_light_depth.csv");
  open_basin();
  int seen = 0;
  for (size_t r = 0; r < table.n_rows; r++)
    for (size_t k = 0; k < 3; k++) {
      char text[80] = "";
      for (size_t q = 0; q < 3; q++)
        if (eco_reference_is(&table, r, "quantity", means[q].quantity))
          (void)eco__format(text, sizeof text, "%s(%s)", means[q].word, all[k].arguments);
      if (eco_reference_is(&table, r, "quantity", "mean_light"))
        (void)eco__format(text, sizeof text, "%s", light[k]);
      if (!text[0] || !eco_reference_is(&table, r, "variant", all[k].variant))
        continue;
      double wanted = eco_reference_number(&table, r, "value");
      ck_assert_double_eq_tol(value_of(text), wanted, 2e-14 * wanted);
      seen++;
    }
  ck_assert_int_eq(seen, 12);
  close_basin();
  eco_reference_free(&table);
}
END_TEST

/* On either side of where the series takes over: (1 - e^-x)/x and Steele's integral against long double. */
START_TEST(LGT_1_LGT_2_have_no_seam)
{
  open_basin();
  for (double x = 1e-6; x < 40; x *= 1.31) {
    char text[80];
    (void)eco__format(text, sizeof text, "light_mean(%.17g)", x);
    long double exact = -expm1l(-(long double)x) / x;
    ck_assert_double_eq_tol(value_of(text), (double)exact, 3e-14 * (double)exact);
    for (double a = 0.01; a < 30; a *= 4) {
      (void)eco__format(text, sizeof text, "steele(%.17g, %.17g)", a, x);
      exact = expl(1) / x * expl(-(long double)a) * expm1l(a * -expm1l(-(long double)x));
      ck_assert_double_eq_tol(value_of(text), (double)exact, 1e-13 * (double)exact);
      (void)eco__format(text, sizeof text, "light_monod(%.17g, %.17g)", a, x);
      exact = log1pl(a * -expm1l(-(long double)x) / (1 + a * expl(-(long double)x))) / x;
      ck_assert_double_eq_tol(value_of(text), (double)exact, 1e-13 * (double)exact);
      (void)eco__format(text, sizeof text, "light_smith(%.17g, %.17g)", a, x);
      long double b = a * expl(-(long double)x), less = a * -expm1l(-(long double)x);
      exact =
        log1pl(less * (1 + (a + b) / (sqrtl(1 + (long double)a * a) + sqrtl(1 + b * b))) / (b + sqrtl(1 + b * b))) / x;
      ck_assert_double_eq_tol(value_of(text), (double)exact, 1e-13 * (double)exact);
    }
  }
  close_basin();
}
END_TEST

/* ---- k17: what the bed takes of oxygen */

typedef struct bed {
  const char *variant;
  double diffusion, demand, film, oxygen, rate, layer, ammonia, kappa, below, organic;
} bed;

static const bed beds[] = {{"river", 1e-4, 80, 0.5, 7, 20, 0.01, 0.08, 0.13, 0.01, 0.8},
                           {"lake", 8e-5, 30, 0.2, 4, 5, 0.02, 0.03, 0.13, 0.01, 0.4}};

static double bed_value(const bed *b, const char *quantity)
{
  char text[400], s[120];
  (void)eco__format(s, sizeof s, "bed_transfer(%.17g, 4.57 * %.17g, %.17g, %.17g)", b->organic, b->ammonia, b->kappa,
                    b->oxygen);
  if (quantity[0] == 'a') {
    (void)eco__format(text, sizeof text,
                      "((sqrt(2 * %.17g * %.17g + 4 * %.17g^2 * %.17g) - sqrt(2 * %.17g * %.17g)) / (2 * %.17g))^2",
                      b->diffusion, b->demand, b->film, b->oxygen, b->diffusion, b->demand, b->film);
    double at_bed = value_of(text);
    return strcmp(quantity, "a_sod") == 0           ? b->film * (b->oxygen - at_bed)
           : strcmp(quantity, "a_penetration") == 0 ? sqrt(2 * b->diffusion * at_bed / b->demand)
                                                    : at_bed;
  }
  if (quantity[0] == 'b') {
    double x = b->layer * sqrt(b->rate / b->diffusion);
    (void)eco__format(text, sizeof text, "sqrt(%.17g * %.17g) * %.17g * (1 - exp(-2 * %.17g)) / (1 + exp(-2 * %.17g))",
                      b->diffusion, b->rate, b->oxygen, x, x);
  } else if (strcmp(quantity, "c_sod") == 0) {
    (void)eco__format(text, sizeof text, "%s * %.17g", s, b->oxygen);
  } else {
    double over = value_of(s), n1 = b->ammonia / (over + b->kappa * b->kappa / over);
    return strcmp(quantity, "c_n1") == 0         ? n1
           : strcmp(quantity, "c_nh4_flux") == 0 ? over * n1
                                                 : n1 + b->ammonia / b->below;
  }
  return value_of(text);
}

START_TEST(SED_1_is_the_bed_of_k17)
{
  eco_reference table = eco_reference_read("water_k17_sediment_oxygen.csv");
  open_basin();
  int seen = 0;
  for (size_t r = 0; r < table.n_rows; r++)
    for (size_t k = 0; k < 2; k++)
      if (eco_reference_is(&table, r, "variant", beds[k].variant)) {
        double wanted = eco_reference_number(&table, r, "value");
        ck_assert_double_eq_tol(bed_value(&beds[k], eco_reference_text(&table, r, "quantity")), wanted,
                                1e-13 * wanted); /* asks 1e-8 */
        seen++;
      }
  ck_assert_int_eq(seen, 16);
  close_basin();
  eco_reference_free(&table);
}
END_TEST

/* Ten decades of ammonia over the oxygen that there is, organic demand none and much: the root, by what is left of its equation. */
START_TEST(SED_1_finds_the_root)
{
  open_basin();
  for (double c = 0; c<4; c = c> 0 ? 3 * c : 0.01)
    for (double a = 1e-6; a < 10; a *= 7)
      for (double o = 0.05; o < 15; o *= 3)
        for (double k = 0.01; k < 1.5; k *= 4) {
          char text[200];
          (void)eco__format(text, sizeof text, "bed_transfer(%.17g, %.17g, %.17g, %.17g)", c, a, k, o);
          double s = value_of(text), sod = o * s, found = c + a * k * k / (k * k + s * s);
          ck_assert_msg(fabs(sod - found) <= 1e-9 * sod, "%s: %g of oxygen, wanted %g", text, sod, found);
        }
  close_basin();
}
END_TEST

/* Case k14: share of ammonia that is not ionised, as NIT-6 has it. */
START_TEST(NIT_6_is_the_table_of_emerson)
{
  eco_reference table = eco_reference_read("water_k14_unionised_ammonia.csv");
  open_basin();
  ck_assert_uint_ge(table.n_rows, 5);
  for (size_t r = 0; r < table.n_rows; r++) {
    char text[120];
    (void)eco__format(text, sizeof text, "1 / (1 + 10^(0.09018 + 2729.92 / (%.17g + 273.15) - %.17g))",
                      eco_reference_number(&table, r, "x"), eco_reference_number(&table, r, "t"));
    double wanted = eco_reference_number(&table, r, "value");
    ck_assert_double_eq_tol(value_of(text), wanted, 1e-13 * wanted);
  }
  close_basin();
  eco_reference_free(&table);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("expressions");
  TCase *all = tcase_create("expressions");
  tcase_add_test(all, operations_bind_as_in_mathematics);
  tcase_add_test(all, words_are_parameters_surroundings_and_definitions);
  tcase_add_test(all, faults_name_the_column);
  tcase_add_test(all, LGT_1_LGT_2_LGT_3_LGT_4_are_the_means_over_the_depth);
  tcase_add_test(all, SED_1_is_the_bed_of_k17);
  tcase_add_test(all, SED_1_finds_the_root);
  tcase_add_test(all, LGT_1_LGT_2_have_no_seam);
  tcase_add_test(all, NIT_6_is_the_table_of_emerson);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
