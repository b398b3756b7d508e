//! The metrics of concentration by their definitions, as the report tells them.

use serde_json::{Value, json};

/// A ratio as a decimal string without zeros at its end.
pub fn ratio(part: u128, whole: u128, places: u32) -> String {
    let scale = 10u128.pow(places);
    let scaled = part * scale / whole;
    let decimals = format!("{:0width$}", scaled % scale, width = places as usize);
    match decimals.trim_end_matches('0') {
        "" => (scaled / scale).to_string(),
        decimals => format!("{}.{decimals}", scaled / scale),
    }
}

/// Every metric by its definition.
pub fn metrics(stakes: &[u128], thresholds: &[u128]) -> Value {
    let total: u128 = stakes.iter().sum();
    let squares: u128 = stakes.iter().map(|v| v * v).sum();
    let mut sorted = stakes.to_vec();
    sorted.sort_by(|a, b| b.cmp(a));
    let top = |k: usize| -> u128 { sorted.iter().take(k).sum() };
    let fewest = |numerator: u128, denominator: u128| {
        (0..=stakes.len())
            .find(|k| top(*k) * denominator >= numerator * total)
            .unwrap()
    };
    let differences: u128 = stakes
        .iter()
        .flat_map(|a| stakes.iter().map(|b| a.abs_diff(*b)))
        .sum();
    let at = thresholds.iter().map(
        |threshold| json!({ "basis_points": threshold, "fewest": fewest(*threshold, 10_000) }),
    );
    json!({
        "holders": stakes.iter().filter(|v| **v > 0).count(),
        "nakamoto_third": fewest(1, 3),
        "nakamoto_two_thirds": fewest(2, 3),
        "nakamoto_at": at.collect::<Vec<_>>(),
        "effective": ratio(total * total, squares, 6),
        "hhi": ratio(squares, total * total, 18),
        "gini": ratio(differences, 2 * stakes.len() as u128 * total, 18),
        "top1_share": ratio(top(1), total, 18),
        "top5_share": ratio(top(5), total, 18),
        "top10_share": ratio(top(10), total, 18),
        "top20_share": ratio(top(20), total, 18),
    })
}
