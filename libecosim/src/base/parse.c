/* parse.c -- expressions written as text: "k * theta^(temperature - 20) * [NH3-N] / ([DO] + ks)".
 *
 *   comparison := sum [('<' | '>') sum]
 *   sum        := product {('+' | '-') product}
 *   product    := sign {('*' | '/') sign}
 *   sign       := '-' sign | power
 *   power      := item ['^' sign]
 *   item       := number ['{' unit '}'] | word | word '(' comparison {',' comparison} ')' | '[' constituent ']' | '(' comparison ')'
 *
 *   LGT-1  light_mean(x) = (1 - e^-x) / x: mean of e^-z over z in 0..x
 *   LGT-2  steele(a, x): mean of a e^-z exp(1 - a e^-z) over z in 0..x [Steele1962], in a form without cancellation
 *
 * By recursion, as deep as brackets go; that is limited. */
#include "base/graph.h"

#include <string.h>

enum { DEEPEST = 64, LONGEST_WORD = 100, MOST_ARGUMENTS = 8 };

typedef struct parser {
  eco__graph *g;
  const char *text, *at;
  const eco__words *words;
  eco_error *err;
  int depth;
  bool failed;
} parser;

static eco__node comparison(parser *p);

/* ---- faults */

static eco__node fail(parser *p, eco_status status, const char *fault)
{
  if (!p->failed)
    (void)eco__fail(p->err, status, "", "'%s', column %zu: %s", p->text, (size_t)(p->at - p->text) + 1, fault);
  p->failed = true;
  return ECO__NO_NODE;
}

/* What was made, or the graph's fault with where it is; the graph forgets it. */
static eco__node checked(parser *p, eco__node node)
{
  if (node != ECO__NO_NODE && p->g->fault.status == ECO_OK)
    return node;
  eco_error fault = p->g->fault;
  p->g->fault = (eco_error){.status = ECO_OK};
  if (p->failed || fault.status == ECO_OK)
    return ECO__NO_NODE;
  return fail(p, fault.status, fault.text);
}

static eco__node apply(parser *p, eco__op op, eco__node a, eco__node b, eco__node c)
{
  return p->failed ? ECO__NO_NODE : checked(p, eco__graph_apply(p->g, op, a, b, c));
}

/* ---- signs and words */

static void pass_blanks(parser *p)
{
  while (*p->at == ' ' || *p->at == '\t' || *p->at == '\n')
    p->at++;
}

static bool pass(parser *p, char sign)
{
  pass_blanks(p);
  if (*p->at != sign)
    return false;
  p->at++;
  return true;
}

static bool is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/* [from, to) as a text of its own; false: too long. */
static bool copy_word(const char *from, const char *to, char out[LONGEST_WORD + 1])
{
  size_t n = (size_t)(to - from);
  if (n > LONGEST_WORD)
    return false;
  memcpy(out, from, n);
  out[n] = '\0';
  return true;
}

/* What stands up to `close`, which is passed too. */
static bool read_until(parser *p, char close, char out[LONGEST_WORD + 1])
{
  const char *end = strchr(p->at, close);
  if (!end || end == p->at || !copy_word(p->at, end, out)) {
    (void)fail(p, ECO_INVALID, end == p->at ? "a name is missing between brackets" : "a bracket is not closed");
    return false;
  }
  p->at = end + 1;
  return true;
}

/* ---- items */

static eco__node number(parser *p)
{
  const char *end = p->at;
  while (is_digit(*end) || *end == '.')
    end++;
  if ((*end == 'e' || *end == 'E') && (is_digit(end[1]) || ((end[1] == '-' || end[1] == '+') && is_digit(end[2])))) {
    end += 2;
    while (is_digit(*end))
      end++;
  }
  double value;
  if (!eco__parse_number(p->at, (size_t)(end - p->at), &value))
    return fail(p, ECO_INVALID, "a number is expected here");
  p->at = end;
  char unit[LONGEST_WORD + 1];
  if (!pass(p, '{'))
    return checked(p, eco__graph_number(p->g, value));
  return read_until(p, '}', unit) ? checked(p, eco__graph_quantity(p->g, value, unit)) : ECO__NO_NODE;
}

