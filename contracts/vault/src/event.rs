//! Every event of the vault, typed. Names are past tense under one prefix; keys of x/staking
//! (`validator`, `completion_time`) are used where it has one. A client sees `wasm-vault/…`.

use cosmwasm_std::{Addr, Decimal, Event, Timestamp, Uint128};
use defenders_accounting::Batch;
use defenders_types::{EntryPurpose, Job, MoveReason, OwnContract};

use crate::shares;
use crate::state::Config;

/// The vault exists; its seed is in.
pub fn instantiated(config: &Config, vault: &Addr, tokens: Uint128) -> Event {
    let event = Event::new("vault/instantiated")
        .add_attribute("owner", &config.owner)
        .add_attribute("reward_pot", &config.reward_pot)
        .add_attribute("tokens", tokens)
        .add_attribute("shares", tokens)
        .add_attribute("share", shares::name(config, vault))
        .add_attribute("power_source", config.power_source.name());
    match config.caps_not_in_force() {
        caps if caps.is_empty() => event,
        caps => event.add_attribute("caps_not_in_force", caps.join(",")),
    }
}

/// The chain refused what wallets are told of the shares' denom.
pub fn metadata_refused(denom: &str, error: &str) -> Event {
    Event::new("vault/metadata_refused")
        .add_attribute("denom", denom)
        .add_attribute("error", error)
}

/// Tokens came in, shares were minted.
pub fn deposited(sender: &Addr, recipient: &Addr, tokens: Uint128, shares: Uint128) -> Event {
    Event::new("vault/deposited")
        .add_attribute("sender", sender)
        .add_attribute("recipient", recipient)
        .add_attribute("tokens", tokens)
        .add_attribute("shares", shares)
}

/// The vault's share of the chain is near the self limit, in basis points.
pub fn self_limit_warned(share_bps: u128) -> Event {
    Event::new("vault/self_limit_warned").add_attribute("share_bps", share_bps.to_string())
}

/// A delegation was sent.
pub fn delegated(validator: &str, tokens: Uint128) -> Event {
    Event::new("vault/delegated")
        .add_attribute("validator", validator)
        .add_attribute("tokens", tokens)
}

/// An undelegation succeeded: `tokens` were asked for, the chain unbonds `amount`.
pub fn undelegated(
    validator: &str,
    purpose: EntryPurpose,
    tokens: Uint128,
    amount: Uint128,
    completion_time: Timestamp,
    reason: Option<MoveReason>,
) -> Event {
    let event = Event::new("vault/undelegated")
        .add_attribute("validator", validator)
        .add_attribute("tokens", tokens)
        .add_attribute("amount", amount)
        .add_attribute("completion_time", completion_time.nanos().to_string());
    let event = match purpose {
        EntryPurpose::Batch { batch_id } => event.add_attribute("batch_id", batch_id.to_string()),
        EntryPurpose::Restake {} => event.add_attribute("restake", "true"),
    };
    match reason {
        Some(reason) => event.add_attribute("reason", reason.as_str()),
        None => event,
    }
}

/// Stake moved at once from one validator to another. Nothing can be redelegated from the destination
/// until `completion_time`, nanoseconds; 0: complete at once.
pub fn redelegated(
    source: &str,
    destination: &str,
    tokens: Uint128,
    reason: MoveReason,
    until: Option<Timestamp>,
) -> Event {
    let completion_time = until.map_or(0, |until| until.nanos());
    Event::new("vault/redelegated")
        .add_attribute("source", source)
        .add_attribute("destination", destination)
        .add_attribute("tokens", tokens)
        .add_attribute("reason", reason.as_str())
        .add_attribute("completion_time", completion_time.to_string())
}

/// A redelegation was refused and the book put back.
pub fn redelegation_refused(
    source: &str,
    destination: &str,
    tokens: Uint128,
    error: &str,
) -> Event {
    refused("redelegate", source, tokens, error).add_attribute("destination", destination)
}

/// A call of `rebalance` has made this many moves, and dropped those whose validators no longer fit.
/// `more`: it could not make all that were planned.
pub fn rebalanced(moves: usize, dropped: usize, more: bool) -> Event {
    Event::new("vault/rebalanced")
        .add_attribute("moves", moves.to_string())
        .add_attribute("dropped", dropped.to_string())
        .add_attribute("more", more.to_string())
}

