//! `defenders execute`: carries out a proposal that has passed.

use std::io::{IsTerminal, stdin};

use defenders_node::send::Draft;
use serde_json::json;

use super::age::{Age, ensure_passed};
use super::read::Multisig;
use crate::config::{NodeArgs, SendArgs};
use crate::inspect::live::{inspect_proposal, know};
use crate::inspect::{Report, render};
use crate::output::print;
use crate::proposal::tell_time;
use crate::session::{Ended, Errand, Sending, Session, SessionError, ask, report_sent};
use crate::terminal::WholeViewArgs;

/// What to carry out.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the proposal.
    pub id: u64,

    /// Carry it out although it passed more than 7 days ago, or a `valid_until` in it is past.
    #[arg(long)]
    pub yes_old: bool,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to send it.
    #[command(flatten)]
    pub send: SendArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: WholeViewArgs,
}

/// Shows what it does and how old it is, and carries it out.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::send(&args.node, &args.send)?;
    let multisig = Multisig::open(&session)?;
    let sending = Sending::open(&session, &args.send, args.view.json)?;
    let msg = json!({ "execute": { "proposal_id": args.id } });
    let message = multisig.call(sending.address(), &msg, Vec::new())?;
    let what = format!("Carry out proposal {} of {}", args.id, multisig.address);
    let mut draft = Draft::new(what, vec![message]);
    draft.memo = args.send.memo.clone().unwrap_or_default();
    // what a call that was broken off carried out is no error
    if let Some(ended) = sending.resume(&draft)? {
        return report(args, &ended, None, None);
    }
    let proposal = multisig.proposal(args.id)?;
    let known = know(&session)?;
    let (count, says) = inspect_proposal(&session, &multisig, &proposal, known)?;
    ensure_passed(&count)?;
    multisig.ensure_may_execute(sending.address())?;
    let now = session.node.status()?.time;
    let age = Age::of(&session.node, &multisig, &count, now)?;
    if !args.view.json {
        print(&(render(&says, &args.view.screen()) + "\n"))?;
    }
    if let Some(told) = tell_old(age, &says, now) {
        confirm_old(args, &told)?;
    }
    let errand = Errand {
        draft,
        effects: vec![age.tell(), count.tell_votes()],
    };
    let ended = sending.carry_out(&errand, &session.fee_unit())?;
    report(args, &ended, Some(age), Some(&says))
}

fn report(
    args: &Args,
    ended: &Ended,
    age: Option<Age>,
    says: Option<&Report>,
) -> Result<(), SessionError> {
    let passed_ago = match age {
        Some(Age::Seconds(seconds)) => Some(seconds),
        Some(Age::AtMost(_) | Age::Unknown) | None => None,
    };
    report_sent(
        ended,
        args.view.json,
        &format!("Carried out proposal {}.", args.id),
        json!({ "proposal_id": args.id, "passed_seconds_ago": passed_ago, "says": says }),
    )
}

/// Why it should be looked at once more; None when it is as new as can be expected.
fn tell_old(age: Age, says: &Report, now: u64) -> Option<String> {
    let past = says
        .messages
        .iter()
        .find_map(|message| Some((message, message.valid_until.filter(|at| *at <= now)?)));
    match past {
        Some((message, at)) => Some(format!(
            "{} was to be carried out before {}, which is past, and {}",
            message.name,
            tell_time(at),
            age.tell()
        )),
        None => age.is_old().then(|| age.tell()),
    }
}

fn confirm_old(args: &Args, told: &str) -> Result<(), SessionError> {
    if args.yes_old || args.send.dry_run {
        return Ok(());
    }
    if args.send.yes || args.view.json || !stdin().is_terminal() {
        return Err(SessionError::Impossible(format!(
            "{told}: what it changes may no longer be what is wanted; nothing was sent; look at it once more, \
             then give --yes-old"
        )));
    }
    ask(&format!("{told}. Carry it out all the same?"))
}
