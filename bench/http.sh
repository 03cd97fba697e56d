# Sourced by run.sh: starts a gateway of its own, measures it over HTTP, and stops it whatever happens.
# shellcheck shell=bash

folder=$out/http
gateway=

stop_gateway() {
  [ -n "$gateway" ] || return 0
  kill "$gateway" 2>/dev/null || true
  wait "$gateway" 2>/dev/null || true
  gateway=
}
trap stop_gateway EXIT
trap 'exit 130' INT TERM

rm -rf "$folder"
mkdir -p "$folder"
run_java io.passgate.bench.load.HttpLoad prepare "$folder" target/passgate/config/policies

target/passgate/bin/passgate serve --config "$folder/passgate.yaml" >"$folder/gateway.log" 2>&1 &
gateway=$!

# shellcheck disable=SC2086  # absent when empty
if ! timeout 600 "$BASH" -c "$(declare -f run_java)"'; run_java "$@"' measure \
  io.passgate.bench.load.HttpLoad run "$folder" "$out/http.csv" ${QUICK:+quick}; then
  echo "bench: the measurement failed; the gateway said:" >&2
  tail -n 20 "$folder/gateway.log" >&2
  exit 1
fi
