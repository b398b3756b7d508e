//! Makes an action happen. The suite checks the invariants after each block of it.

use cosmwasm_std::{Binary, Decimal, Uint128, coins};
use defenders_suite::chain::Code;
use defenders_suite::choice::chosen_shares;
use defenders_suite::messages::{deposit, list_validators, listing, request_withdrawal, tick};
use defenders_suite::trials::invariant_13_strangers_change_nothing;
use defenders_suite::{BLOCK, DAY, DENOM, HOUR, Suite, SuiteBuilder, TOKEN, TxResult};
use defenders_types::{
    ChangesResponse, ExecuteMsg, Job, ListingGroupsInput, ListingInput, OwnContract, QueryMsg,
};

use crate::action::{Action, Setup, USERS};

/// Texts of refusals that no history may lead to: arithmetic and storage that went wrong.
const ACCIDENTS: [&str; 8] = [
    "with given operands",
    "overflow",
    "Divide by zero",
    "divide by zero",
    "damaged",
    "not found",
    "unknown reply",
    "lacks",
];

/// What x/distribution says when it panics.
const PANIC: &str = "greater than current stake";

/// The vault to begin with: 4 large validators beside the listed ones.
pub fn begin(setup: &Setup) -> Suite {
    let listed: Vec<u128> = setup
        .listed
        .iter()
        .map(|t| u128::from(*t) * TOKEN)
        .collect();
    let others = [u128::from(setup.others) * TOKEN; 4];
    let mut builder = SuiteBuilder::base()
        .with_validators(&others, &listed)
        .with_seed(setup.min_delegation.max(TOKEN))
        .with_operators()
        .with_policy(|policy| {
            if setup.roomy {
                policy.chain_share_cap = None;
                policy.match_cap = Some(Decimal::percent(75));
            }
        })
        .with_parameters(|parameters| {
            parameters.min_delegation = Uint128::new(setup.min_delegation);
            parameters.max_messages_per_deposit = setup.messages_per_deposit;
            parameters.max_messages_per_piece = setup.messages_per_piece;
            parameters.harvest_page = setup.harvest_page;
        });
    builder.chain.unbonding_time = setup.unbonding_days * DAY;
    builder.chain.signed_blocks_window = 20;
    builder.testing = setup.testing;
    if chosen_shares().is_none() && setup.coins {
        builder = builder.with_coin_shares();
    }
    let mut suite = builder.build();
    if setup.first_deposit > 0 {
        let first = user(&suite, 0);
        let tokens = u128::from(setup.first_deposit) * TOKEN;
        suite.chain.fund(&first, coins(tokens, DENOM));
        polite(suite.try_deposit(&first, tokens));
        suite.keep();
    }
    suite
}

