//! `defenders export`: an account's deposits, withdrawals and claims, for accountants.

mod args;
mod csv;
mod explain;
mod history;
mod report;
mod row;

use std::collections::BTreeMap;

use defenders_node::NodeError;
use defenders_types::{PositionResponse, QueryMsg, Share};

pub use args::Args;
use explain::Side;
use history::{History, find_missing, lacks_something};
use report::Report;
use row::{Kind, Row};

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
    if let Some(warning) = csv::tell_history(&status) {
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

    let mut history = History::of_account(&session.node, &side)?;
    let mut rows = history.rows(&side, status.height);
    if args.thorough || lacks_something(&rows, shares.u128()) {
        history.add_all_calls(&session.node, &side)?;
        rows = history.rows(&side, status.height);
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
        false => csv::render(&report),
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
