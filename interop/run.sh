#!/usr/bin/env bash
# run.sh [--install-only] [MAVEN_ARGUMENT...]: the interop suite, against a real TorchServe, a real OpenTelemetry Collector and Datadog's own
# code for its wire format and its translator of OTLP metrics.
#
# Installs them into a cache folder outside the checkout (see README.md), then runs `mvn -Pinterop verify`: the *InteropIT tests of
# pipeline-app. What the tests get, as system properties:
#   interop.scripts      this folder: torchserve/start.sh, torchserve/stop.sh, collector/start.sh, collector/stop.sh
#   interop.torchserve   what install-torchserve.sh filled, for torchserve/start.sh --home; absent: TorchServe's part does not run
#   interop.collector    the Collector's binary, for collector/start.sh --binary; absent: the Collector's part does not run
#   interop.datadog      a reader of Datadog's request bodies, and its translator; absent: that part does not run
# In the environment: TSCOLLECTOR_INTEROP_CACHE, the cache folder (default $XDG_CACHE_HOME/tscollector-interop or
# ~/.cache/tscollector-interop).
#
# A part that cannot be had from a registry is skipped with a loud box; the others run. Exit code 0: every test that
# could run passed. With --install-only, 0 means that all are installed.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib/registry.sh
. "$here/lib/registry.sh"

install_only=
if [ "${1:-}" = --install-only ]; then
  install_only=yes
  shift
fi
TSCOLLECTOR_INTEROP_CACHE=$(default_cache)
export TSCOLLECTOR_INTEROP_CACHE
properties=("-Dinterop.scripts=$here")
missing=0 broken=0

box() {
  local line
  printf '%s\n' '' '################################################################################'
  for line in "$@"; do printf '##  %s\n' "$line"; done
  printf '%s\n' '################################################################################' ''
} >&2

# part WHAT SCRIPT PROPERTY VALUE: installs one part; without it, its tests do not run.
part() {
  local code=0 why
  "$here/$2" "$TSCOLLECTOR_INTEROP_CACHE" || code=$?
  case $code in
    0) properties+=("-D$3=$4") && return ;;
    "$REGISTRY_TIMED_OUT") why='a package registry did not answer, three times over' ;;
    "$REGISTRY_REFUSED") why='a package registry said no, or a tool is missing here (above: which)' ;;
    *)
      broken=1
      box "INTEROP: $1 WAS NOT INSTALLED, AND NO REGISTRY IS TO BLAME ($2 ended with $code)" 'This run fails.'
      return
      ;;
  esac
  missing=$((missing + 1))
  box "INTEROP: THE PART WITH THE REAL ${1^^} DOES NOT RUN" "Why: $why."
}

"$here/selftest.sh" || {
  broken=1
  box 'INTEROP: THE SCRIPTS THEMSELVES FAIL THEIR CHECK (selftest.sh)' 'This run fails.'
}
part TorchServe install-torchserve.sh interop.torchserve "$TSCOLLECTOR_INTEROP_CACHE/torchserve"
part 'OpenTelemetry Collector' install-collector.sh interop.collector "$TSCOLLECTOR_INTEROP_CACHE/collector/otelcol-interop"
part 'Datadog code' install-datadog-wire.sh interop.datadog "$TSCOLLECTOR_INTEROP_CACHE/datadog-wire/datadog-wire"
if [ -n "$install_only" ]; then exit $((missing + broken > 0)); fi
if [ "${#properties[@]}" -eq 1 ]; then
  say 'nothing is installed, so nothing runs'
  exit "$broken"
fi

cd "$here/.." || exit 1
rm -f pipeline-app/target/{surefire,failsafe}-reports/TEST-*InteropIT.xml
mvn -B -q -Pinterop verify "${properties[@]}" "$@"
maven=$?

# count ATTRIBUTE: its sum over the reports' test suites.
count() {
  cat pipeline-app/target/{surefire,failsafe}-reports/TEST-*InteropIT.xml 2>/dev/null \
    | tr '\n' ' ' | grep -oE '<testsuite [^>]*>' | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}
skipped=$(count skipped)
failed=$(($(count failures) + $(count errors)))
passed=$(($(count tests) - skipped - failed))
if [ "$maven" -eq 0 ] && [ "$passed" -eq 0 ]; then
  box 'INTEROP: NO TEST RAN, THOUGH SOMETHING IS INSTALLED' 'This run fails.'
  broken=1
fi
if [ "$missing" -gt 0 ]; then say "$missing of 3 parts did not run, see above"; fi
echo "interop: $passed passed, $failed failed, $skipped skipped"
exit $((maven != 0 || failed > 0 || broken > 0))
