//! What the vault refuses, each with its numbers. A refused call changes nothing.

use cosmwasm_std::{Decimal, OverflowError, StdError, Uint128};
use defenders_accounting::AccountingError;
use defenders_allocation::{AllocationError, GroupError};
use defenders_settings::SettingsError;
use defenders_types::Job;
use thiserror::Error;

use crate::chain::staking::IncompleteAnswer;
use crate::chain::ReadError;
use crate::funds::FundsError;
use crate::shares::SharesError;
use crate::store::StoreError;

/// Errors of the vault.
#[derive(Error, Debug, PartialEq)]
pub enum ContractError {
    /// Queries, messages, addresses.
    #[error("{0}")]
    Std(#[from] StdError),
    /// The chain did not answer a question.
    #[error("{0}")]
    Read(#[from] ReadError),
    /// The chain's answer to a message lacks something; the whole call reverts.
    #[error("{0}")]
    IncompleteAnswer(#[from] IncompleteAnswer),
    /// What is stored is not as it should be.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// Sums beyond 128 bits, or below zero.
    #[error("{0}")]
    Overflow(#[from] OverflowError),
    /// The accounting refuses.
    #[error("{0}")]
    Accounting(#[from] AccountingError),
    /// The allocation refuses.
    #[error("{0}")]
    Allocation(#[from] AllocationError),
    /// Groups that are none: storage is damaged.
    #[error("{0}")]
    Group(#[from] GroupError),
    /// The share token refuses.
    #[error("{0}")]
    Shares(#[from] SharesError),

    /// A setting that no vault may have.
    #[error("{0}")]
    Setting(#[from] SettingsError),

    /// Funds that a message does not take.
    #[error("{0}")]
    Funds(#[from] FundsError),
    /// The pot's answer is not in the chain's form.
    #[error("the answer of {bytes} bytes of the reward pot has no {field}: the vault needs a pot and a chain that it knows")]
    PotAnswer {
        /// Its length.
        bytes: usize,
        /// What is missing.
        field: &'static str,
    },
    /// Only the owner may.
    #[error("only the owner {owner} may do this, not {sender}")]
    NotOwner {
        /// The owner.
        owner: String,
        /// Who tried.
        sender: String,
    },
    /// Only the guardian may.
    #[error("only the guardian {guardian} may do this, not {sender}")]
    NotGuardian {
        /// The guardian, or nobody.
        guardian: String,
        /// Who tried.
        sender: String,
    },
    /// Only these two may.
    #[error("only the owner {owner} or the guardian {guardian} may do this, not {sender}")]
    NotOwnerOrGuardian {
        /// The owner.
        owner: String,
        /// The guardian, or nobody.
        guardian: String,
        /// Who tried.
        sender: String,
    },
    /// The message has reached its own end.
    #[error("the message was valid until {valid_until}, now {now}: propose it again")]
    TooLate {
        /// Seconds.
        valid_until: u64,
        /// Seconds.
        now: u64,
    },
    /// A setting is named once.
    #[error("{name} is named twice: each setting once")]
    SettingTwice {
        /// The setting.
        name: &'static str,
    },
    /// The brake is on.
    #[error("the guardian has put the brake on until {until}: no deposits until then; withdrawals go on")]
    BrakeOn {
        /// Seconds.
        until: u64,
    },
    /// The brake is off.
    #[error("the brake is not on")]
    BrakeOff {},
    /// The guardian has used it.
    #[error("the brake was put on already: the owner must arm it first")]
    BrakeNotArmed {},
    /// Too long, or over already.
    #[error("the brake must end after {now} and at {latest} at the latest, not at {until}")]
    BrakeEnd {
        /// Seconds.
        now: u64,
        /// Seconds.
        latest: u64,
        /// Seconds.
        until: u64,
    },
    /// Only the attester may.
    #[error("only the attester {attester} may post powers, not {sender}")]
    NotAttester {
        /// Who may.
        attester: String,
        /// Who tried.
        sender: String,
    },
    /// Nobody may, until the owner names an attester.
    #[error("no attester is named: nobody may post powers")]
    NoAttesterNamed,
    /// Nobody posts powers here.
    #[error("powers are not posted here: they come from {power_source}")]
    NoAttester {
        /// Its name.
        power_source: &'static str,
    },
    /// One table in 6 hours.
    #[error("the last table was posted at {posted_at}: the next one is taken from {possible_at} on, now {now}")]
    PostedTooSoon {
        /// Seconds.
        posted_at: u64,
        /// Seconds.
        possible_at: u64,
        /// Seconds.
        now: u64,
    },
    /// Pages come in their order.
    #[error("page {page} of {of} is not next in turn: post page {next} of {of_next}, or begin again with page 1")]
    PostedPage {
        /// Expected.
        next: u32,
        /// Expected.
        of_next: u32,
        /// Given.
        page: u32,
        /// Given.
        of: u32,
    },
    /// All pages of a table within 100 blocks.
    #[error("the table began at height {begun_at} and had {most} blocks, now {height}: begin again with page 1")]
    PostedTooLate {
        /// Height.
        begun_at: u64,
        /// Blocks.
        most: u64,
        /// Height.
        height: u64,
    },
    /// The table has somebody else.
    #[error("table rejected: {validator} is not among the bonded validators ({posted} posted, {bonded} bonded)")]
    PostedNotBonded {
        /// The first such.
        validator: String,
        /// How many the table has.
        posted: usize,
        /// How many the chain has.
        bonded: usize,
    },
    /// The table lacks somebody.
    #[error(
        "table rejected: {validator} is bonded and not in it ({posted} posted, {bonded} bonded)"
    )]
    BondedNotPosted {
        /// The first such.
        validator: String,
        /// How many the table has.
        posted: usize,
        /// How many the chain has.
        bonded: usize,
    },
    /// The sum is not what the bonded pool holds.
    #[error("table rejected: its sum is {posted}, the bonded pool has {bonded}: they differ by more than 0.5 %")]
    PostedSum {
        /// Tokens.
        posted: Uint128,
        /// Tokens.
        bonded: Uint128,
    },
    /// The order is not the chain's.
    #[error("table rejected: {above} with {above_tokens} stands above {below} with {below_tokens} on the chain: only those that differ by less than 0.5 % may change places")]
    PostedOrder {
        /// Operator address.
        above: String,
        /// Tokens posted.
        above_tokens: Uint128,
        /// Operator address.
        below: String,
        /// Tokens posted.
        below_tokens: Uint128,
    },
    /// Less than the vault alone has there.
    #[error(
        "table rejected: {validator} has {posted}, and the vault alone delegates {delegated} to it"
    )]
    PostedBelowOwn {
        /// Operator address.
        validator: String,
        /// Tokens.
        posted: Uint128,
        /// Tokens.
        delegated: Uint128,
    },
    /// Only whom the owner named may accept.
    #[error("only {pending_owner} may accept the ownership, not {sender}")]
    NotPendingOwner {
        /// Who may.
        pending_owner: String,
        /// Who tried.
        sender: String,
    },
    /// The owner has named nobody.
    #[error("no transfer of the ownership is under way")]
    NoPendingOwner {},
    /// Too late to accept, or to begin with.
    #[error("the transfer of the ownership expires at {expires_at}, now {now}")]
    TransferExpired {
        /// Seconds.
        expires_at: u64,
        /// Seconds.
        now: u64,
    },
    /// A parameter outside its hard bounds.
    #[error("{name} must be between {min} and {max}, got {value}")]
    OutOfBounds {
        /// The parameter.
        name: &'static str,
        /// Least value.
        min: String,
        /// Greatest value.
        max: String,
        /// What was given.
        value: String,
    },
    /// A text that the share token cannot bear.
    #[error("{name} {value:?} must have {min} to {max} characters out of {allowed}")]
    InvalidText {
        /// Which text.
        name: &'static str,
        /// What was given.
        value: String,
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
        /// Which characters.
        allowed: &'static str,
    },
    /// The seed is too small.
    #[error(
        "the seed must be at least {minimum}, sent {sent} of which creating the denom cost {fee}"
    )]
    SeedTooSmall {
        /// Least seed, tokens.
        minimum: Uint128,
        /// What was sent, tokens.
        sent: Uint128,
        /// What the chain took of it for creating the shares' denom, tokens.
        fee: Uint128,
    },
    /// A rate of something else.
    #[error("the rate of {share} is told here, not of {denom}")]
    ForeignDenom {
        /// What was asked for.
        denom: String,
        /// The shares.
        share: String,
    },
    /// `AllValidators` is empty: there is nobody to test the chain with.
    #[error("the chain shows no bonded validator: instantiate when there is one")]
    NoBondedValidator {},
    /// The chain does not let contracts read powers in this way, or answers it otherwise than expected.
    #[error("this chain does not answer the power source {power_source}: choose another one; it says: {error}")]
    UnfitPowerSource {
        /// Its name.
        power_source: &'static str,
        /// The chain's words, their first line.
        error: String,
    },
    /// The chain does not say what an undelegation gives, so the vault could never settle one.
    #[error("the answer to undelegating {tokens} from {validator} lacks {field}: the vault needs a chain with Cosmos SDK 0.48 or later")]
    NoAmountInAnswer {
        /// What was undelegated, tokens.
        tokens: Uint128,
        /// Operator address.
        validator: String,
        /// What is missing.
        field: &'static str,
    },
    /// Shares, deposits and requests never go to the vault or the pot.
    #[error("{recipient} is the vault or its reward pot and cannot receive")]
    RecipientNotAllowed {
        /// Vault or pot.
        recipient: String,
    },
    /// The result would be nothing.
    #[error(
        "{tokens} tokens are worth no share at {total_assets} tokens for {total_shares} shares"
    )]
    ZeroShares {
        /// Tokens offered.
        tokens: Uint128,
        /// Tokens behind all shares.
        total_assets: Uint128,
        /// All shares.
        total_shares: Uint128,
    },
    /// The result would be nothing.
    #[error(
        "{shares} shares are worth no token at {total_assets} tokens for {total_shares} shares"
    )]
    ZeroTokens {
        /// Shares offered.
        shares: Uint128,
        /// Tokens behind all shares.
        total_assets: Uint128,
        /// All shares.
        total_shares: Uint128,
    },
    /// Fewer shares than the depositor accepts.
    #[error("{shares} shares would be minted, fewer than {minimum}")]
    TooFewShares {
        /// The depositor's minimum.
        minimum: Uint128,
        /// What would be minted.
        shares: Uint128,
    },
    /// Fewer tokens than the owner of the shares accepts.
    #[error("{tokens} tokens are the preview, fewer than {minimum}")]
    TooFewTokens {
        /// The minimum.
        minimum: Uint128,
        /// The book's preview.
        tokens: Uint128,
    },
    /// The chain shows so little of the vault's stake that it must show it twice.
    #[error("the chain showed {shown} of {bonded} delegated tokens at height {height}: run tick {{job: sync}} in a later block, and deposit after it")]
    BookInDoubt {
        /// By the chain, tokens.
        shown: Uint128,
        /// By the book, tokens.
        bonded: Uint128,
        /// The block of the reading.
        height: u64,
    },
    /// All assets are lost: nobody can buy in at a rate of 0.
    #[error("no deposits while the {total_shares} shares are worth nothing")]
    WorthlessShares {
        /// All shares.
        total_shares: Uint128,
    },
    /// The eligible validators cannot take more.
    #[error("the listed validators take at most {capacity}, this deposit would make it {total}")]
    NoCapacity {
        /// Sum of their caps as of the last refresh.
        capacity: Uint128,
        /// Tokens to place after this deposit, now and when stake has come back.
        total: Uint128,
    },
    /// The vault would be too large a part of the chain.
    #[error(
        "the vault would hold {vault} beside {external} of others, the limit is {limit} of all"
    )]
    SelfLimit {
        /// The vault's tokens after this deposit.
        vault: Uint128,
        /// All other bonded tokens.
        external: Uint128,
        /// Share of both together.
        limit: Decimal,
    },
    /// Only the open batch takes cancels.
    #[error("batch {batch_id} is not open, batch {open_batch} is")]
    BatchNotOpen {
        /// The batch named.
        batch_id: u64,
        /// The open one.
        open_batch: u64,
    },
    /// Nothing of the sender is in the batch.
    #[error("{recipient} has no withdrawal in batch {batch_id}")]
    NoWithdrawal {
        /// Who asked.
        recipient: String,
        /// The batch named.
        batch_id: u64,
    },
    /// The batch does not pay yet.
    #[error("batch {batch_id} does not pay yet: {unserved_shares} shares unserved, {pending} entries unsettled")]
    BatchNotClaimable {
        /// The batch named.
        batch_id: u64,
        /// Shares not served.
        unserved_shares: Uint128,
        /// Entries not settled.
        pending: u32,
    },
    /// No fee is owed.
    #[error("nothing is owed to {recipient}")]
    NothingOwed {
        /// Who asked.
        recipient: String,
    },
    /// No job is due.
    #[error("nothing is due")]
    NothingDue {},
    /// This job is not due.
    #[error("{job} is not due: {reason}")]
    NotDue {
        /// The job named.
        job: Job,
        /// Why.
        reason: String,
    },
    /// Skipping is for jobs that are stuck.
    #[error("{job} may pass a validator only after being due for {wait} seconds, due since {due_since:?}, now {now}")]
    SkipTooEarly {
        /// The job named.
        job: Job,
        /// Seconds.
        wait: u64,
        /// Seconds.
        due_since: Option<u64>,
        /// Seconds.
        now: u64,
    },
    /// No job is named, or one that touches no validator's delegation.
    #[error("skip needs a job that works validator by validator")]
    SkipNotPossible {},
    /// The vault does not know the validator.
    #[error("{validator} is not listed")]
    NotListed {
        /// The validator named.
        validator: String,
    },
    /// One listing for each validator.
    #[error("{validator} is named twice")]
    NamedTwice {
        /// The operator address.
        validator: String,
    },
    /// It is draining.
    #[error("{validator} is draining already")]
    AlreadyDraining {
        /// The validator named.
        validator: String,
    },
    /// x/staking does not know it.
    #[error("{validator} does not exist on this chain")]
    UnknownValidator {
        /// The validator named.
        validator: String,
    },
    /// The chain writes it in another form.
    #[error("{given} is {address} on this chain: give it in that form")]
    OtherAddressForm {
        /// As it was given.
        given: String,
        /// As the chain answers.
        address: String,
    },
    /// A list with nothing or too much in it.
    #[error("name 1 to {most} validators, got {got}")]
    ListLength {
        /// Most per call.
        most: usize,
        /// How many were named.
        got: usize,
    },
    /// A text of a listing that is too long, or that could change what a terminal shows.
    #[error("{field} has at most {most} bytes and no control characters, got {got} bytes{}", control(.has_control))]
    ListingText {
        /// The field of the listing.
        field: &'static str,
        /// Most bytes.
        most: usize,
        /// How many came.
        got: usize,
        /// Some of them are control characters.
        has_control: bool,
    },
    /// A name of a group that is none.
    #[error("a group is named by 1 to {most} of a-z, 0-9 and -, got {name:?}")]
    GroupName {
        /// Most bytes.
        most: usize,
        /// The name.
        name: String,
    },
    /// As many groups are named as one plan can reckon with.
    #[error("no more than {most} groups can be named at once: {name} is one too many, drain or regroup others first")]
    TooManyGroups {
        /// The bound.
        most: usize,
        /// The name that found no place.
        name: String,
    },
    /// A listing that is over before it begins, or that would last too long.
    #[error("ends_at must be later than {now} and not later than {latest}, got {ends_at}")]
    ListingEnd {
        /// Now, seconds.
        now: u64,
        /// The latest end, seconds.
        latest: u64,
        /// What was asked, seconds.
        ends_at: u64,
    },
    /// A listing that is over before it may be applied.
    #[error(
        "{validator}: its listing waits until {due_at}, so ends_at must be later, got {ends_at}"
    )]
    EndsWhileItWaits {
        /// The operator address.
        validator: String,
        /// From when on it may be applied, seconds.
        due_at: u64,
        /// What was asked, seconds.
        ends_at: u64,
    },
    /// As many listings wait as could be applied.
    #[error("no more than {most} listings can wait, got {got}: apply or cancel a change first")]
    TooManyWait {
        /// The bound.
        most: usize,
        /// How many would wait.
        got: usize,
    },
    /// Nobody has to accept a snapshot that is believed.
    #[error("the last snapshot is not suspect: there is nothing to accept")]
    NotSuspect {},
    /// Who accepts a snapshot must have looked at it.
    #[error("{count} validators fail in the last snapshot: name exactly {failing}")]
    OtherSnapshot {
        /// How many.
        count: usize,
        /// Their operator addresses.
        failing: String,
    },
    /// Only the operator says how much it wants.
    #[error("{sender} is not the account of the operator {validator}")]
    NotOperator {
        /// Who called.
        sender: String,
        /// The operator address.
        validator: String,
    },
    /// The owner decided on less.
    #[error("the owner's maximum for {validator} is {owner_max} tokens, {tokens} are above it")]
    AboveOwnersMaximum {
        /// The operator address.
        validator: String,
        /// What was asked.
        tokens: Uint128,
        /// The owner's maximum.
        owner_max: Uint128,
    },
    /// One change a day.
    #[error("the maximum of {validator} was changed at {changed_at}: again from {possible_at} on, it is {now}")]
    OwnMaximumTooSoon {
        /// The operator address.
        validator: String,
        /// When it was changed, seconds.
        changed_at: u64,
        /// When it can be changed again, seconds.
        possible_at: u64,
        /// Now, seconds.
        now: u64,
    },
    /// As many validators are listed or hold stake as one call can read.
    #[error("no more than {most} validators can be listed or hold stake: drain others first")]
    ListFull {
        /// The bound.
        most: usize,
    },
    /// A reply that no message of this contract asks for.
    #[error("unknown reply id {id}")]
    UnknownReply {
        /// The id.
        id: u64,
    },
    /// A payload that is not of the message that the reply answers.
    #[error("the payload of {bytes} bytes of reply {id} is damaged")]
    DamagedPayload {
        /// The reply.
        id: u64,
        /// Its length.
        bytes: usize,
    },
    /// A place among the validators beyond their number.
    #[error("there is no validator {index} among {of}")]
    NoSuchValidator {
        /// The place, from 0.
        index: usize,
        /// How many there are.
        of: usize,
    },
    /// The owner named other code.
    #[error("code {code_id} of the chain has the checksum {known}, not {checksum}: name the checksum of the code that is meant")]
    OtherCode {
        /// Its number.
        code_id: u64,
        /// As named.
        checksum: String,
        /// As the chain has it.
        known: String,
    },
    /// New code lost something.
    #[error("the new code finds {total} to be {after} where it was {before}: the old code stays")]
    TotalsDiffer {
        /// Which total.
        total: &'static str,
        /// Under the old code.
        before: Uint128,
        /// Under the new code.
        after: Uint128,
    },
    /// New code of the pot obeys somebody else.
    #[error("the pot's new code obeys {vault}: the old code stays")]
    PotOfAnother {
        /// Whom.
        vault: String,
    },
    /// Somebody else could replace the code.
    #[error("deposits are closed until a refresh finds {vault} to be wasm admin of itself and of its pot {reward_pot}: its admin names it by MsgUpdateAdmin")]
    NotOwnAdmin {
        /// The vault.
        vault: String,
        /// The pot.
        reward_pot: String,
    },
    /// Not this contract, or a newer version.
    #[error("cannot migrate from {from_name} {from_version} to {name} {version}")]
    CannotMigrate {
        /// The stored name.
        from_name: String,
        /// The stored version.
        from_version: String,
        /// This name.
        name: String,
        /// This version.
        version: String,
    },
}

