# Sourced by http.sh, latency.sh, overload.sh and hostile-port.sh: what they measure.
# shellcheck shell=bash

# Writes a corpus, a token and a gateway's configuration into the folder $1.
prepare() {
  rm -rf "$1"
  mkdir -p "$1"
  load_java HttpLoad prepare "$1" target/passgate/config/policies
}

# Starts the gateway of the layout $1 by the folder $2, behind the words in pin.
start_gateway() {
  start "${pin[@]}" "$1/bin/passgate" serve --config "$2/passgate.yaml" >"$2/gateway.log" 2>&1
}
