//! How much has moved in the present epoch, by the budget that pays for it.

use cosmwasm_std::{Decimal, Storage, Uint128};
use defenders_types::{MoveBudget, EPOCH};

use crate::store::packed::{packed, packed_enum};
use crate::store::{Item, StoreError};
use defenders_types::MoveReason;

/// What has moved in an epoch, tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turnover {
    /// floor(time / [`EPOCH`]).
    pub epoch: u64,
    /// Total assets at its first move: budgets are shares of it.
    pub worth: Uint128,
    /// Toward targets, and for operators' own maxima.
    pub quality: Uint128,
    /// For leaving and for caps, in all.
    pub emergency: Uint128,
    /// Of that, for what the owner can bring about.
    pub by_owner: Uint128,
}

/// Written by `rebalance` and its replies.
pub const TURNOVER: Item<Turnover> = Item::new("turnover");

packed! {
    Turnover { epoch, worth, quality, emergency, by_owner }
}
packed_enum! {
    MoveReason {
        Tombstoned = 0, Jailed = 1, Unbonded = 2, Drained = 3, Ended = 4, Ineligible = 5,
        AboveCap = 6, OwnMaximum = 7, Quality = 8,
    }
}

impl Turnover {
    /// That of the epoch in which `now` (seconds) lies; a new epoch begins with this `worth`.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage, now: u64, worth: Uint128) -> Result<Self, Box<StoreError>> {
        let epoch = now.checked_div(EPOCH).unwrap_or_default();
        let last = TURNOVER.may_load(storage)?;
        Ok(last.filter(|last| last.epoch == epoch).unwrap_or(Self {
            epoch,
            worth,
            ..Self::default()
        }))
    }

    /// What is left for quality, tokens.
    #[must_use]
    pub fn quality_left(&self, rate: Decimal) -> Uint128 {
        self.worth.mul_floor(rate).saturating_sub(self.quality)
    }

    /// What is left for leaving and caps, tokens.
    #[must_use]
    pub fn emergency_left(&self, rate: Decimal) -> Uint128 {
        self.worth.mul_floor(rate).saturating_sub(self.emergency)
    }

    /// What is left of it for what the owner can bring about, half of it in all, tokens.
    #[must_use]
    pub fn by_owner_left(&self, rate: Decimal) -> Uint128 {
        let half = self.worth.mul_floor(rate).u128() / 2;
        let left = Uint128::new(half).saturating_sub(self.by_owner);
        left.min(self.emergency_left(rate))
    }

    /// Tokens move.
    pub fn spend(&mut self, budget: MoveBudget, tokens: Uint128) {
        self.change(budget, |spent| spent.saturating_add(tokens));
    }

    fn refund(&mut self, budget: MoveBudget, tokens: Uint128) {
        self.change(budget, |spent| spent.saturating_sub(tokens));
    }

    /// Tokens of the present epoch do not move, after all. Where none has, the epoch has not begun: budgets
    /// are shares of what the vault is worth at the first move that is made.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn refund_stored(
        storage: &mut dyn Storage,
        budget: MoveBudget,
        tokens: Uint128,
    ) -> Result<(), Box<StoreError>> {
        let mut turnover = TURNOVER.load(storage)?;
        turnover.refund(budget, tokens);
        if turnover.quality.is_zero() && turnover.emergency.is_zero() {
            TURNOVER.remove(storage);
        } else {
            TURNOVER.save(storage, &turnover);
        }
        Ok(())
    }

    fn change(&mut self, budget: MoveBudget, change: impl Fn(Uint128) -> Uint128) {
        match budget {
            MoveBudget::Quality => self.quality = change(self.quality),
            MoveBudget::Emergency => self.emergency = change(self.emergency),
            MoveBudget::EmergencyByOwner => {
                self.emergency = change(self.emergency);
                self.by_owner = change(self.by_owner);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;

    use super::*;

    #[test]
    fn moves_that_are_refused_begin_no_epoch() {
        let mut storage = MockStorage::new();
        let (now, rate) = (7 * EPOCH, Decimal::percent(10));
        let mut turnover = Turnover::load(&storage, now, Uint128::new(2_000)).unwrap();
        turnover.spend(MoveBudget::Emergency, Uint128::new(60));
        turnover.spend(MoveBudget::Quality, Uint128::new(5));
        TURNOVER.save(&mut storage, &turnover);

        let refund = |storage: &mut MockStorage, budget, tokens| {
            Turnover::refund_stored(storage, budget, Uint128::new(tokens)).unwrap();
        };
        refund(&mut storage, MoveBudget::Emergency, 60);
        let begun = Turnover::load(&storage, now, Uint128::new(1_000)).unwrap();
        assert_eq!(begun.emergency_left(rate).u128(), 200);
        refund(&mut storage, MoveBudget::Quality, 5);
        let anew = Turnover::load(&storage, now, Uint128::new(1_000)).unwrap();
        assert_eq!(anew.emergency_left(rate).u128(), 100);
    }

    #[test]
    fn budgets_begin_anew_with_the_epoch_and_by_its_first_worth() {
        let mut storage = MockStorage::new();
        let worth = Uint128::new(1_001);
        let rate = Decimal::percent(10);
        let mut turnover = Turnover::load(&storage, 7 * EPOCH, worth).unwrap();
        assert_eq!((turnover.epoch, turnover.worth), (7, worth));
        assert_eq!(turnover.emergency_left(rate).u128(), 100);
        assert_eq!(turnover.by_owner_left(rate).u128(), 50);

        turnover.spend(MoveBudget::EmergencyByOwner, Uint128::new(30));
        turnover.spend(MoveBudget::Emergency, Uint128::new(60));
        turnover.spend(MoveBudget::Quality, Uint128::new(40));
        TURNOVER.save(&mut storage, &turnover);

        let later = Turnover::load(&storage, 8 * EPOCH - 1, Uint128::one()).unwrap();
        assert_eq!(later, turnover);
        assert_eq!(later.emergency_left(rate).u128(), 10);
        assert_eq!(later.by_owner_left(rate).u128(), 10);
        assert_eq!(later.quality_left(rate).u128(), 60);
        let next = Turnover::load(&storage, 8 * EPOCH, Uint128::one()).unwrap();
        assert_eq!((next.epoch, next.worth), (8, Uint128::one()));
        assert_eq!(next.emergency, Uint128::zero());
    }
}
