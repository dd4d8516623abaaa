/* suite.h -- what every unit test shares: a main, and an allocator that counts and fails on demand. */
#ifndef ECO_TEST_SUITE_H
#define ECO_TEST_SUITE_H

#include "ecosim/base.h"

#include <check.h>

/* Runs the suite and prints Check's summary. CK_FORK, CK_RUN_CASE, … are honoured; cases that set no timeout of their
 * own get a long one when CK_DEFAULT_TIMEOUT says so. The result is main's. */
int eco_test_main(Suite *(*make)(void));

/* An allocator that counts what is in use and fails call number `fail_at` (1, 2, …; 0: never) and all after it. A
 * wrong old_size is counted in `wrong_sizes`. Not for several threads. */
typedef struct eco_test_allocator {
  size_t calls; /* that asked for memory */
  size_t fail_at;
  size_t blocks;      /* in use */
  size_t bytes;       /* in use */
  size_t wrong_sizes; /* frees and resizes whose old_size was not the true one */
} eco_test_allocator;
eco_env eco_test_env(eco_test_allocator *allocator);

/* Checks status, sentence and place in one line. */
#define eco_assert_error(error, wanted_status, wanted_text) \
  do {                                                      \
    ck_assert_str_eq((error).text, (wanted_text));          \
    ck_assert_int_eq((error).status, (wanted_status));      \
  } while (0)
/* A call that must succeed: its message is shown where it does not. */
#define eco_assert_ok(call, error)                                                                        \
  do {                                                                                                    \
    eco_status eco_test_status_ = (call);                                                                 \
    ck_assert_msg(eco_test_status_ == ECO_OK, "%s: %s", eco_status_name(eco_test_status_), (error).text); \
  } while (0)

#endif
