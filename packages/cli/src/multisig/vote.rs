//! `defenders vote`.

use defenders_client::multisig::{Count, Status};
use defenders_node::send::Draft;
use serde_json::json;

use super::read::Multisig;
use crate::config::{NodeArgs, SendArgs};
use crate::inspect::live::{inspect_proposal, know};
use crate::inspect::{Report, render};
use crate::output::print;
use crate::session::{Ended, Errand, Sending, Session, SessionError, report_sent};
use crate::terminal::WholeViewArgs;

/// What a vote says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Word {
    /// For it.
    Yes,
    /// Against it.
    No,
    /// Neither.
    Abstain,
    /// Against it, loudly; cw3 counts it among those who voted only.
    Veto,
}

impl Word {
    fn name(self) -> &'static str {
        match self {
            Word::Yes => "yes",
            Word::No => "no",
            Word::Abstain => "abstain",
            Word::Veto => "veto",
        }
    }
}

/// On what to vote, and how.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the proposal.
    pub id: u64,
    /// What the vote says.
    #[arg(value_enum)]
    pub vote: Word,

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

/// Shows what the proposal would do, and votes.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::send(&args.node, &args.send)?;
    let multisig = Multisig::open(&session)?;
    let sending = Sending::open(&session, &args.send, args.view.json)?;
    let word = args.vote.name();
    let msg = json!({ "vote": { "proposal_id": args.id, "vote": word } });
    let message = multisig.call(sending.address(), &msg, Vec::new())?;
    let what = format!(
        "Vote {word} on proposal {} of {}",
        args.id, multisig.address
    );
    let mut draft = Draft::new(what, vec![message]);
    draft.memo = args.send.memo.clone().unwrap_or_default();
    // who voted already, by a call that was broken off, must not be told so
    if let Some(ended) = sending.resume(&draft)? {
        return report(args, &ended, None);
    }
    let proposal = multisig.proposal(args.id)?;
    let known = know(&session)?;
    let (count, says) = inspect_proposal(&session, &multisig, &proposal, known)?;
    let weight = ensure_can_vote(&session, &multisig, &count, sending.address())?;
    if !args.view.json {
        print(&(render(&says, &args.view.screen()) + "\n"))?;
    }
    let errand = Errand {
        draft,
        effects: vec![
            format!("counts {weight}; now {}", count.tell_votes()),
            format!("it passes with {}", count.passes_with),
        ],
    };
    let ended = sending.carry_out(&errand, &session.fee_unit())?;
    report(args, &ended, Some(&says))
}

/// What the vote counts; an error where it would not.
fn ensure_can_vote(
    session: &Session,
    multisig: &Multisig<'_>,
    count: &Count,
    voter: &str,
) -> Result<u64, SessionError> {
    let impossible = |told: String| {
        Err(SessionError::Impossible(format!(
            "{told}: nothing was sent"
        )))
    };
    let id = count.id;
    let is_over = match count.expires_at {
        Some(at) => at <= session.node.status()?.time,
        None => false,
    };
    if count.status == Status::Executed {
        return impossible(format!("proposal {id} was carried out"));
    }
    if is_over {
        return impossible(format!("voting on proposal {id} ended {}", count.expires));
    }
    let votes = multisig.votes(id)?;
    if let Some(vote) = votes.iter().find(|vote| vote.voter == voter) {
        return impossible(format!(
            "{voter} voted {} already, and cannot again",
            vote.vote
        ));
    }
    match multisig.weight(voter)? {
        Some(weight) if weight > 0 => Ok(weight),
        _ => impossible(format!("{voter} has no vote in {}", multisig.address)),
    }
}

fn report(args: &Args, ended: &Ended, says: Option<&Report>) -> Result<(), SessionError> {
    let word = args.vote.name();
    let status = ended
        .included()
        .and_then(|included| included.value("wasm", "status"))
        .map(str::to_lowercase);
    let words = format!(
        "Voted {word} on proposal {}, which is {} now.",
        args.id,
        status.as_deref().unwrap_or("?")
    );
    report_sent(
        ended,
        args.view.json,
        &words,
        json!({ "proposal_id": args.id, "vote": word, "status": status, "says": says }),
    )
}
