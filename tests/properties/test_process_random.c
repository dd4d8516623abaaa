/* test_process_random.c -- random processes in random waters: elements, positivity, ledgers, the order of telling, lanes. */
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CARRIED = 5, ALL = 6, FLUXES = 7, DAYS = 12, TRIALS = 8 };
static const char *const names[ALL] = {"a", "b", "c", "d", "e", "bed f"};

static eco_error err;
static uint64_t seed, rolled;

static double roll(double low, double high)
{
  return low + (high - low) * eco__uniform(seed, 0, 7, rolled++);
}

/* What a trial is: the same whatever the order in which it is told. */
typedef struct trial {
  double content[ALL];                             /* of an element, per mg */
  double start[ALL], inflow[CARRIED], flow, depth; /* mg/L, m3/s, m */
  int from[FLUXES], to[FLUXES], limits[FLUXES];    /* constituents */
  double rate[FLUXES], half[FLUXES];
} trial;

static trial make_trial(uint64_t number)
{
  trial t;
  seed = 100 + number;
  rolled = 0;
  for (int i = 0; i < ALL; i++) {
    t.content[i] = roll(0.1, 2);
    t.start[i] = roll(0, 1) < 0.3 ? 0.0 : exp(roll(-6, 3));
  }
  for (int i = 0; i < CARRIED; i++)
    t.inflow[i] = roll(0, 1) < 0.3 ? 0.0 : exp(roll(-4, 3));
  t.flow = roll(0.2, 8);
  t.depth = roll(1, 6);
  for (int f = 0; f < FLUXES; f++) {
    t.from[f] = (int)roll(0, ALL);
    t.to[f] = (t.from[f] + 1 + (int)roll(0, ALL - 1)) % ALL;
    t.limits[f] = (int)roll(0, CARRIED);
    t.rate[f] = exp(roll(-4, 6)); /* 0.02 to 400 1/d */
    t.half[f] = exp(roll(-5, 2));
  }
  return t;
}

static void add_constituent(eco_basin *basin, int i)
{
  eco_item item = eco_test_item(basin, ECO_CONSTITUENT, names[i]);
  eco_test_number(basin, item, "bed", i >= CARRIED ? 1 : 0);
}

/* mass of the element stays: what one gives and the other gets, by content; the first parameter may be drawn */
static void add_flux(eco_basin *basin, eco_item process, const trial *t, int f)
{
  char text[160], name[8];
  const bool bed = t->from[f] >= CARRIED;
  snprintf(name, sizeof name, "f%d", f);
  snprintf(text, sizeof text, "factor * %.17g {1/d} * [%s]%s * monod([%s], %.17g)", t->rate[f], names[t->from[f]],
           bed ? " / depth" : "", names[t->limits[f]], t->half[f]);
  const eco_process_part parts[] = {{names[t->from[f]], -1},
                                    {names[t->to[f]], t->content[t->from[f]] / t->content[t->to[f]]}};
  eco_process_flux flux = ECO_PROCESS_FLUX_INIT;
  flux.name = name;
  flux.parts = parts;
  flux.n_parts = 2;
  eco_assert_ok(eco_process_parse(basin, process, text, &flux.rate, &err), err);
  eco_assert_ok(eco_process_add_flux(basin, process, &flux, &err), err);
}

static void give(eco_basin *basin, eco_item water, const char *family, int i, double value)
{
  char param[40];
  snprintf(param, sizeof param, "%s.%s", family, names[i]);
  if (strcmp(family, "inflow") == 0)
    eco_test_monthly(basin, water, param, value);
  else
    eco_test_number(basin, water, param, value);
}

/* A river into a lake behind a weir. backwards: constituents and fluxes told last to first. */
static eco_model *model_of(const trial *t, bool backwards)
{
  const double levels[] = {0, 30}, areas[] = {4e5, 9e5};
  eco_basin *basin = eco_test_basin();
  for (int k = 0; k < ALL; k++)
    add_constituent(basin, backwards ? ALL - 1 - k : k);
  eco_test_text(basin, eco_test_item(basin, ECO_KINETICS, "rates"), "states", "own");
  eco_item lake = eco_test_lake(basin, "lake", levels, areas, 2, t->depth);
  eco_item river = eco_test_reach(basin, "river", 6000, 12, 2, 0.03, 60, 50, "lake", 0);
  (void)eco_test_weir(basin, "weir", "weir", "lake", NULL, t->depth, 20, 0.6);
  eco_test_monthly(basin, river, "inflow", t->flow);
  for (int i = 0; i < ALL; i++) {
    give(basin, lake, "initial", i, t->start[i]);
    give(basin, river, "initial", i, t->start[i]);
    if (i < CARRIED)
      give(basin, river, "inflow", i, t->inflow[i]);
  }
  eco_item process = eco_test_item(basin, ECO_PROCESS, "p");
  eco_process_param factor = {sizeof factor, "factor", "", 1, 0, 100, NULL, NULL};
  eco_node unused;
  eco_assert_ok(eco_process_add_param(basin, process, &factor, &unused, &err), err);
  for (int k = 0; k < FLUXES; k++)
    add_flux(basin, process, t, backwards ? FLUXES - 1 - k : k);
  eco_model *m = eco_test_compile(basin, 1500);
  eco_basin_destroy(basin);
  return m;
}

