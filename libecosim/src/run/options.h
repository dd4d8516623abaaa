/* options.h -- private to the run room. */
#ifndef ECO__OPTIONS_H
#define ECO__OPTIONS_H

#include "run/run.h"

/* Checks options and copies them into the run, defaults filled in. */
eco_status eco__options_take(eco_run *run, const eco_run_options *options, eco_error *err);

#endif
