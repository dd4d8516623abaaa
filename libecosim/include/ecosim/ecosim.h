/* ecosim.h -- the whole public surface of libecosim, in the order in which data flows. */
#ifndef ECOSIM_H
#define ECOSIM_H

#include "ecosim/base.h"     /* status, error, host hooks, dates */
#include "ecosim/basin.h"    /* describe: what is there */
#include "ecosim/process.h"  /* describe: what happens in the water, in your own words */
#include "ecosim/model.h"    /* compile: immutable, shared by threads */
#include "ecosim/scenario.h" /* dated changes, uncertain inputs */
#include "ecosim/run.h"      /* lanes through time, sinks, ledger */
#include "ecosim/results.h"  /* the results file */

#endif
