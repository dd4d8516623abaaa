/* options.c -- what a run is asked for: checks, defaults, copies. */
#include "run/options.h"

#include <math.h>
#include <string.h>

#define STEP_S 3600.0
#define THETA 0.6
#define TOLERANCE 1e-12
#define DAY_S 86400.0

static eco_status check_time(eco_run *run, const eco_run_options *o, eco_error *err)
{
  int year, month, day;
  if (o->end <= o->start) {
    char start[16];
    eco_day_to_date(o->start, &year, &month, &day);
    (void)eco__format(start, sizeof start, "%04d-%02d-%02d", year, month, day);
    eco_day_to_date(o->end, &year, &month, &day);
    return eco__fail(err, ECO_INVALID, "", "run: the end, %04d-%02d-%02d, must come after the start, %s", year, month,
                     day, start);
  }
  run->start = o->start;
  run->end = o->end;
  run->record = o->record > o->start ? o->record : o->start;
  if (run->record >= run->end)
    return eco__fail(err, ECO_INVALID, "", "run: nothing is left to record: the warm-up lasts to the end");
  double step = o->step_s == 0 ? STEP_S : o->step_s, steps = DAY_S / step;
  if (!(step > 0) || steps < 1 || fabs(steps - floor(steps + 0.5)) > 1e-9 * steps)
    return eco__fail(err, ECO_INVALID, "", "run: the step is %g s, must divide a day of 86400 s", step);
  run->steps_a_day = (size_t)floor(steps + 0.5);
  run->dt_s = DAY_S / (double)run->steps_a_day;
  run->theta = o->theta == 0 ? THETA : o->theta;
  if (!(run->theta >= 0.5 && run->theta <= 1))
    return eco__fail(err, ECO_INVALID, "", "run: theta is %g, must be between 0.5 and 1", run->theta);
  if (o->inertia != ECO_INERTIA_FULL && o->inertia != ECO_INERTIA_LOCAL)
    return eco__fail(err, ECO_INVALID, "", "run: inertia is %d, must be ECO_INERTIA_FULL or ECO_INERTIA_LOCAL",
                     (int)o->inertia);
  run->local_inertia = o->inertia == ECO_INERTIA_LOCAL;
  run->tolerance = o->ledger_tolerance == 0 ? TOLERANCE : o->ledger_tolerance;
  if (!(run->tolerance > 0))
    return eco__fail(err, ECO_INVALID, "", "run: ledger_tolerance is %g, must be above 0", run->tolerance);
  return ECO_OK;
}

static eco_status copy_scenarios(eco_run *run, const eco_run_options *o, eco_error *err)
{
  run->n_scenarios = o->n_scenarios ? o->n_scenarios : 1;
  run->scenarios = ECO__TAKE(&run->arena, eco_scenario *, run->n_scenarios);
  run->water_class = ECO__TAKE(&run->arena, uint32_t, run->n_scenarios);
  if (!run->scenarios || !run->water_class)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", run->model->name);
  for (size_t s = 0; s < o->n_scenarios; s++) {
    const eco_scenario *given = o->scenarios[s];
    if (!given || given->model != run->model)
      return eco__fail(err, ECO_INVALID, "", "run: scenario %zu %s", s + 1,
                       given ? "was made for another model, expected this one" : "is NULL");
    for (size_t k = 0; k < s; k++)
      if (eco__text_equal(o->scenarios[k]->name, given->name))
        return eco__fail(err, ECO_INVALID, "", "run: two scenarios are called '%s', expected different names",
                         given->name);
    run->scenarios[s] = eco__scenario_copy(given, &run->env);
    if (!run->scenarios[s])
      return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", run->model->name);
    size_t class = 0;
    while (class < s && !eco__scenario_same_water(run->scenarios[class], run->scenarios[s]))
      class ++;
    run->water_class[s] = (uint32_t) class;
  }
  return ECO_OK;
}

static eco_status copy_draws(eco_run *run, const eco_run_options *o, eco_error *err)
{
  run->draws = ECO__TAKE(&run->arena, eco_draw, o->n_draws + 1);
  if (!run->draws)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", run->model->name);
  for (size_t k = 0; k < o->n_draws; k++) {
    ECO__TRY(eco__draw_check(&o->draws[k], err));
    ECO__TRY(eco__draw_names(run, &o->draws[k], err));
    for (size_t j = 0; j < k; j++)
      if (eco__text_equal(o->draws[j].item, o->draws[k].item) && eco__text_equal(o->draws[j].param, o->draws[k].param))
        return eco__fail(err, ECO_INVALID, "", "draw '%s.%s' is given twice, expected once", o->draws[k].item,
                         o->draws[k].param);
    run->draws[k] = o->draws[k];
    run->draws[k].item = eco__arena_text(&run->arena, o->draws[k].item);
    run->draws[k].param = eco__arena_text(&run->arena, o->draws[k].param);
    if (!run->draws[k].item || !run->draws[k].param)
      return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", run->model->name);
    run->n_draws++;
  }
  return ECO_OK;
}

eco_status eco__options_take(eco_run *run, const eco_run_options *o, eco_error *err)
{
  if (o->size < sizeof(eco_run_options))
    return eco__fail(err, ECO_INVALID, "", "run options: size is %zu, expected %zu: use ECO_RUN_OPTIONS_INIT", o->size,
                     sizeof(eco_run_options));
  ECO__TRY(check_time(run, o, err));
  run->first_member = o->first_member;
  run->members = o->members ? o->members : 1;
  run->threads = o->threads ? o->threads : 1;
  run->seed = o->seed;
  if (run->members > UINT32_MAX - run->first_member)
    return eco__fail(err, ECO_INVALID, "", "run: %u members from member %u are more than can be counted", run->members,
                     run->first_member);
  ECO__TRY(copy_scenarios(run, o, err));
  ECO__TRY(copy_draws(run, o, err));
  ECO__TRY(eco__outlooks_take(run, o, err));
  return eco__series_check(run, err);
}
