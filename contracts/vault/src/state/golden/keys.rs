//! Under which key everything lies.

use std::fmt::Debug;
use std::path::Path;

use cosmwasm_std::testing::MockStorage;

use super::addr;
use crate::state::allowances::{ALLOWANCES, ALLOWED_BY};
use crate::state::attested::{ATTESTED, ATTESTED_PAST, POSTED_PAGES, POSTING};
use crate::state::changes::{CONTENTS, SCHEDULE};
use crate::state::marketing::{LOGO, MARKETING};
use crate::state::rates::RATES;
use crate::state::redelegations::REDELEGATIONS;
use crate::state::roles::BRAKE_USED;
use crate::state::shares::{BALANCES, SUPPLY, TOKEN};
use crate::state::standings::{STANDINGS, SUSPICION};
use crate::state::turnover::TURNOVER;
use crate::state::{
    BATCHES, BOOK, CONFIG, FEES_OWED, FILL_LIST, FIXED_GROUPS, GROUP_NAMES, HOLDINGS, LEDGER,
    LISTINGS, NOT_BONDED_SINCE, PENDING_OWNER, POWERS, POWER_ROWS_EVER, POWER_SUMMARY, REFRESH,
    REQUESTS, TERMS, TIMETABLE, VALIDATOR_BY_POWER_ROW, WATCHES,
};
use crate::store::StoreError;

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
    let files = paths.filter(|path| path.is_file());
    let sources = files.map(|path| std::fs::read_to_string(path).unwrap());
    let is_item = |line: &&str| line.contains("= Item::new(") || line.contains("= Map::new(");
    sources
        .map(|source| {
            let items = source.lines().filter(is_item);
            items.filter(|line| line.starts_with("pub const ")).count()
        })
        .sum()
}
