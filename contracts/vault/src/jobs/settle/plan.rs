//! What can be settled now: decided from the ledger, the recorded blocks and what arrived.

use cosmwasm_std::Uint128;
use defenders_accounting::{decide_settlement, PaidStatus, Settlement, Worth};

use crate::call::View;
use crate::chain::bank;
use crate::error::ContractError;
use crate::state::recorded_block;
use crate::state::unbonding::{completing_between, due_group, last_fixed, Entry, FixedGroup};
use crate::validators::marks::Marks;

/// How many entries a call settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// At most so many now, the rest of a larger group in later calls.
    PerCall(usize),
    /// Only groups that are not larger than this.
    PerGroup(usize),
}

/// What can be done about matured entries now.
#[derive(Clone, Debug)]
pub enum SettlePlan {
    /// No entry wants attention.
    Nothing,
    /// More entries than this call may touch.
    TooMany,
    /// The next recorded block will tell.
    Wait {
        /// Face value, tokens.
        tokens: Uint128,
        /// What is here, tokens.
        surplus: Uint128,
    },
    /// Only rows that were settled early and are surely paid by now.
    Cleanup(Vec<Entry>),
    /// A group that was fixed before is due.
    Fixed {
        /// Its key.
        until_nanos: u64,
        /// The group.
        group: FixedGroup,
        /// Its next entries.
        entries: Vec<Entry>,
        /// Whether these are its last.
        is_last: bool,
    },
    /// A new group.
    New(NewGroup),
}

/// Entries that are settled together.
#[derive(Clone, Debug)]
pub struct NewGroup {
    /// Its unsettled entries.
    pub entries: Vec<Entry>,
    /// Entries that were settled early and are surely paid by now.
    pub paid_before: Vec<Entry>,
    /// Entries before this completion time belong to earlier groups.
    pub after_nanos: u64,
    /// What each entry is expected to bring.
    pub marks: Marks,
    /// All of it.
    pub worth: Worth,
    /// What arrived for it, tokens.
    pub arrived: Uint128,
    /// More than 20 % of the marks is missing.
    pub is_delayed: bool,
}

impl Limit {
    /// Entries.
    #[must_use]
    pub fn entries(self) -> usize {
        let (Self::PerCall(entries) | Self::PerGroup(entries)) = self;
        entries
    }

    /// A group of so many is left to `tick`.
    fn is_passed_by(self, entries: usize) -> bool {
        matches!(self, Self::PerGroup(most) if entries > most)
    }
}

/// What can be done now by a call that came with `funds`.
///
/// # Errors
/// When storage is damaged or the bank does not answer.
pub fn plan_settlement(
    view: &View,
    funds: Uint128,
    limit: Limit,
) -> Result<SettlePlan, Box<ContractError>> {
    let now = recorded_block(&view.env.block);
    let next = view.book.next_settle_nanos;
    if next.map_or(true, |at| at > now.time_nanos) {
        return Ok(SettlePlan::Nothing);
    }
    if let Some((until_nanos, group)) = due_group(view.deps.storage, view.env.block.time)? {
        return plan_fixed(view, until_nanos, group, limit);
    }
    plan_new(view, funds, limit)
}

fn plan_fixed(
    view: &View,
    until_nanos: u64,
    group: FixedGroup,
    limit: Limit,
) -> Result<SettlePlan, Box<ContractError>> {
    let one_more = limit.entries().saturating_add(1);
    let mut entries = completing_between(
        view.deps.storage,
        group.after_nanos,
        until_nanos,
        one_more,
        |row| !row.is_settled,
    )?;
    if limit.is_passed_by(entries.len()) {
        return Ok(SettlePlan::TooMany);
    }
    let is_last = entries.len() < one_more;
    entries.truncate(limit.entries());
    Ok(SettlePlan::Fixed {
        until_nanos,
        group,
        entries,
        is_last,
    })
}

fn plan_new(view: &View, funds: Uint128, limit: Limit) -> Result<SettlePlan, Box<ContractError>> {
    let now = recorded_block(&view.env.block);
    let after_nanos = last_fixed(view.deps.storage)?;
    let most = match limit {
        Limit::PerGroup(entries) => entries.saturating_add(1),
        Limit::PerCall(_) => usize::MAX,
    };
    let matured = completing_between(view.deps.storage, after_nanos, now.time_nanos, most, |_| {
        true
    })?;
    if limit.is_passed_by(matured.len()) {
        return Ok(SettlePlan::TooMany);
    }
    let mut unsettled = vec![];
    let mut paid_before = vec![];
    let mut tokens = Uint128::zero();
    let mut any_unknown = false;
    for entry in matured {
        let status = view.book.recorded.paid_status(entry.completion_nanos, now);
        match (entry.row.is_settled, status) {
            (true, PaidStatus::Paid) => paid_before.push(entry),
            (false, PaidStatus::Paid | PaidStatus::Unknown) => {
                any_unknown |= status == PaidStatus::Unknown;
                tokens = tokens.checked_add(entry.row.tokens()?)?;
                unsettled.push(entry);
            }
            _ => {}
        }
    }
    paid_before.truncate(limit.entries());
    if unsettled.is_empty() {
        return Ok(if paid_before.is_empty() {
            SettlePlan::Nothing
        } else {
            SettlePlan::Cleanup(paid_before)
        });
    }

    let vault = &view.env.contract.address;
    let balance = bank::query_balance(&view.deps.querier, vault, &view.config.denom)?;
    let surplus = view.book.money.surplus(balance.saturating_sub(funds))?;
    // who gets its face value needs no mark, unless the share owners' price counts one
    let needs_marks = surplus < tokens || !view.book.money.marked_down.is_zero();
    let marks = if needs_marks {
        Marks::load(view.deps.storage)?
    } else {
        Marks::default()
    };
    let worth = marks.worth_of_all(&unsettled, |_| true)?;
    let settlement = decide_settlement(worth, surplus, any_unknown)?;
    Ok(match settlement {
        Settlement::Wait => SettlePlan::Wait { tokens, surplus },
        Settlement::Full | Settlement::Short | Settlement::Delay => SettlePlan::New(NewGroup {
            entries: unsettled,
            paid_before,
            after_nanos,
            marks,
            worth,
            arrived: surplus.min(tokens),
            is_delayed: settlement == Settlement::Delay,
        }),
    })
}
