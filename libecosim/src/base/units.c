/* units.c -- unit texts: products and quotients of a closed list of spellings. doc/units.md lists them.
 *
 * A unit is read into a fraction of whole numbers, so that "g/m3" is "mg/L" exactly and every conversion is one
 * multiplication or one division of exact numbers where these fit a double.
 *
 *   UNI-1   a month is no unit; a year (a, 年) is 365 d
 *   UNI-2   tonnes per time ("t/d", "万吨/日") where a flow of water is wanted are tonnes of water of 1000 kg/m3
 *   UNI-3   degrees Celsius (C) stand alone and are absolute; K is a difference and stands in products (W/m2/K) */
#include "base/base.h"

#include <math.h>
#include <string.h>

/* Dimensions. Exponents are counted in sixths: Manning's n is s/m^(1/3), Chezy's C m^(1/2)/s. */
enum { LENGTH, MASS, TIME, KELVIN, CELSIUS, MONEY, N_DIMENSIONS };
enum { WHOLE = 6, GREATEST_POWER = 9 };

typedef struct unit {
  int power[N_DIMENSIONS];
  double over, under; /* SI value: over / under; whole numbers */
  bool has_tonne;     /* UNI-2 */
} unit;

typedef struct atom {
  const char *name;
  double over, under;
  int power[N_DIMENSIONS]; /* whole exponents */
} atom;

/* clang-format off */
static const atom atoms[] = {
  {"m", 1, 1, {1, 0, 0, 0, 0, 0}},
  {"km", 1000, 1, {1, 0, 0, 0, 0, 0}},
  {"cm", 1, 100, {1, 0, 0, 0, 0, 0}},
  {"mm", 1, 1000, {1, 0, 0, 0, 0, 0}},
  {"ha", 10000, 1, {2, 0, 0, 0, 0, 0}},
  {"公顷", 10000, 1, {2, 0, 0, 0, 0, 0}},
  {"亩", 10000, 15, {2, 0, 0, 0, 0, 0}}, /* 15 mu are a hectare */
  {"L", 1, 1000, {3, 0, 0, 0, 0, 0}},
  {"kg", 1, 1, {0, 1, 0, 0, 0, 0}},
  {"g", 1, 1000, {0, 1, 0, 0, 0, 0}},
  {"mg", 1, 1000000, {0, 1, 0, 0, 0, 0}},
  {"ug", 1, 1000000000, {0, 1, 0, 0, 0, 0}},
  {"µg", 1, 1000000000, {0, 1, 0, 0, 0, 0}}, /* micro sign U+00B5 */
  {"μg", 1, 1000000000, {0, 1, 0, 0, 0, 0}}, /* Greek mu U+03BC */
  {"t", 1000, 1, {0, 1, 0, 0, 0, 0}},
  {"吨", 1000, 1, {0, 1, 0, 0, 0, 0}},
  {"s", 1, 1, {0, 0, 1, 0, 0, 0}},
  {"min", 60, 1, {0, 0, 1, 0, 0, 0}},
  {"h", 3600, 1, {0, 0, 1, 0, 0, 0}},
  {"d", 86400, 1, {0, 0, 1, 0, 0, 0}},
  {"天", 86400, 1, {0, 0, 1, 0, 0, 0}},
  {"日", 86400, 1, {0, 0, 1, 0, 0, 0}},
  {"a", 31536000, 1, {0, 0, 1, 0, 0, 0}}, /* UNI-1 */
  {"年", 31536000, 1, {0, 0, 1, 0, 0, 0}},
  {"K", 1, 1, {0, 0, 0, 1, 0, 0}},
  {"C", 1, 1, {0, 0, 0, 0, 1, 0}},
  {"degC", 1, 1, {0, 0, 0, 0, 1, 0}},
  {"℃", 1, 1, {0, 0, 0, 0, 1, 0}},
  {"W", 1, 1, {2, 1, -3, 0, 0, 0}},
  {"kWh", 3600000, 1, {2, 1, -2, 0, 0, 0}},
  {"MJ", 1000000, 1, {2, 1, -2, 0, 0, 0}},
  {"%", 1, 100, {0}},
  {"cny", 1, 1, {0, 0, 0, 0, 0, 1}},
  {"元", 1, 1, {0, 0, 0, 0, 0, 1}},
};
/* clang-format on */

