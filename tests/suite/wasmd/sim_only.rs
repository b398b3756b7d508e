//! Flows that need what only the simulated chain can do, by what they need. All others run on
//! the real chain.

/// (what they need, the flows).
pub const SIM_ONLY: [(&str, &[&str]); 1] = [(
    "the contract that takes shares, of which there is no wasm",
    &[
        "token::send_moves_shares_and_calls_the_contract",
        "token::send_from_moves_shares_and_calls_the_contract",
    ],
)];

#[cfg(test)]
mod tests {
    use super::SIM_ONLY;

    #[test]
    fn every_name_is_a_flow() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/flows");
        for flow in SIM_ONLY.iter().flat_map(|(_, flows)| *flows) {
            let (file, name) = flow.split_once("::").unwrap();
            let source = std::fs::read_to_string(format!("{folder}/{file}.rs")).unwrap();
            assert!(source.contains(&format!("fn {name}()")), "{flow}");
        }
    }
}
