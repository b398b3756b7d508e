#!/usr/bin/env bash
# Writes schema/vault.json and schema/reward-pot.json from the messages.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
scripts/build-programs.sh
target=${CARGO_TARGET_DIR:-$root/target}
mkdir -p schema
for name in vault reward-pot; do
  # each generator empties its folder first
  (cd "$out" && "$target/debug/$name-schema") >/dev/null
  cp "$out/schema/$name.json" schema/
done
