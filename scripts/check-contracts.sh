#!/usr/bin/env bash
# What runs on chain must compile with the compiler of the official optimizer, which is older
# than the one for everything else: the newer cargo drives it through RUSTC.
set -euo pipefail
cd "$(dirname "$0")/.."
RUSTC="$(rustup which --toolchain 1.81.0 rustc)"
export RUSTC
# one call per contract: together they would unify features
for contract in defenders-vault defenders-reward-pot; do
  cargo check --locked --lib --target wasm32-unknown-unknown --target-dir target/contracts -p "$contract"
done
