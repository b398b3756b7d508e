//! The JSON report as a test reads it, and the arithmetic that anyone can redo.

use serde_json::Value;

/// A parsed report.
pub struct Report(Value);

/// A validator as printed.
pub struct Row {
    pub validator: String,
    pub before: u128,
    pub external: u128,
    pub delegated: u128,
    pub status: String,
    pub jailed: bool,
    pub tombstoned: bool,
    pub commission: String,
    pub listed: bool,
    pub left_out: Option<String>,
}

impl Report {
    /// Standard output, which must be one JSON object.
    pub fn parse(stdout: &[u8]) -> Self {
        let value: Value = serde_json::from_slice(stdout).unwrap();
        assert!(value.is_object());
        Self(value)
    }

    pub fn at(&self, pointer: &str) -> &Value {
        let value = self.0.pointer(pointer);
        value.unwrap_or_else(|| panic!("{pointer} is missing"))
    }

    pub fn keys(&self, pointer: &str) -> Vec<&str> {
        let mut keys: Vec<&str> = self
            .at(pointer)
            .as_object()
            .unwrap()
            .keys()
            .map(|it| &**it)
            .collect();
        keys.sort_unstable();
        keys
    }

    pub fn text(&self, pointer: &str) -> &str {
        self.at(pointer).as_str().unwrap()
    }

    pub fn number(&self, pointer: &str) -> u64 {
        self.at(pointer).as_u64().unwrap()
    }

    pub fn tokens(&self, pointer: &str) -> i128 {
        self.text(pointer).parse().unwrap()
    }

    /// A decimal of at most six places, in millionths.
    pub fn millionths(&self, pointer: &str) -> u128 {
        let text = self.text(pointer);
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{decimals:0<6}").parse().unwrap()
    }

    /// A decimal of at most 18 places, in 10^-18.
    pub fn atomics(&self, pointer: &str) -> u128 {
        let text = self.text(pointer);
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{decimals:0<18}").parse().unwrap()
    }

    pub fn validators(&self) -> Vec<Row> {
        let rows = self.at("/validators").as_array().unwrap();
        rows.iter().map(Row::parse).collect()
    }

    pub fn validator(&self, name: &str) -> Row {
        let mut rows = self.validators().into_iter();
        rows.find(|row| row.validator == name).unwrap()
    }

    /// Nothing was violated, and what is printed agrees with itself.
    pub fn assert_sound(&self) {
        assert!(self.number("/invariants/checked") > 0);
        assert_eq!(self.number("/invariants/violated"), 0);
        self.assert_flows_add_up();
        self.assert_effective_number();
        let rows = self.validators();
        let delegated: u128 = rows.iter().map(|row| row.delegated).sum();
        assert_eq!(delegated, self.tokens("/vault/bonded").unsigned_abs());
    }

    /// What went in, less what went out and was lost, is what is there: within one unit per
    /// message.
    fn assert_flows_add_up(&self) {
        let flow = |name| self.tokens(&format!("/flows/{name}"));
        let held = |name| self.tokens(&format!("/vault/{name}"));
        let flows = flow("deposited") + flow("rewards")
            - flow("fees")
            - flow("slashed")
            - flow("withdrawn");
        let holdings = held("total_assets")
            + held("locked_profit")
            + held("marked_down")
            + held("unbonding")
            + held("claimable")
            + held("held");
        let messages = self.at("/messages").as_object().unwrap();
        let units: u64 = messages.values().filter_map(Value::as_u64).sum();
        let gap = (flows - holdings).unsigned_abs();
        assert!(gap <= u128::from(units), "{flows} and {holdings}");
        assert_eq!(
            held("total_assets"),
            held("bonded") + held("idle") + held("restaking")
                - held("marked_down")
                - held("locked_profit")
        );
    }

    /// S^2 / sum v^2 over bonded validators, rounded down to six places. Stakes are cut to 40
    /// bits, so that 2^98 x 10^6 fits for 500 of them: the last places may differ.
    fn assert_effective_number(&self) {
        let rows = self.validators();
        let bonded = rows.iter().filter(|row| row.status == "bonded");
        let stakes: Vec<u128> = bonded.map(|row| row.external + row.delegated).collect();
        let largest = stakes.iter().max().unwrap();
        let cut = (128 - largest.leading_zeros()).saturating_sub(40);
        let total: u128 = stakes.iter().map(|tokens| tokens >> cut).sum();
        let squares: u128 = stakes.iter().map(|tokens| (tokens >> cut).pow(2)).sum();
        let effective = total * total * 1_000_000 / squares;
        let printed = self.millionths("/after/effective");
        let difference = effective.abs_diff(printed);
        assert!(
            difference <= 1 + printed / 1_000_000,
            "{effective} and {printed}"
        );
    }

    pub fn assert_no_more_concentrated(&self) {
        for metric in ["nakamoto_third", "nakamoto_two_thirds"] {
            let [before, after] =
                ["before", "after"].map(|state| self.number(&format!("/{state}/{metric}")));
            assert!(after >= before, "{metric}: {after} after {before}");
        }
    }
}

impl Row {
    fn parse(row: &Value) -> Self {
        let text = |key: &str| row[key].as_str().unwrap().to_string();
        let flag = |key: &str| row[key].as_bool().unwrap();
        Self {
            validator: text("validator"),
            before: text("before").parse().unwrap(),
            external: text("external").parse().unwrap(),
            delegated: text("delegated").parse().unwrap(),
            status: text("status"),
            jailed: flag("jailed"),
            tombstoned: flag("tombstoned"),
            commission: text("commission"),
            listed: flag("listed"),
            left_out: row["left_out"].as_str().map(str::to_string),
        }
    }
}