/// The guard refused a plan: nothing moved.
pub fn rebalance_refused(reason: &str) -> Event {
    Event::new("vault/rebalance_refused").add_attribute("reason", reason)
}

/// A message was refused and the book put back.
pub fn refused(message: &str, validator: &str, tokens: Uint128, error: &str) -> Event {
    Event::new("vault/refused")
        .add_attribute("message", message)
        .add_attribute("validator", validator)
        .add_attribute("tokens", tokens)
        .add_attribute("error", error)
}

/// Shares went into the open batch.
pub fn withdrawal_requested(
    sender: &Addr,
    recipient: &Addr,
    batch_id: u64,
    shares: Uint128,
    tokens_preview: Uint128,
) -> Event {
    Event::new("vault/withdrawal_requested")
        .add_attribute("sender", sender)
        .add_attribute("recipient", recipient)
        .add_attribute("batch_id", batch_id.to_string())
        .add_attribute("shares", shares)
        .add_attribute("tokens_preview", tokens_preview)
}

/// Shares came back out of the open batch.
pub fn withdrawal_cancelled(recipient: &Addr, batch_id: u64, shares: Uint128) -> Event {
    Event::new("vault/withdrawal_cancelled")
        .add_attribute("recipient", recipient)
        .add_attribute("batch_id", batch_id.to_string())
        .add_attribute("shares", shares)
}

/// A recipient was paid; 0 when there was nothing to pay.
pub fn claimed(sender: &Addr, recipient: &Addr, batch_id: u64, tokens: Uint128) -> Event {
    Event::new("vault/claimed")
        .add_attribute("sender", sender)
        .add_attribute("recipient", recipient)
        .add_attribute("batch_id", batch_id.to_string())
        .add_attribute("tokens", tokens)
}

/// A piece of a batch was served: `shares` burnt for `idle_tokens` at once and
/// `unbonding_tokens` asked of validators.
pub fn batch_submitted(
    batch_id: u64,
    shares: Uint128,
    idle_tokens: Uint128,
    unbonding_tokens: Uint128,
    unserved_shares: Uint128,
) -> Event {
    Event::new("vault/batch_submitted")
        .add_attribute("batch_id", batch_id.to_string())
        .add_attribute("shares", shares)
        .add_attribute("idle_tokens", idle_tokens)
        .add_attribute("unbonding_tokens", unbonding_tokens)
        .add_attribute("unserved_shares", unserved_shares)
}

/// A batch pays claims from now on.
pub fn batch_claimable(batch_id: u64, tokens: Uint128) -> Event {
    Event::new("vault/batch_claimable")
        .add_attribute("batch_id", batch_id.to_string())
        .add_attribute("tokens", tokens)
}

/// [`batch_claimable`], when it is.
#[must_use]
pub fn claimable(batch_id: u64, batch: &Batch) -> Option<Event> {
    let is_claimable = batch.is_claimable();
    is_claimable.then(|| batch_claimable(batch_id, batch.tokens))
}

/// Unbonding entries of face value `tokens` were booked with what `arrived`.
pub fn settled(entries: usize, tokens: Uint128, arrived: Uint128) -> Event {
    Event::new("vault/settled")
        .add_attribute("entries", entries.to_string())
        .add_attribute("tokens", tokens)
        .add_attribute("arrived", arrived)
}

/// Tokens per share of a validator fell: its entries are expected to bring so much less, those that
/// are delegated again (`restaking`) and those of batches (`unbonding`).
pub fn marked(
    validator: &str,
    tokens_per_share: Decimal,
    restaking: Uint128,
    unbonding: Uint128,
) -> Event {
    Event::new("vault/marked")
        .add_attribute("validator", validator)
        .add_attribute("tokens_per_share", tokens_per_share.to_string())
        .add_attribute("restaking", restaking)
        .add_attribute("unbonding", unbonding)
}

