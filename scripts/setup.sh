#!/usr/bin/env bash
# Installs what the tests need, pinned; a second run does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

DENY_VERSION=0.20.2
CONTRACT_RUST=1.81.0 # the compiler of the contracts
TOOL_RUST=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)

if ! command -v cc >/dev/null || ! command -v jq >/dev/null; then
  apt-get update
  apt-get install -y --no-install-recommends build-essential jq
fi
if ! command -v rustup >/dev/null; then
  echo "rustup is needed: Debian's package rustup, or the installer of the Rust project" >&2
  exit 1
fi
rustup toolchain install "$TOOL_RUST" --profile minimal -c rustfmt -c clippy
rustup toolchain install "$CONTRACT_RUST" --profile minimal -t wasm32-unknown-unknown
if [ "$(cargo deny --version 2>/dev/null)" != "cargo-deny $DENY_VERSION" ]; then
  cargo install cargo-deny --locked --debug --version "$DENY_VERSION"
fi
if [ "$(cosmwasm-check --version 2>/dev/null)" != "Contract checking $CHECK_VERSION" ]; then
  # its VM names a probe that compilers since 1.89 no longer ship
  RUSTFLAGS="-C link-arg=-Wl,--defsym=__rust_probestack=0" \
    cargo install cosmwasm-check --locked --version "$CHECK_VERSION"
fi
