//! The report of `defenders status`, in the shape of its JSON.

use cosmwasm_std::{Decimal, Uint128};
use defenders_client::chain::Unseen;
use defenders_client::rates::{RateChange, compute_change};
use defenders_node::Status;
use defenders_types::{
    BatchInfo, BatchState, BrakeResponse, ChangesResponse, HealthResponse, JobState, JobsResponse,
    RateResponse, RateSample, TotalsResponse, ValidatorInfo, ValidatorStatus,
};
use serde::Serialize;

use super::troubles::find_troubles;
use crate::concentration::{Metrics, States};

/// Everything that was asked.
pub struct Answers {
    /// The vault's address.
    pub vault: String,
    /// Of all tokens.
    pub denom: String,
    /// The node.
    pub status: Status,
    /// All validators that the vault knows.
    pub known: Vec<ValidatorInfo>,
    /// What the vault has not read of them yet.
    pub unseen: Vec<Unseen>,
    /// Its book.
    pub totals: TotalsResponse,
    /// Its rate now.
    pub rate: RateResponse,
    /// Its rates before.
    pub rates: Vec<RateSample>,
    /// All its batches.
    pub batches: Vec<BatchInfo>,
    /// Its jobs.
    pub jobs: JobsResponse,
    /// Its health.
    pub health: HealthResponse,
    /// The guardian's brake.
    pub brake: BrakeResponse,
    /// What waits.
    pub changes: ChangesResponse,
    /// Of the chain.
    pub concentration: States<Metrics>,
}

/// Amounts are strings in base units, shares and rates decimal strings, times seconds.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The vault.
    pub vault: String,
    /// Its chain.
    pub chain_id: String,
    /// Height of the latest block before anything was asked.
    pub height: u64,
    /// Its time.
    pub time: u64,
    /// The denom of all tokens.
    pub denom: String,
    /// What all shares are worth.
    pub total_assets: Uint128,
    /// All shares.
    pub total_shares: Uint128,
    /// Tokens of a share.
    pub tokens_per_share: Decimal,
    /// How that has changed.
    pub rate_changes: Vec<RateChange>,
    /// Of the total assets: delegated.
    pub bonded: Uint128,
    /// Of the total assets: in the bank.
    pub idle: Uint128,
    /// Of the total assets: on its way to be delegated again.
    pub restaking: Uint128,
    /// In the bank for claims.
    pub claimable: Uint128,
    /// Batches that are not fully claimed.
    pub batches: Vec<BatchRow>,
    /// Jobs that are due.
    pub jobs_due: Vec<JobState>,
    /// The first job that is due next, where none is.
    pub next_job: Option<JobState>,
    /// How many validators the vault knows, by what becomes of them.
    pub validators: Counts,
    /// What the chain says of them now, and the vault has not read yet: it counts them as they were at its last
    /// refresh.
    pub unseen: Vec<Unseen>,
    /// What the listed validators can take at most.
    pub capacity: Uint128,
    /// What is left of that.
    pub capacity_left: Uint128,
    /// As the vault answers.
    pub health: HealthResponse,
    /// As the vault answers.
    pub brake: BrakeResponse,
    /// How many changes wait.
    pub changes_waiting: usize,
    /// Of the chain, with the vault's stake and without it.
    pub concentration: States<Metrics>,
    /// What is not as it should be, in words. Empty: all is well.
    pub troubles: Vec<String>,
}

/// A batch.
#[derive(Debug, Serialize)]
pub struct BatchRow {
    /// Its number.
    pub batch_id: u64,
    /// Where it stands.
    pub state: BatchState,
    /// Shares of all requests.
    pub shares: Uint128,
    /// What it pays, or the estimate, of what is not claimed yet.
    pub tokens: Uint128,
    /// When it pays at the earliest; null: now, or not known.
    pub pays_earliest: Option<u64>,
    /// When at the latest, with a `tick {}` an hour.
    pub pays_latest: Option<u64>,
}

/// Validators.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// On the list.
    pub listed: usize,
    /// May be given stake.
    pub eligible: usize,
    /// Neither given stake nor left.
    pub waiting: usize,
    /// Being left.
    pub leaving: usize,
}

impl Report {
    /// Of what was answered.
    pub fn new(answers: Answers) -> Self {
        let Answers { totals, health, .. } = answers;
        let now = answers.status.time;
        let rate = answers.rate.tokens_per_share;
        let changes = [7, 30].map(|days| compute_change(rate, &answers.rates, now, days));
        let free = totals.idle.saturating_sub(totals.reserve);
        let placed = [totals.bonded, free, totals.restaking]
            .into_iter()
            .fold(Uint128::zero(), Uint128::saturating_add);
        let (due, waiting): (Vec<JobState>, Vec<JobState>) =
            answers.jobs.jobs.into_iter().partition(|job| job.due);
        let next_job = waiting
            .into_iter()
            .filter(|job| job.next_at.is_some())
            .min_by_key(|job| job.next_at);
        Self {
            troubles: find_troubles(
                &totals,
                &health,
                &answers.brake,
                &answers.changes,
                &due,
                now,
            ),
            vault: answers.vault,
            chain_id: answers.status.chain_id,
            height: answers.status.height,
            time: now,
            denom: answers.denom,
            total_assets: answers.rate.total_assets,
            total_shares: answers.rate.total_shares,
            tokens_per_share: rate,
            rate_changes: changes.into(),
            bonded: totals.bonded,
            idle: totals.idle,
            restaking: totals.restaking,
            claimable: totals.claimable,
            batches: open_batches(&answers.batches),
            jobs_due: due,
            next_job,
            validators: count(&answers.known),
            unseen: answers.unseen,
            capacity: totals.capacity,
            capacity_left: totals.capacity.saturating_sub(placed),
            health,
            brake: answers.brake,
            changes_waiting: {
                let all = answers.changes.changes.iter();
                all.filter(|change| now < change.expires_at).count()
            },
            concentration: answers.concentration,
        }
    }
}

fn count(known: &[ValidatorInfo]) -> Counts {
    let of = |status: ValidatorStatus| {
        let found = known.iter().filter(|info| info.status == status);
        found.count()
    };
    Counts {
        listed: known.iter().filter(|info| info.listed).count(),
        eligible: of(ValidatorStatus::Eligible),
        waiting: of(ValidatorStatus::Waiting),
        leaving: of(ValidatorStatus::Leaving),
    }
}

/// A unit for each claimant may stay in a batch that is claimed.
fn open_batches(batches: &[BatchInfo]) -> Vec<BatchRow> {
    let rows = batches.iter().map(|batch| BatchRow {
        batch_id: batch.batch_id,
        state: batch.state,
        shares: batch.shares,
        tokens: batch.tokens_estimate.saturating_sub(batch.claimed),
        pays_earliest: batch.pays_at.as_ref().map(|at| at.earliest),
        pays_latest: batch.pays_at.as_ref().map(|at| at.latest),
    });
    rows.filter(|row| row.state != BatchState::Claimable || !row.tokens.is_zero())
        .collect()
}
