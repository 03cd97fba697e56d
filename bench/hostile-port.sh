# Sourced by run.sh: verifications of one client, first alone and then beside connections that misbehave.
# shellcheck shell=bash

folder=$out/hostile-port
# shellcheck source=bench/servers.sh
source bench/servers.sh

prepare "$folder"
start_gateway target/passgate "$folder"

# shellcheck disable=SC2086  # absent when empty
if ! load_java HostilePortLoad "$folder" "$out/hostile-port.csv" ${QUICK:+quick}; then
  echo "bench: failed; the gateway said:" >&2
  tail -n 20 "$folder/gateway.log" >&2
  exit 1
fi
