#!/bin/sh
# Words that stay out of libecosim/: functions that overflow, print, end the process or follow the locale; tabs and
# trailing blanks; notes of unfinished work. `check_words.sh FOLDER` looks at FOLDER/libecosim.
set -u
cd "$(dirname "$0")/../.." || exit 2
cd "${1:-.}" || exit 2
files=$(find libecosim -name '*.[ch]' | sort)
[ -n "$files" ] || {
  echo "check_words: no source below $(pwd)" >&2
  exit 2
}
found=0
ban() { # why, pattern, files …
  why=$1
  pattern=$2
  shift 2
  [ $# -gt 0 ] || return 0
  if grep -nE "$pattern" /dev/null "$@"; then
    echo "  ^ $why"
    found=1
  fi
}
start='(^|[^a-zA-Z0-9_])'
# shellcheck disable=SC2086
{
  ban "can write beyond its room: eco__format" "${start}(v?sprintf|strcpy|strcat|gets) *\(" $files
  ban "cannot tell a fault: eco__parse_number" "${start}(atoi|atol|atof) *\(" $files
  ban "changes what others see: the library keeps no state" "${start}(strtok|setlocale|setenv|putenv|srand) *\(" $files
  ban "a library never ends its host" "${start}(exit|_Exit|abort|assert) *\(" $files
  ban "a library never prints: a status, the log hook, a sink" "${start}((printf|puts|putchar|perror) *\(|fprintf *\( *std)" $files
  ban "follows the host's locale: eco__format (base/ alone knows how)" "${start}v?snprintf *\(" \
    $(echo "$files" | grep -v '^libecosim/src/base/')
  ban "a tab" "	" $files
  ban "blanks at the end of a line" "[ 	]\$" $files
  ban "unfinished" "${start}(TODO|FIXME|XXX)([^a-zA-Z0-9_]|\$)" $files
}
exit $found
