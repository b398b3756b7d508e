//! What is known of validators.

use cosmwasm_std::Decimal;
use defenders_accounting::Watch;
use defenders_allocation::{BondStatus, Eligibility, Exclusion};
use defenders_types::PostedPower;

use super::{n, Golden};
use crate::state::attested::{AttestedPast, AttestedRow, AttestedTable, Posting};
use crate::state::fill_list::DepositSlot;
use crate::state::holdings::Holding;
use crate::state::listings::Listing;
use crate::state::powers::{Power, PowerSummary, RefreshProgress, TopPower};
use crate::state::rates::RateOfDay;
use crate::state::redelegations::LiveRedelegation;
use crate::state::standings::Suspicion;
use crate::state::terms::{GroupKind, GroupName, ListingEnd, OwnMaxLater, Terms};
use crate::state::watches::Watched;

pub(super) fn validators(golden: &mut Golden) {
    let holding = Holding {
        delegated: n(1),
        power_row: 2,
        unbonding_entries: 3,
        entries_full: true,
        leave_one_unit: false,
        retry_at: 4,
        entry_freed_at: 5,
        redelegation_locked_until: 6,
        redelegation_refused: false,
        draining_since: Some(7),
    };
    golden.pin(&holding, "0101 0102 0103 01 00 0104 0105 0106 00 010107");
    let listing = Listing {
        name: Some("n".to_owned()),
        website: None,
        contact: Some("c".to_owned()),
        reason: None,
        listed_at: 1,
    };
    golden.pin(&listing, "01 01016e 00 01 010163 00 0101");
    let later = OwnMaxLater {
        tokens: Some(n(6)),
        at: 7,
    };
    golden.pin(&later, "01 0106 0107");
    let end = ListingEnd {
        at: 9,
        counts_until: 11,
    };
    golden.pin(&end, "0109 010b");
    let terms = Terms {
        operator: 1,
        hosting: 2,
        jurisdiction: 3,
        owner_max: Some(n(4)),
        own_max: Some(n(5)),
        own_max_later: Some(later),
        own_max_changed_at: 8,
        end: Some(end),
        counts_until: 10,
    };
    golden.pin(
        &terms,
        "0101 0102 0103 010104 010105 01 010106 0107 0108 010109 010b 010a",
    );
    golden.pin(&vec![Terms::default()], "0101 00 00 00 00 00 00 00 00 00");
    for (kind, number) in [
        (GroupKind::Operator, "00"),
        (GroupKind::Hosting, "01"),
        (GroupKind::Jurisdiction, "02"),
    ] {
        golden.pin(&kind, number);
    }
    let group = GroupName {
        kind: GroupKind::Hosting,
        name: "g".to_owned(),
    };
    golden.pin(&group, "01 010167");
    let exclusions = [
        Exclusion::NotListed,
        Exclusion::Draining,
        Exclusion::Expired,
        Exclusion::Tombstoned,
        Exclusion::Jailed,
        Exclusion::NotBonded,
        Exclusion::Unknown,
        Exclusion::CommissionCeiling,
        Exclusion::Commission,
        Exclusion::CommissionLately,
        Exclusion::TopThird,
        Exclusion::NearTopThird,
    ];
    for (exclusion, number) in exclusions.iter().zip(0..) {
        golden.pin(exclusion, &format!("{number:02x}"));
    }
    let eligibility = Eligibility {
        exclusion: Some(Exclusion::Jailed),
        since: 1,
        was_top_third: true,
        commission_high_at: Some(2),
    };
    golden.pin(&eligibility, "01 04 0101 01 010102");
    golden.pin(
        &vec![None, Some(eligibility)],
        "0102 00 01 01 04 0101 01 010102",
    );
    let suspicion = Suspicion {
        since: Some(1),
        accepted: vec![2],
    };
    golden.pin(&suspicion, "010101 0101 0102");
    let live = LiveRedelegation {
        source: "v".to_owned(),
        completion_nanos: 1,
    };
    golden.pin(&live, "010176 0101");
    let rate = RateOfDay {
        time: 1,
        tokens_per_share: Decimal::one(),
    };
    golden.pin(&rate, "0101 010112");
    let slot = DepositSlot {
        power_row: 1,
        tokens: n(2),
    };
    golden.pin(&slot, "0101 0102");
    let power = Power {
        tokens: n(1),
        external: n(2),
        is_read: true,
        status: BondStatus::Unbonding,
        is_jailed: true,
        commission_rate: Decimal::percent(5),
        commission_ceiling: Decimal::percent(20),
        self_bond: Some(n(3)),
    };
    golden.pin(&power, "0101 0102 0d 010510 010211 010103");
    let bonded = Power {
        status: BondStatus::Bonded,
        ..Power::default()
    };
    golden.pin(&bonded, "00 00 02 0000 0000 00");
    golden.pin(
        &vec![power, Power::default()],
        "0102 0101 0102 0d 010510 010211 010103 00 00 00 0000 0000 00",
    );
    let summary = PowerSummary {
        total_bonded: n(1),
        refreshed_at: 2,
        marks_as_of: 3,
        top_third: vec!["v".to_owned()],
        near_top_third: vec!["w".to_owned()],
        has_powers: true,
        snapshot: 1,
    };
    golden.pin(&summary, "0101 0102 0101 010176 0101 010177 01 0101 0103");
    let top = TopPower {
        validator: "v".to_owned(),
        tokens: n(1),
        external: n(2),
    };
    golden.pin(&top, "010176 0101 0102");
    let progress = RefreshProgress {
        total_bonded: n(1),
        top: vec![top],
        is_top_covered: true,
        next_page: 2,
        marks_as_of: Some(3),
    };
    golden.pin(&progress, "0101 0101 010176 0101 0102 01 0102 010103");
    let row = AttestedRow {
        validator: "v".to_owned(),
        tokens: n(3),
        external: n(2),
    };
    golden.pin(&row, "010176 0103 0102");
    let table = AttestedTable {
        posted_at: 1,
        rows: vec![row],
    };
    golden.pin(&table, "0101 0101 010176 0103 0102");
    let past = AttestedPast {
        posted_at: vec![1, 2],
        externals: vec![vec![n(3)], vec![]],
    };
    golden.pin(&past, "0102 0101 0102 0102 0101 0103 00");
    let posting = Posting {
        begun_at_height: 1,
        of: 3,
        posted: 2,
    };
    golden.pin(&posting, "0101 0103 0102");
    let posted = PostedPower {
        validator: "v".to_owned(),
        tokens: n(3),
    };
    golden.pin(&posted, "010176 0103");
    let watch = Watch {
        tokens_per_share: Decimal::percent(50),
        kept: Decimal::one(),
    };
    golden.pin(&watch, "010511 010112");
    let watched = Watched {
        watch,
        restaking_rows: 1,
        asked_at: 2,
        doubted_at: Some(3),
    };
    golden.pin(&watched, "010511 010112 0101 0102 010103");
}
