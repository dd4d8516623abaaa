/* run.c -- a run: lanes cut into blocks, blocks carried over threads month by month, frames given to sinks. */
#include "run/run.h"

#include "run/options.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#define BLOCK_LANES 32 /* most lanes of a block: its state stays in the cache */

/* ---- making ---- */

static eco_status find_sites(eco_run *run, eco_error *err)
{
  const eco_model *m = run->model;
  run->site_kd = ECO__TAKE(&run->arena, double, m->n_sites + 1);
  run->soil_state = ECO__TAKE(&run->arena, uint32_t, m->n_sites + 1);
  if (!run->site_kd || !run->soil_state)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", m->name);
  for (size_t s = 0; s < m->n_sites; s++) {
    const eco__soil_params *p = &m->sites[s].soil;
    run->site_kd[s] =
      isnan(p->kd_l_kg) ? eco__site_kd(p->ph, p->organic_matter_pct, p->kd_ph, p->kd_om, p->kd_0) : p->kd_l_kg;
    size_t q = 0;
    while (q < run->n_soil && run->soil_state[q] != m->sites[s].state)
      q++;
    if (q == run->n_soil)
      run->soil_state[run->n_soil++] = m->sites[s].state;
  }
  run->n_quantities = 1 + m->n_states + run->n_soil;
  return ECO_OK;
}

/* As few blocks as lanes allow, but one a thread where there are enough lanes; whole SIMD rows where there are many. */
static eco_status cut_blocks(eco_run *run, eco_error *err)
{
  if (run->members > SIZE_MAX / run->n_scenarios)
    return eco__fail(err, ECO_INVALID, "", "run: %u members of %zu scenarios are too many lanes", run->members,
                     run->n_scenarios);
  run->n_lanes = run->members * run->n_scenarios;
  size_t blocks = (run->n_lanes + BLOCK_LANES - 1) / BLOCK_LANES;
  if (run->n_lanes >= run->threads)
    blocks = (blocks + run->threads - 1) / run->threads * run->threads;
  size_t lanes = (run->n_lanes + blocks - 1) / blocks;
  if (lanes > 12)
    lanes = (lanes + 7) / 8 * 8;
  run->n_blocks = (run->n_lanes + lanes - 1) / lanes;
  run->blocks = ECO__TAKE(&run->arena, eco__block, run->n_blocks);
  if (!run->blocks)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", run->model->name);
  for (size_t k = 0; k < run->n_blocks; k++) {
    size_t first = k * lanes, n = run->n_lanes - first < lanes ? run->n_lanes - first : lanes;
    ECO__TRY(eco__block_open(run, &run->blocks[k], first, n, err));
  }
  return ECO_OK;
}

static eco_status open_run(eco_run *run, const eco_run_options *options, eco_error *err)
{
  ECO__TRY(eco__options_take(run, options, err));
  ECO__TRY(eco__land_plans(run, err));
  ECO__TRY(eco__climate_runoff(run, err));
  ECO__TRY(find_sites(run, err));
  ECO__TRY(eco__layout_make(run, err));
  ECO__TRY(eco__balance_plan(run, err));
  ECO__TRY(eco__processes_open(run, err));
  run->day = run->start;
  run->frame = ECO__TAKE(&run->arena, double, eco__record_room(run)); /* what a step needs is taken here, once */
  run->ledgers = ECO__TAKE(&run->arena, eco_ledger, run->n_quantities);
  if (!run->frame || !run->ledgers)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", run->model->name);
  return cut_blocks(run, err);
}

eco_status eco_run_create(const eco_model *model, const eco_run_options *options, eco_run **out, eco_error *err)
{
  if (!model || !options || !out)
    return eco__fail(err, ECO_INVALID, "", "eco_run_create: model, options and out must not be NULL");
  const eco_env *env = &model->arena.env;
  eco_run *run = eco__alloc(env, sizeof *run);
  if (!run)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", model->name);
  memset(run, 0, sizeof *run);
  run->env = *env;
  run->model = model;
  eco__arena_open(&run->arena, env);
  eco_status status = open_run(run, options, err);
  if (status != ECO_OK) {
    eco_run_destroy(run);
    return status;
  }
  *out = run;
  return ECO_OK;
}

void eco_run_destroy(eco_run *run)
{
  if (!run)
    return;
  for (size_t s = 0; run->scenarios && s < run->n_scenarios; s++)
    eco_scenario_destroy(run->scenarios[s]);
  eco_env env = run->env;
  eco__arena_close(&run->arena);
  eco__free(&env, run, sizeof *run);
}

