//! What a plan costs by itself: a contract that only plans is asked for one plan, and for two.

use serde_json::json;

use super::measures::Meter;

/// Groups, of which each validator is in one.
const GROUPS: u64 = 20;

/// Measures caps and targets, and moves.
pub fn measure(meter: &mut Meter) {
    let world = meter.world;
    let validators = meter.measures.validators;
    let ask = |targets: u64, plans: u64| {
        let msg = json!({
            "validators": validators,
            "groups": GROUPS,
            "targets": targets,
            "plans": plans,
        });
        let (answer, gas) = world.chain.smart(&world.plan_bench, &msg);
        (answer["moves"].as_u64().unwrap(), gas)
    };
    let (_, one_target) = ask(1, 0);
    let (_, two_targets) = ask(2, 0);
    let (moves, one_plan) = ask(1, 1);
    let (_, two_plans) = ask(1, 2);
    assert_ne!(moves, 0);
    let targets = two_targets - one_target;
    let plan = two_plans - one_plan;
    meter.alone("planner_targets", targets, validators);
    meter.alone("planner_moves", plan, moves);
    meter.alone("planner", targets + plan, moves);
}
