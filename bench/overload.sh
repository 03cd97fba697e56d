# Sourced by run.sh: a gateway on a core of its own beyond its capacity, and by turns with it another build's whose layout
# is given. The generator has another core, with a second gateway beside it.
# shellcheck shell=bash

folder=$out/overload
other=${2:-}
csv=$out/overload.csv
# shellcheck source=bench/servers.sh
source bench/servers.sh

if [ -n "$other" ] && [ ! -x "$other/bin/passgate" ]; then
  echo "bench: there is no gateway's layout in $other" >&2
  exit 64
fi

# The numbers of the cores that this may use, one a line.
cores() {
  taskset -cp $$ | sed 's/.*: //' | tr , '\n' | while IFS=- read -r first last; do
    seq "$first" "${last:-$first}"
  done
}

mapfile -t usable < <(cores 2>/dev/null)
alone=()
beside=()
if ((${#usable[@]} >= 2)); then
  alone=(taskset -c "${usable[1]}")
  beside=(taskset -c "${usable[0]}")
else
  echo "bench: two cores and taskset are not here, so generator and gateways share what is" >&2
fi

rm -rf "$folder" "$csv"
mkdir -p "$folder"
load_java overload.OverloadLoad prepare "$folder" target/passgate/config/policies
[ -z "${CONFIG:-}" ] || echo "$CONFIG" >>"$folder/loaded/passgate.yaml"
rounds=${FORKS:-1}
failed=0
for ((round = 0; round < rounds; round++)); do
  for build in ${other:+other} this; do
    layout=target/passgate
    [ "$build" = this ] || layout=$other
    pin=("${alone[@]}")
    start_gateway "$layout" "$folder/loaded"
    process=${started[-1]}
    pin=("${beside[@]}")
    start_gateway "$layout" "$folder/bystander"
    # shellcheck disable=SC2086  # absent when empty
    load_java overload.OverloadLoad run "$folder" "$build" "$process" "$csv" ${QUICK:+quick} ||
      { [ "$build" = other ] || failed=1; }
    end_started
  done
done
exit "$failed"
