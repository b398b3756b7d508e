//! What a transaction did, from an account's side.

use super::row::{Kind, Row, Signed, rate};
use super::tx::{Event, Side, Tx};

/// Its rows; none of a transaction that failed, or that has nothing to do with the account.
pub(super) fn explain(tx: &Tx, side: &Side) -> Vec<Row> {
    if !tx.is_done {
        return Vec::new();
    }
    let mut rows: Vec<Row> = tx
        .events
        .iter()
        .filter_map(|event| side.read_vault_event(event))
        .chain(
            tx.events
                .iter()
                .flat_map(|event| side.read_moved_shares(event)),
        )
        .collect();
    let told = rows
        .iter()
        .fold(Signed::default(), |sum, row| sum.plus(row.tokens));
    let moved = tx.events.iter().fold(Signed::default(), |sum, event| {
        sum.plus(side.tokens_moved(event))
    });
    rows.extend(side.explain_rest(tx, moved.minus(told)));
    for row in &mut rows {
        row.time = tx.time;
        row.height = Some(tx.height);
        row.tx = Some(tx.hash.clone());
    }
    // once, so that sums over rows are right
    if let Some(row) = rows.first_mut() {
        row.network_fee = side.network_fee(tx);
    }
    rows
}

impl Side {
    fn is_me(&self, event: &Event, key: &str) -> bool {
        event.value(key) == Some(self.account.as_str())
    }

    /// The other one of two, where there is one.
    fn other(&self, event: &Event, key: &str) -> Option<String> {
        let other = event.value(key)?;
        (other != self.account).then(|| other.to_string())
    }

    /// What the account paid the chain for it.
    fn network_fee(&self, tx: &Tx) -> Option<String> {
        let paid = tx
            .events
            .iter()
            .find(|event| event.kind == "tx" && self.is_me(event, "fee_payer"))?;
        let fee = paid.value("fee")?;
        (!fee.is_empty()).then(|| fee.to_string())
    }

    fn read_vault_event(&self, event: &Event) -> Option<Row> {
        let name = event.kind.strip_prefix("wasm-vault/")?;
        if event.value("_contract_address") != Some(self.vault.as_str()) {
            return None;
        }
        let amount = |key: &str| event.value(key).and_then(|text| text.parse::<u128>().ok());
        let batch_id = event.value("batch_id").and_then(|text| text.parse().ok());
        match name {
            "deposited" => {
                let (tokens, shares) = (amount("tokens")?, amount("shares")?);
                let (paid, got) = (self.is_me(event, "sender"), self.is_me(event, "recipient"));
                (paid || got).then(|| Row {
                    tokens: Signed::went(if paid { tokens } else { 0 }),
                    shares: Signed::came(if got { shares } else { 0 }),
                    tokens_per_share: rate(tokens, shares),
                    other: match paid {
                        true => self.other(event, "recipient"),
                        false => self.other(event, "sender"),
                    },
                    note: match (paid, got) {
                        (true, false) => format!("{shares} shares went to the other account"),
                        (false, true) => format!("{tokens} tokens came from the other account"),
                        _ => String::new(),
                    },
                    ..Row::new(Kind::Deposit)
                })
            }
            "withdrawal_requested" => {
                let (tokens, shares) = (amount("tokens_preview")?, amount("shares")?);
                let (gave, owns) = (self.is_me(event, "sender"), self.is_me(event, "recipient"));
                (gave || owns).then(|| Row {
                    batch_id,
                    shares: Signed::went(if gave { shares } else { 0 }),
                    paid_shares: if owns { shares } else { 0 },
                    tokens_per_share: rate(tokens, shares),
                    other: match gave {
                        true => self.other(event, "recipient"),
                        false => self.other(event, "sender"),
                    },
                    note: match (gave, owns) {
                        (true, false) => "the other account is paid".to_string(),
                        (false, true) => format!("{shares} shares came from the other account"),
                        _ => format!("worth {tokens} then; the claim says what was paid"),
                    },
                    ..Row::new(Kind::WithdrawalRequest)
                })
            }
            "withdrawal_cancelled" if self.is_me(event, "recipient") => Some(Row {
                batch_id,
                shares: Signed::came(amount("shares")?),
                ..Row::new(Kind::WithdrawalCancel)
            }),
            "claimed" if self.is_me(event, "recipient") => {
                let tokens = amount("tokens")?;
                // claimed twice: nothing happened
                (tokens > 0).then(|| Row {
                    batch_id,
                    tokens: Signed::came(tokens),
                    other: self.other(event, "sender"),
                    ..Row::new(Kind::Claim)
                })
            }
            "fee_claimed" if self.is_me(event, "recipient") => Some(Row {
                tokens: Signed::came(amount("tokens")?),
                note: "fee or bounty that was owed".to_string(),
                ..Row::new(Kind::Fee)
            }),
            _ => None,
        }
    }

