//! What a chain refuses with, in words that a person reads.

/// A refusal without the frames that every one of them has: in which message it happened, through which calls, that
/// it was a contract. The contract's own words come first, numbers and all.
pub fn tell_refusal(log: &str) -> String {
    let mut text = log.trim();
    if let Some(rest) = text.strip_prefix("failed to execute message; message index: ") {
        text = rest.split_once(": ").map_or(rest, |(_, rest)| rest);
    }
    let text = text.trim_start_matches("rpc error: code = Unknown desc = ");
    let text = text.trim_start_matches("dispatch: submessages: ");
    let text = without_source(text);
    let frames = [
        ": execute wasm contract failed",
        ": instantiate wasm contract failed",
        ": migrate wasm contract failed",
        ": query wasm contract failed",
        ": unknown request",
    ];
    let mut text = text;
    while let Some(shorter) = frames.iter().find_map(|frame| text.strip_suffix(frame)) {
        text = shorter;
    }
    // what a node answers may hold letters that steer a terminal
    let is_shown = |letter: char| match letter.is_control() {
        true => char::REPLACEMENT_CHARACTER,
        false => letter,
    };
    text.trim().chars().map(is_shown).collect()
}

/// Without the place in the chain's source, ` [cosmwasm/wasmd/x/wasm/keeper/keeper.go:452] with gas used: '1'`, that
/// follows what was said.
fn without_source(text: &str) -> &str {
    let is_place = |rest: &str| {
        rest.split_once(']')
            .is_some_and(|(place, _)| place.contains(".go:"))
    };
    let mut places = text.match_indices(" [");
    match places.find(|(at, _)| text.get(*at..).is_some_and(is_place)) {
        Some((at, _)) => text.get(..at).unwrap_or(text),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contracts_words_come_first() {
        let log = "failed to execute message; message index: 0: at least 1000 are needed, 5 were sent: execute wasm contract failed";
        assert_eq!(tell_refusal(log), "at least 1000 are needed, 5 were sent");
        let log = "dispatch: submessages: no funds: execute wasm contract failed";
        assert_eq!(tell_refusal(log), "no funds");
        let log = "rpc error: code = Unknown desc = out: query wasm contract failed [CosmWasm/wasmd/x/wasm/keeper/keeper.go:788] with gas used: '1': unknown request";
        assert_eq!(tell_refusal(log), "out");
        let log = "failed to execute message; message index: 0: at most 5, this would make it 6: execute wasm contract failed [!cosm!wasm/wasmd@v0.61.14/x/wasm/keeper/keeper.go:452] with gas used: '136022'";
        assert_eq!(tell_refusal(log), "at most 5, this would make it 6");
        assert_eq!(tell_refusal("insufficient funds"), "insufficient funds");
        assert_eq!(
            tell_refusal("no\u{1b}[2J\0 way"),
            "no\u{fffd}[2J\u{fffd} way"
        );
        assert_eq!(tell_refusal("one of [a, b]"), "one of [a, b]");
    }
}
