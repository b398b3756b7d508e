//! Redelegations that the chain may not have completed. x/staking tells a contract nothing about them.

use cosmwasm_std::Storage;

use crate::store::packed::packed;
use crate::store::{Map, StoreError};

/// A redelegation into a validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveRedelegation {
    /// Operator address from where.
    pub source: String,
    /// When it completes, nanoseconds.
    pub completion_nanos: u64,
}

/// By operator address of the destination. Written by replies; the chain counts each as an entry, they
/// never add up.
pub const REDELEGATIONS: Map<&str, Vec<LiveRedelegation>> = Map::new("redelegation");

packed! {
    LiveRedelegation { source, completion_nanos }
}

/// Enters one, and forgets those that are completed for sure: by `completed_until`, nanoseconds.
///
/// # Errors
/// When storage is damaged.
pub fn enter(
    storage: &mut dyn Storage,
    destination: &str,
    redelegation: LiveRedelegation,
    completed_until: u64,
) -> Result<(), Box<StoreError>> {
    let mut live = load_live(storage, destination, completed_until)?;
    live.push(redelegation);
    REDELEGATIONS.save(storage, destination, &live);
    Ok(())
}

/// Those into a validator that are not completed for sure by `completed_until`, nanoseconds.
///
/// # Errors
/// When storage is damaged.
pub fn load_live(
    storage: &dyn Storage,
    destination: &str,
    completed_until: u64,
) -> Result<Vec<LiveRedelegation>, Box<StoreError>> {
    let mut live = REDELEGATIONS.may_load(storage, destination)?;
    let live = live.get_or_insert_with(Vec::new);
    live.retain(|redelegation| redelegation.completion_nanos > completed_until);
    Ok(std::mem::take(live))
}
