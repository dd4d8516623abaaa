/* reserve.c -- is there room for the file? Asked before HDF5 opens it: HDF5 1.10 cannot close a file that it could not
 * write, keeps it open, and crashes when the process ends. */
#include "results/results.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define FRAME_BYTES 65536 /* groups, attributes, names: an allowance for what stands beside the data */

static off_t bytes_of(const eco_layout *layout)
{
  double bytes = FRAME_BYTES;
  for (int t = 0; t < ECO_N_TABLES; t++) {
    const eco_table *table = &layout->tables[t];
    bytes += (double)sizeof(float) * (double)layout->n_scenarios * (double)layout->n_members * (double)table->n_times *
             (double)table->n_places * (double)table->n_variables;
  }
  for (int id = 0; id < ECO_N_BALANCES; id++)
    bytes += (double)sizeof(double) * (double)layout->n_scenarios * (double)layout->n_members *
             (double)layout->balances[id].n_places * (double)eco_balance_rows((eco_balance_id)id);
  return (off_t)bytes;
}

/* Allocates the bytes and gives them back; a file that was there keeps its length. errno's number, 0 where there is room. */
static int try_room(int file, off_t bytes)
{
  struct stat before;
  if (fstat(file, &before) != 0)
    return errno;
  int why = posix_fallocate(file, 0, bytes);
  if (ftruncate(file, before.st_size) != 0 && why == 0)
    why = errno;
  return why == EOPNOTSUPP || why == EINVAL ? 0 : why; /* a file system that cannot say */
}

eco_status eco__results_reserve(const eco_results *results, const eco_layout *layout, eco_error *err)
{
  char reason[128];
  bool there = access(results->path, F_OK) == 0;
  int file = open(results->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  int why = file < 0 ? errno : try_room(file, bytes_of(layout));
  if (file >= 0)
    (void)close(file);
  if (why == 0)
    return ECO_OK;
  if (file >= 0 && !there)
    (void)unlink(results->path);
  return eco__fail(err, ECO_IO, results->path, "results file could not be laid out: %s", eco__reason(why, reason));
}
