//! A vault's target rule, read from a node.

use std::collections::BTreeMap;

use defenders_client::rule::{VaultRule, needs_self_bonds};
use defenders_types::{QueryMsg, TotalsResponse, ValidatorInfo};

use crate::proposal::account_of_operator;
use crate::session::{Session, SessionError, Vault};

/// Asks the vault; and the chain for what operators delegate to themselves, where a cap goes by it.
pub fn read_vault_rule(
    session: &Session,
    vault: &Vault<'_>,
    known: &[ValidatorInfo],
) -> Result<VaultRule, SessionError> {
    let totals: TotalsResponse = vault.ask(&QueryMsg::Totals {})?;
    let mut self_bonds = BTreeMap::new();
    if needs_self_bonds(&vault.config) {
        for info in known.iter().filter(|info| info.exclusion.is_none()) {
            let account = account_of_operator(&info.validator).ok_or_else(|| {
                SessionError::Broken(format!("{} is no operator address", info.validator))
            })?;
            let bond = session.node.delegation(&account, &info.validator)?;
            self_bonds.insert(info.validator.clone(), bond);
        }
    }
    VaultRule::new(&vault.config, &totals, known, &self_bonds)
        .map_err(|error| SessionError::Broken(error.to_string()))
}
