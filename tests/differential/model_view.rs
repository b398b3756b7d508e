//! What the model's side shows, by its own reads.

use anybuf::Anybuf;
use cosmwasm_std::{Addr, QueryRequest, from_json, to_json_vec};
use serde_json::Value;
use staking_sim::{DecCoins, Status, compute_consensus_address};

use crate::denom_sides::view_model;
use crate::denom_step::denoms;
use crate::model::Model;
use crate::real_view::signing;
use crate::setting::{DELEGATORS, DENOM, REWARD};
use crate::view::{View, coins};

fn dec_coins(found: &DecCoins) -> String {
    let pairs = found.to_std().into_iter().map(|coin| {
        let amount = found.amount_of(&coin.denom);
        (coin.denom, amount.to_string())
    });
    coins(pairs)
}

impl Model {
    /// The state after the last block.
    pub fn view(&self) -> View {
        let mut view = View::new();
        let bonded = self.chain.bonded_tokens();
        view.insert("pool bonded".into(), bonded.to_string());
        for validator in self.chain.validators() {
            let operator = &validator.operator;
            let mut put =
                |what: &str, value: String| view.insert(format!("{operator} {what}"), value);
            put("tokens", validator.tokens.to_string());
            put("shares", validator.delegator_shares.to_string());
            let status = match validator.status {
                Status::Bonded => "BOND_STATUS_BONDED",
                Status::Unbonding => "BOND_STATUS_UNBONDING",
                Status::Unbonded => "BOND_STATUS_UNBONDED",
            };
            put("status", status.into());
            put("jailed", validator.jailed.to_string());
            put("unbonding", {
                let (height, time) = (validator.unbonding_height, validator.unbonding_time);
                format!("height {height} until {}", time.seconds())
            });
            put(
                "outstanding",
                dec_coins(&self.chain.outstanding_rewards(operator)),
            );
            put("commission", dec_coins(&self.chain.commission(operator)));
            if let Some(told) = self.signing(operator) {
                put("signing", told);
            }
        }
        for (name, account) in DELEGATORS.iter().zip(&self.accounts) {
            self.view_delegator(&mut view, name, account);
        }
        if let Some(halt) = self.chain.halted() {
            view.insert("halted".into(), halt);
        }
        view_model(&mut view, &self.chain, &self.accounts);
        view
    }

    /// The signing record as a contract would ask for it.
    fn signing(&self, operator: &str) -> Option<String> {
        let address = compute_consensus_address(operator).unwrap();
        #[allow(
            deprecated,
            reason = "its answer is the proto-JSON that the real chain tells"
        )]
        let request: QueryRequest = QueryRequest::Stargate {
            path: "/cosmos.slashing.v1beta1.Query/SigningInfo".into(),
            data: Anybuf::new().append_string(1, address).into_vec().into(),
        };
        let querier = self.chain.app.wrap();
        let raw = cosmwasm_std::Querier::raw_query(&*querier, &to_json_vec(&request).unwrap());
        let told = raw.unwrap().into_result().ok()?;
        let told: Value = from_json(told).ok()?;
        Some(signing(&told["val_signing_info"]))
    }

    fn view_delegator(&self, view: &mut View, name: &str, account: &Addr) {
        let mut put = |what: String, value: String| view.insert(format!("{name} {what}"), value);
        for (validator, tokens) in self.chain.delegations(account) {
            let delegators = self.chain.delegators(&validator);
            let own = delegators.iter().find(|(whose, _)| whose == account);
            let (_, shares) = own.unwrap();
            put(format!("at {validator}"), format!("{tokens} for {shares}"));
            let earned = self.chain.pending_rewards(account, &validator);
            let earned = earned
                .into_iter()
                .map(|coin| (coin.denom, coin.amount.to_string()));
            put(format!("earned at {validator}"), coins(earned));
        }
        let mut leaving = View::new();
        for (validator, entry) in self.chain.all_unbonding_entries(account) {
            let shown = leaving.entry(format!("leaves {validator}")).or_default();
            let (from, until) = (entry.creation_height, entry.completion_time.seconds());
            let (balance, initial) = (entry.balance, entry.initial_balance);
            *shown += &format!("[{from}..{until}: {balance} of {initial}]");
        }
        for moved in self.chain.redelegations(account) {
            let (src, dst, entry) = (moved.src_validator, moved.dst_validator, moved.entry);
            let shown = leaving.entry(format!("moves {src} to {dst}")).or_default();
            let (from, until) = (entry.creation_height, entry.completion_time.seconds());
            let (initial, shares) = (entry.initial_balance, entry.shares_dst);
            *shown += &format!("[{from}..{until}: {initial} as {shares}]");
        }
        for (what, value) in leaving {
            put(what, value);
        }
        let known = [REWARD, DENOM].map(String::from).into_iter();
        let owned = known.chain(denoms(&self.accounts)).map(|denom| {
            let balance = self.chain.balance(account, &denom);
            (denom, balance.to_string())
        });
        put("owns".into(), coins(owned));
    }
}
