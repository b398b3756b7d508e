//! `defenders export`: an account's deposits, withdrawals and claims, for accountants.

mod args;
mod history;
mod report;

use std::collections::BTreeMap;

use defenders_client::history::{
    self as rules, Kind, Row, Side, csv, find_missing, lacks_something,
};
use defenders_node::{NodeError, Status};
use defenders_types::{PositionResponse, QueryMsg, Share};

pub use args::Args;
use history::{search_all, search_own};
use report::Report;

use crate::config::Config;
use crate::notice;
use crate::output::{print, to_json};
use crate::session::{Session, SessionError};

/// Reads the account's transactions, and writes the table to standard output.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::connect(Config::of_viewer(&args.node, &args.keyring)?)?;
    let account = session.account(&args.account)?;
    let vault = session.vault(None)?;
    let denom = vault.config.denom.clone();
    let display = args.denom.clone().or_else(|| session.display_of(&denom));
    let status = session.node.status()?;
    if let Some(warning) = tell_history(&status) {
        notice::warn(&warning);
    }
    let side = Side {
        account: account.address,
        vault: vault.address.clone(),
        denom: denom.clone(),
        share_denom: match &vault.config.share {
            Share::Denom { denom, .. } => Some(denom.clone()),
            Share::Cw20 {} => None,
        },
    };
    let question = QueryMsg::Position {
        owner: side.account.clone(),
        start_after: None,
        limit: Some(1),
    };
    let position: PositionResponse = vault.ask_at(&question, status.height)?;
    let shares = position.shares;

    let mut txs = search_own(&session.node, &side)?;
    let mut rows = rules::rows(&txs, &side, status.height);
    if args.thorough || lacks_something(&rows, shares.u128()) {
        txs.extend(search_all(&session.node, &side)?);
        rows = rules::rows(&txs, &side, status.height);
    }
    date(&session, &mut rows)?;
    if let Some(mut missing) = find_missing(&rows, shares.u128()) {
        missing.time = Some(status.time);
        rows.push(missing);
    }
    let unexplained = rows.iter().filter(|row| row.kind == Kind::Unexplained);
    let unexplained = unexplained.count();
    if unexplained > 0 {
        notice::warn(&format!(
            "{unexplained} of {} rows are marked unexplained: look at them before you use the others",
            rows.len()
        ));
    }
    let report = Report {
        vault: vault.address.clone(),
        chain_id: status.chain_id,
        account: side.account,
        denom,
        display,
        height: status.height,
        shares,
        is_complete: unexplained == 0,
        rows,
    };
    let text = match args.json {
        true => to_json(&report)?,
        false => {
            let display = report.display.as_ref();
            let unit = csv::Unit {
                denom: &report.denom,
                display: display.map(|display| (display.symbol.as_str(), display.exponent)),
            };
            csv::render(&report.rows, &unit)
        }
    };
    session.tell_warnings();
    Ok(print(&text)?)
}

/// Gives rows the times of their blocks. Of blocks that the node no longer has, the rows stay without.
fn date(session: &Session, rows: &mut [Row]) -> Result<(), SessionError> {
    let mut times: BTreeMap<u64, Option<u64>> = BTreeMap::new();
    for row in rows {
        let Some(height) = row.height else { continue };
        let time = match times.get(&height) {
            Some(time) => *time,
            None => {
                let time = match session.node.block(height) {
                    Ok(block) => Some(block.time),
                    Err(NodeError::History { .. }) => None,
                    Err(error) => return Err(error.into()),
                };
                times.insert(height, time);
                time
            }
        };
        row.time = time;
        if time.is_none() {
            let gone = "the node no longer has the block";
            row.note = match row.note.is_empty() {
                true => gone.to_string(),
                false => format!("{}; {gone}", row.note),
            };
        }
    }
    Ok(())
}

/// What is said of where history begins, when it does not begin with the chain.
fn tell_history(status: &Status) -> Option<String> {
    (status.earliest_height > 1).then(|| {
        format!(
            "{} has blocks from height {} on: what was before may be missing; ask a node that keeps all",
            status.url, status.earliest_height
        )
    })
}
