#!/usr/bin/env bash
# Writes the table of settings in the vault's README from the table in the code. A test fails while they differ.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo run --quiet --locked -p defenders-settings --example settings_table -- contracts/vault/README.md
