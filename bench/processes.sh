# Sourced by run.sh: what a benchmark starts, and a folder for what it keeps for a while. When the shell ends, however it
# ends, nothing of it runs any more and the folder is gone. Needs /proc.
# shellcheck shell=bash

patience=10 # seconds that what is told to end gets, before it is made to
started=()
run_folder=$(mktemp -d "${TMPDIR:-/tmp}/passgate-bench.XXXXXX")

# What PostgreSQL's binaries are unpacked to is kept from one run to the next, as it is by the tests.
shared_options="-Djava.io.tmpdir=$run_folder -Dot.epg.working-dir=${TMPDIR:-/tmp}/embedded-pg"
export PASSGATE_JAVA_OPTS="$shared_options ${PASSGATE_JAVA_OPTS:-}"

# Starts $@ in the background as the first of a process group, so that all that it starts can be told to end at once.
start() {
  set -m
  replace=exec "$@" </dev/null &
  set +m
  started+=("$!")
}

# Starts $@ and waits for it. The shell can be interrupted meanwhile, which it cannot while a command has its terminal.
run() {
  local code=0
  start "$@"
  wait "${started[-1]}" || code=$?
  [ -n "$(members "${started[-1]}")" ] || unset 'started[-1]'
  return "$code"
}

# Process ids of what runs of the groups $@. What has ended, and is not reaped yet, does not run.
members() {
  cat /proc/[0-9]*/stat 2>/dev/null | sed -n 's/^\([0-9]*\) .*) [^Z] [0-9]* \([0-9]*\) .*/\1 \2/p' |
    awk -v groups=" $* " 'index(groups, " " $2 " ") { print $1 }'
}

# Process ids of what works in the folder: PostgreSQL leaves the group of who starts it.
inside() {
  find /proc -maxdepth 2 -name cwd -lname "$run_folder*" 2>/dev/null | cut -d/ -f3
}

# Tells groups and what works in the folder to end: the first by the signal $1, the others by $2.
tell() {
  local group pid
  for group in "${started[@]}"; do
    [ -z "$(members "$group")" ] || kill "-$1" -- "-$group" || true
  done
  for pid in $(inside); do
    kill "-$2" "$pid" || true
  done
}

# Ends all that has been started. PostgreSQL would wait for its clients on TERM.
end_started() {
  local deadline=$((SECONDS + patience))
  tell TERM INT
  while [ -n "$(members "${started[@]}")$(inside)" ] && ((SECONDS < deadline)); do
    sleep 0.1
  done
  tell KILL KILL
  started=()
}

at_end() {
  local code=$? log
  trap '' HUP INT TERM
  if [ "$code" -ne 0 ] && [ "$code" -le 128 ]; then
    find "$run_folder" -name gateway.log | while read -r log; do
      echo "bench: failed; the gateway said:" >&2
      tail -n 20 "$log" >&2
    done
  fi
  end_started 2>/dev/null
  rm -rf "$run_folder"
  exit "$code"
}
trap at_end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
