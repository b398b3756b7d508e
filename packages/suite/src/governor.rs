//! A governor: a group of members and the multisig that they speak through, spoken to as any
//! member's client would. The multisig is the group's admin, so the members choose the members.

use cosmwasm_std::{Binary, Coin, CosmosMsg, WasmMsg};
use cw20::Expiration;
use defenders_governor::cw_utils::{Duration, Threshold};
use defenders_governor::cw3::{ProposalResponse, Status, Vote};
use defenders_governor::cw3_flex_multisig::msg::{
    ExecuteMsg as MultisigMsg, InstantiateMsg as MultisigInstantiateMsg, QueryMsg as MultisigQuery,
};
use defenders_governor::cw3_flex_multisig::state::Executor;
use defenders_governor::cw4::Member;
use defenders_governor::cw4_group::msg::InstantiateMsg as GroupInstantiateMsg;
use defenders_types::ExecuteMsg;
use serde::Serialize;

use crate::chain::{Code, Outcome, TestChain, Tx, TxResult};
use crate::deployment::predict_address;
use crate::event::text;
use crate::suite::Suite;
use crate::units::{BLOCK, DAY, json};

/// How long members may vote, seconds.
pub const VOTING_PERIOD: u64 = 3 * DAY;

/// The contracts of a governor.
#[derive(Clone, Debug)]
pub struct Governor {
    /// Who the members are.
    pub group: String,
    /// What they decide; the owner of a vault.
    pub multisig: String,
    /// The codes of group and multisig.
    pub codes: [u64; 2],
}

/// Who may execute what has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Executors {
    /// Members of the group.
    Members,
    /// Everybody.
    Anyone,
}

/// What a governor is founded with.
#[derive(Clone, Copy, Debug)]
pub struct Founding<'a> {
    /// Names of the members, who have a vote each. The first founds.
    pub members: &'a [&'a str],
    /// So many of them must say yes.
    pub threshold: u64,
    /// How long they may vote, seconds.
    pub voting_period: u64,
    /// Who may execute.
    pub executors: Executors,
}

/// A governor, in two messages. The address of the multisig is known beforehand, so it is the group's admin, the
/// wasm admin of both and its own from the beginning: no person can choose members or replace code at any time.
pub fn found(chain: &mut dyn TestChain, founding: &Founding) -> Governor {
    let founder = chain.account(founding.members[0]);
    let codes = [Code::Group, Code::Multisig].map(|code| chain.store(code));
    let salt = format!("multisig {}", chain.height());
    let multisig = predict_address(&chain.checksum(codes[1]), &founder, &salt);
    let members = founding.members.iter().map(|name| Member {
        addr: chain.account(name),
        weight: 1,
    });
    let group = GroupInstantiateMsg {
        admin: Some(multisig.clone()),
        members: members.collect(),
    };
    let mut instantiate = |code_id, salt, msg: String| {
        let tx = Tx::Instantiate {
            code_id,
            sender: founder.clone(),
            admin: Some(multisig.clone()),
            salt,
            msg,
            funds: vec![],
        };
        let events = chain.block(BLOCK, vec![tx]).remove(0).unwrap().events;
        let instantiated = events.iter().find(|event| event.ty == "instantiate");
        text(instantiated.unwrap(), "_contract_address")
    };
    let group = instantiate(codes[0], None, json(&group));
    let terms = MultisigInstantiateMsg {
        group_addr: group.clone(),
        threshold: Threshold::AbsoluteCount {
            weight: founding.threshold,
        },
        max_voting_period: Duration::Time(founding.voting_period),
        executor: match founding.executors {
            Executors::Members => Some(Executor::Member),
            Executors::Anyone => None,
        },
        proposal_deposit: None,
    };
    assert_eq!(instantiate(codes[1], Some(salt), json(&terms)), multisig);
    Governor {
        group,
        multisig,
        codes,
    }
}

impl Suite {
    /// A governor of named members with a vote each, of whom so many must say yes.
    pub fn found_governor(
        &mut self,
        members: &[&str],
        threshold: u64,
        executors: Executors,
    ) -> Governor {
        let founding = Founding {
            members,
            threshold,
            voting_period: VOTING_PERIOD,
            executors,
        };
        found(&mut *self.reader.chain, &founding)
    }

    /// Calls any contract in an ordinary block.
    pub fn call_contract<T: Serialize>(
        &mut self,
        sender: &str,
        contract: &str,
        msg: &T,
    ) -> TxResult {
        self.tx(Tx::Execute {
            sender: sender.into(),
            contract: contract.into(),
            msg: json(msg),
            funds: vec![],
        })
    }

    /// The vault's owner offers the ownership, and the governor, all of whose members agree,
    /// accepts it.
    pub fn hand_over_to(&mut self, governor: &Governor, members: &[&str]) {
        self.offer_ownership(&governor.multisig, None).unwrap();
        let accept = self.of_vault(&ExecuteMsg::AcceptOwnership {});
        self.carry(governor, members, vec![accept]).unwrap();
        self.owner.clone_from(&governor.multisig);
    }