static const struct {
  const char *text;
  double factor;
} prefixes[] = {{"万", 1e4}, {"亿", 1e8}};

/* Spellings to offer for one that is not known: usual ones, then every atom is a part of one of them. */
/* clang-format off */
static const char *const spellings[] = {
  "m",      "km",    "cm",     "mm",    "m2",    "km2",  "ha",      "公顷",  "亩",      "m3",    "L",        "万m3",
  "亿m3",   "s",     "min",    "h",     "d",     "a",    "kg",      "g",     "mg",      "ug",    "t",        "吨",
  "m3/s",   "m3/d",  "t/d",    "万吨/日", "mg/L", "g/m3", "ug/L",    "kg/m3", "mg/kg",   "kg/d",  "t/a",      "kg/a",
  "kg/ha/a", "mm/d", "mm/a",   "m/d",   "m/a",   "m/s",  "1/d",     "1/h",   "1/s",     "1/a",   "g/m2/d",   "mg/m2/d",
  "degC",   "%",     "s/m^(1/3)", "m^(1/2)/s", "W/m2/K", "L/kg", "kg/L", "m2/s",  "cny",   "元",      "万元",  "亿元",     "kWh",
  "MJ/m2/d"};
/* clang-format on */

/* ---- reading */

static size_t digits_at(const char *text, int *out)
{
  size_t n = 0;
  *out = 0;
  for (; text[n] >= '0' && text[n] <= '9' && n < 3; n++)
    *out = *out * 10 + (text[n] - '0');
  return n;
}

/* "2", "^2", "^(1/3)", "^(1/2)", "²", "³" or nothing (which is 1), as sixths. False where it is no exponent. */
static bool read_power(const char **text, int *sixths)
{
  const char *at = *text;
  int over = 1, under = 1;
  if (strncmp(at, "²", strlen("²")) == 0 || strncmp(at, "³", strlen("³")) == 0) {
    over = strncmp(at, "²", strlen("²")) == 0 ? 2 : 3;
    at += strlen("²");
  } else if (strncmp(at, "^(", 2) == 0) {
    at += 2;
    size_t n = digits_at(at, &over);
    at += n;
    if (n == 0 || *at++ != '/')
      return false;
    n = digits_at(at, &under);
    at += n;
    if (n == 0 || *at++ != ')')
      return false;
  } else {
    bool marked = *at == '^';
    at += marked ? 1 : 0;
    size_t n = digits_at(at, &over);
    if (n == 0 && marked)
      return false;
    if (n == 0)
      over = 1;
    at += n;
  }
  if ((under != 1 && under != 2 && under != 3) || over < 1 || over > GREATEST_POWER)
    return false;
  *text = at;
  *sixths = over * WHOLE / under;
  return true;
}

static const atom *find_atom(const char *text, size_t length)
{
  for (size_t i = 0; i < sizeof atoms / sizeof atoms[0]; i++)
    if (strlen(atoms[i].name) == length && memcmp(atoms[i].name, text, length) == 0)
      return &atoms[i];
  return NULL;
}

static double whole_power(double base, int exponent)
{
  double power = 1.0;
  for (int i = 0; i < exponent; i++)
    power *= base;
  return power;
}

static void scale(unit *to, double over, double under, bool below)
{
  to->over *= below ? under : over;
  to->under *= below ? over : under;
}

