//! The book: the only hot aggregate, and what follows from it alone.

use cosmwasm_std::{BlockInfo, Uint128};
use defenders_accounting::{Money, Rate, SeenBlock, SeenBlocks};

use crate::error::ContractError;

/// The hot aggregate: everything that deposits and withdrawals change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// Where every token is.
    pub money: Money,
    /// Batches and escrow.
    pub queue: Queue,
    /// Where idle tokens go next.
    pub placement: Placement,
    /// The last two blocks in which the vault ran.
    pub seen: SeenBlocks,
    /// When the book was last compared with the chain, seconds.
    pub synced_at: u64,
    /// When an unbonding entry or a fixed settlement next wants attention, nanoseconds.
    pub next_settle_at: Option<u64>,
    /// Longest unbonding time seen, seconds.
    pub unbonding_time: u64,
}

/// Batches are served in order, so at most one of them has begun and is not fully served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Takes requests.
    pub open_batch: u64,
    /// Begun and not fully served.
    pub serving_batch: Option<u64>,
    /// Unserved shares of the serving batch: idle worth them is kept for it.
    pub reserved_shares: Uint128,
    /// Unserved shares of all batches.
    pub escrow_shares: Uint128,
    /// When the last batch's first piece was sent, seconds.
    pub last_batch_at: Option<u64>,
    /// When a piece was last tried without passing a validator, seconds.
    pub tried_at: u64,
}

/// Head of the fill list, and what bounds deposits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// The room that takes the next delegation. `None`: the list is empty.
    pub head: Option<Head>,
    /// Most that the eligible validators may take together, as of the last refresh.
    pub capacity: Uint128,
    /// All bonded stake without the vault's, as of the last refresh.
    pub external_bonded: Uint128,
    /// Since when there has been idle to invest, seconds.
    pub idle_since: Option<u64>,
}

/// The room in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The validator's index.
    pub index: u16,
    /// Tokens that it still takes.
    pub tokens: Uint128,
    /// Its position in the fill list.
    pub position: u32,
}

impl Book {
    /// What shares are worth to those who leave.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn rate(&self, now: u64, total_shares: Uint128) -> Result<Rate, ContractError> {
        Ok(Rate {
            tokens: self.money.total_assets(now)?,
            shares: total_shares,
        })
    }

    /// What shares cost those who come: locked profit is not given away.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn deposit_rate(&self, total_shares: Uint128) -> Result<Rate, ContractError> {
        Ok(Rate {
            tokens: self.money.assets_with_locked_profit()?,
            shares: total_shares,
        })
    }

    /// Idle kept for the unserved shares of a batch that has begun, tokens.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn reserve(&self, now: u64, total_shares: Uint128) -> Result<Uint128, ContractError> {
        let rate = self.rate(now, total_shares)?;
        Ok(rate.tokens_for_shares_floor(self.queue.reserved_shares)?)
    }

    /// Idle that may be delegated, tokens.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn idle_above_reserve(
        &self,
        now: u64,
        total_shares: Uint128,
    ) -> Result<Uint128, ContractError> {
        let reserve = self.reserve(now, total_shares)?;
        Ok(self.money.idle.saturating_sub(reserve))
    }

    /// T: all delegations and the idle that may join them, tokens.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn tokens_to_place(
        &self,
        now: u64,
        total_shares: Uint128,
    ) -> Result<Uint128, ContractError> {
        let idle = self.idle_above_reserve(now, total_shares)?;
        Ok(self.money.bonded.checked_add(idle)?)
    }

    /// V: everything that the vault has staked, is staking or will stake again, tokens.
    ///
    /// # Errors
    /// When sums are beyond 128 bits.
    pub fn vault_stake(&self) -> Result<Uint128, ContractError> {
        Ok(self.money.assets_with_locked_profit()?)
    }
}

/// The block as the settling rule sees it.
#[must_use]
pub fn seen_block(block: &BlockInfo) -> SeenBlock {
    SeenBlock {
        height: block.height,
        time_nanos: block.time.nanos(),
    }
}

#[cfg(test)]
mod tests {
    use defenders_accounting::LockedProfit;

    use super::*;
    use crate::packed::{pack, unpack};

    /// Every number as large as it can be.
    fn fullest() -> Book {
        let (tokens, at) = (Uint128::MAX, u64::MAX);
        let seen = Some(SeenBlock {
            height: u64::MAX,
            time_nanos: u64::MAX,
        });
        Book {
            money: Money {
                idle: tokens,
                claimable: tokens,
                fees_owed: tokens,
                held: tokens,
                bonded: tokens,
                restaking: tokens,
                unbonding: tokens,
                locked_profit: LockedProfit {
                    tokens,
                    from: at,
                    until: at,
                },
            },
            queue: Queue {
                open_batch: u64::MAX,
                serving_batch: Some(u64::MAX),
                reserved_shares: tokens,
                escrow_shares: tokens,
                last_batch_at: Some(at),
                tried_at: at,
            },
            placement: Placement {
                head: Some(Head {
                    index: u16::MAX,
                    tokens,
                    position: u32::MAX,
                }),
                capacity: tokens,
                external_bonded: tokens,
                idle_since: Some(at),
            },
            seen: SeenBlocks {
                last: seen,
                before: seen,
            },
            synced_at: at,
            next_settle_at: Some(at),
            unbonding_time: at,
        }
    }

    #[test]
    fn the_fullest_book_has_362_bytes_and_comes_back() {
        let packed = pack(&fullest());
        // 13 amounts of 17 bytes, 14 times and numbers of 9, an index of 3, a position of 5,
        // 7 options
        assert_eq!(packed.len(), 13 * 17 + 14 * 9 + 3 + 5 + 7);
        assert_eq!(unpack(&packed), Some(fullest()));
    }
}
