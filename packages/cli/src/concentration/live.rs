//! The chain that a node tells of, and the vault on it.

use std::collections::BTreeMap;
use std::path::Path;

use cosmwasm_std::{Decimal, Uint128};
use defenders_client::rule::VaultRule;
use defenders_node::read::{ValidatorInfo as ChainValidator, ValidatorStatus};
use defenders_types::ValidatorInfo;

use super::args::Args;
use super::chain::{BondedValidator, Chain, Deposit, SelfLimit};
use super::error::ConcentrationError;
use super::report::{Metrics, States, compute_report};
use super::set::{find_top, load_groups, of_set};
use crate::config::Config;
use crate::input::listing::read_policy;
use crate::input::load;
use crate::notice;
use crate::session::{Session, SessionError, Vault};
use crate::validator_set::source::NamedSet;
use crate::validator_set::{SetValidator, Status, clean_name, ensure_usable};
use crate::vault_rule::read_vault_rule;

/// Asks the node. Where no vault is named, or its stake comes from a file, only validators are read.
pub fn load_chain(args: &Args) -> Result<Chain, ConcentrationError> {
    let config = Config::of_reader(&args.node).map_err(SessionError::from)?;
    if config.nodes.is_none() {
        return Err(ConcentrationError::NoSource);
    }
    let session = Session::connect(config)?;
    let all = session.node.validators().map_err(SessionError::from)?;
    if session.config.vault.is_none() || args.book.is_some() {
        let params = session.node.staking_params().map_err(SessionError::from)?;
        let set = NamedSet {
            name: session.node.chain_id().to_string(),
            denom: session.display_of(&params.bond_denom),
            validators: to_set(&session, &all)?,
        };
        return of_set(args, set);
    }
    let vault = session.vault(None)?;
    let known = vault.validators().map_err(SessionError::from)?;
    let mut chain = read_chain(&session, &vault, &all, &known)?;
    if let Some(file) = &args.groups {
        let set = to_set(&session, &all)?;
        group(&mut chain, &set, &load_groups(file, &set)?);
    }
    let display = args.view.denom.clone().or_else(|| chain.denom.clone());
    if let Some(tokens) = args.deposit_tokens(&vault.config.denom, display.as_ref())? {
        let mut rule = read_vault_rule(&session, &vault, &known)?;
        if let Some(file) = &args.policy {
            rule.policy = load(file, read_policy)?;
        }
        let set = to_set(&session, &all)?;
        deposit(&mut chain, &set, &rule, tokens)?;
        chain.top = find_top(&set);
        if !rule.is_as_stated()? && args.policy.is_none() {
            notice::warn(
                "the deposit is placed approximately: the vault counts something that it does not tell",
            );
        }
    }
    session.tell_warnings();
    Ok(chain)
}

/// How concentrated the chain's stake is, with the vault's stake and without it.
pub fn compare_live(
    session: &Session,
    vault: &Vault<'_>,
    all: &[ChainValidator],
    known: &[ValidatorInfo],
) -> Result<States<Metrics>, SessionError> {
    let broken = |error: ConcentrationError| match error {
        ConcentrationError::Session(error) => *error,
        error => SessionError::Broken(error.to_string()),
    };
    let chain = read_chain(session, vault, all, known).map_err(broken)?;
    let report = compute_report(&chain, &[]).map_err(|error| broken(error.into()))?;
    Ok(report.by_validator)
}

fn read_chain(
    session: &Session,
    vault: &Vault<'_>,
    all: &[ChainValidator],
    known: &[ValidatorInfo],
) -> Result<Chain, ConcentrationError> {
    let rows = session.node.delegations(&vault.address);
    let rows = rows.map_err(SessionError::from)?;
    let book: BTreeMap<&str, u128> = rows
        .iter()
        .map(|row| (row.validator.as_str(), row.tokens))
        .collect();
    let operators: BTreeMap<&str, &str> = known
        .iter()
        .filter_map(|info| {
            let operator = info.listing.as_ref()?.operator.as_deref()?;
            Some((info.validator.as_str(), operator))
        })
        .collect();
    let set = to_set(session, all)?;
    let validators = set.iter().filter(|it| it.is_bonded()).map(|validator| {
        let tokens = validator.tokens.u128();
        // both are read within a moment, in which stake may have moved
        let delegated = book.get(validator.operator.as_str()).copied();
        let delegated = delegated.unwrap_or_default().min(tokens);
        BondedValidator {
            operator: operators
                .get(validator.operator.as_str())
                .map(|operator| operator.to_string()),
            external: tokens.saturating_sub(delegated),
            delegated,
            delegated_after: delegated,
        }
    });
    Ok(Chain {
        set: session.node.chain_id().to_string(),
        denom: session.display_of(&vault.config.denom),
        validators: validators.collect(),
        has_book: true,
        has_groups: !operators.is_empty(),
        deposit: None,
        top: None,
    })
}

/// Everything that the vault places, and the deposit, where the vault's own rule puts it.
fn deposit(
    chain: &mut Chain,
    set: &[SetValidator],
    rule: &VaultRule,
    tokens: u128,
) -> Result<(), ConcentrationError> {
    let after = rule.with_deposit(tokens)?;
    let targets = after.compute()?;
    let places: BTreeMap<&str, u128> = after
        .validators
        .iter()
        .zip(&targets.tokens)
        .map(|(validator, target)| (validator.address.as_str(), *target))
        .collect();
    let bonded = set.iter().filter(|it| it.is_bonded());
    for (row, validator) in chain.validators.iter_mut().zip(bonded) {
        let target = places.get(validator.operator.as_str()).copied();
        row.delegated_after = target.unwrap_or_default();
    }
    let external = chain.validators.iter().map(|row| row.external);
    let external = external.fold(0u128, u128::saturating_add);
    let all = external.saturating_add(after.total);
    chain.deposit = Some(Deposit {
        tokens,
        total: after.total,
        unplaced: targets.unplaced,
        chain_share: Decimal::checked_from_ratio(after.total, all).unwrap_or_default(),
        self_limit: SelfLimit::of(after.total, all),
    });
    Ok(())
}

fn group(chain: &mut Chain, set: &[SetValidator], groups: &BTreeMap<String, String>) {
    let bonded = set.iter().filter(|it| it.is_bonded());
    for (row, validator) in chain.validators.iter_mut().zip(bonded) {
        row.operator = groups.get(&validator.operator).cloned();
    }
    chain.has_groups = true;
}

/// As sets from files are.
fn to_set(
    session: &Session,
    all: &[ChainValidator],
) -> Result<Vec<SetValidator>, ConcentrationError> {
    let rows = all.iter().map(|it| {
        let validator = SetValidator {
            operator: it.address.clone(),
            status: match it.status {
                ValidatorStatus::Bonded => Status::Bonded,
                ValidatorStatus::Unbonding => Status::Unbonding,
                ValidatorStatus::Unbonded => Status::Unbonded,
            },
            jailed: it.is_jailed,
            tokens: Uint128::new(it.tokens),
            commission_rate: Decimal::raw(it.commission_atomics),
            name: clean_name(&it.moniker),
        };
        (format!("validator {}", it.address), validator)
    });
    let node = session.node.url().to_string();
    Ok(ensure_usable(rows.collect()).map_err(|error| error.in_file(Path::new(&node)))?)
}