/// Entries came back to the share owners: of face value `tokens`, marked at `mark`.
pub fn restaked(tokens: Uint128, mark: Uint128, arrived: Uint128) -> Event {
    Event::new("vault/restaked")
        .add_attribute("tokens", tokens)
        .add_attribute("mark", mark)
        .add_attribute("arrived", arrived)
}

/// Entries are past their completion time, but it is not sure that the chain has paid them.
pub fn settlement_waited(tokens: Uint128, surplus: Uint128) -> Event {
    Event::new("vault/settlement_waited")
        .add_attribute("tokens", tokens)
        .add_attribute("surplus", surplus)
}

/// A group of entries and what arrived for it were fixed, to be booked from `until` on.
pub fn settlement_fixed(tokens: Uint128, arrived: Uint128, until: u64) -> Event {
    Event::new("vault/settlement_fixed")
        .add_attribute("tokens", tokens)
        .add_attribute("arrived", arrived)
        .add_attribute("until", until.to_string())
}

/// The book was compared with the chain's delegations.
pub fn synced(lost: Uint128, gained: Uint128, bonded: Uint128) -> Event {
    Event::new("vault/synced")
        .add_attribute("lost", lost)
        .add_attribute("gained", gained)
        .add_attribute("bonded", bonded)
}

/// The chain shows half of what the book has bonded, or less: nothing was booked.
pub fn book_doubted(bonded: Uint128, shown: Uint128) -> Event {
    Event::new("vault/book_doubted")
        .add_attribute("bonded", bonded)
        .add_attribute("shown", shown)
}

/// A page of powers was read; `complete` when it was the last.
pub fn refreshed(read: usize, failed: usize, complete: bool, capacity: Uint128) -> Event {
    Event::new("vault/refreshed")
        .add_attribute("read", read.to_string())
        .add_attribute("failed", failed.to_string())
        .add_attribute("complete", complete.to_string())
        .add_attribute("capacity", capacity)
}

/// So many fail in the snapshot that was just completed that it is not believed; neither was any since then.
pub fn snapshot_suspected(failed: usize, since: u64) -> Event {
    Event::new("vault/snapshot_suspected")
        .add_attribute("failed", failed.to_string())
        .add_attribute("since", since.to_string())
}

/// The owner has looked at who fails, and believes it.
pub fn snapshot_accepted(failed: usize) -> Event {
    Event::new("vault/snapshot_accepted").add_attribute("failed", failed.to_string())
}

/// A page of a posted table came; with the last one, `bounded` of its validators changed by more than is
/// believed at once.
pub fn powers_posted(
    page: u32,
    of: u32,
    validators: usize,
    is_complete: bool,
    bounded: usize,
) -> Event {
    Event::new("vault/powers_posted")
        .add_attribute("page", page.to_string())
        .add_attribute("of", of.to_string())
        .add_attribute("validators", validators.to_string())
        .add_attribute("complete", is_complete.to_string())
        .add_attribute("bounded", bounded.to_string())
}

/// Rewards of a page of validators were asked for.
pub fn rewards_withdrawn(validators: usize, complete: bool) -> Event {
    Event::new("vault/rewards_withdrawn")
        .add_attribute("validators", validators.to_string())
        .add_attribute("complete", complete.to_string())
}

/// Rewards came in: `rewards` swept from the pot, less `fee` and `bounty`, and `surplus` found
/// in the vault's own balance.
pub fn harvested(rewards: Uint128, surplus: Uint128, fee: Uint128, bounty: Uint128) -> Event {
    Event::new("vault/harvested")
        .add_attribute("rewards", rewards)
        .add_attribute("surplus", surplus)
        .add_attribute("fee", fee)
        .add_attribute("bounty", bounty)
}

/// Fee or bounty could not be paid and stays owed.
pub fn fee_owed(recipient: &Addr, tokens: Uint128) -> Event {
    Event::new("vault/fee_owed")
        .add_attribute("recipient", recipient)
        .add_attribute("tokens", tokens)
}

/// Fee or bounty that was owed was paid.
pub fn fee_claimed(recipient: &Addr, tokens: Uint128) -> Event {
    Event::new("vault/fee_claimed")
        .add_attribute("recipient", recipient)
        .add_attribute("tokens", tokens)
}

