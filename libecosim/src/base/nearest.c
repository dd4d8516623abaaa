/* nearest.c -- the library's own guess at a misspelt name, for hosts that check names before the library sees them. */
#include "base/base.h"

const char *eco_nearest(const char *word, const char *const *names, size_t n)
{
  return eco__nearest(word, names, n);
}
