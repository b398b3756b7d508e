//! `defenders deploy`: from contracts on this disk to a vault that is owned by a multisig and open for deposits.

mod addresses;
mod args;
mod checksums;
mod config;
mod contracts;
mod first;
mod left;
mod message;
mod opening;
mod preview;
mod ready;
mod settings;
mod state;
mod steps;

pub use args::Args;
pub use checksums::load_checksums;
pub use config::read_config;

use serde_json::json;

use crate::notice;
use crate::output::{print, to_json};
use crate::session::{Session, SessionError};
use state::State;
use steps::{Deployment, Outcome};

/// Does what is left to do, and says what stands.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let config = read_config(&args.config)?;
    let session = Session::send(&args.node, &args.send)?;
    let file = args
        .state
        .clone()
        .unwrap_or_else(|| args.config.with_extension("state.json"));
    let state = State::load(&file, session.node.chain_id())?;
    let mut deployment = Deployment::new(&session, args, config, state, file)?;
    let outcome = deployment.carry_on();
    if matches!(outcome, Err(SessionError::NotConfirmed)) && !deployment.state().codes.is_empty() {
        notice::warn("what stands is noted: the same command goes on with the next step");
    }
    let left = match outcome? {
        Outcome::Done(left) => left,
        Outcome::WouldDo(preview) => {
            let text = match args.view.json {
                true => to_json(&json!({
                    "sent": false, "state": deployment.state(), "steps": preview.steps,
                    "known_fees": preview.known_fees,
                }))?,
                false => {
                    preview.render(&args.view.screen(), &session.fee_unit())
                        + "Nothing was sent: this was a trial run.\n"
                }
            };
            session.tell_warnings();
            return Ok(print(&text)?);
        }
    };
    let state = deployment.state();
    let text = match args.view.json {
        true => to_json(&json!({ "state": state, "left": left }))?,
        false => state.tell(left.as_deref()),
    };
    print(&text)?;
    if left.is_some() {
        notice::warn(
            "the deployment is not complete: give the same command again when that is done",
        );
    }
    Ok(())
}
