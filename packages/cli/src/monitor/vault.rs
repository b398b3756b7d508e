//! What the vault answers, as metrics.

use std::collections::{BTreeMap, BTreeSet};

use defenders_node::NodeError;
use defenders_node::read::ValidatorInfo as ChainValidator;
use defenders_types::{
    BatchInfo, BatchState, BrakeResponse, Change, ChangesResponse, Exclusion, HealthResponse,
    JobState, QueryMsg, SolvencyResponse, TotalsResponse, ValidatorInfo, ValidatorStatus,
};

use super::metric::{Page, Value};
use super::names;
use crate::session::Vault;

/// Everything that the metrics are made of.
pub struct VaultReading {
    /// Base denom.
    pub denom: String,
    /// `totals {}`.
    pub totals: TotalsResponse,
    /// `health {}`.
    pub health: HealthResponse,
    /// `solvency {}`.
    pub solvency: SolvencyResponse,
    /// `brake {}`.
    pub brake: BrakeResponse,
    /// `changes {}`.
    pub changes: ChangesResponse,
    /// All batches.
    pub batches: Vec<BatchInfo>,
    /// All validators.
    pub validators: Vec<ValidatorInfo>,
}

impl VaultReading {
    /// Asks the vault.
    pub fn read(vault: &Vault<'_>) -> Result<Self, NodeError> {
        Ok(Self {
            denom: vault.config.denom.clone(),
            totals: vault.ask(&QueryMsg::Totals {})?,
            health: vault.ask(&QueryMsg::Health {})?,
            solvency: vault.ask(&QueryMsg::Solvency {})?,
            brake: vault.ask(&QueryMsg::Brake {})?,
            changes: vault.ask(&QueryMsg::Changes {})?,
            batches: vault.batches()?,
            validators: vault.validators()?,
        })
    }

    /// As metrics, at a time of the chain.
    pub fn page(&self, now: u64) -> Page {
        let mut page = Page::default();
        let denom = [self.denom.as_str()];
        let (totals, health) = (&self.totals, &self.health);
        page.set(&names::WORTH, &denom, totals.total_assets);
        page.set(&names::SUPPLY, &[], totals.total_shares);
        let rate = Value::ratio_floor(totals.total_assets.u128(), totals.total_shares.u128());
        page.set_some(&names::RATE, &[], rate);
        page.set(&names::BONDED, &denom, totals.bonded);
        page.set(&names::IDLE, &denom, totals.idle);
        page.set(&names::RESERVE, &denom, totals.reserve);
        page.set(&names::DEFICIT, &denom, self.solvency.deficit);
        page.set(&names::CHAIN_SHARE, &[], health.chain_share);
        page.set(&names::SOFT_LIMIT, &[], health.soft_limit);
        page.set(&names::HARD_LIMIT, &[], health.hard_limit);
        page.set(&names::UNPLACED, &denom, health.unplaced);
        let evacuable = Value::ratio_floor(health.evacuable.u128(), totals.bonded.u128());
        page.set_some(&names::EVACUABLE, &[], evacuable);
        page.set_some(&names::POWERS_AGE, &[], health.powers_age);
        page.set(&names::POWERS_STALE, &[], health.powers_stale);
        page.set(&names::BOOK_AGE, &[], health.book_age);
        page.set(&names::IN_DOUBT, &[], totals.doubt.is_some());
        page.set(&names::SUSPECT, &[], health.suspect.is_some());
        page.set(&names::FOREIGN_ADMIN, &[], !health.is_own_admin);
        let is_braked = self.brake.until.is_some_and(|until| until > now);
        page.set(&names::BRAKE, &[], is_braked);
        self.add_batches(&mut page, now);
        self.add_validators(&mut page);
        self.add_changes(&mut page, now);
        page
    }

    /// What the chain says now of whom the vault lists: the vault itself sees it at its next snapshot only.
    pub fn chain_page(&self, validators: &[ChainValidator]) -> Page {
        let listed: BTreeSet<&str> = self
            .validators
            .iter()
            .filter(|validator| validator.listed)
            .map(|validator| validator.validator.as_str())
            .collect();
        // who is tombstoned is jailed, too
        let jailed = validators
            .iter()
            .filter(|it| it.is_jailed && listed.contains(it.address.as_str()));
        let mut page = Page::default();
        page.set(&names::JAILED, &[], jailed.count());
        page
    }

    fn add_batches(&self, page: &mut Page, now: u64) {
        for (state, name) in [
            (BatchState::Open, "open"),
            (BatchState::Submitting, "submitting"),
            (BatchState::Unbonding, "unbonding"),
            (BatchState::Claimable, "claimable"),
        ] {
            let own = || {
                let batches = self.batches.iter();
                batches.filter(|batch| batch.state == state && !is_paid(batch))
            };
            page.set(&names::BATCHES, &[name], own().count());
            let oldest = own().filter_map(|batch| batch.submitted_at).min();
            let age = oldest.map(|since| now.saturating_sub(since));
            page.set_some(&names::BATCH_AGE, &[name], age);
        }
        let late = self
            .batches
            .iter()
            .filter(|batch| batch.state != BatchState::Claimable)
            .filter_map(|batch| Some(now.saturating_sub(batch.pays_at.as_ref()?.latest)))
            .max();
        page.set(&names::BATCH_LATE, &[], late.unwrap_or(0));
        page.set(&names::UNPAID, &[&self.denom], self.unpaid());
    }

