#!/bin/bash
# Interrupts benchmarks in several ways, and fails when one leaves a process or a folder: bench/interrupted.sh [NAME…].
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
patience=30
names=("$@")
[ "${#names[@]}" -gt 0 ] || names=(http passes checkins hostile-port soak)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

# Process ids of what has the scratch folder in its environment, as all has that a benchmark starts. What has ended, and is
# not reaped yet, has none.
left() {
  local pid
  for pid in $(grep -lsaF "TMPDIR=$scratch/" /proc/[0-9]*/environ | cut -d/ -f3); do
    [ ! -d "/proc/$pid" ] || echo "$pid"
  done
}

# Those of them whose command line holds $1.
that_run() {
  local pid
  for pid in $(left); do
    ! tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "$1" || echo "$pid"
  done
}

# Starts the benchmark $1, waits until a command that holds $2 runs and $3 seconds more, sends the signal $4 to run.sh, or
# with "failed" kills that command, and looks at what is left.
check() {
  local script began
  mkdir -p "$scratch/tmp"
  set -m
  TMPDIR=$scratch/tmp QUICK=1 bench/run.sh "$1" >"$scratch/log" 2>&1 </dev/null &
  script=$!
  set +m
  began=$SECONDS
  until [ -n "$(that_run "$2")" ] || ! kill -0 "$script" 2>/dev/null || ((SECONDS - began > 300)); do
    sleep 0.2
  done
  sleep "$3"
  if [ "$4" = failed ]; then
    that_run "$2" | tail -n 1 | xargs -r kill -KILL
  else
    kill "-$4" "$script" || true
  fi
  began=$SECONDS
  while kill -0 "$script" 2>/dev/null && ((SECONDS - began < patience)); do
    sleep 0.1
  done
  if kill -0 "$script" 2>/dev/null || [ -n "$(left)" ] || ls -d "$scratch"/tmp/passgate-* >"$scratch/kept" 2>/dev/null; then
    echo "$1, $4 $3 s after $2: LEFT after $((SECONDS - began)) s:" >&2
    left | xargs -r ps -o pid=,args= -p | cut -c 1-120 >&2
    cat "$scratch/kept" >&2
    tail -n 5 "$scratch/log" >&2
    failures=$((failures + 1))
    left | xargs -r kill -KILL 2>/dev/null || true
    rm -rf "$scratch/tmp"
  else
    echo "$1, $4 $3 s after $2: nothing left, after $((SECONDS - began)) s"
  fi
  wait "$script" 2>/dev/null || true
}

for name in "${names[@]}"; do
  case $name in
    http) load=HttpLoad ;;
    passes) load=PassesLoad ;;
    checkins) load=CheckinsLoad ;;
    hostile-port) load=HostilePortLoad ;;
    soak) load=SoakLoad ;;
    *) load=$name ;;
  esac
  check "$name" "$load" 0 INT
  check "$name" "$load" 8 INT
  check "$name" "$load" 4 TERM
  check "$name" "$load" 6 failed
done
rm -f target/bench/compiled
PASSGATE_SKIP_BUILD='' check soak maven 1 TERM
PASSGATE_SKIP_BUILD='' check soak maven 3 INT
exit "$((failures > 0))"
