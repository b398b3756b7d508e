//! Two-step ownership.
//!
//! Succeeds when the owner names who may take its place and that one accepts in time; when the
//! owner names another instead, or nobody any more; when it names itself, which changes nothing.
//!
//! Fails when others name or cancel; when anybody but the one last named accepts; from the
//! expiry on; for an expiry that is not in the future; for the vault and its pot; when there is
//! nothing to accept or to cancel; with coins.

use cosmwasm_std::coins;
use defenders_suite::messages::list_validators;
use defenders_suite::{BLOCK, DAY, DENOM, Suite, SuiteBuilder, TOKEN, event};
use defenders_types::{ExecuteMsg, OwnershipResponse, QueryMsg};

/// A vault of which "owner" is the owner, and the address of "bob".
fn vault() -> (Suite, String) {
    let suite = SuiteBuilder::base().build();
    let bob = suite.user("bob");
    (suite, bob)
}

/// The owner names Bob for a day.
fn offered() -> (Suite, String) {
    offered_of(SuiteBuilder::base())
}

/// As [`offered`], on another base.
fn offered_of(builder: SuiteBuilder) -> (Suite, String) {
    let mut suite = builder.build();
    let bob = suite.user("bob");
    let expires_at = suite.now() + DAY;
    suite.offer_ownership(&bob, Some(expires_at)).unwrap();
    (suite, bob)
}

fn ownership(owner: &str, pending: Option<(&str, u64)>) -> OwnershipResponse {
    OwnershipResponse {
        owner: owner.into(),
        pending_owner: pending.map(|(pending_owner, _)| pending_owner.into()),
        expires_at: pending.map(|(_, expires_at)| expires_at),
    }
}

/// Whether an account may list validators, which the owner alone may.
fn is_obeyed(suite: &mut Suite, sender: &str) -> bool {
    let unlisted = suite.validators[..1].to_vec();
    let result = suite.execute(sender, &list_validators(&unlisted), vec![]);
    if result.is_ok() {
        let validators = unlisted;
        let drain = ExecuteMsg::DrainValidators {
            validators,
            valid_until: None,
        };
        suite.execute(sender, &drain, vec![]).unwrap();
    }
    result.is_ok()
}

#[test]
fn owner_names_a_successor_who_accepts() {
    let (mut suite, bob) = vault();
    let owner = suite.owner.clone();
    let expires_at = suite.now() + DAY;

    let started = suite.offer_ownership(&bob, Some(expires_at)).unwrap();

    let expected = event(
        "ownership_transfer_started",
        [
            ("owner", &owner),
            ("pending_owner", &bob),
            ("expires_at", &expires_at),
        ],
    );
    assert_eq!(started.vault_events(), vec![expected]);
    assert_eq!(
        suite.ownership(),
        ownership(&owner, Some((&bob, expires_at)))
    );
    assert_eq!(suite.config().owner, owner);
    assert!(!is_obeyed(&mut suite, &bob));
    assert!(is_obeyed(&mut suite, &owner));

    let transferred = suite.accept_ownership(&bob).unwrap();

    let expected = event(
        "ownership_transferred",
        [("previous_owner", &owner), ("owner", &bob)],
    );
    assert_eq!(transferred.vault_events(), vec![expected]);
    assert_eq!(suite.ownership(), ownership(&bob, None));
    assert_eq!(suite.config().owner, bob);
    assert!(is_obeyed(&mut suite, &bob));
    assert!(!is_obeyed(&mut suite, &owner));
}

#[test]
fn offer_without_an_expiry_lasts_fourteen_days() {
    let (mut suite, bob) = vault();
    let owner = suite.owner.clone();

    suite.offer_ownership(&bob, None).unwrap();

    let expires_at = suite.now() + 14 * DAY;
    let expected = ownership(&owner, Some((&bob, expires_at)));
    assert_eq!(suite.ownership(), expected);
}

