//! `defenders explain`: why a validator has the stake that it has, and what would bring it more.

mod args;
mod find;
mod report;
mod tables;

use defenders_client::chain::{fate_of, find_unseen};
use defenders_client::explain::{Asked, Candidate, compute_acts, find_obstacles};
use defenders_types::{ExplainResponse, QueryMsg};

pub use args::Args;
pub use find::find_validator;
use report::{OnChain, Report};

use crate::chain::{query_tombstoned, to_chain, to_chain_validator};
use crate::output::{print, to_json};
use crate::proposal::account_of_operator;
use crate::session::{Session, SessionError, Units};
use crate::vault_rule::read_vault_rule;

/// Asks vault and chain, and writes the answer to standard output.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::read(&args.node)?;
    let vault = session.vault(None)?;
    let units = session.units(&vault, &args.view)?;
    let asked = read_asked(args, &units)?;
    let status = session.node.status()?;
    let all = session.node.validators()?;
    let found = find_validator(&all, &args.validator).map_err(SessionError::Impossible)?;
    let self_bond = match account_of_operator(&found.address) {
        Some(account) => session.node.delegation(&account, &found.address)?,
        None => 0,
    };
    let known = vault.validators()?;
    let info = known.iter().find(|it| it.validator == found.address);
    let explain: Option<ExplainResponse> = match info {
        Some(_) => Some(vault.ask(&QueryMsg::Explain {
            validator: found.address.clone(),
        })?),
        None => None,
    };
    let on_chain = to_chain(&all);
    let judged = to_chain_validator(found);
    let tombstoned = query_tombstoned(&session.node, &on_chain)?;
    let fate = fate_of(&judged, &tombstoned);
    let unseen = find_unseen(&known, &on_chain, &tombstoned);
    let is_unseen = unseen.iter().any(|row| row.validator == found.address);
    let rule = read_vault_rule(&session, &vault, &known)?;
    let max_commission = vault.config.policy.max_commission_rate;
    let what_if = compute_acts(
        &rule,
        Candidate {
            validator: &found.address,
            tokens: found.tokens,
            self_bond,
        },
        info,
        max_commission,
        &asked,
    )
    .map_err(broken)?;
    let report = Report {
        vault: vault.address.clone(),
        chain_id: status.chain_id,
        height: status.height,
        time: status.time,
        denom: units.denom.clone(),
        on_chain: OnChain::of(found, &judged, &on_chain, self_bond),
        listed: info.is_some_and(|info| info.listed),
        status: info.map(|info| info.status),
        listing: info.and_then(|info| info.listing.clone()),
        fate,
        unseen: fate.filter(|_| is_unseen),
        obstacles: match info {
            Some(_) => Vec::new(),
            None => find_obstacles(&judged, fate, &on_chain, &vault.config.policy)
                .into_iter()
                .map(tables::tell_obstacle)
                .collect(),
        },
        explain,
        what_if,
        is_exact: rule.is_as_stated().map_err(broken)?,
    };
    let text = match args.view.json {
        true => to_json(&report)?,
        false => tables::render(&report, &units, &units.screen(&args.view)),
    };
    session.tell_warnings();
    Ok(print(&text)?)
}

fn read_asked(args: &Args, units: &Units) -> Result<Asked, SessionError> {
    let tokens = |text: &str| match text {
        "0" => Ok(0),
        text => units.parse_tokens(text),
    };
    Ok(Asked {
        self_bond: args.self_bond.as_deref().map(tokens).transpose()?,
        commission: args.commission,
        own_maximum: match args.own_maximum.as_deref() {
            None => None,
            Some("none") => Some(None),
            Some(text) => Some(Some(tokens(text)?)),
        },
    })
}

fn broken(error: impl std::fmt::Display) -> SessionError {
    SessionError::Broken(error.to_string())
}
