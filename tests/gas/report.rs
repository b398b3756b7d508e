//! The tables for people: one per number of validators, and what else was measured.

use comfy_table::{CellAlignment, Table, presets};

use super::budget;
use super::measures::{Measures, WasmSizes};
use super::row::{Row, thousandths};

const HEADER: [&str; 7] = [
    "messages",
    "gas",
    "native",
    "native gas",
    "ratio",
    "budget",
    "verdict",
];

/// Everything.
pub fn whole(all: &[Measures], sizes: WasmSizes) -> String {
    let mut text = String::new();
    for measures in all {
        text.push_str(&format!("{}\n\n", table(measures)));
        for line in per_validator(measures) {
            text.push_str(&format!("{line}\n"));
        }
        text.push_str(&format!("{}\n", natives(measures)));
        text.push('\n');
    }
    for (operation, ratio, most) in budget::growth(all) {
        let (ratio, most) = (thousandths(ratio), thousandths(most));
        text.push_str(&format!(
            "{operation}, longest list against the shortest: {ratio} x, budget {most} x\n"
        ));
    }
    text.push_str(&format!("{}\n", wasm(sizes)));
    text
}

/// The line about the contracts' sizes.
pub fn wasm(sizes: WasmSizes) -> String {
    let WasmSizes { vault, reward_pot } = sizes;
    format!(
        "vault.wasm {} bytes, reward_pot.wasm {} bytes",
        grouped(vault),
        grouped(reward_pot)
    )
}

fn table(measures: &Measures) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::ASCII_MARKDOWN);
    let mut header = vec![format!("{} validators", measures.validators)];
    header.extend(HEADER.map(String::from));
    table.set_header(header);
    for row in &measures.rows {
        table.add_row(cells(measures, row));
    }
    for column in [1, 2, 4, 5] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

fn cells(measures: &Measures, row: &Row) -> Vec<String> {
    let native = row.native.as_ref();
    let budget = budget::of(measures, row);
    let (limit, verdict) = match budget {
        None => (String::new(), String::new()),
        Some(budget) => (
            format!("{} = {}", budget.rule, grouped(budget.gas)),
            budget.verdict(row.gas),
        ),
    };
    vec![
        row.operation.clone(),
        row.messages.to_string(),
        grouped(row.gas),
        native.map_or(String::new(), |native| native.name.clone()),
        native.map_or(String::new(), |native| grouped(native.gas)),
        row.ratio().map_or(String::new(), thousandths),
        limit,
        verdict,
    ]
}

/// What sync and refresh cost per validator, beside what the chain's own answers cost.
pub fn per_validator(measures: &Measures) -> Vec<String> {
    let count = measures.validators.max(1);
    let fixed = measures.empty_sync;
    let each = |operation: &str| {
        let row = measures.row(operation);
        row.map_or(0, |row| row.gas.saturating_sub(fixed) / count)
    };
    let calls = measures.refresh.len();
    let read: u64 = measures.refresh.iter().map(|call| call.read).sum();
    let gas: u64 = measures.refresh.iter().map(|call| call.gas).sum();
    let calls_fixed = fixed * u64::try_from(calls).unwrap();
    let beside = gas.saturating_sub(calls_fixed + measures.all_validators);
    vec![
        format!(
            "sync: {} for an empty vault, then {} per validator unchanged, {} changed; of it \
             AllDelegations {}",
            grouped(fixed),
            grouped(each("sync")),
            grouped(each("sync_changed")),
            grouped(measures.all_delegations / count),
        ),
        format!(
            "refresh: {read} validators in {calls} calls for {}, of it AllValidators {}; without it \
             and the calls' fixed {} each, {} per validator read",
            grouped(gas),
            grouped(measures.all_validators),
            grouped(fixed),
            grouped(beside / read.max(1)),
        ),
    ]
}

/// What was signed without a vault.
pub fn natives(measures: &Measures) -> String {
    let told = measures.natives.iter().map(|((native, messages), gas)| {
        let name = native.name();
        format!("{messages} x {name} {}", grouped(*gas))
    });
    let told: Vec<String> = told.collect();
    format!("native: {}", told.join("; "))
}

/// `1 234 567`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::RefreshCall;

    #[test]
    fn thousands_are_set_apart() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1_000, "1 000"),
            (1_234_567, "1 234 567"),
        ];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn what_a_validator_costs_leaves_out_what_every_call_costs() {
        let row = |operation: &str, gas| Row {
            operation: operation.into(),
            validators: 10,
            messages: 10,
            gas,
            native: None,
        };
        let measures = Measures {
            validators: 10,
            rows: vec![row("sync", 140_000), row("sync_changed", 200_000)],
            empty_sync: 100_000,
            all_validators: 30_000,
            all_delegations: 25_000,
            one_validator: 2_000,
            natives: [].into(),
            refresh: vec![RefreshCall {
                read: 14,
                gas: 200_000,
                asks_order: true,
            }],
        };
        let [sync, refresh] = per_validator(&measures).try_into().unwrap();
        // (140 000 - 100 000) / 10, (200 000 - 100 000) / 10, 25 000 / 10
        assert!(sync.contains("4 000 per validator unchanged, 10 000 changed"));
        assert!(sync.ends_with("AllDelegations 2 500"));
        // (200 000 - 100 000 - 30 000) / 14
        assert!(refresh.ends_with("5 000 per validator read"));
    }
}
