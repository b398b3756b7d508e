//! The vault's answers, and the rule that they tell of.

use std::collections::BTreeMap;

use cosmwasm_std::Uint128;
use defenders_client::rule::{VaultRule, needs_self_bonds};
use defenders_types::{ConfigResponse, TotalsResponse, ValidatorInfo};
use serde::Deserialize;

use crate::error::NetworkError;

/// The vault's answers, as they are.
#[derive(Debug, Deserialize)]
pub struct VaultAnswers {
    /// To `config {}`.
    pub config: ConfigResponse,
    /// To `totals {}`.
    pub totals: TotalsResponse,
    /// All rows of `validators {}`.
    pub validators: Vec<ValidatorInfo>,
    /// What operators delegate to themselves, tokens by operator address; needed of all that are not excluded where
    /// the rule goes by it.
    #[serde(default)]
    pub self_bonds: BTreeMap<String, Uint128>,
}

impl VaultAnswers {
    /// The rule by which the vault places its stake.
    pub fn rule(&self) -> Result<VaultRule, NetworkError> {
        let mut unknown = self
            .validators
            .iter()
            .filter(|info| info.exclusion.is_none());
        let unknown = unknown.find(|info| !self.self_bonds.contains_key(&info.validator));
        if let Some(info) = unknown.filter(|_| needs_self_bonds(&self.config)) {
            return Err(NetworkError::SelfBondUnknown {
                validator: info.validator.clone(),
            });
        }
        let bonds = self.self_bonds.iter();
        let bonds = bonds.map(|(validator, tokens)| (validator.clone(), tokens.u128()));
        Ok(VaultRule::new(
            &self.config,
            &self.totals,
            &self.validators,
            &bonds.collect(),
        )?)
    }
}
