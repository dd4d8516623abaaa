#!/bin/sh
# Runs every test that is built, one line each, the log of those that fail, and at the end "N passed, N failed".
# `run_tests.sh sanitize`: the unit and Lua tests only, for a build with sanitizers. BUILD names the build folder.
# Check's programs count one by one: each START_TEST is a test.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
mode=${1:-all}
logs=$BUILD/test-logs
rm -rf "$logs"
mkdir -p "$logs"
passed=0
failed=0
export BUILD CC="${CC:-cc}"
export CK_DEFAULT_TIMEOUT="${CK_DEFAULT_TIMEOUT:-120}" OPENBLAS_NUM_THREADS=1
export LUA_PATH="scripts/?.lua;scripts/?/init.lua;tests/lua/?.lua;;" LUA_CPATH="$BUILD/lua/?.so;;"
if [ "$mode" = sanitize ]; then
  export CK_FORK=no # a leak is looked for where the program ends
  export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
  if [ -f tests/support/leaks.supp ]; then
    export LSAN_OPTIONS=suppressions=tests/support/leaks.supp:print_suppressions=0
  fi
fi

# A locale with a decimal comma, made here where its source is: numbers must not follow it. Not under the sanitizers:
# glibc keeps the list that it makes of LOCPATH, a leak that is not ours.
if [ "$mode" = all ] && command -v localedef >/dev/null 2>&1 && [ -f /usr/share/i18n/locales/de_DE ]; then
  mkdir -p "$BUILD/locale"
  [ -d "$BUILD/locale/de_DE.UTF-8" ] || localedef -i de_DE -f UTF-8 "$BUILD/locale/de_DE.UTF-8" >/dev/null 2>&1
  LOCPATH=$(cd "$BUILD/locale" && pwd)
  export LOCPATH
fi

say() { # ok or FAILED, name, tests passed, tests failed, log
  passed=$((passed + $3))
  failed=$((failed + $4))
  printf '%-7s %s (%s)\n' "$1" "$2" "$(if [ "$4" -gt 0 ]; then echo "$4 of $(($3 + $4)) failed"; else echo "$3"; fi)"
  [ "$4" -eq 0 ] || sed 's/^/        /' "$5"
}

run_check() { # a Check program: its summary line counts its tests
  name=$(basename "$1")
  log=$logs/$name.log
  "$1" >"$log" 2>&1
  code=$?
  counts=$(sed -n 's/^[0-9]*%: Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\)$/\1 \2 \3/p' "$log")
  checks=$(echo "$counts" | awk '{n += $1} END {print n + 0}')
  bad=$(echo "$counts" | awk '{n += $2 + $3} END {print n + 0}')
  # no summary, no test in it, or a failure behind it (a leak): the program itself counts as one that failed
  if [ "$checks" -eq 0 ] || { [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; }; then
    say FAILED "$name" "$checks" 1 "$log"
  elif [ "$bad" -gt 0 ]; then
    say FAILED "$name" $((checks - bad)) "$bad" "$log"
  else
    say ok "$name" "$checks" 0 "$log"
  fi
}

run_plain() { # name, command …: passes when it ends with 0
  name=$1
  shift
  log=$logs/$(echo "$name" | tr '/ ' '__').log
  if "$@" >"$log" 2>&1; then say ok "$name" 1 0 "$log"; else say FAILED "$name" 0 1 "$log"; fi
}

# A folder of tests that exists and has none is a fault: somebody took them away or named them wrongly.
need_tests() { # folder, count
  [ ! -d "$1" ] || [ "$2" -gt 0 ] || {
    echo "$1 holds no test" >"$logs/empty.log"
    say FAILED "$1" 0 1 "$logs/empty.log"
  }
}

for folder in unit equations properties; do
  count=0
  for source in tests/$folder/test_*.c; do
    [ -f "$source" ] || continue
    count=$((count + 1))
    run_check "$BUILD/tests/$(basename "$source" .c)"
  done
  need_tests tests/$folder $count
done

# Lua tests: by the interpreter, which loads the module; under the sanitizers their runtime must be there first.
lua=$(command -v lua5.4 || command -v lua || true)
count=0
for script in tests/lua/test_*.lua; do
  [ -f "$script" ] || continue
  count=$((count + 1))
  if [ -z "$lua" ]; then
    run_plain "$script" sh -c 'echo "no Lua interpreter: install lua5.4"; exit 1'
  elif [ "$mode" = sanitize ]; then
    run_plain "$script" env LD_PRELOAD="$($CC -print-file-name=libasan.so)" "$lua" "$script"
  else
    run_plain "$script" "$lua" "$script"
  fi
done
need_tests tests/lua $count

if [ "$mode" = all ]; then
  for folder in headers messages rooms install; do
    [ -d tests/$folder ] || continue
    count=0
    for script in tests/$folder/run.sh; do
      [ -f "$script" ] || continue
      count=$((count + 1))
      run_plain "$script" sh "$script"
    done
    need_tests tests/$folder $count
  done
  run_plain "rooms" scripts/dev/check_rooms.sh
  run_plain "words" scripts/dev/check_words.sh
  run_plain "equations" scripts/dev/check_equations.sh
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
