//! What a user sees before something is sent, and the question.

use std::fs;
use std::io::{IsTerminal, Write, stderr, stdin};
use std::path::PathBuf;

use defenders_node::send::{Draft, Estimate};

use super::errand::{Ended, Errand};
use super::error::SessionError;
use super::sending::Sending;
use crate::output::{print, to_json};
use crate::terminal::{Unit, find_width, hang};

impl Sending<'_> {
    pub(super) fn write_unsigned(
        &self,
        draft: &Draft,
        errand: &Errand,
        file: &PathBuf,
        unit: &Unit,
    ) -> Result<Ended, SessionError> {
        if file.as_os_str() == "-" {
            return Err(SessionError::Impossible(
                "--generate-only needs the name of a file: standard output says what the transaction does"
                    .to_string(),
            ));
        }
        let policy = self.session.fee_policy();
        let estimate = draft.estimate_for(&self.session.node, self.address(), &policy)?;
        let unsigned = draft.to_unsigned(&estimate)?;
        self.show(errand, &estimate, unit)?;
        let unwritable = |error| SessionError::Unwritable {
            file: file.display().to_string(),
            error,
        };
        fs::write(file, to_json(&unsigned)?).map_err(unwritable)?;
        Ok(Ended::Written(file.clone()))
    }

    pub(super) fn show(
        &self,
        errand: &Errand,
        estimate: &Estimate,
        unit: &Unit,
    ) -> Result<(), SessionError> {
        if self.is_json {
            return Ok(());
        }
        let width = find_width();
        let mut text = hang("", &errand.draft.what, width);
        text += &hang("  from    ", self.address(), width);
        for effect in &errand.effects {
            text += &hang("  effect  ", effect, width);
        }
        let fee = format!(
            "{} for at most {} units of gas ({} in a trial run)",
            tell_fee(estimate, unit, &self.session.bond_denom()),
            estimate.gas_limit,
            estimate.gas_used
        );
        text += &hang("  fee     ", &fee, width);
        Ok(print(&text)?)
    }

    /// With `--yes` nobody sees the fee: then the node alone must not name the price.
    pub(super) fn ensure_price_is_bounded(&self) -> Result<(), SessionError> {
        let config = &self.session.config;
        let is_bounded = config.gas_price.is_some() || config.max_gas_price.is_some();
        match self.is_confirmed && !self.args.dry_run && !is_bounded {
            true => Err(SessionError::Impossible(
                "with --yes the node alone would name the price: give --gas-price or --max-gas-price, or in defenders.toml"
                    .to_string(),
            )),
            false => Ok(()),
        }
    }

    /// Asks the user, unless that is agreed to beforehand.
    pub fn confirm(&self) -> Result<(), SessionError> {
        match self.is_confirmed {
            true => Ok(()),
            false => ask_whether_to_send(self.is_json),
        }
    }
}

/// Asks whoever sits there.
pub fn ask_whether_to_send(is_json: bool) -> Result<(), SessionError> {
    if !stdin().is_terminal() || is_json {
        return Err(SessionError::NobodyToAsk);
    }
    ask("Send it?")
}

/// Goes on only when somebody at the terminal says yes to a question.
pub fn ask(question: &str) -> Result<(), SessionError> {
    let _ = write!(stderr(), "{question} [y/N] ");
    let _ = stderr().flush();
    let mut answer = String::new();
    let read = stdin().read_line(&mut answer);
    match read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes") {
        true => Ok(()),
        false => Err(SessionError::NotConfirmed),
    }
}

fn tell_fee(estimate: &Estimate, unit: &Unit, bond_denom: &str) -> String {
    match estimate.fee.denom == bond_denom {
        true => unit.tell(estimate.fee.amount),
        false => estimate.fee.to_string(),
    }
}
