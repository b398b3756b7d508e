//! What a listing says, and the owner's maximum.
//!
//! Succeeds when texts are within 64, 128, 128 and 280 bytes, names of groups are short and plain, at most
//! 40 of them are in use, and nobody is named twice. What is listed already is replaced as a whole.
//!
//! Fails otherwise, and changes nothing.

use cosmwasm_std::Uint128;
use defenders_suite::messages::listing;
use defenders_suite::{DAY, Suite, SuiteBuilder, TOKEN, event, text};
use defenders_types::{ListingGroupsInput, ListingInfo, ListingInput};

use crate::fixture::{fund, funded};

/// Names a hosting provider, and nothing else.
pub fn hosted(validator: &str, hosting: &str) -> ListingInput {
    ListingInput {
        groups: Some(ListingGroupsInput {
            hosting: Some(hosting.into()),
            ..ListingGroupsInput::default()
        }),
        ..listing(validator)
    }
}

pub fn with_maximum(validator: &str, tokens: u128) -> ListingInput {
    ListingInput {
        max_tokens: Some(Uint128::new(tokens)),
        ..listing(validator)
    }
}

fn refusal(suite: &mut Suite, listings: Vec<ListingInput>) -> String {
    let before = suite.validator_infos();
    let refusal = suite.try_list_as(listings).unwrap_err();
    assert_eq!(suite.validator_infos(), before);
    refusal.text
}

#[test]
fn listing_is_told_as_it_was_written() {
    let mut suite = SuiteBuilder::base().build();
    let validator = suite.listed[0].clone();
    let ends_at = suite.now() + 100 * DAY;
    let outcome = suite.list_as(vec![ListingInput {
        validator: validator.clone(),
        name: Some("Small & Sons".into()),
        website: Some("https://small.example".into()),
        contact: Some("ops@small.example".into()),
        reason: Some("Runs its own machines".into()),
        groups: Some(ListingGroupsInput {
            operator: Some("small-sons".into()),
            hosting: Some("own-cellar".into()),
            jurisdiction: Some("is".into()),
        }),
        max_tokens: Some(Uint128::new(70 * TOKEN)),
        ends_at: Some(ends_at),
    }]);

    let told = vec![event("validators_listed", [("count", &1)])];
    assert_eq!(outcome.vault_events(), told);
    let expected = ListingInfo {
        name: Some("Small & Sons".into()),
        website: Some("https://small.example".into()),
        contact: Some("ops@small.example".into()),
        reason: Some("Runs its own machines".into()),
        listed_at: suite.now(),
        ends_at: Some(ends_at),
        operator: Some("small-sons".into()),
        hosting: Some("own-cellar".into()),
        jurisdiction: Some("is".into()),
        max_tokens: Some(Uint128::new(70 * TOKEN)),
        own_max_tokens: None,
        own_max_later: None,
    };
    assert_eq!(suite.validator_info(&validator).listing, Some(expected));
}

#[test]
fn renewed_listing_replaces_all_of_the_old_one() {
    let mut suite = SuiteBuilder::base().build();
    let validator = suite.listed[0].clone();
    suite.list_as(vec![ListingInput {
        name: Some("old".into()),
        max_tokens: Some(Uint128::new(1)),
        ends_at: Some(suite.now() + DAY),
        ..hosted(&validator, "north")
    }]);

    suite.list_as(vec![ListingInput {
        reason: Some("new".into()),
        ..listing(&validator)
    }]);

    let expected = ListingInfo {
        name: None,
        website: None,
        contact: None,
        reason: Some("new".into()),
        listed_at: suite.now(),
        ends_at: None,
        operator: None,
        hosting: None,
        jurisdiction: None,
        max_tokens: None,
        own_max_tokens: None,
        own_max_later: None,
    };
    assert_eq!(suite.validator_info(&validator).listing, Some(expected));
    let mut suite = fund(suite);
    suite.drain(std::slice::from_ref(&validator));
    assert_eq!(suite.validator_info(&validator).listing, None);
}

#[test]
fn texts_end_at_their_bounds_in_bytes() {
    let mut suite = funded();
    let validator = suite.listed[0].clone();
    let with = |field: &str, written: String| {
        let (mut input, written) = (listing(&validator), Some(written));
        match field {
            "name" => input.name = written,
            "website" => input.website = written,
            "contact" => input.contact = written,
            _ => input.reason = written,
        }
        vec![input]
    };
    for (field, most) in [
        ("name", 64),
        ("website", 128),
        ("contact", 128),
        ("reason", 280),
    ] {
        suite.list_as(with(field, "x".repeat(most)));
        suite.list_as(with(field, "ä".repeat(most / 2)));
        let long = [
            ("x".repeat(most + 1), most + 1),
            ("ä".repeat(most / 2 + 1), most + 2),
        ];
        for (written, got) in long {
            let text = refusal(&mut suite, with(field, written));
            let reason = format!(
                "{field} has at most {most} bytes and no control characters, got {got} bytes"
            );
            assert!(text.contains(&reason), "{text}");
        }
        for control in ["\n", "\t", "\0", "\u{1b}[2J", "\u{7f}", "\u{9b}"] {
            let text = refusal(&mut suite, with(field, format!("a{control}b")));
            assert!(text.contains("control characters among them"), "{text}");
        }
    }
}

