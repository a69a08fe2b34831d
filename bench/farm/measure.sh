# shellcheck shell=bash
# Sourced by farm.sh and start.sh: children that die with the script, and what /proc says of a process.
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=$(cd "$bench/.." && pwd)
home=${TSCOLLECTOR_HOME:-$root/pipeline-app/target/tscollector/tscollector}
work=$(mktemp -d "${TMPDIR:-/tmp}/tscollector-bench.XXXXXX")
children=()

say() { echo "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

stop_child() { # PID
  kill "$1" 2>/dev/null || return 0
  for _ in $(seq 100); do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -9 "$1" 2>/dev/null || true
}

clean_up() {
  for child in "${children[@]}"; do stop_child "$child" 2>/dev/null; done
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# Starts a child with its output in a file; its process id is then in $child.
start_child() { # LOG COMMAND...
  local log=$1
  shift
  "$@" >"$log" 2>&1 &
  child=$!
  children+=("$child")
}

stats() { curl -sf --max-time 10 "http://127.0.0.1:$1/$2"; }

wait_for_port() { # PORT SECONDS WHAT
  for _ in $(seq $(($2 * 10))); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  fail "$3 does not listen on port $1"
}

field() { awk -v name="$1" '$1 == name { print $2 }'; }

# User and system time of a process in milliseconds, by the kernel's ticks. Its name may hold blanks; what follows it does not.
cpu_millis() { sed 's/.*) //' "/proc/$1/stat" | awk -v hz="$(getconf CLK_TCK)" '{ printf "%d\n", ($12 + $13) * 1000 / hz }'; }

memory_mb() { awk -v name="$2:" '$1 == name { printf "%.1f\n", $2 / 1024 }' "/proc/$1/status"; } # PID VmRSS|VmHWM

need_distribution() {
  [ -x "$home/bin/tscollector" ] || "$root/tscollector" version >/dev/null
  [ -x "$home/bin/tscollector" ] || fail "no distribution in $home"
}

machine() {
  echo "$(nproc) processors,$(sed -n 's/^model name[^:]*:/ /p;T;q' /proc/cpuinfo | tr -s ' '), $(free -m | awk '/^Mem/ { printf "%d GiB", $2 / 1024 + 0.5 }')," \
    "load average $(cut -d ' ' -f 1-3 /proc/loadavg) at the start"
}
