//! What the flows of stolen keys share: people who have deposited, and who all leave on the first day.

use std::collections::BTreeMap;

use defenders_suite::messages::claim;
use defenders_suite::{DAY, HOUR, Suite, SuiteBuilder, TOKEN, number};
use defenders_types::{BatchState, ExecuteMsg};

use crate::rebalance::{Moved, moves_at};
use crate::settings::propose;

/// Who has brought how many whole tokens.
pub const PEOPLE: [(&str, u128); 3] = [("alice", 999), ("bob", 400), ("carol", 101)];

/// A vault with a guardian, to which three people have brought 1500 tokens.
pub fn inhabited(builder: SuiteBuilder) -> Suite {
    let mut suite = builder.build();
    let guardian = suite.user("guardian");
    propose(&mut suite, &[("guardian", Some(&guardian))]).unwrap();
    for (name, tokens) in PEOPLE {
        let person = suite.user(name);
        suite.deposit(&person, tokens * TOKEN);
        suite.keep();
    }
    suite
}

/// How everyone got out.
pub struct Exit {
    /// When the last one was paid, seconds.
    pub last_paid_at: u64,
    /// What moved between validators, or to idle, meanwhile.
    pub moves: Vec<Moved>,
    /// What everyone was paid, tokens.
    pub paid: BTreeMap<&'static str, u128>,
}

impl Exit {
    /// What moved by acts of the owner, tokens.
    pub fn moved_by_owner(&self) -> u128 {
        let by_owner = ["drained", "ended", "ineligible", "above_cap"];
        let moves = self.moves.iter();
        let moved = moves.filter(|moved| by_owner.contains(&moved.reason.as_str()));
        moved.map(|moved| moved.tokens).sum()
    }

    /// Everyone has what they brought, but for so many units of the chain's rounding.
    pub fn ensure_paid_but_for(&self, units: u128) {
        for (name, tokens) in PEOPLE {
            let paid = self.paid[name];
            assert!(paid + units >= tokens * TOKEN, "{name} was paid {paid}");
        }
    }
}

/// Everyone asks for all of their shares now.
pub fn everyone_asks(suite: &mut Suite) -> Vec<(&'static str, u64)> {
    let mut asked = vec![];
    for (name, _) in PEOPLE {
        let person = suite.user(name);
        let shares = suite.shares(&person);
        let requested = suite.request(&person, shares);
        let requested = &requested.named("withdrawal_requested")[0];
        asked.push((name, number(requested, "batch_id") as u64));
    }
    asked
}

/// Every so many hours the hostile one acts, a keeper ticks, and strangers claim for whom a batch can pay; until
/// everyone who has asked is paid, within so many days.
pub fn everyone_gets_out(
    suite: &mut Suite,
    asked: &[(&'static str, u64)],
    days: u64,
    every_hours: u64,
    mut act: impl FnMut(&mut Suite),
) -> Exit {
    let before: BTreeMap<_, _> = asked
        .iter()
        .map(|(name, _)| (*name, suite.tokens(&suite.user(name))))
        .collect();
    let mut open: Vec<_> = asked.to_vec();
    let mut exit = Exit {
        last_paid_at: suite.now(),
        moves: vec![],
        paid: BTreeMap::new(),
    };
    let ends_at = suite.now() + days * DAY;
    while !open.is_empty() {
        assert!(
            suite.now() < ends_at,
            "{open:?} still wait after {days} days"
        );
        act(suite);
        suite.advance(every_hours * HOUR);
        let kept = suite.keep();
        let now = suite.now();
        exit.moves
            .extend(kept.iter().flat_map(|outcome| moves_at(now, outcome)));
        for (name, batch_id) in std::mem::take(&mut open) {
            let batch = suite.batch(batch_id).unwrap();
            if batch.state != BatchState::Claimable {
                open.push((name, batch_id));
                continue;
            }
            let (person, stranger) = (suite.user(name), suite.user("stranger"));
            let for_them = match claim(batch_id) {
                ExecuteMsg::Claim { batch_id, .. } => ExecuteMsg::Claim {
                    batch_id,
                    recipient: Some(person.clone()),
                },
                other => other,
            };
            suite.execute(&stranger, &for_them, vec![]).unwrap();
            exit.last_paid_at = suite.now();
            exit.paid.insert(name, suite.tokens(&person) - before[name]);
        }
    }
    exit
}
