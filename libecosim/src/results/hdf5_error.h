/* hdf5_error.h -- HDF5 without its printing, and what it says of a failure. Only the hdf5_*.c files include this. */
#ifndef ECO__HDF5_ERROR_H
#define ECO__HDF5_ERROR_H

#include "results/results.h"

#include <hdf5.h>

/* HDF5 prints its errors unless told not to, and the telling is state of the process (of the thread, where HDF5 is
 * thread safe): it is switched off for the length of a call and then set back to what the host had. */
typedef struct eco__hdf5_quiet {
  H5E_auto2_t print;
  void *user;
} eco__hdf5_quiet;
void eco__hdf5_hush(eco__hdf5_quiet *quiet);
void eco__hdf5_unhush(const eco__hdf5_quiet *quiet);

/* The system's reason where HDF5's last failure came from the system, HDF5's innermost sentence otherwise. */
void eco__hdf5_reason(char *text, size_t room);

#endif
