//! Proposing it to the multisig on the chain.

use std::path::Path;

use defenders_node::Coin;
use defenders_node::send::Draft;
use serde_json::{Value, json};

use super::args::Args;
use super::input::Proposal;
use crate::inspect::{Report, render};
use crate::multisig::Multisig;
use crate::output::print;
use crate::session::{Ended, Errand, Sending, Session, SessionError, report_sent};

/// The vault that the settings name must be the one that the file is about.
pub fn ensure_vault(session: &Session, file: &Path, vault: &str) -> Result<(), SessionError> {
    match &session.config.vault {
        Some(set) if set.value != vault => Err(SessionError::Impossible(format!(
            "{} is about the vault {vault}, and the settings name {}: check --vault, or give --offline",
            file.display(),
            set.value
        ))),
        _ => Ok(()),
    }
}

/// Shows what it says, sends it, and tells its number.
pub fn propose(
    args: &Args,
    session: &Session,
    (text, proposal): (&str, &Proposal),
    message: &Value,
    says: &Report,
    files: (String, String),
) -> Result<(), SessionError> {
    let multisig = Multisig::open(session)?;
    let sending = Sending::open(session, &args.sending, args.view.json)?;
    let from = sending.address();
    let Some(weight) = multisig.weight(from)? else {
        return Err(SessionError::Impossible(format!(
            "{from} is no member of {}, and only members propose: nothing was sent",
            multisig.address
        )));
    };
    if !args.view.json {
        print(&(render(says, &args.view.screen()) + "\n"))?;
    }
    let setup = multisig.setup()?;
    let deposit = setup.and_then(|setup| setup.proposal_deposit);
    let mut effects = vec![
        format!("everybody of {} can vote on it", multisig.address),
        format!("the proposer's yes counts {weight} at once"),
    ];
    effects.extend(deposit.iter().map(|deposit| deposit.tell()));
    let coin = deposit.as_ref().and_then(|deposit| deposit.coin());
    let funds = coin.map(|(amount, denom)| Coin::new(amount, denom));
    let funds = funds.into_iter().collect();
    let message = multisig.call(from, message, funds)?;
    let mut draft = Draft::new(format!("Propose {:?}", proposal.title), vec![message]);
    // times in its messages are reckoned from now: the same file is the same wish a moment later
    draft.wish = Some(format!("propose to {}: {text}", multisig.address));
    let errand = Errand { draft, effects };
    let ended = sending.carry_out(&errand, &session.fee_unit())?;
    let id = proposal_id(&ended, &multisig);
    let words = match id {
        Some(id) => format!("Proposed, as number {id}: `defenders vote {id} yes` votes for it."),
        None => "Proposed.".to_string(),
    };
    let (cw3, dao_dao) = files;
    report_sent(
        &ended,
        args.view.json,
        &words,
        json!({
            "proposal_id": id,
            "multisig": multisig.address,
            "cw3": cw3,
            "dao_dao": dao_dao,
            "says": says,
        }),
    )
}

fn proposal_id(ended: &Ended, multisig: &Multisig<'_>) -> Option<u64> {
    let events = &ended.included()?.events;
    let told = events.iter().find_map(|event| {
        let is_its = event.value("_contract_address") == Some(multisig.address.as_str());
        event.value("proposal_id").filter(|_| is_its)
    });
    told?.parse().ok()
}
