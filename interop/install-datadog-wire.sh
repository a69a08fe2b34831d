#!/usr/bin/env bash
# install-datadog-wire.sh [CACHE_DIR]: a reader of Datadog's request bodies, CACHE_DIR/datadog-wire/datadog-wire, for the interop
# suite. Datadog's intake itself cannot be had; this is datadog/main.go with Datadog's own generated code.
#
# Takes some seconds. Nothing is done when the stamp fits. Needs Go 1.21 or newer (which fetches a newer one itself if the
# modules ask for it). Exit codes: lib/registry.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib/registry.sh
. "$here/lib/registry.sh"

cache=${1:-$(default_cache)}
lock_cache "$cache"
home=$(cd "$cache" && pwd)/datadog-wire
binary=$home/datadog-wire
wanted=$(cat "$here/install-datadog-wire.sh" "$here"/datadog/* | sha256sum | cut -d' ' -f1)

if [ -f "$home/stamp" ] && [ "$(cat "$home/stamp")" = "$wanted" ] && [ -x "$binary" ]; then
  say "the reader of Datadog's bodies is installed: $binary"
  exit 0
fi
go=$(find_go) || exit "$REGISTRY_REFUSED"
rm -rf "$home"
mkdir -p "$home"
cd "$here/datadog"
ask_registry "Datadog's Go modules" 300 env GOFLAGS=-mod=readonly "$go" mod download
nice env GOFLAGS=-mod=readonly "$go" build -trimpath -o "$binary" .
printf '%s\n' "$wanted" >"$home/stamp"
say "the reader of Datadog's bodies is installed: $binary"
