/* suite.c -- see suite.h. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

int eco_test_main(Suite *(*make)(void))
{
  SRunner *runner = srunner_create(make());
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The true size stands in front of each block, in room that keeps the block aligned. */
typedef union block {
  size_t size;
  max_align_t align;
} block;

static void *count_and_allocate(void *user, void *ptr, size_t old_size, size_t new_size)
{
  eco_test_allocator *self = user;
  block *old = ptr != NULL ? (block *)ptr - 1 : NULL;
  if (old != NULL && old->size != old_size)
    self->wrong_sizes++;
  if (new_size == 0) {
    if (old != NULL) {
      self->blocks--;
      self->bytes -= old->size;
    }
    free(old);
    return NULL;
  }
  self->calls++;
  if (self->fail_at != 0 && self->calls >= self->fail_at)
    return NULL;
  size_t true_size = old != NULL ? old->size : 0;
  block *made = realloc(old, sizeof(block) + new_size);
  if (made == NULL)
    return NULL;
  self->blocks += old == NULL ? 1 : 0;
  self->bytes += new_size - true_size;
  made->size = new_size;
  /* memory of a host holds anything: what is read before it is written shows as rubbish, not as zero */
  if (new_size > true_size)
    memset((char *)(made + 1) + true_size, 0xa5, new_size - true_size);
  return made + 1;
}

eco_env eco_test_env(eco_test_allocator *allocator)
{
  *allocator = (eco_test_allocator){0};
  eco_env env = ECO_ENV_INIT;
  env.user = allocator;
  env.alloc = count_and_allocate;
  return env;
}
