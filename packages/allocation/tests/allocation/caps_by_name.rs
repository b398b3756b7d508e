//! Every own cap by its name.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_caps, compute_caps_by_name, compute_plan_rows, Binding, Cap, Groups, Limits, Policy,
    Standing, Validator,
};

fn policy() -> Policy {
    Policy {
        vault_share_cap: Decimal::percent(10),
        chain_share_cap: Some(Decimal::percent(3)),
        match_cap: Some(Decimal::percent(50)),
        bond_factor: Some(Decimal::percent(300)),
        floor: Decimal::zero(),
    }
}

fn validator() -> Validator {
    Validator {
        limits: Limits {
            owner_max: Some(70),
            own_max: Some(60),
            self_bond: Some(30),
        },
        ..Validator::eligible("a", 80, 0)
    }
}

#[test]
fn every_cap_that_is_set_is_told_in_its_order() {
    let tokens = |validator: &Validator, policy: &Policy| {
        let caps = compute_caps_by_name(1_000, 5_000, policy, validator).unwrap();
        let pairs = caps
            .into_iter()
            .map(|Cap { tokens, binding }| (binding, tokens));
        pairs.collect::<Vec<_>>()
    };
    let expected = [
        (Binding::VaultShare, 100),
        (Binding::ChainShare, 70),
        (Binding::Match, 80),
        (Binding::OwnerMaximum, 70),
        (Binding::OwnMaximum, 60),
        (Binding::Bond, 90),
    ];
    assert_eq!(tokens(&validator(), &policy()), expected);
    // the same of one that is not eligible
    let mut waiting = validator();
    waiting.standing = Standing::Waiting;
    assert_eq!(tokens(&waiting, &policy()), expected);
    // what nobody set is left out; a bond that is not known counts 0
    let bare = Validator::eligible("a", 80, 0);
    let mut open = policy();
    (open.chain_share_cap, open.match_cap) = (None, None);
    let expected = [(Binding::VaultShare, 100), (Binding::Bond, 0)];
    assert_eq!(tokens(&bare, &open), expected);
}

#[test]
fn the_owners_maximum_is_named_before_the_operators_and_after_the_match() {
    let mut validator = validator();
    validator.limits.owner_max = Some(60);
    let cap = |validator: &Validator| {
        compute_caps(1_000, 5_000, &policy(), std::slice::from_ref(validator)).unwrap()[0]
    };
    let owner = Cap {
        tokens: 60,
        binding: Binding::OwnerMaximum,
    };
    assert_eq!(cap(&validator), owner);
    validator.external = 60;
    assert_eq!(cap(&validator).binding, Binding::Match);
}

#[test]
fn row_of_a_plan_has_its_cap_with_and_without_the_own_maximum() {
    let row = |validator: Validator| {
        let rows = compute_plan_rows(
            1_000,
            1_000,
            5_000,
            &policy(),
            vec![validator],
            &Groups::NONE,
        );
        let row = rows.unwrap().rows.remove(0);
        (row.cap, row.cap_without_own_max)
    };
    assert_eq!(row(validator()), (60, 70));
    let mut validator = validator();
    validator.limits.own_max = Some(0);
    assert_eq!(row(validator.clone()), (0, 70));
    validator.limits.own_max = None;
    assert_eq!(row(validator.clone()), (70, 70));
    validator.standing = Standing::Waiting;
    assert_eq!(row(validator), (0, 0));
}
