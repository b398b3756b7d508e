//! Faults of the simulated chain.

use cosmwasm_std::{Addr, Decimal};
use staking_sim::{MessageKind, Params, Status};

use super::Sim;
use crate::chain::{ChainView, Faults, Refused};

/// Where contracts read powers.
const POWER_PATH: &str = "/cosmos.staking.v1beta1.Query/Validator";

/// The message, and the module whose code its refusal carries.
fn kind(message: Refused) -> (MessageKind, &'static str) {
    match message {
        Refused::Delegate => (MessageKind::Delegate, "staking"),
        Refused::Undelegate => (MessageKind::Undelegate, "staking"),
        Refused::Redelegate => (MessageKind::Redelegate, "staking"),
        Refused::WithdrawRewards => (MessageKind::Withdraw, "distribution"),
    }
}

impl Faults for Sim {
    fn refuse(&mut self, validator: &str, message: Refused, code: u32) {
        self.refusals.insert((validator.into(), message));
        let (kind, codespace) = kind(message);
        self.chain.refuse(validator, kind, codespace, code);
    }

    fn panic_on_touch(&mut self, validator: &str) {
        self.panicking.push(validator.into());
        self.chain.panic_on_touch(validator);
    }

    fn keep_rewards(&mut self) -> bool {
        self.chain.keep_rewards(true);
        true
    }

    fn end_panics(&mut self) {
        for validator in std::mem::take(&mut self.panicking) {
            self.chain.stop_panics(&validator);
        }
    }

    fn heal(&mut self) {
        for (validator, message) in std::mem::take(&mut self.refusals) {
            self.chain.accept(&validator, kind(message).0);
        }
        self.end_panics();
        self.chain.refuse_queries(false);
        self.chain.leave_amounts_out(false);
        self.chain.leave_times_out(false);
        for validator in std::mem::take(&mut self.unreadable) {
            self.chain.refuse_query_about(POWER_PATH, &validator, false);
        }
        for delegator in std::mem::take(&mut self.hidden) {
            self.chain.hide_delegations(&delegator, false);
        }
        self.bank_faults.clear();
    }

    fn refuse_queries(&mut self) {
        self.chain.refuse_queries(true);
    }

    fn refuse_queries_about(&mut self, validator: &str) {
        self.unreadable.push(validator.into());
        self.chain.refuse_query_about(POWER_PATH, validator, true);
    }

    fn hide_delegations(&mut self, delegator: &str) {
        let delegator = Addr::unchecked(delegator);
        self.chain.hide_delegations(&delegator, true);
        self.hidden.push(delegator);
    }

    fn leave_amounts_out(&mut self) {
        self.chain.leave_amounts_out(true);
    }

    fn leave_times_out(&mut self) {
        self.chain.leave_times_out(true);
    }

    fn slash(&mut self, validator: &str, fraction: Decimal, blocks_ago: u64) {
        let state = self.chain.validator(validator).unwrap();
        if state.status == Status::Unbonded {
            return;
        }
        let height = self.height().saturating_sub(blocks_ago);
        self.chain.slash(validator, height, fraction).unwrap();
    }

    fn set_unbonding_time(&mut self, seconds: u64) {
        self.chain.set_params(Params {
            unbonding_time: seconds,
            ..self.chain.params()
        });
    }

    fn set_max_entries(&mut self, entries: u32) {
        self.chain.set_params(Params {
            max_entries: entries,
            ..self.chain.params()
        });
    }

    fn jail(&mut self, validator: &str) {
        self.chain.jail(validator).unwrap();
    }

    fn block_recipient(&mut self, address: &str) {
        self.bank_faults.block(address);
    }

    fn refuse_mints(&mut self) {
        self.bank_faults.refuse_mints();
    }

    fn refuse_burns(&mut self) {
        self.bank_faults.refuse_burns();
    }
}
