//! `defenders proposals`: what waits for votes or to be carried out.

use defenders_client::multisig::{Count, Status};
use serde::Serialize;

use super::read::Multisig;
use crate::config::NodeArgs;
use crate::inspect::shown;
use crate::notice;
use crate::output::{print, to_json};
use crate::proposal::tell_minute;
use crate::session::{Session, SessionError};
use crate::terminal::{Column, Labels, Screen, Table, ViewArgs};

/// Which proposals.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Those that are over as well.
    #[arg(long)]
    pub all: bool,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: ViewArgs,
}

#[derive(Serialize)]
struct Row {
    title: String,
    #[serde(flatten)]
    count: Count,
}

#[derive(Serialize)]
struct Report {
    multisig: String,
    proposals: Vec<Row>,
}

/// Reads all, counts the votes of each, and shows them, the latest first.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::read(&args.node)?;
    let multisig = Multisig::open(&session)?;
    let latest = session.node.status()?;
    let mut proposals = Vec::new();
    for proposal in multisig.proposals()? {
        let count = multisig.count(&proposal, &latest)?;
        let is_over = matches!(count.status, Status::Rejected | Status::Executed);
        if args.all || !is_over {
            if let Some(difference) = count.tell_difference() {
                notice::warn(&format!("proposal {}: {difference}", proposal.id));
            }
            proposals.push(Row {
                title: proposal.title,
                count,
            });
        }
    }
    session.tell_warnings();
    let report = Report {
        multisig: multisig.address,
        proposals,
    };
    let text = match args.view.json {
        true => to_json(&report)?,
        false => render(&report, args.all, &args.view.screen(None)),
    };
    Ok(print(&text)?)
}

fn render(report: &Report, is_all: bool, screen: &Screen) -> String {
    if report.proposals.is_empty() {
        return match is_all {
            true => "There is no proposal.\n",
            false => "Nothing is open, and nothing waits to be carried out; --all shows all.\n",
        }
        .to_string();
    }
    let mut table = Table::new(&[
        Column::Number("id"),
        Column::Words("title"),
        Column::Words("status"),
        Column::Number("yes"),
        Column::Number("no"),
        Column::Number("abstain"),
        Column::Number("veto"),
        Column::Number("of"),
        Column::Words("expires"),
    ]);
    for Row { title, count } in &report.proposals {
        let votes = count.votes;
        table.add_all(vec![
            count.id.to_string(),
            shown(title),
            count.status.to_string(),
            votes.yes.to_string(),
            votes.no.to_string(),
            votes.abstain.to_string(),
            votes.veto.to_string(),
            count.total_weight.to_string(),
            count.expires_at.map_or(count.expires.clone(), tell_minute),
        ]);
    }
    let title = format!("Proposals of {}", report.multisig);
    table.render(&title, &Labels::default(), screen)
}
