//! Addresses of a chain: bech32, and what a consensus key is called in blocks.

use bech32::Bech32;
use bech32::primitives::decode::CheckedHrpstring;
use sha2::{Digest, Sha256};

/// What stands behind the chain's prefix in the address of an operator.
const OPERATOR: &str = "valoper";
/// Bytes of an ed25519 key, and of what is left of its hash.
const KEY_BYTES: usize = 32;
const ADDRESS_BYTES: usize = 20;

/// The account that operates a validator: the same bytes behind the chain's prefix.
pub fn account_of_operator(operator: &str) -> Option<String> {
    let checked = CheckedHrpstring::new::<Bech32>(operator).ok()?;
    let hrp = checked.hrp().to_string();
    let prefix = bech32::Hrp::parse(hrp.strip_suffix(OPERATOR)?).ok()?;
    let bytes: Vec<u8> = checked.byte_iter().collect();
    bech32::encode::<Bech32>(prefix, &bytes).ok()
}

/// A consensus address `…valcons1…` in hex, as blocks have it; None when it is none.
pub fn consensus_hex_of_address(address: &str) -> Option<String> {
    let checked = CheckedHrpstring::new::<Bech32>(address).ok()?;
    let bytes: Vec<u8> = checked.byte_iter().collect();
    (bytes.len() == ADDRESS_BYTES).then(|| to_hex(&bytes))
}

/// The consensus address of an ed25519 key, hex; None when it is none.
pub fn consensus_hex_of_key(key: &[u8]) -> Option<String> {
    (key.len() == KEY_BYTES).then_some(())?;
    let hash = Sha256::digest(key);
    hash.get(..ADDRESS_BYTES).map(to_hex)
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operators_account_has_the_same_bytes() {
        assert_eq!(
            account_of_operator("cosmosvaloper1c4k24jzduc365kywrsvf5ujz4ya6mwympnc4en").as_deref(),
            Some("cosmos1c4k24jzduc365kywrsvf5ujz4ya6mwymy8vq4q")
        );
        assert_eq!(
            account_of_operator("cosmos1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu"),
            None
        );
    }

    /// The first key of RFC 8032, hashed by another program.
    #[test]
    fn a_key_and_its_address_have_one_name_in_blocks() {
        let key = [
            0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64,
            0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68,
            0xf7, 0x07, 0x51, 0x1a,
        ];
        let name = consensus_hex_of_key(&key).unwrap();
        assert_eq!(name, "21FE31DFA154A261626BF854046FD2271B7BED4B");
        let prefix = bech32::Hrp::parse("cosmosvalcons").unwrap();
        let bytes: Vec<u8> = (0..20)
            .map(|at| u8::from_str_radix(&name[2 * at..2 * at + 2], 16).unwrap())
            .collect();
        let address = bech32::encode::<Bech32>(prefix, &bytes).unwrap();
        assert_eq!(consensus_hex_of_address(&address), Some(name));
        assert_eq!(consensus_hex_of_key(&key[1..]), None);
        assert_eq!(consensus_hex_of_address("cosmosvalcons1no"), None);
    }
}
