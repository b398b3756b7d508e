#!/usr/bin/env bash
# Prints where promtool is: the machine's own, else that of Debian's package `prometheus` (19 MB), which is unpacked
# below target/ and not installed: no service is started, and no root is needed. A second run fetches nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

if command -v promtool; then exit; fi
folder=${CARGO_TARGET_DIR:-target}/tools/prometheus
tool=$folder/usr/bin/promtool
if [ ! -x "$tool" ]; then
  echo "fetching Debian's prometheus, for promtool" >&2
  rm -rf "$folder"
  mkdir -p "$folder"
  fetch() { (cd "$folder" && apt-get download prometheus) >&2; }
  fetch || { apt-get update >&2 && fetch; }
  dpkg-deb --extract "$folder"/prometheus_*.deb "$folder"
  rm "$folder"/prometheus_*.deb
fi
echo "$tool"
