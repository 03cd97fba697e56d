# Sourced by run.sh: what it costs to start, with the caches of classes and without, and by turns with them another build
# whose layout is given. Needs /proc.
# shellcheck shell=bash

folder=$out/startup
other=${2:-}
csv=$out/startup.csv
runs=${FORKS:-$([ -n "${QUICK:-}" ] && echo 1 || echo 10)}
ticks=$(getconf CLK_TCK)
usual_options=$PASSGATE_JAVA_OPTS

if [ -n "$other" ] && [ ! -x "$other/bin/passgate" ]; then
  echo "bench: there is no gateway's layout in $other" >&2
  exit 64
fi

# Runs a command of the layout $1; sets $processor and $elapsed to the milliseconds that it and what it starts take.
measure_command() {
  local layout=$1 TIMEFORMAT='%U %S %R' user system
  shift
  { time run "$layout/bin/passgate" "$@" >"$folder/said" 2>&1; } 2>"$folder/time"
  read -r user system elapsed <"$folder/time"
  processor=$((10#${user/./} + 10#${system/./}))
  elapsed=$((10#${elapsed/./}))
}

now_ms() {
  echo $((${EPOCHREALTIME/[.,]/} / 1000))
}

is_ready() {
  {
    exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3 && grep -q ' 200 ' <&3
  } 2>/dev/null
}

# Starts the gateway of the layout $1, and ends it once it is ready; sets the same.
measure_gateway() {
  local port begin
  port=$(cat "$folder/management-port")
  begin=$(now_ms)
  start "$1/bin/passgate" serve --config "$folder/passgate.yaml" >"$folder/gateway.log" 2>&1
  until (is_ready "$port"); do
    (($(now_ms) - begin < 120000)) || return 1
    sleep 0.02
  done
  elapsed=$(($(now_ms) - begin))
  processor=$(sed 's/.*) //' "/proc/${started[-1]}/stat" |
    awk -v ticks="$ticks" '{ printf "%d", ($12 + $13 + $14 + $15) * 1000 / ticks }')
  end_started
}

# Measures $3... of the build $1 with or without ($2) its caches, and adds it to the table.
add() {
  local build=$1 caches=$2 what=$3 layout=target/passgate
  [ "$build" = this ] || layout=$other
  # The launcher has the JVM use no cache of its own beside an option on sharing.
  PASSGATE_JAVA_OPTS="$usual_options$([ "$caches" = yes ] || echo " -Xshare:auto")"
  if [ "$what" = serve ]; then
    measure_gateway "$layout"
  else
    measure_command "$layout" verify --at 2021-09-01T00:00:00Z --trust "$folder/$what.pem" "$folder/line.txt"
  fi
  echo "$what,$build,$caches,$processor,$elapsed" >>"$csv"
}

median() {
  sort -n | awk '{ value[NR] = $1 } END { printf "%.2f", (value[int((NR + 1) / 2)] + value[int((NR + 2) / 2)]) / 2000 }'
}

rm -rf "$folder"
mkdir -p "$folder"
load_java startup.StartupLoad "$folder" target/passgate/config/policies
cp "$folder/signers.pem" "$folder/many.pem"
echo "what,build,caches,processor_ms,elapsed_ms" >"$csv"
for ((i = 0; i < runs; i++)); do
  for what in few many serve; do
    add this yes "$what"
    add this no "$what"
    [ -z "$other" ] || add other yes "$what"
  done
done

printf '%-46s %-6s %-7s %10s %10s\n' "medians of $runs, in seconds" build caches processor elapsed
for what in few many serve; do
  case $what in
    few) title="verify one line, 8 signers" ;;
    many) title="verify one line, 900 signers" ;;
    serve) title="serve until it is ready, 900 signers" ;;
  esac
  for row in this,yes this,no ${other:+other,yes}; do
    lines=$(grep "^$what,$row," "$csv")
    printf '%-46s %-6s %-7s %10s %10s\n' "$title" "${row%,*}" "${row#*,}" \
      "$(cut -d, -f4 <<<"$lines" | median)" "$(cut -d, -f5 <<<"$lines" | median)"
  done
done
