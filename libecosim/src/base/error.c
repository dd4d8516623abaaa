/* error.c -- version, statuses, and the one way to fail. */
#include "base/base.h"

#include <string.h>

#define TEXT_OF(x) #x
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *eco_version(void)
{
  return VERSION_TEXT(ECO_VERSION_MAJOR, ECO_VERSION_MINOR, ECO_VERSION_PATCH);
}

const char *eco_status_name(eco_status status)
{
  switch (status) {
#define X(name, value, text) \
  case ECO_##name:           \
    return "ECO_" #name;
    ECO_STATUS_MAP(X)
#undef X
  }
  return "ECO_?";
}

const char *eco_status_text(eco_status status)
{
  switch (status) {
#define X(name, value, text) \
  case ECO_##name:           \
    return text;
    ECO_STATUS_MAP(X)
#undef X
  }
  return "unknown status";
}

eco_status eco__fail_v(eco_error *err, eco_status status, const char *place, const char *format, va_list arguments)
{
  if (err == NULL)
    return status;
  /* Composed beside err: an argument may be err's own text, as when a sentence is put in front of it. */
  eco_error made = {.status = status};
  (void)eco__vformat(made.text, sizeof made.text, format, arguments);
  (void)eco__format(made.place, sizeof made.place, "%s", place != NULL ? place : "");
  *err = made;
  return status;
}

eco_status eco__fail(eco_error *err, eco_status status, const char *place, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  (void)eco__fail_v(err, status, place, format, arguments);
  va_end(arguments);
  return status;
}
