//! A list whose validators share operators, hosts and jurisdictions, 20 groups in all: moves, listing, the
//! end of a refresh, and what people ask about them.

use defenders_suite::messages::request_withdrawal;
use defenders_suite::{BLOCK, DAY, TOKEN};
use defenders_types::{ExecuteMsg, Job, ListingGroupsInput, ListingInput, QueryMsg};

use super::chain::Receipt;
use super::measures::Meter;
use super::natives::Native;
use super::world::{ALICE, World};

/// Groups of each kind. With an operator there are `OPERATORS` of every `EACH` validators.
const OPERATORS: usize = 7;
const EACH: usize = 20;
const HOSTS: usize = 8;
const JURISDICTIONS: usize = 5;
/// Of so many validators one is drained, of all together at most `MOST_DRAINED`: more moves than a call
/// makes, and others can take all of it.
const ONE_DRAINED_OF: usize = 10;
const MOST_DRAINED: usize = 5;
/// Most validators in one message.
const MOST_LISTED: usize = 100;
/// Days of samples in the largest page of the rate's history, and one more.
const DAYS: u64 = 31;
/// Shares of one request.
const SHARES: u128 = TOKEN;
/// The largest page.
const PAGE: u32 = 30;

/// The listings of these validators.
pub fn listings(validators: &[String]) -> Vec<ListingInput> {
    let listing = |(i, validator): (usize, &String)| ListingInput {
        validator: validator.clone(),
        groups: Some(ListingGroupsInput {
            operator: (i % EACH < OPERATORS).then(|| format!("operator-{}", i % EACH)),
            hosting: Some(format!("host-{}", i % HOSTS)),
            jurisdiction: Some(format!("country-{}", i % JURISDICTIONS)),
        }),
        ..ListingInput::default()
    };
    validators.iter().enumerate().map(listing).collect()
}

/// A rebalance of as many moves as the world's vault makes in a call.
pub fn measure_moves(meter: &mut Meter) {
    let world = meter.world;
    let most = u64::from(world.parameters().max_moves);
    begin_with_moves(world);
    world.reward();
    let receipt = world.tick(Job::Rebalance);
    let undelegated = receipt.count("unbond");
    assert_eq!((receipt.count("redelegate"), undelegated), (most, 0));
    assert_eq!(receipt.number("wasm-vault/rebalanced", "dropped"), 0);
    meter.beside(
        &format!("rebalance_{most}"),
        &receipt,
        Native::Redelegate,
        most,
    );
}

/// All else.
pub fn measure(meter: &mut Meter) {
    list(meter);
    refresh(meter);
    queries(meter);
}

fn begin_with_moves(world: &World) {
    world.begin();
    drain(world);
}

fn count_drained(world: &World) -> usize {
    (world.listed.len() / ONE_DRAINED_OF).min(MOST_DRAINED)
}

fn drain(world: &World) -> Receipt {
    let validators = world.listed[..count_drained(world)].to_vec();
    let drain = ExecuteMsg::DrainValidators {
        validators,
        valid_until: None,
    };
    world.execute(BLOCK, "owner", &drain, 0)
}

/// As many as one message takes, with groups, which have them already.
fn list(meter: &mut Meter) {
    let world = meter.world;
    world.begin();
    let count = world.listed.len().min(MOST_LISTED);
    let validators = listings(&world.listed[..count]);
    let receipt = world.execute(
        BLOCK,
        "owner",
        &ExecuteMsg::ListValidators {
            validators,
            valid_until: None,
        },
        0,
    );
    meter.alone("list", receipt.gas, count.try_into().unwrap());

    world.begin();
    let one = ExecuteMsg::ListValidators {
        validators: listings(&world.listed[..1]),
        valid_until: None,
    };
    let receipt = world.execute(BLOCK, "owner", &one, 0);
    meter.alone("list_one", receipt.gas, 1);

    world.begin();
    let drained = count_drained(world).try_into().unwrap();
    meter.alone("drain", drain(world).gas, drained);
}

/// The call that takes in what was read: eligibility, capacity, fill list, plan.
fn refresh(meter: &mut Meter) {
    let world = meter.world;
    world.begin();
    world.chain.advance(DAY);
    let mut last = None;
    while world.is_due(Job::Refresh) {
        let receipt = world.tick(Job::Refresh);
        last = Some((receipt.gas, receipt.number("wasm-vault/refreshed", "read")));
    }
    let (gas, read) = last.expect("a refresh is due after a day");
    meter.alone("refresh_last", gas, read);
}

/// In a vault that is a month old, with batches; lists in their largest pages.
fn queries(meter: &mut Meter) {
    let world = meter.world;
    world.begin();
    for _ in 0..DAYS {
        world.execute(BLOCK, ALICE, &request_withdrawal(SHARES), 0);
        while world.is_due(Job::Submit) {
            world.tick(Job::Submit);
        }
        world.chain.advance(DAY);
        world.tick(Job::Refresh);
    }
    while world.is_due(Job::Refresh) {
        world.tick(Job::Refresh);
    }
    let (start_after, limit) = (None, Some(PAGE));
    let plan = QueryMsg::Plan { at: None };
    let of_other_job = ask(world, &plan);
    drain(world);
    let explain = |place: usize| QueryMsg::Explain {
        validator: world.listed[place].clone(),
    };
    let explained = [0, world.listed.len() / 2, world.listed.len() - 1]
        .map(|place| ask(world, &explain(place)));
    let owner = world.alice.clone();
    let rows = [
        ("plan", of_other_job.max(ask(world, &plan))),
        ("explain", explained.into_iter().max().unwrap_or_default()),
        ("health", ask(world, &QueryMsg::Health {})),
        (
            "validators_grouped",
            ask(
                world,
                &QueryMsg::Validators {
                    start_after: None,
                    limit,
                },
            ),
        ),
        (
            "rate_history",
            ask(world, &QueryMsg::RateHistory { start_after, limit }),
        ),
        (
            "position_grouped",
            ask(
                world,
                &QueryMsg::Position {
                    owner,
                    start_after,
                    limit,
                },
            ),
        ),
    ];
    for (name, gas) in rows {
        meter.alone(&format!("query_{name}"), gas, 0);
    }
}

fn ask(world: &World, msg: &QueryMsg) -> u64 {
    let msg = serde_json::to_value(msg).unwrap();
    let (_, gas) = world.chain.smart(&world.vault, &msg);
    gas
}
