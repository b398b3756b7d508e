//! The book: the only hot aggregate, everything that deposits and withdrawals change.

use cosmwasm_std::{BlockInfo, Storage, Timestamp, Uint128};
use defenders_accounting::{LockedProfit, Money, Queue, RecordedBlock, RecordedBlocks, Valuation};

use crate::store::packed::packed;
use crate::store::{Item, StoreError};

/// The hot aggregate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// Where every token is.
    pub money: Money,
    /// Batches and escrow.
    pub queue: Queue,
    /// What deposits need.
    pub deposits: DepositState,
    /// The last two blocks in which the vault ran.
    pub recorded: RecordedBlocks,
    /// When the book was last compared with the chain, seconds.
    pub synced_at: u64,
    /// When an unbonding entry or a fixed settlement next wants attention, nanoseconds.
    pub next_settle_nanos: Option<u64>,
    /// Longest unbonding time seen, seconds.
    pub unbonding_time: u64,
    /// The last reading of the delegations, when it was too low to be believed at once.
    pub doubt: Option<Doubt>,
    /// Whether anybody has ever deposited: from then on changes wait.
    pub has_begun: bool,
    /// Until then the guardian's brake is on, seconds.
    pub brake_until: Option<u64>,
    /// Whether the last refresh found that nobody but the vault may replace its code and the pot's.
    pub is_own_admin: bool,
}

/// The chain has shown half of what the book has bonded, or less. Nothing is booked until a later block
/// shows the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The block of the reading.
    pub height: u64,
    /// Its time, seconds.
    pub since: u64,
    /// The sum of the delegations that the chain has shown, tokens.
    pub shown: Uint128,
}

/// What deposits need of the fill list and of the last refresh.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepositState {
    /// The slot that takes the next delegation. `None`: the list is empty.
    pub next_slot: Option<NextSlot>,
    /// Most that the eligible validators may take together, as of the last refresh.
    pub capacity: Uint128,
    /// All bonded stake without the vault's, as of the last refresh.
    pub external_bonded: Uint128,
    /// Since when there has been idle to invest, seconds.
    pub idle_since: Option<u64>,
    /// When the fill list ends, because terms change by themselves, seconds.
    pub list_ends_at: Option<u64>,
}

/// The deposit slot in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextSlot {
    /// The validator's row among the powers.
    pub power_row: u16,
    /// Tokens that it still takes.
    pub tokens: Uint128,
    /// Its position in the fill list.
    pub position: u32,
}

/// Written by every call but the token's.
pub const BOOK: Item<Book> = Item::new("book");

packed! {
    Book {
        money, queue, deposits, recorded, synced_at, next_settle_nanos, unbonding_time;
        doubt: None, has_begun: true, brake_until: None, is_own_admin: false,
    }
    Doubt { height, since, shown }
    Money {
        idle, claimable, fees_owed, awaiting_settlement, bonded, restaking, marked_down, unbonding,
        locked_profit,
    }
    LockedProfit { tokens, from, until }
    Queue {
        open_batch, serving_batch, reserved_shares, escrow_shares, next_batch_at,
        last_piece_tried_at,
    }
    DepositState { next_slot, capacity, external_bonded, idle_since, list_ends_at }
    NextSlot { power_row, tokens, position }
    RecordedBlocks { last, before }
    RecordedBlock { height, time_nanos }
}

