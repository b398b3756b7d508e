//! Amounts of tokens: base units, or the unit that the chain's users know.

use std::fmt;
use std::str::FromStr;

use defenders_client::words::grouped;

use super::ratios::four_digits;

/// More places than any amount has digits.
const MOST_EXPONENT: u32 = 38;

/// The unit that a chain's users know, as `ATOM:6`: 10^6 base units are one ATOM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denom {
    /// Its name.
    pub symbol: String,
    /// Its size as a power of ten, base units.
    pub exponent: u32,
}

impl FromStr for Denom {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once(':');
        let parts = parts.filter(|(symbol, _)| {
            !symbol.is_empty() && symbol.chars().all(|it| it.is_ascii_graphic())
        });
        let exponent = parts.and_then(|(_, exponent)| exponent.parse().ok());
        match (
            parts,
            exponent.filter(|exponent| *exponent <= MOST_EXPONENT),
        ) {
            (Some((symbol, _)), Some(exponent)) => Ok(Self {
                symbol: symbol.to_string(),
                exponent,
            }),
            _ => Err(
                "must be a symbol, a colon and the decimals of the chain's display unit, as ATOM:6",
            ),
        }
    }
}

/// In what amounts are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    denom: Option<Denom>,
    /// A further power of ten, where the amounts are too long.
    scale: u32,
    is_full: bool,
}

impl Unit {
    /// The chain's unit, or base units. In full amounts lose no digit.
    pub fn new(denom: Option<Denom>, is_full: bool) -> Self {
        Self {
            denom,
            scale: 0,
            is_full,
        }
    }

    /// A thousand times as large, for shorter amounts. `None` when there is no larger one.
    pub fn larger(&self) -> Option<Self> {
        let scale = self.scale + 3;
        (!self.is_full && self.exponent() + 3 <= MOST_EXPONENT).then(|| Self {
            scale,
            ..self.clone()
        })
    }

    /// An amount without its unit, rounded down: whole from 1000 on, below that four digits.
    pub fn show(&self, tokens: u128) -> String {
        let Some(whole_unit) = 10u128.checked_pow(self.exponent()) else {
            return "0".to_string();
        };
        let (whole, rest) = (tokens / whole_unit, tokens % whole_unit);
        if self.exponent() == 0 || (whole >= 1_000 && !self.is_full) {
            return grouped(whole);
        }
        let places = self.exponent() as usize;
        let decimals = format!("{rest:0>places$}");
        let exact = format!("{whole}.{decimals}");
        match self.is_full {
            true => {
                let decimals = decimals.trim_end_matches('0');
                let point = if decimals.is_empty() { "" } else { "." };
                format!("{}{point}{decimals}", grouped(whole))
            }
            false => four_digits(&exact),
        }
    }

    /// The same of what may be negative, as text of base units.
    pub fn show_signed(&self, tokens: &str) -> String {
        let (sign, digits) = match tokens.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", tokens),
        };
        match digits.parse() {
            Ok(tokens) => format!("{sign}{}", self.show(tokens)),
            Err(_) => tokens.to_string(),
        }
    }

    /// An amount with its unit.
    pub fn tell(&self, tokens: u128) -> String {
        let unit = match (&self.denom, tokens) {
            (None, 1) if self.scale == 0 => "base unit".to_string(),
            _ => self.to_string(),
        };
        format!("{} {unit}", self.show(tokens))
    }

    fn exponent(&self) -> u32 {
        self.denom.as_ref().map_or(0, |denom| denom.exponent) + self.scale
    }
}

/// The unit's name.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale > 0 {
            write!(f, "10^{} ", self.scale)?;
        }
        match &self.denom {
            Some(denom) => f.write_str(&denom.symbol),
            None => f.write_str("base units"),
        }
    }
}

