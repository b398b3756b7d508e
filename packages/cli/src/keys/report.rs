//! Keys in the shape of their JSON, and for a person. Nothing secret is in it.

use defenders_node::keys::{
    KEY_TYPE, KeyError, KeyName, Keyring, PrivateKey, PublicKey, StoredKey,
};
use serde::Serialize;

use crate::output::{OutputError, print, to_json};
use crate::terminal::{Column, Labels, Screen, Table};

/// A key.
#[derive(Debug, Serialize)]
pub struct KeyReport {
    pub name: String,
    pub address: String,
    pub public_key: String,
    pub key_type: &'static str,
    pub path: Option<String>,
}

impl KeyReport {
    /// Of one that lies in a keyring.
    pub fn of_stored(key: &StoredKey, prefix: &str) -> Result<Self, KeyError> {
        let path = key.path.map(|path| path.to_string());
        Self::new(&key.name, &key.public_key, path, prefix)
    }

    /// Of one that is to be saved.
    pub fn of_new(name: &KeyName, key: &PrivateKey, prefix: &str) -> Result<Self, KeyError> {
        let path = key.path().map(|path| path.to_string());
        Self::new(name, key.public_key(), path, prefix)
    }

    fn new(
        name: &KeyName,
        key: &PublicKey,
        path: Option<String>,
        prefix: &str,
    ) -> Result<Self, KeyError> {
        Ok(Self {
            name: name.to_string(),
            address: key.address(prefix)?,
            public_key: key.to_hex(),
            key_type: KEY_TYPE,
            path,
        })
    }

    /// A line each.
    pub fn render(&self) -> String {
        let Self {
            name,
            address,
            public_key,
            key_type,
            ..
        } = self;
        let path = self.path();
        format!(
            "name        {name}\naddress     {address}\nkey type    {key_type}\npath        {path}\npublic key  {public_key}\n"
        )
    }

    /// On standard output.
    pub fn print(&self, is_json: bool) -> Result<(), OutputError> {
        print(&match is_json {
            true => to_json(self)?,
            false => self.render(),
        })
    }

    /// In one line.
    pub fn tell(&self) -> String {
        format!("{}, {}, {}", self.path(), self.key_type, self.address)
    }

    fn path(&self) -> &str {
        self.path.as_deref().unwrap_or("none, a private key")
    }
}

/// All keys of a keyring.
#[derive(Debug, Serialize)]
pub struct KeyringReport {
    pub keyring: String,
    pub is_test: bool,
    pub keys: Vec<KeyReport>,
}

impl KeyringReport {
    pub fn new(keyring: &Keyring, keys: Vec<KeyReport>) -> Self {
        Self {
            keyring: keyring.folder().display().to_string(),
            is_test: keyring.is_test(),
            keys,
        }
    }

    /// A table.
    pub fn render(&self, screen: &Screen) -> String {
        let columns = [
            Column::Words("name"),
            Column::Validator("address"),
            Column::Words("path"),
        ];
        let mut table = Table::new(&columns);
        for key in &self.keys {
            table.add([
                key.name.clone(),
                key.address.clone(),
                key.path().to_string(),
            ]);
        }
        if self.keys.is_empty() {
            return format!("no keys in {}\n", self.keyring);
        }
        let title = format!("Keys in {}", self.keyring);
        table.render(&title, &Labels::default(), screen)
    }
}
