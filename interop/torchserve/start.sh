#!/usr/bin/env bash
# start.sh: starts a real TorchServe on 127.0.0.1 and waits until it answers.
#
#   --work DIR              its folder, made if missing: config.properties, metrics.yaml, model-store/, logs/, key_file.json,
#                           console.log, pid
#   --inference PORT  --management PORT  --metrics PORT      the three HTTP addresses
#   --grpc-inference PORT  --grpc-management PORT            TorchServe opens them in any case
#   --mode prometheus|log|token     which *.properties to start from (default prometheus)
#   --model ARCHIVE         an archive to load at start, repeatable: regression-1.0.mar, regression-2.0.mar, regression-3.1.mar,
#                           crasher.mar, meter.mar. Others can be registered later: POST /models?url=ARCHIVE
#   --property KEY=VALUE    a line for config.properties, repeatable
#   --home DIR              the folder that install-torchserve.sh filled (default: torchserve in the default cache)
#   --wait SECONDS          how long to wait for /ping and the other addresses (default 60)
#   --lifetime SECONDS      it ends by itself after that, also if nobody stops it (default 900)
#
# Prints the id of the process group on standard output once it is ready; stop.sh DIR ends all of it. Exit 1 with the end of
# console.log if it does not get ready, and then nothing of it is left running.
# Ready means that the server answers, not that the workers of --model are up: ask GET /models/NAME for these.
# Java is $JAVA_HOME/bin/java, else the one on the PATH.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib/process-group.sh
. "$here/../lib/process-group.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/registry.sh
. "$here/../lib/registry.sh"

work='' inference='' management='' metrics='' grpc_inference='' grpc_management=''
mode=prometheus home="$(default_cache)/torchserve" wait=60 lifetime=900 models=() properties=()
while [ $# -gt 0 ]; do
  case $1 in
    --work) work=$2 ;;
    --inference) inference=$2 ;;
    --management) management=$2 ;;
    --metrics) metrics=$2 ;;
    --grpc-inference) grpc_inference=$2 ;;
    --grpc-management) grpc_management=$2 ;;
    --mode) mode=$2 ;;
    --model) models+=("$2") ;;
    --property) properties+=("$2") ;;
    --home) home=$2 ;;
    --wait) wait=$2 ;;
    --lifetime) lifetime=$2 ;;
    *) say "start.sh knows no $1"; exit 2 ;;
  esac
  shift 2
done
for needed in work inference management metrics grpc_inference grpc_management; do
  [ -n "${!needed}" ] || { say "start.sh needs --${needed//_/-}"; exit 2; }
done
[ -f "$here/$mode.properties" ] || { say "no such mode: $mode"; exit 2; }
python=$home/venv/bin/python
[ -x "$python" ] || { say "no TorchServe in $home: run install-torchserve.sh first"; exit 2; }

mkdir -p "$work"
work=$(cd "$work" && pwd)
if is_running "$work"; then say "$work has a running TorchServe"; exit 2; fi
rm -rf "$work/logs" "$work/key_file.json"
"$python" "$here/prepare.py" "$work" "$here/$mode.properties" \
  "inference_address=http://127.0.0.1:$inference" \
  "management_address=http://127.0.0.1:$management" \
  "metrics_address=http://127.0.0.1:$metrics" \
  "grpc_inference_address=127.0.0.1" "grpc_inference_port=$grpc_inference" \
  "grpc_management_address=127.0.0.1" "grpc_management_port=$grpc_management" \
  "${properties[@]}"

# Server and workers talk over Unix sockets in the temporary folder, whose paths may be at most 107 characters long.
temporary=$(mktemp -d /tmp/torchserve-XXXXXX)
printf '%s\n' "$temporary" >"$work/temporary"
site=$("$python" -c 'import pathlib, ts; print(pathlib.Path(ts.__file__).parent.parent)')
java=java
if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; fi

cd "$work"
# The server itself, without the torchserve command around it: that one keeps one pid file per machine and allows one server.
TMPDIR=$temporary start_group "$work" "$lifetime" \
  "$java" -Xmx256m -Djava.io.tmpdir="$temporary" -Dmodel_server_home="$site" -cp "$site/ts/frontend/*" org.pytorch.serve.ModelServer \
  --python "$python" -f "$work/config.properties" -s "$work/model-store" -w "$work/workflow-store" -ncs \
  ${models[0]:+-m "${models[@]}"}
ready() {
  # With tokens on, /ping without a key is 400, which says as much. The other addresses open a moment later, in this order.
  answers "$inference" /ping 200 400 && listens "$management" || return
  if [[ " ${properties[*]} " != *" enable_metrics_api=false "* ]]; then listens "$metrics" || return; fi
  listens "$grpc_inference" && listens "$grpc_management"
}
await_group "$work" "$wait" ready || {
  "$here/stop.sh" "$work" KILL
  exit 1
}
printf '%s\n' "$pid"
