#!/bin/sh
# Dependencies point down: a room includes itself and the rooms below it; physics includes no files, no Lua, no output.
# `check_rooms.sh FOLDER` looks at FOLDER/libecosim and FOLDER/bindings instead of this project.
set -u
cd "$(dirname "$0")/../.." || exit 2
cd "${1:-.}" || exit 2
files=$(find libecosim bindings -name '*.[ch]' 2>/dev/null | sort)
[ -n "$files" ] || {
  echo "check_rooms: no source below $(pwd)" >&2
  exit 2
}
# shellcheck disable=SC2086
awk '
BEGIN {
  # from the bottom
  n = split("base basin land water kinetics transport scenario run analysis results", order, " ")
  for (i = 1; i <= n; i++) floor[order[i]] = i
  split("land water transport kinetics", list, " ")
  for (i in list) physics[list[i]] = 1
  # a header and the only rooms that may have it ("*bindings*": any folder of bindings/)
  allowed["hdf5.h"] = allowed["hdf5_hl.h"] = "results"
  allowed["cblas.h"] = allowed["lapacke.h"] = "analysis"
  allowed["lua.h"] = allowed["lauxlib.h"] = allowed["lualib.h"] = "*bindings*"
}
function complain(text) { print FILENAME ":" FNR ": " text; faults++ }
FNR == 1 {
  split(FILENAME, parts, "/")
  room = parts[1] == "bindings" ? "*bindings*" : parts[2] == "include" ? "*public*" : parts[3]
  if (room !~ /^\*/ && !(room in floor)) complain("room \"" room "\" has no place in the order of the rooms")
}
/^[ \t]*#[ \t]*include[ \t]*["<]/ {
  name = $0
  sub(/^[^"<]*["<]/, "", name)
  sub(/[">].*$/, "", name)
  split(name, parts, "/")
  other = parts[1]
  if (room == "*public*") {
    if ((other in floor) && name ~ /\//) complain("a public header includes the internal " name)
  } else if (room == "*bindings*") {
    if ((other in floor) && name ~ /\//) complain("bindings include the internal " name ": they use what other programs may use")
  } else if ((other in floor) && name ~ /\// && floor[other] > floor[room])
    complain("room " room " includes " name ", which is above it")
  if ((name in allowed) && allowed[name] != room) complain("room " room " includes " name)
  if ((room in physics) && name == "stdio.h") complain("physics includes stdio.h")
}
END { if (faults) { print faults " wrong includes"; exit 1 } }
' $files
