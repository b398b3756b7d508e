//! A vault in the middle of its life, with batches and a full ledger: what pages ask then, and the
//! settling of as many entries as one call takes.

use defenders_suite::messages::{deposit, request_withdrawal};
use defenders_suite::{BLOCK, DAY, TOKEN};
use defenders_types::{BatchesResponse, Job, LedgerResponse, QueryMsg};
use serde_json::Value;

use super::measures::Meter;
use super::world::{ALICE, WHALE, World};

/// Entries that one `settle` takes.
const ENTRIES: u64 = 50;
/// Days after which the first entries would have matured.
const DAYS: u64 = 20;
/// Shares of one request.
const SHARES: u128 = 5 * TOKEN;
/// The largest page.
const PAGE: u32 = 30;

/// Measures queries and `settle`.
pub fn measure(meter: &mut Meter) {
    let world = meter.world;
    begin(world);
    queries(meter);

    world.chain.advance(22 * DAY);
    world.chain.advance(BLOCK);
    let receipt = world.tick(Job::Settle);
    let entries = receipt.number("wasm-vault/settled", "entries");
    assert_eq!(entries, ENTRIES, "a full call");
    meter.alone("settle", receipt.gas, entries);
    cleanup(meter);
}

/// Entries that were settled before they were surely paid stay until they are: the dearest of the
/// calls that forget them.
fn cleanup(meter: &mut Meter) {
    let world = meter.world;
    let mut dearest = None;
    loop {
        world.chain.advance(BLOCK); // the block after tells that they are paid
        if !world.is_due(Job::Settle) {
            break;
        }
        let before = world.ledger_entries();
        let receipt = world.tick(Job::Settle);
        if receipt.count("wasm-vault/settled") == 0 {
            let forgotten = before - world.ledger_entries();
            dearest = dearest.max(Some((receipt.gas, forgotten)));
        }
    }
    let (gas, forgotten) = dearest.expect("entries are forgotten");
    meter.alone("settle_cleanup", gas, forgotten);
}

/// Days of withdrawals of nearly half of the vault, and of deposits of as much, until the ledger
/// holds as many entries as one call settles.
fn begin(world: &World) {
    world.begin();
    let everything = world.totals().bonded.u128();
    let part = everything * 45 / 100;
    for _ in 0..DAYS {
        world.execute(BLOCK, ALICE, &request_withdrawal(SHARES), 0);
        world.execute(BLOCK, WHALE, &request_withdrawal(part), 0);
        while world.is_due(Job::Submit) {
            world.tick(Job::Submit);
        }
        if world.ledger_entries() >= ENTRIES {
            world.execute(BLOCK, ALICE, &request_withdrawal(SHARES), 0);
            return;
        }
        world.chain.advance(DAY);
        world.execute(BLOCK, WHALE, &deposit(), part);
        world.invest_all();
    }
    panic!("{} entries after {DAYS} days", world.ledger_entries());
}

impl World {
    /// Rows of the vault's ledger.
    fn ledger_entries(&self) -> u64 {
        let mut count = 0;
        let mut start_after = None;
        loop {
            let page: LedgerResponse = self.ask(&QueryMsg::Ledger {
                start_after,
                limit: Some(PAGE),
            });
            count += u64::try_from(page.entries.len()).unwrap();
            let Some(last) = page.entries.last() else {
                return count;
            };
            start_after = Some(defenders_types::LedgerKey {
                completion_time: last.completion_time,
                validator: last.validator.clone(),
            });
        }
    }
}

/// What a page for delegators asks, lists in their largest pages.
fn queries(meter: &mut Meter) {
    let world = meter.world;
    let batches: BatchesResponse = world.ask(&QueryMsg::Batches {
        start_after: None,
        limit: None,
    });
    let amount = SHARES.into();
    let (start_after, limit) = (None, Some(PAGE));
    let owner = world.alice.clone();
    let asked = [
        QueryMsg::Config {},
        QueryMsg::Ownership {},
        QueryMsg::Totals {},
        QueryMsg::Rate {},
        QueryMsg::PreviewDeposit { amount },
        QueryMsg::ConvertToShares { amount },
        QueryMsg::ConvertToAssets { amount },
        QueryMsg::Position {
            owner: owner.clone(),
            start_after,
            limit,
        },
        QueryMsg::Batch {
            batch_id: batches.batches[0].batch_id,
        },
        QueryMsg::Batches { start_after, limit },
        QueryMsg::Validators {
            start_after: None,
            limit,
        },
        QueryMsg::Ledger {
            start_after: None,
            limit,
        },
        QueryMsg::Jobs {},
        QueryMsg::Solvency {},
        QueryMsg::FeeOwed {
            recipient: owner.clone(),
        },
        QueryMsg::Balance { address: owner },
        QueryMsg::TokenInfo {},
    ];
    for msg in asked {
        let msg = serde_json::to_value(msg).unwrap();
        let (_, gas) = world.chain.smart(&world.vault, &msg);
        meter.alone(&format!("query_{}", name_of(&msg)), gas, 0);
    }
}

/// The only key of a message.
fn name_of(msg: &Value) -> String {
    let keys = msg.as_object().and_then(|object| object.keys().next());
    keys.unwrap().clone()
}
