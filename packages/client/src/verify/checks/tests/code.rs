//! Which code runs, and who may replace it.

use super::*;

/// Who replaces the code, writes what he likes, and puts the old code back, leaves nothing that the code of today shows.
#[test]
fn no_other_code_has_ever_written_the_state() {
    let ran = |letter: &'static str| {
        move |facts: &mut Facts| {
            facts.vault.codes = Some(vec![code(4, "a"), code(5, letter)]);
        }
    };
    let what = "vault's earlier codes";
    assert_only(ran("0"), what, Finding::NotOk, "run code 5");
    assert_only(ran("e"), what, Finding::NotOk, "which is share_sink.wasm");
    assert_only(
        |facts| facts.vault.codes = None,
        what,
        Finding::CannotTell,
        "does not tell which codes",
    );
    assert_only(
        |facts| facts.pot.codes = Some(vec![code(2, "0"), code(4, "b")]),
        "pot's earlier codes",
        Finding::NotOk,
        "run code 2",
    );
    for change in [
        |facts: &mut Facts| facts.owner.codes = Some(vec![code(4, "c"), code(7, "d")]),
        |facts: &mut Facts| {
            let group = facts.group.as_mut().unwrap();
            group.codes = Some(vec![code(4, "d"), code(7, "0")]);
        },
    ] {
        assert_only(
            change,
            "owner's earlier codes",
            Finding::NotOk,
            "run code 7",
        );
    }
    // an earlier release, whose lines stand below those of this one
    let mut list = release();
    list.lines.push(Checksum {
        hash: hash("9"),
        file: "vault.wasm".to_string(),
        builder: String::new(),
    });
    let mut upgraded = facts();
    upgraded.vault.codes = Some(vec![code(2, "9"), code(4, "a")]);
    let checks = compute_all(&upgraded, Some(&list), Some("multisig"));
    assert!(checks.iter().all(|check| check.finding == Finding::Ok));
    let checks = compute_all(&upgraded, None, Some("multisig"));
    assert_eq!(find(&checks, what).finding, Finding::CannotTell);
}

#[test]
fn code_is_that_file_of_the_release_and_no_other() {
    let other = |letter: &'static str| {
        move |facts: &mut Facts| facts.vault = contract("vault", letter, Some("vault"))
    };
    assert_only(
        other("0"),
        "vault's code",
        Finding::NotOk,
        "vault.wasm of the release is aaaa",
    );
    // other files of the list are no vault
    assert_only(
        other("f"),
        "vault's code",
        Finding::NotOk,
        "which is next_vault.wasm",
    );
    assert_only(
        |facts| facts.pot = contract("pot", "e", Some("vault")),
        "pot's code",
        Finding::NotOk,
        "which is share_sink.wasm",
    );
    assert_only(
        |facts| facts.pot.code = None,
        "pot's code",
        Finding::NotOk,
        "pot is no contract",
    );
    let checks = compute_all(&facts(), None, Some("multisig"));
    for what in ["vault's code", "pot's code", "owner's code", "group's code"] {
        assert_eq!(find(&checks, what).finding, Finding::CannotTell);
    }
    let mut short = release();
    short.lines.retain(|line| line.file != "vault.wasm");
    let checks = compute_all(&facts(), Some(&short), Some("multisig"));
    let check = find(&checks, "vault's code");
    assert_eq!(check.finding, Finding::CannotTell);
    assert!(check.because.contains("the list has no vault.wasm"));
}

#[test]
fn name_and_version_are_those_of_this_release() {
    let what = "vault's name and version";
    let named = |name: &'static str, version: &'static str| {
        move |facts: &mut Facts| facts.vault.cw2 = Some((name.to_string(), version.to_string()))
    };
    assert_only(
        named("crates.io:another", OWN),
        what,
        Finding::NotOk,
        "calls itself",
    );
    assert_only(
        named("crates.io:defenders-vault", "99.0.0"),
        what,
        Finding::CannotTell,
        "99.0.0",
    );
    assert_only(
        |facts| facts.vault.cw2 = None,
        what,
        Finding::NotOk,
        "does not say",
    );
}

#[test]
fn only_the_vault_may_replace_code() {
    for (admin, words) in [(Some("key"), "key, at any moment"), (None, "nobody")] {
        assert_only(
            |facts| facts.vault = contract("vault", "a", admin),
            "who may replace the vault's code",
            Finding::NotOk,
            words,
        );
        assert_only(
            |facts| facts.pot = contract("pot", "b", admin),
            "who may replace the pot's code",
            Finding::NotOk,
            words,
        );
    }
}
