//! The report, in the shape of its JSON.

use defenders_types::{BudgetsInfo, HeldBack, Job, MoveInfo, PlanResponse, PlannedMessage};
use serde::Serialize;

/// Amounts are strings in base units, times seconds.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The vault.
    pub vault: String,
    /// Its chain.
    pub chain_id: String,
    /// The denom of all tokens.
    pub denom: String,
    /// The height of the block that is planned for.
    pub height: u64,
    /// Its time.
    pub time: u64,
    /// The job that would run; null: nothing is due.
    pub job: Option<Job>,
    /// The messages that would be sent, in their order.
    pub messages: Vec<PlannedMessage>,
    /// The moves among them, with their reasons.
    pub moves: Vec<MoveInfo>,
    /// There are more moves than one call makes.
    pub has_more: bool,
    /// Why the guard refuses all moves, if it does.
    pub refused: Option<String>,
    /// What should leave its validator and stays.
    pub held_back: Vec<HeldBack>,
    /// What the epoch still allows.
    pub budgets: BudgetsInfo,
}

impl Report {
    /// Of what the vault answered.
    pub fn new(
        vault: &str,
        chain_id: &str,
        denom: &str,
        plan: PlanResponse,
        budgets: BudgetsInfo,
    ) -> Self {
        Self {
            vault: vault.to_string(),
            chain_id: chain_id.to_string(),
            denom: denom.to_string(),
            height: plan.height,
            time: plan.time.seconds(),
            job: plan.job,
            messages: plan.messages,
            moves: plan.moves,
            has_more: plan.has_more,
            refused: plan.refused,
            held_back: plan.held_back,
            budgets,
        }
    }
}
