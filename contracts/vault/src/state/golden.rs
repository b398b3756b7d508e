//! The bytes of everything that is stored or in flight, pinned. Whoever changes one of these lines
//! changes what lies on a chain already: a migration must rewrite it.

use std::fmt::Debug;
use std::path::Path;

use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Addr, Binary, Decimal, Timestamp, Uint128};
use cw20::{EmbeddedLogo, Expiration, Logo};
use defenders_accounting::{
    Batch, Division, LockedProfit, Money, ProRata, Queue, RecordedBlock, RecordedBlocks, Watch,
};
use defenders_allocation::{BondStatus, Eligibility, Exclusion};
use defenders_settings::{Pending, Schedule, SettingName, Subject};
use defenders_types::{
    AllocationPolicy, EntryPurpose, Job, LedgerPart, ListingGroupsInput, ListingInput, MoveReason,
    OwnContract, Parameters, PostedPower, PowerSource,
};

use super::allowances::{Allowance, ALLOWANCES, ALLOWED_BY};
use super::attested::{AttestedPast, AttestedRow, AttestedTable, Posting};
use super::book::{Book, DepositState, Doubt, NextSlot};
use super::changes::{Content, NewCode, CONTENTS, SCHEDULE};
use super::config::Config;
use super::fill_list::DepositSlot;
use super::holdings::Holding;
use super::listings::Listing;
use super::marketing::{Marketing, LOGO, MARKETING};
use super::powers::{Power, PowerSummary, RefreshProgress, TopPower};
use super::rates::{RateOfDay, RATES};
use super::redelegations::{LiveRedelegation, REDELEGATIONS};
use super::roles::{PendingOwner, BRAKE_USED};
use super::shares::{ShareDenom, Token, BALANCES, SUPPLY, TOKEN};
use super::standings::{Suspicion, STANDINGS, SUSPICION};
use super::terms::{GroupKind, GroupName, ListingEnd, OwnMaxLater, Terms};
use super::timetable::{Timetable, WaitingJob};
use super::turnover::{Turnover, TURNOVER};
use super::unbonding::{FixedGroup, Kept, LedgerRow};
use super::watches::Watched;
use crate::messages::create_denom::{Founding, SentCoins};
use crate::messages::delegate::Delegation;
use crate::messages::pay_fee::FeePayment;
use crate::messages::redelegate::Redelegation;
use crate::messages::sweep_pot::Sweep;
use crate::messages::undelegate::Undelegation;
use crate::messages::upgrade::Upgrade;
use crate::messages::withdraw_rewards::RewardWithdrawal;
use crate::state::attested::{ATTESTED, ATTESTED_PAST, POSTED_PAGES, POSTING};
use crate::state::{
    BATCHES, BOOK, CONFIG, FEES_OWED, FILL_LIST, FIXED_GROUPS, GROUP_NAMES, HOLDINGS, LEDGER,
    LISTINGS, NOT_BONDED_SINCE, PENDING_OWNER, POWERS, POWER_ROWS_EVER, POWER_SUMMARY, REFRESH,
    REQUESTS, TERMS, TIMETABLE, VALIDATOR_BY_POWER_ROW, WATCHES,
};
use crate::store::packed::{pack, unpack, Packed};
use crate::store::StoreError;

/// What is pinned: the names beside `packed!`, `packed_enum!` and `impl Packed for`.
#[derive(Default)]
struct Golden(Vec<String>);

impl Golden {
    fn pin<T: Packed + PartialEq + Debug>(&mut self, value: &T, hex: &str) {
        let name = std::any::type_name::<T>();
        let name = name.rsplit("::").next().unwrap_or(name);
        let bytes = pack(value);
        let packed: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(packed, hex.replace(' ', ""), "{name}");
        assert_eq!(unpack(&bytes).as_ref(), Some(value), "{name}");
        if !self.0.iter().any(|pinned| pinned == name) {
            self.0.push(name.to_owned());
        }
    }
}

fn n(number: u128) -> Uint128 {
    Uint128::new(number)
}

fn addr(name: &str) -> Addr {
    Addr::unchecked(name)
}