/* A name with its exponent: "km2", "万m3". The exponent belongs to the name, 万 to the whole. */
static bool read_name(const char **text, bool below, unit *to)
{
  const char *at = *text;
  for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
    if (strncmp(at, prefixes[i].text, strlen(prefixes[i].text)) == 0) {
      at += strlen(prefixes[i].text);
      scale(to, prefixes[i].factor, 1.0, below);
      break;
    }
  size_t length = 0;
  while (at[length] != '\0' && strchr("/*^0123456789 ", at[length]) == NULL &&
         strncmp(at + length, "·", strlen("·")) != 0 && strncmp(at + length, "²", strlen("²")) != 0 &&
         strncmp(at + length, "³", strlen("³")) != 0)
    length++;
  const atom *found = length > 0 ? find_atom(at, length) : NULL;
  at += length;
  int sixths;
  if (found == NULL || !read_power(&at, &sixths))
    return false;
  bool has_factor = found->over != found->under;
  if (has_factor && sixths % WHOLE != 0)
    return false; /* a root of a factor is no whole number: only SI names take "^(1/2)" and "^(1/3)" */
  if (has_factor)
    scale(to, whole_power(found->over, sixths / WHOLE), whole_power(found->under, sixths / WHOLE), below);
  for (int k = 0; k < N_DIMENSIONS; k++)
    to->power[k] += (below ? -1 : 1) * found->power[k] * sixths;
  to->has_tonne = to->has_tonne || (!below && found->over == 1000 && found->power[MASS] == 1);
  *text = at;
  return true;
}

/* "1" of "1/d", "1e8" of "1e8m3": a whole number in front of a name or of "/". */
static bool read_factor(const char **text, bool below, unit *to)
{
  const char *at = *text;
  while ((*at >= '0' && *at <= '9') || ((*at == 'e' || *at == 'E') && at > *text && at[1] >= '0' && at[1] <= '9'))
    at++;
  double factor;
  if (!eco__parse_number(*text, (size_t)(at - *text), &factor) || factor < 1.0 || factor > 1e15)
    return false;
  scale(to, factor, 1.0, below);
  *text = at;
  return true;
}

static bool read_unit(const char *text, unit *out)
{
  *out = (unit){.over = 1.0, .under = 1.0};
  if (*text == '\0')
    return true;
  bool below = false;
  for (;;) {
    bool is_number = *text >= '0' && *text <= '9';
    if (is_number && !read_factor(&text, below, out))
      return false;
    bool at_end = *text == '\0' || *text == '/' || *text == '*';
    if (!(is_number && at_end) && !read_name(&text, below, out))
      return false;
    if (*text == '\0')
      break;
    below = *text == '/'; /* "kg/ha/a": each "/" turns the one name behind it over */
    if (*text == '/' || *text == '*')
      text += 1;
    else if (strncmp(text, "·", strlen("·")) == 0)
      text += strlen("·");
    else
      return false;
  }
  bool has_celsius = out->power[CELSIUS] != 0;
  int others = 0;
  for (int k = 0; k < N_DIMENSIONS; k++)
    others += k != CELSIUS && out->power[k] != 0 ? 1 : 0;
  return !has_celsius || (out->power[CELSIUS] == WHOLE && others == 0 && out->over == out->under); /* UNI-3 */
}

/* ---- naming dimensions */

static const struct {
  const char *text;
  int power[N_DIMENSIONS];
} words[] = {
  {"a pure number", {0}},
  {"a length", {1, 0, 0, 0, 0, 0}},
  {"an area", {2, 0, 0, 0, 0, 0}},
  {"a volume", {3, 0, 0, 0, 0, 0}},
  {"a mass", {0, 1, 0, 0, 0, 0}},
  {"a time", {0, 0, 1, 0, 0, 0}},
  {"a temperature", {0, 0, 0, 0, 1, 0}},
  {"a temperature difference", {0, 0, 0, 1, 0, 0}},
  {"money", {0, 0, 0, 0, 0, 1}},
  {"volume per time", {3, 0, -1, 0, 0, 0}},
  {"mass per time", {0, 1, -1, 0, 0, 0}},
  {"mass per volume", {-3, 1, 0, 0, 0, 0}},
  {"mass per volume and time", {-3, 1, -1, 0, 0, 0}},
  {"volume per mass", {3, -1, 0, 0, 0, 0}},
  {"volume per mass and time", {3, -1, -1, 0, 0, 0}},
  {"power per area", {0, 1, -3, 0, 0, 0}},
  {"mass per area", {-2, 1, 0, 0, 0, 0}},
  {"mass per area and time", {-2, 1, -1, 0, 0, 0}},
  {"length per time", {1, 0, -1, 0, 0, 0}},
  {"area per time", {2, 0, -1, 0, 0, 0}},
  {"a rate (1 per time)", {0, 0, -1, 0, 0, 0}},
  {"energy", {2, 1, -2, 0, 0, 0}},
  {"power", {2, 1, -3, 0, 0, 0}},
  {"heat exchange (power per area and temperature difference)", {0, 1, -3, -1, 0, 0}},
  {"money per mass", {0, -1, 0, 0, 0, 1}},
  {"money per volume", {-3, 0, 0, 0, 0, 1}},
  {"money per area", {-2, 0, 0, 0, 0, 1}},
  {"money per time", {0, 0, -1, 0, 0, 1}},
};