/// Inside, errors are handed on boxed: each `?` then hands on one word, not all that an error may hold,
/// and that is a good part of what the code weighs.
macro_rules! boxed {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for Box<ContractError> {
            #[cold]
            #[inline(never)]
            fn from(error: $error) -> Self {
                Self::new(error.into())
            }
        }
    )+};
}

boxed! {
    StdError, ReadError, IncompleteAnswer, StoreError, OverflowError, AccountingError, AllocationError,
    GroupError, SharesError, SettingsError, FundsError,
}

// storage hands on its errors boxed, for the same reason

impl From<Box<StoreError>> for Box<ContractError> {
    #[cold]
    #[inline(never)]
    fn from(error: Box<StoreError>) -> Self {
        Self::new(ContractError::Store(*error))
    }
}

impl From<Box<StoreError>> for ContractError {
    fn from(error: Box<StoreError>) -> Self {
        Self::Store(*error)
    }
}

impl From<Box<StoreError>> for SharesError {
    fn from(error: Box<StoreError>) -> Self {
        Self::Store(*error)
    }
}

impl From<Box<ContractError>> for ContractError {
    fn from(error: Box<ContractError>) -> Self {
        *error
    }
}

fn control(has_control: &bool) -> &'static str {
    if *has_control {
        ", control characters among them"
    } else {
        ""
    }
}
