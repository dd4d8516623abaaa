#!/bin/sh
# Every equation id that the code names stands in a page of libecosim/doc, with its source there; no page names an id that no
# code has. Ids are three letters of their file, a dash and a number: RMP-3.
set -eu
cd "$(dirname "$0")/../.."
ids() { grep -rhoE '\b[A-Z]{3}-[0-9]+\b' "$@" | grep -v '^UTF-8$' | sort -u; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ids libecosim/src >"$work/code"
ids libecosim/doc scripts bindings >"$work/pages" || true
faults=0
for id in $(comm -23 "$work/code" "$work/pages"); do
  echo "$(grep -rlE "\b$id\b" libecosim/src | head -n 1): equation $id stands in no page of libecosim/doc"
  faults=$((faults + 1))
done
untested=""
for id in $(cat "$work/code"); do
  name=$(echo "$id" | tr - _)
  grep -rqE "\b(${name}|${id})(_|\b)" tests || untested="$untested $id"
done
[ -z "$untested" ] || echo "named by no test:$untested"
echo "$(wc -l <"$work/code") equations, $faults without a page"
[ "$faults" -eq 0 ]
