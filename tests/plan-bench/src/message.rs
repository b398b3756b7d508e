//! What it is asked, and answers.

use cosmwasm_schema::cw_serde;

/// What it answers.
#[cw_serde]
pub struct QueryMsg {
    /// Validators.
    pub validators: u32,
    /// Groups, each validator in one of them.
    pub groups: u32,
    /// How often caps and targets are computed.
    pub targets: u32,
    /// How often moves are planned.
    pub plans: u32,
}

/// What came out, so that nothing is left out of the work.
#[cw_serde]
pub struct Answer {
    /// Moves of all plans together.
    pub moves: u32,
}
