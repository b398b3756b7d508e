#!/usr/bin/env bash
# Builds the workspace's programs unoptimised, with the features that its tests are built with: nothing is
# built twice. (--examples makes cargo count the features of what only tests depend on.)
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --locked --workspace --bins --examples
