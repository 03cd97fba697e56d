# Sourced by run.sh: starts a gateway of its own and a plaintext server beside it, and measures both over HTTP.
# shellcheck shell=bash

folder=$out/http
# shellcheck source=bench/servers.sh
source bench/servers.sh

prepare "$folder"
start_gateway target/passgate "$folder"
# The netty of the gateway's flags; the others are run_java's.
JAVA_OPTS="-Dio.netty.noUnsafe=false ${JAVA_OPTS:-}" start run_java io.passgate.bench.load.PlainServer "$folder" \
  >"$folder/plain.log" 2>&1

# shellcheck disable=SC2086  # absent when empty
if ! run timeout 900 "$BASH" -c "$(declare -f run_java)"'; replace=exec run_java "$@"' measure \
  io.passgate.bench.load.LoadMain io.passgate.bench.load.HttpLoad run "$folder" "$out/http.csv" ${QUICK:+quick}; then
  echo "bench: the measurement failed; the gateway said:" >&2
  tail -n 20 "$folder/gateway.log" >&2
  exit 1
fi
