#!/bin/sh
# Builds the program into the checkout's target folder and tells where it is.
set -eu
cd "$(dirname "$0")"
out=../../target/wasmd
mkdir -p "$out"
GOTOOLCHAIN=local CGO_ENABLED=1 GOFLAGS="-mod=readonly -p=2 -buildvcs=false" go build -tags netgo \
	-ldflags '-s -w -X github.com/cosmos/cosmos-sdk/version.Name=wasm -X github.com/cosmos/cosmos-sdk/version.AppName=wasmd' \
	-o "$out/wasmd-chain" .
echo "$(cd "$out" && pwd)/wasmd-chain"