fn config(golden: &mut Golden) {
    golden.pin(&PowerSource::Grpc, "00");
    golden.pin(&PowerSource::Stargate, "01");
    let attested = PowerSource::Attested {
        attester: Some("a".to_owned()),
    };
    golden.pin(&attested, "02 010161");
    let nobody = PowerSource::Attested { attester: None };
    golden.pin(&nobody, "04");
    golden.pin(&PowerSource::Rank { least_rank: 300 }, "03 02012c");
    let policy = AllocationPolicy {
        vault_share_cap: Decimal::percent(10),
        chain_share_cap: Some(Decimal::percent(3)),
        match_cap: None,
        bond_factor: None,
        operator_cap: Decimal::percent(20),
        hosting_cap: Decimal::percent(30),
        jurisdiction_cap: Decimal::percent(40),
        floor: Decimal::percent(25),
        max_commission_rate: Decimal::one(),
        max_commission_ceiling: None,
        commission_return_period: 9,
    };
    golden.pin(
        &policy,
        "010111 01010310 00 00 010211 010311 010411 011910 010112 00 0109",
    );
    let parameters = Parameters {
        minimum_seed: n(1),
        min_delegation: n(2),
        max_messages_per_deposit: 3,
        max_messages_per_piece: 4,
        max_messages_per_invest: 5,
        max_moves: 2,
        turnover_quality: Decimal::percent(1),
        turnover_emergency: Decimal::percent(2),
        harvest_page: 6,
        refresh_page: 7,
        batch_period: 8,
        profit_unlock_period: 9,
        harvest_period: 10,
        refresh_period: 11,
        book_max_age: 12,
        retry_after: 300,
    };
    golden.pin(
        &parameters,
        "0101 0102 0103 0104 0105 0102 010110 010210 0106 0107 0108 0109 010a 010b 010c 02012c",
    );
    let config = Config {
        owner: addr("o"),
        denom: "d".to_owned(),
        reward_pot: addr("p"),
        bonded_pool: addr("b"),
        power_source: PowerSource::Grpc,
        fee_recipient: addr("f"),
        performance_fee_rate: Decimal::percent(5),
        keeper_bounty_share: Decimal::zero(),
        seed_shares: n(256),
        policy,
        parameters,
        guardian: None,
        exit_slack: 9,
        share_denom: None,
    };
    golden.pin(
        &config,
        "01016f 010164 010170 010162 00 010166 010510 0000 020100 \
         010111 01010310 00 00 010211 010311 010411 011910 010112 00 0109 \
         0101 0102 0103 0104 0105 0102 010110 010210 0106 0107 0108 0109 010a 010b 010c 02012c 00 0109 00",
    );
    let share_denom = ShareDenom {
        denom: "s".to_owned(),
        message_prefix: "/m".to_owned(),
    };
    golden.pin(&share_denom, "010173 01022f6d");
    let pending = PendingOwner {
        owner: addr("o"),
        expires_at: 7,
    };
    golden.pin(&pending, "01016f 0107");
    changes(golden);
}

fn changes(golden: &mut Golden) {
    for (name, number) in SettingName::ALL.iter().zip(0..) {
        golden.pin(name, &format!("{number:02x}"));
    }
    let setting = Subject::Setting(SettingName::ChainShareCap);
    golden.pin(&setting, "00 01");
    golden.pin(&Subject::Listings(vec!["v".to_owned()]), "01 0101 010176");
    golden.pin(&Subject::Upgrade(OwnContract::Vault), "02 00");
    golden.pin(&Subject::Upgrade(OwnContract::RewardPot), "02 01");
    let pending = Pending {
        id: 1,
        subject: setting,
        scheduled_at: 2,
        exit_delay: 3,
    };
    golden.pin(&pending, "0101 00 01 0102 0103");
    let schedule = Schedule {
        next_id: 4,
        pending: vec![pending],
    };
    golden.pin(&schedule, "0104 0101 0101 00 01 0102 0103");
    golden.pin(&Content::Setting(Some("7".to_owned())), "00 01 010137");
    let groups = ListingGroupsInput {
        operator: Some("o".to_owned()),
        hosting: None,
        jurisdiction: None,
    };
    golden.pin(&groups, "01 01016f 00 00");
    let listing = ListingInput {
        validator: "v".to_owned(),
        name: Some("n".to_owned()),
        website: Some("w".to_owned()),
        contact: Some("c".to_owned()),
        reason: Some("r".to_owned()),
        groups: Some(groups),
        max_tokens: Some(7u128.into()),
        ends_at: Some(8),
    };
    let packed =
        "010176 01 01016e 01 010177 01 010163 01 010172 01 01 01016f 00 00 01 0107 01 0108";
    golden.pin(&listing, packed);
    golden.pin(
        &Content::Listings(vec![listing]),
        &format!("01 0101 {packed}"),
    );
    let new_code = NewCode {
        code_id: 1,
        checksum: "ab".to_owned(),
        msg: Binary::from(b"{}"),
    };
    golden.pin(&new_code, "0101 01026162 01027b7d");
    golden.pin(&Content::Upgrade(new_code), "02 0101 01026162 01027b7d");
    golden.pin(&OwnContract::Vault, "00");
    golden.pin(&OwnContract::RewardPot, "01");
    let upgrade = Upgrade {
        contract: OwnContract::RewardPot,
        name: "n".to_owned(),
        version: "1".to_owned(),
        totals: vec![7u128.into()],
    };
    golden.pin(&upgrade, "01 01016e 010131 0101 0107");
}

