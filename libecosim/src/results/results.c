/* results.c -- the results file as an object: its texts, its layout, opening and closing. */
#include "results/results.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *eco__reason(int number, char text[128])
{
  if (strerror_r(number, text, 128) != 0)
    (void)eco__format(text, 128, "system error %d", number);
  return text;
}

/* ---- texts */

static char *copy_text(const eco_env *env, const char *text)
{
  size_t size = strlen(text) + 1;
  char *copy = eco__alloc(env, size);
  if (copy != NULL)
    memcpy(copy, text, size);
  return copy;
}

static void free_text(const eco_env *env, char *text)
{
  if (text != NULL)
    eco__free(env, text, strlen(text) + 1);
}

static eco__text *find_text(const eco_results *results, const char *key)
{
  for (size_t i = 0; i < results->n_texts; i++)
    if (strcmp(results->texts[i].key, key) == 0)
      return &results->texts[i];
  return NULL;
}

eco__text *eco__results_text(eco_results *results, const char *key)
{
  eco__text *entry = find_text(results, key);
  if (entry != NULL)
    return entry;
  void *data = results->texts;
  bool grown = eco__grow(&results->env, &data, &results->texts_room, results->n_texts + 1, sizeof *results->texts);
  results->texts = data;
  char *copy = grown ? copy_text(&results->env, key) : NULL;
  if (copy == NULL)
    return NULL;
  entry = &results->texts[results->n_texts++];
  *entry = (eco__text){.key = copy};
  return entry;
}

bool eco__results_keep_text(eco_results *results, eco__text *entry, const char *text)
{
  char *copy = copy_text(&results->env, text);
  if (copy == NULL)
    return false;
  free_text(&results->env, entry->text);
  entry->text = copy;
  return true;
}

/* A key becomes a link in the file: no slash, and no dot alone. */
static bool key_is_good(const char *key)
{
  return key[0] != '\0' && strchr(key, '/') == NULL && strcmp(key, ".") != 0 && strcmp(key, "..") != 0;
}

static eco_status store_text(eco_results *results, const eco__text *entry, eco_error *err)
{
  size_t size = strlen(entry->text) + 1;
  if (size > entry->room)
    return eco__hdf5_append_text(results, entry->key, entry->text, err);
  return eco__results_put(results, entry->offset, entry->text, size, err);
}

eco_status eco_results_set_text(eco_results *results, const char *key, const char *text, eco_error *err)
{
  if (!results->writing)
    return eco__fail(err, ECO_INVALID, results->path,
                     "results file: it was opened for reading, text '%s' cannot be set", key);
  if (!key_is_good(key))
    return eco__fail(err, ECO_INVALID, results->path, "results file: '%s' cannot be the key of a text", key);
  eco__text *entry = eco__results_text(results, key);
  if (entry == NULL || !eco__results_keep_text(results, entry, text))
    return eco__fail(err, ECO_NO_MEMORY, results->path, "results file: no memory for text '%s'", key);
  return results->begun ? store_text(results, entry, err) : ECO_OK;
}

const char *eco_results_text(eco_results *results, const char *key)
{
  const eco__text *entry = find_text(results, key);
  return entry != NULL ? entry->text : NULL;
}

const char *eco_results_text_key(const eco_results *results, size_t index)
{
  for (size_t i = 0; i < results->n_texts; i++)
    if (results->texts[i].text != NULL && index-- == 0)
      return results->texts[i].key;
  return NULL;
}

/* ---- layout */

static bool copy_names(eco__arena *arena, const char *const *names, size_t n, const char *const **out)
{
  const char **copy = ECO__TAKE(arena, const char *, n);
  for (size_t i = 0; copy != NULL && i < n; i++)
    if ((copy[i] = eco__arena_text(arena, names[i])) == NULL)
      return false;
  *out = copy;
  return copy != NULL;
}