static eco__node named(parser *p, eco__op kind, const char *name, const char *began)
{
  eco_error why = {.status = ECO_OK};
  eco__node node = p->words->find(p->words->user, kind, name, &why);
  if (node != ECO__NO_NODE)
    return node;
  p->at = began;
  return fail(p, why.status, why.text);
}

typedef struct call { /* words that stand for more than one operation are spelt out */
  const char *word;
  size_t least, most;
} call;
static const call calls[] = {{"exp", 1, 1},    {"log", 1, 1},         {"sqrt", 1, 1},           {"abs", 1, 1},
                             {"min", 2, 8},    {"max", 2, 8},         {"where", 3, 3},          {"less", 2, 2},
                             {"monod", 2, 2},  {"inhibition", 2, 2},  {"at_temperature", 2, 2}, {"light_mean", 1, 1},
                             {"steele", 2, 2}, {"light_smith", 2, 2}, {"light_monod", 2, 2},    {"bed_transfer", 4, 4}};

static eco__node number_node(parser *p, double value)
{
  return p->failed ? ECO__NO_NODE : checked(p, eco__graph_number(p->g, value));
}

/* LGT-1: (1 - e^-x) / x; near 0 by its series, of which the rest is below 1e-15 where it is used. */
static eco__node light_mean(parser *p, eco__node x)
{
  eco__node none = ECO__NO_NODE, one = number_node(p, 1.0), series = one;
  for (int k = 7; k >= 2; k--)
    series = apply(p, ECO__SUBTRACT, one,
                   apply(p, ECO__MULTIPLY, apply(p, ECO__DIVIDE, x, number_node(p, k), none), series, none), none);
  eco__node decayed = apply(p, ECO__EXP, apply(p, ECO__SUBTRACT, number_node(p, 0.0), x, none), none, none);
  eco__node whole = apply(p, ECO__DIVIDE, apply(p, ECO__SUBTRACT, one, decayed, none), x, none);
  return apply(p, ECO__WHERE, apply(p, ECO__LESS, x, number_node(p, 0.02), none), series, whole);
}

/* LGT-2: mean of a e^-z exp(1 - a e^-z) over z 0..x: e a E(x) E(u) exp(u - a), u = a x E(x), E of LGT-1. */
static eco__node steele(parser *p, eco__node a, eco__node x)
{
  eco__node none = ECO__NO_NODE, mean = light_mean(p, x);
  eco__node top = apply(p, ECO__MULTIPLY, a, mean, none), u = apply(p, ECO__MULTIPLY, top, x, none);
  eco__node rest =
    apply(p, ECO__EXP, apply(p, ECO__SUBTRACT, apply(p, ECO__ADD, u, number_node(p, 1.0), none), a, none), none, none);
  return apply(p, ECO__MULTIPLY, apply(p, ECO__MULTIPLY, top, light_mean(p, u), none), rest, none);
}

/* log(1 + w) / w, w at least 0, to the last digits: what 1 + w rounds off it takes off below too. 1 where nothing is left of w. */
static eco__node log_share(parser *p, eco__node w)
{
  eco__node none = ECO__NO_NODE, one = number_node(p, 1.0), whole = apply(p, ECO__ADD, w, one, none);
  eco__node seen = apply(p, ECO__SUBTRACT, whole, one, none),
            floor = apply(p, ECO__MAXIMUM, seen, number_node(p, 1e-300), none);
  eco__node share = apply(p, ECO__DIVIDE, apply(p, ECO__LOG, whole, none, none), floor, none);
  return apply(p, ECO__WHERE, apply(p, ECO__LESS, number_node(p, 0.0), seen, none), share, one);
}

static eco__node dimmed(parser *p, eco__node a, eco__node x) /* a e^-x */
{
  eco__node none = ECO__NO_NODE, minus = apply(p, ECO__SUBTRACT, number_node(p, 0.0), x, none);
  return apply(p, ECO__MULTIPLY, a, apply(p, ECO__EXP, minus, none, none), none);
}

