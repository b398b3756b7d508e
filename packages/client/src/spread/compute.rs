//! What goes where: coins first, because they are bound to nothing, then stake.

use defenders_allocation::{
    AllocationError, Departure, FillInput, Groups, LEAST_REDELEGATION, LiveEntries, MoveKind,
    PlanInput, PlanLimits, PlanRow, Policy, Snapshot, Standing, Unmoved, Validator, WhyUnmoved,
    compute_caps, compute_fill_list, compute_plan, compute_plan_rows,
};

use super::draft::{Candidate, find_candidates, is_bonded};
use super::groups::compute_groups;
use super::list::ListedValidator;
use super::situation::Situation;
use crate::rule::default_policy;

/// Nothing smaller than this part of everything is moved or delegated: 0.05 %.
const LEAST_PART: u128 = 2_000;
/// More moves than anybody signs.
const MOST_MOVES: usize = 500;

/// What is wanted.
pub struct Wish<'a> {
    /// Coins to delegate.
    pub amount: u128,
    /// Whether stake moves.
    pub redelegate: bool,
    /// Caps and floor; None: what a vault starts with.
    pub policy: Option<&'a Policy>,
}

/// What goes where.
pub struct Spread<'a> {
    /// Everybody with whom it has to do, in ascending operator address.
    pub candidates: Vec<Candidate<'a>>,
    /// What the account has with each of them then.
    pub after: Vec<u128>,
    /// The most that each may get.
    pub caps: Vec<u128>,
    /// Coins: to whom, how many.
    pub delegations: Vec<(usize, u128)>,
    /// Stake: from whom, to whom, how much.
    pub redelegations: Vec<(usize, usize, u128)>,
    /// Stake that should move and cannot.
    pub blocked: Vec<Blocked>,
    /// Coins that find no place.
    pub unplaced: u128,
    /// Caps and floor, as in force.
    pub policy: Policy,
}

/// Stake that should move and cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// From whom.
    pub index: usize,
    /// How much.
    pub tokens: u128,
    /// Why.
    pub why: WhyBlocked,
    /// From then on it can, seconds; None when no time is known.
    pub until: Option<u64>,
}

/// Why stake cannot move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyBlocked {
    /// It was moved there, and is bound until that is over.
    RedelegationLocked,
    /// All entries of the pairs that could take it are used up.
    Entries,
    /// Nobody else has a place within the caps.
    NoDestination,
    /// More moves than are planned at once.
    MaxMoves,
}

/// Works it out.
pub fn compute_spread<'a>(
    situation: &'a Situation,
    list: &'a [ListedValidator],
    wish: &Wish<'_>,
) -> Result<Spread<'a>, AllocationError> {
    let candidates = find_candidates(situation, list);
    let eligible = candidates.iter().filter(|it| it.is_eligible()).count();
    let policy = match wish.policy {
        Some(policy) => policy.clone(),
        None => default_policy(eligible),
    };
    let groups = compute_groups(&candidates)?;
    let mut validators: Vec<Validator> = candidates
        .iter()
        .map(|candidate| candidate.validator(situation))
        .collect();
    // what can come to rest on the list: caps are shares of it
    let base = candidates
        .iter()
        .filter(|it| wish.redelegate || it.is_eligible())
        .try_fold(wish.amount, |sum, it| add(sum, it.own))?;
    let total_bonded = compute_total_bonded(situation, wish.amount)?;
    let least = (base / LEAST_PART).max(LEAST_REDELEGATION);
    let chain = Chain {
        base,
        total_bonded,
        policy: &policy,
        groups: &groups,
        least,
    };
    let caps = compute_caps(base, total_bonded, &policy, &validators)?;
    let delegations = chain.fill(&mut validators, wish.amount)?;
    for (index, tokens) in &delegations {
        if let Some(validator) = validators.get_mut(*index) {
            validator.delegated = add(validator.delegated, *tokens)?;
        }
    }
    let placed = delegations
        .iter()
        .try_fold(0, |sum, (_, tokens)| add(sum, *tokens))?;
    let unplaced = wish.amount.saturating_sub(placed);
    let mut after: Vec<u128> = validators.iter().map(|it| it.delegated).collect();
    let (mut redelegations, mut blocked) = (Vec::new(), Vec::new());
    if wish.redelegate {
        (redelegations, blocked) = chain.rearrange(situation, validators, unplaced)?;
    }
    for (source, destination, tokens) in &redelegations {
        if let Some(held) = after.get_mut(*source) {
            *held = held.saturating_sub(*tokens);
        }
        if let Some(held) = after.get_mut(*destination) {
            *held = add(*held, *tokens)?;
        }
    }
    Ok(Spread {
        after,
        caps: caps.into_iter().map(|cap| cap.tokens).collect(),
        delegations,
        redelegations,
        blocked,
        unplaced,
        policy,
        candidates,
    })
}

/// All that is bonded, and what comes on top.
fn compute_total_bonded(situation: &Situation, amount: u128) -> Result<u128, AllocationError> {
    let bonded = situation.validators.iter().filter(|info| is_bonded(info));
    bonded.map(|info| info.tokens).try_fold(amount, add)
}