/// A job could not read the chain; it is tried again later.
pub fn read_failed(job: Job, error: &str) -> Event {
    Event::new("vault/read_failed")
        .add_attribute("job", job.as_str())
        .add_attribute("error", error)
}

/// A job ran.
pub fn ticked(job: Job) -> Event {
    Event::new("vault/ticked").add_attribute("job", job.as_str())
}

/// The owner listed validators.
pub fn validators_listed(count: usize) -> Event {
    Event::new("vault/validators_listed").add_attribute("count", count.to_string())
}

/// The owner drained validators.
pub fn validators_drained(count: usize) -> Event {
    Event::new("vault/validators_drained").add_attribute("count", count.to_string())
}

/// An operator said how much it wants at most; `none`: as much as the caps allow. It counts from then on.
pub fn own_maximum_set(validator: &str, tokens: Option<Uint128>, counts_at: u64) -> Event {
    let tokens = tokens.map_or_else(|| "none".to_owned(), |tokens| tokens.to_string());
    Event::new("vault/own_maximum_set")
        .add_attribute("validator", validator)
        .add_attribute("tokens", tokens)
        .add_attribute("counts_at", counts_at.to_string())
}

/// The owner named who may take its place.
pub fn ownership_transfer_started(owner: &Addr, pending_owner: &Addr, expires_at: u64) -> Event {
    Event::new("vault/ownership_transfer_started")
        .add_attribute("owner", owner)
        .add_attribute("pending_owner", pending_owner)
        .add_attribute("expires_at", expires_at.to_string())
}

/// Whoever was named is the owner now.
pub fn ownership_transferred(previous_owner: &Addr, owner: &Addr) -> Event {
    Event::new("vault/ownership_transferred")
        .add_attribute("previous_owner", previous_owner)
        .add_attribute("owner", owner)
}

/// The owner changed its mind.
pub fn ownership_transfer_cancelled(owner: &Addr, pending_owner: &Addr) -> Event {
    Event::new("vault/ownership_transfer_cancelled")
        .add_attribute("owner", owner)
        .add_attribute("pending_owner", pending_owner)
}

/// A change waits.
pub fn change_scheduled(id: u64, what: &str, due_at: u64) -> Event {
    Event::new("vault/change_scheduled")
        .add_attribute("id", id.to_string())
        .add_attribute("what", what)
        .add_attribute("due_at", due_at.to_string())
}

/// A change no longer waits, or for less: another took its place, it expired, or was overtaken.
pub fn change_dropped(id: u64) -> Event {
    Event::new("vault/change_dropped").add_attribute("id", id.to_string())
}

/// A change that has waited acts.
pub fn change_applied(id: u64) -> Event {
    Event::new("vault/change_applied").add_attribute("id", id.to_string())
}

/// A change that waited is cancelled.
pub fn change_cancelled(id: u64, by: &Addr) -> Event {
    Event::new("vault/change_cancelled")
        .add_attribute("id", id.to_string())
        .add_attribute("by", by)
}

/// A contract runs other code.
pub fn upgraded(contract: OwnContract, old: &str, new: &str) -> Event {
    Event::new("vault/upgraded")
        .add_attribute("contract", contract.as_str())
        .add_attribute("old_version", old)
        .add_attribute("new_version", new)
}

/// A setting has another value.
pub fn setting_changed(name: &str, old: Option<String>, new: Option<String>) -> Event {
    Event::new("vault/setting_changed")
        .add_attribute("name", name)
        .add_attribute("old", old.unwrap_or_default())
        .add_attribute("new", new.unwrap_or_default())
}

/// The guardian has put the brake on.
pub fn brake_put_on(guardian: &Addr, until: u64) -> Event {
    Event::new("vault/brake_put_on")
        .add_attribute("guardian", guardian)
        .add_attribute("until", until.to_string())
}

/// The brake is off before its end.
pub fn brake_taken_off(by: &Addr) -> Event {
    Event::new("vault/brake_taken_off").add_attribute("by", by)
}

/// The guardian may put the brake on once more.
pub fn brake_armed() -> Event {
    Event::new("vault/brake_armed")
}