#[test]
fn names_of_groups_are_short_and_plain() {
    let mut suite = funded();
    let validator = suite.listed[0].clone();
    for name in ["a", "own-cellar-3", &"z".repeat(32)] {
        suite.list_as(vec![hosted(&validator, name)]);
    }
    for name in ["", "A", "a b", "a_b", "ä", "a\n", &"z".repeat(33)] {
        let text = refusal(&mut suite, vec![hosted(&validator, name)]);
        assert!(
            text.contains("a group is named by 1 to 32 of a-z, 0-9 and -"),
            "{text}"
        );
    }
}

#[test]
fn forty_groups_are_named_and_names_that_nobody_has_make_room() {
    let mut suite = SuiteBuilder::base().with_listed_count(41).build();
    let listed = suite.listed.clone();
    let named = |from: usize| {
        let names = listed.iter().zip(from..);
        let named = names.map(|(it, number)| hosted(it, &format!("host-{number}")));
        named.take(40).collect::<Vec<_>>()
    };
    suite.list_as(named(0));

    let text = refusal(&mut suite, vec![hosted(&listed[40], "host-40")]);
    let reason = "no more than 40 groups can be named at once: host-40 is one too many";
    assert!(text.contains(reason), "{text}");

    // a name of another validator, and one that its only validator gives up in the same call
    suite.list_as(vec![hosted(&listed[40], "host-7")]);
    suite.list_as(vec![hosted(&listed[0], "other")]);
    // all at once
    suite.list_as(vec![listing(&listed[40])]);
    suite.list_as(named(100));
    let infos = suite.validator_infos();
    let hosts = infos.into_iter().filter_map(|it| it.listing?.hosting);
    let expected = (100..140).map(|number| format!("host-{number}"));
    assert_eq!(hosts.collect::<Vec<_>>(), expected.collect::<Vec<_>>());

    // a drained one keeps its group until nothing is left of it, and nothing ever was
    suite.drain(&listed[..1]);
    let text = refusal(&mut suite, vec![hosted(&listed[40], "host-40")]);
    assert!(text.contains(reason), "{text}");
}

#[test]
fn nobody_is_named_twice() {
    let mut suite = funded();
    let validator = suite.listed[0].clone();
    let twice = vec![hosted(&validator, "north"), hosted(&validator, "south")];
    let text = refusal(&mut suite, twice);
    assert!(
        text.contains(&format!("{validator} is named twice")),
        "{text}"
    );
}

#[test]
fn owners_maximum_bounds_cap_target_and_capacity() {
    let mut suite = funded();
    let last = suite.listed[9].clone();
    assert_eq!(suite.validator_info(&last).delegated.u128(), 55 * TOKEN);
    let capacity = suite.totals().capacity.u128();
    let (each, rest) = (capacity / 10, capacity % 10);
    assert_eq!(rest, 0, "ten equal ones");

    suite.list_as(vec![with_maximum(&last, 60 * TOKEN)]);

    let info = suite.validator_info(&last);
    assert_eq!(
        (info.cap.u128(), info.target.u128()),
        (60 * TOKEN, 60 * TOKEN)
    );
    assert_eq!(suite.totals().capacity.u128(), 9 * each + 60 * TOKEN);
    let bob = suite.user("bob");
    let mut tokens_there = 0;
    for _ in 0..4 {
        let deposited = suite.deposit(&bob, 20 * TOKEN);
        let there = deposited.named("delegated");
        let there = there.iter().filter(|it| text(it, "validator") == last);
        tokens_there += there
            .map(|it| defenders_suite::number(it, "tokens"))
            .sum::<u128>();
    }
    suite.keep();
    assert_eq!(tokens_there, 5 * TOKEN);
    assert_eq!(suite.validator_info(&last).delegated.u128(), 60 * TOKEN);
    assert_eq!(suite.totals().idle.u128(), 0);
}

#[test]
fn owners_maximum_of_nothing_gives_nothing() {
    let mut suite = funded();
    let last = suite.listed[9].clone();
    let each = suite.totals().capacity.u128() / 10;

    suite.list_as(vec![with_maximum(&last, 0)]);

    let info = suite.validator_info(&last);
    assert_eq!((info.cap.u128(), info.target.u128()), (0, 0));
    assert_eq!(suite.totals().capacity.u128(), 9 * each);
    let bob = suite.user("bob");
    suite.deposit(&bob, 50 * TOKEN);
    let kept = suite.keep();
    // it is above its cap: three moves of the owner's budget of the epoch
    let moves = kept.iter().flat_map(|outcome| outcome.named("redelegated"));
    assert!(
        moves
            .clone()
            .all(|it| text(&it, "source") == last && text(&it, "reason") == "above_cap")
    );
    let moved: u128 = moves.map(|it| defenders_suite::number(&it, "tokens")).sum();
    assert!(0 < moved && moved <= 50 * TOKEN, "{moved}");
    let left = suite.validator_info(&last).delegated.u128();
    assert_eq!(left, 55 * TOKEN - moved);

    suite.list_in_time(std::slice::from_ref(&last));
    let others = 9 * suite.totals().capacity.u128() / 10;
    assert!(
        others.abs_diff(9 * each) < TOKEN * 1_000,
        "a tenth is its part: {others}"
    );
    assert!(suite.validator_info(&last).target.u128() > 55 * TOKEN);
}