/* LGT-3: mean of a e^-z / (1 + a e^-z) over z 0..x: q log(1 + x q) / (x q), q = a E(x) / (1 + a e^-x), E of LGT-1. */
static eco__node light_monod(parser *p, eco__node a, eco__node x)
{
  eco__node none = ECO__NO_NODE, under = apply(p, ECO__ADD, dimmed(p, a, x), number_node(p, 1.0), none);
  eco__node q = apply(p, ECO__DIVIDE, apply(p, ECO__MULTIPLY, a, light_mean(p, x), none), under, none);
  return apply(p, ECO__MULTIPLY, q, log_share(p, apply(p, ECO__MULTIPLY, x, q, none)), none);
}

static eco__node hypotenuse(parser *p, eco__node a) /* (1 + a^2)^(1/2) */
{
  eco__node none = ECO__NO_NODE, square = apply(p, ECO__MULTIPLY, a, a, none);
  return apply(p, ECO__SQRT, apply(p, ECO__ADD, square, number_node(p, 1.0), none), none, none);
}

/* LGT-4: mean of a e^-z / (1 + (a e^-z)^2)^(1/2) over z 0..x: q log(1 + x q) / (x q), q = a E(x) (1 + (a + b)/(A + B)) / (b + B),
 * b = a e^-x, A and B the hypotenuses of a and b. */
static eco__node light_smith(parser *p, eco__node a, eco__node x)
{
  eco__node none = ECO__NO_NODE, b = dimmed(p, a, x), top = hypotenuse(p, a), under = hypotenuse(p, b);
  eco__node rise = apply(p, ECO__DIVIDE, apply(p, ECO__ADD, a, b, none), apply(p, ECO__ADD, top, under, none), none);
  eco__node all = apply(p, ECO__MULTIPLY, apply(p, ECO__MULTIPLY, a, light_mean(p, x), none),
                        apply(p, ECO__ADD, rise, number_node(p, 1.0), none), none);
  eco__node q = apply(p, ECO__DIVIDE, all, apply(p, ECO__ADD, b, under, none), none);
  return apply(p, ECO__MULTIPLY, q, log_share(p, apply(p, ECO__MULTIPLY, x, q, none)), none);
}

/* SED-1: the one root above 0 of (o s - c)(k^2 + s^2) = a k^2, which is convex from the root up: Newton's steps from a bound above it,
 * c/o + the least of a/o, k (2 + x)/3 and k (12 + x/36)/3, x = a/(o k), fall on it: x^(1/3) <= (2 t + x/t^2)/3 for any t. */
static eco__node bed_transfer(parser *p, eco__node c, eco__node a, eco__node k, eco__node o)
{
  enum { STEPS = 9 };
  const eco__node none = ECO__NO_NODE;
  eco__node over = apply(p, ECO__DIVIDE, a, o, none), x = apply(p, ECO__DIVIDE, over, k, none);
  eco__node near = apply(p, ECO__ADD, x, number_node(p, 2.0), none);
  eco__node far = apply(p, ECO__ADD, apply(p, ECO__DIVIDE, x, number_node(p, 36.0), none), number_node(p, 12.0), none);
  eco__node root = apply(p, ECO__DIVIDE, apply(p, ECO__MINIMUM, near, far, none), number_node(p, 3.0), none);
  eco__node most = apply(p, ECO__MINIMUM, over, apply(p, ECO__MULTIPLY, k, root, none), none);
  eco__node s = apply(p, ECO__ADD, apply(p, ECO__DIVIDE, c, o, none), most, none);
  eco__node square = apply(p, ECO__MULTIPLY, k, k, none), given = apply(p, ECO__MULTIPLY, a, square, none);
  for (int step = 0; step < STEPS; step++) {
    eco__node both = apply(p, ECO__ADD, apply(p, ECO__MULTIPLY, s, s, none), square, none);
    eco__node taken = apply(p, ECO__SUBTRACT, apply(p, ECO__MULTIPLY, o, s, none), c, none);
    eco__node off = apply(p, ECO__SUBTRACT, apply(p, ECO__MULTIPLY, taken, both, none), given, none);
    eco__node turn = apply(p, ECO__MULTIPLY, apply(p, ECO__MULTIPLY, number_node(p, 2.0), s, none), taken, none);
    eco__node slope = apply(p, ECO__ADD, apply(p, ECO__MULTIPLY, o, both, none), turn, none);
    s = apply(p, ECO__SUBTRACT, s, apply(p, ECO__DIVIDE, off, slope, none), none);
  }
  return s;
}

