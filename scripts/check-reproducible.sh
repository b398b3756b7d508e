#!/usr/bin/env bash
# Builds the contracts once more, from a copy of the checkout in another folder and from nothing,
# and compares the bytes with those of target/wasm.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -f target/wasm/checksums.txt ] || scripts/build-wasm.sh
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
# the files as they are now, committed or not; the tools are no input
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy"
mkdir "$copy/target" && ln -s "$PWD/target/tools" "$copy/target/tools"
(cd "$copy" && scripts/build-wasm.sh)
# the copy has no git to tell a commit
hashes_of() { grep -v "^#" "$1/target/wasm/checksums.txt"; }
diff <(hashes_of .) <(hashes_of "$copy")
echo "two builds, the same bytes"
