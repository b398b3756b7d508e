//! What is told of what is seen.

use super::alert::{Kind, Standing, Told};
use super::facts::{Facts, MissedBlock, VaultFacts};
use super::judge::{LATELY, Wishes, judge};
use super::memory::{Memory, Seen};

const WISHES: Wishes = Wishes {
    missed: 3,
    repeat: 3_600,
};

fn facts() -> Facts {
    Facts {
        validator: "cosmosvaloper1a".to_string(),
        name: "A".to_string(),
        is_removed: false,
        is_bonded: true,
        is_jailed: false,
        is_tombstoned: false,
        jailed_until: 0,
        rank: Some(7),
        places: 100,
        tokens: 10u128.pow(24),
        missed: Some(10),
        missed_allowed: 5_000,
        missed_blocks: Vec::new(),
        commission: 50_000_000_000_000_000,
        max_commission: 200_000_000_000_000_000,
        max_change: 10_000_000_000_000_000,
        vault: None,
    }
}

fn in_vault(delegated: u128, binding: Option<&str>) -> Facts {
    let vault = VaultFacts {
        denom: "ustake".to_string(),
        delegated,
        target: 500,
        exclusion: None,
        cleared_by: None,
        binding: binding.map(str::to_string),
    };
    Facts {
        vault: Some(vault),
        ..facts()
    }
}

fn missed(heights: std::ops::Range<u64>, others: usize) -> Vec<MissedBlock> {
    heights
        .map(|height| MissedBlock {
            height,
            time: 1_000,
            others,
            others_asked: 99,
        })
        .collect()
}

/// Kinds and standings of the alerts.
fn alerts(told: &[Told]) -> Vec<(Kind, Standing)> {
    let alert = |told: &Told| match told {
        Told::Alert { kind, standing, .. } => Some((*kind, *standing)),
        Told::Change { .. } => None,
    };
    told.iter().filter_map(alert).collect()
}

fn messages(told: &[Told]) -> Vec<&str> {
    told.iter()
        .map(|told| match told {
            Told::Alert { message, .. } | Told::Change { message, .. } => message.as_str(),
        })
        .collect()
}

#[test]
fn of_a_validator_that_does_well_nothing_is_told() {
    let mut seen = Seen::default();
    assert_eq!(judge(&mut seen, &facts(), WISHES, 1_000, 1_000), []);
    assert_eq!(judge(&mut seen, &facts(), WISHES, 1_030, 1_030), []);
}

#[test]
fn lesson_29_alerts_repeat_until_they_are_resolved_across_restarts() {
    let jailed = Facts {
        is_jailed: true,
        is_bonded: false,
        jailed_until: 2_000,
        ..facts()
    };
    let look = |memory: Memory, facts: &Facts, now| {
        let mut memory = memory;
        let seen = memory.validators.entry(facts.validator.clone());
        let told = judge(seen.or_default(), facts, WISHES, now, now);
        // the program ends here, and begins anew with what lies on the disk
        let text = serde_json::to_string(&memory).unwrap();
        (serde_json::from_str(&text).unwrap(), alerts(&told))
    };
    let (memory, told) = look(Memory::default(), &jailed, 1_000);
    assert_eq!(told, [(Kind::Jailed, Standing::Firing)]);
    let (memory, told) = look(memory, &jailed, 1_030);
    assert_eq!(told, []);
    let (memory, told) = look(memory, &jailed, 4_600);
    assert_eq!(told, [(Kind::Jailed, Standing::Repeated)]);
    let (memory, told) = look(memory, &jailed, 8_200);
    assert_eq!(told, [(Kind::Jailed, Standing::Repeated)]);
    let (memory, told) = look(memory, &facts(), 8_230);
    assert_eq!(told, [(Kind::Jailed, Standing::Resolved)]);
    let (_, told) = look(memory, &facts(), 8_260);
    assert_eq!(told, []);
}

#[test]
fn lesson_30_missed_blocks_alert_on_the_increase_and_not_on_the_level() {
    // a counter that stands high, as after a change of the window, is no news
    let stuck = Facts {
        missed: Some(2_400),
        ..facts()
    };
    let mut seen = Seen::default();
    for now in [1_000, 1_030, 1_060] {
        assert_eq!(judge(&mut seen, &stuck, WISHES, now, now), []);
    }
    let more = Facts {
        missed: Some(2_403),
        ..facts()
    };
    let told = judge(&mut seen, &more, WISHES, 1_090, 1_090);
    assert_eq!(alerts(&told), [(Kind::MissingBlocks, Standing::Firing)]);
    // it falls, because old blocks leave the window: that is no increase, and takes none back
    let fewer = Facts {
        missed: Some(2_300),
        ..facts()
    };
    assert_eq!(judge(&mut seen, &fewer, WISHES, 1_120, 1_120), []);
    let told = judge(&mut seen, &fewer, WISHES, 1_091 + LATELY, 1_091 + LATELY);
    assert_eq!(alerts(&told), [(Kind::MissingBlocks, Standing::Resolved)]);
}

#[test]
fn a_level_near_jail_is_an_alert_of_its_own() {
    let mut seen = Seen::default();
    let near = Facts {
        missed: Some(2_500),
        ..facts()
    };
    let told = judge(&mut seen, &near, WISHES, 1_000, 1_000);
    assert_eq!(alerts(&told), [(Kind::NearJail, Standing::Firing)]);
    assert!(messages(&told)[0].contains("may miss 5000"));
}

