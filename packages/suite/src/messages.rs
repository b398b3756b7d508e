//! The vault's messages with their usual arguments.

use cosmwasm_std::Uint128;
use defenders_types::{ExecuteMsg, Job, ListingInput};

/// A deposit of all the funds, for the sender.
pub fn deposit() -> ExecuteMsg {
    ExecuteMsg::Deposit {
        amount: None,
        recipient: None,
        min_shares_out: None,
        delegate: None,
    }
}

/// A request for the sender.
pub fn request_withdrawal(shares: u128) -> ExecuteMsg {
    ExecuteMsg::RequestWithdrawal {
        shares: Some(Uint128::new(shares)),
        recipient: None,
        min_tokens_out: None,
    }
}

/// A claim for the sender.
pub fn claim(batch_id: u64) -> ExecuteMsg {
    ExecuteMsg::Claim {
        batch_id,
        recipient: None,
    }
}

/// A tick of one job, or of whichever is due.
pub fn tick(job: Option<Job>) -> ExecuteMsg {
    ExecuteMsg::Tick { job, skip: None }
}

/// A listing that says nothing but whom it lists.
pub fn listing(validator: &str) -> ListingInput {
    ListingInput {
        validator: validator.into(),
        ..ListingInput::default()
    }
}

/// Lists validators of which nothing is said.
pub fn list_validators(validators: &[String]) -> ExecuteMsg {
    ExecuteMsg::ListValidators {
        validators: validators
            .iter()
            .map(|validator| listing(validator))
            .collect(),
        valid_until: None,
    }
}
