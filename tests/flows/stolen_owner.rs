//! A thief has the owner's key.
//!
//! Succeeds when everyone who asks on the first day is paid all that they brought, whatever the thief does, before
//! anything acts that is not good for every depositor; when no stake reaches a validator that was not listed
//! before; and when the thief's acts move no more than `worst_case {}` says.
//!
//! The worst order: what leaves and what is tightened at once, because only that acts before people are out; all
//! else is scheduled in the same block, so that it is due as soon as it can be; and all of it again every
//! six hours, so that nothing is left that a later epoch's budget could move.

use cosmwasm_std::{Binary, Decimal};
use defenders_suite::chain::Code;
use defenders_suite::choice::{are_shares_coins, is_real};
use defenders_suite::messages::listing;
use defenders_suite::{DAY, Suite, SuiteBuilder, TOKEN};
use defenders_types::{
    ChangesResponse, ExecuteMsg, ListingInput, OwnContract, QueryMsg, SettingInput,
    WorstCaseResponse,
};

use crate::listing::with_maximum;
use crate::stolen::{Exit, everyone_asks, everyone_gets_out, inhabited};

/// Of which only a cw20 has some.
const TEXTS: &str = "texts of the token";

/// A setting, and its hard bound in the direction that is good for every depositor.
const TIGHTEST: [(&str, &str); 9] = [
    ("vault_share_cap", "0.02"),
    ("chain_share_cap", "0.005"),
    ("match_cap", "0.1"),
    ("operator_cap", "0.05"),
    ("hosting_cap", "0.1"),
    ("jurisdiction_cap", "0.2"),
    ("max_commission_rate", "0.05"),
    ("commission_return_period", "7776000"),
    ("performance_fee_rate", "0"),
];

/// A setting, and what a thief would rather have: as many as may wait beside all else.
const LOOSEST: [(&str, &str); 15] = [
    ("vault_share_cap", "0.2"),
    ("chain_share_cap", "0.05"),
    ("match_cap", "0.75"),
    ("floor", "0"),
    ("performance_fee_rate", "0.1"),
    ("max_messages_per_invest", "1"),
    ("harvest_page", "1"),
    ("profit_unlock_period", "604800"),
    ("max_commission_rate", "0.2"),
    ("keeper_bounty_share", "1"),
    ("turnover_quality", "0.25"),
    ("batch_period", "604800"),
    ("book_max_age", "604800"),
    ("max_messages_per_piece", "1"),
    ("max_moves", "5"),
];

fn settings(values: &[(&str, &str)]) -> ExecuteMsg {
    let setting = |(name, value): &(&str, &str)| SettingInput {
        name: (*name).into(),
        value: Some((*value).into()),
    };
    ExecuteMsg::ProposeSettings {
        settings: values.iter().map(setting).collect(),
        valid_until: None,
    }
}

fn list(validators: Vec<ListingInput>) -> ExecuteMsg {
    ExecuteMsg::ListValidators {
        validators,
        valid_until: None,
    }
}

fn drain(validators: &[String]) -> ExecuteMsg {
    ExecuteMsg::DrainValidators {
        validators: validators.to_vec(),
        valid_until: None,
    }
}

/// A vault whose fee can be raised.
fn cheap() -> SuiteBuilder {
    SuiteBuilder::base().with_fee(5, 10)
}

/// The thief's own: the large ones, of which nobody is listed.
fn thieves(suite: &Suite) -> Vec<String> {
    suite.validators[..4].to_vec()
}

/// Every message of the owner, as bad as it can be made.
fn acts(suite: &mut Suite) -> Vec<(&'static str, ExecuteMsg)> {
    let thief = suite.user("thief");
    let own = thieves(suite).iter().map(|it| listing(it)).collect();
    let nothing = suite.listed.iter().map(|it| with_maximum(it, 0)).collect();
    let code_id = suite.chain.store(Code::NextVault);
    let upgrade = ExecuteMsg::ScheduleUpgrade {
        contract: OwnContract::Vault,
        code_id,
        checksum: suite.chain.checksum(code_id),
        msg: Some(Binary::from(b"{}")),
        valid_until: None,
    };
    let roles = [
        ("guardian", &*thief),
        ("fee_recipient", &*thief),
        ("power_source", &*format!("attested:{thief}")),
    ];
    vec![
        ("list its own", list(own)),
        ("maxima of nothing", list(nothing)),
        ("drain all", drain(&suite.listed)),
        ("drain all but one", drain(&suite.listed[1..])),
        ("tighten", settings(&TIGHTEST)),
        ("loosen", settings(&LOOSEST)),
        ("roles", settings(&roles)),
        ("upgrade", upgrade),
        ("arm the brake", ExecuteMsg::ArmBrake { valid_until: None }),
        (
            "name a successor",
            ExecuteMsg::TransferOwnership {
                new_owner: thief,
                expires_at: None,
                valid_until: None,
            },
        ),
        (
            "cancel the transfer",
            ExecuteMsg::CancelOwnershipTransfer { valid_until: None },
        ),
        (
            "cancel a change",
            ExecuteMsg::CancelChange {
                id: 0,
                valid_until: None,
            },
        ),
        (
            "believe a snapshot",
            ExecuteMsg::AcceptSnapshot {
                failed: vec![],
                valid_until: None,
            },
        ),
        (
            "take the brake off",
            ExecuteMsg::TakeBrakeOff { valid_until: None },
        ),
        (
            TEXTS,
            ExecuteMsg::UpdateMarketing {
                project: Some("https://thief.example".into()),
                description: None,
                marketing: None,
            },
        ),
    ]
}

