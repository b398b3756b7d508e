//! What the owner may change, and how long everybody has to leave first.

use cosmwasm_std::{Binary, Decimal, Uint128};
use defenders_json::{answer, message};

use crate::vault::ListingInput;

message! {
    /// A new value for a setting.
    pub struct SettingInput {
        /// Its name in the table of settings.
        pub name: String,
        /// As in the table: `0.05` for shares, whole seconds, base units or numbers, an address, or a source such
        /// as `grpc`, `attested:ADDRESS`, `rank:60`. Absent: none.
        pub value: Option<String>,
    }
}

message! {
    /// A contract whose code the vault may replace, as its admin.
    #[derive(Copy, Eq)]
    pub enum OwnContract {
        /// The vault itself.
        Vault,
        /// Its reward pot.
        RewardPot,
    }
}

impl OwnContract {
    /// As in messages and events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vault => "vault",
            Self::RewardPot => "reward_pot",
        }
    }
}

answer! {
    /// All changes that wait.
    pub struct ChangesResponse {
        /// How long a change waits that is scheduled now, seconds.
        pub exit_delay: u64,
        /// Whether anybody has ever deposited. Before, nothing waits.
        pub has_depositors: bool,
        /// Oldest first, at most 20. One that has expired stays until another is scheduled.
        pub changes: Vec<ChangeInfo>,
    }
}

answer! {
    /// A change that waits.
    pub struct ChangeInfo {
        /// Its number, never given twice.
        pub id: u64,
        /// What it changes.
        pub change: Change,
        /// Seconds.
        pub scheduled_at: u64,
        /// Anyone may apply it from then on, unless the exit delay grows, seconds.
        pub due_at: u64,
        /// It is gone from then on, seconds.
        pub expires_at: u64,
    }
}

answer! {
    /// What a change changes.
    pub enum Change {
        /// A setting.
        Setting {
            /// Its name.
            name: String,
            /// Its value now.
            now: Option<String>,
            /// Its value then.
            then: Option<String>,
        },
        /// Validators are listed, or what their listing says is replaced.
        Listings {
            /// As `list_validators` takes them.
            validators: Vec<ListingInput>,
        },
        /// A contract runs other code.
        Upgrade {
            /// Which one.
            contract: OwnContract,
            /// Its code then.
            code_id: u64,
            /// SHA-256 of that code, 64 hex digits.
            checksum: String,
            /// JSON that the new code is called with.
            msg: Binary,
        },
    }
}

answer! {
    /// What a stolen owner key can do before everyone who asks on the first day is out.
    pub struct WorstCaseResponse {
        /// Nothing that is not good for every depositor acts before, seconds.
        pub exit_delay: u64,
        /// Epochs of 5 days that lie in that time at most, and a day.
        pub epochs: u64,
        /// Most of the vault that the owner's acts move in an epoch.
        pub share_per_epoch: Decimal,
        /// Most that they move in all: onto validators that were listed before and within caps, or idle.
        pub share: Decimal,
        /// The same of what the vault is worth now, tokens.
        pub tokens: Uint128,
    }
}

answer! {
    /// The guardian's brake: no deposits, and no moves toward targets, while it is on.
    pub struct BrakeResponse {
        /// May put it on, and cancel changes.
        pub guardian: Option<String>,
        /// It is on until then, seconds. `None`: it is not.
        pub until: Option<u64>,
        /// Whether the guardian may put it on. If not, the owner must arm it first.
        pub is_armed: bool,
    }
}
