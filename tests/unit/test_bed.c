/* test_bed.c -- constituents that lie on the bed, and sums that are reported. */
#include "network.h"
#include "reference.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>
#include <string.h>

static eco_error err;

static eco_item add_constituent(eco_basin *basin, const char *name, bool bed)
{
  eco_item item = eco_test_item(basin, ECO_CONSTITUENT, name);
  eco_test_number(basin, item, "bed", bed ? 1 : 0);
  return item;
}

static void add_flux(eco_basin *basin, eco_item process, const char *name, const char *rate, const char *from,
                     const char *to)
{
  eco_process_part parts[] = {{from, -1}, {to, 1}};
  eco_process_flux f = ECO_PROCESS_FLUX_INIT;
  f.name = name;
  f.parts = parts;
  f.n_parts = to ? 2 : 1;
  eco_assert_ok(eco_process_parse(basin, process, rate, &f.rate, &err), err);
  eco_assert_ok(eco_process_add_flux(basin, process, &f, &err), err);
}

static void own_only(eco_basin *basin)
{
  eco_test_text(basin, eco_test_item(basin, ECO_KINETICS, "rates"), "states", "own");
}

static eco_run *run_of(const eco_model *model, int days, double step_s)
{
  eco_day start = eco_day_from_date(2019, 1, 1);
  eco_run_options o = eco_test_days(start, start, start + days);
  o.step_s = step_s;
  eco_run *run = eco_test_make_run(model, &o);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  return run;
}

static double grams(const eco_run *run, size_t cell, size_t state)
{
  const eco__block *b = &run->blocks[0];
  return b->transport.mass_g[(cell * run->model->n_states + state) * b->n_lanes];
}

/* ---- k10: a lake and its sediment after half of the load is gone ---- */

typedef struct lake {
  const char *variant;
  double area, depth, q, load, vs, vr, vb, sediment, before;
} lake;

static eco_model *lake_model(const lake *k)
{
  const double year = 365.0, levels[] = {0, 40}, areas[] = {k->area, k->area}, width = 2000, coefficient = 0.6;
  double flow = k->q / (year * 86400), head = pow(flow / (2.0 / 3 * coefficient * width * sqrt(2 * 9.81)), 2.0 / 3);
  eco_basin *basin = eco_test_basin();
  (void)add_constituent(basin, "P", false);
  (void)add_constituent(basin, "bed P", true);
  own_only(basin);
  eco_item water = eco_test_lake(basin, "lake", levels, areas, 2, k->depth);
  (void)eco_test_weir(basin, "weir", "weir", "lake", NULL, k->depth - head, width, coefficient);
  eco_test_monthly(basin, water, "inflow", flow);
  eco_test_monthly(basin, water, "inflow.P", k->load / k->q);
  eco_test_number(basin, water, "initial.P", k->before);
  eco_test_number(basin, water, "initial.bed P", k->sediment * k->vs * k->before / (k->vr + k->vb));
  eco_item process = eco_test_item(basin, ECO_PROCESS, "sediment");
  char settled[60], resuspended[60], buried[60];
  (void)eco__format(settled, sizeof settled, "%.17g {m/a} / depth * [P]", k->vs);
  (void)eco__format(resuspended, sizeof resuspended, "%.17g {1/a} * [bed P] / depth", k->vr / k->sediment);
  (void)eco__format(buried, sizeof buried, "%.17g {1/a} * [bed P] / depth", k->vb / k->sediment);
  add_flux(basin, process, "settled", settled, "P", "bed P");
  add_flux(basin, process, "resuspended", resuspended, "bed P", "P");
  add_flux(basin, process, "buried", buried, "bed P", NULL);
  eco_model *m = eco_test_compile(basin, 0);
  eco_basin_destroy(basin);
  return m;
}

/* Mark: 1e-3. By hourly steps it comes to 5e-5 over ten years (daily ones to 1.2e-3: a lake is a mixed cell of first order in time,
 * MIX-1); 0.1 and 0.5 years end at noon, a run at midnight. */
