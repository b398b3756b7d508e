//! Numbers as text, read to the last digit or not at all.

use cosmwasm_std::Decimal;

/// Decimal places of a share.
const PLACES: usize = 18;

/// An amount in base units: decimal digits and nothing else, below 2^128.
pub fn parse_tokens(text: &str) -> Option<u128> {
    is_digits(text).then(|| text.parse().ok()).flatten()
}

/// Digits, or digits, a point and one to 18 digits.
pub fn parse_share(text: &str) -> Option<Decimal> {
    let (whole, places) = match text.split_once('.') {
        Some((whole, places)) if is_digits(places) && places.len() <= PLACES => (whole, places),
        Some(_) => return None,
        None => (text, ""),
    };
    let atomics = is_digits(whole).then(|| format!("{whole}{places:0<PLACES$}"))?;
    Some(Decimal::raw(atomics.parse().ok()?))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amount_is_digits_below_two_to_the_128() {
        assert_eq!(parse_tokens("0"), Some(0));
        assert_eq!(parse_tokens("007"), Some(7));
        let most = u128::MAX.to_string();
        assert_eq!(parse_tokens(&most), Some(u128::MAX));
        let one_more = "340282366920938463463374607431768211456";
        for text in [
            "", " 1", "1 ", "-1", "+1", "1.0", "1e6", "1_000", "0x1", "٣", one_more,
        ] {
            assert_eq!(parse_tokens(text), None, "{text}");
        }
    }

    #[test]
    fn share_keeps_all_18_places() {
        let last = "0.000000000000000001";
        assert_eq!(parse_share(last), Some(Decimal::raw(1)));
        for (text, percent) in [
            ("0", 0),
            ("0.1", 10),
            ("0.10", 10),
            ("1", 100),
            ("12.5", 1250),
        ] {
            assert_eq!(parse_share(text), Some(Decimal::percent(percent)), "{text}");
        }
        let most = "340282366920938463463.374607431768211455";
        assert_eq!(parse_share(most), Some(Decimal::MAX));
    }

    #[test]
    fn share_that_is_no_plain_decimal_is_refused() {
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "-0.1",
            "+0.1",
            "1e-1",
            "0,1",
            "10%",
            " 0.1",
            "0.1 ",
            "1.2.3",
            "0.0000000000000000001",
            "0.1000000000000000000",
            "NaN",
            "0.-1",
            "0.+1",
            "340282366920938463463.374607431768211456",
            "340282366920938463464",
        ] {
            assert_eq!(parse_share(text), None, "{text}");
        }
    }
}
