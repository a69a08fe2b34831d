# shellcheck shell=bash
# Sourced by the start and stop scripts: a server as a process group of its own, so that nothing of it outlives a stop.
#
# WORK_DIR/pid holds the id of the group's leader, and the leader's start time, so that a recycled id is never signalled.
pid=

# start_group WORK_DIR LIFETIME COMMAND...: runs the command in a session of its own, for at most LIFETIME seconds, with
# WORK_DIR/console.log as its output. Sets $pid.
start_group() {
  local work=$1 lifetime=$2
  shift 2
  # `timeout` is the group's leader; when time is up it ends the whole group, also if the caller died without a stop.
  setsid timeout --kill-after=10 "$lifetime" "$@" >"$work/console.log" 2>&1 </dev/null &
  pid=$!
  disown # no word from bash when it ends
  printf '%s %s\n' "$pid" "$(started_at "$pid")" >"$work/pid"
}

# await_group WORK_DIR SECONDS PROBE...: runs the probe until it succeeds; gives up when the group ends or time is up.
await_group() {
  local work=$1 until=$((SECONDS + $2))
  shift 2
  until "$@"; do
    if ! kill -0 "$pid" 2>/dev/null; then
      echo "$(basename "$work"): the server ended while it was starting; the end of $work/console.log:" >&2
      tail -n 20 "$work/console.log" >&2
      return 1
    fi
    if [ "$SECONDS" -ge "$until" ]; then
      echo "$(basename "$work"): not ready in time; the end of $work/console.log:" >&2
      tail -n 20 "$work/console.log" >&2
      return 1
    fi
    sleep 0.2
  done
}

# stop_group WORK_DIR SIGNAL: signals the whole group, kills after 15 s what is left of it, and returns when nothing is left.
stop_group() {
  local work=$1 signal=$2 leader started tries
  [ -f "$work/pid" ] || return 0
  read -r leader started <"$work/pid"
  # An id stays taken as long as its group has a member: only a living leader can be somebody else.
  if [ -e "/proc/$leader" ] && [ "$(started_at "$leader")" != "$started" ]; then
    rm -f "$work/pid"
    return 0
  fi
  kill "-$signal" -- "-$leader" 2>/dev/null || true
  for tries in $(seq 200); do
    group_lives "$leader" || break
    if [ "$tries" -eq 150 ]; then kill -KILL -- "-$leader" 2>/dev/null || true; fi
    sleep 0.1
  done
  if group_lives "$leader"; then
    echo "process group $leader does not end" >&2
    return 1
  fi
  rm -f "$work/pid"
}

# is_running WORK_DIR: whether the group started for this folder has a member.
is_running() { [ -f "$1/pid" ] && group_lives "$(cut -d' ' -f1 "$1/pid")"; }

# group_lives ID: whether the group has a member that is no zombie. Processes that end while their files are read are no failure.
group_lives() {
  { cat /proc/[0-9]*/stat 2>/dev/null || true; } | sed 's/.*) //' \
    | awk -v group="$1" '$3 == group && $1 != "Z" { found = 1 } END { exit !found }'
}

# started_at PID: the process's start time, in clock ticks since the machine's start.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# answers PORT PATH STATUS...: whether GET PATH on 127.0.0.1:PORT is answered with one of the statuses within 2 s.
answers() (
  port=$1 path=$2
  shift 2
  exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 1
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n' "$path" >&3
  IFS=' ' read -r -t 2 _ status _ <&3 || exit 1
  for wanted in "$@"; do [ "$status" = "$wanted" ] && exit 0; done
  exit 1
) 2>/dev/null

# listens PORT: whether 127.0.0.1:PORT takes connections.
listens() ( exec 3<>"/dev/tcp/127.0.0.1/$1" ) 2>/dev/null
