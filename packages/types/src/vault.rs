//! Messages of the vault. Whatever a caller writes refuses unknown fields, so that a misspelt bound
//! or recipient is never taken for an absent one.

use cosmwasm_schema::QueryResponses;
use cosmwasm_std::{Binary, Timestamp, Uint128};
use cw20::{Expiration, Logo};
use defenders_json::message;

#[cfg_attr(target_arch = "wasm32", allow(unused_imports))]
use crate::governance::{BrakeResponse, ChangesResponse, WorstCaseResponse};
use crate::governance::{OwnContract, SettingInput};
use crate::job::Job;
use crate::outlook::BlockInput;
#[cfg_attr(target_arch = "wasm32", allow(unused_imports))]
use crate::outlook::{ExplainResponse, HealthResponse, PlanResponse, RateHistoryResponse};
use crate::policy::{AllocationPolicyInput, FeePolicyInput, ParametersInput, PowerSource};
// only the schema reads them, which contracts carry none of
#[cfg_attr(target_arch = "wasm32", allow(unused_imports))]
use crate::response::*;
#[cfg_attr(target_arch = "wasm32", allow(unused_imports))]
use crate::share::RedemptionRateResponse;
use crate::share::ShareInput;

message! {
    /// Creates the vault, its share token and its reward pot. The funds are the seed: at least
    /// `parameters.minimum_seed` tokens of the bond denom, never less than 10^6 base units, whose shares
    /// nobody can ever redeem. Where the shares are coins of the bank, the chain's creation fee comes along in
    /// whatever denoms it has: the seed is what was sent of the bond denom less the fee in it, and what is left
    /// of other denoms goes back. 1,000 of the seed are delegated and undelegated at once: the chain must answer
    /// amount and completion time, and so tells its unbonding time.
    pub struct InstantiateMsg {
        /// Curates the list. Can never touch a deposit.
        pub owner: String,
        /// What the shares are.
        pub share: ShareInput,
        /// Code of the reward pot.
        pub reward_pot_code_id: u64,
        /// Account of x/staking's bonded pool; its balance is all bonded stake.
        pub bonded_pool: String,
        /// Where powers are read.
        pub power_source: PowerSource,
        /// The fee on rewards.
        pub fee: FeePolicyInput,
        /// Caps and floor. Absent: the defaults.
        pub policy: Option<AllocationPolicyInput>,
        /// Parameters. Absent: the defaults.
        pub parameters: Option<ParametersInput>,
    }
}

message! {
    /// A validator to list. Texts are for people, and hold no control characters.
    #[derive(Default)]
    pub struct ListingInput {
        /// Operator address.
        pub validator: String,
        /// Who operates it, at most 64 bytes.
        pub name: Option<String>,
        /// At most 128 bytes.
        pub website: Option<String>,
        /// How to reach the operator, at most 128 bytes.
        pub contact: Option<String>,
        /// Why it is listed, at most 280 bytes.
        pub reason: Option<String>,
        /// With whom it shares caps. Absent: with nobody.
        pub groups: Option<ListingGroupsInput>,
        /// Most tokens that it gets. Absent: the caps alone decide.
        pub max_tokens: Option<Uint128>,
        /// The listing is over from then on, seconds, at most 400 days ahead. Absent: it has no end.
        pub ends_at: Option<u64>,
    }
}

message! {
    /// Groups of validators that share a cap, by name: 1 to 32 of `a-z`, `0-9` and `-`. At most 40 names
    /// are in use at once.
    #[derive(Default)]
    pub struct ListingGroupsInput {
        /// One operator behind several validators. Absent: it is one of its own.
        pub operator: Option<String>,
        /// Where its machine stands.
        pub hosting: Option<String>,
        /// Whose law it lives under.
        pub jurisdiction: Option<String>,
    }
}

message! {
    /// All tokens that a validator has, by the attester.
    pub struct PostedPower {
        /// Operator address.
        pub validator: String,
        /// Everyone's, the vault's included.
        pub tokens: Uint128,
    }
}