eco_status eco_run_add_sink(eco_run *run, const eco_sink *sink, eco_error *err)
{
  if (!run || !sink || sink->size < sizeof(eco_sink))
    return eco__fail(err, ECO_INVALID, "", "eco_run_add_sink: run and sink must not be NULL, sink.size must be set");
  if (run->began)
    return eco__fail(err, ECO_INVALID, "",
                     "eco_run_add_sink: the run has begun, sinks are added before the first step");
  if (run->n_sinks == ECO__MOST_SINKS)
    return eco__fail(err, ECO_INVALID, "", "eco_run_add_sink: a run has at most %d sinks", ECO__MOST_SINKS);
  run->sinks[run->n_sinks++] = *sink;
  return ECO_OK;
}

const eco_layout *eco_run_layout(const eco_run *run)
{
  return &run->layout;
}

/* ---- threads ---- */

typedef struct work {
  eco_run *run;
  atomic_size_t next;
} work;

static void *carry_blocks(void *user)
{
  work *w = user;
  size_t k;
  while ((k = atomic_fetch_add(&w->next, 1)) < w->run->n_blocks)
    eco__block_month(&w->run->blocks[k]);
  return NULL;
}

/* Blocks over threads; the calling thread is one of them. Where a thread cannot be made the others do its work. */
static void carry_month(eco_run *run)
{
  enum { MOST_THREADS = 256 };
  pthread_t threads[MOST_THREADS];
  work w = {.run = run};
  atomic_init(&w.next, 0);
  size_t wanted = run->threads < run->n_blocks ? run->threads : run->n_blocks, made = 0;
  wanted = wanted < MOST_THREADS ? wanted : MOST_THREADS;
  while (made + 1 < wanted && pthread_create(&threads[made], NULL, carry_blocks, &w) == 0)
    made++;
  (void)carry_blocks(&w);
  while (made > 0)
    (void)pthread_join(threads[--made], NULL);
}

/* ---- stepping ---- */

