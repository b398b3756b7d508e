//! How validators are called in tables: by name where there is one, and by operator address.

use std::collections::BTreeMap;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Names by operator address.
#[derive(Clone, Debug, Default)]
pub struct Labels(BTreeMap<String, String>);

impl Labels {
    /// Of those that have one.
    pub fn new<'a>(names: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Self {
        let named = names.filter_map(|(operator, name)| Some((operator, name?)));
        let named = named.map(|(operator, name)| (operator.to_string(), name.to_string()));
        Self(named.collect())
    }

    /// Whether anybody has a name.
    pub fn has_names(&self) -> bool {
        !self.0.is_empty()
    }

    /// The name of an operator, if there is one.
    pub fn name(&self, operator: &str) -> Option<&str> {
        self.0.get(operator).map(String::as_str)
    }

    /// For a line of text: the name with the shortened address, or the shortened address.
    pub fn tell(&self, operator: &str, is_full: bool) -> String {
        let address = match is_full {
            true => operator.to_string(),
            false => shorten_address(operator, ADDRESS_WIDTH),
        };
        match self.name(operator) {
            Some(name) => format!("{name} ({address})"),
            None => address,
        }
    }
}

/// Columns of a shortened address: the end tells validators apart, the beginning chains.
pub const ADDRESS_WIDTH: usize = 17;

/// Leaves out the middle of what is wider than this.
pub fn shorten_address(address: &str, width: usize) -> String {
    let letters: Vec<char> = address.chars().collect();
    if letters.len() <= width {
        return address.to_string();
    }
    let kept = width.saturating_sub(1);
    let tail = kept.div_ceil(2).min(8);
    let head: String = letters.iter().take(kept - tail).collect();
    let tail: String = letters.iter().skip(letters.len() - tail).collect();
    format!("{head}…{tail}")
}

/// Leaves out the end of what is wider than this. Some letters take two columns.
pub fn shorten_name(name: &str, width: usize) -> String {
    if name.width() <= width {
        return name.to_string();
    }
    let mut taken = 0;
    let letters = name.chars().take_while(|letter| {
        taken += letter.width().unwrap_or_default();
        taken < width
    });
    let short: String = letters.collect();
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_their_middle_and_names_their_end() {
        let address = "cosmosvaloper1c4k24jzduc365kywrsvf5ujz4ya6mwympnc4en";
        assert_eq!(shorten_address(address, 17), "cosmosva…ympnc4en");
        assert_eq!(shorten_address(address, 13), "cosmos…pnc4en");
        assert_eq!(shorten_address("short", 17), "short");
        assert_eq!(shorten_name("Coinbase Custody", 24), "Coinbase Custody");
        assert_eq!(shorten_name("Coinbase Custody", 10), "Coinbase…");
        assert_eq!(shorten_name("日本のバリデータ", 7), "日本の…");
    }

    #[test]
    fn name_stands_beside_the_address() {
        let labels = Labels::new([("xvaloper1a", Some("A & Co")), ("b", None)].into_iter());
        assert_eq!(labels.tell("xvaloper1a", false), "A & Co (xvaloper1a)");
        assert_eq!(labels.tell("b", false), "b");
    }
}
