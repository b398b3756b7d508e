//! What operations may cost, and whether they do. Nothing fails by it: it is a benchmark.

use super::measures::{Measures, RefreshCall};
use super::row::Row;

/// Gas that nodes let a query use.
const QUERY: u64 = 3_000_000;
/// Caps, targets and moves of 200 validators in 20 groups.
const PLANNER: u64 = 183_000;
/// From so many validators on, what a sync may cost is told per validator: with fewer, its fixed
/// part is most of it.
const MANY: u64 = 200;

/// A limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Where it comes from.
    pub rule: String,
    /// Most gas.
    pub gas: u64,
}

impl Budget {
    /// `met`, or by how much it is not, in per cent, rounded up.
    pub fn verdict(&self, gas: u64) -> String {
        match gas.checked_sub(self.gas) {
            None | Some(0) => "met".into(),
            Some(over) => format!("{} % over", (over * 100).div_ceil(self.gas.max(1))),
        }
    }
}

/// The budget of a row, if it has one.
pub fn of(measures: &Measures, row: &Row) -> Option<Budget> {
    let native = row.native.as_ref().map_or(0, |native| native.gas);
    let validators = measures.validators;
    let (rule, gas) = match row.operation.as_str() {
        "deposit_mint" => ("1.10 x".to_owned(), native * 110 / 100),
        "deposit_first" => ("1.15 x".into(), native * 115 / 100),
        "deposit_delegate" => ("1.85 x".into(), native * 185 / 100),
        "coins_deposit_mint" | "coins_deposit_first" => ("1.60 x".into(), native * 160 / 100),
        "coins_deposit_delegate" => ("2.20 x".into(), native * 220 / 100),
        "request"
        | "request_opening"
        | "claim"
        | "coins_request"
        | "coins_request_opening"
        | "coins_claim" => ("0.85 x".into(), native * 85 / 100),
        "submit" | "submit_emptying" => (
            "1.15 x + 250 k + sync".into(),
            native * 115 / 100 + 250_000 + sync(measures)?,
        ),
        "sync" if validators >= MANY => ("4 k each".into(), 4_000 * validators),
        "sync_changed" if validators >= MANY => ("10 k each".into(), 10_000 * validators),
        "refresh" | "refresh_first" => {
            let mut calls = measures.refresh.iter();
            let call = calls.find(|call| call.gas == row.gas)?;
            ("7 k each + 250 k + order".into(), refresh(measures, call))
        }
        "refresh_all" => {
            let calls = measures.refresh.iter();
            let budgets = calls.map(|call| refresh(measures, call));
            ("the same, each call".into(), budgets.sum())
        }
        name if name.starts_with("rebalance_") => (
            "1.15 x + 400 k + reads".into(),
            native * 115 / 100 + 400_000 + reads_of_moves(measures, row.messages)?,
        ),
        "refresh_last" => (
            "7 k each + 250 k + planner".into(),
            7_000 * row.messages + 250_000 + PLANNER,
        ),
        "planner" if validators >= MANY => ("183 k".into(), PLANNER),
        "harvest" => ("1.15 x + 300 k".into(), native * 115 / 100 + 300_000),
        name if name.starts_with("query_") => ("a node's limit".into(), QUERY),
        _ => return None,
    };
    Some(Budget { rule, gas })
}

/// What a sync adds to a call that has its fixed part anyway.
fn sync(measures: &Measures) -> Option<u64> {
    let row = measures.row("sync")?;
    Some(row.gas.saturating_sub(measures.empty_sync))
}

/// What a rebalance reads: all delegations and what is stored of all validators, as a sync does, and both
/// ends of each move.
fn reads_of_moves(measures: &Measures, moves: u64) -> Option<u64> {
    Some(sync(measures)? + 2 * moves * measures.one_validator)
}

/// Only the call that asks for the chain's order may pay for it.
fn refresh(measures: &Measures, call: &RefreshCall) -> u64 {
    let order = if call.asks_order {
        measures.all_validators
    } else {
        0
    };
    7_000 * call.read + 250_000 + order
}

/// How deposits on a fresh book grow with the list: operation, thousandths of the gas with the
/// fewest validators, and the most there may be.
pub fn growth(all: &[Measures]) -> Vec<(String, u64, u64)> {
    let (Some(fewest), Some(most)) = (
        all.iter().min_by_key(|measures| measures.validators),
        all.iter().max_by_key(|measures| measures.validators),
    ) else {
        return vec![];
    };
    let grown = |operation: &str| {
        let (small, large) = (fewest.row(operation)?, most.row(operation)?);
        let ratio = (large.gas * 1_000).div_ceil(small.gas.max(1));
        Some((operation.to_owned(), ratio, 1_050))
    };
    let deposits = ["deposit_mint", "deposit_delegate"];
    deposits.into_iter().filter_map(grown).collect()
}

