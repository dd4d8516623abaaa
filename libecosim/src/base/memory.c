/* memory.c -- the host's allocator, and arenas on it. */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

static void *allocate_by_default(void *user, void *ptr, size_t old_size, size_t new_size)
{
  (void)user;
  (void)old_size;
  if (new_size == 0) {
    free(ptr);
    return NULL;
  }
  return realloc(ptr, new_size);
}

static void log_nothing(void *user, int level, const char *text)
{
  (void)user;
  (void)level;
  (void)text;
}

static int never_interrupted(void *user)
{
  (void)user;
  return 0;
}

eco_env eco__env(const eco_env *host)
{
  eco_env env = ECO_ENV_INIT;
  /* A host compiled against an older header has a shorter struct: what it does not have keeps its default. */
  if (host != NULL)
    memcpy(&env, host, host->size < sizeof env ? host->size : sizeof env);
  env.size = sizeof env;
  if (env.alloc == NULL)
    env.alloc = allocate_by_default;
  if (env.log == NULL)
    env.log = log_nothing;
  if (env.interrupted == NULL)
    env.interrupted = never_interrupted;
  return env;
}

void *eco__alloc(const eco_env *env, size_t size)
{
  return env->alloc(env->user, NULL, 0, size);
}

void *eco__resize(const eco_env *env, void *ptr, size_t old_size, size_t size)
{
  return env->alloc(env->user, ptr, old_size, size);
}

void eco__free(const eco_env *env, void *ptr, size_t size)
{
  if (ptr != NULL)
    (void)env->alloc(env->user, ptr, size, 0);
}

/* ---- arena: a list of chunks, each a header and room behind it */

enum { ALIGNMENT = 64, CHUNK_SIZE = 64 * 1024 };

struct eco__chunk {
  eco__chunk *before;
  size_t size; /* of the whole block as it was asked for */
  size_t used; /* from the block's start, header and alignment included */
};

void eco__arena_open(eco__arena *arena, const eco_env *env)
{
  arena->env = eco__env(env);
  arena->last = NULL;
}

void eco__arena_close(eco__arena *arena)
{
  while (arena->last != NULL) {
    eco__chunk *chunk = arena->last;
    arena->last = chunk->before;
    eco__free(&arena->env, chunk, chunk->size);
  }
}

/* Offset of the first aligned byte at or behind `used`: the block itself may start anywhere. */
static size_t aligned_offset(const eco__chunk *chunk)
{
  uintptr_t start = (uintptr_t)chunk;
  uintptr_t next = (start + chunk->used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  return (size_t)(next - start);
}

static bool add_chunk(eco__arena *arena, size_t bytes)
{
  size_t overhead = sizeof(eco__chunk) + ALIGNMENT;
  if (bytes > SIZE_MAX - overhead)
    return false;
  size_t size = bytes + overhead > CHUNK_SIZE ? bytes + overhead : CHUNK_SIZE;
  eco__chunk *chunk = eco__alloc(&arena->env, size);
  if (chunk == NULL)
    return false;
  *chunk = (eco__chunk){.before = arena->last, .size = size, .used = sizeof *chunk};
  arena->last = chunk;
  return true;
}

void *eco__arena_take(eco__arena *arena, size_t count, size_t size)
{
  if (size != 0 && count > SIZE_MAX / size)
    return NULL;
  size_t bytes = count * size;
  if (bytes == 0)
    bytes = 1; /* count 0 still gives a pointer that is not NULL */
  eco__chunk *chunk = arena->last;
  if (chunk == NULL || aligned_offset(chunk) > chunk->size || bytes > chunk->size - aligned_offset(chunk)) {
    if (!add_chunk(arena, bytes))
      return NULL;
    chunk = arena->last;
  }
  size_t offset = aligned_offset(chunk);
  chunk->used = offset + bytes;
  char *piece = (char *)chunk + offset;
  memset(piece, 0, bytes);
  return piece;
}

char *eco__arena_text(eco__arena *arena, const char *text)
{
  size_t bytes = strlen(text) + 1;
  char *copy = eco__arena_take(arena, bytes, 1);
  if (copy != NULL)
    memcpy(copy, text, bytes);
  return copy;
}

bool eco__grow(const eco_env *env, void **data, size_t *room, size_t needed, size_t item_size)
{
  if (needed <= *room)
    return true;
  size_t wanted = *room < 8 ? 8 : *room;
  while (wanted < needed) {
    if (wanted > SIZE_MAX / 2)
      return false;
    wanted *= 2; /* doubling: n additions cost n, not n squared */
  }
  if (wanted > SIZE_MAX / item_size)
    return false;
  void *grown = eco__resize(env, *data, *room * item_size, wanted * item_size);
  if (grown == NULL)
    return false;
  *data = grown;
  *room = wanted;
  return true;
}
