//! What is derived from an operator address: its place among equals, and its consensus key.

use bech32::{Bech32, Hrp};
use sha2::{Digest, Sha256};

use crate::error::{ChainError, Outcome};

/// The bech32 alphabet, in order of value.
const CHARSET: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
/// Characters after the separator for a 20 or 32 byte address: 5 bits each, 6 of checksum.
const DATA_LENGTHS: [usize; 2] = [38, 58];

/// Bytes that sort as the chain sorts operator addresses. The chain compares the decoded
/// bytes, and the bech32 alphabet is not in ASCII order; anything that does not look like a
/// bech32 address is compared as text.
pub(crate) fn compute_order_key(operator: &str) -> Vec<u8> {
    let data = operator
        .rsplit_once('1')
        .map(|(_, data)| data)
        .unwrap_or_default();
    let values: Option<Vec<u8>> = data
        .chars()
        .map(|letter| {
            CHARSET
                .find(letter)
                .and_then(|value| u8::try_from(value).ok())
        })
        .collect();
    match values {
        Some(values) if DATA_LENGTHS.contains(&data.len()) => values,
        _ => operator.as_bytes().to_vec(),
    }
}

/// The operator address as the chain writes it: bech32 may be given in capital letters throughout, and
/// means the same.
pub(crate) fn normalize(operator: &str) -> String {
    let is_capital = !operator.chars().any(|c| c.is_ascii_lowercase());
    match is_capital {
        true => operator.to_ascii_lowercase(),
        false => operator.to_owned(),
    }
}

/// The ed25519 key a validator of this model signs with: SHA-256 of `consensus/` and the
/// operator address. Nobody holds its secret; it exists to be read and hashed.
pub(crate) fn compute_consensus_key(operator: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"consensus/")
        .chain_update(operator)
        .finalize()
        .into()
}

/// Consensus address: the first twenty bytes of the SHA-256 of the key, in bech32 under the
/// operator's prefix with `valoper` replaced by `valcons` (`cosmosvalcons` if it has none).
pub fn compute_consensus_address(operator: &str) -> Outcome<String> {
    let prefix = operator
        .rsplit_once('1')
        .and_then(|(prefix, _)| prefix.strip_suffix("valoper"))
        .unwrap_or("cosmos");
    let hrp = Hrp::parse(&format!("{prefix}valcons")).map_err(ChainError::unregistered)?;
    let hash = Sha256::digest(compute_consensus_key(operator));
    let bytes: Vec<u8> = hash.iter().take(20).copied().collect();
    bech32::encode::<Bech32>(hrp, &bytes).map_err(ChainError::unregistered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_addresses_sort_by_their_bytes() {
        let encode = |byte: u8| {
            bech32::encode::<Bech32>(Hrp::parse("cosmosvaloper").unwrap(), &[byte; 20]).unwrap()
        };
        let (low, high) = (encode(0x08), encode(0x10));
        // 0x08 = 00001 000… begins with 'p', 0x10 = 00010 000… with 'z'; 'x' (6) is after 'z' (2)
        assert!(compute_order_key(&low) < compute_order_key(&high));
        let (z, x) = (encode(0x10), encode(0x30));
        assert!(z > x, "text order is the other way round: {z} {x}");
        assert!(compute_order_key(&z) < compute_order_key(&x));
    }

    #[test]
    fn capital_letters_throughout_mean_the_same() {
        assert_eq!(normalize("COSMOSVALOPER1Q0"), "cosmosvaloper1q0");
        for mixed in ["cosmosvaloper1q0", "Cosmosvaloper1q0", ""] {
            assert_eq!(normalize(mixed), mixed);
        }
    }

    #[test]
    fn other_names_sort_as_text() {
        assert!(compute_order_key("validator-a") < compute_order_key("validator-b"));
        assert!(compute_order_key("valoper1") < compute_order_key("valoper2"));
    }

    #[test]
    fn consensus_address_follows_the_operator_prefix() {
        let address = compute_consensus_address("osmovaloper1abc").unwrap();
        assert!(address.starts_with("osmovalcons1"), "{address}");
        let fallback = compute_consensus_address("anyone").unwrap();
        assert!(fallback.starts_with("cosmosvalcons1"), "{fallback}");
    }
}