#[cfg(test)]
mod tests {
    use super::super::row::Beside;
    use super::*;

    fn measures(validators: u64, rows: &[(&str, u64, u64)]) -> Measures {
        let row = |(operation, gas, native): &(&str, u64, u64)| Row {
            operation: (*operation).into(),
            validators,
            messages: 1,
            gas: *gas,
            native: (*native > 0).then(|| Beside {
                name: "native".into(),
                gas: *native,
            }),
        };
        Measures {
            validators,
            rows: rows.iter().map(row).collect(),
            empty_sync: 100_000,
            all_validators: 600_000,
            ..Measures::default()
        }
    }

    fn limit(measures: &Measures, operation: &str) -> Option<u64> {
        let row = measures.row(operation);
        row.and_then(|row| of(measures, row))
            .map(|budget| budget.gas)
    }

    #[test]
    fn budgets_follow_the_native_transaction() {
        let measures = measures(
            10,
            &[
                ("deposit_mint", 1, 100_000),
                ("claim", 1, 200_000),
                ("harvest", 1, 1_000_000),
                ("transfer", 1, 70_000),
                ("query_totals", 1, 0),
            ],
        );
        assert_eq!(limit(&measures, "deposit_mint"), Some(110_000));
        assert_eq!(limit(&measures, "claim"), Some(170_000));
        assert_eq!(limit(&measures, "harvest"), Some(1_450_000)); // 1 150 000 + 300 000
        assert_eq!(limit(&measures, "transfer"), None);
        assert_eq!(limit(&measures, "query_totals"), Some(3_000_000));
    }

    #[test]
    fn piece_may_cost_what_its_sync_costs_besides() {
        let rows = [("submit", 1, 800_000), ("sync", 740_000, 0)];
        let measures = measures(200, &rows);
        // 920 000 + 250 000 + (740 000 - 100 000)
        assert_eq!(limit(&measures, "submit"), Some(1_810_000));
        assert_eq!(limit(&measures, "sync"), Some(800_000));
    }

    #[test]
    fn rebalance_may_cost_what_it_reads_besides() {
        let rows = [("rebalance_1", 1, 300_000), ("sync", 740_000, 0)];
        let mut measures = measures(200, &rows);
        measures.one_validator = 3_000;
        // 345 000 + 400 000 + (740 000 - 100 000) + 2 x 3 000
        assert_eq!(limit(&measures, "rebalance_1"), Some(1_391_000));
    }

    #[test]
    fn planner_has_a_limit_on_long_lists_only() {
        let rows = [("planner", 1, 0), ("refresh_last", 1, 0)];
        assert_eq!(limit(&measures(200, &rows), "planner"), Some(183_000));
        assert_eq!(limit(&measures(100, &rows), "planner"), None);
        // one validator read: 7 000 + 250 000 + 183 000
        assert_eq!(limit(&measures(10, &rows), "refresh_last"), Some(440_000));
    }

    #[test]
    fn only_the_call_of_a_refresh_that_asks_for_the_order_may_pay_for_it() {
        let mut measures = measures(200, &[("refresh", 7, 0), ("refresh_all", 12, 0)]);
        let call = |read, gas, asks_order| RefreshCall {
            read,
            gas,
            asks_order,
        };
        measures.refresh = vec![call(5, 5, true), call(25, 7, false)];
        assert_eq!(limit(&measures, "refresh"), Some(425_000)); // 25 x 7 000 + 250 000
        // 35 000 + 250 000 + 600 000 for the first
        assert_eq!(limit(&measures, "refresh_all"), Some(425_000 + 885_000));
    }

    #[test]
    fn verdict_says_by_how_much() {
        let budget = Budget {
            rule: String::new(),
            gas: 1_000,
        };
        assert_eq!(budget.verdict(1_000), "met");
        assert_eq!(budget.verdict(1_001), "1 % over");
        assert_eq!(budget.verdict(1_500), "50 % over");
    }

    #[test]
    fn growth_compares_the_longest_list_with_the_shortest() {
        let all = [
            measures(10, &[("deposit_mint", 1_000, 0)]),
            measures(200, &[("deposit_mint", 1_020, 0)]),
        ];
        assert_eq!(growth(&all), [("deposit_mint".into(), 1_020, 1_050)]);
    }
}
