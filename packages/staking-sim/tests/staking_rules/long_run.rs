//! Sixty days of a set of real size.

use crate::common::*;
use staking_sim::Params;

const VALIDATORS: usize = 200;
const DAYS: u64 = 60;
const BLOCKS_PER_DAY: u64 = 24;

#[test]
fn sixty_days_of_two_hundred_validators() {
    let names: Vec<String> = (0..VALIDATORS)
        .map(|number| format!("v{number:03}"))
        .collect();
    let genesis: Vec<(&str, u128)> = (1_000..)
        .zip(&names)
        .map(|(power, name)| (name.as_str(), power * POWER))
        .collect();
    let params = Params {
        max_validators: 175,
        signed_blocks_window: 1_000,
        ..Params::default()
    };
    let mut chain = builder_with(params, &genesis).build();
    chain.set_absent(&names[60..70]);

    let (mut accepted, mut refused) = (0, 0);
    for block in 0..DAYS * BLOCKS_PER_DAY {
        chain.next_block(DAY / BLOCKS_PER_DAY);
        chain.allocate_rewards(&[stake(123_456_789)]);
        // ten messages a day
        if block * 10 % BLOCKS_PER_DAY < 10 {
            let pick = |step: u64| {
                let position = usize::try_from(block * step).unwrap() % VALIDATORS;
                names[position].clone()
            };
            let (one, other) = (pick(7), pick(13));
            let result = match block % 3 {
                0 => delegate(&mut chain, &alice(), &one, 1_000 * POWER),
                1 => undelegate(&mut chain, &alice(), &one, 10 * POWER),
                _ => redelegate(&mut chain, &alice(), &one, &other, POWER),
            };
            *(if result.is_ok() {
                &mut accepted
            } else {
                &mut refused
            }) += 1;
        }
    }
    assert!(accepted > 200, "{accepted} accepted, {refused} refused");
    // a validator that never signs is out after a window; all but one of them were bonded
    assert!(
        chain
            .validators()
            .iter()
            .filter(|validator| validator.jailed)
            .count()
            >= 9
    );
    assert_sound(&chain);
}
