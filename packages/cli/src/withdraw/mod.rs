//! `defenders withdraw`: shares into the open batch, which pays after unbonding.

mod args;

use cosmwasm_std::Uint128;
use defenders_node::Coin;
use defenders_node::send::Draft;
use defenders_types::{ExecuteMsg, QueryMsg, Share, WithdrawalInfo};
use serde_json::json;

pub use args::{Amount, Args};

use crate::position::tell_span;
use crate::session::{
    Account, Ended, Errand, Sending, Session, SessionError, Units, Vault, report_sent,
};

/// What is to be withdrawn.
struct Wish {
    /// `None`: all that the account has.
    shares: Option<u128>,
    /// Who is paid.
    recipient: Account,
    /// Without messages: they depend on the moment.
    draft: Draft,
}

/// Requests a withdrawal, and says what came of it.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::send(&args.node, &args.send)?;
    let vault = session.vault(None)?;
    let units = session.units(&vault, &args.view)?;
    let shares = match &args.shares {
        Amount::All => None,
        Amount::Of(text) => Some(units.parse_shares(text)?),
    };
    let sending = Sending::open(&session, &args.send, args.view.json)?;
    let recipient = sending.recipient(args.recipient.as_deref())?;
    let amount = shares.map_or("all shares".to_string(), |shares| units.shares.tell(shares));
    let mut draft = Draft::new(format!("Withdraw {amount} from {}", vault.address), vec![]);
    draft.wish = Some(format!(
        "withdraw {} of {} for {}",
        shares.map_or("all".to_string(), |shares| shares.to_string()),
        vault.address,
        recipient.address
    ));
    let wish = Wish {
        shares,
        recipient,
        draft,
    };
    let ended = match sending.resume(&wish.draft)? {
        Some(ended) => ended,
        None => {
            let errand = prepare(args, &vault, &units, sending.address(), &wish)?;
            sending.carry_out(&errand, &units.tokens)?
        }
    };
    report(args, &vault, &ended, &units, &wish)
}

/// Looks how many shares there are, and what they are worth.
fn prepare(
    args: &Args,
    vault: &Vault<'_>,
    units: &Units,
    sender: &str,
    wish: &Wish,
) -> Result<Errand, SessionError> {
    let held = vault.position(sender)?.shares.u128();
    let shares = wish.shares.unwrap_or(held);
    if held < shares || shares == 0 {
        return Err(SessionError::Impossible(match held {
            0 => format!("{sender} has no shares of this vault"),
            held => format!(
                "{sender} has {}, and not {}",
                units.shares.tell(held),
                units.shares.tell(shares)
            ),
        }));
    }
    let shares = Uint128::new(shares);
    let worth: Uint128 = vault.ask(&QueryMsg::ConvertToAssets { amount: shares })?;
    if worth.is_zero() {
        return Err(SessionError::Impossible(format!(
            "{} are worth less than one base unit: nothing would be paid",
            units.shares.tell(shares.u128())
        )));
    }
    let least = match &args.min_tokens {
        Some(text) => Uint128::new(units.parse_tokens(text)?),
        None => args.tolerance.least_of(worth),
    };
    if worth < least {
        return Err(SessionError::Impossible(format!(
            "they are worth {} now, less than {}: lower --min-tokens",
            units.tokens.tell(worth.u128()),
            units.tokens.tell(least.u128())
        )));
    }
    let (said, funds) = match &vault.config.share {
        Share::Cw20 {} => (Some(shares), vec![]),
        Share::Denom { denom, .. } => (None, vec![Coin::new(shares.u128(), denom.clone())]),
    };
    let msg = ExecuteMsg::RequestWithdrawal {
        shares: said,
        recipient: Some(wish.recipient.address.clone()),
        min_tokens_out: Some(least),
    };
    let mut draft = wish.draft.clone();
    draft.messages = vec![vault.call(sender, &msg, funds)?];
    let whom = match &wish.recipient.name {
        Some(name) => format!("{name}, {}", wish.recipient.address),
        None => wish.recipient.address.clone(),
    };
    Ok(Errand {
        draft,
        effects: vec![
            format!(
                "{} are worth {} now; until they are served they go on earning, and bearing slashes",
                units.shares.tell(shares.u128()),
                units.tokens.tell(worth.u128())
            ),
            format!("paid to {whom}, who alone can cancel while the batch is open"),
        ],
    })
}

fn report(
    args: &Args,
    vault: &Vault<'_>,
    ended: &Ended,
    units: &Units,
    wish: &Wish,
) -> Result<(), SessionError> {
    let events = match ended {
        Ended::Sent(receipt) => receipt.included.events.as_slice(),
        Ended::WouldWork(estimate) => estimate.events.as_slice(),
        Ended::Written(_) => &[],
    };
    let requested = events
        .iter()
        .find(|event| event.kind == "wasm-vault/withdrawal_requested");
    let value = |key: &str| requested.and_then(|event| event.value(key));
    let batch_id: Option<u64> = value("batch_id").and_then(|text| text.parse().ok());
    // it is done already: a node that does not answer now changes nothing of that
    let row = match ended {
        Ended::Sent(_) => batch_id.and_then(|batch_id| find(vault, wish, batch_id)),
        Ended::WouldWork(_) | Ended::Written(_) => None,
    };
    let when = match row.as_ref().and_then(|row| row.pays_at.as_ref()) {
        Some(pays_at) => format!("; it pays {}", tell_span(pays_at.earliest, pays_at.latest)),
        None => String::new(),
    };
    let words = format!(
        "Asked for {} back, about {}, in batch {}{when}.\nTake them with: defenders claim {}",
        value("shares").map_or("?".to_string(), |shares| format!(
            "{} {}",
            units.shares.show_signed(shares),
            units.shares
        )),
        value("tokens_preview").map_or("?".to_string(), |tokens| format!(
            "{} {}",
            units.tokens.show_signed(tokens),
            units.tokens
        )),
        batch_id.map_or("?".to_string(), |batch_id| batch_id.to_string()),
        batch_id.map_or("all".to_string(), |batch_id| batch_id.to_string()),
    );
    let pays_at = row.and_then(|row| row.pays_at);
    let more = json!({
        "recipient": wish.recipient.address,
        "batch_id": batch_id,
        "shares": value("shares"),
        "tokens_estimate": value("tokens_preview"),
        "denom": units.denom,
        "pays_earliest": pays_at.as_ref().map(|at| at.earliest),
        "pays_latest": pays_at.as_ref().map(|at| at.latest),
    });
    report_sent(ended, args.view.json, &words, more)
}

fn find(vault: &Vault<'_>, wish: &Wish, batch_id: u64) -> Option<WithdrawalInfo> {
    let position = vault.position(&wish.recipient.address).ok()?;
    let mut rows = position.withdrawals.into_iter();
    rows.find(|row| row.batch_id == batch_id)
}
