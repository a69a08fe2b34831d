#!/usr/bin/env bash
# install-torchserve.sh [CACHE_DIR]: a real TorchServe in CACHE_DIR/torchserve, for the interop suite.
#
# Makes CACHE_DIR/torchserve/venv, a Python environment with the packages of torchserve/requirements.txt and a `torch` that
# imports. TorchServe's workers import torch when they load and use it only for tensors, which our models never make. So the
# choice is, in this order:
#   1. a torch that a Python here has already;
#   2. Debian's python3-torch (about 150 MB to fetch), when this is Debian or Ubuntu and we are root;
#   3. torchserve/torch-stand-in, a module of a few lines. Said loudly; the server and its workers stay the real ones.
# CACHE_DIR/torchserve/torch says which one it is. Nothing is done when the stamp fits, unless it is the
# stand-in and we may install packages. Exit codes: lib/registry.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib/registry.sh
. "$here/lib/registry.sh"

cache=${1:-$(default_cache)}
lock_cache "$cache"
home=$(cd "$cache" && pwd)/torchserve
venv=$home/venv
wanted=$(cat "$here/install-torchserve.sh" "$here/torchserve/requirements.txt" "$here"/torchserve/torch-stand-in/*.py | sha256sum | cut -d' ' -f1)

works() { timeout 60 "$venv/bin/python" -c 'import psutil, torch, ts.model_service_worker' 2>/dev/null; }

settled() { [[ $(cat "$home/torch") != stand-in* ]] || ! may_install; }

if [ -f "$home/stamp" ] && [ "$(cat "$home/stamp")" = "$wanted" ] && settled && works; then
  say "TorchServe is installed in $home (torch: $(cat "$home/torch"))"
  exit 0
fi

# The interpreters to look at, Debian's own first: its torch package is for that one only.
pythons() {
  local python
  for python in /usr/bin/python3 "$(command -v python3 || true)"; do
    if [ -x "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))'; then printf '%s\n' "$python"; fi
  done
}
with_torch() {
  local python
  for python in $(pythons); do
    if timeout 60 "$python" -c 'import torch' 2>/dev/null; then
      printf '%s\n' "$python"
      return
    fi
  done
}

python=$(with_torch)
if [ -z "$python" ] && may_install; then
  # A machine that cannot have it goes on with the stand-in.
  if install_packages python3-torch python3-venv; then python=$(with_torch); fi
fi
if [ -n "$python" ]; then
  torch="$("$python" -c 'import torch; print(torch.__version__)') of $python"
  site=--system-site-packages
else
  python=$(pythons | head -n 1)
  torch="stand-in: no torch on this machine"
  site=
  say "no torch to be had here: the workers get torch-stand-in instead"
fi
if [ -z "$python" ]; then
  say "TorchServe needs Python 3.8 or newer: install it first (Debian and Ubuntu: apt-get install python3 python3-venv)"
  exit "$REGISTRY_REFUSED"
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  if ! may_install; then
    say "$python cannot make environments: install it first (Debian and Ubuntu: apt-get install python3-venv)"
    exit "$REGISTRY_REFUSED"
  fi
  install_packages python3-venv
fi

say "installing TorchServe into $home"
rm -rf "$home"
mkdir -p "$home"
# shellcheck disable=SC2086 # $site is one word or none
"$python" -m venv $site "$venv"
# No dependencies of dependencies: requirements.txt has all that the server and our models import.
ask_registry "Python packages" 120 "$venv/bin/python" -m pip install --no-deps --disable-pip-version-check --no-input -r "$here/torchserve/requirements.txt"
if [ -z "$site" ]; then
  cp -r "$here/torchserve/torch-stand-in" "$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/torch"
fi
works || {
  say "TorchServe's worker does not import in $venv:"
  "$venv/bin/python" -c 'import psutil, torch, ts.model_service_worker' || exit 1
}
printf '%s\n' "$torch" >"$home/torch"
printf '%s\n' "$wanted" >"$home/stamp"
say "TorchServe $("$venv/bin/python" -c 'import ts; print(ts.__version__.strip())') is installed in $home (torch: $torch)"