fn add(left: u128, right: u128) -> Result<u128, AllocationError> {
    left.checked_add(right)
        .ok_or(AllocationError::SumOverflow { left, right })
}

/// What the rule is told beside the validators.
struct Chain<'a> {
    base: u128,
    total_bonded: u128,
    policy: &'a Policy,
    groups: &'a Groups,
    least: u128,
}

impl Chain<'_> {
    /// Where coins go. Who would get less than the least part is left out, the one with the least first, and his
    /// part goes to others.
    fn fill(
        &self,
        validators: &mut [Validator],
        amount: u128,
    ) -> Result<Vec<(usize, u128)>, AllocationError> {
        loop {
            let list = compute_fill_list(&FillInput {
                // no part of it ahead: the coins are all there is
                total: 0,
                base: self.base,
                total_bonded: self.total_bonded,
                idle: amount,
                min_delegation: 1,
                max_slots: usize::MAX,
                policy: self.policy,
                validators,
                groups: self.groups,
                now: 0,
            })?;
            let slots = list.slots.iter().map(|slot| (slot.index, slot.tokens));
            let smallest = slots
                .clone()
                .min_by_key(|(index, tokens)| (*tokens, *index));
            match smallest {
                Some((index, tokens)) if tokens < self.least && list.slots.len() > 1 => {
                    if let Some(validator) = validators.get_mut(index) {
                        validator.locks.retry_at = Some(u64::MAX);
                    }
                }
                _ => return Ok(slots.collect()),
            }
        }
    }

    /// Where stake goes, and what cannot.
    #[allow(clippy::type_complexity)]
    fn rearrange(
        &self,
        situation: &Situation,
        mut validators: Vec<Validator>,
        unplaced: u128,
    ) -> Result<(Vec<(usize, usize, u128)>, Vec<Blocked>), AllocationError> {
        for validator in &mut validators {
            if !validator.is_eligible() {
                validator.standing = Standing::Leaving(Departure::Ineligible);
            }
        }
        let rows = compute_plan_rows(
            // what finds no place as coins finds none as stake
            self.base.saturating_sub(unplaced),
            self.base,
            self.total_bonded,
            self.policy,
            validators,
            self.groups,
        )?
        .rows;
        let live = live_entries(situation, &rows);
        let plan = compute_plan(&PlanInput {
            base: self.base,
            snapshot: Snapshot::Trusted,
            rows: &rows,
            groups: self.groups,
            live: &live,
            now: situation.now,
            limits: PlanLimits {
                quality_budget: u128::MAX,
                emergency_budget: u128::MAX,
                owner_budget: u128::MAX,
                max_moves: MOST_MOVES,
                min_move: self.least,
                least_redelegation: LEAST_REDELEGATION,
                dead_band: self.least,
                max_entries: situation.max_entries,
            },
        })?;
        let moves = plan.moves.iter().filter_map(|planned| match planned.kind {
            MoveKind::Redelegate { destination } => {
                Some((planned.source, destination, planned.tokens))
            }
            MoveKind::Undelegate => None,
        });
        let blocked = plan
            .unmoved
            .iter()
            .filter_map(|unmoved| blocked(situation, &rows, unmoved));
        Ok((moves.collect(), blocked.collect()))
    }
}

fn live_entries(situation: &Situation, rows: &[PlanRow]) -> Vec<LiveEntries> {
    let index_of = |address: &str| {
        let mut all = rows.iter();
        all.position(|row| row.validator.address == address)
    };
    let entries = situation.redelegations.iter().filter_map(|it| {
        Some(LiveEntries {
            source: index_of(&it.source)?,
            destination: index_of(&it.destination)?,
            entries: 1,
        })
    });
    entries.collect()
}

/// Why stake stays that should go; None where it is too little to matter.
fn blocked(situation: &Situation, rows: &[PlanRow], unmoved: &Unmoved) -> Option<Blocked> {
    let row = rows.get(unmoved.index)?;
    let blocked = |why, until| {
        Some(Blocked {
            index: unmoved.index,
            tokens: unmoved.tokens,
            why,
            until,
        })
    };
    let address = row.validator.address.as_str();
    if let Some(until) = row.validator.locks.redelegation_locked_until {
        return match unmoved.why {
            WhyUnmoved::DeadBand | WhyUnmoved::MinMove | WhyUnmoved::Evenness => None,
            _ => blocked(WhyBlocked::RedelegationLocked, Some(until)),
        };
    }
    match unmoved.why {
        WhyUnmoved::Entries => {
            let others = rows.iter().map(|row| row.validator.address.as_str());
            let times = others.filter_map(|other| situation.entry_free_at(address, other));
            blocked(WhyBlocked::Entries, times.min())
        }
        WhyUnmoved::NoDestination | WhyUnmoved::NoEntry | WhyUnmoved::GroupCap => {
            blocked(WhyBlocked::NoDestination, None)
        }
        WhyUnmoved::MaxMoves => blocked(WhyBlocked::MaxMoves, None),
        _ => None,
    }
}
