#!/usr/bin/env bash
# Founds a cw4 group, a cw3-flex multisig and a vault that it owns on the test chain, and shows them:
# scripts/found-multisig.sh --members alice,bob,carol --threshold 2 [--voting-days 3] [--json]
# DEFENDERS_CHAIN=sim takes the simulated chain instead of the real one, and builds neither wasm nor wasmd.
set -euo pipefail
cd "$(dirname "$0")/.."
export DEFENDERS_CHAIN=${DEFENDERS_CHAIN:-wasmd}
if [ "$DEFENDERS_CHAIN" = wasmd ]; then
  { [ -e target/wasm/cw3_flex_multisig.wasm ] || scripts/build-wasm.sh; } >&2
  { [ -x target/wasmd/wasmd-chain ] || tests/wasmd/build.sh; } >&2
fi
exec cargo run --quiet --locked -p defenders-tests --bin found-multisig -- "$@"