/// Everything that waits is due only after the last one was paid.
fn ensure_out_before_all_that_waits(suite: &Suite, exit: &Exit) {
    let told: ChangesResponse = suite.query(&QueryMsg::Changes {});
    for change in told.changes {
        assert!(exit.last_paid_at < change.due_at, "{change:?}");
    }
}

fn ensure_nothing_is_at(suite: &Suite, validators: &[String]) {
    let mut stakes = suite.chain.delegations(&suite.vault).into_iter();
    assert!(stakes.all(|(there, _)| !validators.contains(&there)));
}

/// They ask, the thief acts at once and every six hours, and they are paid as the worst case says.
fn ensure_everyone_is_out(
    mut suite: Suite,
    every_hours: u64,
    mut act: impl FnMut(&mut Suite),
) -> (Suite, u128) {
    let worst: WorstCaseResponse = suite.query(&QueryMsg::WorstCase {});
    act(&mut suite);
    let asked = everyone_asks(&mut suite);
    let own = thieves(&suite);
    let exit = everyone_gets_out(&mut suite, &asked, 30, every_hours, |suite| {
        ensure_nothing_is_at(suite, &own);
        act(suite);
    });
    exit.ensure_paid_but_for(20);
    // what is good for everyone alone has acted
    let fee = suite.config().fee.performance_fee_rate;
    assert!(fee <= Decimal::percent(5), "{fee}");
    ensure_out_before_all_that_waits(&suite, &exit);
    ensure_nothing_is_at(&suite, &own);
    let moved = exit.moved_by_owner();
    assert!(moved <= worst.tokens.u128(), "{moved} of {worst:?}");
    (suite, moved)
}

fn send(suite: &mut Suite, msg: &ExecuteMsg) -> bool {
    let thief = suite.owner.clone();
    suite.execute(&thief, msg, vec![]).is_ok()
}

#[test]
fn each_message_alone() {
    let count = acts(&mut cheap().build()).len();
    for position in 0..count {
        let mut suite = inhabited(cheap());
        let (name, msg) = acts(&mut suite).swap_remove(position);
        println!("{name}");
        let mut accepted = false;
        let (_, moved) = ensure_everyone_is_out(suite, 60, |suite| {
            accepted |= send(suite, &msg);
        });
        // there is no transfer, no change, no suspect snapshot, no brake on, and coins have no texts here
        let mut idle = vec![
            "cancel the transfer",
            "cancel a change",
            "believe a snapshot",
            "take the brake off",
        ];
        if are_shares_coins() {
            idle.push(TEXTS);
        }
        assert_eq!(accepted, !idle.contains(&name), "{name}");
        // whom less is given has it above its cap, and where all have that nobody takes it
        let moves = ["drain all", "drain all but one"];
        assert_eq!(moved > 0, moves.contains(&name), "{name} moved {moved}");
    }
}

#[test]
fn all_of_them_in_the_worst_order() {
    let mut suite = inhabited(cheap());
    let acts = acts(&mut suite);
    let of = |name: &str| {
        let mut found = acts.iter().filter(|(known, _)| *known == name);
        found.next().unwrap().1.clone()
    };
    let order = [
        "roles",
        "upgrade",
        "list its own",
        "loosen",
        "tighten",
        "drain all but one",
        "maxima of nothing",
        "drain all",
        "name a successor",
    ]
    .into_iter()
    .chain((!are_shares_coins()).then_some(TEXTS));
    let order: Vec<ExecuteMsg> = order.map(of).collect();

    let mut first = vec![false; order.len()];
    let hours = match is_real() {
        true => 24,
        false => 6,
    };
    let (suite, moved) = ensure_everyone_is_out(suite, hours, |suite| {
        for (is_first, msg) in first.iter_mut().zip(&order) {
            *is_first |= send(suite, msg);
        }
    });
    assert!(first.iter().all(|accepted| *accepted), "{first:?}");

    assert!(moved > 0);
    // the seed alone is left, and all that waits is still to come
    assert_eq!(suite.totals().total_shares.u128(), TOKEN);
    let told: ChangesResponse = suite.query(&QueryMsg::Changes {});
    assert!(!told.changes.is_empty());
}

#[test]
fn second_thief_who_was_named_successor_goes_on() {
    let mut suite = inhabited(cheap());
    let thief = suite.user("thief");
    let acts = acts(&mut suite);
    suite.offer_ownership(&thief, None).unwrap();
    suite.accept_ownership(&thief).unwrap();
    let old_owner = suite.user("owner");
    let refusal = suite.execute(&old_owner, &acts[2].1, vec![]).unwrap_err();
    assert!(refusal.says("only the owner"), "{}", refusal.text);

    ensure_everyone_is_out(suite, 48, |suite| {
        for (_, msg) in &acts {
            send(suite, msg);
        }
    });
}

#[test]
fn guardian_cancels_what_the_thief_schedules() {
    let mut suite = inhabited(cheap());
    let guardian = suite.user("guardian");
    for (_, msg) in acts(&mut suite) {
        send(&mut suite, &msg);
    }
    let told: ChangesResponse = suite.query(&QueryMsg::Changes {});
    let mut kept = vec![];
    for change in told.changes {
        let cancel = ExecuteMsg::CancelChange {
            id: change.id,
            valid_until: None,
        };
        if suite.execute(&guardian, &cancel, vec![]).is_err() {
            kept.push(change.change);
        }
    }
    // its own replacement alone
    let guardians: Vec<String> = kept.iter().map(|it| format!("{it:?}")).collect();
    assert_eq!(guardians.len(), 1, "{guardians:?}");
    assert!(guardians[0].contains("guardian"));
    suite.advance(DAY);
}
