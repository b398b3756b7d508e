//! `defenders deposit`: coins into the vault, shares out of it.

mod args;
mod doors;

use cosmwasm_std::Uint128;
use defenders_node::Coin;
use defenders_node::send::Draft;
use defenders_types::{DAY, ExecuteMsg, QueryMsg};
use serde_json::json;

pub use args::{Args, Tolerance};
use doors::Doors;

use crate::notice;
use crate::session::{
    Account, Ended, Errand, Sending, Session, SessionError, Units, Vault, report_sent,
};
use crate::terminal::percent_of;

/// What is to be deposited.
struct Wish {
    tokens: u128,
    /// Who gets the shares.
    recipient: Account,
    /// Without messages: they depend on the moment.
    draft: Draft,
}

/// Deposits, and says what came of it.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::send(&args.node, &args.send)?;
    let vault = session.vault(None)?;
    let units = session.units(&vault, &args.view)?;
    let tokens = units.parse_tokens(&args.amount)?;
    let sending = Sending::open(&session, &args.send, args.view.json)?;
    let recipient = sending.recipient(args.recipient.as_deref())?;
    let what = format!(
        "Deposit {} into {}",
        units.tokens.tell(tokens),
        vault.address
    );
    let mut draft = Draft::new(what, vec![]);
    draft.wish = Some(format!(
        "deposit {tokens}{} into {} for {}",
        units.denom, vault.address, recipient.address
    ));
    let wish = Wish {
        tokens,
        recipient,
        draft,
    };
    let ended = match sending.resume(&wish.draft)? {
        Some(ended) => ended,
        None => {
            let errand = prepare(args, &session, &vault, &units, sending.address(), &wish)?;
            sending.carry_out(&errand, &units.tokens)?
        }
    };
    report(args, &ended, &units, &wish)
}

/// Looks whether the vault would take it, and what it gives.
fn prepare(
    args: &Args,
    session: &Session,
    vault: &Vault<'_>,
    units: &Units,
    sender: &str,
    wish: &Wish,
) -> Result<Errand, SessionError> {
    let tokens = wish.tokens;
    let doors = Doors::read(vault, session.node.status()?.time)?;
    if let Some(refusal) = doors.find_refusal(tokens, &units.tokens) {
        return Err(SessionError::Impossible(refusal));
    }
    let balance = session.node.balance(sender, &units.denom)?;
    if balance < tokens {
        return Err(SessionError::Impossible(format!(
            "{sender} has {}, and not {}",
            units.tokens.tell(balance),
            units.tokens.tell(tokens)
        )));
    }
    if let Some(warning) = doors.find_warning(tokens) {
        notice::warn(&warning);
    }
    let promised: Uint128 = vault.ask(&QueryMsg::PreviewDeposit {
        amount: Uint128::new(tokens),
    })?;
    let least = match &args.min_shares {
        Some(text) => Uint128::new(units.parse_shares(text)?),
        None => args.tolerance.least_of(promised),
    };
    if promised < least {
        return Err(SessionError::Impossible(format!(
            "the vault gives {} now, fewer than {}: lower --min-shares",
            units.shares.tell(promised.u128()),
            units.shares.tell(least.u128())
        )));
    }
    let msg = ExecuteMsg::Deposit {
        amount: Some(Uint128::new(tokens)),
        recipient: Some(wish.recipient.address.clone()),
        min_shares_out: Some(least),
        delegate: args.no_delegate.then_some(false),
    };
    let funds = vec![Coin::new(tokens, units.denom.clone())];
    let mut draft = wish.draft.clone();
    draft.messages = vec![vault.call(sender, &msg, funds)?];
    Ok(Errand {
        draft,
        effects: tell_effects(vault, units, &doors, promised, least, wish),
    })
}

fn tell_effects(
    vault: &Vault<'_>,
    units: &Units,
    doors: &Doors,
    promised: Uint128,
    least: Uint128,
    wish: &Wish,
) -> Vec<String> {
    let mut effects = vec![format!(
        "about {}, and not below {}, {} of all there are then",
        units.shares.tell(promised.u128()),
        units.shares.show(least.u128()),
        percent_of(
            promised.u128(),
            doors.totals.total_shares.saturating_add(promised).u128()
        )
    )];
    let recipient = &wish.recipient;
    match &recipient.name {
        Some(name) => effects.push(format!("for {name}, {}", recipient.address)),
        None => effects.push(format!("for {}", recipient.address)),
    }
    effects.push(format!(
        "back again by `withdraw`: after {} days of unbonding, and some more",
        vault.config.unbonding_time.div_ceil(DAY)
    ));
    effects
}

fn report(args: &Args, ended: &Ended, units: &Units, wish: &Wish) -> Result<(), SessionError> {
    let minted = match ended {
        Ended::Sent(receipt) => receipt.included.value("wasm-vault/deposited", "shares"),
        Ended::WouldWork(estimate) => estimate
            .events
            .iter()
            .filter(|event| event.kind == "wasm-vault/deposited")
            .find_map(|event| event.value("shares")),
        Ended::Written(_) => None,
    };
    let shown = minted.map_or("?".to_string(), |shares| units.shares.show_signed(shares));
    let words = format!(
        "Deposited {} for {shown} {}.",
        units.tokens.tell(wish.tokens),
        units.shares
    );
    let more = json!({
        "recipient": wish.recipient.address,
        "tokens": wish.tokens.to_string(),
        "denom": units.denom,
        "shares": minted,
    });
    report_sent(ended, args.view.json, &words, more)
}
