/* basin_words.c -- the tables of words: kinds, constituents, and which row of the parameter table a word means. */
#include "basin/basin.h"

#include <string.h>

const char *eco_kind_word(eco_kind kind)
{
  static const char *const words[] = {
#define X(name, word, text) word,
    ECO_KIND_MAP(X)
#undef X
  };
  return (unsigned)kind < ECO_N_KINDS ? words[kind] : "?";
}

const char *eco_kind_text(eco_kind kind)
{
  static const char *const texts[] = {
#define X(name, word, text) text,
    ECO_KIND_MAP(X)
#undef X
  };
  return (unsigned)kind < ECO_N_KINDS ? texts[kind] : "?";
}

/* ---- constituents */

#define CODMN                                                    \
  {                                                              \
    "CODMn", "mg/L", "高锰酸盐指数", "permanganate index, as O2" \
  }
#define NH3_N                                         \
  {                                                   \
    "NH3-N", "mg/L", "氨氮", "ammonia nitrogen, as N" \
  }
#define OTHER_N                                                                                \
  {                                                                                            \
    "other N", "mg/L", "其他氮", "nitrogen beside ammonia: nitrate, nitrite and organic, as N" \
  }
#define TN                                                                   \
  {                                                                          \
    "TN", "mg/L", "总氮", "total nitrogen, as N: NH3-N and other N together" \
  }
#define TP                                         \
  {                                                \
    "TP", "mg/L", "总磷", "total phosphorus, as P" \
  }
#define DO                                     \
  {                                            \
    "DO", "mg/L", "溶解氧", "dissolved oxygen" \
  }
#define CD                               \
  {                                      \
    "Cd", "mg/L", "镉", "cadmium, total" \
  }

static const eco_constituent states[ECO__N_BULK] = {CODMN, NH3_N, OTHER_N, TP, DO, CD};
static const eco_constituent observables[] = {CODMN, NH3_N, TN, TP, DO, CD};

size_t eco_state_count(void)
{
  return ECO__N_BULK;
}

const eco_constituent *eco_state_at(size_t index)
{
  return index < ECO__N_BULK ? &states[index] : NULL;
}

size_t eco_observable_count(void)
{
  return sizeof observables / sizeof observables[0];
}

const eco_constituent *eco_observable_at(size_t index)
{
  return index < eco_observable_count() ? &observables[index] : NULL;
}

/* What may stand behind the point of "conc.NH3-N": the states, and TN, from which compile takes other N. */
static const char *const suffixes[] = {"CODMn", "NH3-N", "other N", "TN", "TP", "DO", "Cd"};
enum { N_SUFFIXES = sizeof suffixes / sizeof suffixes[0] };

bool eco__is_bulk(const char *word)
{
  for (size_t i = 0; i < N_SUFFIXES; i++)
    if (eco__text_equal(word, suffixes[i]))
      return true;
  return false;
}

static bool is_suffix(const char *word, eco__own own)
{
  for (size_t i = 0; i < own.n; i++)
    if (eco__text_equal(word, own.names[i]))
      return true;
  return eco__is_bulk(word);
}

/* Other words for the same, too far from ours to be found by spelling. They only word the remedy. */
static const char *meant_constituent(const char *word, eco__own own)
{
  static const char *const others[][2] = {
    {"NH3", "NH3-N"},     {"NH4", "NH3-N"},      {"NH4-N", "NH3-N"}, {"ammonia", "NH3-N"}, {"COD", "CODMn"},
    {"IMn", "CODMn"},     {"N", "TN"},           {"nitrogen", "TN"}, {"P", "TP"},          {"phosphorus", "TP"},
    {"PO4-P", "TP"},      {"O2", "DO"},          {"oxygen", "DO"},   {"cadmium", "Cd"},    {"NO3", "other N"},
    {"NO3-N", "other N"}, {"nitrate", "other N"}};
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    if (eco__text_equal(word, others[i][0]))
      return others[i][1];
  for (size_t i = 0; i < ECO__N_BULK; i++)
    if (eco__text_equal(word, states[i].name_zh))
      return states[i].name;
  if (eco__text_equal(word, observables[2].name_zh))
    return observables[2].name;
  const char *mine = eco__nearest(word, own.names, own.n);
  return mine != NULL ? mine : eco__nearest(word, suffixes, N_SUFFIXES);
}

