/* family.c -- the families, and a process made of one. */
#include "kinetics/family.h"

#include "basin/basin.h"
#include "basin/process.h"

#include <string.h>

static const eco_family *const families[] = {&eco__family_oxygen,     &eco__family_cbod,       &eco__family_nitrogen,
                                             &eco__family_phosphorus, &eco__family_algae,      &eco__family_solids,
                                             &eco__family_bed,        &eco__family_diagenesis, &eco__family_waves,
                                             &eco__family_metal,      &eco__family_pathogens};
enum { N_FAMILIES = sizeof families / sizeof families[0], LONGEST = 1000, MOST_PARTS = 16 };

size_t eco_family_count(void)
{
  return N_FAMILIES;
}

const eco_family *eco_family_at(size_t index)
{
  return index < N_FAMILIES ? families[index] : NULL;
}

/* ---- texts of a table */

typedef struct maker {
  eco_basin *basin;
  eco_item process;
  const char *name, *place;
  const eco_family *family;
  const eco_process_value *given;
  size_t n_given;
  double value[64]; /* of the params */
  eco_error *err;
} maker;

/* '%' in names of constituents becomes the process's name. */
static eco_status fill_name(const maker *k, const char *text, char out[LONGEST])
{
  size_t n = 0;
  bool inside = false;
  for (; *text; text++) {
    inside = *text == '[' || (inside && *text != ']');
    const char *piece = inside && *text == '%' ? k->name : NULL;
    size_t length = piece ? strlen(piece) : 1;
    if (n + length + 1 > LONGEST)
      return eco__fail(k->err, ECO_INVALID, k->place, "process '%s': its name is too long for family '%s'", k->name,
                       k->family->name);
    memcpy(out + n, piece ? piece : text, length);
    n += length;
  }
  out[n] = '\0';
  return ECO_OK;
}

/* ---- parameters */

static eco_status add_params(maker *k)
{
  for (size_t i = 0; i < k->family->n_params; i++) {
    const eco_family_param *f = &k->family->params[i];
    double value = f->typical;
    for (size_t g = 0; g < k->n_given; g++) {
      if (!eco__text_equal(k->given[g].name, f->name))
        continue;
      value = k->given[g].value;
      if (k->given[g].unit && k->given[g].unit[0])
        ECO__TRY(eco_unit_convert(k->given[g].value, k->given[g].unit, f->unit, &value, k->err));
    }
    k->value[i] = value;
    eco_process_param p = {sizeof p, f->name, f->unit, value, f->lowest, f->highest, f->source, f->text};
    eco_node unused;
    ECO__TRY(eco_process_add_param(k->basin, k->process, &p, &unused, k->err));
  }
  return ECO_OK;
}

static eco_status check_given(const maker *k)
{
  const eco__names known = ECO__NAMES(k->family->params, k->family->n_params, eco_family_param);
  size_t list;
  uint32_t index;
  for (size_t g = 0; g < k->n_given; g++) {
    if (eco__find_name(&known, 1, k->given[g].name, &list, &index))
      continue;
    const char *near = eco__nearest_in(k->given[g].name, &known, 1);
    return eco__fail(k->err, ECO_NOT_FOUND, k->place, "process '%s': family '%s' has no parameter '%s'%s%s%s", k->name,
                     k->family->name, k->given[g].name, near ? " (did you mean '" : "", near ? near : "",
                     near ? "'?)" : "");
  }
  return ECO_OK;
}

/* ---- fluxes */

/* "48/14", "2.69", "n_per_c", with its sign. */
static bool coefficient_of(const maker *k, const char *text, size_t n, double *out)
{
  double sign = text[0] == '-' ? -1.0 : 1.0, over, under = 1.0;
  const char *slash = memchr(text, '/', n), *digits = text + 1;
  size_t first = slash ? (size_t)(slash - digits) : n - 1;
  if (eco__parse_number(digits, first, &over) && (!slash || eco__parse_number(slash + 1, n - first - 2, &under))) {
    *out = sign * over / under;
    return true;
  }
  for (size_t i = 0; i < k->family->n_params; i++)
    if (strlen(k->family->params[i].name) == n - 1 && strncmp(k->family->params[i].name, digits, n - 1) == 0) {
      *out = sign * k->value[i];
      return true;
    }
  return false;
}