fn book(golden: &mut Golden) {
    let locked_profit = LockedProfit {
        tokens: n(8),
        from: 9,
        until: 10,
    };
    golden.pin(&locked_profit, "0108 0109 010a");
    let money = Money {
        idle: n(1),
        claimable: n(2),
        fees_owed: n(3),
        awaiting_settlement: n(4),
        bonded: n(5),
        restaking: n(6),
        marked_down: n(11),
        unbonding: n(7),
        locked_profit,
    };
    golden.pin(
        &money,
        "0101 0102 0103 0104 0105 0106 010b 0107 0108 0109 010a",
    );
    let queue = Queue {
        open_batch: 1,
        serving_batch: Some(2),
        reserved_shares: n(3),
        escrow_shares: n(4),
        next_batch_at: 5,
        last_piece_tried_at: 6,
    };
    golden.pin(&queue, "0101 010102 0103 0104 0105 0106");
    let next = NextSlot {
        power_row: 1,
        tokens: n(2),
        position: 3,
    };
    golden.pin(&next, "0101 0102 0103");
    let deposits = DepositState {
        next_slot: Some(next),
        capacity: n(4),
        external_bonded: n(5),
        idle_since: Some(6),
        list_ends_at: Some(7),
    };
    golden.pin(&deposits, "01 0101 0102 0103 0104 0105 010106 010107");
    let block = RecordedBlock {
        height: 1,
        time_nanos: 2,
    };
    golden.pin(&block, "0101 0102");
    let recorded = RecordedBlocks {
        last: Some(block),
        before: None,
    };
    golden.pin(&recorded, "01 0101 0102 00");
    let doubt = Doubt {
        height: 1,
        since: 2,
        shown: n(3),
    };
    golden.pin(&doubt, "0101 0102 0103");
    let book = Book {
        money,
        queue,
        deposits,
        recorded,
        synced_at: 1,
        next_settle_nanos: None,
        unbonding_time: 2,
        doubt: None,
        has_begun: true,
        brake_until: None,
        is_own_admin: false,
    };
    let before_doubts = "0101 0102 0103 0104 0105 0106 010b 0107 0108 0109 010a \
         0101 010102 0103 0104 0105 0106 \
         01 0101 0102 0103 0104 0105 010106 010107 \
         01 0101 0102 00 \
         0101 00 0102";
    golden.pin(&book, &format!("{before_doubts} 00 01 00 00"));
    let before_changes = format!("{before_doubts} 00");
    assert_eq!(unpack(&bytes(before_doubts)), Some(book.clone()));
    assert_eq!(unpack(&bytes(&before_changes)), Some(book.clone()));
    let before_upgrades = format!("{before_doubts} 00 01 00");
    assert_eq!(unpack(&bytes(&before_upgrades)), Some(book));
}

/// Bytes as they are pinned.
fn bytes(hex: &str) -> Vec<u8> {
    let hex = hex.replace(' ', "");
    let pairs = hex.as_bytes().chunks(2);
    let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    pairs.map(byte).collect()
}