static eco__node called(parser *p, const char *word, const eco__node *given, size_t n)
{
  eco__node none = ECO__NO_NODE;
  if (eco__text_equal(word, "monod"))
    return apply(p, ECO__DIVIDE, given[0], apply(p, ECO__ADD, given[0], given[1], none), none);
  if (eco__text_equal(word, "inhibition")) {
    eco__node half = eco__graph_in_unit_of(p->g, given[1], given[0]);
    return apply(p, ECO__DIVIDE, half, apply(p, ECO__ADD, given[0], half, none), none);
  }
  if (eco__text_equal(word, "light_mean"))
    return light_mean(p, given[0]);
  if (eco__text_equal(word, "steele"))
    return steele(p, given[0], given[1]);
  if (eco__text_equal(word, "light_smith"))
    return light_smith(p, given[0], given[1]);
  if (eco__text_equal(word, "light_monod"))
    return light_monod(p, given[0], given[1]);
  if (eco__text_equal(word, "bed_transfer"))
    return bed_transfer(p, given[0], given[1], given[2], given[3]);
  if (eco__text_equal(word, "at_temperature")) {
    eco__node t = named(p, ECO__FORCED, "temperature", p->at);
    return p->failed ? none : checked(p, eco__graph_at_temperature(p->g, given[0], given[1], t));
  }
  eco__op op = eco__op_of(word);
  if (n <= 1 || op == ECO__WHERE)
    return apply(p, op, given[0], n > 1 ? given[1] : none, n > 2 ? given[2] : none);
  eco__node node = given[0];
  for (size_t k = 1; k < n; k++)
    node = apply(p, op, node, given[k], none);
  return node;
}

static const call *call_of(const char *word)
{
  for (size_t k = 0; k < sizeof calls / sizeof calls[0]; k++)
    if (eco__text_equal(calls[k].word, word))
      return &calls[k];
  return NULL;
}

static eco__node unknown_call(parser *p, const char *word)
{
  const eco__names known = {calls, sizeof calls / sizeof calls[0], sizeof calls[0], offsetof(call, word)};
  const char *near = eco__nearest_in(word, &known, 1);
  char fault[160];
  (void)eco__format(fault, sizeof fault, "no function '%s'%s%s%s", word, near ? " (did you mean '" : "",
                    near ? near : "", near ? "'?)" : "");
  return fail(p, ECO_NOT_FOUND, fault);
}

static eco__node wrong_count(parser *p, const call *of, size_t n)
{
  char fault[160];
  (void)eco__format(fault, sizeof fault, "'%s' has %zu arguments, must have %zu", of->word, n, of->least);
  return fail(p, ECO_INVALID, fault);
}

static eco__node function(parser *p, const char *word, const char *began)
{
  size_t n = 0;
  eco__node given[MOST_ARGUMENTS];
  const call *of = call_of(word);
  if (!of) {
    p->at = began;
    return unknown_call(p, word);
  }
  do {
    eco__node value = comparison(p);
    if (p->failed)
      return ECO__NO_NODE;
    if (n < MOST_ARGUMENTS)
      given[n] = value;
    n++;
  } while (pass(p, ','));
  if (!pass(p, ')'))
    return fail(p, ECO_INVALID, "')' or ',' is expected here");
  if (n >= of->least && n <= of->most)
    return called(p, word, given, n);
  p->at = began;
  return wrong_count(p, of, n);
}

