#!/usr/bin/env bash
# stop.sh WORK_DIR [SIGNAL]: ends the TorchServe that start.sh started for this folder, workers included, and returns when
# nothing of it is left. SIGNAL is TERM (default) or KILL. Logs and key_file.json stay. No running server is no error.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib/process-group.sh
. "$here/../lib/process-group.sh"

work=${1:?WORK_DIR}
stop_group "$work" "${2:-TERM}"
if [ -f "$work/temporary" ]; then
  temporary=$(cat "$work/temporary")
  case $temporary in /tmp/torchserve-??????) rm -rf "$temporary" ;; esac
  rm -f "$work/temporary"
fi
