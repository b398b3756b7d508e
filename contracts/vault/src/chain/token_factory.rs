//! x/tokenfactory: messages of a denom's admin. Chains have the same messages under different names, of which
//! the first part is the prefix.

use anybuf::Anybuf;
use cosmwasm_std::{Addr, AnyMsg, CosmosMsg, Uint128};

/// Whose messages most chains have.
pub const DEFAULT_PREFIX: &str = "/osmosis.tokenfactory.v1beta1";

/// The denom that an account may create.
#[must_use]
pub fn denom_of(creator: &Addr, subdenom: &str) -> String {
    ["factory", creator.as_str(), subdenom].join("/")
}

/// Creates a denom: `MsgCreateDenom {sender = 1, subdenom = 2}`.
#[must_use]
pub fn create_denom(prefix: &str, creator: &Addr, subdenom: &str) -> CosmosMsg {
    let message = Anybuf::new().append_string(2, subdenom);
    signed(prefix, "MsgCreateDenom", creator, &message)
}

/// Mints coins to the admin itself, because not every chain mints to others:
/// `MsgMint {sender = 1, amount = 2}`.
#[must_use]
pub fn mint(prefix: &str, admin: &Addr, denom: &str, amount: Uint128) -> CosmosMsg {
    let coin = Anybuf::new()
        .append_string(1, denom)
        .append_string(2, amount.to_string());
    let message = Anybuf::new().append_message(2, &coin);
    signed(prefix, "MsgMint", admin, &message)
}

/// What wallets show.
pub struct Metadata<'a> {
    /// The denom.
    pub denom: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its ticker symbol, which also names the display unit.
    pub symbol: &'a str,
    /// Exponent of the display unit.
    pub decimals: u8,
    /// A sentence, or nothing.
    pub description: &'a str,
}

/// Tells wallets: `MsgSetDenomMetadata {sender = 1, metadata = 2}`, with
/// `Metadata {description = 1, denom_units = 2, base = 3, display = 4, name = 5, symbol = 6}` and
/// `DenomUnit {denom = 1, exponent = 2}`, by exponent.
#[must_use]
pub fn set_metadata(prefix: &str, admin: &Addr, metadata: &Metadata) -> CosmosMsg {
    let Metadata {
        denom,
        name,
        symbol,
        decimals,
        description,
    } = *metadata;
    let mut units = vec![Anybuf::new().append_string(1, denom)];
    let display = match decimals {
        0 => denom,
        exponent => {
            let unit = Anybuf::new().append_string(1, symbol);
            units.push(unit.append_uint32(2, exponent.into()));
            symbol
        }
    };
    let metadata = Anybuf::new()
        .append_string(1, description)
        .append_repeated_message(2, &units)
        .append_string(3, denom)
        .append_string(4, display)
        .append_string(5, name)
        .append_string(6, symbol);
    let message = Anybuf::new().append_message(2, &metadata);
    signed(prefix, "MsgSetDenomMetadata", admin, &message)
}

/// The sender is the first field of all of them.
fn signed(prefix: &str, name: &str, sender: &Addr, rest: &Anybuf) -> CosmosMsg {
    let sender = Anybuf::new().append_string(1, sender);
    CosmosMsg::Any(AnyMsg {
        type_url: [prefix, name].join("."),
        value: [sender.as_bytes(), rest.as_bytes()].concat().into(),
    })
}

#[cfg(test)]
mod tests {
    use anybuf::Bufany;

    use super::*;

    const PREFIX: &str = "/cosmwasm.tokenfactory.v1beta1";
    const DENOM: &str = "factory/vault/udefend";

    fn parts(message: CosmosMsg) -> (String, Vec<u8>) {
        match message {
            CosmosMsg::Any(any) => (any.type_url, any.value.into()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_vault_creates_and_mints_to_itself() {
        let vault = Addr::unchecked("vault");
        let (name, bytes) = parts(create_denom(PREFIX, &vault, "udefend"));
        let message = Bufany::deserialize(&bytes).unwrap();
        assert_eq!(name, "/cosmwasm.tokenfactory.v1beta1.MsgCreateDenom");
        assert_eq!(message.string(1).unwrap(), "vault");
        assert_eq!(message.string(2).unwrap(), "udefend");

        let (name, bytes) = parts(mint(PREFIX, &vault, DENOM, Uint128::MAX));
        let message = Bufany::deserialize(&bytes).unwrap();
        let coin = message.message(2).unwrap();
        assert_eq!(name, "/cosmwasm.tokenfactory.v1beta1.MsgMint");
        assert_eq!(message.string(1).unwrap(), "vault");
        assert_eq!(coin.string(1).unwrap(), DENOM);
        assert_eq!(coin.string(2).unwrap(), u128::MAX.to_string());
        assert_eq!(message.string(3).unwrap_or_default(), "");
    }

    #[test]
    fn metadata_has_a_display_unit_unless_it_would_be_the_base() {
        let of = |decimals| {
            let metadata = Metadata {
                denom: DENOM,
                name: "Defenders stake",
                symbol: "DEFEND",
                decimals,
                description: "",
            };
            let (name, bytes) = parts(set_metadata(PREFIX, &Addr::unchecked("vault"), &metadata));
            assert_eq!(name, "/cosmwasm.tokenfactory.v1beta1.MsgSetDenomMetadata");
            let message = Bufany::deserialize(&bytes).unwrap();
            let metadata = message.message(2).unwrap();
            let units = metadata.repeated_message(2).unwrap();
            let units: Vec<_> = units
                .iter()
                .map(|unit| (unit.string(1).unwrap(), unit.uint32(2).unwrap_or_default()))
                .collect();
            let texts = [3, 4, 5, 6].map(|field| metadata.string(field).unwrap());
            (units, texts)
        };
        let base = (DENOM.to_owned(), 0);
        let texts = |display: &str| [DENOM, display, "Defenders stake", "DEFEND"].map(String::from);
        let unit = ("DEFEND".to_owned(), 6);
        assert_eq!(of(6), (vec![base.clone(), unit], texts("DEFEND")));
        assert_eq!(of(0), (vec![base], texts(DENOM)));
    }
}
