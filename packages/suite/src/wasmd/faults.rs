//! What goes wrong on the real chain. Slashes, jails and governance are the work of its own
//! modules, at the beginning of a block of a second; refusals are told to the program.

use cosmwasm_std::Decimal;
use serde_json::{Value, json};

use super::Wasmd;
use super::wire::{list, text};
use super::wrong::Wrong;
use crate::chain::{ChainView, Faults, Refused};

/// By how much a delegation is overstated: any part of a unit would do.
const TOO_MUCH: i64 = 1_000_000;

/// The module that serves a message, and the message's name.
fn served_by(message: Refused) -> (&'static str, &'static str) {
    match message {
        Refused::Delegate => ("staking", "MsgDelegate"),
        Refused::Undelegate => ("staking", "MsgUndelegate"),
        Refused::WithdrawRewards => ("distribution", "MsgWithdrawDelegatorReward"),
    }
}

impl Wasmd {
    fn go_wrong(&self) {
        let wrong = &self.wrong;
        let told = json!({
            "messages": wrong.messages,
            "queries": wrong.queries,
            "unreadable": wrong.unreadable,
            "hidden": wrong.hidden,
            "no_amounts": wrong.no_amounts,
            "blocked": wrong.blocked,
        });
        self.demand("faults", told);
    }

    /// Governance changes a parameter of x/staking.
    fn govern_staking(&mut self, parameter: &str, value: Value) {
        let mut params = self.native("staking_params", json!({}))["params"].take();
        params[parameter] = value;
        let query = "/cosmos.auth.v1beta1.Query/ModuleAccountByName";
        let gov = self.native(query, json!({"name": "gov"}));
        let message = json!({
            "@type": "/cosmos.staking.v1beta1.MsgUpdateParams",
            "authority": text(&gov["account"]["base_account"]["address"]),
            "params": params,
        });
        self.between(json!([{"govern": [message]}]), vec![]);
    }

    /// x/distribution's books say more stake of these delegations, or less again.
    fn overstate(&mut self, pairs: &[(String, String)], by: i64) {
        let overstate = |(delegator, validator): &(String, String)| {
            json!({"overstate": {
                "delegator": delegator,
                "validator": validator,
                "by": by.to_string(),
            }})
        };
        let acts: Vec<Value> = pairs.iter().map(overstate).collect();
        if !acts.is_empty() {
            self.between(acts.into(), vec![]);
        }
    }

    fn is_unbonded(&self, validator: &str) -> bool {
        let told = self.native("validator", json!({"validator_addr": validator}));
        told["validator"]["status"] == "BOND_STATUS_UNBONDED"
    }
}

impl Faults for Wasmd {
    fn refuse(&mut self, validator: &str, message: Refused, code: u32) {
        let (module, name) = served_by(message);
        self.wrong.messages.push(json!({
            "type": format!("/cosmos.{module}.v1beta1.{name}"),
            "validator": validator,
            "codespace": module,
            "code": code,
        }));
        self.go_wrong();
    }

    fn panic_on_touch(&mut self, validator: &str) {
        let told = self.native("delegators", json!({"validator_addr": validator}));
        let delegations = list(&told["delegation_responses"]).iter();
        let pairs = delegations.map(|one| {
            let delegation = &one["delegation"];
            (text(&delegation["delegator_address"]), validator.to_owned())
        });
        let pairs: Vec<_> = pairs.collect();
        self.overstate(&pairs, TOO_MUCH);
        self.wrong.overstated.extend(pairs);
    }

    fn heal(&mut self) {
        let wrong: Wrong = std::mem::take(&mut self.wrong);
        self.go_wrong();
        self.overstate(&wrong.overstated, -TOO_MUCH);
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

    fn slash(&mut self, validator: &str, fraction: Decimal, blocks_ago: u64) {
        if self.is_unbonded(validator) {
            return;
        }
        let mut slash = json!({"validator": validator, "fraction": fraction.to_string()});
        if blocks_ago > 0 {
            slash["height"] = self.height().saturating_sub(blocks_ago).max(1).into();
        }
        self.between(json!([{"slash": slash}]), vec![]);
    }

    fn set_unbonding_time(&mut self, seconds: u64) {
        self.govern_staking("unbonding_time", format!("{seconds}s").into());
    }

    fn set_max_entries(&mut self, entries: u32) {
        self.govern_staking("max_entries", entries.into());
    }

    fn jail(&mut self, validator: &str) {
        self.between(json!([{"jail": validator}]), vec![]);
    }

    fn block_recipient(&mut self, address: &str) {
        self.hand_over(&[address]); // its fees, while it can still receive them
        self.wrong.blocked.push(address.into());
        self.go_wrong();
    }
}
