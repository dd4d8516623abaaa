/* results.h -- what the files of this room share.
 *
 * HDF5 lays the whole file out when a run begins, and is closed again before the first row arrives. From then on rows
 * are plain writes into room that is already there (sink.c): no metadata moves, so that a process killed at any moment
 * leaves a file that opens, and a full disk is found at the start, with the system's own reason. */
#ifndef ECO__RESULTS_H
#define ECO__RESULTS_H

#include "base/base.h"
#include "ecosim/results.h"

#define ECO__RESULTS_FORMAT "ecosim results"
enum {
  ECO__RESULTS_FORMAT_VERSION = 2, /* 1: no group 'balance', read as well */
  ECO__RESULTS_OLDEST_VERSION = 1,
  ECO__TEXT_ROOM = 1 << 20, /* bytes kept free for a text that comes after the run */
  ECO__QUANTITY_NAME = 32   /* bytes of a ledger quantity's name or unit, its end included */
};

typedef struct eco__text {
  char *key, *text; /* text NULL: room is kept, nothing is set */
  uint64_t offset;  /* of the room in the file, 0: none */
  size_t room;      /* bytes, end of text included */
} eco__text;

/* Where the rows of a table lie: variable v, lane l, row t at offset[v] + 4 ((l n_times + t) n_places). */
typedef struct eco__table_file {
  uint64_t *offset; /* writing */
  int64_t *dataset; /* reading: HDF5's identifiers */
} eco__table_file;

/* [scenario][member][quantity] and, for amounts, [row] */
typedef struct eco__ledger_file {
  size_t n_quantities;
  uint64_t name, unit, amount, throughput, residual; /* writing */
  bool named;                                        /* writing: names are in the file */
  int64_t amount_id, throughput_id, residual_id;     /* reading */
  const char **names, **units;
} eco__ledger_file;

/* [scenario][member][place][row] of one kind */
typedef struct eco__balance_file {
  uint64_t amount;   /* writing; 0: no such place */
  int64_t amount_id; /* reading; -1: none */
} eco__balance_file;

/* A variable of a lane as it was last read: [time][place]. */
typedef struct eco__block {
  eco_table_id table;
  size_t variable, scenario, member;
  uint64_t last_use; /* 0: empty */
  float *values;
} eco__block;

struct eco_results {
  eco_env env;
  char *path;
  bool writing, begun;
  bool made;        /* the file did not exist before */
  int fd;           /* writing; -1: closed */
  int64_t file;     /* reading: HDF5's identifier; -1: closed */
  eco__arena arena; /* what the layout points to */
  eco_layout layout;
  size_t complete[ECO_N_TABLES];
  uint64_t complete_offset;
  eco__table_file tables[ECO_N_TABLES];
  eco__ledger_file ledger;
  eco__balance_file balances[ECO_N_BALANCES];
  bool has_balances; /* reading: the file is of a version that keeps them */
  eco__text *texts;
  size_t n_texts, texts_room;
  float *buffer; /* one variable of some rows, on its way to the file */
  size_t buffer_room;
  eco__block *blocks;
  size_t n_blocks, block_values;
  uint64_t uses;
};

/* ---- hdf5_series.c ---- names of the kinds in the file: "water", "catchment", "source" */
extern const char *const eco__balance_words[ECO_N_BALANCES];

/* ---- results.c */
/* The entry of a key, made where there is none; NULL when out of memory. */
eco__text *eco__results_text(eco_results *results, const char *key);
bool eco__results_keep_text(eco_results *results, eco__text *entry, const char *text);
bool eco__results_copy_layout(eco_results *results, const eco_layout *layout);
/* What the system says of errno value `number`, in `text`. */
const char *eco__reason(int number, char text[128]);

/* ---- sink.c */
/* All of `size` bytes at `offset`. ECO_IO with the system's reason. */
eco_status eco__results_put(eco_results *results, uint64_t offset, const void *bytes, size_t size, eco_error *err);

/* ---- layout.c */
/* Replaces the file by one with room for everything, and keeps the offsets of that room. */
eco_status eco__results_lay_out(eco_results *results, const eco_layout *layout, eco_error *err);

/* ---- hdf5_write.c */
eco_status eco__hdf5_lay_out(eco_results *results, const eco_layout *layout, eco_error *err);
/* A text that no room was kept for: the file is opened once more and grows. */
eco_status eco__hdf5_append_text(eco_results *results, const char *key, const char *text, eco_error *err);

/* ---- hdf5_read.c */
eco_status eco__hdf5_read(eco_results *results, eco_error *err);
void eco__hdf5_stop_reading(eco_results *results);

/* ---- reserve.c ---- ECO_IO with the system's reason where the disk has no room for the file */
eco_status eco__results_reserve(const eco_results *results, const eco_layout *layout, eco_error *err);

#endif
