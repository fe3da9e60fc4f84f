# shellcheck shell=bash
# shellcheck disable=SC2154  # root and me are the caller's
# What tools/cdnsim and tools/test share: the list of packages, their installation, and building.
# Sourced, not run. REQUIRES: `root` is the top of the source tree, `me` the caller's name.

# Debian 12 package, what it is for the reader on another system. A stage needs those before it too.
packages_to_run="
cmake               CMake 3.25 or later
ninja-build         Ninja
g++                 a C++20 compiler: g++ 12 or later, clang 14 or later
libboost-graph-dev  Boost.Graph 1.74 or later
nlohmann-json3-dev  nlohmann/json 3.11
libcli11-dev        CLI11 2.1
libfmt-dev          {fmt} 9.1
librandom123-dev    Random123 1.14
libxxhash-dev       xxHash 0.8
libssl-dev          OpenSSL 3
zlib1g-dev          zlib
libpugixml-dev      pugixml 1.13
libzstd-dev         zstd 1.5
libsqlite3-dev      SQLite 3.35 or later"
packages_to_test="
catch2              Catch2 2.13 (not 3)
librapidcheck-dev   RapidCheck
libbenchmark-dev    Google Benchmark 1.7
python3             Python 3.11 or later
python3-jsonschema  jsonschema for Python
python3-pandas      pandas
clang-format-19     clang-format 19"
packages_to_test_fully="
clang-19            clang 19, to compare its results with those of g++
clang-tidy-19       clang-tidy 19"

say() { echo "$me: $*" >&2; }

fail() {
  local status=$1
  shift
  say "$@"
  exit "$status"
}

# The packages of a stage (run, test or full), one a line with its description.
packages_of() {
  echo "$packages_to_run"
  [ "$1" = run ] || echo "$packages_to_test"
  [ "$1" != full ] || echo "$packages_to_test_fully"
}

is_debian() { command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; }

# One a line. No <(...) in these scripts: a bare root may lack /proc, and with it /dev/fd.
missing_packages() {
  local wanted installed package
  wanted=$(packages_of "$1" | sed -n 's/^\([^ ]\+\) .*/\1/p')
  # dpkg-query fails when it knows nothing of a package, and still answers for the others.
  # shellcheck disable=SC2086
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null || true)
  for package in $wanted; do
    grep -qxF "installed $package" <<<"$installed" || echo "$package"
  done
}

apt() {
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C \
    apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null 9>&-
}

install_packages() {
  local log=$root/build/setup.log
  say "installing with apt-get: $*"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail 2 "neither root nor sudo: please have these installed"
    sudo -v || fail 2 "sudo refused: please have these installed"
  fi
  # Without lists, or with old ones, the installation fails; with fresh ones it is the last word.
  if ! apt install --simulate --no-remove --no-install-recommends "$@" >"$log" 2>&1 ||
    ! apt install --no-remove --no-install-recommends "$@" >>"$log" 2>&1; then
    say "updating the package lists"
    apt update >>"$log" 2>&1 || true
    if ! apt install --no-remove --no-install-recommends "$@" >>"$log" 2>&1; then
      tail -n 20 "$log" >&2
      fail 2 "apt-get could not install these; its output is in $log"
    fi
  fi
  say "installed"
}

# Makes sure that what a stage needs is there; `$2` = no when nothing may be installed.
need_packages() {
  local stage=$1 may_install=$2 missing
  if ! is_debian; then
    if [ ! -e "$root/build/release/CMakeCache.txt" ]; then
      say "not a Debian system, so nothing is installed; needed are:"
      packages_of "$stage" | sed -n 's/^[^ ]\+ \+/  /p' >&2
      command -v cmake >/dev/null || fail 2 "cmake is missing"
    fi
    return
  fi
  missing=$(missing_packages "$stage")
  [ -n "$missing" ] || return 0
  if [ "$may_install" = no ]; then
    say "these Debian packages are missing, and --no-install forbids to install them:"
    # shellcheck disable=SC2086
    printf '  %s\n' $missing >&2
    exit 2
  fi
  # shellcheck disable=SC2086
  install_packages $missing
}

# One at a time: two calls must not build in one folder, nor two apt-gets run. The lock goes with
# descriptor 9, which is not to be handed on to a program that runs long.
lock_build() {
  mkdir -p "$root/build"
  exec 9>"$root/build/.lock"
  if ! flock --nonblock 9; then
    say "waiting for another call that is building"
    flock 9
  fi
}

unlock_build() { exec 9>&-; }

is_configured() { [ -e "$root/build/$1/build.ninja" ] || [ -e "$root/build/$1/Makefile" ]; }

# A build folder that came along with a copied tree belongs to another place.
drop_foreign_build() {
  local cache=$root/build/$1/CMakeCache.txt
  [ -e "$cache" ] || return 0
  grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache" || rm -rf "$root/build/$1"
}

# configure PRESET [cmake arguments]: does nothing when the last time was with the same ones.
configure() {
  local preset=$1 folder=$root/build/$1 generator=()
  shift
  drop_foreign_build "$preset"
  if is_configured "$preset" && [ "$(cat "$folder/.configured" 2>/dev/null)" = "$*" ]; then
    return 0
  fi
  if command -v ninja >/dev/null && [ ! -e "$folder/CMakeCache.txt" ]; then
    generator=(-G Ninja)
  fi
  say "configuring build/$preset"
  if ! (cd "$root" && cmake --preset "$preset" "${generator[@]}" "$@") >"$folder.log" 2>&1; then
    tail -n 30 "$folder.log" >&2
    rm -f "$folder/.configured"
    return 1
  fi
  echo "$*" >"$folder/.configured"
}

is_up_to_date() {
  local folder=$root/build/$1
  shift
  [ -e "$folder/build.ninja" ] && ninja -C "$folder" -n "$@" 2>/dev/null | grep -q 'no work to do'
}

# build PRESET TARGET...: shows progress on a terminal, otherwise only what goes wrong.
build() {
  local preset=$1 folder=$root/build/$1 log=$root/build/$1.log
  shift
  ! is_up_to_date "$preset" "$@" || return 0
  say "building build/$preset: $*"
  if [ -t 2 ]; then
    cmake --build "$folder" --parallel "$(nproc)" --target "$@" >&2
  elif ! cmake --build "$folder" --parallel "$(nproc)" --target "$@" >"$log" 2>&1; then
    grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking|Generating)' "$log" | tail -n 60 >&2
    return 1
  fi
}