static eco_run *run_of(const eco_model *m, uint32_t first, uint32_t members)
{
  static const eco_draw spread = {
    .item = "p", .param = "factor", .distribution = ECO_UNIFORM, .low = 0.2, .typical = 1, .high = 5};
  eco_day start = eco_day_from_date(2019, 5, 1);
  eco_run_options o = eco_test_days(start, start, start + DAYS);
  o.first_member = first;
  o.members = members;
  o.draws = &spread;
  o.n_draws = 1;
  eco_run *run = eco_test_make_run(m, &o);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  return run;
}

static double mass(const eco_run *run, size_t cell, const char *name, size_t lane)
{
  const eco__block *b = &run->blocks[0];
  const eco_model *m = run->model;
  size_t k = 0;
  while (strcmp(m->states[k].name, name) != 0)
    k++;
  return b->transport.mass_g[(cell * m->n_states + k) * b->n_lanes + lane];
}

/* Ledgers close, nothing is below 0, and what reactions take of one element from all constituents together is nothing, of what
 * they move. */
START_TEST(elements_stay_whatever_reacts)
{
  for (uint64_t k = 0; k < TRIALS; k++) {
    trial t = make_trial(k);
    eco_model *m = model_of(&t, false);
    eco_run *run = run_of(m, 0, 1);
    double sum = 0, moved = 0;
    for (int i = 0; i < ALL; i++) {
      eco_ledger l = eco_test_ledger(run, names[i]);
      ck_assert_double_le(fabs(l.residual), 1e-12);
      sum += t.content[i] * l.rows[ECO_LEDGER_REACTION];
      moved += t.content[i] * (fabs(l.rows[ECO_LEDGER_REACTION]) + l.throughput);
      for (size_t cell = 0; cell < m->n_cells; cell++)
        ck_assert_double_ge(mass(run, cell, names[i], 0), 0);
    }
    ck_assert_msg(fabs(sum) <= 1e-12 * moved, "trial %d: %g of %g", (int)k, sum, moved);
    ck_assert_uint_eq(eco_run_stats_of(run).last_resorts, 0);
    eco_run_destroy(run);
    eco_model_destroy(m);
  }
}
END_TEST

/* Told backwards the same comes out: sums of the same terms in another order, and steps that hold 2e-4 each. */
START_TEST(the_order_of_telling_does_not_matter)
{
  for (uint64_t k = 0; k < TRIALS; k++) {
    trial t = make_trial(k);
    eco_model *m = model_of(&t, false), *n = model_of(&t, true);
    eco_run *a = run_of(m, 0, 1), *b = run_of(n, 0, 1);
    for (int i = 0; i < ALL; i++) {
      double largest = 0, off = 0;
      for (size_t cell = 0; cell < m->n_cells; cell++) {
        largest = fmax(largest, mass(a, cell, names[i], 0));
        off = fmax(off, fabs(mass(a, cell, names[i], 0) - mass(b, cell, names[i], 0)));
      }
      ck_assert_msg(off <= 1e-9 * largest, "trial %d, %s: %g of %g", (int)k, names[i], off, largest);
    }
    eco_run_destroy(a);
    eco_run_destroy(b);
    eco_model_destroy(m);
    eco_model_destroy(n);
  }
}
END_TEST

/* Five members with rates of their own are each what they are alone, bit for bit. */
START_TEST(members_do_not_feel_each_other)
{
  for (uint64_t k = 0; k < TRIALS; k += 3) {
    trial t = make_trial(k);
    eco_model *m = model_of(&t, false);
    eco_run *together = run_of(m, 0, 5);
    for (uint32_t member = 0; member < 5; member++) {
      eco_run *alone = run_of(m, member, 1);
      for (int i = 0; i < ALL; i++)
        for (size_t cell = 0; cell < m->n_cells; cell++)
          ck_assert_double_eq(mass(alone, cell, names[i], 0), mass(together, cell, names[i], member));
      eco_run_destroy(alone);
    }
    eco_run_destroy(together);
    eco_model_destroy(m);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("random processes");
  TCase *all = tcase_create("random");
  tcase_set_timeout(all, 300);
  tcase_add_test(all, elements_stay_whatever_reacts);
  tcase_add_test(all, the_order_of_telling_does_not_matter);
  tcase_add_test(all, members_do_not_feel_each_other);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
