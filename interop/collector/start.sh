#!/usr/bin/env bash
# start.sh: starts a real OpenTelemetry Collector on 127.0.0.1 and waits until it says that it is ready.
#
#   --work DIR           its folder, made if missing: metrics.json and logs.json (one OTLP JSON request per line), console.log, pid
#   --grpc PORT  --http PORT    OTLP over gRPC and over HTTP
#   --config FILE        its configuration (default: otlp-to-file.yaml beside this script); finds OTLP_GRPC_PORT, OTLP_HTTP_PORT,
#                        METRICS_FILE and LOGS_FILE in its environment
#   --binary FILE        what install-collector.sh built (default: collector/otelcol-interop in the default cache)
#   --wait SECONDS       how long to wait for that (default 30)
#   --lifetime SECONDS   it ends by itself after that, also if nobody stops it (default 900)
#
# Prints the id of the process group on standard output once it is ready; stop.sh DIR ends it. Exit 1 with the end of console.log
# if it does not get ready, and then nothing of it is left running. The files of an earlier start are removed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib/process-group.sh
. "$here/../lib/process-group.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/registry.sh
. "$here/../lib/registry.sh"

work='' grpc='' http='' config=$here/otlp-to-file.yaml binary="$(default_cache)/collector/otelcol-interop" wait=30 lifetime=900
while [ $# -gt 0 ]; do
  case $1 in
    --work) work=$2 ;;
    --grpc) grpc=$2 ;;
    --http) http=$2 ;;
    --config) config=$2 ;;
    --binary) binary=$2 ;;
    --wait) wait=$2 ;;
    --lifetime) lifetime=$2 ;;
    *) say "start.sh knows no $1"; exit 2 ;;
  esac
  shift 2
done
for needed in work grpc http; do
  [ -n "${!needed}" ] || { say "start.sh needs --$needed"; exit 2; }
done
[ -x "$binary" ] || { say "no Collector at $binary: run install-collector.sh first"; exit 2; }

mkdir -p "$work"
work=$(cd "$work" && pwd)
if is_running "$work"; then say "$work has a running Collector"; exit 2; fi
rm -f "$work/metrics.json" "$work/logs.json"
export OTLP_GRPC_PORT=$grpc OTLP_HTTP_PORT=$http METRICS_FILE=$work/metrics.json LOGS_FILE=$work/logs.json
start_group "$work" "$lifetime" "$binary" --config "$config"
# Its own word, not an open port: that could be somebody else's.
ready() { grep -q "Everything is ready" "$work/console.log"; }
await_group "$work" "$wait" ready || {
  "$here/stop.sh" "$work" KILL
  exit 1
}
printf '%s\n' "$pid"