message! {
    /// Names an entry of the unbonding ledger.
    pub struct LedgerKey {
        /// The chain's completion time.
        pub completion_time: Timestamp,
        /// Operator address.
        pub validator: String,
    }
}

message! {
    /// What changes the vault.
    pub enum ExecuteMsg {
        /// Anyone, with funds in the bond denom: mints shares, rounded down, for
        /// (total assets + locked profit) / total shares each, then delegates idle tokens by the fill
        /// list. A book older than `book_max_age` is synchronised first.
        /// Errors: wrong funds, `amount` unlike the funds, a book in doubt, total assets of 0, zero shares, fewer than
        /// `min_shares_out`, no capacity, self limit, the vault or pot as recipient.
        Deposit {
            /// If given, must equal the funds, tokens.
            amount: Option<Uint128>,
            /// Receives the shares. Default: the sender.
            recipient: Option<String>,
            /// Fewer shares are refused.
            min_shares_out: Option<Uint128>,
            /// `false`: only mints, and leaves delegating to `tick`. For a deposit that fails because
            /// the chain panics about the validator that is next, and for one that is to cost less gas.
            /// Default: true.
            delegate: Option<bool>,
        },
        /// A share owner moves shares into the open batch. They belong to `recipient` from then on.
        /// Shares that are coins come as funds: exactly that denom.
        /// Errors: no or too many shares, other funds, shares worth 0 tokens, a preview below `min_tokens_out`,
        /// the vault or pot as recipient.
        RequestWithdrawal {
            /// Shares to redeem. Of shares that are coins: absent, or as many as sent.
            shares: Option<Uint128>,
            /// May cancel, and is paid: owns the request. Default: the sender.
            recipient: Option<String>,
            /// Compared with the book's preview now; promises nothing later.
            min_tokens_out: Option<Uint128>,
        },
        /// The recipient takes all its shares of the open batch back.
        /// Errors: a batch that is not open, no withdrawal in it.
        CancelWithdrawal {
            /// The open batch.
            batch_id: u64,
        },
        /// Anyone: pays a recipient its part of a claimable batch. A second claim, or one of
        /// nothing, succeeds and pays nothing. Errors: a batch that is not claimable yet.
        Claim {
            /// Its number.
            batch_id: u64,
            /// Who is paid. Default: the sender.
            recipient: Option<String>,
        },
        /// Anyone: one bounded job. Without a job: settle, sync while the book is in doubt, submit, then
        /// whichever has been due longest, then sync of an old book; once one is overdue by a day, at about
        /// every second height the height chooses among the due ones, and validators to pass. Errors when
        /// nothing is due; `sync` is always allowed by its name.
        Tick {
            /// This job, if due.
            job: Option<Job>,
            /// Pass these validators, at most 10. Accepted only with a job that has been due for a day
            /// and that touches delegations: not with `settle`, `sync` and `refresh`.
            skip: Option<Vec<String>>,
        },
        /// Anyone: pays the fee or bounty that is still owed to a recipient. Errors: nothing is owed.
        ClaimFee {
            /// Who is paid. Default: the sender.
            recipient: Option<String>,
        },
        /// Owner: lists validators, takes drained ones back, or replaces what the listing of a listed one
        /// says. New ones can be eligible after the next refresh, which is due at once. Once anybody has
        /// deposited, new ones, those that come back, a higher maximum and other groups wait for the exit
        /// delay, as one change. Errors: what cannot be listed, an end before it may be applied.
        ListValidators {
            /// 1 to 100 per call.
            validators: Vec<ListingInput>,
            /// From then on the message is refused, seconds: a proposal that failed can be carried out later.
            valid_until: Option<u64>,
        },
        /// Owner: no new stake, and the present one leaves within the budgets: to others at once, or by
        /// undelegation, to be delegated again. What waits to list them, or to give them more, is cancelled.
        DrainValidators {
            /// Validators that are listed or wait for it, 1 to 100 per call.
            validators: Vec<String>,
            /// From then on the message is refused, seconds: a proposal that failed can be carried out later.
            valid_until: Option<u64>,
        },
        /// Owner: believes the last snapshot, in which so many fail that nobody is left for it (see
        /// `health {}`). Holds for later ones in which nobody else fails, until one is not suspect.
        /// Errors: a snapshot that is not suspect, others than those that fail in it.
        AcceptSnapshot {
            /// Operator addresses of exactly those that fail in it.
            failed: Vec<String>,
            /// From then on the message is refused, seconds: a proposal that failed can be carried out later.
            valid_until: Option<u64>,
        },
        /// From the operator's own account, whose bytes are those of the operator address: the most tokens
        /// that it wants of the vault. Lowering acts at once, raising counts one unbonding time later.
        /// Errors: another account, not listed, above the owner's maximum, a second change within a day.
        SetOwnMaximum {
            /// Operator address.
            validator: String,
            /// Tokens; 0 means *leave me*. Absent: no maximum of its own.
            tokens: Option<Uint128>,
        },
        /// Attester: one page of a table with all bonded validators, in any order; pages in theirs, all within
        /// 100 blocks, one table in 6 hours. Page 1 begins a table. The last page compares it with the chain.
        /// Errors: another sender or source, a page out of turn, too late or too soon, a table that disagrees
        /// with the chain's set, order or sum, or is below the vault's own delegations.
        PostPowers {
            /// From 1 on.
            page: u32,
            /// How many pages the table has, at most 20.
            of: u32,
            /// 1 to 100.
            powers: Vec<PostedPower>,
        },
        /// Owner: changes settings. What is good for every depositor acts at once, everything else can be applied
        /// after the exit delay; before the first deposit all of it acts at once.
        /// Errors: a setting that is not in the table, a value out of bounds, 20 changes that wait already.
        ProposeSettings {
            /// 1 to 20 settings, each once.
            settings: Vec<SettingInput>,
            /// From then on the message is refused, seconds.
            valid_until: Option<u64>,
        },
        /// Owner: lets other code take the place of the vault's or the pot's, after the exit delay. It takes the
        /// place of an upgrade of the same contract that waits.
        /// Errors: a checksum that is not the chain's of this code, now or when it is applied.
        ScheduleUpgrade {
            /// Which contract.
            contract: OwnContract,
            /// Its code from then on.
            code_id: u64,
            /// SHA-256 of that code as the chain keeps it, 64 hex digits in lower case.
            checksum: String,
            /// JSON that the new code is called with, at most 4,096 bytes. Default: `{}`.
            msg: Option<Binary>,
            /// From then on the message is refused, seconds.
            valid_until: Option<u64>,
        },
        /// Anyone: applies a change that is due.
        /// Errors: one that is not due, has expired, or is no longer within its bounds.
        ApplyChange {
            /// Its number.
            id: u64,
        },
        /// Owner or guardian: cancels a change that waits. The guardian cannot cancel its own replacement.
        CancelChange {
            /// Its number.
            id: u64,
            /// From then on the message is refused, seconds.
            valid_until: Option<u64>,
        },
        /// Guardian: no deposits and no moves toward targets for a while. Everything else goes on: withdrawals,
        /// claims, investing, leaving, settling, syncing, harvesting. Then the owner must arm the brake again.
        /// Errors: another sender, a brake that is not armed, an end that is not within 14 days.
        PutBrakeOn {
            /// Until then, seconds. Default: 14 days from now.
            until: Option<u64>,
        },
        /// Owner or guardian: takes the brake off.
        TakeBrakeOff {
            /// From then on the message is refused, seconds.
            valid_until: Option<u64>,
        },
        /// Owner: lets the guardian put the brake on once more. Errors: a brake that is on.
        ArmBrake {
            /// From then on the message is refused, seconds.
            valid_until: Option<u64>,
        },
        /// Owner: names who may take its place; whoever was named before no longer may.
        /// Errors: the vault or the pot, an `expires_at` that is not in the future.
        TransferOwnership {
            /// May accept.
            new_owner: String,
            /// From then on it may not, seconds. Default: 14 days from now.
            expires_at: Option<u64>,
            /// From then on the message is refused, seconds: a proposal that failed can be carried out later.
            valid_until: Option<u64>,
        },
        /// Whoever the owner named: becomes the owner.
        AcceptOwnership {},
        /// Owner: nobody is named any more.
        CancelOwnershipTransfer {
            /// From then on the message is refused, seconds: a proposal that failed can be carried out later.
            valid_until: Option<u64>,
        },

        /// cw20: moves shares. Never to the vault or the pot.
        Transfer {
            /// New owner of the shares.
            recipient: String,
            /// Shares.
            amount: Uint128,
        },
        /// cw20: moves shares to a contract and calls it. Never to the vault or the pot.
        Send {
            /// New owner of the shares, called afterwards.
            contract: String,
            /// Shares.
            amount: Uint128,
            /// Passed on.
            msg: Binary,
        },
        /// cw20: lets a spender move more of the sender's shares.
        IncreaseAllowance {
            /// Who may spend.
            spender: String,
            /// Shares added.
            amount: Uint128,
            /// New end of the allowance.
            expires: Option<Expiration>,
        },
        /// cw20: lets a spender move fewer of the sender's shares.
        DecreaseAllowance {
            /// Who may spend.
            spender: String,
            /// Shares taken away.
            amount: Uint128,
            /// New end of the allowance.
            expires: Option<Expiration>,
        },
        /// cw20: moves an owner's shares within the sender's allowance.
        TransferFrom {
            /// Present owner.
            owner: String,
            /// New owner.
            recipient: String,
            /// Shares.
            amount: Uint128,
        },
        /// cw20: as `send`, within the sender's allowance.
        SendFrom {
            /// Present owner.
            owner: String,
            /// New owner, called afterwards.
            contract: String,
            /// Shares.
            amount: Uint128,
            /// Passed on.
            msg: Binary,
        },
        /// cw20: the marketing account changes the token's texts.
        UpdateMarketing {
            /// A link.
            project: Option<String>,
            /// A sentence.
            description: Option<String>,
            /// The next marketing account.
            marketing: Option<String>,
        },
        /// cw20: the marketing account sets the logo.
        UploadLogo(Logo),
    }
}