#[test]
fn lesson_31_how_many_others_missed_the_same_block_is_told() {
    let alone = Facts {
        missed_blocks: missed(10..13, 2),
        ..facts()
    };
    let told = judge(&mut Seen::default(), &alone, WISHES, 1_000, 1_000);
    assert_eq!(
        messages(&told),
        ["A missed 3 blocks within 10 minutes; block 12 was missed by 2 of 99 others too"]
    );
    let many = Facts {
        missed_blocks: missed(10..13, 40),
        ..facts()
    };
    let told = judge(&mut Seen::default(), &many, WISHES, 1_000, 1_000);
    assert!(messages(&told)[0].ends_with("the network rather than this validator"));
}

#[test]
fn the_same_block_seen_twice_counts_once() {
    let mut seen = Seen::default();
    let two = Facts {
        missed_blocks: missed(10..12, 0),
        ..facts()
    };
    for now in [1_000, 1_001, 1_002] {
        assert_eq!(judge(&mut seen, &two, WISHES, now, now), []);
    }
}

#[test]
fn out_of_the_set_is_told_with_its_places() {
    let out = Facts {
        is_bonded: false,
        rank: None,
        ..facts()
    };
    let told = judge(&mut Seen::default(), &out, WISHES, 1_000, 1_000);
    assert_eq!(alerts(&told), [(Kind::NotBonded, Standing::Firing)]);
    assert!(messages(&told)[0].contains("the set of 100 places"));
}

#[test]
fn lesson_32_a_change_of_commission_is_told_with_present_rate_maximum_and_daily_change() {
    let mut seen = Seen::default();
    judge(&mut seen, &facts(), WISHES, 1_000, 1_000);
    let dearer = Facts {
        commission: 60_000_000_000_000_000,
        ..facts()
    };
    let told = judge(&mut seen, &dearer, WISHES, 1_030, 1_030);
    assert_eq!(
        messages(&told),
        ["A charges 6 % (before: 5 %), may charge 20 % at most, and may change by 1 % a day"]
    );
    assert_eq!(judge(&mut seen, &dearer, WISHES, 1_060, 1_060), []);
}

#[test]
fn stake_of_the_vault_gained_and_lost_and_the_cap_that_binds_are_told() {
    let mut seen = Seen::default();
    assert_eq!(
        judge(&mut seen, &in_vault(100, None), WISHES, 1_000, 1_000),
        []
    );
    seen.height = 1;
    let more = in_vault(10u128.pow(24), Some("match"));
    let told = judge(&mut seen, &more, WISHES, 1_030, 1_030);
    assert_eq!(
        messages(&told),
        [
            "A gained 999999999999999999999900ustake of the vault's stake, and has 1000000000000000000000000ustake; its target is 500ustake",
            "the cap that keeps A from more of the vault's stake is match (before: none)",
        ]
    );
    let told = judge(&mut seen, &in_vault(0, Some("match")), WISHES, 1_060, 1_060);
    assert!(messages(&told)[0].starts_with("A lost 1000000000000000000000000ustake"));
}

#[test]
fn an_exclusion_says_what_would_clear_it() {
    let mut excluded = in_vault(100, None);
    if let Some(vault) = &mut excluded.vault {
        vault.exclusion = Some("commission".to_string());
        vault.cleared_by = Some("a commission of 10 % at most".to_string());
    }
    let told = judge(&mut Seen::default(), &excluded, WISHES, 1_000, 1_000);
    assert_eq!(
        messages(&told),
        ["the vault gives A no stake: commission; what clears it: a commission of 10 % at most"]
    );
}

/// The vault sees the jailing of a double sign only, and says that the operator can end it.
#[test]
fn nothing_clears_the_exclusion_of_a_tombstoned_validator() {
    let mut banned = in_vault(100, None);
    (banned.is_tombstoned, banned.is_jailed, banned.is_bonded) = (true, true, false);
    if let Some(vault) = &mut banned.vault {
        vault.exclusion = Some("jailed".to_string());
        vault.cleared_by = Some("its operator unjails it".to_string());
    }
    let told = judge(&mut Seen::default(), &banned, WISHES, 1_000, 1_000);
    assert_eq!(
        alerts(&told),
        [
            (Kind::Tombstoned, Standing::Firing),
            (Kind::Excluded, Standing::Firing)
        ]
    );
    assert!(messages(&told)[1].ends_with("nothing: its key is banned for ever"));
}

#[test]
fn a_validator_that_the_chain_has_dropped_is_told_once_and_ends_nothing() {
    let mut seen = Seen::default();
    judge(&mut seen, &facts(), WISHES, 1_000, 1_000);
    let gone = Facts::removed("cosmosvaloper1a", 100);
    let told = judge(&mut seen, &gone, WISHES, 1_030, 1_030);
    assert_eq!(alerts(&told), [(Kind::Removed, Standing::Firing)]);
    assert_eq!(judge(&mut seen, &gone, WISHES, 1_060, 1_060), []);
}

#[test]
fn lines_say_what_to_do_until_it_is_over() {
    let line = |standing| {
        let told = Told::Alert {
            kind: Kind::Jailed,
            standing,
            since: 0,
            message: String::new(),
        };
        told.to_line("v", "n").1
    };
    for kind in Kind::ALL {
        assert!(kind.what_to_do().len() > 20);
    }
    let firing = line(Standing::Firing);
    assert_eq!(firing["what_to_do"], Kind::Jailed.what_to_do());
    assert_eq!(firing["severity"], "critical");
    assert!(line(Standing::Resolved)["what_to_do"].is_null());
}