#[test]
fn offer_is_accepted_until_the_second_before_its_expiry() {
    let (mut suite, bob) = offered();
    suite.advance(DAY - 1 - 2 * BLOCK);
    suite.accept_ownership(&bob).unwrap();
    assert_eq!(suite.ownership(), ownership(&bob, None));
}

#[test]
fn offer_is_not_accepted_from_its_expiry_on() {
    let (mut suite, bob) = offered();
    let owner = suite.owner.clone();
    let before = suite.ownership();
    suite.advance(DAY - 2 * BLOCK);

    let refusal = suite.accept_ownership(&bob).unwrap_err();

    let expires_at = before.expires_at.unwrap();
    assert_eq!(suite.now(), expires_at);
    let reason = format!("expires at {expires_at}, now {expires_at}");
    assert!(refusal.says(&reason), "{}", refusal.text);
    assert_eq!(suite.ownership(), before);
    suite.offer_ownership(&bob, None).unwrap();
    suite.accept_ownership(&bob).unwrap();
    assert_eq!(suite.ownership(), ownership(&bob, None));
    assert!(!is_obeyed(&mut suite, &owner));
}

#[test]
fn second_offer_replaces_the_first() {
    let (mut suite, bob) = offered();
    let owner = suite.owner.clone();
    let carol = suite.user("carol");

    suite.offer_ownership(&carol, None).unwrap();

    let refusal = suite.accept_ownership(&bob).unwrap_err();
    let reason = format!("only {carol} may accept the ownership, not {bob}");
    assert!(refusal.says(&reason), "{}", refusal.text);
    suite.accept_ownership(&carol).unwrap();
    assert_eq!(suite.ownership(), ownership(&carol, None));
    assert!(!is_obeyed(&mut suite, &owner));
}

#[test]
fn cancelled_offer_is_gone() {
    let (mut suite, bob) = offered();
    let owner = suite.owner.clone();

    let cancelled = suite.cancel_ownership_transfer(&owner).unwrap();

    let expected = event(
        "ownership_transfer_cancelled",
        [("owner", &owner), ("pending_owner", &bob)],
    );
    assert_eq!(cancelled.vault_events(), vec![expected]);
    assert_eq!(suite.ownership(), ownership(&owner, None));
    let none = "no transfer of the ownership is under way";
    assert!(suite.accept_ownership(&bob).unwrap_err().says(none));
    let again = suite.cancel_ownership_transfer(&owner).unwrap_err();
    assert!(again.says(none), "{}", again.text);
}

#[test]
fn accepted_offer_is_accepted_once() {
    let (mut suite, bob) = offered();
    suite.accept_ownership(&bob).unwrap();
    let refusal = suite.accept_ownership(&bob).unwrap_err();
    assert!(refusal.says("no transfer"), "{}", refusal.text);
}

#[test]
fn only_the_owner_offers_and_cancels() {
    let (mut suite, bob) = offered();
    let owner = suite.owner.clone();
    let before = suite.ownership();
    for name in ["bob", "carol", "keeper", "fees"] {
        let stranger = suite.user(name);
        let message = ExecuteMsg::TransferOwnership {
            new_owner: stranger.clone(),
            expires_at: None,
            valid_until: None,
        };
        let reason = format!("only the owner {owner} may do this, not {stranger}");
        let offer = suite.execute(&stranger, &message, vec![]).unwrap_err();
        assert!(offer.says(&reason), "{}", offer.text);
        let cancel = suite.cancel_ownership_transfer(&stranger).unwrap_err();
        assert!(cancel.says(&reason), "{}", cancel.text);
    }
    assert_eq!(suite.ownership(), before);
    suite.accept_ownership(&bob).unwrap();
}

#[test]
fn only_the_one_named_accepts() {
    let (mut suite, bob) = offered();
    let before = suite.ownership();
    for name in ["owner", "carol", "keeper"] {
        let other = suite.user(name);
        let refusal = suite.accept_ownership(&other).unwrap_err();
        let reason = format!("only {bob} may accept the ownership, not {other}");
        assert!(refusal.says(&reason), "{}", refusal.text);
    }
    assert_eq!(suite.ownership(), before);
}

