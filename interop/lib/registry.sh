# shellcheck shell=bash
# Sourced by the install scripts: asking a package registry with patience, and asking for a lock on the cache folder.
#
# Exit codes of the install scripts:
#   0   installed (or already there)
#   75  the registry did not answer in time, three times over
#   69  the registry answered no, or a tool is missing that this machine may not install
#   1   anything else: ours to mend
readonly REGISTRY_TIMED_OUT=75 REGISTRY_REFUSED=69

# What package clients print when nobody answered, and what they print when somebody said no. The first list wins: a client that
# gave up waiting often ends with words of the second.
readonly SILENCE='timed? ?out|timeout|deadline exceeded|connection reset|unexpected eof|temporary failure|try again|bad gateway|gateway time|service unavailable|too many requests|HTTP (429|50[0234])|: (429|50[0234]) |IncompleteRead'
readonly REFUSAL='no matching distribution|could not find a version|unable to locate package|no installation candidate|not found|forbidden|HTTP (401|403|404|410)|: (401|403|404|410) |connection refused|network is unreachable|could not resolve|no such host|name or service not known|unable to fetch'

say() { printf 'interop: %s\n' "$*" >&2; }

# ask_registry WHAT SECONDS COMMAND...: runs the command with a limit of SECONDS, then twice and four times as many, as long as
# the failure was silence; between the tries it rests for REGISTRY_PAUSE seconds (5), then twice as long. A "no" and any other
# failure end it at once. The end of a failed command's output goes to standard error.
ask_registry() {
  local what=$1 limit=$2 log code try
  shift 2
  log=$(mktemp)
  for try in 1 2 3; do
    code=0
    timeout --kill-after=10 "$limit" "$@" >"$log" 2>&1 </dev/null || code=$?
    if [ "$code" -eq 0 ]; then
      rm -f "$log"
      return 0
    fi
    tail -n 15 "$log" >&2
    if [ "$code" -ne 124 ] && [ "$code" -ne 137 ] && ! grep -qiE "$SILENCE" "$log"; then
      if grep -qiE "$REFUSAL" "$log"; then code=$REGISTRY_REFUSED; else code=1; fi
      say "$what: failed"
      rm -f "$log"
      return "$code"
    fi
    say "$what: no answer (try $try of 3, limit ${limit}s)"
    if [ "$try" -lt 3 ]; then sleep $((try * ${REGISTRY_PAUSE:-5})); fi
    limit=$((limit * 2))
  done
  rm -f "$log"
  return "$REGISTRY_TIMED_OUT"
}

may_install() { [ "$(id -u)" -eq 0 ] && [ -z "${TSCOLLECTOR_NO_INSTALL:-}" ] && command -v apt-get >/dev/null; }

# install_packages NAME...: Debian packages, through the system's own client.
install_packages() {
  say "installing Debian packages: $*"
  ask_registry "apt-get update" 60 apt-get update || return
  ask_registry "apt-get install $*" 180 env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"
}

# default_cache: where everything goes when the caller names no folder.
default_cache() { printf '%s\n' "${TSCOLLECTOR_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tscollector-interop}"; }

# lock_cache DIR: one installer at a time; the lock goes with the process.
lock_cache() {
  mkdir -p "$1"
  exec 9>"$1/.lock"
  flock --wait 1800 9 || {
    say "another run has held $1/.lock for half an hour"
    exit 1
  }
}

# find_go: prints the Go to build with, 1.21 or newer; installs Debian's where it may. Says why if there is none.
find_go() {
  local go minor
  go=$(command -v go || true)
  if [ -z "$go" ] && [ -x /usr/local/go/bin/go ]; then go=/usr/local/go/bin/go; fi
  if [ -z "$go" ] && may_install && install_packages golang-go >&2; then go=$(command -v go); fi
  if [ -z "$go" ]; then
    say "this is built with Go, which is not here: install Go 1.21 or newer first"
    return 1
  fi
  minor=$("$go" version | sed -n 's/.* go1\.\([0-9]*\).*/\1/p')
  if [ "${minor:-0}" -lt 21 ]; then
    say "Go 1.21 or newer is needed; here is $("$go" version)"
    return 1
  fi
  printf '%s\n' "$go"
}
