#!/usr/bin/env bash
# selftest.sh: checks lib/registry.sh and lib/process-group.sh, with commands that stand for package clients and servers. Opens no
# connection. run.sh runs it first. Takes about 3 s.
# shellcheck disable=SC2016 # the scripts given to `asked` are expanded by their own shell
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib/registry.sh
. "$here/lib/registry.sh"
# shellcheck source-path=SCRIPTDIR source=lib/process-group.sh
. "$here/lib/process-group.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export REGISTRY_PAUSE=0 TRIES=$scratch/tries
failures=0

# expect WHAT WANTED ACTUAL
expect() {
  if [ "$2" != "$3" ]; then
    printf 'selftest: %s: expected %s, was %s\n' "$1" "$2" "$3" >&2
    failures=$((failures + 1))
  fi
}

# asked WHAT CODE TRIES SCRIPT: what becomes of a client that behaves like the script, and how often it is asked.
asked() {
  local code=0
  : >"$TRIES"
  ask_registry test 2 bash -c "echo >>\"\$TRIES\"; $4" 2>/dev/null || code=$?
  expect "$1, code" "$2" "$code"
  expect "$1, tries" "$3" "$(wc -l <"$TRIES")"
}
asked 'an answer' 0 1 'exit 0'
asked 'an answer at the second try' 0 2 '[ "$(wc -l <"$TRIES")" -ge 2 ] || { echo "net/http: TLS handshake timeout"; exit 1; }'
asked 'a client that hangs once' 0 2 '[ "$(wc -l <"$TRIES")" -ge 2 ] || sleep 20'
asked 'silence as pip tells it' 75 3 'echo "Read timed out. ERROR: No matching distribution found for x"; exit 1'
asked 'silence as apt tells it' 75 3 'echo "Temporary failure resolving a name. E: Unable to fetch some archives"; exit 100'
asked 'an overloaded registry' 75 3 'echo "reading x: 503 Service Unavailable"; exit 1'
asked 'a no from pip' 69 1 'echo "ERROR: No matching distribution found for x"; exit 1'
asked 'a no from go' 69 1 'echo "module x: reading y: 404 Not Found"; exit 1'
asked 'a no from apt' 69 1 'echo "E: Unable to locate package x"; exit 100'
asked 'a refused connection' 69 1 'echo "dial tcp: connect: connection refused"; exit 1'
asked 'a fault of ours' 1 1 'echo "syntax error"; exit 2'

# A server that starts a child, and a child that does not listen to TERM.
start_group "$scratch" 60 bash -c 'sleep 50 & sleep 50'
expect 'a started group' yes "$(is_running "$scratch" && echo yes)"
leader=$pid
(for _ in $(seq 400); do /bin/true; done) &
seen=0
for _ in $(seq 20); do group_lives "$leader" && seen=$((seen + 1)); done
expect 'a living group while other processes come and go' 20 "$seen"
wait $!
stop_group "$scratch" TERM
expect 'a stopped group' no "$(group_lives "$leader" && echo yes || echo no)"
expect 'its pid file' no "$([ -e "$scratch/pid" ] && echo yes || echo no)"
start_group "$scratch" 60 bash -c 'trap "" TERM; sleep 50 & wait; sleep 50'
leader=$pid
stop_group "$scratch" KILL
expect 'a killed group' no "$(group_lives "$leader" && echo yes || echo no)"
start_group "$scratch" 0.3 sleep 50
sleep 0.8
expect 'a group whose time is up' no "$(is_running "$scratch" && echo yes || echo no)"
# Somebody else under a recycled id.
setsid sleep 50 &
disown
other=$!
printf '%s %s\n' "$other" 1 >"$scratch/pid"
stop_group "$scratch" KILL
expect 'a stranger' yes "$(kill -0 "$other" 2>/dev/null && echo yes)"
kill "$other"
code=0
start_group "$scratch" 60 bash -c 'echo no port; exit 3'
await_group "$scratch" 5 false 2>"$scratch/said" || code=$?
expect 'a server that ends at once' 1 "$code"
expect 'its last words' 1 "$(grep -c '^no port' "$scratch/said")"

if [ "$failures" -gt 0 ]; then exit 1; fi
say 'the scripts check out'