static eco__node item(parser *p)
{
  char word[LONGEST_WORD + 1];
  pass_blanks(p);
  const char *began = p->at;
  if (is_digit(*p->at) || *p->at == '.')
    return number(p);
  if (pass(p, '['))
    return read_until(p, ']', word) ? named(p, ECO__STATE, word, began) : ECO__NO_NODE;
  if (pass(p, '(')) {
    eco__node inner = comparison(p);
    return p->failed || pass(p, ')') ? inner : fail(p, ECO_INVALID, "')' is expected here");
  }
  if (!is_letter(*p->at))
    return fail(p, ECO_INVALID, "a number, a name, [constituent] or '(' is expected here");
  while (is_letter(*p->at) || is_digit(*p->at))
    p->at++;
  if (!copy_word(began, p->at, word)) {
    p->at = began;
    return fail(p, ECO_INVALID, "a name is too long");
  }
  return pass(p, '(') ? function(p, word, began) : named(p, ECO__PARAM, word, began);
}

/* ---- operations */

static eco__node sign(parser *p);

static eco__node power(parser *p)
{
  eco__node base = item(p);
  if (p->failed || !pass(p, '^'))
    return base;
  if (++p->depth > DEEPEST)
    return fail(p, ECO_INVALID, "brackets are too deep");
  eco__node exponent = sign(p);
  p->depth--;
  return apply(p, ECO__POWER, base, exponent, ECO__NO_NODE);
}

static eco__node sign(parser *p)
{
  if (!pass(p, '-'))
    return power(p);
  if (++p->depth > DEEPEST)
    return fail(p, ECO_INVALID, "brackets are too deep");
  eco__node of = sign(p);
  p->depth--;
  return apply(p, ECO__SUBTRACT, p->failed ? ECO__NO_NODE : eco__graph_number(p->g, 0.0), of, ECO__NO_NODE);
}

static eco__node product(parser *p)
{
  eco__node value = sign(p);
  while (!p->failed) {
    if (pass(p, '*'))
      value = apply(p, ECO__MULTIPLY, value, sign(p), ECO__NO_NODE);
    else if (pass(p, '/'))
      value = apply(p, ECO__DIVIDE, value, sign(p), ECO__NO_NODE);
    else
      break;
  }
  return value;
}

static eco__node sum(parser *p)
{
  eco__node value = product(p);
  while (!p->failed) {
    if (pass(p, '+'))
      value = apply(p, ECO__ADD, value, product(p), ECO__NO_NODE);
    else if (pass(p, '-'))
      value = apply(p, ECO__SUBTRACT, value, product(p), ECO__NO_NODE);
    else
      break;
  }
  return value;
}

static eco__node comparison(parser *p)
{
  if (++p->depth > DEEPEST)
    return fail(p, ECO_INVALID, "brackets are too deep");
  eco__node a = sum(p), value = a;
  if (!p->failed && pass(p, '<'))
    value = apply(p, ECO__LESS, a, sum(p), ECO__NO_NODE);
  else if (!p->failed && pass(p, '>'))
    value = apply(p, ECO__LESS, sum(p), a, ECO__NO_NODE);
  p->depth--;
  return value;
}

eco__node eco__graph_parse(eco__graph *g, const char *text, const eco__words *words, eco_error *err)
{
  parser p = {.g = g, .text = text, .at = text, .words = words, .err = err};
  eco__node node = comparison(&p);
  pass_blanks(&p);
  if (!p.failed && *p.at != '\0')
    return fail(&p, ECO_INVALID, "an operation is expected here");
  return p.failed ? ECO__NO_NODE : node;
}

eco__node eco__graph_call(eco__graph *g, const char *word, const eco__node *given, size_t n, const eco__words *words,
                          eco_error *err)
{
  parser p = {.g = g, .text = word, .at = word, .words = words, .err = err};
  const call *of = call_of(word);
  return !of                             ? unknown_call(&p, word)
         : n < of->least || n > of->most ? wrong_count(&p, of, n)
                                         : called(&p, word, given, n);
}
