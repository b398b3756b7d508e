//! The vault's messages as a suite sends them. Each is one transaction in an ordinary block; those
//! without `try_` must be accepted.

use cosmwasm_std::{Uint128, coins};
use defenders_types::{
    ChangesResponse, ExecuteMsg, Job, ListingInput, PostedPower, PowerSource, QueryMsg,
};

use crate::chain::{Outcome, TxResult};
use crate::event::number;
use crate::messages::{claim, deposit, list_validators, listing, request_withdrawal, tick};
use crate::suite::Suite;
use crate::units::{BLOCK, DAY, DENOM};

impl Suite {
    /// Deposits tokens.
    pub fn try_deposit(&mut self, sender: &str, tokens: u128) -> TxResult {
        self.execute(sender, &deposit(), coins(tokens, DENOM))
    }

    /// Deposits tokens that the sender is given first.
    pub fn deposit(&mut self, sender: &str, tokens: u128) -> Outcome {
        self.chain.fund(sender, coins(tokens, DENOM));
        self.try_deposit(sender, tokens).unwrap()
    }

    /// Requests a withdrawal.
    pub fn try_request(&mut self, sender: &str, shares: u128) -> TxResult {
        self.execute(sender, &request_withdrawal(shares), vec![])
    }

    /// Requests a withdrawal.
    pub fn request(&mut self, sender: &str, shares: u128) -> Outcome {
        self.try_request(sender, shares).unwrap()
    }

    /// Cancels a withdrawal.
    pub fn try_cancel(&mut self, sender: &str, batch_id: u64) -> TxResult {
        self.execute(sender, &ExecuteMsg::CancelWithdrawal { batch_id }, vec![])
    }

    /// Claims for oneself.
    pub fn try_claim(&mut self, sender: &str, batch_id: u64) -> TxResult {
        self.execute(sender, &claim(batch_id), vec![])
    }

    /// Claims for oneself.
    pub fn claim(&mut self, sender: &str, batch_id: u64) -> Outcome {
        self.try_claim(sender, batch_id).unwrap()
    }

    /// One tick by the keeper.
    pub fn try_tick(&mut self, job: Option<Job>) -> TxResult {
        let keeper = self.user("keeper");
        self.execute(&keeper, &tick(job), vec![])
    }

    /// One tick of a job by the keeper.
    pub fn tick(&mut self, job: Job) -> Outcome {
        self.try_tick(Some(job)).unwrap()
    }

    /// The owner lists validators.
    pub fn list(&mut self, validators: &[String]) -> Outcome {
        let owner = self.owner.clone();
        self.execute(&owner, &list_validators(validators), vec![])
            .unwrap()
    }

    /// The owner lists validators with all that a listing says.
    pub fn try_list_as(&mut self, validators: Vec<ListingInput>) -> TxResult {
        let owner = self.owner.clone();
        self.execute(
            &owner,
            &ExecuteMsg::ListValidators {
                validators,
                valid_until: None,
            },
            vec![],
        )
    }

    /// The owner lists validators with all that a listing says.
    pub fn list_as(&mut self, validators: Vec<ListingInput>) -> Outcome {
        self.try_list_as(validators).unwrap()
    }

    /// The owner lists validators, and what waits of that is applied when it is due; see
    /// [`apply_in_time`](Self::apply_in_time).
    pub fn list_in_time(&mut self, validators: &[String]) -> Outcome {
        let listings = validators.iter().map(|it| listing(it)).collect();
        self.list_as_in_time(listings)
    }

    /// As [`list_in_time`](Self::list_in_time), with all that a listing says.
    pub fn list_as_in_time(&mut self, validators: Vec<ListingInput>) -> Outcome {
        let id = self.list_later(validators);
        self.apply_in_time(id)
    }

    /// The owner lists validators that somebody's deposit makes wait; the number of the change.
    pub fn list_later(&mut self, validators: Vec<ListingInput>) -> u64 {
        let scheduled = self.list_as(validators).named("change_scheduled").remove(0);
        number(&scheduled, "id") as u64
    }

