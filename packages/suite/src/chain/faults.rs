//! What tests make go wrong.

use cosmwasm_std::Decimal;

/// A staking message that a validator can be made to refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refused {
    /// `MsgDelegate`.
    Delegate,
    /// `MsgUndelegate`.
    Undelegate,
    /// `MsgBeginRedelegate`, with the validator at either end.
    Redelegate,
    /// `MsgWithdrawDelegatorReward`.
    WithdrawRewards,
}

/// What a test makes go wrong. A real chain slashes, jails and is governed by its own modules, at
/// the beginning of a block of a second that nobody else acts in.
pub trait Faults {
    /// A validator answers one kind of message with a staking error code.
    fn refuse(&mut self, validator: &str, message: Refused, code: u32);

    /// Every touch of the delegations to this validator that exist now panics in the chain's
    /// reward calculation, beyond the reach of any reply: the transaction fails as a whole.
    /// Delegations that begin later are sound.
    fn panic_on_touch(&mut self, validator: &str);
    /// A touch of a delegation keeps what it has earned for an explicit withdrawal. Says whether the chain can: a real
    /// one pays at once, and goes on to.
    fn keep_rewards(&mut self) -> bool;
    /// Nothing panics any more.
    fn end_panics(&mut self);

    /// No validator refuses or breaks anything any more, queries are answered, and truly, everyone may
    /// receive coins, and denoms are minted and burnt.
    fn heal(&mut self);

    /// Raw queries of contracts fail.
    fn refuse_queries(&mut self);

    /// Raw queries of contracts fail for this validator only.
    fn refuse_queries_about(&mut self, validator: &str);

    /// `AllDelegations` answers contracts, falsely, that this account delegates nothing.
    fn hide_delegations(&mut self, delegator: &str);

    /// Contracts' undelegations are answered without their amount, as by Cosmos SDK before 0.48.
    fn leave_amounts_out(&mut self);

    /// Contracts' redelegations are answered without their completion time, as by no chain known.
    fn leave_times_out(&mut self);

    /// Slashes a validator by a part of its stake, for an infraction `blocks_ago`. Nothing
    /// happens to an unbonded one, as on a chain.
    fn slash(&mut self, validator: &str, fraction: Decimal, blocks_ago: u64);

    /// Governance changes the unbonding time, seconds.
    fn set_unbonding_time(&mut self, seconds: u64);

    /// Governance changes how many unbonding entries a pair may have.
    fn set_max_entries(&mut self, entries: u32);

    /// Jails a validator without a slash.
    fn jail(&mut self, validator: &str);

    /// The bank refuses to send to this account.
    fn block_recipient(&mut self, address: &str);

    /// Contracts' mints of the token factory are refused.
    fn refuse_mints(&mut self);

    /// Contracts' burns are refused, as where x/wasm may not burn.
    fn refuse_burns(&mut self);
}
