#!/usr/bin/env bash
# A VM of CosmWasm 2.2 takes the built contracts, with no capability above cosmwasm_2_0.
set -euo pipefail
cd "$(dirname "$0")/.."
cosmwasm-check \
  --available-capabilities iterator,staking,stargate,cosmwasm_1_1,cosmwasm_1_2,cosmwasm_1_3,cosmwasm_1_4,cosmwasm_2_0 \
  target/wasm/{vault,reward_pot,cw3_flex_multisig,cw4_group,share_sink}.wasm