static bool copy_table(eco__arena *arena, const eco_table *table, eco_table *out)
{
  *out = *table;
  out->name = eco__arena_text(arena, table->name);
  out->time_name = eco__arena_text(arena, table->time_name);
  eco_day *times = ECO__TAKE(arena, eco_day, table->n_times);
  eco_variable *variables = ECO__TAKE(arena, eco_variable, table->n_variables);
  if (out->name == NULL || out->time_name == NULL || times == NULL || variables == NULL)
    return false;
  if (table->n_times > 0)
    memcpy(times, table->times, table->n_times * sizeof *times);
  for (size_t v = 0; v < table->n_variables; v++) {
    const eco_variable *from = &table->variables[v];
    variables[v] = (eco_variable){eco__arena_text(arena, from->name), eco__arena_text(arena, from->unit),
                                  eco__arena_text(arena, from->text)};
    if (variables[v].name == NULL || variables[v].unit == NULL || variables[v].text == NULL)
      return false;
  }
  out->times = times;
  out->variables = variables;
  return copy_names(arena, table->places, table->n_places, &out->places);
}

bool eco__results_copy_layout(eco_results *results, const eco_layout *layout)
{
  results->layout = *layout;
  for (int t = 0; t < ECO_N_TABLES; t++)
    if (!copy_table(&results->arena, &layout->tables[t], &results->layout.tables[t]))
      return false;
  for (int id = 0; id < ECO_N_BALANCES; id++)
    if (!copy_names(&results->arena, layout->balances[id].places, layout->balances[id].n_places,
                    &results->layout.balances[id].places))
      return false;
  return copy_names(&results->arena, layout->scenarios, layout->n_scenarios, &results->layout.scenarios);
}

const eco_layout *eco_results_layout(const eco_results *results)
{
  return &results->layout;
}

size_t eco_results_complete(const eco_results *results, eco_table_id table)
{
  return (unsigned)table < ECO_N_TABLES ? results->complete[table] : 0;
}

/* ---- opening and closing */

static void destroy(eco_results *results)
{
  eco_env env = results->env;
  eco__hdf5_stop_reading(results);
  for (size_t i = 0; i < results->n_texts; i++) {
    free_text(&env, results->texts[i].key);
    free_text(&env, results->texts[i].text);
  }
  eco__free(&env, results->texts, results->texts_room * sizeof *results->texts);
  eco__free(&env, results->buffer, results->buffer_room * sizeof *results->buffer);
  free_text(&env, results->path);
  eco__arena_close(&results->arena);
  eco__free(&env, results, sizeof *results);
}

static eco_results *make(const eco_env *host, const char *path)
{
  eco_env env = eco__env(host);
  eco_results *results = eco__alloc(&env, sizeof *results);
  if (results == NULL)
    return NULL;
  *results = (eco_results){.env = env, .fd = -1, .file = -1};
  eco__arena_open(&results->arena, &env);
  results->path = copy_text(&env, path);
  if (results->path == NULL) {
    destroy(results);
    return NULL;
  }
  return results;
}

eco_status eco_results_create(const eco_env *env, const char *path, eco_results **out, eco_error *err)
{
  eco_results *results = make(env, path);
  if (results == NULL)
    return eco__fail(err, ECO_NO_MEMORY, path, "results file: no memory to create it");
  results->writing = true;
  /* Not cut to nothing yet: what an earlier run left stays until this one begins. */
  results->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  results->made = results->fd >= 0;
  if (results->fd < 0 && errno == EEXIST)
    results->fd = open(path, O_RDWR | O_CLOEXEC);
  if (results->fd < 0) {
    char reason[128];
    eco_status status =
      eco__fail(err, ECO_IO, path, "results file could not be created: %s", eco__reason(errno, reason));
    destroy(results);
    return status;
  }
  *out = results;
  return ECO_OK;
}

eco_status eco_results_open(const eco_env *env, const char *path, eco_results **out, eco_error *err)
{
  eco_results *results = make(env, path);
  if (results == NULL)
    return eco__fail(err, ECO_NO_MEMORY, path, "results file: no memory to open it");
  eco_status status = eco__hdf5_read(results, err);
  if (status != ECO_OK) {
    destroy(results);
    return status;
  }
  *out = results;
  return ECO_OK;
}

eco_status eco_results_close(eco_results *results, eco_error *err)
{
  if (results == NULL)
    return ECO_OK;
  eco_status status = ECO_OK;
  if (results->fd >= 0) {
    if (results->made && !results->begun)
      (void)unlink(results->path); /* no run began: an empty file would only puzzle */
    if (close(results->fd) != 0) { /* network file systems report a full disk here */
      char reason[128];
      status =
        eco__fail(err, ECO_IO, results->path, "results file could not be closed: %s", eco__reason(errno, reason));
    }
  }
  destroy(results);
  return status;
}
