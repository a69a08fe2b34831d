#!/usr/bin/env bash
# install-datadog-wire.sh [CACHE_DIR]: CACHE_DIR/datadog-wire/datadog-wire, a reader of Datadog's request bodies and Datadog's
# translator of OTLP metrics, for the interop suite. Datadog's intake itself cannot be had; this is the program of datadog/ with
# Datadog's own code. CACHE_DIR/datadog-wire/translator-inputs leads to what that translator's own tests read, in Go's module cache.
#
# Takes half a minute. Nothing is done when the stamp fits. Needs Go 1.21 or newer (which fetches a newer one itself if the
# modules ask for it). Exit codes: lib/registry.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib/registry.sh
. "$here/lib/registry.sh"

cache=${1:-$(default_cache)}
lock_cache "$cache"
home=$(cd "$cache" && pwd)/datadog-wire
binary=$home/datadog-wire
inputs=$home/translator-inputs
translator=github.com/DataDog/datadog-agent/pkg/opentelemetry-mapping-go/otlp/metrics
wanted=$(cat "$here/install-datadog-wire.sh" "$here"/datadog/* | sha256sum | cut -d' ' -f1)

if [ -f "$home/stamp" ] && [ "$(cat "$home/stamp")" = "$wanted" ] && [ -x "$binary" ] && [ -d "$inputs/otlp" ]; then
  say "Datadog's wire format and translator are installed: $binary"
  exit 0
fi
go=$(find_go) || exit "$REGISTRY_REFUSED"
rm -rf "$home"
mkdir -p "$home"
cd "$here/datadog"
ask_registry "Datadog's Go modules" 300 env GOFLAGS=-mod=readonly "$go" mod download
nice env GOFLAGS=-mod=readonly "$go" build -trimpath -o "$binary" .
ln -s "$("$go" list -m -f '{{.Dir}}' "$translator")/test" "$inputs"
printf '%s\n' "$wanted" >"$home/stamp"
say "Datadog's wire format and translator are installed: $binary"
