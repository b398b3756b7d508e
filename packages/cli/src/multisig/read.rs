//! Asking a multisig.

use cosmwasm_std::{BlockInfo, Timestamp};
use defenders_client::multisig::{
    Count, Executor, Proposal, ProposalsPage, Setup, Vote, Voter, VotesPage,
};
use defenders_node::{Coin, Message, Node, NodeError, Status};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::config::{Field, require};
use crate::session::{Session, SessionError};

/// Entries that it tells in one answer.
const PAGE: usize = 30;
/// More pages than any multisig of people fills: any contract may own a vault, and one could tell without end.
const MOST_PAGES: usize = 1_000;

/// A cw3 multisig that answers.
pub struct Multisig<'a> {
    node: &'a Node,
    /// Its address.
    pub address: String,
}

impl<'a> Multisig<'a> {
    /// The contract at an address, whatever it is: it may not answer.
    pub fn at(node: &'a Node, address: &str) -> Self {
        Self {
            node,
            address: address.to_string(),
        }
    }

    /// A call of it.
    pub fn call(
        &self,
        sender: &str,
        msg: &Value,
        funds: Vec<Coin>,
    ) -> Result<Message, SessionError> {
        Message::execute(sender, &self.address, msg, funds)
            .map_err(|error| SessionError::Broken(error.to_string()))
    }

    /// All proposals that may still do something: those that are open, and those that have passed and wait.
    pub fn pending(&self, latest: &Status) -> Result<Vec<Count>, SessionError> {
        let mut pending = Vec::new();
        for proposal in self.proposals()? {
            if matches!(proposal.status_as_answered(), "executed" | "rejected") {
                continue;
            }
            let count = self.count(&proposal, latest)?;
            if count.is_pending() {
                pending.push(count);
            }
        }
        Ok(pending)
    }

    /// The multisig that the settings name, else the owner of the vault that they name. Another contract is refused.
    pub fn open(session: &'a Session) -> Result<Self, SessionError> {
        let address = match &session.config.multisig {
            Some(multisig) => multisig.value.clone(),
            None if session.config.vault.is_some() => session.vault(None)?.config.owner,
            None => require(session.config.multisig.as_ref(), Field::Multisig)?.clone(),
        };
        Self::checked(&session.node, &address, "--multisig")
    }

    /// The multisig at an address, which `named_by` names. Another contract, or none, is refused.
    pub fn checked(node: &'a Node, address: &str, named_by: &str) -> Result<Self, SessionError> {
        let no_multisig = |reason: &str| {
            SessionError::Impossible(format!(
                "{address} is no cw3 multisig: {reason}; check {named_by}"
            ))
        };
        match node.contract_info(address) {
            Ok(Some(_)) => {}
            Ok(None) => return Err(no_multisig("there is no contract there")),
            Err(NodeError::Query { log, .. }) => return Err(no_multisig(&log)),
            Err(error) => return Err(error.into()),
        }
        let cw2 = node.raw_state(address, b"contract_info")?;
        let cw2: Value = serde_json::from_slice(&cw2.unwrap_or_default()).unwrap_or_default();
        let name = cw2.get("contract").and_then(Value::as_str);
        match name {
            Some(name) if name.contains("cw3") => Ok(Self::at(node, address)),
            Some(name) => Err(no_multisig(&format!(
                "the contract there calls itself {name}"
            ))),
            None => Err(no_multisig("the contract there does not say what it is")),
        }
    }

    fn ask<T: DeserializeOwned>(&self, question: &Value) -> Result<T, NodeError> {
        self.node.smart(&self.address, question)
    }