START_TEST(a_lake_and_its_bed_forget_a_load_as_in_k10)
{
  static const lake lakes[] = {{"changhu_like", 1.3e8, 2.1, 9e8, 8e7, 12, 0.012, 0.008, 0.1, 0.10498687664041995},
                               {"deep_reservoir", 2e7, 18, 2e8, 1e7, 20, 0.004, 0.01, 0.08, 0.061764705882352941}};
  eco_reference r = eco_reference_read("water_k10_lake_tp_sediment.csv");
  int seen = 0;
  for (size_t i = 0; i < r.n_rows; i++)
    for (size_t v = 0; v < 2; v++) {
      bool water = eco_reference_is(&r, i, "quantity", "tp_water"),
           bed = eco_reference_is(&r, i, "quantity", "tp_sediment");
      if (!eco_reference_is(&r, i, "variant", lakes[v].variant) || (!water && !bed) ||
          eco_reference_number(&r, i, "t") > 10)
        continue;
      double years = eco_reference_number(&r, i, "t"), wanted = eco_reference_number(&r, i, "value");
      double days = floor(365 * years + 0.5), off = years * 365 - days; /* 0.1 and 0.5 years are half days */
      eco_model *m = lake_model(&lakes[v]);
      eco_run *run = run_of(m, (int)days, 3600);
      double volume = run->blocks[0].water.volume_m3[0];
      ck_assert_double_eq_tol(volume, lakes[v].area * lakes[v].depth, 1e-6 * volume);
      double got = water ? grams(run, 0, 0) / volume : grams(run, 0, 1) / (lakes[v].area * lakes[v].sediment);
      double slack = fabs(off) > 0 ? 0.002 * wanted : 1e-4 * wanted;
      ck_assert_msg(fabs(got - wanted) <= slack, "%s, %g years, %s: %g, wanted %g", lakes[v].variant, years,
                    water ? "water" : "bed", got, wanted);
      ck_assert_double_le(fabs(eco_test_ledger(run, "P").residual), 1e-12);
      ck_assert_double_le(fabs(eco_test_ledger(run, "bed P").residual), 1e-12);
      eco_run_destroy(run);
      eco_model_destroy(m);
      seen++;
    }
  ck_assert_int_eq(seen, 16);
  eco_reference_free(&r);
}
END_TEST

/* ---- what lies on the bed stays where it is, in g/m2 ---- */

START_TEST(the_bed_is_not_carried)
{
  eco_basin *basin = eco_test_basin();
  (void)add_constituent(basin, "bed Cd", true); /* named first: it stands last all the same */
  (void)add_constituent(basin, "Cd w", false);
  own_only(basin);
  eco_item r = eco_test_reach(basin, "river", 9000, 10, 0, 0.03, 60, 50, NULL, 0);
  eco_test_monthly(basin, r, "inflow", 3);
  eco_test_monthly(basin, r, "inflow.Cd w", 0.5);
  eco_test_number(basin, r, "initial.bed Cd", 7);
  eco_test_text(basin, eco_test_item(basin, ECO_SECTION, "mouth"), "water", "river");
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  ck_assert_uint_eq(m->n_carried, 1);
  ck_assert_str_eq(m->states[1].name, "bed Cd");
  ck_assert_str_eq(m->observables[1].about.unit, "g/m2");
  eco_day start = eco_day_from_date(2019, 1, 1);
  eco_run_options o = eco_test_days(start, start, start + 20);
  eco_test_record kept = {0};
  eco_test_run(m, &o, &kept);
  for (size_t i = 0; i < m->n_cells; i++)
    ck_assert_double_eq(grams(kept.run, i, 1), 7 * 1e4); /* 10 m wide, 1000 m long */
  ck_assert_double_eq_tol(eco_test_value(&kept, ECO_TABLE_SECTION, 0, 0, 19, "mouth", "bed Cd"), 7, 1e-12);
  ck_assert_double_eq_tol(eco_test_value(&kept, ECO_TABLE_WATER, 0, 0, 0, "river", "bed Cd"), 7, 1e-12);
  ck_assert_double_gt(eco_test_value(&kept, ECO_TABLE_SECTION, 0, 0, 19, "mouth", "Cd w"), 0.49);
  ck_assert_double_eq(eco_test_ledger(kept.run, "bed Cd").rows[ECO_LEDGER_OUTFLOW], 0);
  eco_test_free_record(&kept);
  eco_model_destroy(m);
}
END_TEST

