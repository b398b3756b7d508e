//! Who owns it, and who chooses who does.

use super::*;

#[test]
fn the_owner_is_the_expected_contract() {
    let key = |facts: &mut Facts| {
        facts.config.owner = "key".to_string();
        facts.owner = Contract {
            address: "key".to_string(),
            info: None,
            code: None,
            codes: None,
            cw2: None,
        };
        facts.group = None;
        facts.group_admin = None;
        facts.threshold = None;
        facts.weights = None;
    };
    let rest = [
        ("owner's code", Finding::NotOk, "it has none"),
        ("how many decide", Finding::CannotTell, "does not say"),
        ("group's code", Finding::CannotTell, "names no group"),
        (
            "who chooses the members",
            Finding::CannotTell,
            "names no group",
        ),
    ];
    let mut expected = vec![("owner", Finding::NotOk, "key, and it should be multisig")];
    expected.extend(rest);
    assert_all(key, &expected);
    let mut alone = facts();
    key(&mut alone);
    for owner in [None, Some("key")] {
        let checks = compute_all(&alone, Some(&release()), owner);
        let check = find(&checks, "owner");
        assert_eq!(check.finding, Finding::NotOk, "{owner:?}");
        assert!(check.because.contains("one key decides alone"));
    }
    let checks = compute_all(&facts(), Some(&release()), None);
    assert_eq!(find(&checks, "owner").finding, Finding::CannotTell);
}

#[test]
fn the_owner_is_a_multisig_whose_code_only_itself_replaces() {
    let what = "owner's code";
    let owner = |letter: &'static str, admin: Option<&'static str>| {
        move |facts: &mut Facts| facts.owner = contract("multisig", letter, admin)
    };
    assert_only(
        owner("c", Some("key")),
        what,
        Finding::NotOk,
        "key may replace it",
    );
    assert_only(
        owner("e", Some("multisig")),
        what,
        Finding::NotOk,
        "share_sink.wasm: no multisig",
    );
    assert_only(
        owner("0", Some("multisig")),
        what,
        Finding::CannotTell,
        "not of this release",
    );
    assert_only(owner("c", None), what, Finding::Ok, "as released");
}

#[test]
fn no_voter_decides_alone() {
    let what = "how many decide";
    let decides = |threshold: ThresholdResponse, weights: &'static [u64]| {
        move |facts: &mut Facts| {
            facts.threshold = Some(threshold);
            facts.weights = Some(weights.to_vec());
        }
    };
    let alone = "one voter decides alone";
    assert_only(
        decides(absolute(3), &[1; 5]),
        what,
        Finding::Ok,
        "5 voters, the greatest with 1; it takes 3 yes",
    );
    assert_only(decides(absolute(1), &[1; 5]), what, Finding::NotOk, alone);
    assert_only(
        decides(absolute(3), &[3, 1, 1]),
        what,
        Finding::NotOk,
        alone,
    );
    // with a quorum of a fifth one vote is enough when nobody else has voted
    let quorum = |percent| ThresholdResponse::ThresholdQuorum {
        threshold: Decimal::percent(51),
        quorum: Decimal::percent(percent),
        total_weight: 5,
    };
    assert_only(decides(quorum(20), &[1; 5]), what, Finding::NotOk, alone);
    assert_only(decides(quorum(40), &[1; 5]), what, Finding::Ok, "5 voters");
    assert_only(
        |facts| facts.weights = None,
        what,
        Finding::CannotTell,
        "does not say",
    );
}

#[test]
fn only_members_choose_members() {
    let what = "who chooses the members";
    let admin = |admin: Option<&'static str>| {
        move |facts: &mut Facts| facts.group_admin = admin.map(str::to_string)
    };
    assert_only(
        admin(Some("key")),
        what,
        Finding::NotOk,
        "key changes group alone",
    );
    assert_only(admin(Some("")), what, Finding::Ok, "nobody: group is fixed");
    assert_only(admin(None), what, Finding::CannotTell, "does not say");
    // whoever replaces the group's code chooses too, fixed or not
    for members in ["multisig", ""] {
        assert_only(
            |facts| {
                facts.group = Some(contract("group", "d", Some("key")));
                facts.group_admin = Some(members.to_string());
            },
            what,
            Finding::NotOk,
            "key may replace the code of group",
        );
    }
    assert_only(
        |facts| facts.group = Some(contract("group", "0", Some("multisig"))),
        "group's code",
        Finding::NotOk,
        "cw4_group.wasm of the release is dddd",
    );
}