message! {
    /// What anyone may ask.
    #[derive(QueryResponses)]
    pub enum QueryMsg {
        /// Roles, policy, parameters.
        #[returns(ConfigResponse)]
        Config {},
        /// Who owns the vault, and who may take its place.
        #[returns(OwnershipResponse)]
        Ownership {},
        /// The book's aggregates, now.
        #[returns(TotalsResponse)]
        Totals {},
        /// What a share is worth.
        #[returns(RateResponse)]
        Rate {},
        /// Shares that a deposit of `amount` tokens would mint by the present book. Judges no limits,
        /// and does not synchronise, as a deposit on an old book would.
        #[returns(Uint128)]
        PreviewDeposit {
            /// Tokens.
            amount: Uint128,
        },
        /// Shares worth `amount` tokens now, rounded down.
        #[returns(Uint128)]
        ConvertToShares {
            /// Tokens.
            amount: Uint128,
        },
        /// Tokens that `amount` shares are worth now, rounded down.
        #[returns(Uint128)]
        ConvertToAssets {
            /// Shares.
            amount: Uint128,
        },
        /// What a share is worth to who leaves, for price oracles. Errors: another denom.
        #[returns(RedemptionRateResponse)]
        RedemptionRate {
            /// The shares' denom; of a cw20 the vault's address.
            denom: String,
            /// Some callers have parameters; no use is made of them.
            params: Option<Binary>,
        },
        /// An account's shares, and the withdrawals of which it is the recipient.
        #[returns(PositionResponse)]
        Position {
            /// The account.
            owner: String,
            /// Batches after this one.
            start_after: Option<u64>,
            /// Default 10, most 30.
            limit: Option<u32>,
        },
        /// One batch.
        #[returns(Option<BatchInfo>)]
        Batch {
            /// Its number.
            batch_id: u64,
        },
        /// Batches, oldest first.
        #[returns(BatchesResponse)]
        Batches {
            /// After this one.
            start_after: Option<u64>,
            /// Default 10, most 30.
            limit: Option<u32>,
        },
        /// Validators that are listed, hold stake or have unbonding entries, in ascending operator
        /// address.
        #[returns(ValidatorsResponse)]
        Validators {
            /// After this operator address.
            start_after: Option<String>,
            /// Default 10, most 30.
            limit: Option<u32>,
        },
        /// The unbonding ledger: entries that the chain has not surely paid, by completion time.
        #[returns(LedgerResponse)]
        Ledger {
            /// After this entry.
            start_after: Option<LedgerKey>,
            /// Default 10, most 30.
            limit: Option<u32>,
        },
        /// Which jobs are due, why, and when next.
        #[returns(JobsResponse)]
        Jobs {},
        /// What `tick {}` would do in a block: the same function, on a copy of the vault. A plan for another
        /// block may differ, and so does what others do before.
        #[returns(PlanResponse)]
        Plan {
            /// Default: the next height, at the present time.
            at: Option<BlockInput>,
        },
        /// Why a validator has the stake that it has, and what would bring it more.
        #[returns(ExplainResponse)]
        Explain {
            /// Operator address.
            validator: String,
        },
        /// Locks, budgets, caps, age of the data, share of the chain.
        #[returns(HealthResponse)]
        Health {},
        /// The rate day by day, for 400 days: the day's first refresh or harvest writes it.
        #[returns(RateHistoryResponse)]
        RateHistory {
            /// Samples after this time, seconds.
            start_after: Option<u64>,
            /// Default 10, most 30.
            limit: Option<u32>,
        },
        /// What waits to be changed.
        #[returns(ChangesResponse)]
        Changes {},
        /// What a stolen owner key could do before everybody is out.
        #[returns(WorstCaseResponse)]
        WorstCase {},
        /// The guardian's brake.
        #[returns(BrakeResponse)]
        Brake {},
        /// The book beside the bank and the chain's delegations.
        #[returns(SolvencyResponse)]
        Solvency {},
        /// Fee or bounty still owed to an account, tokens.
        #[returns(Uint128)]
        FeeOwed {
            /// The account.
            recipient: String,
        },

        /// cw20.
        #[returns(cw20::BalanceResponse)]
        Balance {
            /// The owner.
            address: String,
        },
        /// cw20.
        #[returns(cw20::TokenInfoResponse)]
        TokenInfo {},
        /// cw20; the minter is the vault itself.
        #[returns(Option<cw20::MinterResponse>)]
        Minter {},
        /// cw20.
        #[returns(cw20::AllowanceResponse)]
        Allowance {
            /// The owner.
            owner: String,
            /// The spender.
            spender: String,
        },
        /// cw20.
        #[returns(cw20::AllAllowancesResponse)]
        AllAllowances {
            /// The owner.
            owner: String,
            /// After this spender.
            start_after: Option<String>,
            /// Default 10, most 30.
            limit: Option<u32>,
        },
        /// cw20.
        #[returns(cw20::AllSpenderAllowancesResponse)]
        AllSpenderAllowances {
            /// The spender.
            spender: String,
            /// After this owner.
            start_after: Option<String>,
            /// Default 10, most 30.
            limit: Option<u32>,
        },
        /// cw20.
        #[returns(cw20::AllAccountsResponse)]
        AllAccounts {
            /// After this account.
            start_after: Option<String>,
            /// Default 10, most 30.
            limit: Option<u32>,
        },
        /// cw20.
        #[returns(cw20::MarketingInfoResponse)]
        MarketingInfo {},
        /// cw20.
        #[returns(cw20::DownloadLogoResponse)]
        DownloadLogo {},
    }
}

message! {
    /// Carries nothing yet: name and version are checked by the code itself.
    pub struct MigrateMsg {}
}
