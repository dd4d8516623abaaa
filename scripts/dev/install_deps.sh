#!/bin/sh
# Installs what is missing to build (build), to test (test) or to check everything (ci). Says nothing where all is there.
# Needs root or sudo where something is missing; where it cannot install, it says what is missing and how to get it.
set -eu

have_command() { command -v "$1" >/dev/null 2>&1; }
have_package() {
  for name in "$@"; do
    pkg-config --exists "$name" 2>/dev/null && return 0
  done
  return 1
}

# One line a need: what it is called on apt, dnf, pacman and brew; "-" where the manager has none.
missing=""
need() { missing="$missing $1"; }
names_of() { # need, column
  case $1 in
    compiler) set -- "gcc libc6-dev" "gcc" "gcc" "gcc" "$2" ;;
    pkgconfig) set -- pkgconf pkgconf-pkg-config pkgconf pkgconf "$2" ;;
    lua) set -- "lua5.4 liblua5.4-dev" "lua lua-devel" lua lua "$2" ;;
    openblas) set -- libopenblas-dev openblas-devel openblas openblas "$2" ;;
    hdf5) set -- libhdf5-dev hdf5-devel hdf5 hdf5 "$2" ;;
    check) set -- check check-devel check check "$2" ;;
    ncdump) set -- netcdf-bin netcdf netcdf netcdf "$2" ;;
    cxx) set -- g++ gcc-c++ gcc gcc "$2" ;;
    clang) set -- clang clang clang llvm "$2" ;;
    clang-format) set -- clang-format clang-tools-extra clang clang-format "$2" ;;
    locales) set -- locales glibc-locale-source - - "$2" ;;
  esac
  eval "echo \"\${$5}\""
}

find_missing() {
  have_command cc || need compiler
  have_command pkg-config || need pkgconfig
  have_package lua5.4 lua-5.4 lua54 || need lua
  have_package hdf5-serial hdf5 || need hdf5
  have_package openblas || need openblas
  if ! have_command lua5.4 && ! have_command lua; then
    case $missing in *lua*) ;; *) need lua ;; esac
  fi
  [ "$what" = build ] && return 0
  have_package check || need check
  have_command ncdump || need ncdump
  have_command c++ || need cxx
  [ "$what" = test ] && return 0
  have_command clang || need clang
  have_command clang-format || need clang-format
  [ -f /usr/share/i18n/locales/de_DE ] || need locales
}

what=${1:-build}
case $what in build | test | ci) ;; *)
  echo "install_deps.sh: '$what' is not known, expected build, test or ci" >&2
  exit 2
  ;;
esac
find_missing
[ -z "$missing" ] && exit 0

if have_command apt-get; then
  column=1 command="apt-get install --no-install-recommends"
elif have_command dnf; then
  column=2 command="dnf install"
elif have_command pacman; then
  column=3 command="pacman -S --needed"
elif have_command brew; then
  column=4 command="brew install"
else
  column=1 command=""
fi
packages=""
for one in $missing; do
  name=$(names_of "$one" $column)
  [ "$name" = - ] || packages="$packages $name"
done

give_up() {
  {
    echo "missing:$missing"
    if [ -n "$command" ]; then
      echo "install them, as root, with:  $command$packages"
    else
      echo "packages, as Debian names them:$packages"
    fi
  } >&2
  exit 1
}

[ -n "$packages" ] || exit 0
[ -n "$command" ] || give_up
root=""
if [ "$column" != 4 ] && [ "$(id -u)" != 0 ]; then
  # sudo must not ask where nobody answers
  if have_command sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then root="sudo"; else give_up; fi
fi
echo "installing:$packages"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
case $column in
  1)
    # another installation may be at work: wait for it
    wait="-o DPkg::Lock::Timeout=300"
    $root env DEBIAN_FRONTEND=noninteractive apt-get $wait update >"$log" 2>&1 || true
    $root env DEBIAN_FRONTEND=noninteractive apt-get $wait install -y --no-install-recommends $packages >>"$log" 2>&1
    ;;
  2) $root dnf install -y $packages >"$log" 2>&1 ;;
  3) $root pacman -S --needed --noconfirm $packages >"$log" 2>&1 ;;
  4) brew install $packages >"$log" 2>&1 ;;
esac || {
  tail -n 20 "$log" >&2
  give_up
}
missing=""
find_missing
[ -z "$missing" ] || give_up
