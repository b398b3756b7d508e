//! What a vault's next tick would do, by its own answer.

mod report;
mod tables;

use defenders_types::{HealthResponse, PlanResponse, QueryMsg};

use super::args::Args;
use crate::output::{print, to_json};
use crate::session::{Session, SessionError, name_validators};
use report::Report;

/// Asks the vault, and writes the answer to standard output.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::read(&args.node)?;
    let vault = session.vault(None)?;
    let units = session.units(&vault, &args.view)?;
    let plan: PlanResponse = vault.ask(&QueryMsg::Plan { at: None })?;
    let health: HealthResponse = vault.ask(&QueryMsg::Health {})?;
    let labels = name_validators(&session.node.validators()?);
    let report = Report::new(
        &vault.address,
        session.node.chain_id(),
        &units.denom,
        plan,
        health.budgets,
    );
    let text = match args.view.json {
        true => to_json(&report)?,
        false => tables::render(&report, &labels, &units.screen(&args.view)),
    };
    session.tell_warnings();
    Ok(print(&text)?)
}
