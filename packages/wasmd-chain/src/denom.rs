//! Denoms that accounts make: messages of x/tokenfactory, and what the chain tells of a denom.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::answer::{number, read, text};
use crate::chain::Chain;
use crate::coin::{Coin, one_to_json};
use crate::error::Outcome;

/// What x/bank tells wallets about a denom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DenomMetadata {
    /// For people, a sentence or so.
    pub description: String,
    /// The base denom, then others in ascending exponent.
    pub denom_units: Vec<DenomUnit>,
    /// What amounts are counted in.
    pub base: String,
    /// The unit that wallets show: one of `denom_units`.
    pub display: String,
    /// Such as `Cosmos Atom`.
    pub name: String,
    /// Such as `ATOM`.
    pub symbol: String,
    /// Where to read more.
    pub uri: String,
    /// SHA-256 of what lies there.
    pub uri_hash: String,
}

/// A unit of a denom: a power of ten of the base.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DenomUnit {
    /// Its name.
    pub denom: String,
    /// The power.
    pub exponent: u32,
    /// Other names.
    pub aliases: Vec<String>,
}

/// `factory/{creator}/{subdenom}`
pub fn name(creator: &str, subdenom: &str) -> String {
    format!("factory/{creator}/{subdenom}")
}

/// `MsgCreateDenom`: the sender becomes administrator, and pays the chain's fee.
pub fn create(sender: &str, subdenom: &str) -> Value {
    json!({
        "@type": "/osmosis.tokenfactory.v1beta1.MsgCreateDenom",
        "sender": sender,
        "subdenom": subdenom,
    })
}

/// `MsgMint` to an address, or to the administrator who sends it.
pub fn mint(sender: &str, amount: &Coin, to: Option<&str>) -> Value {
    json!({
        "@type": "/osmosis.tokenfactory.v1beta1.MsgMint",
        "sender": sender,
        "amount": one_to_json(amount),
        "mintToAddress": to.unwrap_or_default(),
    })
}

/// `MsgBurn` of what the administrator has.
pub fn burn(sender: &str, amount: &Coin) -> Value {
    json!({
        "@type": "/osmosis.tokenfactory.v1beta1.MsgBurn",
        "sender": sender,
        "amount": one_to_json(amount),
    })
}

/// `MsgChangeAdmin` to another address: this module lets nobody off.
pub fn change_admin(sender: &str, denom: &str, new_admin: &str) -> Value {
    json!({
        "@type": "/osmosis.tokenfactory.v1beta1.MsgChangeAdmin",
        "sender": sender,
        "denom": denom,
        "new_admin": new_admin,
    })
}

/// `MsgSetDenomMetadata`.
pub fn set_metadata(sender: &str, metadata: &DenomMetadata) -> Value {
    json!({
        "@type": "/osmosis.tokenfactory.v1beta1.MsgSetDenomMetadata",
        "sender": sender,
        "metadata": metadata,
    })
}

impl Chain {
    /// All there is of a denom.
    pub fn supply(&self, denom: &str) -> Outcome<u128> {
        let told = self.query("supply_of", json!({"denom": denom}))?;
        number(&told["amount"]["amount"])
    }

    /// What x/bank tells about a denom. It tells nothing (`query_failed`) about most that nobody made.
    pub fn denom_metadata(&self, denom: &str) -> Outcome<DenomMetadata> {
        let told = self.query("denom_metadata", json!({"denom": denom}))?;
        read("a denom's metadata", &told["metadata"])
    }

    /// Who may mint a denom, as x/tokenfactory has it: nobody if it knows no such denom.
    pub fn denom_admin(&self, denom: &str) -> Outcome<Option<String>> {
        let told = self.query("denom_authority", json!({"denom": denom}))?;
        let admin = text(&told["authority_metadata"]["admin"])?;
        Ok((!admin.is_empty()).then_some(admin))
    }
}
