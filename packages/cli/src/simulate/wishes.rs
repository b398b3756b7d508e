//! What the user wants of the vault.

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_std::Decimal;
use defenders_settings::{Moment, SettingName, SettingValue, ensure_in_bounds};
use defenders_types::AllocationPolicyInput;

use super::groups::GroupsOf;

/// A floor keeps the chain from the best that the caps allow: 25 %, the vault's default, costs up
/// to 0.6 % of the effective number, this a fifth of it.
const FLOOR: Decimal = Decimal::percent(5);

/// What the user wants of the vault.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// Whom to list; without it everybody who may.
    pub list: Option<BTreeSet<String>>,
    /// Caps and floor; without it the vault's own with a lower floor.
    pub policy: Option<AllocationPolicyInput>,
    /// Who charges more is not eligible.
    pub max_commission: Decimal,
    /// Who shares what with whom, by operator address.
    pub groups: BTreeMap<String, GroupsOf>,
    /// Most to list at the beginning; without it all.
    pub listed_first: Option<usize>,
}

impl Wishes {
    /// Caps and floor of a vault on a chain with so many bonded validators.
    pub fn policy(&self, bonded: usize) -> AllocationPolicyInput {
        match &self.policy {
            Some(policy) => policy.clone(),
            None => make_policy(bonded, self.max_commission),
        }
    }
}

/// The vault's defaults with a lower floor. On a chain so small that its average validator holds more than half of
/// the chain share cap, the cap is twice the average: nobody could take stake otherwise. Where no vault may have
/// such a cap there is none.
fn make_policy(bonded: usize, max_commission_rate: Decimal) -> AllocationPolicyInput {
    let defaults = AllocationPolicyInput::default();
    let twice_the_average = Decimal::checked_from_ratio(2u128, bonded as u128).unwrap_or_default();
    let wide_enough = |cap: Decimal| cap.max(twice_the_average);
    let is_allowed = |cap: &Decimal| {
        let value = SettingValue::decimal(*cap);
        ensure_in_bounds(SettingName::ChainShareCap, &value, Moment::Founding).is_ok()
    };
    let chain_share_cap = defaults.chain_share_cap.map(wide_enough);
    AllocationPolicyInput {
        max_commission_rate,
        floor: FLOOR,
        chain_share_cap: chain_share_cap.filter(is_allowed),
        ..defaults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_chains_get_a_chain_share_cap_they_can_live_with() {
        let cap = |bonded| make_policy(bonded, Decimal::one()).chain_share_cap;
        assert_eq!(cap(175), Some(Decimal::percent(3)));
        assert_eq!(cap(50), Some(Decimal::percent(4))); // 2 / 50
        assert_eq!(cap(40), Some(Decimal::percent(5)));
        assert_eq!(cap(39), None);
        assert_eq!(cap(1), None);
    }
}
