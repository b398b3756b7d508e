#!/usr/bin/env bash
# Writes the result in README.md, table and picture, from the shipped set of the Cosmos Hub.
# check-simulation.sh fails while they are not those of the present code.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build-programs.sh
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"${CARGO_TARGET_DIR:-target}/debug/defenders" simulate --json --svg "$out/picture.svg" >"$out/report.json"
node scripts/readme-result.mjs --write "$out/report.json" "$out/picture.svg"
