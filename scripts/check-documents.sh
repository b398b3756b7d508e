#!/usr/bin/env bash
# Documentation builds without a warning, and every path that a README names exists.
set -euo pipefail
cd "$(dirname "$0")/.."
RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked
status=0
while IFS= read -r readme; do
  folder=$(dirname "$readme")
  # links to files: [text](path)
  for path in $(grep -oE '\]\([^)#: ]+\)' "$readme" | sed 's/^](//; s/)$//'); do
    if [ ! -e "$folder/$path" ]; then
      echo "$readme names $path, which does not exist"
      status=1
    fi
  done
done < <(git ls-files '*README.md' 'CHANGELOG.md')
exit "$status"
