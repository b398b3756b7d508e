//! A proposal for a person. No value is shortened: who votes compares whole addresses.

use defenders_client::inspect::{EffectRow, MessageRow, Report, shown};
use serde_json::Value;

use crate::multisig::Count;
use crate::proposal::tell_time;
use crate::terminal::{Screen, count};

/// Warnings, and then everything.
pub fn render(report: &Report, screen: &Screen) -> String {
    let mut text = match report.warnings.len() {
        0 => "no warnings\n".to_string(),
        number => format!("{}\n", count(number, "warning", "warnings")),
    };
    for warning in &report.warnings {
        text += &indented(&warning.to_string(), "! ", screen);
    }
    text.push('\n');
    text + &render_acts(report, screen)
}

/// The proposal itself.
pub fn render_acts(report: &Report, screen: &Screen) -> String {
    let mut text = format!(
        "{}, {}",
        report.form,
        count(report.messages.len(), "message", "messages")
    );
    if let (None, Some(status)) = (&report.count, &report.status) {
        text += &format!(", {} as answered", shown(status));
    }
    text = screen.wrap(&text) + "\n";
    if let Some(count) = &report.count {
        text += &render_count(count, screen);
    }
    if let Some(title) = &report.title {
        text += &(screen.wrap(&format!("title: {}", shown(title))) + "\n");
    }
    for line in report.description.iter().flat_map(|it| it.lines()) {
        text += &quoted(&shown(line), screen);
    }
    for message in &report.messages {
        text += &render_message(message, screen);
    }
    text
}

fn render_count(count: &Count, screen: &Screen) -> String {
    let lines = [
        format!("proposal {} of {}", count.id, count.multisig),
        format!(
            "{}, as of block {}: {}; it passes with {}",
            count.status,
            count.height,
            count.tell_votes(),
            count.passes_with
        ),
        format!("voting ends {}", count.expires),
        format!("proposed by {}", count.proposer),
    ];
    let lines = lines.iter().map(|line| screen.wrap(&shown(line)) + "\n");
    lines.collect()
}

fn render_message(message: &MessageRow, screen: &Screen) -> String {
    let place = match message.place.as_str() {
        "" => String::new(),
        place => format!("{place}  "),
    };
    let mut text = format!("\n{place}{}\n", shown(&message.name));
    let mut line = |name: &str, value: String| text += &format!("  {name}: {}\n", shown(&value));
    if let Some(contract) = &message.contract {
        line("contract", contract.clone());
    }
    if let Some(until) = message.valid_until {
        line("valid until", tell_time(until));
    }
    for coins in &message.funds {
        line("sends along", coins.clone());
    }
    for effect in &message.effects {
        text += &render_effect(effect, screen);
    }
    if !message.fields.is_empty() {
        text += "  all it says:\n";
    }
    for row in &message.fields {
        let value = match &row.value {
            Value::String(value) => format!("{value:?}"),
            value => value.to_string(),
        };
        let (field, value) = (shown(&row.field), shown(&value));
        let line = format!("    {field} = {value}\n");
        // a value stays in one piece
        text += &match line.chars().count() > screen.width + 1 {
            true => format!("    {field} =\n      {value}\n"),
            false => line,
        };
    }
    text
}

fn render_effect(effect: &EffectRow, screen: &Screen) -> String {
    let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_string());
    let change = match (effect.now_is_known, effect.effect) {
        (true, _) => format!("{} -> {}", word(&effect.now), word(&effect.then)),
        (false, "acts") if effect.then.is_none() => String::new(),
        (false, _) if effect.effect == "depends" && effect.then.is_none() => String::new(),
        (false, _) => format!("-> {}", word(&effect.then)),
    };
    let head = format!("{}  {change}", effect.what);
    let effect_word = match effect.effect {
        "acts" => String::new(),
        effect => format!("{effect}, "),
    };
    let tail = format!("{effect_word}{}; {}", effect.reason, effect.when);
    let mut text = indented(&shown(head.trim_end()), "  ", screen);
    if let Some(means) = &effect.means {
        text += &indented(means, "    ", screen);
    }
    text + &indented(&shown(&tail), "    ", screen)
}

/// A line of somebody else's text.
fn quoted(text: &str, screen: &Screen) -> String {
    let options = textwrap::Options::new(screen.width.max(20))
        .initial_indent("  | ")
        .subsequent_indent("  | ")
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    match text.is_empty() {
        true => "  | \n".to_string(),
        false => textwrap::fill(text, options) + "\n",
    }
}

fn indented(text: &str, begin: &str, screen: &Screen) -> String {
    let width = screen.width.saturating_sub(begin.len()).max(20);
    let next = " ".repeat(begin.len());
    let options = textwrap::Options::new(width + begin.len())
        .initial_indent(begin)
        .subsequent_indent(&next)
        // times and names are whole
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(text, options) + "\n"
}
