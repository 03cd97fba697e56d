# Sourced by run.sh: one build's gateway, and by turns with it another's whose layout is given, under little load.
# shellcheck shell=bash

folder=$out/latency
other=${2:-}
csv=$out/latency.csv
# shellcheck source=bench/servers.sh
source bench/servers.sh

if [ -n "$other" ] && [ ! -x "$other/bin/passgate" ]; then
  echo "bench: there is no gateway's layout in $other" >&2
  exit 64
fi

prepare "$folder"
rm -f "$csv"
rounds=${FORKS:-$([ -n "${QUICK:-}" ] && echo 1 || echo 5)}
for ((round = 0; round < rounds; round++)); do
  for build in ${other:+other} this; do
    layout=target/passgate
    [ "$build" = this ] || layout=$other
    start_gateway "$layout" "$folder"
    # shellcheck disable=SC2086  # absent when empty
    load_java LatencyLoad run "$folder" "$csv" "$build" ${QUICK:+quick}
    end_started
  done
done
[ -z "$other" ] || load_java LatencyLoad compare "$csv" this other
