//! Addresses of operators. The bytes of an operator's account stand under the chain's validator prefix, so
//! the operator's own account is found by them.

use cosmwasm_std::{Addr, Api, CanonicalAddr};

/// The bech32 alphabet, in order of value.
const CHARSET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
/// At the end of a bech32 address.
const CHECKSUM_LENGTH: usize = 6;

/// The letters of a bech32 address that stand for its bytes. `None`: it is none.
#[must_use]
pub fn data_part(address: &str) -> Option<&str> {
    let (_, data) = address.rsplit_once('1')?;
    let bytes = data.len().checked_sub(CHECKSUM_LENGTH)?;
    data.get(..bytes).filter(|data| !data.is_empty())
}

/// The account with the bytes of an operator address. `None`: the address has none.
#[must_use]
pub fn account_of(api: &dyn Api, operator: &str) -> Option<Addr> {
    let bytes = bytes_of(data_part(operator)?)?;
    api.addr_humanize(&CanonicalAddr::from(bytes)).ok()
}

/// Eight bits for every eight of the letters, which have five each; what is left over is padding.
fn bytes_of(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = vec![];
    let (mut bits, mut pending) = (0u32, 0u32);
    for letter in letters.bytes() {
        let value = CHARSET.iter().position(|known| *known == letter)?;
        // at most 7 bits are pending
        bits = bits.wrapping_shl(5) | u32::try_from(value).ok()?;
        pending = pending.saturating_add(5);
        if pending >= 8 {
            pending = pending.saturating_sub(8);
            bytes.push(u8::try_from(bits.wrapping_shr(pending) & 0xff).ok()?);
        }
        bits &= 0x7f;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockApi;

    use super::*;

    #[test]
    fn account_has_the_bytes_of_the_operator_address() {
        let api = MockApi::default().with_prefix("cosmos");
        // the example of the Cosmos SDK's documentation of addresses
        let operator = "cosmosvaloper1zxk7nwmf2nurgh8yqvdzq2gqvltd79h6xxxxxx";
        let account = account_of(&api, operator).unwrap();
        assert!(account.as_str().starts_with("cosmos1"), "{account}");
        assert_eq!(data_part(account.as_str()), data_part(operator));
    }

    #[test]
    fn thirty_two_bytes_come_back_too() {
        let api = MockApi::default();
        let account = api.addr_make("contract");
        let operator = account.as_str().replace("cosmwasm1", "wasmvaloper1");
        assert_eq!(account_of(&api, &operator), Some(account));
    }

    #[test]
    fn what_is_no_bech32_has_no_account() {
        let api = MockApi::default();
        for operator in [
            "",
            "cosmosvaloper005",
            "cosmosvaloper1",
            "valoper1abcdef",
            "v1bbbbbbbb",
        ] {
            assert_eq!(account_of(&api, operator), None, "{operator}");
        }
    }
}