static bool same_dimension(const unit *a, const unit *b)
{
  return memcmp(a->power, b->power, sizeof a->power) == 0;
}

/* "volume per time", or where there is no word for it "length^-1/3 time". */
static void name_dimension(const unit *u, char *out, size_t room)
{
  static const char *const bases[N_DIMENSIONS] = {"length",      "mass", "time", "temperature difference",
                                                  "temperature", "money"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    bool same = true;
    for (int k = 0; k < N_DIMENSIONS; k++)
      same = same && words[i].power[k] * WHOLE == u->power[k];
    if (same) {
      (void)eco__format(out, room, "%s", words[i].text);
      return;
    }
  }
  out[0] = '\0';
  for (int k = 0; k < N_DIMENSIONS; k++) {
    size_t used = strlen(out);
    const char *gap = used > 0 ? " " : "";
    if (u->power[k] == WHOLE)
      (void)eco__format(out + used, room - used, "%s%s", gap, bases[k]);
    else if (u->power[k] % WHOLE == 0 && u->power[k] != 0)
      (void)eco__format(out + used, room - used, "%s%s^%d", gap, bases[k], u->power[k] / WHOLE);
    else if (u->power[k] != 0) { /* sixths: thirds, halves, or sixths */
      int by = u->power[k] % 2 == 0 ? 2 : u->power[k] % 3 == 0 ? 3 : 1;
      (void)eco__format(out + used, room - used, "%s%s^(%d/%d)", gap, bases[k], u->power[k] / by, WHOLE / by);
    }
  }
}

void eco__dimension_words(const eco__dimension *dimension, char *out, size_t room)
{
  unit u = {.over = 1.0, .under = 1.0};
  memcpy(u.power, dimension->power, sizeof u.power);
  name_dimension(&u, out, room);
}

/* ---- converting */

static eco_status fail_unknown(const char *text, eco_error *err)
{
  const char *nearest = eco__nearest(text, spellings, sizeof spellings / sizeof spellings[0]);
  if (nearest != NULL)
    return eco__fail(err, ECO_UNITS, "", "unit '%s' is not known (did you mean '%s'?)", text, nearest);
  return eco__fail(err, ECO_UNITS, "", "unit '%s' is not known, doc/units.md lists those that are", text);
}

static double largest_divisor(double a, double b)
{
  while (b > 0.0) {
    double rest = fmod(a, b);
    a = b;
    b = rest;
  }
  return a;
}

/* UNI-2 */
static bool is_water_in_tonnes(const unit *from, const unit *to)
{
  static const int mass_flow[N_DIMENSIONS] = {0, WHOLE, -WHOLE, 0, 0, 0};
  static const int volume_flow[N_DIMENSIONS] = {3 * WHOLE, 0, -WHOLE, 0, 0, 0};
  return from->has_tonne && memcmp(from->power, mass_flow, sizeof mass_flow) == 0 &&
         memcmp(to->power, volume_flow, sizeof volume_flow) == 0;
}

