#!/usr/bin/env bash
# The web page as static files in packages/dapp/dist, with the WebAssembly module that computes its numbers, on a
# fresh machine with rustup and Node. A second run builds only what has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
RUST=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)

echo "page: the modules that compute"
home=$(rustup run "$RUST" rustc --print sysroot)
[ -e "$home/lib/rustlib/wasm32-unknown-unknown" ] || rustup target add wasm32-unknown-unknown --toolchain "$RUST"
# small before fast: they are loaded over the network, and compute for milliseconds
CARGO_PROFILE_RELEASE_OPT_LEVEL=z CARGO_PROFILE_RELEASE_LTO=true CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 \
  cargo build --locked --quiet --release -p defenders-allocation-web -p defenders-client-web \
  --target wasm32-unknown-unknown
echo "page: their JavaScript"
for name in allocation client; do
  CARGO_TARGET_DIR="$target/bindings" cargo run --locked --quiet --manifest-path packages/allocation-web/bindings/Cargo.toml \
    -- "$target/wasm32-unknown-unknown/release/defenders_${name}_web.wasm" packages/dapp/src/wasm "$name"
done

cd packages/dapp
if ! cmp -s package-lock.json node_modules/.installed; then
  echo "page: packages of npm"
  npm ci --no-audit --no-fund --loglevel error
  cp package-lock.json node_modules/.installed
fi
echo "page: types, static files"
npx tsc --noEmit
npx vite build --logLevel warn
