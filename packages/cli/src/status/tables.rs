//! A vault on one screen, for a person.

use cosmwasm_std::Decimal;
use defenders_client::rates::RateChange;

use super::report::Report;
use crate::chain::tell_fate;
use crate::concentration::Metrics;
use crate::position::{name_state, tell_payment};
use crate::proposal::tell_minute;
use crate::session::Units;
use crate::terminal::{Column, Labels, Screen, Table, count, four_digits, hang, percent};

/// Batches shown, the oldest: they pay first.
const BATCHES: usize = 5;

/// All of it.
pub fn render(report: &Report, units: &Units, labels: &Labels, screen: &Screen) -> String {
    let mut text = String::new();
    for (name, value) in facts(report, units, labels, screen) {
        text += &hang(&format!("{name:<12}"), &value, screen.width);
    }
    text += &batches(report, units, screen);
    text += &concentration(report).render("Of the chain", &Labels::default(), screen);
    text
}

fn facts(
    report: &Report,
    units: &Units,
    labels: &Labels,
    screen: &Screen,
) -> Vec<(&'static str, String)> {
    let tokens = |tokens: cosmwasm_std::Uint128| units.tokens.tell(tokens.u128());
    let short = |tokens: cosmwasm_std::Uint128| units.tokens.show(tokens.u128());
    let health = &report.health;
    let mut facts = vec![
        ("vault", report.vault.clone()),
        (
            "on",
            format!(
                "{}, block {} of {}",
                report.chain_id,
                report.height,
                tell_minute(report.time)
            ),
        ),
        (
            "worth",
            format!(
                "{} for {}",
                tokens(report.total_assets),
                units.shares.tell(report.total_shares.u128())
            ),
        ),
        ("rate", tell_rate(report)),
        (
            "where",
            format!(
                "delegated {}, idle {}, coming back {}, for claims {}",
                short(report.bonded),
                short(report.idle),
                short(report.restaking),
                short(report.claimable)
            ),
        ),
    ];
    let counts = &report.validators;
    facts.push((
        "validators",
        format!(
            "{} listed, {} eligible, {} waiting, {} leaving",
            counts.listed, counts.eligible, counts.waiting, counts.leaving
        ),
    ));
    for unseen in &report.unseen {
        facts.push((
            "NOT READ",
            format!(
                "{} is {}; the vault reads that at its next refresh",
                labels.tell(&unseen.validator, screen.is_full),
                tell_fate(unseen.fate)
            ),
        ));
    }
    let slack = match &health.least_slack {
        Some(least) => format!(
            "; least below its cap: {} at {}",
            short(least.slack),
            labels.tell(&least.validator, screen.is_full)
        ),
        None => String::new(),
    };
    facts.push(("caps", format!("{}{slack}", tell_room(report, units))));
    facts.push((
        "of stake",
        format!(
            "{}; it warns from {} on, and refuses deposits from {} on",
            percent(&health.chain_share.to_string()),
            percent(&health.soft_limit.to_string()),
            percent(&health.hard_limit.to_string())
        ),
    ));
    facts.push(("jobs", tell_jobs(report)));
    facts.push((
        "ages",
        format!(
            "book {}, powers {}; it needs {} ticks a day",
            tell_age(Some(health.book_age)),
            tell_age(health.powers_age),
            health.ticks_a_day
        ),
    ));
    if report.changes_waiting > 0 {
        facts.push((
            "changes",
            format!(
                "{} waiting",
                count(report.changes_waiting, "change", "changes")
            ),
        ));
    }
    match report.troubles.as_slice() {
        [] => facts.push(("health", "well".to_string())),
        troubles => {
            for trouble in troubles {
                facts.push(("NOT WELL", trouble.clone()));
            }
        }
    }
    facts
}

/// Deposits are taken up to the caps of the last refresh. What has no place is told, but for units that rounding leaves,
/// one for each validator at most.
fn tell_room(report: &Report, units: &Units) -> String {
    let room = units.tokens.tell(report.capacity_left.u128());
    let unplaced = report.health.unplaced.u128();
    match unplaced > report.validators.listed as u128 {
        false => format!("deposits of {room} still fit"),
        true => format!(
            "{} has no place now, and stays idle; deposits of {room} are taken",
            units.tokens.tell(unplaced)
        ),
    }
}

