#!/usr/bin/env bash
# Installs what the tests need, pinned; a second run does nothing. build-wasm.sh gets the compiler of
# the contracts itself.
set -euo pipefail
cd "$(dirname "$0")/.."

TOOL_RUST=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
DENY_VERSION=0.20.2
CHECK_VERSION=2.2.9 # a VM of the chains that are slowest to move

for tool in cc curl jq git; do
  if ! command -v "$tool" >/dev/null; then
    apt-get update
    apt-get install -y --no-install-recommends build-essential ca-certificates curl git jq
    break
  fi
done
for tool in rustup go node npm; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool is needed, and not installed by this script" >&2
    exit 1
  fi
done

# has TOOLCHAIN FILE…: each is there, below the toolchain's folder
has() {
  local toolchain=$1 home file
  home=$(rustup run "$toolchain" rustc --print sysroot 2>/dev/null) || return 1
  shift
  for file in "$@"; do [ -e "$home/$file" ] || return 1; done
}
has "$TOOL_RUST" bin/rustfmt bin/cargo-clippy ||
  rustup toolchain install "$TOOL_RUST" --profile minimal -c rustfmt -c clippy

# Tools are built without optimisation and without symbols: each runs for seconds, once.
install() { CARGO_PROFILE_DEV_DEBUG=0 cargo install --locked --debug "$@"; }

if [ "$(cargo deny --version 2>/dev/null)" != "cargo-deny $DENY_VERSION" ]; then
  install cargo-deny --version "$DENY_VERSION"
fi
if [ "$(cosmwasm-check --version 2>/dev/null)" != "Contract checking $CHECK_VERSION" ]; then
  # its VM names a probe that compilers since 1.89 no longer ship
  RUSTFLAGS="-C link-arg=-Wl,--defsym=__rust_probestack=0" install cosmwasm-check --version "$CHECK_VERSION"
fi
scripts/promtool.sh >/dev/null
