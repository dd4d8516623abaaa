#!/bin/sh
# What the command says when something is wrong: each folder of cases/ is copied to a place of its own and its case.sh is
# run there. What it writes to stderr must be `stderr`, byte for byte, and its exit code what `exit` says: never one of a
# crash. case.sh ends with 77 where the machine cannot show the case.
# `run.sh --write` writes what is said now, to be read before it is kept; `run.sh NAME …` runs some.
set -u
cd "$(dirname "$0")/../.." || exit 2
case ${BUILD:=build} in
/*) ECOSIM=$BUILD/ecosim ;;
*) ECOSIM=$(pwd)/$BUILD/ecosim ;;
esac
[ -x "$ECOSIM" ] || {
  echo "no command at $ECOSIM: make it first" >&2
  exit 2
}
export ECOSIM
unset LUA_PATH LUA_CPATH LUA_INIT
write=no
if [ "${1:-}" = --write ]; then
  write=yes
  shift
fi
room=$(mktemp -d) || exit 2
trap 'chmod -R u+w "$room"; rm -rf "$room"' EXIT INT TERM
passed=0
failed=0
skipped=0

# leaves stderr and exit in $room/said
say_it() { # case folder
  rm -rf "$room/here" "$room/said"
  mkdir -p "$room/said"
  cp -R "$1" "$room/here"
  (cd "$room/here" && rm -f stderr exit && exec sh ./case.sh) >"$room/said/stdout" 2>"$room/said/raw" </dev/null
  echo $? >"$room/said/exit"
  sed "s|$room/here/||g" "$room/said/raw" >"$room/said/stderr"
}

compare() { # case folder
  code=$(cat "$room/said/exit")
  if [ "$code" -ge 128 ]; then
    echo "ended by a signal or out of hand: exit code $code"
    cat "$room/said/stderr"
    return 1
  fi
  diff -u "$1/exit" "$room/said/exit" && diff -u "$1/stderr" "$room/said/stderr"
}

for folder in tests/messages/cases/*/; do
  folder=${folder%/}
  name=$(basename "$folder")
  case " ${*:-$name} " in *" $name "*) ;; *) continue ;; esac
  say_it "$folder"
  if [ "$(cat "$room/said/exit")" = 77 ]; then
    skipped=$((skipped + 1))
    echo "skipped $name: $(cat "$room/said/stdout")"
  elif [ $write = yes ]; then
    cp "$room/said/stderr" "$room/said/exit" "$folder/"
  elif compare "$folder"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $name: $(sed -n '1s/^# //p' "$folder/case.sh")"
  fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && { [ "$passed" -gt 0 ] || [ $write = yes ]; }
