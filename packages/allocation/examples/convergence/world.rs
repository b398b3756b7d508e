//! The chain and the vault's list, made of a shipped table of validators.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_plan_rows, compute_top_third, AllocationError, Departure, Groups, PlanRow, Policy,
    Stake, Standing, Validator,
};

/// A shipped table.
#[derive(Clone, Copy)]
pub struct Set {
    pub name: &'static str,
    table: &'static str,
}

/// The two sets of the program.
pub const SETS: [Set; 2] = [
    Set {
        name: "cosmoshub-2022-10",
        table: include_str!("../../../cli/data/cosmoshub-2022-10.csv"),
    },
    Set {
        name: "osmosis-2021-07",
        table: include_str!("../../../cli/data/osmosis-2021-07.csv"),
    },
];

/// Part of everybody's stake that was moved into the vault: one in so many.
const MOVED_ONE_IN: u128 = 20;

/// A validator as it stands before the vault acts.
struct Row {
    validator: String,
    tokens: u128,
    listed: bool,
}

/// A chain with a vault.
pub struct World {
    /// T: all that the vault has, on validators.
    pub total: u128,
    /// All bonded validators: listed ones with targets, the others as leaving with nothing.
    pub rows: Vec<PlanRow>,
    /// Number of listed ones.
    pub listed: usize,
}

impl World {
    /// Listed are who charges at most 10 % and is not among the fewest that hold a third. A
    /// twentieth of everybody's stake is the vault's, and lies where `start` says.
    /// With caps, those are the vault's defaults; a floor of 25 % in either case.
    pub fn new(set: Set, start: &str, has_caps: bool) -> Result<Self, AllocationError> {
        let table = read(set.table);
        let total_bonded = table.iter().map(|row| row.tokens).sum();
        let moved = |row: &Row| row.tokens / MOVED_ONE_IN;
        let total: u128 = table.iter().map(moved).sum();
        let delegated = spread(&table, start, total);
        let validators = table
            .iter()
            .zip(delegated)
            .map(|(row, delegated)| Validator {
                standing: match row.listed {
                    true => Standing::Eligible,
                    false => Standing::Leaving(Departure::Ineligible),
                },
                ..Validator::eligible(row.validator.as_str(), row.tokens - moved(row), delegated)
            });
        let policy = Policy {
            vault_share_cap: Decimal::percent(if has_caps { 10 } else { 100 }),
            chain_share_cap: has_caps.then(|| Decimal::percent(3)),
            match_cap: has_caps.then(|| Decimal::percent(50)),
            bond_factor: None,
            floor: Decimal::percent(25),
        };
        let validators = validators.collect();
        let rows = compute_plan_rows(
            total,
            total,
            total_bonded,
            &policy,
            validators,
            &Groups::NONE,
        )?;
        Ok(Self {
            total,
            rows: rows.rows,
            listed: table.iter().filter(|row| row.listed).count(),
        })
    }
}

fn read(table: &str) -> Vec<Row> {
    let mut rows: Vec<(Row, u128)> = table
        .lines()
        .skip(1)
        .filter_map(|line| {
            let fields: Vec<_> = line.split(',').collect();
            let [validator, "bonded", "false", tokens, rate, ..] = fields[..] else {
                return None;
            };
            let row = Row {
                validator: validator.to_string(),
                tokens: tokens.parse().ok()?,
                listed: rate.parse::<Decimal>().ok()? <= Decimal::percent(10),
            };
            let tokens = row.tokens;
            Some((row, tokens))
        })
        .collect();
    let stakes: Vec<_> = rows
        .iter()
        .map(|(row, tokens)| Stake {
            validator: &row.validator,
            tokens: *tokens,
        })
        .collect();
    let inside = compute_top_third(&stakes);
    for ((row, _), inside) in rows.iter_mut().zip(inside) {
        row.listed &= !inside;
    }
    rows.into_iter().map(|(row, _)| row).collect()
}

/// Where the vault's tokens lie at first, in the order of the rows.
fn spread(rows: &[Row], start: &str, total: u128) -> Vec<u128> {
    let mut ranked: Vec<_> = (0..rows.len()).collect();
    ranked.sort_by_key(|i| std::cmp::Reverse(rows[*i].tokens));
    match start {
        "pro rata" => ranked.retain(|i| rows[*i].listed),
        "top ten of the list" => {
            ranked.retain(|i| rows[*i].listed);
            ranked.truncate(10);
        }
        _ => ranked.truncate(10),
    }
    let base: u128 = ranked.iter().map(|i| rows[*i].tokens).sum();
    let mut delegated = vec![0; rows.len()];
    for i in &ranked {
        // below 2^128: 10^15 x 10^15
        delegated[*i] = total * rows[*i].tokens / base;
    }
    let rest: u128 = total - delegated.iter().sum::<u128>();
    if let Some(first) = ranked.first() {
        delegated[*first] += rest;
    }
    delegated
}
