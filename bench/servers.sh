# Sourced by http.sh, latency.sh and hostile-port.sh: servers of our own, which end with the shell.
# shellcheck shell=bash

servers=()

stop_servers() {
  local server
  for server in "${servers[@]}"; do
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  done
  servers=()
}
trap stop_servers EXIT
trap 'exit 130' INT TERM

# Writes a corpus, a token and a gateway's configuration into the folder $1.
prepare() {
  rm -rf "$1"
  mkdir -p "$1"
  run_java io.passgate.bench.load.HttpLoad prepare "$1" target/passgate/config/policies
}

# Starts the gateway of the layout $1 by the folder $2.
start_gateway() {
  "$1/bin/passgate" serve --config "$2/passgate.yaml" >"$2/gateway.log" 2>&1 &
  servers+=("$!")
}
