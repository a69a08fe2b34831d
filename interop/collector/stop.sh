#!/usr/bin/env bash
# stop.sh WORK_DIR [SIGNAL]: ends the Collector that start.sh started for this folder and returns when nothing of it is left.
# SIGNAL is TERM (default: it writes out what it has) or KILL. Its files stay. No running Collector is no error.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib/process-group.sh
. "$here/../lib/process-group.sh"

stop_group "${1:?WORK_DIR}" "${2:-TERM}"