eco_status eco__unit_dimension(const char *text, eco__dimension *out, double *factor, eco_error *err)
{
  unit u;
  if (!read_unit(text != NULL ? text : "", &u))
    return fail_unknown(text, err);
  memcpy(out->power, u.power, sizeof out->power);
  double grams = pow(1000.0, u.power[MASS] / (double)WHOLE), days = pow(86400.0, -u.power[TIME] / (double)WHOLE);
  *factor = u.over * grams * days / u.under;
  return ECO_OK;
}

eco_status eco_unit_convert(double value, const char *text, const char *wanted, double *out, eco_error *err)
{
  unit from, to;
  text = text != NULL ? text : "";
  wanted = wanted != NULL ? wanted : "";
  if (!read_unit(text, &from))
    return fail_unknown(text, err);
  if (!read_unit(wanted, &to))
    return fail_unknown(wanted, err);
  if (is_water_in_tonnes(&from, &to))
    from.under *= 1000.0; /* kg/m3 of water */
  else if (!same_dimension(&from, &to)) {
    char given_words[120], wanted_words[120];
    name_dimension(&from, given_words, sizeof given_words);
    name_dimension(&to, wanted_words, sizeof wanted_words);
    if (*text == '\0')
      return eco__fail(err, ECO_UNITS, "", "a unit is missing, expected %s, as in '%s'", wanted_words, wanted);
    if (*wanted == '\0')
      return eco__fail(err, ECO_UNITS, "", "unit '%s' is %s, expected a pure number", text, given_words);
    return eco__fail(err, ECO_UNITS, "", "unit '%s' is %s, expected %s, as in '%s'", text, given_words, wanted_words,
                     wanted);
  }
  double over = from.over * to.under, under = from.under * to.over;
  if (over <= 0x1p53 && under <= 0x1p53) { /* both exact: what cancels is taken out before it can round */
    double divisor = largest_divisor(over, under);
    over /= divisor;
    under /= divisor;
  }
  *out = value * over / under;
  return ECO_OK;
}

/* ---- quantities */

static size_t number_length(const char *text)
{
  size_t n = 0, digits = 0;
  if (text[n] == '-' || text[n] == '+')
    n++;
  for (; (text[n] >= '0' && text[n] <= '9') || text[n] == '.'; n++)
    digits += text[n] != '.' ? 1 : 0;
  if (digits == 0)
    return 0;
  size_t exponent = n;
  if (text[exponent] == 'e' || text[exponent] == 'E') {
    exponent++;
    if (text[exponent] == '-' || text[exponent] == '+')
      exponent++;
    for (; text[exponent] >= '0' && text[exponent] <= '9'; exponent++)
      n = exponent + 1;
  }
  return n;
}

eco_status eco_quantity_parse(const char *text, double *value, char unit_text[32], eco_error *err)
{
  if (text == NULL)
    return eco__fail(err, ECO_INVALID, "", "a quantity is missing, expected a number and a unit such as '30 mg/L'");
  const char *start = text + strspn(text, " \t");
  size_t length = number_length(start);
  double number;
  if (length == 0 || !eco__parse_number(start, length, &number))
    return eco__fail(err, ECO_INVALID, "", "'%s' is not a quantity, expected a number and a unit such as '30 mg/L'",
                     text);
  const char *rest = start + length;
  if (*rest == ',' || *rest == '\'' || *rest == '_')
    return eco__fail(err, ECO_INVALID, "", "'%s' is not a quantity: a number has a point and no separators", text);
  rest += strspn(rest, " \t");
  size_t rest_length = strlen(rest);
  while (rest_length > 0 && (rest[rest_length - 1] == ' ' || rest[rest_length - 1] == '\t'))
    rest_length--;
  if (rest_length > 31)
    return eco__fail(err, ECO_INVALID, "", "'%s' is not a quantity: its unit is longer than 31 bytes", text);
  memcpy(unit_text, rest, rest_length);
  unit_text[rest_length] = '\0';
  *value = number;
  return ECO_OK;
}
