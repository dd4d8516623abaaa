#!/bin/sh
# Each public header stands alone, in C11 and in C++17, without a warning, and includes nothing that is not installed.
set -u
cd "$(dirname "$0")/../.." || exit 2
CC=${CC:-cc}
CXX=${CXX:-c++}
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
mkdir -p "$box/include/ecosim"
cp libecosim/include/ecosim/*.h "$box/include/ecosim"
faults=0
warnings="-Wall -Wextra -Wpedantic -Werror -I$box/include -fsyntax-only"
for header in libecosim/include/ecosim/*.h; do
  name=ecosim/$(basename "$header")
  # twice: the guard holds
  printf '#include "%s"\n#include "%s"\nint test_of_headers;\n' "$name" "$name" >"$box/one.c"
  cp "$box/one.c" "$box/one.cc"
  # shellcheck disable=SC2086
  $CC -std=c11 -Wstrict-prototypes $warnings "$box/one.c" || faults=$((faults + 1))
  # shellcheck disable=SC2086
  $CXX -std=c++17 $warnings "$box/one.cc" || faults=$((faults + 1))
done
[ $faults -eq 0 ]
