//! Addresses that are known before there is anything there.

use cosmwasm_std::instantiate2_address;
use defenders_node::keys::Key;

use super::steps::Deployment;
use crate::session::SessionError;

impl Deployment<'_> {
    /// Where the contract of this name will be, made by this key. `what` it is tells contracts of a code apart.
    pub(super) fn predict(
        &self,
        name: &str,
        key: &Key,
        what: &str,
    ) -> Result<String, SessionError> {
        let broken =
            |reason: String| SessionError::Broken(format!("the address of {name}: {reason}"));
        let line = self
            .checksums
            .of(&format!("{name}.wasm"))
            .ok_or_else(|| broken("no checksum".to_string()))?;
        let (prefix, creator) =
            bech32::decode(key.address()).map_err(|error| broken(error.to_string()))?;
        let hash: Vec<u8> = (0..line.hash.len())
            .step_by(2)
            .filter_map(|at| u8::from_str_radix(line.hash.get(at..at + 2)?, 16).ok())
            .collect();
        let address = instantiate2_address(&hash, &creator.into(), &self.salt(what))
            .map_err(|error| broken(error.to_string()))?;
        bech32::encode::<bech32::Bech32>(prefix, address.as_slice())
            .map_err(|error| broken(error.to_string()))
    }

    /// What tells this contract from others of the same key and code.
    pub(super) fn salt(&self, what: &str) -> Vec<u8> {
        format!("{} {what}", self.config.salt).into_bytes()
    }
}
