//! Which steps of a deployment are left, and what those cost that can be tried now. Nothing is sent.

use std::collections::BTreeMap;

use defenders_node::send::Estimate;
use defenders_types::{HealthResponse, QueryMsg};

use super::first::ended_as;
use super::message::describe;
use super::preview::{Fee, Preview, StepLeft};
use super::steps::{Deployment, GROUP, MULTISIG, REWARD_POT, Step, VAULT};
use crate::session::{SessionError, Vault};

/// Steps as they are found, numbered.
struct Steps<'a> {
    deployment: &'a Deployment<'a>,
    steps: Vec<StepLeft>,
}

impl Deployment<'_> {
    /// What is left to do; nothing is sent.
    pub(super) fn preview(&self) -> Result<Preview, SessionError> {
        let mut steps = Steps {
            deployment: self,
            steps: Vec::new(),
        };
        let founded = self.preview_contracts(&mut steps)?;
        self.preview_first(&mut steps, founded)?;
        self.preview_opening(&mut steps)?;
        let known_fees = add_up(&steps.steps)?;
        self.ensure_fees(&known_fees)?;
        let tell = |(denom, sum): (String, u128)| (denom, sum.to_string());
        Ok(Preview {
            known_fees: known_fees.into_iter().map(tell).collect(),
            base: self
                .session
                .config
                .denom_base
                .as_ref()
                .map(|base| base.value.clone())
                .unwrap_or_default(),
            steps: steps.steps,
        })
    }

    /// The deployer has what the fees are that can be told now.
    fn ensure_fees(&self, fees: &BTreeMap<String, u128>) -> Result<(), SessionError> {
        let address = self.key()?.address().to_string();
        for (denom, sum) in fees {
            let balance = self.node().balance(&address, denom)?;
            if balance < *sum {
                return Err(SessionError::Impossible(format!(
                    "{address} has {balance}{denom}, and the fees that can be told now are {sum}{denom}"
                )));
            }
        }
        Ok(())
    }

    /// The number of the step that makes the vault, where it is not there.
    fn preview_contracts(&self, steps: &mut Steps<'_>) -> Result<Option<usize>, SessionError> {
        let state = &self.state;
        if state.multisig.is_none() && self.config.multisig.address.is_none() {
            let (group, first) = steps.code(GROUP)?;
            let (multisig, second) = steps.code(MULTISIG)?;
            let step = self.founding_multisig(group, multisig)?;
            steps.add(step, after(&[first, second]), &[group, multisig])?;
        }
        if state.vault.is_some() {
            return Ok(None);
        }
        let (pot, first) = steps.code(REWARD_POT)?;
        let (vault, second) = steps.code(VAULT)?;
        let step = self.founding_vault(pot, vault)?;
        steps.add(step, after(&[first, second]), &[vault])?;
        Ok(Some(steps.steps.len()))
    }

    fn preview_first(
        &self,
        steps: &mut Steps<'_>,
        founded: Option<usize>,
    ) -> Result<(), SessionError> {
        let Some(first) = self
            .config
            .first
            .as_ref()
            .filter(|_| !self.state.is_executed)
        else {
            return Ok(());
        };
        let now = self.node().status()?.time;
        let Some(id) = self.state.proposal else {
            if let Some(step) = self.proposing(self.state.proposed_at.unwrap_or(now))? {
                steps.add(step, after(&[founded]), &[])?;
            }
            let proposed = steps.steps.len();
            for name in &first.voters {
                let address = self.key_of(name)?.address().to_string();
                steps.announce(
                    format!("Vote yes as {name}, while the proposal is open"),
                    address,
                    proposed,
                );
            }
            let own = self.key()?.address().to_string();
            let last = steps.steps.len();
            steps.announce(
                "Carry out the proposal, once it has passed".to_string(),
                own,
                last,
            );
            return Ok(());
        };
        let multisig = self.owner()?;
        let status = self.status_of(&multisig, id)?;
        if status == "open" {
            for name in &first.voters {
                if let Some(step) = self.voting(name, id)? {
                    steps.add(step, None, &[])?;
                }
            }
        }
        let waits = match status.as_str() {
            "executed" => return Ok(()),
            "passed" => None,
            "open" => Some(format!("proposal {id} has passed")),
            ended => return Err(ended_as(&multisig, id, ended)),
        };
        steps.add(self.carrying_out(id)?, waits, &[])
    }

    fn preview_opening(&self, steps: &mut Steps<'_>) -> Result<(), SessionError> {
        let before = steps.steps.len();
        let has_read = match &self.state.vault {
            Some(address) => {
                let vault = Vault::open(self.node(), address)?;
                let health: HealthResponse = vault.ask(&QueryMsg::Health {})?;
                health.powers_age.is_some() && health.is_own_admin
            }
            None => false,
        };
        if !self.state.is_refreshed && !has_read {
            let waits = after(&[(before > 0).then_some(before)]);
            steps.add(self.refreshing()?, waits, &[])?;
        }
        if let Some((_, step)) = self.depositing()? {
            let before = steps.steps.len();
            steps.add(step, after(&[(before > 0).then_some(before)]), &[])?;
        }
        Ok(())
    }
}

