//! Flows that need what only the simulated chain can do, by what they need. All others run on
//! the real chain.

/// (what they need, the flows).
pub const SIM_ONLY: [(&str, &[&str]); 8] = [
    (
        "an account that takes no coins",
        &[
            "fee::fee_recipient_that_cannot_receive_stops_no_harvest",
            "fee::fee_that_is_owed_can_be_pulled_once",
            "fee::keeper_that_cannot_receive_stops_no_harvest",
            "fee::fee_that_is_owed_is_neither_invested_nor_paid_to_batches",
        ],
    ),
    (
        "a jail without a slash",
        &[
            "invest::jailed_validator_gets_nothing_after_the_next_refresh",
            "leaving::everyone_leaves_while_all_validators_are_jailed",
            "refresh::jailed_validator_is_not_eligible_until_it_is_back",
            "slash::jailed_validators_stay_in_the_price",
        ],
    ),
    (
        "a validator that refuses one kind of message",
        &[
            "adversary::skip_needs_the_job_to_have_been_due_all_the_time",
            "adversary::batch_whose_validators_refuse_says_when_it_goes_on",
            "harvest::validator_that_refuses_its_rewards_delays_no_other",
            "invest::refused_delegation_leaves_its_tokens_idle_and_goes_elsewhere",
            "invest::all_refused_leaves_everything_idle_without_a_loop",
            "invest::deposit_to_a_refusing_validator_keeps_its_tokens_idle",
            "rooms::refused_piece_leaves_no_rooms_for_stake_that_stayed",
            "submission_entries::two_pieces_of_one_block_share_an_entry",
            "submission_entries::full_validator_is_asked_again_only_when_an_entry_is_paid",
            "submission_entries::code_27_of_a_validator_without_entries_is_a_refusal_like_any_other",
            "submission_faults::piece_that_every_validator_refuses_changes_no_number",
            "submission_faults::refused_undelegation_is_told_and_tried_again_elsewhere",
            "submission_faults::refusing_validator_is_asked_again_after_a_while",
        ],
    ),
    (
        "raw queries that fail",
        &[
            "refresh::one_listed_validator_that_cannot_be_read_stops_no_refresh",
            "refresh::one_large_validator_that_cannot_be_read_lets_nobody_large_in",
            "refresh::failed_power_query_is_told_and_tried_again_after_a_while",
            "refresh::power_query_that_fails_for_ever_stops_neither_deposits_nor_withdrawals",
            "refresh::power_query_that_never_worked_keeps_deposits_out_and_stops_nothing_else",
        ],
    ),
    (
        "another unbonding time by governance",
        &[
            "incident::unbonding_time_that_the_chain_lengthens_is_learnt_and_kept_to",
            "incident::unbonding_time_that_the_chain_shortens_brings_younger_entries_first",
        ],
    ),
    (
        "the contract that takes shares, of which there is no wasm",
        &[
            "token::send_moves_shares_and_calls_the_contract",
            "token::send_from_moves_shares_and_calls_the_contract",
        ],
    ),
    (
        "a slash of a chosen part, at once",
        &[
            "deposit::deposit_after_a_booked_slash_mints_more_shares",
            "deposit::deposit_on_a_stale_book_synchronises_first",
            "deposit::deposit_on_a_fresh_book_leaves_an_unbooked_slash_to_the_depositor",
            "deposit_limits::deposit_while_shares_are_worth_nothing_is_refused",
            "donation::donation_waits_while_an_entry_is_past_its_time_but_unsettled",
            "donation::donation_that_hides_a_loss_does_not_feed_it_to_shareholders_early",
            "drain::slashed_validator_is_drained_to_the_last_unit",
            "drain::full_exit_that_needs_more_shares_than_held_asks_for_a_unit_less",
            "drain::stake_at_a_forgotten_validator_is_found_counts_and_leaves",
            "drain::loss_of_leaving_stake_is_the_shareholders",
            "incident::entry_of_a_validator_without_stake_bears_its_slash",
            "incident::slash_after_nearly_everybody_left_leaves_a_rate_above_zero",
            "leaving::everyone_leaves_after_a_slash_of_everything",
            "queries::solvency_shows_an_unbooked_slash",
            "refresh::unbooked_slash_makes_a_validators_own_stake_look_smaller",
            "rooms::stale_deposit_that_finds_a_loss_uses_no_old_room",
            "settlement::quiet_vault_with_a_slashed_entry_still_settles",
            "settlement::slash_of_an_entry_leaves_the_price_alone",
            "settlement_hold::held_settlement_keeps_surplus_out_and_later_entries_apart",
            "settlement_hold::loss_of_leaving_stake_is_in_the_price_as_soon_as_it_is_known",
            "settlement_hold::entry_of_a_batch_and_of_leaving_stake_shares_its_loss",
            "settlement_hold::claim_before_a_held_settlement_is_over_is_refused",
            "settlement_short::two_groups_maturing_in_neighbouring_blocks_the_first_one_short",
            "settlement_short::entries_of_consecutive_blocks_the_first_short",
            "settlement_short::quiet_group_of_two_batches_shares_a_shortfall",
            "settlement_short::batch_bears_no_loss_of_a_settlement_without_its_entries",
            "settlement_short::shortfall_above_a_fifth_is_held_for_a_day",
            "settlement_short::donation_that_covers_a_shortfall_pays_the_group_in_full",
            "settlement_short::deposit_does_not_pay_for_a_shortfall",
            "slash::slash_is_booked_at_the_next_sync",
            "slash::slash_is_booked_once",
            "slash::loss_is_taken_from_locked_profit_first",
            "slash::slash_larger_than_what_is_left_beside_locked_profit_takes_what_there_is",
            "slash::batch_served_before_a_slash_bears_none_of_it",
            "submission::unserved_shares_go_on_bearing_slashes",
            "submission_faults::piece_with_refused_undelegations_moves_no_price",
            "submission_faults::batch_worth_nothing_is_burnt_for_nothing",
            "submission_faults::slash_between_request_and_piece_lowers_what_is_asked_for",
        ],
    ),
    (
        "validators that tie in the order of their addresses as text",
        &["refresh::validator_outside_of_the_bonded_set_is_not_eligible"],
    ),
];

#[cfg(test)]
mod tests {
    use super::SIM_ONLY;

    #[test]
    fn every_name_is_a_flow() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/flows");
        for flow in SIM_ONLY.iter().flat_map(|(_, flows)| *flows) {
            let (file, name) = flow.split_once("::").unwrap();
            let source = std::fs::read_to_string(format!("{folder}/{file}.rs")).unwrap();
            assert!(source.contains(&format!("fn {name}()")), "{flow}");
        }
    }
}
