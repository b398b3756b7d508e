//! The report as a picture: where the vault's stake went, by rank, beside where all stake was.
//! Whole numbers only, so that the same report is the same bytes on every machine.

use cosmwasm_std::Uint128;

use super::findings::RankRow;
use super::report::Report;
use crate::terminal::{count, percent, percent_of};

const TITLE: &str = "Where the vault's stake went";
/// Width of the picture, and of a bar that is all.
const WIDTH: u32 = 760;
const LONGEST_BAR: u32 = 340;
/// Where bars begin, and how high they and their rows are.
const LEFT: u32 = 150;
const TOP: u32 = 92;
const ROW: u32 = 58;
const BAR: u32 = 18;
/// Most letters of a set's name in a line.
const MOST_LETTERS: usize = 40;

/// Colours of light and dark pages; what a bar says stands beside it, so no colour is needed to read it.
const STYLE: &str = "  <style>
    text { font: 14px system-ui, sans-serif; fill: #1f2328 }
    .title { font-size: 20px; font-weight: 600 }
    .page { fill: #ffffff }
    .chain { fill: #8c959f }
    .vault { fill: #0969da }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .page { fill: #0d1117 }
      .chain { fill: #6e7681 }
      .vault { fill: #58a6ff }
    }
  </style>
";

/// The whole SVG file.
pub fn draw(report: &Report) -> String {
    let rows = &report.by_rank;
    let height = TOP + ROW * rows.len() as u32 + 12;
    let set = escape(&shorten(&report.set));
    let share = percent(&report.share.to_string());
    let days = count(report.days as usize, "day", "days");
    let all: Uint128 = rows.iter().map(|row| row.before).sum();
    let shares: Vec<[Bar; 2]> = rows.iter().map(|row| bars(row, all)).collect();

    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title told\">\n\
         \x20 <title id=\"title\">{TITLE}: {set}</title>\n  <desc id=\"told\">"
    );
    let told: Vec<String> = rows
        .iter()
        .zip(&shares)
        .map(|(row, [chain, vault])| format!("{}: {}, {}.", name(row), chain.says, vault.says))
        .collect();
    svg += &told.join(" ");
    svg += &format!(
        "</desc>\n{STYLE}  <rect class=\"page\" width=\"{WIDTH}\" height=\"{height}\" rx=\"6\"/>\n"
    );
    svg += &text(16, 34, "title", TITLE);
    let line = format!("{set}: {share} of the stake moves into the vault, {days}");
    svg += &text(16, 58, "", &line);
    svg += &text(
        16,
        78,
        "",
        "Validators by rank of the stake that they had before",
    );
    for (index, (row, bars)) in rows.iter().zip(&shares).enumerate() {
        let top = TOP + ROW * index as u32 + 8;
        svg += &text(16, top + BAR + 6, "", &name(row));
        for (at, (class, bar)) in [top, top + BAR + 4]
            .into_iter()
            .zip([("chain", &bars[0]), ("vault", &bars[1])])
        {
            svg += &format!(
                "  <rect class=\"{class}\" x=\"{LEFT}\" y=\"{at}\" width=\"{}\" height=\"{BAR}\"/>\n",
                bar.length
            );
            svg += &text(LEFT + bar.length + 8, at + BAR - 4, "", &bar.says);
        }
    }
    svg + "</svg>\n"
}

struct Bar {
    length: u32,
    says: String,
}

/// The part of all stake that was there before, and the part of the vault's.
fn bars(row: &RankRow, all: Uint128) -> [Bar; 2] {
    let before = percent_of(row.before.u128(), all.u128());
    let of_vault = percent(&row.vault_share.to_string());
    [
        Bar {
            length: length(row.before, all),
            says: format!("{before} of all stake before"),
        },
        Bar {
            length: length(row.vault_share.atomics(), 10u128.pow(18).into()),
            says: format!("{of_vault} of the vault's"),
        },
    ]
}

/// Rounded down, but something is never nothing.
fn length(part: Uint128, whole: Uint128) -> u32 {
    let longest = Uint128::from(LONGEST_BAR);
    let length = longest
        .checked_multiply_ratio(part, whole)
        .unwrap_or_default();
    let least = u128::from(!part.is_zero());
    u32::try_from(length.u128().max(least)).unwrap_or(LONGEST_BAR)
}

fn name(row: &RankRow) -> String {
    match row.first == row.last {
        true => format!("rank {}", row.first),
        false => format!("ranks {} to {}", row.first, row.last),
    }
}

/// A line of text, which must be escaped.
fn text(x: u32, y: u32, class: &str, text: &str) -> String {
    let class = match class {
        "" => String::new(),
        class => format!(" class=\"{class}\""),
    };
    format!("  <text x=\"{x}\" y=\"{y}\"{class}>{text}</text>\n")
}

/// The end of a long name: a path says more there.
fn shorten(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    match letters.len().checked_sub(MOST_LETTERS) {
        None | Some(0) => name.to_string(),
        Some(more) => format!("…{}", letters[more + 1..].iter().collect::<String>()),
    }
}

/// Text as XML takes it, which has no control characters.
pub fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}');
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_part() {
        let bar = |part: u128, whole: u128| length(part.into(), whole.into());
        assert_eq!(bar(1, 2), 170);
        assert_eq!(bar(1, 1), LONGEST_BAR);
        assert_eq!(bar(0, 5), 0);
        // 340 / 10^33 is less than one
        assert_eq!(bar(1, 10u128.pow(33)), 1);
        assert_eq!(bar(0, 0), 0);
    }

    #[test]
    fn name_of_a_file_breaks_no_picture() {
        assert_eq!(
            escape("a<b>&\u{7}\u{ffff}c"),
            "a&lt;b&gt;&amp;\u{fffd}\u{fffd}c"
        );
        assert_eq!(shorten("cosmoshub-2022-10"), "cosmoshub-2022-10");
        let long = shorten(&format!("{}/set.csv", "x".repeat(90)));
        assert_eq!(long.chars().count(), MOST_LETTERS);
        assert!(long.starts_with("…x") && long.ends_with("x/set.csv"));
    }
}
