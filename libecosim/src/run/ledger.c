/* ledger.c -- where every cubic metre and every gram of a lane is counted. Sums are compensated; a lane whose ledger does
 * not close stops the run.
 *
 *   LED-1  residual = (initial + in - out - final) / throughput,  throughput = initial + all that came in */
#include "run/run.h"

#include <math.h>

static const struct {
  const char *name, *text;
  int sign;
} rows[ECO_N_LEDGER_ROWS] = {
#define X(name, word, sign, text) {word, text, sign},
  ECO_LEDGER_MAP(X)
#undef X
};

const char *eco_ledger_row_name(size_t row)
{
  return row < ECO_N_LEDGER_ROWS ? rows[row].name : "?";
}

const char *eco_ledger_row_text(size_t row)
{
  return row < ECO_N_LEDGER_ROWS ? rows[row].text : "?";
}

int eco_ledger_row_sign(size_t row)
{
  return row < ECO_N_LEDGER_ROWS ? rows[row].sign : 0;
}

/* Stock of a quantity in a lane: 0 water, 1.. states (g), then soil contaminants (g). */
static double stock(const eco__block *b, size_t quantity, size_t lane)
{
  const eco_model *m = b->run->model;
  eco__sum sum = {0};
  if (quantity == 0)
    for (size_t i = 0; i < m->n_cells; i++)
      eco__sum_add(&sum, b->water.volume_m3[i * b->n_water + b->water_lane[lane]]);
  else if (quantity <= m->n_states)
    for (size_t i = 0; i < m->n_points; i++) {
      size_t at = (i * m->n_states + quantity - 1) * b->n_lanes + lane;
      eco__sum_add(&sum, b->transport.mass_g[at]);
      if (b->transport.stored_g && i < m->n_cells)
        eco__sum_add(&sum, b->transport.stored_g[at]);
    }
  else
    for (size_t s = 0; s < m->n_sites; s++) {
      if (m->sites[s].state != b->run->soil_state[quantity - 1 - m->n_states])
        continue;
      /* mg/kg x kg/L x m3 = g */
      double per =
        m->sites[s].soil.bulk_density_kg_l * m->sites[s].area_m2 * m->sites[s].soil.depth_m / ECO__SITE_LAYERS;
      for (size_t k = 0; k < ECO__SITE_LAYERS; k++) {
        size_t at = (s * ECO__SITE_LAYERS + k) * b->n_lanes + lane;
        eco__sum_add(&sum, per * (b->site_exchangeable[at] + b->site_bound[at] + b->site_residual[at]));
      }
    }
  return eco__sum_value(&sum);
}

void eco__ledger_start(eco__block *b)
{
  for (size_t q = 0; q < b->run->n_quantities; q++)
    for (size_t l = 0; l < b->n_lanes; l++)
      eco__sum_add(ECO__LEDGER(b, q, ECO_LEDGER_INITIAL, l), stock(b, q, l));
}

static void count_water(eco__block *b)
{
  const eco_model *m = b->run->model;
  const size_t w = b->n_water;
  for (size_t k = 0; k < m->n_links; k++) {
    const eco__face *f = &m->faces[m->links[k]];
    if (f->down != ECO__OUTSIDE)
      continue;
    eco_ledger_row row = f->law == ECO__INTAKE ? ECO_LEDGER_ABSTRACTION : ECO_LEDGER_OUTFLOW;
    for (size_t l = 0; l < b->n_lanes; l++)
      eco__sum_add(ECO__LEDGER(b, 0, row, l), b->water.passed_m3[m->links[k] * w + b->water_lane[l]]);
  }
  for (size_t i = 0; i < m->n_cells; i++) {
    if (m->cell_table[i] == ECO__OUTSIDE)
      continue;
    for (size_t l = 0; l < b->n_lanes; l++) {
      eco__sum_add(ECO__LEDGER(b, 0, ECO_LEDGER_AIR, l), b->water.rained_m3[i * w + b->water_lane[l]]);
      eco__sum_add(ECO__LEDGER(b, 0, ECO_LEDGER_EVAPORATION, l), b->water.evaporated_m3[i * w + b->water_lane[l]]);
    }
  }
}

