//! Blocks: what an engine, the chain's own modules and the signers put into them.

use serde_json::{Value, json};

use crate::answer::{list, number, text};
use crate::error::{Outcome, Refused};
use crate::tx::{Event, Receipt, Tx, events, results};

/// What a module or governance does by itself at the beginning of a block.
#[derive(Clone, Debug)]
pub struct Act(Value);

impl Act {
    /// x/staking slashes a part, decimal text, of a validator's present stake. With a height of the
    /// infraction, entries begun since then are slashed too.
    pub fn slash(validator: &str, fraction: &str, infraction_height: Option<u64>) -> Self {
        let mut slash = json!({"validator": validator, "fraction": fraction});
        if let Some(height) = infraction_height {
            slash["height"] = height.into();
        }
        Self(json!({"slash": slash}))
    }

    /// x/staking jails a validator without a term.
    pub fn jail(validator: &str) -> Self {
        Self(json!({"jail": validator}))
    }

    /// Governance runs messages, as of a proposal that passed. Their authority is x/gov's account.
    pub fn govern(messages: impl Into<Vec<Value>>) -> Self {
        Self(json!({"govern": messages.into()}))
    }

    /// x/distribution's books say more stake of a delegation than there is, or less again when negative:
    /// every touch of it panics until then.
    pub fn overstate(delegator: &str, validator: &str, by: i64) -> Self {
        let by = by.to_string();
        Self(json!({"overstate": {"delegator": delegator, "validator": validator, "by": by}}))
    }
}

/// Collects what a block carries. Validators are named by genesis name or operator address.
#[derive(Clone, Debug, Default)]
pub struct Block {
    seconds: Option<u64>,
    absent: Vec<String>,
    evidence: Vec<(String, u64)>,
    acts: Vec<Act>,
    txs: Vec<Tx>,
    with_events: bool,
}

impl Block {
    /// So many seconds after the last block.
    pub fn after(seconds: u64) -> Self {
        Self {
            seconds: Some(seconds),
            ..Self::default()
        }
    }

    /// Without the vote of this validator, for the block before.
    pub fn absent(mut self, validator: impl Into<String>) -> Self {
        self.absent.push(validator.into());
        self
    }

    /// With evidence that this validator signed twice at a past height.
    pub fn evidence(mut self, validator: impl Into<String>, height: u64) -> Self {
        self.evidence.push((validator.into(), height));
        self
    }

    /// Without the evidence: who had no vote at a height cannot have signed there.
    pub fn without_evidence(mut self) -> Self {
        self.evidence.clear();
        self
    }

    /// With this act, after those before.
    pub fn act(mut self, act: Act) -> Self {
        self.acts.push(act);
        self
    }

    /// With this transaction, after those before.
    pub fn tx(mut self, tx: Tx) -> Self {
        self.txs.push(tx);
        self
    }

    /// And tells the events of the block itself.
    pub fn with_events(mut self) -> Self {
        self.with_events = true;
        self
    }

    pub(crate) fn to_request(&self) -> Value {
        let evidence = self.evidence.iter();
        let evidence: Vec<Value> = evidence
            .map(|(validator, height)| json!({"validator": validator, "height": height}))
            .collect();
        let acts: Vec<&Value> = self.acts.iter().map(|act| &act.0).collect();
        let txs: Vec<Value> = self.txs.iter().map(Tx::to_request).collect();
        let mut request = json!({
            "absent": self.absent,
            "evidence": evidence,
            "acts": acts,
            "txs": txs,
            "events": self.with_events,
        });
        if let Some(seconds) = self.seconds {
            request["advance"] = seconds.into();
        }
        request
    }
}

/// A block that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its height.
    pub height: u64,
    /// Its time.
    pub time_seconds: u64,
    /// What became of its transactions, in order.
    pub txs: Vec<Result<Receipt, Refused>>,
    /// Names and new powers of validators whose power changed; 0 has left.
    pub power_changes: Vec<(String, u64)>,
    /// Heights of ordinary blocks that had to go before a jump in time.
    pub settled: Vec<u64>,
    /// Events of the block itself, if wanted: minting, slashes, payments.
    pub events: Vec<Event>,
}

pub(crate) fn made(told: &Value) -> Outcome<Made> {
    let change = |told: &Value| Ok((text(&told["name"])?, number(&told["power"])?));
    Ok(Made {
        height: number(&told["height"])?,
        time_seconds: number(&told["time_seconds"])?,
        txs: results(&told["txs"])?,
        power_changes: list(&told["validator_updates"])
            .iter()
            .map(change)
            .collect::<Outcome<_>>()?,
        settled: list(&told["settled"])
            .iter()
            .map(number)
            .collect::<Outcome<_>>()?,
        events: events(&told["events"])?,
    })
}
