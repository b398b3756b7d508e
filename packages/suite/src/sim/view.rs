//! What can be asked of a simulated chain.

use cosmwasm_std::{
    Addr, Binary, Coin, ContractResult, Empty, Order, QueryRequest, SystemResult, Timestamp,
    WasmQuery, to_json_vec,
};
use cw_multi_test::{Bank, FailingModule, GovFailingModule, IbcFailingModule, Stargate};
use cw_storage_plus::Map;
use staking_sim::{SimChain, Status};

use super::Sim;
use crate::chain::{ChainView, NativeEntry, NativeValidator, Refusal};

/// Where cw-multi-test keeps balances.
const BANK: &[u8] = b"bank";
const BALANCES: Map<&Addr, Vec<Coin>> = Map::new("balances");

impl<S: Stargate, B: Bank> ChainView
    for SimChain<FailingModule<Empty, Empty, Empty>, S, IbcFailingModule, GovFailingModule, B>
{
    fn height(&self) -> u64 {
        self.app.block_info().height
    }

    fn time(&self) -> Timestamp {
        self.app.block_info().time
    }

    fn query(&self, contract: &str, msg: &str) -> Result<String, Refusal> {
        let request: QueryRequest<Empty> = WasmQuery::Smart {
            contract_addr: contract.into(),
            msg: Binary::from(msg.as_bytes()),
        }
        .into();
        let text = match self.app.wrap().raw_query(&to_json_vec(&request).unwrap()) {
            SystemResult::Ok(ContractResult::Ok(answer)) => {
                return Ok(String::from_utf8(answer.into()).unwrap());
            }
            SystemResult::Ok(ContractResult::Err(text)) => text,
            SystemResult::Err(error) => error.to_string(),
        };
        Err(Refusal { text })
    }

    fn admin(&self, contract: &str) -> Option<String> {
        let info = self.app.wrap().query_wasm_contract_info(contract);
        info.unwrap().admin.map(Addr::into_string)
    }

    fn checksum(&self, code_id: u64) -> String {
        let info = self.app.wrap().query_wasm_code_info(code_id);
        info.unwrap().checksum.to_hex()
    }

    fn owners(&self, denom: &str) -> Vec<(String, u128)> {
        let bank = self.app.prefixed_storage(BANK);
        let rows = BALANCES.range(bank.as_ref(), None, None, Order::Ascending);
        let mut owners: Vec<(String, u128)> = rows
            .filter_map(|row| {
                let (address, coins) = row.unwrap();
                let coin = coins.into_iter().find(|coin| coin.denom == denom)?;
                Some((address.into_string(), coin.amount.u128()))
            })
            .collect();
        owners.sort();
        owners
    }

    fn balance(&self, address: &str, denom: &str) -> u128 {
        self.balance(&Addr::unchecked(address), denom).u128()
    }

    fn validators(&self) -> Vec<NativeValidator> {
        let native = |state: staking_sim::ValidatorState| NativeValidator {
            validator: state.operator,
            tokens: state.tokens.u128(),
            bonded: state.status == Status::Bonded,
            jailed: state.jailed,
        };
        self.validators().into_iter().map(native).collect()
    }

    fn delegations(&self, delegator: &str) -> Vec<(String, u128)> {
        let all = self.delegations(&Addr::unchecked(delegator));
        let shown = all.into_iter().map(|(v, tokens)| (v, tokens.u128()));
        let mut shown: Vec<_> = shown.filter(|(_, tokens)| *tokens > 0).collect();
        shown.sort();
        shown
    }

    fn unbonding_entries(&self, delegator: &str) -> Vec<NativeEntry> {
        let all = self.all_unbonding_entries(&Addr::unchecked(delegator));
        let native = |(validator, entry): (String, staking_sim::UnbondingEntry)| NativeEntry {
            completion_time: entry.completion_time,
            validator,
            initial_balance: entry.initial_balance.u128(),
            balance: entry.balance.u128(),
        };
        let mut entries: Vec<_> = all.into_iter().map(native).collect();
        entries.sort();
        entries
    }
}

impl ChainView for Sim {
    fn height(&self) -> u64 {
        self.chain.height()
    }

    fn time(&self) -> Timestamp {
        ChainView::time(&self.chain)
    }

    fn query(&self, contract: &str, msg: &str) -> Result<String, Refusal> {
        self.chain.query(contract, msg)
    }

    fn admin(&self, contract: &str) -> Option<String> {
        self.chain.admin(contract)
    }

    fn checksum(&self, code_id: u64) -> String {
        self.chain.checksum(code_id)
    }

    fn owners(&self, denom: &str) -> Vec<(String, u128)> {
        ChainView::owners(&self.chain, denom)
    }

    fn balance(&self, address: &str, denom: &str) -> u128 {
        ChainView::balance(&self.chain, address, denom)
    }

    fn validators(&self) -> Vec<NativeValidator> {
        ChainView::validators(&self.chain)
    }

    fn delegations(&self, delegator: &str) -> Vec<(String, u128)> {
        ChainView::delegations(&self.chain, delegator)
    }

    fn unbonding_entries(&self, delegator: &str) -> Vec<NativeEntry> {
        ChainView::unbonding_entries(&self.chain, delegator)
    }
}