    /// A message to the vault, for a proposal. Shares that are coins come along with a request that names how many.
    pub fn of_vault(&self, msg: &ExecuteMsg) -> CosmosMsg {
        with_funds(&self.vault, msg, self.funds_of(msg, vec![]))
    }

    /// The first of these members proposes, the others agree, the first executes. What became of
    /// the execution.
    pub fn carry(
        &mut self,
        governor: &Governor,
        members: &[&str],
        msgs: Vec<CosmosMsg>,
    ) -> TxResult {
        let proposal_id = self.pass(governor, members, msgs);
        self.execute_proposal(governor, members[0], proposal_id)
    }

    /// The first of these members proposes and the others agree. The number of the proposal,
    /// which has passed.
    pub fn pass(&mut self, governor: &Governor, members: &[&str], msgs: Vec<CosmosMsg>) -> u64 {
        let proposal_id = self.propose(governor, members[0], msgs);
        for member in &members[1..] {
            self.vote(governor, member, proposal_id, Vote::Yes).unwrap();
        }
        assert_eq!(self.status(governor, proposal_id), Status::Passed);
        proposal_id
    }

    /// A member proposes, and agrees to it. The number of the proposal.
    pub fn propose(&mut self, governor: &Governor, member: &str, msgs: Vec<CosmosMsg>) -> u64 {
        let outcome = self.try_propose(governor, member, msgs, None);
        proposal_id(&outcome.unwrap())
    }

    /// Somebody proposes, to be voted on until `latest` if that is sooner than usual.
    pub fn try_propose(
        &mut self,
        governor: &Governor,
        name: &str,
        msgs: Vec<CosmosMsg>,
        latest: Option<Expiration>,
    ) -> TxResult {
        let msg = MultisigMsg::Propose {
            title: "A proposal".into(),
            description: "What the vault should do.".into(),
            msgs,
            latest,
        };
        self.call_governor(governor, name, &msg)
    }

    /// A member proposes a message to the multisig exactly as a file has it, and agrees to it. The number of the
    /// proposal.
    pub fn propose_as_written(&mut self, governor: &Governor, member: &str, message: &str) -> u64 {
        let sender = self.user(member);
        let outcome = self.tx(Tx::Execute {
            sender,
            contract: governor.multisig.clone(),
            msg: message.into(),
            funds: vec![],
        });
        proposal_id(&outcome.unwrap())
    }

    /// Somebody votes.
    pub fn vote(
        &mut self,
        governor: &Governor,
        name: &str,
        proposal_id: u64,
        vote: Vote,
    ) -> TxResult {
        let msg = MultisigMsg::Vote { proposal_id, vote };
        self.call_governor(governor, name, &msg)
    }

    /// Somebody executes a proposal.
    pub fn execute_proposal(
        &mut self,
        governor: &Governor,
        name: &str,
        proposal_id: u64,
    ) -> TxResult {
        let msg = MultisigMsg::Execute { proposal_id };
        self.call_governor(governor, name, &msg)
    }

    /// Somebody closes a proposal that has expired.
    pub fn close_proposal(
        &mut self,
        governor: &Governor,
        name: &str,
        proposal_id: u64,
    ) -> TxResult {
        let msg = MultisigMsg::Close { proposal_id };
        self.call_governor(governor, name, &msg)
    }

    fn call_governor(&mut self, governor: &Governor, name: &str, msg: &MultisigMsg) -> TxResult {
        let sender = self.user(name);
        self.call_contract(&sender, &governor.multisig, msg)
    }

    /// What is known of a proposal.
    pub fn proposal(&self, governor: &Governor, proposal_id: u64) -> ProposalResponse {
        let query = json(&MultisigQuery::Proposal { proposal_id });
        let answer = self.chain.query(&governor.multisig, &query).unwrap();
        serde_json::from_str(&answer).expect("an answer of another type")
    }

    /// What becomes of a proposal.
    pub fn status(&self, governor: &Governor, proposal_id: u64) -> Status {
        self.proposal(governor, proposal_id).status
    }
}

fn proposal_id(proposed: &Outcome) -> u64 {
    let told = proposed.events.iter().rev();
    let mut told = told.filter(|event| event.ty == "wasm");
    text(told.next().unwrap(), "proposal_id").parse().unwrap()
}

/// A message to any contract, for a proposal.
pub fn of_contract<T: Serialize>(contract: &str, msg: &T) -> CosmosMsg {
    with_funds(contract, msg, vec![])
}

fn with_funds<T: Serialize>(contract: &str, msg: &T, funds: Vec<Coin>) -> CosmosMsg {
    WasmMsg::Execute {
        contract_addr: contract.into(),
        msg: Binary::from(json(msg).into_bytes()),
        funds,
    }
    .into()
}