void eco__ledger_step(eco__block *b)
{
  count_water(b);
  const eco__transport_block *t = &b->transport;
  const eco_model *m = b->run->model;
  for (uint32_t k = 0; k < m->n_states; k++)
    for (size_t l = 0; l < b->n_lanes; l++) {
      eco__sum_add(ECO__LEDGER(b, 1 + k, ECO_LEDGER_BOUNDARY, l), t->inlet_g[k * b->n_lanes + l]);
      eco__sum_add(ECO__LEDGER(b, 1 + k, ECO_LEDGER_OUTFLOW, l), t->left_g[k * b->n_lanes + l]);
      eco__sum_add(ECO__LEDGER(b, 1 + k, ECO_LEDGER_ABSTRACTION, l), t->taken_g[k * b->n_lanes + l]);
    }
  for (size_t l = 0; m->oxygen != ECO__OUTSIDE && l < b->n_lanes; l++)
    eco__sum_add(ECO__LEDGER(b, 1 + m->oxygen, ECO_LEDGER_AIR, l), t->rained_g[l]);
}

void eco__ledger_sites(eco__block *b)
{
  const eco_run *run = b->run;
  for (size_t s = 0; s < run->model->n_sites; s++)
    for (size_t q = 0; q < run->n_soil; q++)
      if (run->soil_state[q] == run->model->sites[s].state)
        for (size_t l = 0; l < b->n_lanes; l++)
          eco__sum_add(ECO__LEDGER(b, 1 + run->model->n_states + q, ECO_LEDGER_OUTFLOW, l),
                       b->site_leached_mg_m2[s * b->n_lanes + l] * 1e-3 * run->model->sites[s].area_m2);
}

static eco_ledger read_one(const eco__block *b, size_t quantity, size_t lane)
{
  const eco_model *m = b->run->model;
  bool water = quantity == 0, soil = quantity > m->n_states, heat = quantity > 0 && quantity - 1 == m->heat;
  eco_ledger out = {.quantity = water  ? "water"
                                : soil ? m->soil_names[b->run->soil_state[quantity - 1 - m->n_states]]
                                       : m->states[quantity - 1].name,
                    .unit = water  ? "m3"
                            : heat ? "GJ"
                                   : "kg"};
  double scale = water ? 1.0 : heat ? 1e-9 * ECO__WATER_RHO_C : 1e-3;
  eco__sum balance = {0}, came = {0};
  for (size_t r = 0; r < ECO_N_LEDGER_ROWS; r++) {
    const eco__sum *sum = ECO__LEDGER(b, quantity, r, lane);
    double value = r == ECO_LEDGER_FINAL ? stock(b, quantity, lane) : eco__sum_value(sum);
    out.rows[r] = scale * value;
    eco__sum_add(&balance, rows[r].sign * value);
    if (r != ECO_LEDGER_FINAL && rows[r].sign * value > 0)
      eco__sum_add(&came, rows[r].sign * value);
  }
  out.throughput = scale * eco__sum_value(&came);
  out.residual = out.throughput > 0 ? scale * eco__sum_value(&balance) / out.throughput : 0.0; /* LED-1 */
  return out;
}

eco_status eco__ledger_read(const eco__block *b, size_t lane, eco_ledger *out, size_t *n)
{
  size_t room = out ? *n : 0;
  *n = b->run->n_quantities;
  for (size_t q = 0; q < *n && q < room; q++)
    out[q] = read_one(b, q, lane);
  return ECO_OK;
}

eco_status eco__ledger_check(eco__block *b, eco_error *err)
{
  const eco_run *run = b->run;
  int year, month;
  eco__month_of(run->day, &year, &month);
  for (size_t l = 0; l < b->n_lanes; l++)
    for (size_t q = 0; q < run->n_quantities; q++) {
      eco_ledger one = read_one(b, q, l);
      if (fabs(one.residual) <= run->tolerance)
        continue;
      return eco__fail(
        err, ECO_LEDGER, "",
        "ledger of %s in '%s', scenario '%s', member %zu does not close in %04d-%02d: residual %.3g of a "
        "throughput of %.6g %s, must be at most %g",
        one.quantity, run->model->name, run->layout.scenarios[b->scenario[l]],
        run->first_member + b->first_member + b->member[l], year, month + 1, one.residual, one.throughput, one.unit,
        run->tolerance);
    }
  return ECO_OK;
}
