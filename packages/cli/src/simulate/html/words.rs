//! What the page says before and after its pictures.

use serde_json::Value;

use super::page::Page;
use super::table::{Column, Table};
use super::text::{escape, keep_percents};
use crate::simulate::report::Concentration;
use crate::simulate::story;
use crate::terminal::{count, four_digits, grouped, percent};

/// The page's title, escaped.
pub fn title(page: &Page) -> String {
    escape(&format!("What a vault does to {}", page.report.set))
}

/// Title, what was simulated, the outcome in numbers.
pub fn head(page: &Page) -> String {
    let report = page.report;
    let what = format!(
        "{}: {} of the stake moves into the vault, {}, seed {}. {}",
        report.scenario.name(),
        percent(&report.share.to_string()),
        count(report.days as usize, "day", "days"),
        report.seed,
        report.scenario.tell(),
    );
    let ratio = format!(
        "The chain reached {} of the best effective number that was possible for what the vault \
         has delegated. {} of the invariants, of which {} did not hold.",
        story::tell_best_ratio(report),
        count_u64(report.invariants.checked, "check", "checks"),
        grouped(report.invariants.violated),
    );
    format!(
        "<h1>{}</h1>\n<p>{}</p>\n<section>\n<h2>Concentration of bonded stake</h2>\n<p>{}</p>\n{}</section>\n",
        title(page),
        escape(&keep_percents(&what)),
        escape(&keep_percents(&ratio)),
        concentration(page).render(),
    )
}

fn count_u64(number: u64, one: &str, many: &str) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), one, many)
}

fn concentration(page: &Page) -> Table {
    let report = page.report;
    let mut table = Table::new(
        "Best possible: the vault's delegations placed anew",
        &[
            Column::Words(""),
            Column::Number("before"),
            Column::Number("after"),
            Column::Number("best possible"),
        ],
    );
    let columns = [&report.before, &report.after, &report.best];
    let mut row = |name: &str, show: &dyn Fn(&Concentration) -> String| {
        let [before, after, best] = columns.map(show);
        table.add([name.to_string(), before, after, best]);
    };
    row("validators with a third", &|it| {
        it.nakamoto_third.to_string()
    });
    row("validators with two thirds", &|it| {
        it.nakamoto_two_thirds.to_string()
    });
    row("effective validators", &|it| {
        four_digits(&it.effective.to_string())
    });
    row("with the ten largest", &|it| {
        percent(&it.top10_share.to_string())
    });
    row("with the largest", &|it| {
        percent(&it.largest_share.to_string())
    });
    table
}

/// Groups, what happened, and the parameters in force.
pub fn tail(page: &Page) -> String {
    let report = page.report;
    let mut html = String::new();
    if !report.groups.is_empty() {
        html += &format!(
            "<section>\n<h2>The vault's stake by group</h2>\n<p>Who shares an operator, a hosting \
             provider or a jurisdiction, and what the vault has with them at the end.</p>\n{}</section>\n",
            groups(page).render()
        );
    }
    let lines = story::tell(report, &page.labels, page.screen);
    let lines = lines
        .iter()
        .map(|line| format!("<li>{}</li>\n", escape(&keep_percents(line))));
    html += &format!(
        "<section>\n<h2>What happened</h2>\n<ul>\n{}</ul>\n</section>\n",
        lines.collect::<String>()
    );
    html + &format!(
        "<section>\n<h2>Parameters</h2>\n<p>All that decides who gets what, as the vault has it at \
         the end.</p>\n<details>\n<summary>Table</summary>\n{}</details>\n</section>\n",
        parameters(page).render()
    )
}

fn groups(page: &Page) -> Table {
    let rows = &page.report.groups;
    let largest = rows.iter().map(|row| row.delegated.u128()).max();
    let unit = page.unit(largest.unwrap_or_default());
    let mut table = Table::new(
        format!("In {unit}"),
        &[
            Column::Words("shared"),
            Column::Names("group"),
            Column::Number("validators"),
            Column::Number("the vault’s"),
            Column::Number("of all its stake"),
        ],
    );
    for row in rows {
        table.add([
            row.kind.name().to_string(),
            row.group.clone(),
            row.validators.to_string(),
            unit.show(row.delegated.u128()),
            percent(&row.vault_share.to_string()),
        ]);
    }
    table
}

fn parameters(page: &Page) -> Table {
    let mut table = Table::new(
        "By their names in the JSON report; – is not in force",
        &[Column::Names("parameter"), Column::Names("value")],
    );
    let policy = serde_json::to_value(&page.report.policy).unwrap_or_default();
    for (name, value) in policy.as_object().into_iter().flatten() {
        let value = match value {
            Value::Null => "–".to_string(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        table.add([name.replace('_', " "), value]);
    }
    table
}
