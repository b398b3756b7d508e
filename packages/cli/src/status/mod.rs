//! `defenders status`: a vault on one screen.

mod report;
mod tables;
mod troubles;

use defenders_client::chain::find_unseen;
use defenders_types::{
    BrakeResponse, ChangesResponse, DAY, HealthResponse, JobsResponse, QueryMsg, RateResponse,
    TotalsResponse,
};

use crate::chain::{query_tombstoned, to_chain};
use crate::concentration::compare_live;
use crate::config::NodeArgs;
use crate::output::{print, to_json};
use crate::session::{Session, SessionError, name_validators};
use crate::terminal::ViewArgs;

use report::{Answers, Report};

/// How far back rates are looked at: a sample of 30 days ago may be some days older.
const LOOK_BACK: u64 = 40 * DAY;

/// What `status` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address of the vault. Default: as set.
    #[arg(value_name = "VAULT", conflicts_with = "vault")]
    pub address: Option<String>,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: ViewArgs,
}

/// Asks vault and chain, and writes the answer to standard output.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::read(&args.node)?;
    let vault = session.vault(args.address.as_deref())?;
    let units = session.units(&vault, &args.view)?;
    let status = session.node.status()?;
    let all = session.node.validators()?;
    let known = vault.validators()?;
    let totals: TotalsResponse = vault.ask(&QueryMsg::Totals {})?;
    let rate: RateResponse = vault.ask(&QueryMsg::Rate {})?;
    let jobs: JobsResponse = vault.ask(&QueryMsg::Jobs {})?;
    let health: HealthResponse = vault.ask(&QueryMsg::Health {})?;
    let brake: BrakeResponse = vault.ask(&QueryMsg::Brake {})?;
    let changes: ChangesResponse = vault.ask(&QueryMsg::Changes {})?;
    let on_chain = to_chain(&all);
    let tombstoned = query_tombstoned(&session.node, &on_chain)?;
    let report = Report::new(Answers {
        unseen: find_unseen(&known, &on_chain, &tombstoned),
        rates: vault.rates_after(status.time.saturating_sub(LOOK_BACK))?,
        batches: vault.batches()?,
        concentration: compare_live(&session, &vault, &all, &known)?,
        vault: vault.address.clone(),
        denom: units.denom.clone(),
        status,
        known,
        totals,
        rate,
        jobs,
        health,
        brake,
        changes,
    });
    let text = match args.view.json {
        true => to_json(&report)?,
        false => tables::render(
            &report,
            &units,
            &name_validators(&all),
            &units.screen(&args.view),
        ),
    };
    session.tell_warnings();
    Ok(print(&text)?)
}
