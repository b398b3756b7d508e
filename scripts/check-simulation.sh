#!/usr/bin/env bash
# Runs the main job on shipped sets, with the program as build-programs.sh builds it, and recomputes what it claims;
# README.md must show what comes of the Cosmos Hub's.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for set in "$@"; do
  start=$SECONDS
  "${CARGO_TARGET_DIR:-target}/debug/defenders" simulate --set "$set" --json --svg "$out/picture.svg" \
    >"$out/report.json"
  node scripts/check-simulation.mjs "$out/report.json"
  if [ "$set" = cosmoshub-2022-10 ]; then
    node scripts/readme-result.mjs --check "$out/report.json" "$out/picture.svg"
  fi
  echo "test result: ok. 1 passed; 0 failed; $set in $((SECONDS - start)) s"
done
