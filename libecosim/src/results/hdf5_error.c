/* hdf5_error.c -- see hdf5_error.h. */
#include "results/hdf5_error.h"

#include <string.h>

void eco__hdf5_hush(eco__hdf5_quiet *quiet)
{
  (void)H5Eget_auto2(H5E_DEFAULT, &quiet->print, &quiet->user);
  (void)H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

void eco__hdf5_unhush(const eco__hdf5_quiet *quiet)
{
  (void)H5Eclear2(H5E_DEFAULT);
  (void)H5Eset_auto2(H5E_DEFAULT, quiet->print, quiet->user);
}

typedef struct said {
  char *text;
  size_t room;
} said;

/* The innermost entry of the stack is the cause. The file drivers put "errno = 28" into its sentence. */
static herr_t keep_innermost(unsigned depth, const H5E_error2_t *entry, void *user)
{
  said *out = user;
  if (depth != 0 || entry->desc == NULL)
    return 0;
  const char *number = strstr(entry->desc, "errno = ");
  int value = 0;
  if (number != NULL)
    for (const char *digit = number + strlen("errno = "); *digit >= '0' && *digit <= '9' && value < 10000; digit++)
      value = 10 * value + (*digit - '0');
  char reason[128];
  (void)eco__format(out->text, out->room, "%s", value != 0 ? eco__reason(value, reason) : entry->desc);
  return 0;
}

void eco__hdf5_reason(char *text, size_t room)
{
  said out = {text, room};
  (void)eco__format(text, room, "HDF5 gives no reason");
  (void)H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &out);
}