/* ---- which row a parameter's name means */

enum { MOST_ROWS = 64 };

static bool is_family(const eco_spec *row) /* "conc.*" */
{
  size_t length = strlen(row->name);
  return length > 2 && eco__text_equal(row->name + length - 2, ".*");
}

/* "conc." of "conc.*" in front of param */
static bool begins_with_family(const char *param, const eco_spec *row)
{
  return is_family(row) && strncmp(param, row->name, strlen(row->name) - 1) == 0;
}

static eco_status fail_constituent(const eco_spec *row, const char *param, const char *item_name, const char *place,
                                   eco__own own, eco_error *err)
{
  const char *word = param + strlen(row->name) - 1;
  const char *meant = meant_constituent(word, own);
  if (meant != NULL)
    return eco__fail(err, ECO_NOT_FOUND, place, "%s '%s': unknown constituent '%s' in '%s' (did you mean '%s'?)",
                     eco_kind_word(row->kind), item_name, word, param, meant);
  return eco__fail(err, ECO_NOT_FOUND, place,
                   "%s '%s': unknown constituent '%s' in '%s', expected CODMn, NH3-N, other N, "
                   "TN, TP, DO, Cd or one of the basin's own",
                   eco_kind_word(row->kind), item_name, word, param);
}

static eco_status fail_param(eco_kind kind, const char *param, const char *item_name, const char *place, eco__own own,
                             eco_error *err)
{
  const char *names[MOST_ROWS];
  char families[MOST_ROWS][16];
  const char *family_names[MOST_ROWS];
  size_t n = 0, n_families = 0;
  const char *word = eco_kind_word(kind);
  for (size_t i = 0; i < eco_spec_count(); i++) {
    const eco_spec *row = eco_spec_at(i);
    if (row->kind != kind || n == MOST_ROWS)
      continue;
    names[n++] = row->name;
    if (is_family(row)) {
      eco__format(families[n_families], sizeof families[0], "%.*s", (int)(strlen(row->name) - 2), row->name);
      family_names[n_families] = families[n_families];
      n_families++;
    }
  }
  char start[16];
  const char *point = strchr(param, '.');
  if (point != NULL && is_suffix(point + 1, own) &&
      eco__format(start, sizeof start, "%.*s", (int)(point - param), param)) {
    const char *family = eco__nearest(start, family_names, n_families);
    if (family != NULL)
      return eco__fail(err, ECO_NOT_FOUND, place, "%s '%s': no parameter '%s' (did you mean '%s%s'?)", word, item_name,
                       param, family, point);
  }
  const char *nearest = eco__nearest(param, names, n);
  if (nearest != NULL)
    return eco__fail(err, ECO_NOT_FOUND, place, "%s '%s': no parameter '%s' (did you mean '%s'?)", word, item_name,
                     param, nearest);
  return eco__fail(err, ECO_NOT_FOUND, place, "%s '%s': no parameter '%s', 'ecosim params %s' lists them", word,
                   item_name, param, word);
}

const eco_spec *eco__spec_find(eco_kind kind, const char *param, const char *item_name, const char *place, eco__own own,
                               eco_error *err)
{
  const eco_spec *family = NULL;
  for (size_t i = 0; i < eco_spec_count(); i++) {
    const eco_spec *row = eco_spec_at(i);
    if (row->kind != kind)
      continue;
    if (!is_family(row) && eco__text_equal(row->name, param))
      return row;
    if (begins_with_family(param, row))
      family = row;
  }
  if (family == NULL)
    (void)fail_param(kind, param, item_name, place, own, err);
  else if (!is_suffix(param + strlen(family->name) - 1, own)) {
    (void)fail_constituent(family, param, item_name, place, own, err);
    family = NULL;
  }
  return family;
}
