#!/usr/bin/env bash
# Documentation builds without a warning, every file and heading that a document links to exists, and every
# package says what a registry would ask.
set -euo pipefail
cd "$(dirname "$0")/.."
RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked
status=0
complain() {
  echo "$1"
  status=1
}

# anchors FILE: its headings as links name them
anchors() {
  grep -E '^#+ ' "$1" | sed -E 's/^#+ //; s/[^[:alnum:] _-]//g; s/ /-/g' | tr '[:upper:]' '[:lower:]'
}

while IFS= read -r document; do
  # links to files and headings: [text](path), [text](path#heading), [text](#heading)
  for link in $(grep -oE '\]\([^): ]+\)' "$document" | sed 's/^](//; s/)$//'); do
    path=${link%%#*}
    file=$document
    if [ -n "$path" ]; then file=$(dirname "$document")/$path; fi
    if [ ! -e "$file" ]; then
      complain "$document names $path, which does not exist"
    elif [[ $link == *#* ]] && ! anchors "$file" | grep -qxF "${link#*#}"; then
      complain "$document names ${link#*#} in $file, which has no such heading"
    fi
  done
done < <(git ls-files --cached --others --exclude-standard '*.md')

incomplete=$(cargo metadata --no-deps --locked --format-version 1 | jq -r '.packages[]
  | select(([.description, .license, .repository] | any(. == null)) or .keywords == []) | .name')
[ -z "$incomplete" ] || complain "description, license, repository or keywords are missing: $incomplete"
grep -q '^Copyright 2026 The Decentralized Staking Defenders$' LICENSE || complain "LICENSE names others"
exit "$status"