    /// What can be claimed: all that is set aside, less what is for batches that cannot be claimed yet.
    fn unpaid(&self) -> u128 {
        let others = self
            .batches
            .iter()
            .filter(|batch| batch.state != BatchState::Claimable)
            .map(|batch| batch.tokens.u128())
            .fold(0, u128::saturating_add);
        self.totals.claimable.u128().saturating_sub(others)
    }

    fn add_validators(&self, page: &mut Page) {
        let listed = || self.validators.iter().filter(|validator| validator.listed);
        page.set(&names::LISTED, &[], listed().count());
        let mut excluded: BTreeMap<&'static str, usize> = BTreeMap::new();
        for reason in listed().filter_map(|validator| validator.exclusion) {
            *excluded.entry(name_of(reason)).or_default() += 1;
        }
        for (reason, count) in excluded {
            page.set(&names::EXCLUDED, &[reason], count);
        }
        let is_jailed = |validator: &&ValidatorInfo| {
            matches!(
                validator.exclusion,
                Some(Exclusion::Jailed | Exclusion::Tombstoned)
            )
        };
        page.set(&names::JAILED_SEEN, &[], listed().filter(is_jailed).count());
        let leaving = self
            .validators
            .iter()
            .filter(|validator| validator.status == ValidatorStatus::Leaving);
        page.set(&names::LEAVING, &[], leaving.count());
        let used = self
            .validators
            .iter()
            .filter(|validator| validator.status == ValidatorStatus::Eligible)
            .filter_map(|validator| {
                let ratio =
                    cosmwasm_std::Decimal::checked_from_ratio(validator.delegated, validator.cap);
                ratio.ok()
            })
            .max();
        page.set_some(&names::CAP_USED, &[], used);
    }

    fn add_changes(&self, page: &mut Page, now: u64) {
        let waiting = || {
            let changes = self.changes.changes.iter();
            changes.filter(|change| change.expires_at > now)
        };
        for kind in ["setting", "listings", "upgrade"] {
            let own = waiting().filter(|change| kind_of(&change.change) == kind);
            page.set(&names::CHANGES, &[kind], own.count());
        }
        page.set_some(&names::UPGRADE_DUE, &[], upgrade_due_in(&self.changes, now));
    }
}

fn kind_of(change: &Change) -> &'static str {
    match change {
        Change::Setting { .. } => "setting",
        Change::Listings { .. } => "listings",
        Change::Upgrade { .. } => "upgrade",
    }
}

/// Seconds until an upgrade may be carried out; None where none waits.
pub fn upgrade_due_in(changes: &ChangesResponse, now: u64) -> Option<u64> {
    changes
        .changes
        .iter()
        .filter(|change| matches!(change.change, Change::Upgrade { .. }))
        .filter(|change| change.expires_at > now)
        .map(|change| change.due_at.saturating_sub(now))
        .min()
}

/// How long each job has been due, at a time of the chain.
pub fn jobs_page(jobs: &[JobState], now: u64) -> Page {
    let mut page = Page::default();
    let mut oldest = 0;
    for state in jobs {
        let since = state.due_since.filter(|_| state.due);
        let seconds = since.map_or(0, |since| now.saturating_sub(since));
        oldest = oldest.max(seconds);
        page.set(&names::JOB_DUE, &[state.job.as_str()], seconds);
    }
    page.set(&names::OLDEST_DUE, &[], oldest);
    page
}

/// Whether everybody is paid. What rounding leaves of a batch goes back to the pool, and its tokens still count it: less
/// than a ten thousandth is taken for that.
fn is_paid(batch: &BatchInfo) -> bool {
    let left = batch.tokens.saturating_sub(batch.claimed);
    batch.state == BatchState::Claimable && left.u128() <= batch.tokens.u128() / 10_000
}

/// As answers say it.
pub fn name_of(reason: Exclusion) -> &'static str {
    match reason {
        Exclusion::NotListed => "not_listed",
        Exclusion::Draining => "draining",
        Exclusion::Expired => "expired",
        Exclusion::Tombstoned => "tombstoned",
        Exclusion::Jailed => "jailed",
        Exclusion::NotBonded => "not_bonded",
        Exclusion::Unknown => "unknown",
        Exclusion::CommissionCeiling => "commission_ceiling",
        Exclusion::Commission => "commission",
        Exclusion::CommissionLately => "commission_lately",
        Exclusion::TopThird => "top_third",
        Exclusion::NearTopThird => "near_top_third",
    }
}
