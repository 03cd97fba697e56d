#!/bin/bash
# Runs a benchmark by name, prints its table and writes target/bench/NAME.csv.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=target/bench

usage() {
  cat <<'TEXT'
usage: bench/run.sh NAME

  qr       from QR text to verdict on one thread, beside se.digg.dgc and the signature provider alone
  signatures  ES256 alone on one thread: our kernels beside Corretto, Conscrypt, BouncyCastle and SunEC
  differential [COUNT]  our kernels' decisions against BouncyCastle's, on 20 million inputs or COUNT of them
  json     a request for verification read by our cursor, beside Jackson
  proofs   the check of a device's DPoP proof on one thread, beside a straightforward one
  hostile  what refused inputs cost, beside good ones
  revocations  look-up, change and loading of 1 M and 10 M revocations
  propagation  how long a change takes to another gateway: 200 trials of each kind
  soak     ten minutes of everything at once: heap and collections; SECONDS_OF_SOAK=N shortens it
  http     the whole gateway over HTTP: an open model, batches of 64 and single payloads, beside a plaintext answer
  passes   entry passes with device proofs of distinct holders, PostgreSQL and Redis beside the gateway; and
           verification while issuing is driven beyond its limit
  checkins entry passes let in once each, PostgreSQL and Redis beside the gateway: batches of 64 and single ones
  hostile-port  2,000 verifications/s, quiet and then beside 2,000 connections that send slowly, never read, or come
           and go; fails when one of them fails, or when their p99 is too high
  latency [LAYOUT]  single payloads at 200 requests/s, beside another build's target/passgate
  overload [LAYOUT]  up to ten times what a gateway can do, by clients that ask again at once, likewise; fails when goodput
           drops below 95 %, p99 reaches 500 ms, or memory grows
  day      Monday 13 December 2021 on HAProxy, four gateways, Redis Cluster and PostgreSQL under Patroni: quiet, with
           faults at its peak, and with more people than can be served, the same on a plain baseline; then what check-ins
           cost; target/bench/day/report.html shows it; fails when a promise is not held
  day costs     what check-ins cost with one, two and three gateways alone
  day baseline  at which load a gateway breaks, and at which the baseline
  startup [LAYOUT]  what one line and a gateway's start cost, with caches of classes and without, likewise

  QUICK=1             one fork instead of five, and shorter phases: to see that it works
  FORKS=N             N forks
  PASSGATE_SKIP_BUILD=1  use what is in target/ as it is
  SIGINT, SIGTERM     end it with all that it has started, also while it builds; bench/interrupted.sh checks it
  CONFIG=...          a line more for the configuration of the gateway that overload measures
  JAVA_OPTS=...       options for the benchmark's JVM, such as -Dpassgate.bench.seed=7
TEXT
}

# Whether $1 is missing or older than a source, a resource or the pom.
stale() {
  [ ! -e "$1" ] || [ -n "$(find pom.xml src bench config -newer "$1" -type f -print -quit)" ]
}

# First what is shipped, without the profile, so that the rivals' libraries are not in it; then the benchmarks.
build() {
  [ -z "${PASSGATE_SKIP_BUILD:-}" ] || return 0
  mkdir -p "$out"
  if [ "$needs_layout" = yes ] && stale "$out/packaged"; then
    echo "building target/passgate" >&2
    run mvn -B -ntp -q -Dmaven.test.skip=true package
    touch "$out/packaged"
  fi
  if stale "$out/compiled" || [ "$out/packaged" -nt "$out/compiled" ]; then
    echo "building the benchmarks" >&2
    run mvn -B -ntp -q -Pbench test-compile
    touch "$out/compiled"
  fi
}