/// An amount as people give it: base units as `1500000` or `1500000uatom`, or the display unit as `1.5ATOM`.
/// Base units; what is wrong with it in words.
pub fn parse_amount(text: &str, base: &str, display: Option<&Denom>) -> Result<u128, String> {
    let example = match display {
        Some(denom) => format!("1500000, 1500000{base} or 1.5{}", denom.symbol),
        None => format!("1500000 or 1500000{base}"),
    };
    let wrong = |reason: &str| format!("{text:?} {reason}: give an amount as {example}");
    let is_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    let (number, unit) = text.split_at(text.bytes().take_while(is_number).count());
    if !unit.is_empty() && !unit.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return Err(wrong("is no amount"));
    }
    let exponent = match display {
        _ if unit.is_empty() || unit == base => 0,
        Some(denom) if unit == denom.symbol => denom.exponent,
        _ => return Err(wrong("is of another coin")),
    };
    let (whole, places) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || number.ends_with('.') {
        return Err(wrong("is no amount"));
    }
    if places.len() > exponent as usize {
        return Err(wrong("has more places than the coin"));
    }
    let digits = format!("{whole}{places:0<width$}", width = exponent as usize);
    match digits.parse() {
        Ok(0) => Err(wrong("is nothing")),
        Ok(tokens) => Ok(tokens),
        Err(_) => Err(wrong("is more than there can be")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atom(is_full: bool) -> Unit {
        Unit::new(Some("ATOM:6".parse().unwrap()), is_full)
    }

    #[test]
    fn amounts_are_whole_from_a_thousand_on_and_have_four_digits_below() {
        for (tokens, shown, full) in [
            (20_664_544_702_094, "20'664'544", "20'664'544.702094"),
            (999_999_999, "999.9", "999.999999"),
            (1_500_000, "1.5", "1.5"),
            (1, "0.000001", "0.000001"),
            (0, "0", "0"),
        ] {
            assert_eq!(atom(false).show(tokens), shown);
            assert_eq!(atom(true).show(tokens), full);
        }
        assert_eq!(Unit::new(None, false).show(1_234), "1'234");
        assert_eq!(Unit::new(None, false).tell(1), "1 base unit");
        assert_eq!(atom(false).tell(1_000_000), "1 ATOM");
        assert_eq!(atom(false).show_signed("-2500000"), "-2.5");
    }

    #[test]
    fn units_grow_by_thousands_and_say_so() {
        let million = Unit::new(None, false).larger().unwrap().larger().unwrap();
        assert_eq!(million.to_string(), "10^6 base units");
        assert_eq!(million.show(1_234_567_890_000), "1'234'567");
        assert_eq!(atom(false).larger().unwrap().to_string(), "10^3 ATOM");
        let mut unit = Unit::new(None, false);
        while let Some(larger) = unit.larger() {
            unit = larger;
        }
        assert_eq!(unit.show(u128::MAX), "340.2"); // 10^36 is the largest
        assert_eq!(atom(true).larger(), None);
    }

    #[test]
    fn amounts_are_read_in_base_units_and_in_the_display_unit() {
        let atom: Denom = "ATOM:6".parse().unwrap();
        let read = |text: &str| parse_amount(text, "uatom", Some(&atom));
        assert_eq!(read("1500000"), Ok(1_500_000));
        assert_eq!(read("1500000uatom"), Ok(1_500_000));
        assert_eq!(read("1.5ATOM"), Ok(1_500_000));
        assert_eq!(read("2ATOM"), Ok(2_000_000));
        for bad in [
            "",
            "0",
            "1.5",
            "1.5uatom",
            "1.0000001ATOM",
            "1osmo",
            "-1",
            "1.ATOM",
            ".5ATOM",
            "1e6",
            "999999999999999999999999999999999999999ATOM",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert!(parse_amount("1ATOM", "uatom", None).is_err());
        for (text, reason) in [
            ("5,5ATOM", "is no amount"),
            (" 5 ATOM", "is no amount"),
            ("-5", "is no amount"),
            ("5OSMO", "is of another coin"),
        ] {
            let told = read(text).unwrap_err();
            assert!(told.contains(reason), "{told}");
        }
    }

    #[test]
    fn denom_is_a_symbol_and_its_decimals() {
        let denom: Denom = "aevmos:18".parse().unwrap();
        assert_eq!((denom.symbol.as_str(), denom.exponent), ("aevmos", 18));
        for text in [
            "ATOM", ":6", "ATOM:", "ATOM:-1", "ATOM:39", "A B:6", "A:x", "",
        ] {
            assert!(text.parse::<Denom>().is_err(), "{text}");
        }
    }
}
