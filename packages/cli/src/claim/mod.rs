//! `defenders claim`: what batches pay.

use std::num::ParseIntError;
use std::str::FromStr;

use cosmwasm_std::Uint128;
use defenders_node::read::Event;
use defenders_node::send::Draft;
use defenders_types::{BatchState, ExecuteMsg, PositionResponse, WithdrawalInfo};
use serde_json::json;

use crate::config::{NodeArgs, SendArgs};
use crate::output::{print, to_json};
use crate::position::tell_when;
use crate::session::{
    Account, Ended, Errand, Sending, Session, SessionError, Units, Vault, report_sent,
};
use crate::terminal::{ViewArgs, count};

/// Claims of one transaction: more than that may not fit into a block.
const MOST_CLAIMS: usize = 20;

/// What `claim` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The number of a batch, or `all` for all that pay now.
    #[arg(value_name = "BATCH|all", default_value = "all")]
    pub batch: Which,

    /// For whom: an address, or the name of a key. Anybody may claim for anybody; paid is who withdrew. Default: who
    /// signs.
    #[arg(long, value_name = "ADDRESS|KEY")]
    pub recipient: Option<String>,

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

/// Which batches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All that pay now.
    All,
    /// This one.
    One(u64),
}

impl FromStr for Which {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "all" => Ok(Self::All),
            number => number.parse().map(Self::One),
        }
    }
}

/// Claims, and says what came of it.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::send(&args.node, &args.send)?;
    let vault = session.vault(None)?;
    let units = session.units(&vault, &args.view)?;
    let sending = Sending::open(&session, &args.send, args.view.json)?;
    let recipient = sending.recipient(args.recipient.as_deref())?;
    let batches = match args.batch {
        Which::All => "all".to_string(),
        Which::One(number) => number.to_string(),
    };
    let mut draft = Draft::new(
        format!(
            "Claim what {} is paid by {}",
            recipient.address, vault.address
        ),
        vec![],
    );
    draft.wish = Some(format!(
        "claim {batches} of {} for {}",
        vault.address, recipient.address
    ));
    let ended = match sending.resume(&draft)? {
        Some(ended) => ended,
        None => {
            let position = vault.position(&recipient.address)?;
            let due = choose(&position, args.batch, &recipient.address)
                .map_err(SessionError::Impossible)?;
            if due.is_empty() {
                return tell_nothing(args, &position, &recipient.address);
            }
            let errand = prepare(draft, &vault, &units, &sending, &recipient, &due)?;
            sending.carry_out(&errand, &units.tokens)?
        }
    };
    report(args, &ended, &units, &recipient.address)
}

/// The withdrawals to claim; or why there is none, where one was named.
fn choose<'a>(
    position: &'a PositionResponse,
    which: Which,
    recipient: &str,
) -> Result<Vec<&'a WithdrawalInfo>, String> {
    let pays = |row: &&WithdrawalInfo| row.state == BatchState::Claimable;
    let rows = position.withdrawals.iter();
    let Which::One(number) = which else {
        return Ok(rows.filter(pays).take(MOST_CLAIMS).collect());
    };
    match position
        .withdrawals
        .iter()
        .find(|row| row.batch_id == number)
    {
        None => Err(format!(
            "{recipient} has nothing in batch {number}: it never asked there, or has been paid; see `defenders \
             position {recipient}`"
        )),
        Some(row) if !pays(&row) => Err(format!(
            "batch {number} does not pay yet: {}",
            tell_when(row)
        )),
        Some(row) => Ok(vec![row]),
    }
}

fn prepare(
    mut draft: Draft,
    vault: &Vault<'_>,
    units: &Units,
    sending: &Sending<'_>,
    recipient: &Account,
    due: &[&WithdrawalInfo],
) -> Result<Errand, SessionError> {
    let mut effects = Vec::new();
    for row in due {
        let msg = ExecuteMsg::Claim {
            batch_id: row.batch_id,
            recipient: Some(recipient.address.clone()),
        };
        let message = vault.call(sending.address(), &msg, vec![])?;
        draft.messages.push(message);
        effects.push(format!(
            "batch {} pays {}",
            row.batch_id,
            units.tokens.tell(row.tokens.u128())
        ));
    }
    Ok(Errand { draft, effects })
}

fn tell_nothing(
    args: &Args,
    position: &PositionResponse,
    recipient: &str,
) -> Result<(), SessionError> {
    let rows = &position.withdrawals;
    let text = match args.view.json {
        true => to_json(&json!({
            "sent": false,
            "recipient": recipient,
            "claims": [],
            "waiting": rows.iter().map(|row| row.batch_id).collect::<Vec<_>>(),
        }))?,
        false => {
            let mut text = "Nothing pays now, and nothing was sent.\n".to_string();
            for row in rows {
                text += &format!("  batch {}: {}\n", row.batch_id, tell_when(row));
            }
            text
        }
    };
    Ok(print(&text)?)
}

fn report(args: &Args, ended: &Ended, units: &Units, recipient: &str) -> Result<(), SessionError> {
    let events: &[Event] = match ended {
        Ended::Sent(receipt) => &receipt.included.events,
        Ended::WouldWork(estimate) => &estimate.events,
        Ended::Written(_) => &[],
    };
    let claimed = events
        .iter()
        .filter(|event| event.kind == "wasm-vault/claimed");
    let claims: Vec<(&str, &str)> = claimed
        .filter_map(|event| Some((event.value("batch_id")?, event.value("tokens")?)))
        .collect();
    let amounts = claims
        .iter()
        .filter_map(|(_, tokens)| tokens.parse::<Uint128>().ok());
    let total = amounts.fold(Uint128::zero(), Uint128::saturating_add);
    let words = format!(
        "{recipient} was paid {} for {}.",
        units.tokens.tell(total.u128()),
        count(claims.len(), "batch", "batches")
    );
    let rows: Vec<_> = claims
        .iter()
        .map(|(batch, tokens)| json!({ "batch_id": batch.parse::<u64>().ok(), "tokens": tokens }))
        .collect();
    let more = json!({
        "recipient": recipient,
        "tokens": total,
        "denom": units.denom,
        "claims": rows,
    });
    report_sent(ended, args.view.json, &words, more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position() -> PositionResponse {
        let row = |batch_id, state| WithdrawalInfo {
            batch_id,
            state,
            shares: Uint128::new(5),
            tokens: Uint128::new(6),
            next_at: None,
            pays_at: None,
        };
        PositionResponse {
            shares: Uint128::zero(),
            tokens: Uint128::zero(),
            withdrawals: vec![
                row(1, BatchState::Claimable),
                row(2, BatchState::Unbonding),
                row(4, BatchState::Claimable),
            ],
        }
    }

    #[test]
    fn all_are_those_that_pay_now() {
        let position = position();
        let due = choose(&position, Which::All, "a").unwrap();
        let numbers: Vec<u64> = due.iter().map(|row| row.batch_id).collect();
        assert_eq!(numbers, [1, 4]);
    }

    #[test]
    fn a_named_batch_pays_or_says_why_not() {
        let position = position();
        let one = |number| choose(&position, Which::One(number), "a");
        assert_eq!(one(4).unwrap().len(), 1);
        assert!(one(2).unwrap_err().contains("does not pay yet"));
        assert!(one(3).unwrap_err().contains("nothing in batch 3"));
    }

    #[test]
    fn a_batch_is_a_number_or_all() {
        assert_eq!("all".parse(), Ok(Which::All));
        assert_eq!("7".parse(), Ok(Which::One(7)));
        assert!("seven".parse::<Which>().is_err());
        assert!("-1".parse::<Which>().is_err());
    }
}