    /// The proposal of a number.
    pub fn proposal(&self, id: u64) -> Result<Proposal, SessionError> {
        let question = json!({ "proposal": { "proposal_id": id } });
        match self.ask::<Value>(&question) {
            Ok(answer) => self.read(answer),
            Err(NodeError::Query { log, .. }) if log.contains("not found") => {
                Err(SessionError::Impossible(format!(
                    "there is no proposal {id} at {}: `defenders proposals --all` shows those that there are",
                    self.address
                )))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// All proposals, the latest first.
    pub fn proposals(&self) -> Result<Vec<Proposal>, SessionError> {
        let mut all = Vec::new();
        let mut before: Option<u64> = None;
        for _ in 0..MOST_PAGES {
            let page: ProposalsPage = self.ask(&json!({ "reverse_proposals": {
                "start_before": before, "limit": PAGE,
            }}))?;
            let is_last = page.proposals.len() < PAGE;
            for answer in page.proposals {
                let proposal = self.read(answer)?;
                // one that repeats itself would be asked for ever
                if before.is_some_and(|before| proposal.id >= before) {
                    return Ok(all);
                }
                before = Some(proposal.id);
                all.push(proposal);
            }
            if is_last {
                return Ok(all);
            }
        }
        Err(self.endless("proposals").into())
    }

    /// All votes of a proposal.
    pub fn votes(&self, id: u64) -> Result<Vec<Vote>, NodeError> {
        let mut all: Vec<Vote> = Vec::new();
        for _ in 0..MOST_PAGES {
            let after = all.last().map(|vote| vote.voter.clone());
            let page: VotesPage = self.ask(&json!({ "list_votes": {
                "proposal_id": id, "start_after": after, "limit": PAGE,
            }}))?;
            let is_last = page.votes.len() < PAGE;
            let is_again = page.votes.first().map(|vote| &vote.voter) == after.as_ref();
            if after.is_some() && is_again {
                return Ok(all);
            }
            all.extend(page.votes);
            if is_last {
                return Ok(all);
            }
        }
        Err(self.endless("votes"))
    }

    fn endless(&self, what: &str) -> NodeError {
        NodeError::Undecodable {
            host: self.node.host().to_string(),
            method: format!("the {what} of {}", self.address),
            reason: format!("more than {} of them, without an end", PAGE * MOST_PAGES),
        }
    }

    /// Its votes, counted at the latest block.
    pub fn count(&self, proposal: &Proposal, latest: &Status) -> Result<Count, NodeError> {
        let votes = self.votes(proposal.id)?;
        Ok(Count::new(
            &self.address,
            proposal,
            &votes,
            &block_of(latest),
        ))
    }

    /// What a member counts; None when it is no member.
    pub fn weight(&self, voter: &str) -> Result<Option<u64>, NodeError> {
        let voter: Voter = self.ask(&json!({ "voter": { "address": voter } }))?;
        Ok(voter.weight)
    }

    /// How it is set up; None when it does not tell, as other kinds do not.
    pub fn setup(&self) -> Result<Option<Setup>, NodeError> {
        match self.ask(&json!({ "config": {} })) {
            Ok(setup) => Ok(Some(setup)),
            Err(NodeError::Query { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Refuses what the multisig would: an account that may not carry out what has passed.
    pub fn ensure_may_execute(&self, account: &str) -> Result<(), SessionError> {
        let executor = self.setup()?.and_then(|setup| setup.executor);
        let reason = match executor {
            None => return Ok(()),
            Some(Executor::Member) => match self.weight(account)? {
                Some(_) => return Ok(()),
                None => "is no member, and only members may".to_string(),
            },
            Some(Executor::Only(only)) if only == account => return Ok(()),
            Some(Executor::Only(only)) => format!("is not {only}, who alone may"),
        };
        Err(SessionError::Impossible(format!(
            "{account} {reason} carry out what {} has decided: nothing was sent",
            self.address
        )))
    }

    fn read(&self, answer: Value) -> Result<Proposal, SessionError> {
        Proposal::read(answer).map_err(|error| {
            SessionError::Broken(format!(
                "{} answered with something else than a proposal: {error}",
                self.address
            ))
        })
    }
}

/// The block that expiry is judged by.
fn block_of(status: &Status) -> BlockInfo {
    BlockInfo {
        height: status.height,
        time: Timestamp::from_seconds(status.time),
        chain_id: status.chain_id.clone(),
    }
}