START_TEST(sums_are_reported)
{
  const double levels[] = {0, 20}, areas[] = {1e5, 1e5};
  eco_basin *basin = eco_test_basin();
  eco_item total = eco_test_item(basin, ECO_OBSERVABLE, "TN");
  eco_test_text(basin, total, "of", "[NH3-N]+[NO3-N] + 0.18 [algae C]");
  (void)add_constituent(basin, "NH3-N", false);
  (void)add_constituent(basin, "NO3-N", false);
  (void)add_constituent(basin, "algae C", false);
  own_only(basin);
  eco_item pond = eco_test_lake(basin, "pond", levels, areas, 2, 4);
  eco_test_number(basin, pond, "initial.NH3-N", 1);
  eco_test_number(basin, pond, "initial.NO3-N", 2);
  eco_test_number(basin, pond, "initial.algae C", 5);
  eco_test_text(basin, eco_test_item(basin, ECO_SECTION, "middle"), "water", "pond");
  eco_model *m = eco_test_compile(basin, 0);
  eco_basin_destroy(basin);
  eco_day start = eco_day_from_date(2019, 1, 1);
  eco_run_options o = eco_test_days(start, start, start + 2);
  eco_test_record kept = {0};
  eco_test_run(m, &o, &kept);
  ck_assert_double_eq_tol(eco_test_value(&kept, ECO_TABLE_SECTION, 0, 0, 1, "middle", "TN"), 3.9, 1e-14);
  ck_assert_double_eq_tol(eco_test_value(&kept, ECO_TABLE_WATER, 0, 0, 0, "pond", "TN"), 3.9, 1e-14);
  eco_test_free_record(&kept);
  eco_model_destroy(m);
}
END_TEST

/* ---- faults ---- */

static eco_basin *river(void)
{
  eco_basin *basin = eco_test_basin();
  (void)add_constituent(basin, "bed Cd", true);
  (void)add_constituent(basin, "F", false);
  (void)eco_test_reach(basin, "river", 9000, 10, 0, 0.03, 60, 50, NULL, 0);
  return basin;
}

START_TEST(wrong_beds_and_sums_are_refused)
{
  eco_basin *basin = river();
  eco_item works = eco_test_item(basin, ECO_SOURCE, "works");
  eco_test_text(basin, works, "water", "river");
  eco_test_number(basin, works, "load.bed Cd", 1);
  eco_error fault = eco_test_fault(basin, 0);
  ck_assert_str_eq(fault.text, "source 'works': load.bed Cd: 'bed Cd' lies on the bed and comes with no water");
  eco_basin_destroy(basin);

  static const char *const wrong[] = {"[F] + [G]", "[bed Cd]", "F", "x [F]", "[F] + ", "0 [F]"};
  for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
    basin = river();
    eco_test_text(basin, eco_test_item(basin, ECO_OBSERVABLE, "sum"), "of", wrong[k]);
    fault = eco_test_fault(basin, 0);
    ck_assert_msg(strncmp(fault.text, "observable 'sum': of is '", 25) == 0, "%s: %s", wrong[k], fault.text);
    eco_basin_destroy(basin);
  }
  basin = river();
  eco_test_text(basin, eco_test_item(basin, ECO_OBSERVABLE, "TN"), "of", "[F]");
  fault = eco_test_fault(basin, 0);
  ck_assert_str_eq(fault.text, "observable 'TN': a constituent of that name is reported already");
  eco_basin_destroy(basin);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("bed");
  TCase *all = tcase_create("bed");
  tcase_set_timeout(all, 120);
  tcase_add_test(all, a_lake_and_its_bed_forget_a_load_as_in_k10);
  tcase_add_test(all, the_bed_is_not_carried);
  tcase_add_test(all, sums_are_reported);
  tcase_add_test(all, wrong_beds_and_sums_are_refused);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