impl Steps<'_> {
    /// A code as noted; or its number is not known yet, and it is stored in a step, of that number.
    fn code(&mut self, name: &str) -> Result<(u64, Option<usize>), SessionError> {
        if let Some(code) = self.deployment.state.codes.get(name) {
            return Ok((*code, None));
        }
        let step = self.deployment.storing(name)?;
        self.add(step, None, &[])?;
        Ok((0, Some(self.steps.len())))
    }

    /// A step; its fee is asked for unless it waits for something. A code of 0 is not known yet.
    fn add(
        &mut self,
        step: Step,
        waits: Option<String>,
        codes: &[u64],
    ) -> Result<(), SessionError> {
        let fee = match waits {
            Some(_) => None,
            None => Some(self.estimate(&step)?),
        };
        let messages = step.errand.draft.messages.iter().enumerate();
        let messages = messages.map(|(at, message)| {
            let is_unknown = codes.get(at) == Some(&0);
            describe(message, is_unknown)
        });
        self.steps.push(StepLeft {
            number: self.steps.len() + 1,
            messages: messages.collect(),
            what: step.errand.draft.what,
            from: step.key.address().to_string(),
            effects: step.errand.effects,
            fee: fee.map(|estimate| Fee {
                amount: estimate.fee.amount.to_string(),
                denom: estimate.fee.denom,
                gas_limit: estimate.gas_limit,
            }),
            fee_is_known_after: waits,
        });
        Ok(())
    }

    /// A step whose message is not known yet.
    fn announce(&mut self, what: String, from: String, after_step: usize) {
        self.steps.push(StepLeft {
            number: self.steps.len() + 1,
            what,
            from,
            effects: vec![],
            messages: vec![],
            fee: None,
            fee_is_known_after: after(&[Some(after_step)]),
        });
    }

    fn estimate(&self, step: &Step) -> Result<Estimate, SessionError> {
        let session = self.deployment.session_of(step);
        let (draft, policy) = (&step.errand.draft, session.fee_policy());
        Ok(draft.estimate_for(&session.node, step.key.address(), &policy)?)
    }
}

/// What a step waits for: others, by their numbers.
fn after(steps: &[Option<usize>]) -> Option<String> {
    let numbers: Vec<String> = steps.iter().flatten().map(usize::to_string).collect();
    match numbers.as_slice() {
        [] => None,
        [one] => Some(format!("step {one}")),
        several => Some(format!("steps {}", several.join(" and "))),
    }
}

fn add_up(steps: &[StepLeft]) -> Result<BTreeMap<String, u128>, SessionError> {
    let mut sums: BTreeMap<String, u128> = BTreeMap::new();
    for fee in steps.iter().filter_map(|step| step.fee.as_ref()) {
        let amount: u128 = fee.amount.parse().unwrap_or_default();
        let sum = sums.entry(fee.denom.clone()).or_default();
        *sum = sum
            .checked_add(amount)
            .ok_or_else(|| SessionError::Broken("fees do not fit into 128 bits".to_string()))?;
    }
    Ok(sums)
}
