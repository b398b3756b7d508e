use super::*;

fn event(kind: &str, attributes: &[(&str, &str)]) -> Event {
    let mut all = vec![("_contract_address".to_string(), "vault".to_string())];
    all.extend(
        attributes
            .iter()
            .map(|(key, value)| (key.to_string(), value.to_string())),
    );
    Event {
        kind: kind.to_string(),
        attributes: all,
    }
}

fn pay(from: &str, to: &str, amount: &str) -> Event {
    event(
        "transfer",
        &[("recipient", to), ("sender", from), ("amount", amount)],
    )
}

fn tx(events: Vec<Event>) -> Tx {
    Tx {
        hash: "AB".to_string(),
        height: 7,
        index: 0,
        is_done: true,
        time: Some(9),
        events,
    }
}

fn side(share_denom: Option<&str>) -> Side {
    Side {
        account: "me".to_string(),
        vault: "vault".to_string(),
        denom: "uatom".to_string(),
        share_denom: share_denom.map(str::to_string),
    }
}

/// Kind, tokens, shares, other.
fn told(rows: &[Row]) -> Vec<(Kind, String, String, Option<&str>)> {
    rows.iter()
        .map(|row| {
            (
                row.kind,
                row.tokens.to_string(),
                row.shares.to_string(),
                row.other.as_deref(),
            )
        })
        .collect()
}

fn deposit(sender: &str, recipient: &str) -> Event {
    event(
        "wasm-vault/deposited",
        &[
            ("sender", sender),
            ("recipient", recipient),
            ("tokens", "30"),
            ("shares", "20"),
        ],
    )
}

#[test]
fn a_deposit_has_its_rate_and_is_told_once() {
    let tx = tx(vec![pay("me", "vault", "30uatom"), deposit("me", "me")]);
    let rows = explain(&tx, &side(None));
    assert_eq!(
        told(&rows),
        [(Kind::Deposit, "-30".into(), "20".into(), None)]
    );
    assert_eq!(rows[0].tokens_per_share, "1.5".parse().ok());
    assert_eq!(
        (rows[0].height, rows[0].tx.as_deref()),
        (Some(7), Some("AB"))
    );
}

#[test]
fn deposits_by_and_for_others_move_one_side_only() {
    let given = tx(vec![pay("me", "vault", "30uatom"), deposit("me", "bob")]);
    assert_eq!(
        told(&explain(&given, &side(None))),
        [(Kind::Deposit, "-30".into(), "0".into(), Some("bob"))]
    );
    let got = tx(vec![pay("bob", "vault", "30uatom"), deposit("bob", "me")]);
    assert_eq!(
        told(&explain(&got, &side(None))),
        [(Kind::Deposit, "0".into(), "20".into(), Some("bob"))]
    );
    let others = tx(vec![pay("bob", "vault", "30uatom"), deposit("bob", "bob")]);
    assert!(explain(&others, &side(None)).is_empty());
}

#[test]
fn requests_cancels_and_claims_are_told() {
    let batch = |kind: &str, more: &[(&str, &str)]| {
        let mut all = vec![("recipient", "me"), ("batch_id", "3")];
        all.extend(more);
        event(kind, &all)
    };
    let tx = tx(vec![
        batch(
            "wasm-vault/withdrawal_requested",
            &[("sender", "me"), ("shares", "8"), ("tokens_preview", "12")],
        ),
        batch("wasm-vault/withdrawal_cancelled", &[("shares", "5")]),
        pay("vault", "me", "9uatom"),
        batch(
            "wasm-vault/claimed",
            &[("sender", "keeper"), ("tokens", "9")],
        ),
        batch(
            "wasm-vault/claimed",
            &[("sender", "keeper"), ("tokens", "0")],
        ),
    ]);
    let rows = explain(&tx, &side(None));
    assert_eq!(
        told(&rows),
        [
            (Kind::WithdrawalRequest, "0".into(), "-8".into(), None),
            (Kind::WithdrawalCancel, "0".into(), "5".into(), None),
            (Kind::Claim, "9".into(), "0".into(), Some("keeper")),
        ]
    );
    assert!(rows.iter().all(|row| row.batch_id == Some(3)));
}

/// Chains have paid without the event that should say so.
#[test]
fn tokens_that_no_event_tells_of_are_marked() {
    let silent = tx(vec![pay("vault", "me", "9uatom")]);
    assert_eq!(
        told(&explain(&silent, &side(None))),
        [(Kind::Unexplained, "9".into(), "0".into(), None)]
    );
    let harvest = tx(vec![
        pay("vault", "me", "9uatom"),
        event("wasm-vault/harvested", &[]),
    ]);
    let rows = explain(&harvest, &side(None));
    assert_eq!(rows[0].kind, Kind::Fee);
    let founded = tx(vec![
        pay("me", "vault", "9uatom"),
        event("wasm-vault/instantiated", &[]),
    ]);
    assert_eq!(
        told(&explain(&founded, &side(None))),
        [(Kind::Seed, "-9".into(), "0".into(), None)]
    );
}

#[test]
fn shares_travel_as_cw20_and_as_coins() {
    let cw20 = tx(vec![event(
        "wasm",
        &[
            ("action", "send"),
            ("from", "me"),
            ("to", "pool"),
            ("amount", "4"),
        ],
    )]);
    assert_eq!(
        told(&explain(&cw20, &side(None))),
        [(Kind::SharesOut, "0".into(), "-4".into(), Some("pool"))]
    );
    let coins = side(Some("factory/vault/x"));
    let come = tx(vec![pay("bob", "me", "5uatom,4factory/vault/x")]);
    assert_eq!(
        told(&explain(&come, &coins)),
        [(Kind::SharesIn, "0".into(), "4".into(), Some("bob"))]
    );
    // minted and escrowed shares: the vault's own events tell
    let minted = tx(vec![
        pay("me", "vault", "30uatom"),
        pay("vault", "me", "20factory/vault/x"),
        deposit("me", "me"),
    ]);
    assert_eq!(
        told(&explain(&minted, &coins)),
        [(Kind::Deposit, "-30".into(), "20".into(), None)]
    );
}

#[test]
fn other_vaults_and_failed_transactions_are_passed() {
    let mut other = deposit("me", "me");
    other.attributes[0].1 = "another".to_string();
    assert!(explain(&tx(vec![other]), &side(None)).is_empty());
    let mut failed = tx(vec![pay("me", "vault", "30uatom"), deposit("me", "me")]);
    failed.is_done = false;
    assert!(explain(&failed, &side(None)).is_empty());
}