/// Lets it happen.
pub fn perform(suite: &mut Suite, action: &Action) {
    match *action {
        Action::Deposit { user: u, tokens } => {
            let sender = rich(suite, u, tokens);
            polite(suite.try_deposit(&sender, tokens));
        }
        Action::Request {
            user: u,
            recipient,
            part,
        } => {
            let sender = user(suite, u);
            let msg = ExecuteMsg::RequestWithdrawal {
                shares: Some(Uint128::new(part_of(suite.shares(&sender), part))),
                recipient: Some(user(suite, recipient)),
                min_tokens_out: None,
            };
            polite(suite.execute(&sender, &msg, vec![]));
        }
        Action::RequestDust { user: u, shares } => {
            let sender = user(suite, u);
            polite(suite.try_request(&sender, shares));
        }
        Action::DustDays { user: u, days } => {
            let sender = user(suite, u);
            for _ in 0..days {
                polite(suite.try_request(&sender, 5));
                polite(suite.try_tick(Some(Job::Submit)));
                suite.advance(DAY);
            }
        }
        Action::Cancel { user: u } => {
            let sender = user(suite, u);
            let open = suite.batches().last().map_or(1, |batch| batch.batch_id);
            polite(suite.try_cancel(&sender, open));
        }
        Action::Transfer { from, to, part } => {
            let (sender, recipient) = (user(suite, from), user(suite, to));
            let shares = part_of(suite.shares(&sender), part);
            polite(suite.try_transfer(&sender, &recipient, shares));
        }
        Action::Push { user: u, part } => {
            let (sender, vault) = (user(suite, u), suite.vault.clone());
            let shares = part_of(suite.shares(&sender), part);
            polite(suite.try_transfer(&sender, &vault, shares));
        }
        Action::Burn { user: u, part } => {
            let sender = user(suite, u);
            let shares = part_of(suite.shares(&sender), part);
            if !suite.share_coins(shares).is_empty() {
                suite.burn(&sender, shares);
            }
        }
        Action::Claim {
            user: u,
            recipient,
            back,
        } => {
            let sender = user(suite, u);
            let newest = suite.batches().last().map_or(1, |batch| batch.batch_id);
            let msg = ExecuteMsg::Claim {
                batch_id: newest.saturating_sub(back),
                recipient: Some(user(suite, recipient)),
            };
            polite(suite.execute(&sender, &msg, vec![]));
        }
        Action::Tick { job: None } => polite(suite.tick_as_planned()),
        Action::Tick { job } => polite(suite.try_tick(job)),
        Action::Skip {
            user: u,
            job,
            validator: v,
        } => {
            let sender = user(suite, u);
            let msg = ExecuteMsg::Tick {
                job: Some(job),
                skip: Some(vec![listed(suite, v)]),
            };
            polite(suite.execute(&sender, &msg, vec![]));
        }
        Action::ManyTicksOneBlock { job, ticks } => {
            let keeper = user(suite, 0);
            let txs = vec![suite.call(&keeper, &tick(job), vec![]); ticks];
            suite.block(BLOCK, txs).into_iter().for_each(polite);
        }
        Action::Keep => {
            keep_beside_panics(suite);
            apply_what_is_due(suite);
        }
        Action::ManyUsersOneBlock {
            user: u,
            tokens,
            part,
        } => {
            let sender = rich(suite, u, tokens);
            let other = user(suite, u + 1);
            let shares = part_of(suite.shares(&other), part);
            let txs = vec![
                suite.call(&sender, &deposit(), coins(tokens, DENOM)),
                suite.call(&other, &request_withdrawal(shares), vec![]),
                suite.call(&other, &tick(None), vec![]),
            ];
            suite.block(BLOCK, txs).into_iter().for_each(polite);
        }
        Action::DonateToVault { user: u, tokens } => {
            let (sender, vault) = (rich(suite, u, tokens), suite.vault.clone());
            suite.send(&sender, &vault, tokens).unwrap();
        }
        Action::DonateToPot { user: u, tokens } => {
            let (sender, pot) = (rich(suite, u, tokens), suite.pot.clone());
            suite.send(&sender, &pot, tokens).unwrap();
        }
        Action::FakeArrival { user: u, less } => {
            let entries = suite.ledger();
            let tokens = entries.first().map_or(0, |entry| entry.tokens.u128());
            let tokens = tokens.saturating_sub(less).max(1);
            let (sender, vault) = (rich(suite, u, tokens), suite.vault.clone());
            suite.send(&sender, &vault, tokens).unwrap();
        }
        Action::ClaimFee => {
            let recipient = suite.fee_recipient.clone();
            let msg = ExecuteMsg::ClaimFee { recipient: None };
            let _ = suite.execute(&recipient, &msg, vec![]); // the bank words it its way
        }
        Action::Trespass { user: u } => {
            let stranger = user(suite, u);
            invariant_13_strangers_change_nothing(suite, &stranger).unwrap();
        }
        ref by_chain => perform_by_chain(suite, by_chain),
    }
}

fn is_slash(action: &Action) -> bool {
    matches!(
        action,
        Action::Slash { .. }
            | Action::SlashEntry { .. }
            | Action::DoubleSign { .. }
            | Action::Miss { .. }
    )
}