static double now(void)
{
  struct timespec t;
  (void)clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static eco_status begin(eco_run *run, eco_error *err)
{
  run->began = true;
  for (size_t k = 0; k < run->n_sinks; k++)
    if (run->sinks[k].begin)
      ECO__TRY(run->sinks[k].begin(run->sinks[k].user, &run->layout, err));
  return ECO_OK;
}

static eco_status give_balances(eco_run *run, const eco__block *b, size_t l, eco_error *err)
{
  for (int id = 0; id < ECO_N_BALANCES; id++) {
    size_t n = run->layout.balances[id].n_places;
    eco__balance_read(b, (eco_balance_id)id, l, run->balances, n);
    for (size_t s = 0; s < run->n_sinks && n > 0; s++)
      if (run->sinks[s].balance)
        ECO__TRY(run->sinks[s].balance(run->sinks[s].user, (eco_balance_id)id, b->scenario[l],
                                       b->first_member + b->member[l], run->balances, n, err));
  }
  return ECO_OK;
}

static eco_status give_ledgers(eco_run *run, eco_error *err)
{
  eco_status status = ECO_OK;
  for (size_t k = 0; k < run->n_blocks; k++) {
    const eco__block *b = &run->blocks[k];
    for (size_t l = 0; l < b->n_lanes; l++) {
      size_t n = run->n_quantities;
      (void)eco__ledger_read(b, l, run->ledgers, &n);
      for (size_t s = 0; s < run->n_sinks && status == ECO_OK; s++)
        if (run->sinks[s].ledger)
          status = run->sinks[s].ledger(run->sinks[s].user, b->scenario[l], b->first_member + b->member[l],
                                        run->ledgers, n, err);
      if (status == ECO_OK)
        status = give_balances(run, b, l, err);
    }
  }
  for (size_t s = 0; s < run->n_sinks && status == ECO_OK; s++)
    if (run->sinks[s].end)
      status = run->sinks[s].end(run->sinks[s].user, err);
  return status;
}

static eco_status carry(eco_run *run, eco_error *err)
{
  if (run->env.interrupted && run->env.interrupted(run->env.user))
    return eco__fail(err, ECO_INTERRUPTED, "", "run of '%s': stopped by the host", run->model->name);
  eco_day next = eco__next_month(run->day);
  next = run->day < run->record && next > run->record ? run->record : next;
  run->month_end = next < run->end ? next : run->end;
  carry_month(run);
  for (size_t k = 0; k < run->n_blocks; k++)
    if (run->blocks[k].status != ECO_OK) {
      if (err)
        *err = run->blocks[k].error;
      return run->blocks[k].status;
    }
  run->steps += (uint64_t)(run->month_end - run->day) * run->steps_a_day;
  double since = now();
  eco_status status = run->day >= run->record ? eco__record_give(run, err) : ECO_OK;
  run->day = run->month_end;
  if (status == ECO_OK && run->day == run->end)
    status = give_ledgers(run, err);
  run->seconds_sink += now() - since;
  return status;
}

eco_status eco_run_step(eco_run *run, eco_error *err)
{
  if (!run)
    return eco__fail(err, ECO_INVALID, "", "eco_run_step: run must not be NULL");
  if (run->failed)
    return eco__fail(err, ECO_INVALID, "", "run of '%s': it has failed before and can only be destroyed",
                     run->model->name);
  if (run->done)
    return ECO_DONE;
  eco_status status = run->began ? ECO_OK : begin(run, err);
  if (status == ECO_OK)
    status = carry(run, err);
  run->failed = status != ECO_OK;
  run->done = status == ECO_OK && run->day == run->end;
  return run->done ? ECO_DONE : status;
}

eco_status eco_run_to_end(eco_run *run, eco_error *err)
{
  eco_status status;
  do
    status = eco_run_step(run, err);
  while (status == ECO_OK);
  return status == ECO_DONE ? ECO_OK : status;
}

eco_day eco_run_day(const eco_run *run)
{
  return run->day;
}

/* The block of a lane, and where in it the lane is. */
static const eco__block *find_lane(const eco_run *run, size_t scenario, size_t member, size_t *lane)
{
  size_t all = member * run->n_scenarios + scenario, k = 0;
  while (all >= run->blocks[k].first_lane + run->blocks[k].n_lanes)
    k++;
  *lane = all - run->blocks[k].first_lane;
  return &run->blocks[k];
}

eco_status eco_run_ledger(const eco_run *run, size_t scenario, size_t member, eco_ledger *out, size_t *n,
                          eco_error *err)
{
  if (!run || !n || scenario >= run->n_scenarios || member >= run->members)
    return eco__fail(err, ECO_INVALID, "", "eco_run_ledger: scenario %zu of %zu, member %zu of %u", scenario,
                     run ? run->n_scenarios : 0, member, run ? run->members : 0);
  size_t lane;
  const eco__block *b = find_lane(run, scenario, member, &lane);
  return eco__ledger_read(b, lane, out, n);
}

eco_status eco_run_balance(const eco_run *run, eco_balance_id id, size_t scenario, size_t member, eco_balance *out,
                           size_t *n, eco_error *err)
{
  if (!run || !n || (unsigned)id >= ECO_N_BALANCES || scenario >= run->n_scenarios || member >= run->members)
    return eco__fail(err, ECO_INVALID, "", "eco_run_balance: kind %d of %d, scenario %zu of %zu, member %zu of %u",
                     (int)id, (int)ECO_N_BALANCES, scenario, run ? run->n_scenarios : 0, member,
                     run ? run->members : 0);
  size_t lane, room = out ? *n : 0, all = run->layout.balances[id].n_places;
  const eco__block *b = find_lane(run, scenario, member, &lane);
  if (!b->balanced)
    return eco__fail(
      err, ECO_NOT_FOUND, "",
      "eco_run_balance: the run of '%s' is in its warm-up, there is no balance before the first recorded day",
      run->model->name);
  *n = all;
  eco__balance_read(b, id, lane, out, room < all ? room : all);
  return ECO_OK;
}

eco_run_stats eco_run_stats_of(const eco_run *run)
{
  eco_run_stats s = {.cell_steps = run->steps * run->model->n_cells * run->n_lanes, .seconds_sink = run->seconds_sink};
  for (size_t k = 0; k < run->n_blocks; k++) {
    const eco__block *b = &run->blocks[k];
    s.newton_iterations += b->water.iterations;
    s.water_steps += run->steps * b->n_water;
    s.unfinished += b->water.unfinished;
    s.limited += b->water.limited;
    s.reordered += b->transport.reordered;
    s.process_steps += b->process_counts.explicit_steps + b->process_counts.implicit_steps;
    s.last_resorts += b->process_counts.last_resorts;
    s.seconds_water += b->seconds[0];
    s.seconds_transport += b->seconds[1];
    s.seconds_kinetics += b->seconds[2];
    s.seconds_land += b->seconds[3];
  }
  return s;
}

static eco_status find_dispersion(const eco_run *run, size_t water, const double *sums, eco_dispersion *out,
                                  eco_error *err)
{
  const eco_model *m = run->model;
  double dx = m->cell_length_m[m->waters[water].first_cell], per = dx * dx / run->dt_s;
  double courant = sums[0] / sums[2], spread = sums[1] / sums[2];
  double added = eco__numerical_dispersion(&run->env, courant, spread);
  if (isnan(added))
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", m->name);
  *out = (eco_dispersion){m->waters[water].name, courant, spread * per, added * per};
  return ECO_OK;
}

eco_status eco_run_dispersion(const eco_run *run, eco_dispersion *out, size_t *n, eco_error *err)
{
  if (!run || !n)
    return eco__fail(err, ECO_INVALID, "", "eco_run_dispersion: run and n must not be NULL");
  size_t room = out ? *n : 0;
  *n = 0;
  for (size_t w = 0; w < run->model->n_waters; w++) {
    const double *sums = run->blocks[0].motion + 3 * w;
    if (!(sums[2] > 0))
      continue;
    if (*n < room)
      ECO__TRY(find_dispersion(run, w, sums, &out[*n], err));
    (*n)++;
  }
  return ECO_OK;
}
