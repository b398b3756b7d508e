//! From words to keys and addresses.

use super::*;

/// Made by Go: `hd.Secp256k1` of the SDK 0.53. The first is also what wallets document.
#[test]
fn mnemonics_give_the_keys_and_addresses_of_the_sdk() {
    let abandon = format!("{}about", "abandon ".repeat(11));
    let art = format!("{}art", "abandon ".repeat(23));
    let wrong = format!("{}wrong", "zoo ".repeat(11));
    for (words, coin_type, index, address, private_key) in [
        (
            &abandon,
            118,
            0,
            "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4",
            "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104",
        ),
        (
            &abandon,
            118,
            1,
            "cosmos1jrkmdcwgq94uaamx6zax2luewlhf7u4kucx3kz",
            "c9ba8e1818baf4ceb063420dcedc7a482056a1580e4dbe797af3484aff7b8651",
        ),
        (
            &abandon,
            330,
            0,
            "terra1amdttz2937a3dytmxmkany53pp6ma6dy4vsllv",
            "05be413bb5bd1fb67757251976dd43adf0d4db27d1a5444b4f6ef754ef939b10",
        ),
        (
            &abandon,
            118,
            0,
            "osmo19rl4cm2hmr8afy4kldpxz3fka4jguq0a5m7df8",
            "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104",
        ),
        (
            &art,
            118,
            0,
            "cosmos1r5v5srda7xfth3hn2s26txvrcrntldjumt8mhl",
            "8088c2ed2149c34f6d6533b774da4e1692eb5cb426fdbaef6898eeda489630b7",
        ),
        (
            &wrong,
            118,
            7,
            "cosmos172x4ece4fyztyu7fvc3389p8j4srqqaqn62u5z",
            "1d3a143719d641772a769e54009e54647cd67794646b1a32c03b5f4a58e5ef99",
        ),
    ] {
        let prefix = address.split_once('1').unwrap().0;
        let mnemonic = Mnemonic::parse(words).unwrap();
        let path = HdPath::new(coin_type, index).unwrap();
        let derived = PrivateKey::from_mnemonic(&mnemonic, path).unwrap();
        assert_eq!(hex::encode(derived.as_bytes()), private_key);
        let imported = PrivateKey::from_hex(&format!(" {private_key}\n")).unwrap();
        assert_eq!(imported.public_key(), derived.public_key());
        assert_eq!(imported.path(), None);
        assert_eq!(derived.path(), Some(path));
        let key = derived.into_key(name("a"), prefix).unwrap();
        assert_eq!((key.address(), key.prefix()), (address, prefix));
        let signed = key.signing_key().sign(b"a message").unwrap();
        assert_eq!(signed.to_bytes().len(), 64);
    }
}

#[test]
fn new_mnemonics_have_24_words_and_none_comes_twice() {
    let one = Mnemonic::generate().unwrap();
    let other = Mnemonic::generate().unwrap();
    assert_eq!(one.words().split(' ').count(), 24);
    assert_ne!(one.words(), other.words());
    let again = Mnemonic::parse(&one.words().to_uppercase().replace(' ', "\n ")).unwrap();
    assert_eq!(again.words(), one.words());
}

#[test]
fn wrong_mnemonics_say_what_is_wrong_and_no_word() {
    for (words, said) in [
        (
            "",
            "the mnemonic has 0 words: it must have 12, 15, 18, 21 or 24",
        ),
        (
            "abandon about",
            "the mnemonic has 2 words: it must have 12, 15, 18, 21 or 24",
        ),
        (
            &"abandon ".repeat(12),
            "the mnemonic's checksum is wrong: a word is missing, replaced by another, or in another place",
        ),
        (
            &format!("{}abaut", "abandon ".repeat(11)),
            "word 12 of the mnemonic is not in the English list of BIP-39: look for a slip of the pen",
        ),
    ] {
        assert_eq!(Mnemonic::parse(words).unwrap_err().to_string(), said);
    }
}

#[test]
fn private_keys_are_32_bytes_of_the_curve() {
    let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    for text in [
        "",
        "00",
        &"0".repeat(64),
        order,
        &"f".repeat(66),
        &"g".repeat(64),
        "0xc4a4",
    ] {
        assert!(
            matches!(PrivateKey::from_hex(text), Err(KeyError::PrivateKey)),
            "{text}"
        );
    }
}

/// The same words give other accounts there.
#[test]
fn chains_that_sign_as_ethereum_does_are_refused_with_the_reason() {
    let said = HdPath::new(60, 0).unwrap_err().to_string();
    assert!(
        said.contains("ethsecp256k1") && said.contains("give the coin type"),
        "{said}"
    );
    for prefix in ["evmos", "inj", "dym"] {
        let said = key().public_key().address(prefix).unwrap_err().to_string();
        assert!(
            said.contains(&format!("{prefix}1 belong to ethsecp256k1 keys")),
            "{said}"
        );
        assert!(key().into_key(name("a"), prefix).is_err());
    }
    assert!(matches!(
        HdPath::new(1 << 31, 0),
        Err(KeyError::PathNumber { .. })
    ));
    for prefix in ["", "Cosmos", "cos mos", "cosmos1é"] {
        let refused = key().public_key().address(prefix);
        assert!(matches!(refused, Err(KeyError::Prefix { .. })), "{prefix}");
    }
}
