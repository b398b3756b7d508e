#!/usr/bin/env bash
# A VM of CosmWasm 2.2 takes the built contracts, with no capability above cosmwasm_2_0: tells how far
# they are from its limits and from the budgets of check-wasm.mjs, whose own test comes first, and lets
# the VM itself look.
set -euo pipefail
cd "$(dirname "$0")/.."
contracts=(target/wasm/{vault,next_vault,factory,reward_pot,cw3_flex_multisig,cw4_group,plan_bench,share_sink}.wasm)
node scripts/check-wasm.mjs --self-test
node scripts/check-wasm.mjs "${contracts[@]}"
cosmwasm-check \
  --available-capabilities iterator,staking,stargate,cosmwasm_1_1,cosmwasm_1_2,cosmwasm_1_3,cosmwasm_1_4,cosmwasm_2_0 \
  "${contracts[@]}"
