//! What the chain has decided.

use cosmwasm_std::Coin;

/// What the chain has decided.
#[derive(Clone, Debug)]
pub struct Params {
    /// What creating a denom costs.
    pub creation_fee: Vec<Coin>,
    /// Whether admins may set metadata.
    pub takes_metadata: bool,
    /// How the messages are called, without a dot at the end.
    pub prefix: String,
}
