//! The accounts of a development chain: their keys are made of their names, which is no secret.

use defenders_node::keys::{KeyError, KeyName, Keyring, PrivateKey};
use sha2::{Digest, Sha256};

use super::error::DevnetError;
use super::home::Home;

/// What addresses begin with.
pub const PREFIX: &str = "wasm";
/// Who governs the vault.
pub const OPERATORS: [&str; 5] = ["op-1", "op-2", "op-3", "op-4", "op-5"];
/// Who deposits, keeps and guards.
pub const PEOPLE: [&str; 6] = ["alice", "bob", "carol", "keeper", "guardian", "treasury"];

/// A name with its address.
pub struct Account {
    /// Its name in the keyring.
    pub name: &'static str,
    /// On the chain.
    pub address: String,
}

/// All accounts; their keys are put into the keyring where they are not.
pub fn load(home: &Home) -> Result<Vec<Account>, DevnetError> {
    let keyring = Keyring::open_or_create(&home.keyring(), true)?;
    let names = OPERATORS.iter().chain(&PEOPLE);
    names
        .map(|name| {
            let key_name: KeyName = name.parse().map_err(KeyError::from)?;
            let key = PrivateKey::from_hex(&private_key_of(name))?;
            let address = key.public_key().address(PREFIX)?;
            if keyring.show(&key_name).is_err() {
                keyring.import(&key_name, &key, None)?;
            }
            Ok(Account { name, address })
        })
        .collect()
}

/// SHA-256 of the name, as the node's program has it.
pub fn private_key_of(name: &str) -> String {
    let digest = Sha256::digest(format!("account:{name}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
