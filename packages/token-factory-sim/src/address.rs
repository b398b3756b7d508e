//! Addresses as the chain reads them, and those that receive nothing.

use cosmwasm_std::{Addr, Api, CanonicalAddr};
use sha2::{Digest, Sha256};

/// Modules whose accounts the bank blocks: those of wasmd's application, and the token factory.
const BLOCKED: [&str; 12] = [
    "bonded_tokens_pool",
    "distribution",
    "fee_collector",
    "interchainaccounts",
    "mint",
    "nft",
    "not_bonded_tokens_pool",
    "protocolpool",
    "protocolpool_escrow",
    "tokenfactory",
    "transfer",
    "wasm",
];

/// The address, in small letters: bech32 may be given in capital letters throughout, and means the same.
/// Refuses with the reason alone.
pub fn validate(api: &dyn Api, address: &str) -> Result<Addr, String> {
    if address.trim().is_empty() {
        return Err("empty address string is not allowed".to_owned());
    }
    let is_capital = !address.chars().any(|c| c.is_ascii_lowercase());
    let read = match is_capital {
        true => api.addr_validate(&address.to_ascii_lowercase()),
        false => api.addr_validate(address),
    };
    read.map_err(|error| error.to_string())
}

/// Whether the bank lets nobody receive coins there: the first twenty bytes of the SHA-256 of a module's name.
pub fn is_blocked(api: &dyn Api, address: &Addr) -> bool {
    let Ok(bytes) = api.addr_canonicalize(address.as_str()) else {
        return false;
    };
    let is_account = |module: &&str| {
        let hash = Sha256::digest(module.as_bytes());
        CanonicalAddr::from(hash.get(..20).unwrap_or_default()) == bytes
    };
    BLOCKED.iter().any(is_account)
}