    /// Keeps the vault once a day until a change is due, and applies it.
    pub fn apply_in_time(&mut self, id: u64) -> Outcome {
        let due_at = |suite: &Self| {
            let told: ChangesResponse = suite.query(&QueryMsg::Changes {});
            let mut changes = told.changes.into_iter();
            changes.find(|change| change.id == id).unwrap().due_at
        };
        while self.now() + DAY < due_at(self) {
            self.keep_for_days(1);
        }
        self.advance(due_at(self).saturating_sub(self.now()).max(BLOCK));
        self.apply(id)
    }

    /// Anyone applies a change.
    pub fn apply(&mut self, id: u64) -> Outcome {
        let keeper = self.user("keeper");
        let apply = ExecuteMsg::ApplyChange { id };
        self.execute(&keeper, &apply, vec![]).unwrap()
    }

    /// An account says how much a validator wants at most.
    pub fn try_set_own_maximum(
        &mut self,
        sender: &str,
        validator: &str,
        tokens: Option<u128>,
    ) -> TxResult {
        let msg = ExecuteMsg::SetOwnMaximum {
            validator: validator.into(),
            tokens: tokens.map(Uint128::new),
        };
        self.execute(sender, &msg, vec![])
    }

    /// The operator says how much it wants at most.
    pub fn set_own_maximum(&mut self, validator: &str, tokens: Option<u128>) -> Outcome {
        let operator = self.operator(validator);
        self.try_set_own_maximum(&operator, validator, tokens)
            .unwrap()
    }

    /// The owner drains validators.
    pub fn drain(&mut self, validators: &[String]) -> Outcome {
        let owner = self.owner.clone();
        let msg = ExecuteMsg::DrainValidators {
            validators: validators.to_vec(),
            valid_until: None,
        };
        self.execute(&owner, &msg, vec![]).unwrap()
    }

    /// The powers of all bonded validators, as an honest attester would post them.
    pub fn powers(&self) -> Vec<PostedPower> {
        let validators = self.chain.validators().into_iter();
        validators
            .filter(|validator| validator.bonded && !validator.jailed)
            .map(|validator| PostedPower {
                validator: validator.validator,
                tokens: validator.tokens.into(),
            })
            .collect()
    }

    /// One page of a table by the attester.
    pub fn try_post_page(&mut self, page: u32, of: u32, powers: &[PostedPower]) -> TxResult {
        let msg = ExecuteMsg::PostPowers {
            page,
            of,
            powers: powers.to_vec(),
        };
        let PowerSource::Attested {
            attester: Some(attester),
        } = self.config().power_source
        else {
            panic!("powers are not posted here");
        };
        self.execute(&attester, &msg, vec![])
    }

    /// A table by the attester, in pages of 100; what was told of the last one.
    pub fn try_post(&mut self, powers: &[PostedPower]) -> TxResult {
        let pages = powers.chunks(100);
        let of = pages.len() as u32;
        let mut last = Ok(Outcome::default());
        for (page, powers) in (1..).zip(pages) {
            last = Ok(self.try_post_page(page, of, powers)?);
        }
        last
    }

    /// The owner names who may take its place.
    pub fn offer_ownership(&mut self, new_owner: &str, expires_at: Option<u64>) -> TxResult {
        let msg = ExecuteMsg::TransferOwnership {
            new_owner: new_owner.into(),
            expires_at,
            valid_until: None,
        };
        let owner = self.owner.clone();
        self.execute(&owner, &msg, vec![])
    }

    /// Takes the owner's place, which is the suite's owner from then on.
    pub fn accept_ownership(&mut self, sender: &str) -> TxResult {
        let result = self.execute(sender, &ExecuteMsg::AcceptOwnership {}, vec![]);
        if result.is_ok() {
            self.owner = sender.into();
        }
        result
    }

    /// Names nobody any more.
    pub fn cancel_ownership_transfer(&mut self, sender: &str) -> TxResult {
        self.execute(
            sender,
            &ExecuteMsg::CancelOwnershipTransfer { valid_until: None },
            vec![],
        )
    }
}