impl Book {
    /// As it stands at `now`, seconds. Where a batch has become ready since the vault last ran, the fill
    /// list is empty: it was made for tokens that are kept for that batch now. The same where terms
    /// have changed by themselves since it was built.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage, now: u64) -> Result<Self, Box<StoreError>> {
        let mut book = BOOK.load(storage)?;
        let last_ran = book
            .recorded
            .last
            .map_or(0, |block| Timestamp::from_nanos(block.time_nanos).seconds());
        let has_ended = book.deposits.list_ends_at.is_some_and(|at| at <= now);
        if has_ended || book.queue.has_become_ready_after(last_ran, now) {
            book.deposits.next_slot = None;
        }
        Ok(book)
    }

    /// Until when the brake is on, if it is on at `now`, seconds.
    #[must_use]
    pub fn brake_until_after(&self, now: u64) -> Option<u64> {
        self.brake_until.filter(|until| now < *until)
    }

    /// The book's rates and amounts at `now` (seconds), with this supply.
    #[must_use]
    pub fn at(&self, now: u64, total_shares: Uint128) -> Valuation<'_> {
        Valuation {
            money: &self.money,
            queue: &self.queue,
            total_shares,
            now,
        }
    }

    /// What completes by then is complete for sure at `block`: the chain has ended an earlier block that
    /// had reached it. Nanoseconds; 0: nobody knows.
    #[must_use]
    pub fn completed_until(&self, block: &RecordedBlock) -> u64 {
        let before = self.recorded.latest_before(*block);
        before.map_or(0, |block| block.time_nanos)
    }

    /// An unbonding entry completes at `completion`, nanoseconds.
    pub fn expect_settlement(&mut self, completion: u64) {
        let next = self.next_settle_nanos.unwrap_or(completion);
        self.next_settle_nanos = Some(next.min(completion));
    }
}

impl Doubt {
    /// Whether a later reading shows the same, to 1 %.
    #[must_use]
    pub fn is_confirmed_by(&self, shown: Uint128) -> bool {
        let difference = self.shown.abs_diff(shown);
        difference.full_mul(100u128) <= self.shown.into()
    }
}

/// The block as the settling rule sees it.
#[must_use]
pub fn recorded_block(block: &BlockInfo) -> RecordedBlock {
    RecordedBlock {
        height: block.height,
        time_nanos: block.time.nanos(),
    }
}

#[cfg(test)]
mod tests {
    use defenders_accounting::{LockedProfit, RecordedBlock};

    use super::*;
    use crate::store::packed::{pack, unpack};

    /// Every number as large as it can be.
    fn fullest() -> Book {
        let (tokens, at) = (Uint128::MAX, u64::MAX);
        let recorded = Some(RecordedBlock {
            height: u64::MAX,
            time_nanos: u64::MAX,
        });
        Book {
            money: Money {
                idle: tokens,
                claimable: tokens,
                fees_owed: tokens,
                awaiting_settlement: tokens,
                bonded: tokens,
                restaking: tokens,
                marked_down: tokens,
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
                next_batch_at: at,
                last_piece_tried_at: at,
            },
            deposits: DepositState {
                next_slot: Some(NextSlot {
                    power_row: u16::MAX,
                    tokens,
                    position: u32::MAX,
                }),
                capacity: tokens,
                external_bonded: tokens,
                idle_since: Some(at),
                list_ends_at: Some(at),
            },
            recorded: RecordedBlocks {
                last: recorded,
                before: recorded,
            },
            synced_at: at,
            next_settle_nanos: Some(at),
            unbonding_time: at,
            doubt: Some(Doubt {
                height: u64::MAX,
                since: at,
                shown: tokens,
            }),
            has_begun: true,
            brake_until: Some(at),
            is_own_admin: true,
        }
    }

    #[test]
    fn a_reading_is_confirmed_by_one_that_differs_by_a_hundredth_at_most() {
        let confirms = |first: u128, second: u128| {
            let doubt = Doubt {
                height: 1,
                since: 1,
                shown: first.into(),
            };
            doubt.is_confirmed_by(second.into())
        };
        for (first, second) in [(0, 0), (1_000, 990), (1_000, 1_010), (99, 99)] {
            assert!(confirms(first, second), "{first}, then {second}");
        }
        for (first, second) in [(0, 1), (1_000, 989), (1_000, 1_011), (99, 100), (1, 0)] {
            assert!(!confirms(first, second), "{first}, then {second}");
        }
        assert!(!confirms(u128::MAX, 0));
    }

    #[test]
    fn the_fullest_book_has_436_bytes_and_comes_back() {
        let packed = pack(&fullest());
        // 15 amounts of 17 bytes, 18 times and numbers of 9, an index of 3, a position of 5,
        // 9 options, 2 flags
        assert_eq!(packed.len(), 15 * 17 + 18 * 9 + 3 + 5 + 9 + 2);
        assert_eq!(unpack(&packed), Some(fullest()));
    }
}
