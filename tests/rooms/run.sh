#!/bin/sh
# The checks of rooms and words find what is planted, and say nothing of what is allowed.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
faults=0

# checker, folder and file, line, wanted code, pattern that the output must have
plant() {
  rm -rf "$box/libecosim" "$box/bindings"
  mkdir -p "$box/libecosim/src/base" "$box/$(dirname "$2")"
  echo 'int eco__nothing(void);' >"$box/libecosim/src/base/clean.h"
  printf '%s\n' "$3" >"$box/$2"
  output=$("$here/scripts/dev/$1" "$box" 2>&1)
  code=$?
  if [ $code -ne "$4" ] || ! printf '%s\n' "$output" | grep -q "$5"; then
    echo "$1 with '$3' in $2: code $code, said: $output"
    faults=$((faults + 1))
  fi
}

rooms=check_rooms.sh
plant $rooms libecosim/src/water/a.c '#include "base/base.h"' 0 ''
plant $rooms libecosim/src/water/a.c '#include "water/water.h"' 0 ''
plant $rooms libecosim/src/base/a.c '#include "basin/basin.h"' 1 'a.c:1: room base includes basin/basin.h, which is above it'
plant $rooms libecosim/src/transport/a.c '#include "kinetics/kinetics.h"' 0 ''
plant $rooms libecosim/src/kinetics/a.c '  #  include "transport/transport.h"' 1 'above it'
plant $rooms libecosim/src/run/a.c '#include "results/results.h"' 1 'above it'
plant $rooms libecosim/src/results/a.c '#include <hdf5.h>' 0 ''
plant $rooms libecosim/src/run/a.c '#include <hdf5.h>' 1 'room run includes hdf5.h'
plant $rooms libecosim/src/land/a.c '#include <stdio.h>' 1 'physics includes stdio.h'
plant $rooms libecosim/src/scenario/a.c '#include <lua.h>' 1 'room scenario includes lua.h'
plant $rooms libecosim/src/attic/a.c '#include <math.h>' 1 'has no place'
plant $rooms libecosim/include/ecosim/a.h '#include "base/base.h"' 1 'public header includes the internal'
plant $rooms bindings/lua/a.c '#include <lua.h>' 0 ''
plant $rooms bindings/lua/a.c '#include "run/run.h"' 1 'bindings include the internal'

words=check_words.sh
plant $words libecosim/src/run/a.c 'int my_printf(int exit_code); /* an exit, printf of text */' 0 ''
plant $words libecosim/src/base/a.c '  n = snprintf(out, room, "%g", x);' 0 ''
plant $words libecosim/src/run/a.c '  n = snprintf(out, room, "%g", x);' 1 'locale'
plant $words libecosim/src/run/a.c '  printf("hello");' 1 'never prints'
plant $words libecosim/src/run/a.c '  fprintf(stderr, "hello");' 1 'never prints'
plant $words libecosim/src/run/a.c '  exit(1);' 1 'never ends its host'
plant $words libecosim/src/run/a.c '  strcpy(a, b);' 1 'beyond its room'
plant $words libecosim/src/run/a.c '  x = 1; ' 1 'blanks'
plant $words libecosim/src/run/a.c "$(printf '\tx = 1;')" 1 'a tab'
plant $words libecosim/src/run/a.c '/* FIXME later */' 1 'unfinished'

[ $faults -eq 0 ]
