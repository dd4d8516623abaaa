#!/bin/sh
# What `make install` puts down is all that another program needs: hello.c is built against it by pkg-config, shared and
# static, and says what examples/c/hello.out says. The shared library shows public names only.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
CC=${CC:-cc}
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
prefix=$box/usr
fail() {
  echo "$*"
  exit 1
}

[ -f examples/c/hello.out ] || fail "examples/c/hello.out is missing: what hello.c must print"
make --no-print-directory BUILD="$BUILD" PREFIX="$prefix" install >"$box/install.log" 2>&1 || {
  cat "$box/install.log"
  fail "make install failed"
}
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
[ "$(pkg-config --modversion ecosim)" = "$(cat VERSION)" ] || fail "ecosim.pc has another version than VERSION"

# ---- names
library=$prefix/lib/libecosim.so.0
names=$(nm -D --defined-only "$library" | awk '$2 ~ /[A-Z]/ {print $3}')
others=$(echo "$names" | grep -vE '^eco_[a-z]')
[ -z "$others" ] || fail "the shared library shows names that are not public:" $others
cat libecosim/include/ecosim/*.h | grep -oE '\beco_[a-z0-9_]+\(' | tr -d '(' | sort -u >"$box/said"
echo "$names" | sort -u >"$box/shown"
unsaid=$(comm -13 "$box/said" "$box/shown")
[ -z "$unsaid" ] || fail "the shared library shows names that no header has:" $unsaid
grep -hoE '^ECO_API [^(]*\(' libecosim/include/ecosim/*.h | grep -oE 'eco_[a-z0-9_]+\($' | tr -d '(' | sort -u >"$box/promised"
absent=$(comm -23 "$box/promised" "$box/shown")
[ -z "$absent" ] || fail "headers promise names that the shared library does not have:" $absent
if command -v readelf >/dev/null 2>&1; then
  readelf -d "$library" | grep -q 'SONAME.*libecosim.so.0\]' || fail "the SONAME is not libecosim.so.0"
  needed=$(readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
    grep -vE '^(libhdf5[a-z_]*|libm|libc|libpthread|ld-linux[a-z0-9-]*|libgcc_s)\.so')
  [ -z "$needed" ] || fail "libecosim needs more than HDF5, libm and pthread:" $needed
fi

# ---- hello, shared and static
# shellcheck disable=SC2046
$CC -std=c11 -Wall -Wextra -Werror examples/c/hello.c $(pkg-config --cflags --libs ecosim) -lm -o "$box/shared" ||
  fail "hello.c does not build against the installed library"
# shellcheck disable=SC2046
$CC -std=c11 -Wall -Wextra -Werror examples/c/hello.c $(pkg-config --cflags ecosim) "$prefix/lib/libecosim.a" \
  $(pkg-config --static --libs-only-L ecosim) $(pkg-config --static --libs-only-l ecosim | sed 's/-lecosim//') -o "$box/static" ||
  fail "hello.c does not build against the installed static library"
LD_LIBRARY_PATH=$prefix/lib "$box/shared" >"$box/shared.out" || fail "hello (shared) ended with a fault"
"$box/static" >"$box/static.out" || fail "hello (static) ended with a fault"
diff examples/c/hello.out "$box/shared.out" || fail "hello (shared) does not say what examples/c/hello.out says"
diff examples/c/hello.out "$box/static.out" || fail "hello (static) does not say what examples/c/hello.out says"

# ---- the command finds its scripts where they were put
if [ -x "$prefix/bin/ecosim" ]; then
  (cd "$box" && "$prefix/bin/ecosim" --help >/dev/null) || fail "the installed command does not run"
fi

make --no-print-directory BUILD="$BUILD" PREFIX="$prefix" uninstall >"$box/uninstall.log" 2>&1 || fail "make uninstall failed"
left=$(find "$prefix" ! -type d)
[ -z "$left" ] || fail "make uninstall left:" $left
