//! `defenders spread`: own coins and own stake over small validators, with the own keys and no vault.

mod account;
mod args;
mod batches;
mod carry;
mod list;
mod notes;
mod report;
mod tables;
mod told;

use defenders_client::spread::{
    ListedValidator, MOST_MESSAGES, MOST_MESSAGES_ON_DEVICE, Spread, Wish, compute_spread,
};
use defenders_node::send::Draft;

use account::Account;
pub use args::Args;
use batches::{Batch, split, to_messages};
use carry::{continue_earlier, send_all, write_all};
use list::ListSource;
use notes::{Asked, Notes};
use report::Report;
use told::Told;

use crate::config::{Field, require};
use crate::input::listing::read_policy;
use crate::input::load;
use crate::output::print;
use crate::session::{Sending, Session, SessionError};
use crate::terminal::{Denom, Unit, parse_amount};

/// Plans, shows, and sends what is confirmed.
pub fn run(args: &Args) -> Result<(), SessionError> {
    if args.amount.is_none() && !args.redelegate {
        return Err(SessionError::Impossible(
            "there is nothing to spread: give --amount for coins, --redelegate for stake, or both"
                .to_string(),
        ));
    }
    let session = Session::send(&args.node, &args.send)?;
    let sending = Sending::open(&session, &args.send, args.view.json)?;
    let folder = session.pending_folder()?;
    let (chain_id, address) = (session.node.chain_id(), sending.address());
    if let Some(notes) = Notes::load(&folder, chain_id, address)? {
        if !args.anew {
            return continue_earlier(args, &session, &sending, notes);
        }
        if !args.send.dry_run {
            notes.remove()?;
        }
    }
    let source = list_source(args, &session)?;
    let account = Account::read(&session.node, address)?;
    let list = list::load(&source, &session, &account.situation)?;
    let display = args
        .view
        .denom
        .clone()
        .or_else(|| session.display_of(&account.denom));
    let plan = Plan {
        args,
        sending: &sending,
        account: &account,
        list: &list,
        block_gas: session.node.max_block_gas()?,
    };
    let (spread, amount, batches) = plan.compute(display.as_ref())?;
    let report = Report::new(address, chain_id, &source, amount, &account, &spread);
    let screen = args.view.screen(display);
    if !args.view.json {
        let told = tell_batches(&batches, &screen.unit, &account.denom);
        print(&(tables::render(&report, &screen) + &told))?;
    }
    let drafts: Vec<Draft> = batches.iter().map(|batch| batch.draft.clone()).collect();
    let told = match &args.send.generate_only {
        Some(file) => write_all(&batches, file)?,
        None if args.send.dry_run || batches.is_empty() => Told::estimates(&batches),
        None => {
            sending.confirm()?;
            let notes = Notes::new(&folder, chain_id, address, Asked::of(args), &drafts);
            send_all(&session.node, &sending, notes)?
        }
    };
    let report = serde_json::to_value(&report).unwrap_or_default();
    told::finish(args.view.json, &report, &told)
}

fn list_source(args: &Args, session: &Session) -> Result<ListSource, SessionError> {
    match &args.list {
        Some(text) => Ok(ListSource::of(text)),
        None => match require(session.config.vault.as_ref(), Field::Vault) {
            Ok(vault) => Ok(ListSource::Vault(vault.clone())),
            Err(_) => Err(SessionError::Impossible(
                "nobody said over whom to spread: give --list with the address of a vault or a file, or --vault"
                    .to_string(),
            )),
        },
    }
}

/// What a plan is made from.
struct Plan<'a> {
    args: &'a Args,
    sending: &'a Sending<'a>,
    account: &'a Account,
    list: &'a [ListedValidator],
    block_gas: Option<u64>,
}

impl<'a> Plan<'a> {
    /// What goes where, of how many coins, in which transactions.
    fn compute(
        &self,
        display: Option<&Denom>,
    ) -> Result<(Spread<'a>, u128, Vec<Batch>), SessionError> {
        let spendable = self.account.spendable;
        let unit = Unit::new(display.cloned(), true);
        let amount = match self.args.amount.as_deref() {
            None => 0,
            Some("all") => {
                // what the fees of all would be, twice: they grow while this is read
                let (_, batches) = self.try_with(spendable)?;
                let fees = self.fees(&batches).saturating_mul(2);
                match spendable.checked_sub(fees).filter(|left| *left > 0) {
                    Some(left) => left,
                    None => return Err(too_little(spendable, fees, &unit)),
                }
            }
            Some(text) => parse_amount(text, &self.account.denom, display)
                .map_err(SessionError::Impossible)?,
        };
        if amount > spendable {
            return Err(too_little(spendable, amount, &unit));
        }
        let (spread, batches) = self.try_with(amount)?;
        let placed = amount.saturating_sub(spread.unplaced);
        let needed = placed.saturating_add(self.fees(&batches));
        match needed > spendable {
            true => Err(too_little(spendable, needed, &unit)),
            false => Ok((spread, amount, batches)),
        }
    }

    fn try_with(&self, amount: u128) -> Result<(Spread<'a>, Vec<Batch>), SessionError> {
        let policy = match self.args.policy.as_deref() {
            Some(file) => Some(load(file, read_policy)?),
            None => None,
        };
        let wish = Wish {
            amount,
            redelegate: self.args.redelegate,
            policy: policy.as_ref(),
        };
        let spread = compute_spread(&self.account.situation, self.list, &wish)
            .map_err(|error| SessionError::Impossible(error.to_string()))?;
        let messages = to_messages(&spread, self.sending.address(), &self.account.denom);
        let most = match &self.args.send.generate_only {
            Some(_) => MOST_MESSAGES_ON_DEVICE,
            None => MOST_MESSAGES,
        };
        let memo = self.args.send.memo.clone().unwrap_or_default();
        let batches = split(&messages, &memo, most, self.block_gas, |draft| {
            self.sending.estimate(draft)
        })?;
        Ok((spread, batches))
    }

    /// Of the fees those that are paid in what is staked.
    fn fees(&self, batches: &[Batch]) -> u128 {
        let fees = batches.iter().map(|batch| &batch.estimate.fee);
        let own = fees.filter(|fee| fee.denom == self.account.denom);
        own.fold(0, |sum: u128, fee| sum.saturating_add(fee.amount))
    }
}

fn too_little(spendable: u128, needed: u128, unit: &Unit) -> SessionError {
    SessionError::Impossible(format!(
        "{} can be spent, and {} are needed, fees included: nothing was sent; give a smaller --amount",
        unit.tell(spendable),
        unit.tell(needed)
    ))
}

fn tell_batches(batches: &[Batch], unit: &Unit, denom: &str) -> String {
    let mut text = String::new();
    for (index, batch) in batches.iter().enumerate() {
        let estimate = &batch.estimate;
        let fee = match estimate.fee.denom == denom {
            true => unit.tell(estimate.fee.amount),
            false => estimate.fee.to_string(),
        };
        text += &format!(
            "\nTransaction {} of {}: {}\n  fee     {fee} for at most {} units of gas\n",
            index + 1,
            batches.len(),
            batch.draft.what,
            estimate.gas_limit
        );
    }
    if !batches.is_empty() {
        text += "\nRewards of every validator that is touched are paid out to the account.\n";
    }
    text
}