    /// Shares between the account and others. What goes to the vault or comes from it, events of the vault tell.
    fn read_moved_shares(&self, event: &Event) -> Vec<Row> {
        match &self.share_denom {
            None => self.read_cw20(event).into_iter().collect(),
            Some(denom) if event.kind == "transfer" => {
                let (from, to) = (event.value("sender"), event.value("recipient"));
                let shares = amount_of(event.value("amount").unwrap_or_default(), denom);
                if [from, to].contains(&Some(self.vault.as_str())) {
                    return Vec::new();
                }
                self.moved(from, to, shares).into_iter().collect()
            }
            Some(_) => Vec::new(),
        }
    }

    fn read_cw20(&self, event: &Event) -> Option<Row> {
        let is_vault = event.value("_contract_address") == Some(self.vault.as_str());
        let action = event.value("action")?;
        let moves = ["transfer", "transfer_from", "send", "send_from"].contains(&action);
        if event.kind != "wasm" || !is_vault || !moves {
            return None;
        }
        let shares = event.value("amount")?.parse().ok()?;
        self.moved(event.value("from"), event.value("to"), shares)
    }

    fn moved(&self, from: Option<&str>, to: Option<&str>, shares: u128) -> Option<Row> {
        let me = Some(self.account.as_str());
        match (from == me, to == me) {
            _ if shares == 0 => None,
            (true, false) => Some(Row {
                shares: Signed::went(shares),
                other: to.map(str::to_string),
                ..Row::new(Kind::SharesOut)
            }),
            (false, true) => Some(Row {
                shares: Signed::came(shares),
                other: from.map(str::to_string),
                ..Row::new(Kind::SharesIn)
            }),
            _ => None,
        }
    }

    /// Tokens between the account and the vault, by the bank.
    fn tokens_moved(&self, event: &Event) -> Signed {
        if event.kind != "transfer" {
            return Signed::default();
        }
        let tokens = amount_of(event.value("amount").unwrap_or_default(), &self.denom);
        let (from, to) = (event.value("sender"), event.value("recipient"));
        let (me, vault) = (Some(self.account.as_str()), Some(self.vault.as_str()));
        if from == me && to == vault {
            Signed::went(tokens)
        } else if from == vault && to == me {
            Signed::came(tokens)
        } else {
            Signed::default()
        }
    }

    /// What the bank moved beyond what the vault told: a harvest pays fee and bounty along the way,
    /// and an instantiation takes the seed.
    fn explain_rest(&self, tx: &Tx, rest: Signed) -> Option<Row> {
        if rest.is_zero() {
            return None;
        }
        let has = |kind: &str| tx.events.iter().any(|event| event.kind == kind);
        let (kind, note) = match rest.is_negative() {
            false if has("wasm-vault/harvested") => (Kind::Fee, "fee or bounty of a harvest"),
            true if has("wasm-vault/instantiated") => {
                (Kind::Seed, "the vault's seed, whose shares are nobody's")
            }
            _ => (
                Kind::Unexplained,
                "tokens between the account and the vault that no event of the vault tells of",
            ),
        };
        Some(Row {
            tokens: rest,
            note: note.to_string(),
            ..Row::new(kind)
        })
    }
}

/// Of coins as the bank's events have them: `5uatom,7factory/a/b`.
fn amount_of(coins: &str, denom: &str) -> u128 {
    let amounts = coins.split(',').filter_map(|coin| {
        let digits = coin.bytes().take_while(u8::is_ascii_digit).count();
        let (amount, of) = coin.split_at(digits);
        (of == denom).then(|| amount.parse::<u128>().unwrap_or_default())
    });
    amounts.fold(0, u128::saturating_add)
}

#[cfg(test)]
mod tests;
