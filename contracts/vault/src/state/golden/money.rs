//! Who owns what: the book, jobs, withdrawals, the share.

use cosmwasm_std::{Binary, Decimal, Timestamp};
use cw20::{EmbeddedLogo, Expiration, Logo};
use defenders_accounting::{
    Batch, Division, LockedProfit, Money, ProRata, Queue, RecordedBlock, RecordedBlocks,
};
use defenders_types::{EntryPurpose, Job, LedgerPart, MoveReason};

use super::{addr, bytes, n, Golden};
use crate::state::allowances::Allowance;
use crate::state::book::{Book, DepositState, Doubt, NextSlot};
use crate::state::marketing::Marketing;
use crate::state::shares::Token;
use crate::state::timetable::{Timetable, WaitingJob};
use crate::state::turnover::Turnover;
use crate::state::unbonding::{FixedGroup, Kept, LedgerRow};
use crate::store::packed::unpack;

pub(super) fn book(golden: &mut Golden) {
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

pub(super) fn jobs(golden: &mut Golden) {
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

pub(super) fn withdrawals(golden: &mut Golden) {
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

pub(super) fn token(golden: &mut Golden) {
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
