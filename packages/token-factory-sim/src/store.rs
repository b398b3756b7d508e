//! Admins and metadata, each by denom.

use cosmwasm_std::{StdResult, Storage};
use cw_multi_test::BankKeeper;
use cw_multi_test::error::AnyResult;
use cw_storage_plus::Map;

use crate::metadata::Metadata;

/// Who may mint.
pub const ADMINS: Map<&str, String> = Map::new("token_factory_admin");
/// What wallets show. A denom exists once it has some.
pub const METADATA: Map<&str, Metadata> = Map::new("token_factory_metadata");

/// Who may mint a denom. `None`: there is no such denom.
///
/// # Errors
/// When storage is damaged.
pub fn load_admin(storage: &dyn Storage, denom: &str) -> StdResult<Option<String>> {
    ADMINS.may_load(storage, denom)
}

/// What wallets show of a denom. `None`: there is no such denom.
///
/// # Errors
/// When storage is damaged.
pub fn load_metadata(storage: &dyn Storage, denom: &str) -> StdResult<Option<Metadata>> {
    METADATA.may_load(storage, denom)
}

/// Here, and where cw-multi-test's bank looks when it is asked.
pub fn save_metadata(storage: &mut dyn Storage, metadata: &Metadata) -> AnyResult<()> {
    METADATA.save(storage, &metadata.base, metadata)?;
    BankKeeper::new().set_denom_metadata(storage, metadata.base.clone(), metadata.to_bank())
}
