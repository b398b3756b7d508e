//! The policy that a vault starts with.

use defenders_allocation::{Policy, compute_vault_share_cap_in_force};
use defenders_types::AllocationPolicy;

/// What a vault starts with; its share cap as in force with so many eligible validators.
pub fn default_policy(eligible: usize) -> Policy {
    let defaults = AllocationPolicy::default();
    Policy {
        vault_share_cap: compute_vault_share_cap_in_force(defaults.vault_share_cap, eligible),
        chain_share_cap: defaults.chain_share_cap,
        match_cap: defaults.match_cap,
        bond_factor: None,
        floor: defaults.floor,
    }
}