/* Cuts `text` into parts; what is 0, and what the basin can do without and does, is left out. */
static bool read_moves(const maker *k, char *text, eco_process_part *parts, size_t *n)
{
  *n = 0;
  for (char *at = text; *at;) {
    char *open = strchr(at, '['), *close = open ? strchr(open, ']') : NULL;
    if (!close || open == at || *n == MOST_PARTS)
      return false;
    size_t length = (size_t)(open - at);
    while (length > 0 && at[length - 1] == ' ')
      length--;
    eco_process_part part = {open + 1, 0.0};
    if (!coefficient_of(k, at, length, &part.coefficient))
      return false;
    *close = '\0';
    bool may_lack = close[-1] == '?';
    if (may_lack)
      close[-1] = '\0';
    if (part.coefficient != 0 && (!may_lack || eco__basin_carries(k->basin, part.constituent)))
      parts[(*n)++] = part;
    for (at = close + 1; *at == ' '; at++)
      continue;
  }
  return *n > 0;
}

static eco_status add_flux(maker *k, const eco_family_flux *f)
{
  char rate[LONGEST], moves[LONGEST];
  eco_process_part parts[MOST_PARTS];
  eco_process_flux flux = ECO_PROCESS_FLUX_INIT;
  ECO__TRY(fill_name(k, f->rate, rate));
  ECO__TRY(fill_name(k, f->moves, moves));
  ECO__TRY(eco_process_parse(k->basin, k->process, rate, &flux.rate, k->err));
  if (!read_moves(k, moves, parts, &flux.n_parts))
    return eco__fail(k->err, ECO_INVALID, k->place, "process '%s': flux '%s' of family '%s' moves nothing", k->name,
                     f->name, k->family->name);
  flux.name = f->name;
  flux.both_ways = f->both_ways;
  flux.side = f->side;
  flux.parts = parts;
  return eco_process_add_flux(k->basin, k->process, &flux, k->err);
}

eco_status eco_process_use_family(eco_basin *basin, eco_item process, const char *family,
                                  const eco_process_value *given, size_t n, eco_error *err)
{
  if (!basin || process.id >= eco__basin_n_items(basin) || eco__item_kind(basin, process) != ECO_PROCESS || !family)
    return eco__fail(err, ECO_INVALID, "", "eco_process_use_family: a process and the name of a family are needed");
  maker k = {basin, process, eco__item_name(basin, process), eco__item_place(basin, process), NULL, given, n, {0}, err};
  const char *names[N_FAMILIES];
  for (size_t i = 0; i < N_FAMILIES; i++) {
    names[i] = families[i]->name;
    k.family = eco__text_equal(names[i], family) ? families[i] : k.family;
  }
  if (!k.family) {
    const char *near = eco__nearest(family, names, N_FAMILIES);
    return eco__fail(err, ECO_NOT_FOUND, k.place, "process '%s': no family '%s'%s%s%s", k.name, family,
                     near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  }
  ECO__TRY(check_given(&k));
  ECO__TRY(add_params(&k));
  for (size_t i = 0; i < k.family->n_definitions; i++) {
    char text[LONGEST];
    eco_node node = ECO_NO_NODE;
    ECO__TRY(fill_name(&k, k.family->definitions[i].text, text));
    ECO__TRY(eco_process_parse(basin, process, text, &node, err));
    ECO__TRY(eco_process_define(basin, process, k.family->definitions[i].name, node, err));
  }
  for (size_t i = 0; i < k.family->n_fluxes; i++)
    ECO__TRY(add_flux(&k, &k.family->fluxes[i]));
  return ECO_OK;
}