# The benchmarks' JVM takes the gateway's flags; JMH gives them on to its forks. With replace=exec it takes the place of
# the shell.
run_java() {
  # shellcheck disable=SC2086  # the options are words
  ${replace:-} "${pin[@]}" "$java" \
    --add-modules jdk.incubator.vector \
    --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow \
    -XX:+UseTransparentHugePages -XX:+OptoScheduling -Xmx1g \
    $shared_options ${JAVA_OPTS:-} \
    -cp "target/test-classes:target/classes:$(cat "$out/classpath.txt")" "$@"
}

# A program of ours that drives load. One that fails ends, whatever threads it has left.
load_java() {
  run run_java io.passgate.bench.load.LoadMain "io.passgate.bench.load.$1" "${@:2}"
}

# Who starts this in the background of a script has it ignore interrupts, and no trap takes that back.
if [ -n "$(trap -p INT)" ] && env --default-signal=INT true 2>/dev/null; then
  exec env --default-signal=INT "$BASH" "${BASH_SOURCE[0]}" "$@"
fi

name=${1:-}
case $name in
  http | latency | hostile-port | overload | startup | passes | checkins | day) needs_layout=yes ;;
  qr | signatures | json | proofs | hostile | differential | propagation | revocations | soak) needs_layout=no ;;
  '')
    usage
    exit 0
    ;;
  *)
    echo "bench: there is no benchmark $name" >&2
    usage >&2
    exit 64
    ;;
esac

java=$(src/dist/bin/find-java)
pin=() # words before a command, such as those that keep it to a core
# shellcheck source=bench/processes.sh
source bench/processes.sh
export java out shared_options
if [ "$name" = day ]; then
  case ${2:-} in
    '') bench/install.sh --check ;;
    costs | baseline) ;;
    *)
      echo "bench: a day is played whole, or its costs or baseline alone" >&2
      exit 64
      ;;
  esac
fi
build
# shellcheck disable=SC2086  # what is absent when empty, and options that are words
case $name in
  http | latency | hostile-port | overload | startup)
    # shellcheck source=/dev/null
    source "bench/$name.sh"
    ;;
  passes)
    # A pause of the generator would be told as the gateway's latency: it collects between the phases only.
    JAVA_OPTS="-Xms3g -Xmx3g -Xmn2g -XX:+UseParallelGC -XX:+AlwaysPreTouch ${JAVA_OPTS:-}" \
      load_java passes.PassesLoad target/passgate "$out/$name.csv" ${QUICK:+quick}
    ;;
  checkins) load_java passes.CheckinsLoad target/passgate "$out/$name.csv" ${QUICK:+quick} ;;
  day)
    case ${2:-} in
      '') load_java day.DayLoad "$out/day" ${QUICK:+quick} ;;
      costs) load_java day.DayCosts target/passgate "$out/day-costs.csv" ${QUICK:+quick} ;;
      baseline) load_java day.BaselineLoad target/passgate "$out/day-baseline.csv" ${QUICK:+quick} ;;
    esac
    ;;
  revocations)
    # 512 MiB of heap for all of the process: loading ten million must fit.
    JAVA_OPTS="-Xmx512m ${JAVA_OPTS:-}" load_java RevocationLoad 10000000
    JAVA_OPTS="-Xmx1g ${JAVA_OPTS:-}" run run_java org.openjdk.jmh.Main RevocationBenchmark -prof gc \
      -rf csv -rff "$out/$name.csv" ${QUICK:+-wi 1 -i 1}
    ;;
  differential) load_java DifferentialLoad "${2:-20000000}" ;;
  soak) load_java SoakLoad "${SECONDS_OF_SOAK:-$([ -n "${QUICK:-}" ] && echo 20 || echo 600)}" ;;
  propagation) load_java PropagationLoad "$out/$name.csv" "$([ -n "${QUICK:-}" ] && echo 10 || echo 200)" ;;
  *)
    run run_java io.passgate.bench.RunPlan "$name" "${FORKS:-$([ -n "${QUICK:-}" ] && echo 1 || echo 5)}" \
      "$out/$name.csv"
    ;;
esac
