/* format.c -- printf's formats with a decimal point whatever the host's locale says.
 *
 * Each conversion is cut out and handed to snprintf alone; in what it makes of a double, any byte that is no part of
 * a number is the locale's point and becomes ".". The thread's locale is neither read nor set. */
#include "base/base.h"

#include <stdio.h>
#include <string.h>

typedef struct writer {
  char *out;
  size_t room; /* the closing zero included */
  size_t used;
  bool cut;
} writer;

static void put(writer *to, const char *text, size_t n)
{
  size_t left = to->room - 1 - to->used;
  if (n > left) {
    n = left;
    to->cut = true;
  }
  memcpy(to->out + to->used, text, n);
  to->used += n;
}

/* One conversion: "%-8.3g" with "*" already replaced by its number. */
typedef struct conversion {
  char text[40];
  size_t length;
  int width;     /* below 0: to the left */
  int precision; /* -1: none */
  bool long_size, long_long_size, size_t_size;
  char letter;
} conversion;

static void keep(conversion *c, char letter)
{
  if (c->length + 1 < sizeof c->text)
    c->text[c->length++] = letter;
}

static int read_count(conversion *c, const char **format, int star)
{
  int count = 0;
  if (**format == '*') {
    ++*format;
    char digits[16];
    int n = snprintf(digits, sizeof digits, "%d", star);
    for (int i = 0; i < n; i++)
      keep(c, digits[i]);
    return star;
  }
  for (; **format >= '0' && **format <= '9'; ++*format) {
    count = count < 10000 ? count * 10 + (**format - '0') : count;
    keep(c, **format);
  }
  return count;
}

static void read_size(conversion *c, const char **format)
{
  for (; **format == 'l' || **format == 'z' || **format == 'h'; ++*format) {
    c->long_long_size = c->long_size && **format == 'l';
    c->long_size = c->long_size || **format == 'l';
    c->size_t_size = c->size_t_size || **format == 'z';
    keep(c, **format);
  }
}

static void put_text(writer *to, const conversion *c, const char *text)
{
  text = text != NULL ? text : "(null)";
  size_t length = 0;
  while (text[length] != '\0' && (c->precision < 0 || length < (size_t)c->precision))
    length++;
  size_t width = (size_t)(c->width < 0 ? -c->width : c->width);
  size_t gap = width > length ? width - length : 0;
  if (c->width < 0)
    put(to, text, length);
  for (size_t i = 0; i < gap; i++)
    put(to, " ", 1);
  if (c->width >= 0)
    put(to, text, length);
}

static void put_double(writer *to, const conversion *c, double value)
{
  char piece[400];
  int n = snprintf(piece, sizeof piece, c->text, value);
  size_t length = n < 0 ? 0 : (size_t)n < sizeof piece ? (size_t)n : sizeof piece - 1;
  bool point_put = false;
  for (size_t i = 0; i < length; i++) {
    bool of_number = strchr("0123456789+-eEinfaINFAxX ", piece[i]) != NULL;
    if (of_number)
      put(to, &piece[i], 1);
    else if (!point_put)
      put(to, ".", 1);
    point_put = !of_number;
  }
}

static void put_integer(writer *to, const conversion *c, va_list *arguments)
{
  char piece[80];
  int n;
  bool is_signed = c->letter == 'd' || c->letter == 'i';
  if (c->size_t_size)
    n = snprintf(piece, sizeof piece, c->text, va_arg(*arguments, size_t));
  else if (c->long_long_size && is_signed)
    n = snprintf(piece, sizeof piece, c->text, va_arg(*arguments, long long));
  else if (c->long_long_size)
    n = snprintf(piece, sizeof piece, c->text, va_arg(*arguments, unsigned long long));
  else if (c->long_size && is_signed)
    n = snprintf(piece, sizeof piece, c->text, va_arg(*arguments, long));
  else if (c->long_size)
    n = snprintf(piece, sizeof piece, c->text, va_arg(*arguments, unsigned long));
  else if (is_signed || c->letter == 'c')
    n = snprintf(piece, sizeof piece, c->text, va_arg(*arguments, int));
  else
    n = snprintf(piece, sizeof piece, c->text, va_arg(*arguments, unsigned));
  put(to, piece, n < 0 ? 0 : (size_t)n < sizeof piece ? (size_t)n : sizeof piece - 1);
}

/* *format stands behind the '%'. */
static void put_conversion(writer *to, const char **format, va_list *arguments)
{
  conversion c = {.text = "%", .length = 1, .precision = -1};
  bool to_the_left = false;
  for (; **format != '\0' && strchr("-+ #0", **format) != NULL; ++*format) {
    to_the_left = to_the_left || **format == '-';
    keep(&c, **format);
  }
  c.width = read_count(&c, format, **format == '*' ? va_arg(*arguments, int) : 0);
  if (to_the_left && c.width > 0)
    c.width = -c.width;
  if (**format == '.') {
    keep(&c, '.');
    ++*format;
    c.precision = read_count(&c, format, **format == '*' ? va_arg(*arguments, int) : 0);
  }
  read_size(&c, format);
  c.letter = **format;
  if (c.letter == '\0')
    return;
  keep(&c, c.letter);
  ++*format;
  c.text[c.length] = '\0';
  if (c.letter == '%')
    put(to, "%", 1);
  else if (c.letter == 's')
    put_text(to, &c, va_arg(*arguments, const char *));
  else if (strchr("eEfFgGaA", c.letter) != NULL)
    put_double(to, &c, va_arg(*arguments, double));
  else
    put_integer(to, &c, arguments);
}

bool eco__vformat(char *out, size_t room, const char *format, va_list arguments)
{
  if (room == 0)
    return false;
  writer to = {.out = out, .room = room};
  va_list
    copy; /* a va_list that is a parameter may be an array that has become a pointer: &arguments is not portable */
  va_copy(copy, arguments);
  while (*format != '\0') {
    size_t plain = strcspn(format, "%");
    put(&to, format, plain);
    format += plain;
    if (*format == '%') {
      format++;
      put_conversion(&to, &format, &copy);
    }
  }
  va_end(copy);
  if (to.cut)
    to.used = eco__whole_characters(out, to.used);
  out[to.used] = '\0';
  return !to.cut;
}

bool eco__format(char *out, size_t room, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  bool whole = eco__vformat(out, room, format, arguments);
  va_end(arguments);
  return whole;
}
