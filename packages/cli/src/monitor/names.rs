//! Every metric that there is. Amounts are base units, exact, with the denom in a label; a ratio is a part of one.

use super::metric::{Kind, Spec};

/// Declares metrics once: each as a constant, and all of them in order.
macro_rules! metrics {
    ($($constant:ident: $kind:ident $name:literal $unit:literal [$($label:literal),*] $help:literal;)+) => {
        $(
            #[doc = $help]
            pub const $constant: Spec = Spec {
                name: $name,
                kind: Kind::$kind,
                unit: $unit,
                help: $help,
                labels: &[$($label),*],
            };
        )+

        /// All of them, in the order in which they are told.
        pub const ALL: &[&Spec] = &[$(&$constant),+];
    };
}

metrics! {
    WORTH: Gauge "defenders_vault_worth_tokens" "tokens" ["denom"]
        "What the vault is worth, base units of the denom.";
    SUPPLY: Gauge "defenders_vault_supply_shares" "shares" []
        "Shares that there are.";
    RATE: Gauge "defenders_vault_rate_ratio" "ratio" []
        "Tokens that a share is worth.";
    BONDED: Gauge "defenders_vault_bonded_tokens" "tokens" ["denom"]
        "What the vault delegates, by its book.";
    IDLE: Gauge "defenders_vault_idle_tokens" "tokens" ["denom"]
        "What lies idle in the vault.";
    RESERVE: Gauge "defenders_vault_reserve_tokens" "tokens" ["denom"]
        "What of it is kept for a batch that waits to be served.";
    DEFICIT: Gauge "defenders_vault_deficit_tokens" "tokens" ["denom"]
        "What the vault's balance lacks of what its book says.";
    CHAIN_SHARE: Gauge "defenders_vault_chain_share_ratio" "ratio" []
        "The vault's part of all bonded stake.";
    SOFT_LIMIT: Gauge "defenders_vault_chain_share_soft_limit_ratio" "ratio" []
        "The part from which on deposits carry a warning.";
    HARD_LIMIT: Gauge "defenders_vault_chain_share_hard_limit_ratio" "ratio" []
        "The part from which on deposits are refused.";
    BATCHES: Gauge "defenders_vault_batches" "" ["state"]
        "Batches of withdrawals by state; of the claimable ones those not fully paid.";
    BATCH_AGE: Gauge "defenders_vault_batch_oldest_age_seconds" "seconds" ["state"]
        "Since when the oldest batch in this state was begun to be served.";
    BATCH_LATE: Gauge "defenders_vault_batch_late_seconds" "seconds" []
        "How long a batch is past the time at which it was to be claimable at the latest; 0 when none is.";
    UNPAID: Gauge "defenders_vault_claimable_unpaid_tokens" "tokens" ["denom"]
        "What can be claimed and nobody has claimed.";
    JOB_DUE: Gauge "defenders_vault_job_due_seconds" "seconds" ["job"]
        "How long a job has been due; 0 when it is not.";
    OLDEST_DUE: Gauge "defenders_vault_job_oldest_due_seconds" "seconds" []
        "How long the job has been due that has been due longest; 0 when none is.";
    CAP_USED: Gauge "defenders_vault_cap_used_ratio" "ratio" []
        "The largest stake on a validator as a part of its cap.";
    LISTED: Gauge "defenders_vault_listed_validators" "validators" []
        "Validators that are listed.";
    EXCLUDED: Gauge "defenders_vault_excluded_validators" "validators" ["reason"]
        "Listed validators that may be given no stake, by reason.";
    JAILED: Gauge "defenders_vault_jailed_validators" "validators" []
        "Listed validators that are jailed or tombstoned, as the chain says now.";
    JAILED_SEEN: Gauge "defenders_vault_jailed_by_snapshot_validators" "validators" []
        "Listed validators that the vault's last snapshot of powers shows as jailed or tombstoned.";
    LEAVING: Gauge "defenders_vault_leaving_validators" "validators" []
        "Validators that the vault leaves.";
    UNPLACED: Gauge "defenders_vault_unplaced_tokens" "tokens" ["denom"]
        "What the caps leave no place for.";
    EVACUABLE: Gauge "defenders_vault_evacuable_ratio" "ratio" []
        "The part of the delegated stake that could be redelegated at once.";
    POWERS_AGE: Gauge "defenders_vault_powers_age_seconds" "seconds" []
        "Since when the voting powers were read in full.";
    POWERS_STALE: Gauge "defenders_vault_powers_stale" "" []
        "1 when the powers are older than two refresh periods.";
    BOOK_AGE: Gauge "defenders_vault_book_age_seconds" "seconds" []
        "Since when the book was compared with the chain.";
    IN_DOUBT: Gauge "defenders_vault_book_in_doubt" "" []
        "1 while the chain has shown half of the book's stake or less, and deposits are refused.";
    SUSPECT: Gauge "defenders_vault_snapshot_suspect" "" []
        "1 while the last snapshot of powers is not believed.";
    FOREIGN_ADMIN: Gauge "defenders_vault_foreign_admin" "" []
        "1 when somebody but the vault may replace its code or its pot's: deposits are closed.";
    BRAKE: Gauge "defenders_vault_brake_on" "" []
        "1 while the guardian's brake is on.";
    CHANGES: Gauge "defenders_vault_changes" "" ["kind"]
        "Changes that wait, by kind.";
    UPGRADE_DUE: Gauge "defenders_vault_upgrade_due_seconds" "seconds" []
        "Until an upgrade may be carried out, 0 when it may; absent where none waits.";
    KEEPER_BALANCE: Gauge "defenders_keeper_balance_tokens" "tokens" ["denom"]
        "What the keeper has to pay fees with.";
    FEES_TODAY: Gauge "defenders_keeper_fees_today_tokens" "tokens" ["denom"]
        "Fees of this day by UTC, with those of transactions that may still get in.";
    FEE_LIMIT: Gauge "defenders_keeper_daily_fee_limit_tokens" "tokens" ["denom"]
        "The most that a day's fees may be.";
    TRANSACTIONS: Counter "defenders_keeper_transactions" "" ["job", "result"]
        "Transactions that ended, by what they were for and how.";
    BOUNTY: Counter "defenders_keeper_bounty_tokens" "tokens" ["denom"]
        "Bounties of harvests that were paid.";
    FAILURES: Gauge "defenders_keeper_failures_in_row" "" ["job"]
        "How often a job has failed since it last succeeded, trial runs included.";
    ROUND_FAILURES: Gauge "defenders_keeper_round_failures_in_row" "" []
        "How many rounds in a row have broken off, whatever the reason.";
    SKIPPED: Gauge "defenders_keeper_skipped_validators" "validators" ["job"]
        "Validators that a job passes, because it fails with them.";
    BLOCK_TIME: Gauge "defenders_node_block_timestamp_seconds" "seconds" []
        "Time of the node's latest block.";
    BLOCK_AGE: Gauge "defenders_node_block_age_seconds" "seconds" []
        "Age of the node's latest block by this machine's clock.";
    BEHIND: Gauge "defenders_node_behind" "" []
        "1 while the node is behind: its readings are not used.";
    SOURCE_SUCCESS: Gauge "defenders_source_last_success_timestamp_seconds" "seconds" ["source"]
        "When a source was last read with success. What it told is withdrawn after 300 seconds.";
    WATCH_MISSED: Gauge "defenders_validator_missed_blocks" "blocks" ["validator", "name"]
        "Blocks missed within the chain's window.";
    WATCH_MISSED_LATELY: Gauge "defenders_validator_missed_lately_blocks" "blocks" ["validator", "name"]
        "Blocks missed within the last ten minutes, as seen in the blocks themselves.";
    WATCH_ALLOWED: Gauge "defenders_validator_missed_allowed_blocks" "blocks" []
        "Blocks that may be missed within the chain's window.";
    WATCH_BONDED: Gauge "defenders_validator_bonded" "" ["validator", "name"]
        "1 while the validator is in the set.";
    WATCH_JAILED: Gauge "defenders_validator_jailed" "" ["validator", "name"]
        "1 while it is jailed.";
    WATCH_RANK: Gauge "defenders_validator_rank" "" ["validator", "name"]
        "Its place in the set by bonded tokens, from 1.";
    WATCH_TOKENS: Gauge "defenders_validator_stake_tokens" "tokens" ["validator", "name", "denom"]
        "All stake there.";
    WATCH_COMMISSION: Gauge "defenders_validator_commission_ratio" "ratio" ["validator", "name"]
        "Its commission.";
    WATCH_MAX_COMMISSION: Gauge "defenders_validator_max_commission_ratio" "ratio" ["validator", "name"]
        "The most that its commission may ever be.";
    WATCH_MAX_CHANGE: Gauge "defenders_validator_max_daily_commission_change_ratio" "ratio" ["validator", "name"]
        "The most that its commission may change in a day.";
    WATCH_VAULT: Gauge "defenders_validator_vault_tokens" "tokens" ["validator", "name", "denom"]
        "The vault's stake there.";
    WATCH_TARGET: Gauge "defenders_validator_vault_target_tokens" "tokens" ["validator", "name", "denom"]
        "What the vault wants there.";
    WATCH_ELIGIBLE: Gauge "defenders_validator_vault_eligible" "" ["validator", "name"]
        "1 while the vault may give it stake.";
    WATCH_CAP: Gauge "defenders_validator_vault_cap_binds" "" ["validator", "name", "cap"]
        "1 for the cap that keeps the target from more.";
    LOOK_FAILURES: Gauge "defenders_watch_look_failures_in_row" "" []
        "How many looks of the watch in a row have broken off, whatever the reason.";
    WATCH_ALERTS: Gauge "defenders_validator_alerts" "" ["validator", "name", "alert"]
        "1 for each alert that holds.";
}
