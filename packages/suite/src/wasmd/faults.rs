//! What goes wrong on the real chain. Slashes, jails and governance are the work of its own
//! modules, at the beginning of a block of a second; refusals are told to the program.

use cosmwasm_std::Decimal;
use serde_json::{Value, json};
use wasmd_chain::{Act, MessageKind};

use super::Wasmd;
use crate::chain::{ChainView, Faults, Refused};

/// By how much a delegation is overstated: any part of a unit would do.
const TOO_MUCH: i64 = 1_000_000;

/// The message, and the module whose code its refusal carries.
fn kind(message: Refused) -> (MessageKind, &'static str) {
    match message {
        Refused::Delegate => (MessageKind::Delegate, "staking"),
        Refused::Undelegate => (MessageKind::Undelegate, "staking"),
        Refused::Redelegate => (MessageKind::Redelegate, "staking"),
        Refused::WithdrawRewards => (MessageKind::Withdraw, "distribution"),
    }
}

impl Wasmd {
    fn go_wrong(&self) {
        self.chain.set_faults(&self.wrong).unwrap();
    }

    /// Governance changes a parameter of x/staking.
    fn govern_staking(&mut self, parameter: &str, value: Value) {
        let mut params = self.chain.query("staking_params", json!({})).unwrap()["params"].take();
        params[parameter] = value;
        let message = json!({
            "@type": "/cosmos.staking.v1beta1.MsgUpdateParams",
            "authority": self.chain.module_account("gov").unwrap(),
            "params": params,
        });
        self.between(vec![Act::govern([message])], vec![]);
    }

    /// x/distribution's books say more stake of these delegations, or less again.
    fn overstate(&mut self, pairs: &[(String, String)], by: i64) {
        let pairs = pairs.iter();
        let acts = pairs.map(|(delegator, validator)| Act::overstate(delegator, validator, by));
        let acts: Vec<Act> = acts.collect();
        if !acts.is_empty() {
            self.between(acts, vec![]);
        }
    }

    fn is_unbonded(&self, validator: &str) -> bool {
        let state = self.chain.validator(validator).unwrap();
        state.status == "BOND_STATUS_UNBONDED"
    }
}

impl Faults for Wasmd {
    fn refuse(&mut self, validator: &str, message: Refused, code: u32) {
        let (kind, codespace) = kind(message);
        let wrong = std::mem::take(&mut self.wrong);
        self.wrong = wrong.refuse(validator, kind, codespace, code);
        self.go_wrong();
    }

    fn panic_on_touch(&mut self, validator: &str) {
        let delegators = self.chain.delegators(validator).unwrap().into_iter();
        let pairs = delegators.map(|delegator| (delegator, validator.to_owned()));
        let pairs: Vec<_> = pairs.collect();
        self.overstate(&pairs, TOO_MUCH);
        self.overstated.extend(pairs);
    }

    fn keep_rewards(&mut self) -> bool {
        false
    }

    fn end_panics(&mut self) {
        let overstated = std::mem::take(&mut self.overstated);
        if !overstated.is_empty() {
            self.overstate(&overstated, -TOO_MUCH);
        }
    }

    fn heal(&mut self) {
        self.wrong = wasmd_chain::Faults::default();
        self.go_wrong();
        self.end_panics();
    }

    fn refuse_queries(&mut self) {
        self.wrong.queries = true;
        self.go_wrong();
    }

    fn refuse_queries_about(&mut self, validator: &str) {
        self.wrong.unreadable.push(validator.into());
        self.go_wrong();
    }

    fn hide_delegations(&mut self, delegator: &str) {
        self.wrong.hidden.push(delegator.into());
        self.go_wrong();
    }

    fn leave_amounts_out(&mut self) {
        self.wrong.no_amounts = true;
        self.go_wrong();
    }

    fn leave_times_out(&mut self) {
        self.wrong.no_times = true;
        self.go_wrong();
    }

    fn slash(&mut self, validator: &str, fraction: Decimal, blocks_ago: u64) {
        if self.is_unbonded(validator) {
            return;
        }
        let past = self.height().saturating_sub(blocks_ago).max(1);
        let height = (blocks_ago > 0).then_some(past);
        let slash = Act::slash(validator, &fraction.to_string(), height);
        self.between(vec![slash], vec![]);
    }

    fn set_unbonding_time(&mut self, seconds: u64) {
        self.govern_staking("unbonding_time", format!("{seconds}s").into());
    }

    fn set_max_entries(&mut self, entries: u32) {
        self.govern_staking("max_entries", entries.into());
    }

    fn jail(&mut self, validator: &str) {
        self.between(vec![Act::jail(validator)], vec![]);
    }

    fn block_recipient(&mut self, address: &str) {
        self.hand_over(&[address]); // its fees, while it can still receive them
        self.wrong.blocked.push(address.into());
        self.go_wrong();
    }

    fn refuse_mints(&mut self) {
        self.wrong.mints = true;
        self.go_wrong();
    }

    fn refuse_burns(&mut self) {
        self.wrong.burns = true;
        self.go_wrong();
    }
}