#[test]
fn vault_and_pot_are_never_owners() {
    let (mut suite, _) = vault();
    let before = suite.ownership();
    for own in [suite.vault.clone(), suite.pot.clone()] {
        let refusal = suite.offer_ownership(&own, None).unwrap_err();
        let reason = format!("{own} is the vault or its reward pot and cannot receive");
        assert!(refusal.says(&reason), "{}", refusal.text);
    }
    suite.offer_ownership("nobody's address", None).unwrap_err();
    assert_eq!(suite.ownership(), before);
}

#[test]
fn offer_that_is_over_when_it_begins_is_refused() {
    let (mut suite, bob) = vault();
    let before = suite.ownership();
    let its_block = suite.now() + BLOCK;

    let refusal = suite.offer_ownership(&bob, Some(its_block)).unwrap_err();

    let reason = format!("expires at {its_block}, now {its_block}");
    assert!(refusal.says(&reason), "{}", refusal.text);
    assert_eq!(suite.ownership(), before);
}

#[test]
fn owner_that_names_itself_stays() {
    let (mut suite, _) = vault();
    let owner = suite.owner.clone();
    suite.offer_ownership(&owner, None).unwrap();
    suite.accept_ownership(&owner).unwrap();
    assert_eq!(suite.ownership(), ownership(&owner, None));
    assert!(is_obeyed(&mut suite, &owner));
}

#[test]
fn texts_of_the_token_go_with_the_ownership() {
    let (mut suite, bob) = offered_of(SuiteBuilder::base().with_cw20_shares());
    let owner = suite.owner.clone();
    suite.accept_ownership(&bob).unwrap();

    let rename = ExecuteMsg::UpdateMarketing {
        project: Some("https://example.org".into()),
        description: None,
        marketing: None,
    };
    suite.execute(&owner, &rename, vec![]).unwrap_err();
    suite.execute(&bob, &rename, vec![]).unwrap();
}

#[test]
fn texts_of_the_token_stay_with_an_account_of_their_own() {
    let (mut suite, bob) = offered_of(SuiteBuilder::base().with_cw20_shares());
    let (owner, carol) = (suite.owner.clone(), suite.user("carol"));
    let name = |marketing: &str| ExecuteMsg::UpdateMarketing {
        project: None,
        description: None,
        marketing: Some(marketing.into()),
    };
    suite.execute(&owner, &name(&carol), vec![]).unwrap();

    suite.accept_ownership(&bob).unwrap();

    let told: cw20::MarketingInfoResponse = suite.query(&QueryMsg::MarketingInfo {});
    assert_eq!(told.marketing.map(Into::into), Some(carol.clone()));
    suite.execute(&bob, &name(&bob), vec![]).unwrap_err();
    suite.execute(&carol, &name(&carol), vec![]).unwrap();
}

#[test]
fn steps_of_a_transfer_take_no_coins() {
    let (mut suite, bob) = offered();
    suite.user_with("bob", TOKEN);
    let carol = suite.user_with("carol", TOKEN);
    suite.accept_ownership(&bob).unwrap();
    suite.offer_ownership(&carol, None).unwrap();
    let before = suite.ownership();
    let offer = ExecuteMsg::TransferOwnership {
        new_owner: carol.clone(),
        expires_at: None,
        valid_until: None,
    };
    let steps = [
        (&bob, offer),
        (
            &bob,
            ExecuteMsg::CancelOwnershipTransfer { valid_until: None },
        ),
        (&carol, ExecuteMsg::AcceptOwnership {}),
    ];
    for (sender, step) in steps {
        let refusal = suite.execute(sender, &step, coins(1, DENOM)).unwrap_err();
        assert!(refusal.says("does not accept funds"), "{}", refusal.text);
    }
    assert_eq!(suite.ownership(), before);
}
