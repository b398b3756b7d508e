//! Group caps by hand: what a group counts, and what happens at the level where it fills.
//!
//! Fails when: two groups bear one name, a member is named twice or is not there, groups were made
//! for another number of validators.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_bindings, compute_targets, AllocationError, Binding, Group, GroupError, Groups, Policy,
    Targets, Validator,
};

use crate::strategy::Case;

fn group(name: &str, permille: u64, members: &[usize]) -> Group {
    Group {
        name: name.to_string(),
        cap: Decimal::permille(permille),
        members: members.to_vec(),
    }
}

/// Validators a, b, c, ... with this external stake; T = 1,000, so that a permille is a token.
fn case(floor: u64, external: &[u128], groups: Vec<Group>) -> Case {
    let validator = |(letter, external): (char, &u128)| Validator::eligible(letter, *external, 0);
    let validators: Vec<_> = ('a'..).zip(external).map(validator).collect();
    Case {
        total: 1_000,
        base: 1_000,
        total_bonded: 0,
        policy: Policy {
            vault_share_cap: Decimal::one(),
            chain_share_cap: None,
            match_cap: None,
            bond_factor: None,
            floor: Decimal::percent(floor),
        },
        groups: Groups::new(validators.len(), groups).unwrap(),
        validators,
    }
}

fn targets(case: &Case) -> Vec<u128> {
    case.targets().tokens
}

fn bindings(case: &Case) -> Vec<Binding> {
    compute_bindings(case.base, &case.caps(), &case.groups, &targets(case))
}

#[test]
fn group_that_fills_at_a_level_hands_the_rest_of_it_out_by_address() {
    // b and c may hold 5 together: at levels 0 and 1 one unit each, at level 2 only b's.
    let case = case(0, &[0, 0, 0], vec![group("g", 5, &[1, 2])]);
    assert_eq!(targets(&case), [995, 3, 2]);
    let expected = [Binding::None, Binding::Group(0), Binding::Group(0)];
    assert_eq!(bindings(&case), expected);
}

#[test]
fn members_of_a_full_group_leave_their_other_groups_to_others() {
    // g fills at 4 each; h has 10 then, all of it for c. Of equal levels b comes before c, but b
    // is frozen by g.
    let groups = vec![group("g", 8, &[0, 1]), group("h", 14, &[1, 2])];
    let case = case(0, &[0, 0, 0, 0], groups);
    assert_eq!(targets(&case), [4, 4, 10, 982]);
    let expected = [0, 0, 1].map(Binding::Group);
    assert_eq!(bindings(&case)[..3], expected);
}

#[test]
fn two_groups_that_fill_at_one_level_are_served_by_address() {
    // Level 0: a takes a unit of g and h, so that b finds g dry and c finds h dry.
    let groups = vec![group("g", 1, &[0, 1]), group("h", 1, &[0, 2])];
    assert_eq!(targets(&case(0, &[0; 4], groups)), [1, 0, 0, 999]);
    // With b first, c still gets the unit of h that nobody in g can take any more.
    let groups = vec![group("g", 1, &[0, 1]), group("h", 1, &[1, 2])];
    assert_eq!(targets(&case(0, &[0; 4], groups)), [1, 0, 1, 998]);
}

#[test]
fn units_of_both_stages_count_in_a_group() {
    // l = 40 % x 1,000 / 2 = 200 for each; g has 250 for a, so 50 in stage 2.
    let groups = vec![group("g", 250, &[0])];
    assert_eq!(targets(&case(40, &[0, 5_000], groups)), [250, 750]);
    // A group may be full before the floor is reached.
    let groups = vec![group("g", 150, &[0, 1])];
    assert_eq!(targets(&case(60, &[0, 0, 9_000], groups)), [75, 75, 850]);
}

#[test]
fn group_with_a_cap_of_nothing_gets_nothing() {
    let closed = case(0, &[0, 0], vec![group("g", 0, &[0])]);
    assert_eq!(targets(&closed), [0, 1_000]);
    assert_eq!(bindings(&closed), [Binding::Group(0), Binding::VaultShare]);
    let all = case(0, &[0, 0], vec![group("g", 0, &[0, 1])]);
    let expected = Targets {
        tokens: vec![0, 0],
        unplaced: 1_000,
    };
    assert_eq!(all.targets(), expected);
}

#[test]
fn group_without_members_or_with_a_cap_above_all_changes_nothing() {
    let groups = vec![group("g", 0, &[]), group("h", 5_000, &[0, 1])];
    assert_eq!(targets(&case(0, &[3, 0], groups)), [499, 501]);
}

#[test]
fn first_full_group_by_name_binds_and_the_own_cap_before_any() {
    let groups = vec![
        group("h", 10, &[0]),
        group("gg", 10, &[0]),
        group("g", 11, &[0]),
    ];
    let mut case = case(0, &[0, 0], groups);
    assert_eq!(bindings(&case), [Binding::Group(1), Binding::None]);
    case.validators[0].limits.own_max = Some(10);
    assert_eq!(bindings(&case), [Binding::OwnMaximum, Binding::None]);
}

#[test]
fn groups_that_make_no_sense_are_refused() {
    let refusal = |groups| Groups::new(2, groups).unwrap_err();
    let name = || "g".to_string();
    assert_eq!(
        refusal(vec![group("g", 1, &[0]), group("g", 2, &[1])]),
        GroupError::DuplicateGroup { group: name() }
    );
    assert_eq!(
        refusal(vec![group("h", 1, &[1]), group("g", 1, &[1, 0, 1])]),
        GroupError::DuplicateMember {
            group: name(),
            index: 1
        }
    );
    assert_eq!(
        refusal(vec![group("g", 1, &[2])]),
        GroupError::UnknownMember {
            group: name(),
            index: 2,
            validators: 2
        }
    );
}

#[test]
fn groups_of_another_number_of_validators_are_refused() {
    let Case {
        policy, validators, ..
    } = case(0, &[0, 0], vec![]);
    let groups = Groups::new(3, vec![group("g", 1, &[0])]).unwrap();
    assert_eq!(
        compute_targets(1_000, 1_000, 0, &policy, &validators, &groups),
        Err(AllocationError::GroupsMismatch { validators: 2 })
    );
}
