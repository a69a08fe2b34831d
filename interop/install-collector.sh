#!/usr/bin/env bash
# install-collector.sh [CACHE_DIR]: a real OpenTelemetry Collector, CACHE_DIR/collector/otelcol-interop, for the interop suite.
#
# Built by the Collector builder from published Go modules: collector/builder.yaml says which, and its dist.version is also the
# builder's version. Takes one to two minutes on two cores when nothing is cached. Nothing is done when the stamp fits, a hash of
# manifest and script. Needs Go 1.21 or newer (which fetches a newer one itself if the modules ask for it).
# Exit codes: lib/registry.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib/registry.sh
. "$here/lib/registry.sh"

cache=${1:-$(default_cache)}
lock_cache "$cache"
home=$(cd "$cache" && pwd)/collector
binary=$home/otelcol-interop
manifest=$here/collector/builder.yaml
version=$(sed -n 's/^  version: //p' "$manifest")
wanted=$(cat "$here/install-collector.sh" "$manifest" | sha256sum | cut -d' ' -f1)

if [ -f "$home/stamp" ] && [ "$(cat "$home/stamp")" = "$wanted" ] && timeout 30 "$binary" --version >/dev/null; then
  say "the Collector is installed: $binary ($version)"
  exit 0
fi

go=$(find_go) || exit "$REGISTRY_REFUSED"

GOFLAGS="$("$go" env GOFLAGS) -trimpath -p=2"
export GOFLAGS
rm -rf "$home"
mkdir -p "$home/build"
# The builder finds `go` on the PATH.
PATH=$(dirname "$go"):$PATH
say "building the Collector $version in $home"
ask_registry "the Collector builder" 300 env GOBIN="$home/build" nice go install "go.opentelemetry.io/collector/cmd/builder@v$version"
{
  cat "$manifest"
  printf '\n'
} | sed "s|^dist:|dist:\n  output_path: $home/build/source|" >"$home/build/builder.yaml"
ask_registry "the Collector's modules" 300 nice "$home/build/builder" --config "$home/build/builder.yaml" --skip-compilation
cd "$home/build/source"
# Everything is fetched: what fails from here on is not the registry's doing.
timeout 1800 nice go build -ldflags='-s -w' -o "$home/build/otelcol-interop" .
mv "$home/build/otelcol-interop" "$binary"
cd "$home"
rm -rf "$home/build"
printf '%s\n' "$wanted" >"$home/stamp"
say "the Collector is installed: $("$binary" --version), $binary"