fn tell_rate(report: &Report) -> String {
    let tell = |change: &RateChange| match &change.change {
        Some(change_over) => {
            let sign = if change_over.starts_with('-') {
                ""
            } else {
                "+"
            };
            // samples are as old as the last harvest before
            let days = change.since.map_or(change.days, |since| {
                report.time.saturating_sub(since) / defenders_types::DAY
            });
            format!("{sign}{} in {days} days", percent(change_over))
        }
        None => format!("of {} days ago nothing is known", change.days),
    };
    let changes: Vec<String> = report.rate_changes.iter().map(tell).collect();
    // a share begins at 1, and moves in the digits behind it
    let rate = report.tokens_per_share.to_string();
    let rate = match rate.split_once('.') {
        Some((whole, places)) => format!("{whole}.{}", places.get(..8).unwrap_or(places)),
        None => rate,
    };
    format!("{rate}; {}", changes.join(", "))
}

fn tell_jobs(report: &Report) -> String {
    let due: Vec<String> = report
        .jobs_due
        .iter()
        .map(|job| {
            let since = job.due_since.map(|since| report.time.saturating_sub(since));
            match since {
                Some(waited) if waited >= 60 => {
                    format!("{} (due for {})", job.job.as_str(), tell_age(Some(waited)))
                }
                _ => format!("{} (due)", job.job.as_str()),
            }
        })
        .collect();
    match (due.as_slice(), &report.next_job) {
        ([], Some(job)) => format!(
            "none is due; {} next, at {}",
            job.job.as_str(),
            job.next_at.map_or(String::new(), tell_minute)
        ),
        ([], None) => "none is due".to_string(),
        _ => due.join(", "),
    }
}

/// `3 d`, `5 h`, `7 min`.
fn tell_age(seconds: Option<u64>) -> String {
    match seconds {
        None => "never".to_string(),
        Some(seconds) if seconds >= 2 * 86_400 => format!("{} d", seconds / 86_400),
        Some(seconds) if seconds >= 2 * 3_600 => format!("{} h", seconds / 3_600),
        Some(seconds) if seconds >= 120 => format!("{} min", seconds / 60),
        Some(seconds) => format!("{seconds} s"),
    }
}

fn batches(report: &Report, units: &Units, screen: &Screen) -> String {
    let mut table = Table::new(&[
        Column::Number("batch"),
        Column::Words("state"),
        Column::Number("shares"),
        Column::Amount("tokens"),
        Column::Words("pays from"),
        Column::Words("at the latest"),
    ]);
    let shown = table.note_rest(report.batches.len(), BATCHES, screen, ("batch", "batches"));
    for row in report.batches.iter().take(shown) {
        let is_paying = row.state == defenders_types::BatchState::Claimable;
        let time = |at: Option<u64>| tell_payment(is_paying, at);
        table.add([
            row.batch_id.to_string(),
            name_state(row.state).to_string(),
            units.shares.show(row.shares.u128()),
            row.tokens.to_string(),
            time(row.pays_earliest),
            time(row.pays_latest),
        ]);
    }
    match table.is_empty() {
        true => String::new(),
        false => table.render("Batches", &Labels::default(), screen),
    }
}

fn concentration(report: &Report) -> Table {
    let mut table = Table::new(&[
        Column::Words(""),
        Column::Number("with the vault"),
        Column::Number("without it"),
    ]);
    let states = &report.concentration;
    let mut row = |name: &str, show: &dyn Fn(&Metrics) -> String| {
        let without = states.without.as_ref().map_or(String::new(), show);
        table.add([name.to_string(), show(&states.with), without]);
    };
    let share = |share: &Decimal| percent(&share.to_string());
    row("Nakamoto at 1/3", &|it| it.nakamoto_third.to_string());
    row("effective number", &|it| {
        four_digits(&it.effective.to_string())
    });
    row("largest", &|it| share(&it.top1_share));
    row("ten largest", &|it| share(&it.top10_share));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_have_one_unit() {
        let told = [
            None,
            Some(0),
            Some(119),
            Some(120),
            Some(7_200),
            Some(200_000),
        ]
        .map(tell_age);
        assert_eq!(told, ["never", "0 s", "119 s", "2 min", "2 h", "2 d"]);
    }
}
