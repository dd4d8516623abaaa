/* layout.c -- what the frames of a run hold: names, times, variables. */
#include "run/run.h"

static const eco_variable site_variables[ECO__N_SITE_VARS] = {
  {"total", "mg/kg", "content of the polluted layer at the end of the month"},
  {"exchangeable", "mg/kg", "dissolved and sorbed, at the end of the month"},
  {"bound", "mg/kg", "specifically bound, at the end of the month"},
  {"residual", "mg/kg", "residual, at the end of the month"},
  {"leachate", "mg/L", "concentration of the leachate, mean of the month"},
  {"leached", "kg", "with the leachate in the month"}};

static const char *say(eco_run *run, const char *first, const char *second)
{
  char text[256];
  (void)eco__format(text, sizeof text, "%s%s", first, second);
  return eco__arena_text(&run->arena, text);
}

static const eco_variable *section_variables(eco_run *run)
{
  const eco_model *m = run->model;
  eco_variable *list = ECO__TAKE(&run->arena, eco_variable, eco__n_section_vars(m));
  if (!list)
    return NULL;
  list[ECO__V_FLOW] =
    (eco_variable){"flow", "m3/s", "discharge, daily mean, positive downstream; of a lake: its outflow"};
  list[ECO__V_DEPTH] = (eco_variable){"depth", "m", "water depth, daily mean; of a lake: over the bed"};
  list[ECO__V_TEMP] = (eco_variable){"temperature", "degC", "water temperature"};
  for (size_t k = 0; k < m->n_observables; k++) {
    const eco_constituent *about = &m->observables[k].about;
    list[ECO__V_OBS + k] = (eco_variable){about->name, about->unit, say(run, about->text, ", daily mean")};
  }
  list[eco__v_dry(m)] = (eco_variable){"dry", "1", "share of the day without water to sample"};
  return list;
}

static const eco_variable *water_variables(eco_run *run)
{
  const eco_model *m = run->model;
  eco_variable *list = ECO__TAKE(&run->arena, eco_variable, eco__n_water_vars(m));
  if (!list)
    return NULL;
  for (size_t k = 0; k < m->n_observables; k++) {
    const eco_constituent *about = &m->observables[k].about;
    list[ECO__W_OBS + k] =
      (eco_variable){about->name, about->unit, say(run, about->text, ", volume mean of the month")};
    list[eco__w_out(m) + k] =
      (eco_variable){say(run, "out ", about->name), "kg", "through its lower end or outlets in the month"};
  }
  list[eco__w_volume(m)] = (eco_variable){"volume", "m3", "mean of the month"};
  list[eco__w_out_flow(m)] = (eco_variable){"out flow", "m3", "water through its lower end or outlets in the month"};
  return list;
}

static size_t count_months(const eco_run *run)
{
  size_t n = 0;
  for (eco_day d = run->record; d < run->end; d = eco__next_month(d))
    n++;
  return n;
}

static const char **take_names(eco_run *run, size_t n)
{
  return ECO__TAKE(&run->arena, const char *, n ? n : 1);
}

static eco_table make_table(const char *name, const char *time_name, size_t n_times, const eco_day *times,
                            size_t n_places, const char *const *places, size_t n_variables,
                            const eco_variable *variables)
{
  return (eco_table){name, time_name, n_times, n_places, n_variables, times, places, variables};
}

static eco_status add_balances(eco_run *run, const char *const *waters, eco_error *err)
{
  const eco_model *m = run->model;
  const char **catchments = take_names(run, m->n_catchments), **sources = take_names(run, m->n_sources);
  if (!catchments || !sources)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", m->name);
  for (size_t k = 0; k < m->n_catchments; k++)
    catchments[k] = m->catchments[k].name;
  for (size_t k = 0; k < m->n_sources; k++)
    sources[k] = m->sources[k].name;
  run->layout.balance_from = run->record;
  run->layout.balance_until = run->end;
  run->layout.balances[ECO_BALANCE_WATER] = (eco_balance_places){m->n_waters, waters};
  run->layout.balances[ECO_BALANCE_CATCHMENT] = (eco_balance_places){m->n_catchments, catchments};
  run->layout.balances[ECO_BALANCE_SOURCE] = (eco_balance_places){m->n_sources, sources};
  return ECO_OK;
}

eco_status eco__layout_make(eco_run *run, eco_error *err)
{
  const eco_model *m = run->model;
  size_t days = (size_t)(run->end - run->record), months = count_months(run);
  eco_day *day = ECO__TAKE(&run->arena, eco_day, days), *month = ECO__TAKE(&run->arena, eco_day, months);
  const char **sections = take_names(run, m->n_sections), **waters = take_names(run, m->n_waters);
  const char **sites = take_names(run, m->n_sites), **scenarios = take_names(run, run->n_scenarios);
  const eco_variable *of_section = section_variables(run), *of_water = water_variables(run);
  if (!day || !month || !sections || !waters || !sites || !scenarios || !of_section || !of_water)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", m->name);
  for (size_t k = 0; k < days; k++)
    day[k] = run->record + (eco_day)k;
  size_t n = 0;
  for (eco_day d = run->record; d < run->end; d = eco__next_month(d))
    month[n++] = d;
  for (size_t k = 0; k < m->n_sections; k++)
    sections[k] = m->sections[k].name;
  for (size_t k = 0; k < m->n_waters; k++)
    waters[k] = m->waters[k].name;
  for (size_t k = 0; k < m->n_sites; k++)
    sites[k] = m->sites[k].name;
  for (size_t k = 0; k < run->n_scenarios; k++)
    scenarios[k] = run->scenarios[k] ? run->scenarios[k]->name : m->name;
  run->layout = (eco_layout){.n_scenarios = run->n_scenarios,
                             .n_members = run->members,
                             .scenarios = scenarios,
                             .first_member = run->first_member,
                             .n_states = m->n_states};
  run->layout.tables[ECO_TABLE_SECTION] =
    make_table("section", "day", days, day, m->n_sections, sections, eco__n_section_vars(m), of_section);
  run->layout.tables[ECO_TABLE_WATER] =
    make_table("water", "month", months, month, m->n_waters, waters, eco__n_water_vars(m), of_water);
  run->layout.tables[ECO_TABLE_SITE] =
    make_table("site", "month", months, month, m->n_sites, sites, ECO__N_SITE_VARS, site_variables);
  return add_balances(run, waters, err);
}
