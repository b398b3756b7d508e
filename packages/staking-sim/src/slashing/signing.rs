//! What is kept of a validator's signatures (`x/slashing/keeper/signing_info.go`, `hooks.go`).

use cosmwasm_std::Storage;

use crate::error::Outcome;
use crate::store::{SIGNING, Signing};

/// Signing record; none if the validator was never bonded.
pub(crate) fn load_signing(storage: &dyn Storage, validator: &str) -> Outcome<Option<Signing>> {
    Ok(SIGNING.may_load(storage, validator)?)
}

/// `AfterValidatorBonded`: the window counts from here; earlier misses stay.
pub(crate) fn record_bonded(
    storage: &mut dyn Storage,
    validator: &str,
    height: u64,
) -> Outcome<()> {
    let fresh = Signing {
        start_height: 0,
        index_offset: 0,
        missed: vec![],
    };
    let mut signing = load_signing(storage, validator)?.unwrap_or(fresh);
    signing.start_height = height;
    Ok(SIGNING.save(storage, validator, &signing)?)
}
