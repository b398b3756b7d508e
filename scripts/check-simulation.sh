#!/usr/bin/env bash
# Runs the main job on shipped sets, in release mode, and recomputes what it claims.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp)
trap 'rm -f "$out"' EXIT
for set in "$@"; do
  start=$SECONDS
  target/release/defenders simulate --set "$set" --json >"$out"
  node scripts/check-simulation.mjs "$out"
  echo "test result: ok. 1 passed; 0 failed; $set in $((SECONDS - start)) s"
done