fn validators(golden: &mut Golden) {
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

fn jobs(golden: &mut Golden) {
    let numbers = ["00", "01", "02", "03", "04", "05", "06"];
    for (job, number) in Job::ALL.iter().zip(numbers) {
        golden.pin(job, number);
    }
    assert_eq!(numbers.len(), Job::ALL.len());
    let waiting = WaitingJob {
        job: Job::Submit,
        until: 1,
    };
    golden.pin(&waiting, "01 0101");
    let timetable = Timetable {
        refresh_at: 1,
        harvested_at: 2,
        harvest_cursor: None,
        rebalance_at: Some(3),
        rebalanced_at: 4,
        waiting: vec![waiting],
    };
    golden.pin(&timetable, "0101 0102 00 010103 0104 0101 01 0101");
    for (reason, number) in MoveReason::ALL.iter().zip(0..) {
        golden.pin(reason, &format!("{number:02x}"));
    }
    let turnover = Turnover {
        epoch: 1,
        worth: n(2),
        quality: n(3),
        emergency: n(4),
        by_owner: n(5),
    };
    golden.pin(&turnover, "0101 0102 0103 0104 0105");
}

fn withdrawals(golden: &mut Golden) {
    let batch = Batch {
        shares: n(1),
        unserved_shares: n(2),
        tokens: n(3),
        unbonding: n(4),
        pending: 5,
        claimed: n(6),
        claimed_shares: n(7),
        opened_at: 8,
        submitted_at: Some(9),
        completes_at: 10,
    };
    golden.pin(
        &batch,
        "0101 0102 0103 0104 0105 0106 0107 0108 010109 010a",
    );
    golden.pin(&EntryPurpose::Restake {}, "00");
    let purpose = EntryPurpose::Batch { batch_id: 9 };
    golden.pin(&purpose, "0109");
    let part = LedgerPart {
        purpose,
        tokens: n(1),
    };
    golden.pin(&part, "0109 0101");
    let row = LedgerRow {
        parts: vec![part],
        is_settled: true,
        kept_at_entry: Some(Decimal::one()),
    };
    golden.pin(&row, "0101 0109 0101 01 01 010112");
    let pro_rata = ProRata {
        tokens: n(1),
        arrived: n(2),
        tokens_served: n(3),
        arrived_served: n(4),
    };
    golden.pin(&pro_rata, "0101 0102 0103 0104");
    let division = Division {
        to_marks: pro_rata.clone(),
        to_lacks: pro_rata,
    };
    golden.pin(&division, "0101 0102 0103 0104 0101 0102 0103 0104");
    let kept = Kept {
        validator: "v".to_owned(),
        kept: Decimal::one(),
    };
    golden.pin(&kept, "010176 010112");
    let group = FixedGroup {
        after_nanos: 5,
        division,
        due_at: 6,
        marks: vec![kept],
    };
    golden.pin(
        &group,
        "0105 0101 0102 0103 0104 0101 0102 0103 0104 0106 0101 010176 010112",
    );
}

fn token(golden: &mut Golden) {
    let token = Token {
        name: "name".to_owned(),
        symbol: "SYM".to_owned(),
        decimals: 6,
    };
    golden.pin(&token, "0104 6e616d65 0103 53594d 0106");
    let marketing = Marketing {
        project: Some("p".to_owned()),
        description: None,
        account: Some(addr("o")),
    };
    golden.pin(&marketing, "01 010170 00 01 01016f");
    golden.pin(&Logo::Url("u".to_owned()), "00 010175");
    let svg = EmbeddedLogo::Svg(Binary::from(b"s"));
    golden.pin(&Logo::Embedded(svg), "01 010173");
    let png = EmbeddedLogo::Png(Binary::from(b"p"));
    golden.pin(&Logo::Embedded(png), "02 010170");
    golden.pin(&Expiration::Never {}, "00");
    golden.pin(&Expiration::AtHeight(7), "01 0107");
    let time = Timestamp::from_nanos(256);
    golden.pin(&Expiration::AtTime(time), "02 020100");
    let allowance = Allowance {
        shares: n(1),
        expires: Expiration::AtHeight(7),
    };
    golden.pin(&allowance, "0101 01 0107");
}

fn payloads(golden: &mut Golden) {
    let validator = || "v".to_owned();
    let delegation = Delegation {
        validator: validator(),
        tokens: n(1),
        leave_one_unit: true,
        redelegation_refused: false,
    };
    golden.pin(&delegation, "010176 0101 01 00");
    let undelegation = Undelegation {
        validator: validator(),
        tokens: n(1),
        shares: n(2),
        purpose: EntryPurpose::Restake {},
        tokens_per_share: Some(Decimal::one()),
        reason: Some(MoveReason::Drained),
        share_denom: Some("f".to_owned()),
    };
    golden.pin(
        &undelegation,
        "010176 0101 0102 00 01 010112 01 03 01 010166",
    );
    let redelegation = Redelegation {
        source: validator(),
        destination: "w".to_owned(),
        tokens: n(1),
        reason: MoveReason::Quality,
    };
    golden.pin(&redelegation, "010176 010177 0101 08");
    let withdrawal = RewardWithdrawal {
        validator: validator(),
    };
    golden.pin(&withdrawal, "010176");
    let sweep = Sweep {
        caller: addr("c"),
        first_page_period: Some(1),
    };
    golden.pin(&sweep, "010163 010101");
    let payment = FeePayment {
        recipient: addr("r"),
        tokens: n(1),
    };
    golden.pin(&payment, "010172 0101");
    let sent = SentCoins {
        denom: "s".to_owned(),
        sent: n(1),
        balance: n(2),
    };
    golden.pin(&sent, "010173 0101 0102");
    let founding = Founding {
        founder: addr("f"),
        reward_pot_code_id: 3,
        coins: vec![sent],
    };
    golden.pin(&founding, "010166 0103 0101 010173 0101 0102");
}

#[test]
fn every_stored_struct_payload_and_enum_has_the_bytes_that_it_had() {
    let mut golden = Golden::default();
    config(&mut golden);
    book(&mut golden);
    validators(&mut golden);
    jobs(&mut golden);
    withdrawals(&mut golden);
    token(&mut golden);
    payloads(&mut golden);

    let mut declared = vec![];
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    find_declared(&source, &mut declared);
    declared.sort();
    // the list of powers is pinned as well
    golden.0.retain(|name| declared.contains(name));
    golden.0.sort();
    assert_eq!(
        golden.0, declared,
        "declared in the source, and pinned here"
    );
}

/// The key under which nothing is stored.
fn key_of<T: Debug>(loaded: Result<T, Box<StoreError>>) -> String {
    match loaded.map_err(|error| *error) {
        Err(StoreError::Missing { key }) => key,
        other => panic!("{other:?}"),
    }
}

#[test]
fn everything_stored_lies_under_the_key_that_it_had() {
    let storage = MockStorage::new();
    let (owner, spender) = (addr("o"), addr("s"));
    let keys = [
        key_of(ATTESTED.load(&storage)),
        key_of(ATTESTED_PAST.load(&storage)),
        key_of(BOOK.load(&storage)),
        key_of(BRAKE_USED.load(&storage)),
        key_of(CONFIG.load(&storage)),
        key_of(FILL_LIST.load(&storage)),
        key_of(GROUP_NAMES.load(&storage)),
        key_of(LOGO.load(&storage)),
        key_of(MARKETING.load(&storage)),
        key_of(PENDING_OWNER.load(&storage)),
        key_of(POSTING.load(&storage)),
        key_of(POWER_SUMMARY.load(&storage)),
        key_of(REFRESH.load(&storage)),
        key_of(SCHEDULE.load(&storage)),
        key_of(SUPPLY.load(&storage)),
        key_of(SUSPICION.load(&storage)),
        key_of(TIMETABLE.load(&storage)),
        key_of(TOKEN.load(&storage)),
        key_of(TURNOVER.load(&storage)),
        key_of(POWER_ROWS_EVER.load(&storage)),
        key_of(ALLOWANCES.load(&storage, (&owner, &spender))),
        key_of(ALLOWED_BY.load(&storage, (&spender, &owner))),
        key_of(BALANCES.load(&storage, &owner)),
        key_of(BATCHES.load(&storage, 1)),
        key_of(CONTENTS.load(&storage, 1)),
        key_of(FEES_OWED.load(&storage, &owner)),
        key_of(FIXED_GROUPS.load(&storage, 1)),
        key_of(HOLDINGS.load(&storage, "v")),
        key_of(LEDGER.load(&storage, (1, "v"))),
        key_of(LISTINGS.load(&storage, "v")),
        key_of(NOT_BONDED_SINCE.load(&storage, 1)),
        key_of(POSTED_PAGES.load(&storage, 1)),
        key_of(POWERS.load(&storage, (1, 2))),
        key_of(RATES.load(&storage, 1)),
        key_of(REDELEGATIONS.load(&storage, "v")),
        key_of(REQUESTS.load(&storage, (&owner, 1))),
        key_of(STANDINGS.load(&storage, 1)),
        key_of(TERMS.load(&storage, 1)),
        key_of(VALIDATOR_BY_POWER_ROW.load(&storage, 1)),
        key_of(WATCHES.load(&storage, "v")),
    ];
    let pinned = [
        "attested",
        "attested_past",
        "book",
        "brake_used",
        "config",
        "fill",
        "group_names",
        "logo",
        "marketing",
        "pending_owner",
        "posting",
        "power_summary",
        "refresh",
        "schedule",
        "supply",
        "suspicion",
        "timetable",
        "token",
        "turnover",
        "validator_count",
        r"\x00\tallowance\x00\x01os",
        r"\x00\nallowed_by\x00\x01so",
        r"\x00\x07balanceo",
        r"\x00\x05batch\x00\x00\x00\x00\x00\x00\x00\x01",
        r"\x00\x06change\x00\x00\x00\x00\x00\x00\x00\x01",
        r"\x00\x08fee_owedo",
        r"\x00\x0bfixed_group\x00\x00\x00\x00\x00\x00\x00\x01",
        r"\x00\x07holdingv",
        r"\x00\x06ledger\x00\x08\x00\x00\x00\x00\x00\x00\x00\x01v",
        r"\x00\x07listingv",
        r"\x00\nnot_bonded\x00\x01",
        r"\x00\x06posted\x00\x00\x00\x01",
        r"\x00\x06powers\x00\x01\x01\x00\x02",
        r"\x00\x04rate\x00\x00\x00\x01",
        r"\x00\x0credelegationv",
        r"\x00\x07request\x00\x01o\x00\x00\x00\x00\x00\x00\x00\x01",
        r"\x00\x08standing\x00\x01",
        r"\x00\x05terms\x00\x01",
        r"\x00\tvalidator\x00\x01",
        r"\x00\x05watchv",
    ];
    assert_eq!(keys, pinned);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/state");
    assert_eq!(count_items(&folder), pinned.len(), "items in the source");
}

/// How many items and maps the files of a folder declare.
fn count_items(folder: &Path) -> usize {
    let paths = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let sources = paths.map(|path| std::fs::read_to_string(path).unwrap());
    let is_item = |line: &&str| line.contains("= Item::new(") || line.contains("= Map::new(");
    sources
        .map(|source| {
            let items = source.lines().filter(is_item);
            items.filter(|line| line.starts_with("pub const ")).count()
        })
        .sum()
}

/// The types that files in and under a folder declare to be packed. Those of `store/packed` itself are
/// the parts that all others are made of.
fn find_declared(folder: &Path, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("golden.rs") || path.ends_with("store/packed") {
            continue;
        }
        if path.is_dir() {
            find_declared(&path, names);
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let mut is_declaring = false;
        for line in source.lines() {
            match line {
                "packed! {" | "packed_enum! {" => is_declaring = true,
                "}" => is_declaring = false,
                _ if is_declaring => {
                    let name = line
                        .strip_prefix("    ")
                        .and_then(|row| row.split_once(" {"));
                    let name = name.filter(|(name, _)| name.chars().all(char::is_alphanumeric));
                    names.extend(name.map(|(name, _)| name.to_owned()));
                }
                _ => {
                    let name = line.strip_prefix("impl Packed for ");
                    names.extend(
                        name.and_then(|name| name.strip_suffix(" {"))
                            .map(str::to_owned),
                    );
                }
            }
        }
    }
}
