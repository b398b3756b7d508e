//! A watch at work: one look.

use defenders_node::{Node, Status, read_clock};
use serde_json::{Value, json};

use super::args::Args;
use super::endpoint::{EndpointAlert, why_stale};
use super::facts::{Facts, percent};
use super::judge::{Wishes, judge};
use super::teller::Teller;
use super::{page, read};
use crate::explain::find_validator;
use crate::monitor::{Page, Shared, Source};
use crate::session::{Session, SessionError, Vault};
use crate::validator_set::clean_name;

/// A validator that is watched.
pub struct Watched {
    /// Operator address.
    pub address: String,
    /// As its operator called it when the watch began, without what cannot be seen.
    pub name: Option<String>,
}

/// Who is meant by addresses and names; each once.
pub fn find_watched(node: &Node, wanted: &[String]) -> Result<Vec<Watched>, SessionError> {
    let all = node.validators()?;
    let mut watched: Vec<Watched> = Vec::new();
    for text in wanted {
        let found = find_validator(&all, text)
            .map_err(|reason| SessionError::Impossible(format!("--validator: {reason}")))?;
        if watched.iter().all(|it| it.address != found.address) {
            watched.push(Watched {
                address: found.address.clone(),
                name: clean_name(&found.moniker),
            });
        }
    }
    Ok(watched)
}

/// A watch over a connection.
pub struct Watcher<'a> {
    pub(super) args: &'a Args,
    pub(super) session: &'a Session,
    pub(super) vault: Option<&'a Vault<'a>>,
    pub(super) watched: &'a [Watched],
    pub(super) board: &'a Shared,
    /// What the chain stakes.
    pub(super) bond_denom: String,
}

impl Watcher<'_> {
    /// Looks once. While every node is behind nothing is judged by what they say: what held, holds.
    pub fn look(&mut self, teller: &mut Teller) -> Result<(), SessionError> {
        let status = self.find_freshest()?;
        for warning in self.session.node.take_warnings() {
            teller.note("node", json!({"warning": warning}));
        }
        let now = read_clock();
        let stale = why_stale(&status);
        let is_stale = stale.is_some();
        {
            let mut board = self.board.lock();
            board.put(Source::Node, Page::default(), now);
            board.put_block(status.time, is_stale);
        }
        EndpointAlert::StaleNode.tell(teller, stale, self.args.repeat, now);
        match is_stale {
            true => Ok(()),
            false => self.judge_all(teller, &status, now),
        }
    }

    fn find_freshest(&self) -> Result<Status, SessionError> {
        let mut status = self.session.node.status()?;
        for _ in 1..self.session.node.node_count() {
            if !status.is_behind() {
                break;
            }
            self.session.node.move_on();
            status = self.session.node.status()?;
        }
        Ok(status)
    }

    fn judge_all(
        &mut self,
        teller: &mut Teller,
        status: &Status,
        now: u64,
    ) -> Result<(), SessionError> {
        let wishes = Wishes {
            missed: self.args.missed,
            repeat: self.args.repeat,
        };
        let wanted: Vec<String> = self.watched.iter().map(|it| it.address.clone()).collect();
        let node = &self.session.node;
        let facts = read::look(node, self.vault, &wanted, &teller.memory, status)?;
        for facts in &facts {
            let seen = teller.memory.validators.entry(facts.validator.clone());
            let seen = seen.or_default();
            let told = judge(seen, facts, wishes, status.time, now);
            seen.note_look(facts.is_bonded, status.height);
            for told in told {
                let (event, object) = told.to_line(&facts.validator, &facts.name);
                teller.tell(event, object, now);
            }
        }
        let page = page::page(&facts, &teller.memory, &self.bond_denom);
        self.board.lock().put(Source::Validators, page, now);
        if self.args.once {
            let rows: Vec<Value> = facts.iter().map(tell_facts).collect();
            teller.note(
                "looked",
                json!({"height": status.height, "validators": rows}),
            );
        }
        Ok(())
    }
}

/// What was seen, for whoever looks once.
fn tell_facts(facts: &Facts) -> Value {
    json!({
        "validator": facts.validator,
        "name": facts.name,
        "is_bonded": facts.is_bonded,
        "is_jailed": facts.is_jailed,
        "rank": facts.rank,
        "tokens": facts.tokens.to_string(),
        "missed_blocks": facts.missed,
        "commission": percent(facts.commission),
        "max_commission": percent(facts.max_commission),
        "max_daily_change": percent(facts.max_change),
        "vault_stake": facts.vault.as_ref().map(|vault| vault.delegated.to_string()),
    })
}