fn perform_by_chain(suite: &mut Suite, action: &Action) {
    if is_slash(action) {
        // it touches redelegations into others as well, outside of any transaction: a real chain that
        // panics there has halted
        suite.faults().end_panics();
    }
    match *action {
        Action::Wait { seconds } => suite.advance(seconds),
        Action::NearMaturity { blocks_before } => {
            let first = suite.ledger().into_iter().find(|entry| !entry.settled);
            let now = suite.now();
            let at = first.map_or(now, |entry| entry.completion_time.seconds());
            let wait = at.saturating_sub(now + blocks_before * BLOCK);
            suite.advance(wait.max(BLOCK));
        }
        Action::BlockFees => {
            let fee_recipient = suite.fee_recipient.clone();
            suite.faults().block_recipient(&fee_recipient);
        }
        Action::Reward { tokens } => suite.reward(tokens),
        Action::Slash {
            validator: v,
            percent,
            blocks_ago,
        } => {
            let validator = listed(suite, v);
            suite.slash(&validator, percent, blocks_ago);
            suite.advance(BLOCK);
        }
        Action::SlashEntry { entry, percent } => {
            let entries = suite.ledger();
            if let Some(entry) = entries.get(entry % entries.len().max(1)) {
                suite.slash(&entry.validator, percent, 10_000);
            }
            suite.advance(BLOCK);
        }
        Action::DoubleSign {
            validator: v,
            blocks_ago,
        } => {
            let validator = listed(suite, v);
            let height = suite.chain.height().saturating_sub(blocks_ago).max(1);
            suite.chain.double_sign(&validator, height);
            suite.advance(BLOCK);
        }
        Action::Miss {
            validator: v,
            blocks,
        } => {
            let validator = listed(suite, v);
            suite.chain.vote(&validator, false);
            for _ in 0..blocks {
                suite.advance(BLOCK);
            }
            suite.chain.vote(&validator, true);
        }
        Action::Jail { validator: v } => {
            let validator = listed(suite, v);
            let natives = suite.chain.validators();
            if natives
                .iter()
                .any(|n| n.validator == validator && !n.jailed)
            {
                suite.faults().jail(&validator);
            }
            suite.advance(BLOCK);
        }
        Action::Unjail { validator: v } => {
            let validator = listed(suite, v);
            suite.chain.unjail(&validator);
            suite.advance(BLOCK);
        }
        Action::Refuse {
            validator: v,
            message,
        } => {
            let validator = listed(suite, v);
            suite.refuse(&validator, message, 22);
        }
        Action::Panic { validator: v } => {
            let validator = listed(suite, v);
            suite.faults().panic_on_touch(&validator);
        }
        Action::RefuseQueries => suite.faults().refuse_queries(),
        Action::HideDelegations => suite.hide_delegations(),
        Action::ChangeUnbonding { days } => suite.faults().set_unbonding_time(days * DAY),
        Action::Heal => suite.heal(),
        Action::Drain { validator: v } => {
            let msg = ExecuteMsg::DrainValidators {
                validators: vec![listed(suite, v)],
                valid_until: None,
            };
            let owner = suite.owner.clone();
            polite(suite.execute(&owner, &msg, vec![]));
        }
        Action::List { validator: v } => list(suite, listed(suite, v)),
        Action::ListAs {
            validator: v,
            groups: [operator, hosting, jurisdiction],
            max_tokens,
            days,
        } => {
            let name = |number: u8| format!("name-{number}");
            let groups = ListingGroupsInput {
                operator: operator.map(name),
                hosting: hosting.map(name),
                jurisdiction: jurisdiction.map(name),
            };
            polite(suite.try_list_as(vec![ListingInput {
                groups: Some(groups),
                max_tokens: max_tokens.map(Uint128::new),
                ends_at: days.map(|days| suite.now() + days * DAY),
                ..listing(&listed(suite, v))
            }]));
        }
        Action::OwnMaximum {
            validator: v,
            tokens,
        } => {
            let validator = listed(suite, v);
            let operator = suite.operator(&validator);
            polite(suite.try_set_own_maximum(&operator, &validator, tokens));
        }
        Action::Upgrade { waits } => {
            name_next_release(suite);
            if waits {
                let told: ChangesResponse = suite.query(&QueryMsg::Changes {});
                suite.advance(told.exit_delay);
                perform(suite, &Action::Keep);
            }
        }
        Action::ListOther { validator: v } => list(suite, suite.validators[v % 4].clone()),
        ref by_people => panic!("{by_people:?} is not the chain's"),
    }
}

/// As a keeper does it; but where the chain panics, it comes back an hour later, for two days at most.
fn keep_beside_panics(suite: &mut Suite) {
    let mut panics = 0;
    for _ in 0..400 {
        suite.advance(BLOCK);
        if !suite.is_any_due() || panics == 48 {
            return;
        }
        if let Err(refusal) = suite.try_tick(None) {
            assert!(refusal.says(PANIC), "{}", refusal.text);
            panics += 1;
            suite.advance(HOUR);
        }
    }
    panic!("jobs stay due: {:#?}", suite.jobs());
}

/// Whoever keeps the vault applies changes as well.
fn apply_what_is_due(suite: &mut Suite) {
    let told: ChangesResponse = suite.query(&QueryMsg::Changes {});
    let now = suite.now();
    let due = told
        .changes
        .into_iter()
        .filter(|change| change.due_at <= now);
    for change in due.filter(|change| now + BLOCK < change.expires_at) {
        let keeper = suite.user("keeper");
        let apply = ExecuteMsg::ApplyChange { id: change.id };
        polite(suite.execute(&keeper, &apply, vec![]));
    }
}

fn name_next_release(suite: &mut Suite) {
    let code_id = suite.chain.store(Code::NextVault);
    let msg = ExecuteMsg::ScheduleUpgrade {
        contract: OwnContract::Vault,
        code_id,
        checksum: suite.chain.checksum(code_id),
        msg: Some(Binary::from(b"{}")),
        valid_until: None,
    };
    let owner = suite.owner.clone();
    polite(suite.execute(&owner, &msg, vec![]));
}

fn list(suite: &mut Suite, validator: String) {
    let msg = list_validators(&[validator]);
    let owner = suite.owner.clone();
    polite(suite.execute(&owner, &msg, vec![]));
}

/// A refusal must have a reason that a person can understand.
fn polite(result: TxResult) {
    if let Err(refusal) = result {
        let accident = ACCIDENTS.iter().find(|text| refusal.says(text));
        assert_eq!(accident, None, "{}", refusal.text);
    }
}

fn user(suite: &Suite, number: usize) -> String {
    suite.user(&format!("user{}", number % USERS))
}

fn rich(suite: &mut Suite, number: usize, tokens: u128) -> String {
    let address = user(suite, number);
    suite.chain.fund(&address, coins(tokens, DENOM));
    address
}

fn listed(suite: &Suite, number: usize) -> String {
    suite.listed[number % suite.listed.len()].clone()
}

fn part_of(shares: u128, thousandths: u16) -> u128 {
    shares * u128::from(thousandths) / 1_000
}
