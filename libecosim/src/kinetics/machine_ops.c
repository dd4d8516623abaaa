/* machine_ops.c -- the operations over rows, in a file of their own: inlined into the machine's loop the compiler forgets that rows
 * do not overlap, and does exp and log one by one. */
#include "kinetics/machine_ops.h"

#include "base/vector_math.h"

#define EACH(expression)                     \
  ECO__EACH_LANE                             \
  for (size_t i = 0; i < ECO__POINTS; i++) { \
    double x = a[i], y = b[i];               \
    (void)y;                                 \
    to[i] = (expression);                    \
  }                                          \
  return
#define EACH_BEFORE(expression)              \
  ECO__EACH_LANE                             \
  for (size_t i = 0; i < ECO__POINTS; i++) { \
    double x = a[i];                         \
    to[i] = (expression);                    \
  }                                          \
  return
#define EACH_AFTER(expression)               \
  ECO__EACH_LANE                             \
  for (size_t i = 0; i < ECO__POINTS; i++) { \
    double y = b[i];                         \
    to[i] = (expression);                    \
  }                                          \
  return

/* Two rows. */
void eco__run_rows(eco__op op, double *restrict to, const double *restrict a, const double *restrict b)
{
  switch (op) {
  case ECO__ADD:
    EACH(x + y);
  case ECO__SUBTRACT:
    EACH(x - y);
  case ECO__MULTIPLY:
    EACH(x * y);
  case ECO__DIVIDE:
    EACH(x / y);
  case ECO__POWER:
    EACH(eco__pow(x, y));
  case ECO__MINIMUM:
    EACH(x < y ? x : y);
  case ECO__MAXIMUM:
    EACH(x > y ? x : y);
  default:
    EACH(x < y ? 1.0 : 0.0);
  }
}

/* A row and a number y. */
void eco__run_before(eco__op op, double *restrict to, const double *restrict a, double y)
{
  switch (op) {
  case ECO__ADD:
    EACH_BEFORE(x + y);
  case ECO__SUBTRACT:
    EACH_BEFORE(x - y);
  case ECO__MULTIPLY:
    EACH_BEFORE(x * y);
  case ECO__DIVIDE:
    EACH_BEFORE(x / y);
  case ECO__POWER:
    EACH_BEFORE(eco__pow(x, y));
  case ECO__MINIMUM:
    EACH_BEFORE(x < y ? x : y);
  case ECO__MAXIMUM:
    EACH_BEFORE(x > y ? x : y);
  default:
    EACH_BEFORE(x < y ? 1.0 : 0.0);
  }
}

/* A number x and a row. */
void eco__run_after(eco__op op, double *restrict to, double x, const double *restrict b)
{
  switch (op) {
  case ECO__ADD:
    EACH_AFTER(x + y);
  case ECO__SUBTRACT:
    EACH_AFTER(x - y);
  case ECO__MULTIPLY:
    EACH_AFTER(x * y);
  case ECO__DIVIDE:
    EACH_AFTER(x / y);
  case ECO__POWER:
    EACH_AFTER(eco__pow(x, y));
  case ECO__MINIMUM:
    EACH_AFTER(x < y ? x : y);
  case ECO__MAXIMUM:
    EACH_AFTER(x > y ? x : y);
  default:
    EACH_AFTER(x < y ? 1.0 : 0.0);
  }
}

void eco__run_one(eco__op op, double *restrict to, const double *restrict a)
{
  switch (op) {
  case ECO__EXP:
    EACH_BEFORE(eco__exp(x));
  case ECO__LOG:
    EACH_BEFORE(eco__log(x));
  case ECO__SQRT:
    EACH_BEFORE(sqrt(x));
  default:
    EACH_BEFORE(fabs(x));
  }
}

void eco__run_where(double *restrict to, const double *restrict c, const double *restrict a, const double *restrict b)
{
  ECO__EACH_LANE
  for (size_t i = 0; i < ECO__POINTS; i++) {
    double yes = a[i], no = b[i];
    to[i] = c[i] != 0.0 ? yes : no;
  }
}
