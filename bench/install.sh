#!/bin/bash
# Installs the Debian packages that a rehearsal runs on, and nothing else: no service is started, now or later in this
# script, and no cluster of PostgreSQL is made. What is installed already stays as it is. Needs root; with --check it only
# says what is missing, and fails when anything is.
set -euo pipefail

packages=(haproxy redis-server postgresql-15 patroni etcd-server prometheus prometheus-alertmanager libfaketime faketime)

fail() {
  echo "bench/install.sh: $1" >&2
  exit 1
}

missing() {
  local package
  for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" = "install ok installed" ] || echo "$package"
  done
}

command -v apt-get >/dev/null && command -v dpkg-query >/dev/null ||
  fail "needs Debian 12 or what has its packages: there is no apt-get"
mapfile -t wanted < <(missing)
if [ "${#wanted[@]}" = 0 ]; then
  [ "${1:-}" = --check ] || echo "bench/install.sh: all packages are installed" >&2
  exit 0
fi
[ "${1:-}" != --check ] || fail "missing: ${wanted[*]}; as root, bench/install.sh installs them"
[ "$(id -u)" = 0 ] || fail "needs root to install ${wanted[*]}"

# Packages ask this program whether they may start their services; 101 is no.
policy=/usr/sbin/policy-rc.d
kept=$(mktemp -d)
# postgresql-common reads this folder before it makes a cluster of a version that is new here.
no_cluster=/etc/postgresql-common/createcluster.d/passgate-rehearsal.conf

restore() {
  rm -f "$policy" "$no_cluster"
  if [ -e "$kept/policy-rc.d" ] || [ -L "$kept/policy-rc.d" ]; then
    mv "$kept/policy-rc.d" "$policy"
  fi
  rmdir "$kept"
}
trap restore EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -e "$policy" ] || [ -L "$policy" ]; then
  mv "$policy" "$kept/policy-rc.d"
fi
printf '#!/bin/sh\nexit 101\n' >"$policy"
chmod 755 "$policy"
mkdir -p "${no_cluster%/*}"
echo 'create_main_cluster = false' >"$no_cluster"

export DEBIAN_FRONTEND=noninteractive
apt-get -q update >&2 || fail "apt-get update failed: Debian's archive is out of reach"
apt-get -qy install --no-install-recommends "${wanted[@]}" >&2 || fail "apt-get could not install ${wanted[*]}"
mapfile -t still < <(missing)
[ "${#still[@]}" = 0 ] || fail "not installed: ${still[*]}"
