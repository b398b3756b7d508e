//! `defenders cancel`: shares back out of the open batch.

use defenders_node::send::Draft;
use defenders_types::{BatchState, ExecuteMsg, PositionResponse};
use serde_json::json;

use crate::config::{NodeArgs, SendArgs};
use crate::position::tell_when;
use crate::session::{Ended, Errand, Sending, Session, SessionError, report_sent};
use crate::terminal::ViewArgs;

/// What `cancel` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The number of the open batch.
    #[arg(value_name = "BATCH")]
    pub batch: u64,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to send it.
    #[command(flatten)]
    pub send: SendArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: ViewArgs,
}

/// Cancels, and says what came of it.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::send(&args.node, &args.send)?;
    let vault = session.vault(None)?;
    let units = session.units(&vault, &args.view)?;
    let sending = Sending::open(&session, &args.send, args.view.json)?;
    let sender = sending.address();
    let msg = ExecuteMsg::CancelWithdrawal {
        batch_id: args.batch,
    };
    let mut draft = Draft::new(
        format!(
            "Cancel the withdrawal in batch {} of {}",
            args.batch, vault.address
        ),
        vec![vault.call(sender, &msg, vec![])?],
    );
    draft.wish = Some(format!("cancel {} of {}", args.batch, vault.address));
    let ended = match sending.resume(&draft)? {
        Some(ended) => ended,
        None => {
            let position = vault.position(sender)?;
            let shares = find(&position, args.batch, sender).map_err(SessionError::Impossible)?;
            let errand = Errand {
                draft,
                effects: vec![format!("{} come back", units.shares.tell(shares))],
            };
            sending.carry_out(&errand, &units.tokens)?
        }
    };
    let events = match &ended {
        Ended::Sent(receipt) => receipt.included.events.as_slice(),
        Ended::WouldWork(estimate) => estimate.events.as_slice(),
        Ended::Written(_) => &[],
    };
    let back = events
        .iter()
        .filter(|event| event.kind == "wasm-vault/withdrawal_cancelled")
        .find_map(|event| event.value("shares"));
    let words = format!(
        "{} {} of batch {} came back.",
        back.map_or("?".to_string(), |shares| units.shares.show_signed(shares)),
        units.shares,
        args.batch
    );
    let more = json!({ "batch_id": args.batch, "recipient": sender, "shares": back });
    report_sent(&ended, args.view.json, &words, more)
}

/// The shares that come back, or why none do.
fn find(position: &PositionResponse, batch: u64, sender: &str) -> Result<u128, String> {
    let row = position
        .withdrawals
        .iter()
        .find(|row| row.batch_id == batch);
    match row {
        None => Err(format!("{sender} has no withdrawal in batch {batch}")),
        Some(row) if row.state != BatchState::Open => Err(format!(
            "batch {batch} is closed, and cannot be left any more: {}",
            tell_when(row)
        )),
        Some(row) => Ok(row.shares.u128()),
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::Uint128;
    use defenders_types::WithdrawalInfo;

    use super::*;

    #[test]
    fn only_the_open_batch_can_be_left() {
        let row = |batch_id, state| WithdrawalInfo {
            batch_id,
            state,
            shares: Uint128::new(5),
            tokens: Uint128::new(6),
            next_at: None,
            pays_at: None,
        };
        let position = PositionResponse {
            shares: Uint128::zero(),
            tokens: Uint128::zero(),
            withdrawals: vec![row(1, BatchState::Submitting), row(2, BatchState::Open)],
        };
        assert_eq!(find(&position, 2, "a"), Ok(5));
        assert!(find(&position, 1, "a").unwrap_err().contains("is closed"));
        assert!(
            find(&position, 3, "a")
                .unwrap_err()
                .contains("no withdrawal")
        );
    }
}
