//! Addresses: bech32 with the chain's prefix.

use bech32::Bech32;
use bech32::primitives::decode::CheckedHrpstring;

/// What stands behind the chain's prefix in the address of an operator.
const OPERATOR: &str = "valoper";

/// The prefixes of a chain, known by one of its addresses.
#[derive(Clone, Debug)]
pub struct Prefix(String);

impl Prefix {
    /// That of an address.
    pub fn of(address: &str) -> Option<Self> {
        Self::parse(address).ok()
    }

    /// That of an address, or why it is none.
    pub fn parse(address: &str) -> Result<Self, &'static str> {
        ensure_address(address).map(Self)
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether addresses of it are operators'.
    pub fn is_operator(&self) -> bool {
        self.0.ends_with(OPERATOR)
    }

    /// An account or contract of this chain, or why not.
    pub fn ensure_account(&self, text: &str) -> Result<(), String> {
        ensure_prefix(text, &self.0)
    }

    /// An operator address of this chain, or why not.
    pub fn ensure_operator(&self, text: &str) -> Result<(), String> {
        ensure_prefix(text, &format!("{}{OPERATOR}", self.0))
    }
}

fn ensure_prefix(text: &str, wanted: &str) -> Result<(), String> {
    let prefix = ensure_address(text)?;
    match prefix == wanted {
        true => Ok(()),
        false => Err(format!(
            "it begins with {prefix}1, the vault's chain wants {wanted}1 here"
        )),
    }
}

/// An address as an argument.
pub fn parse_address(text: &str) -> Result<String, &'static str> {
    ensure_address(text).map(|_| text.to_string())
}

/// The prefix of an address, or why it is none.
fn ensure_address(text: &str) -> Result<String, &'static str> {
    if text.chars().any(char::is_whitespace) {
        return Err("there are spaces in it");
    }
    if text.to_lowercase() != text {
        return Err("chains write addresses in small letters");
    }
    let checked = CheckedHrpstring::new::<Bech32>(text)
        .map_err(|_| "its checksum is wrong: a letter is missing, or another one")?;
    match checked.byte_iter().count() {
        20 | 32 => Ok(checked.hrp().to_string()),
        _ => Err("it does not have the length of an address"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_is_known_by_checksum_case_and_length() {
        let good = "cosmos1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu";
        assert_eq!(ensure_address(good), Ok("cosmos".to_string()));
        for (text, reason) in [
            (
                "",
                "its checksum is wrong: a letter is missing, or another one",
            ),
            (
                &good[1..],
                "its checksum is wrong: a letter is missing, or another one",
            ),
            (
                "COSMOS1QYPQXPQ9QCRSSZG2PVXQ6RS0ZQG3YYC5LZV7XU",
                "chains write addresses in small letters",
            ),
            ("cosmos1 qypq", "there are spaces in it"),
            ("a12uel5l", "it does not have the length of an address"),
        ] {
            assert_eq!(ensure_address(text), Err(reason), "{text}");
        }
    }
}
