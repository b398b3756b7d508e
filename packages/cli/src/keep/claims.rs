//! Claims for others: whoever has not claimed when the vault's code is replaced depends on the new code.

use std::collections::BTreeMap;

/// A part of a batch that somebody has not claimed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unclaimed {
    /// The batch.
    pub batch_id: u64,
    /// Whose it is.
    pub recipient: String,
}

/// Most claims of one transaction.
pub const MOST_CLAIMS: usize = 10;

/// Where the vault keeps requests: by recipient and batch, until they are claimed.
const NAMESPACE: &[u8] = b"request";

/// Everybody who has a part of one of these batches, by batch, out of everything that the vault has stored. The vault
/// answers no list of them: it has no use for one.
pub fn find_unclaimed<'a>(
    keys: impl Iterator<Item = &'a [u8]>,
    is_claimable: impl Fn(u64) -> bool,
) -> Vec<Unclaimed> {
    let mut all: Vec<Unclaimed> = keys
        .filter_map(read_key)
        .filter(|unclaimed| is_claimable(unclaimed.batch_id))
        .collect();
    all.sort();
    all
}

/// Namespace and recipient with their lengths before them, then the batch: as the vault's README says.
fn read_key(key: &[u8]) -> Option<Unclaimed> {
    let (namespace, rest) = split_part(key)?;
    if namespace != NAMESPACE {
        return None;
    }
    let (recipient, batch_id) = split_part(rest)?;
    Some(Unclaimed {
        batch_id: u64::from_be_bytes(batch_id.try_into().ok()?),
        recipient: String::from_utf8(recipient.to_vec()).ok()?,
    })
}

fn split_part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(u16::from_be_bytes(*length).into())
}

/// Claims that failed: each is tried alone from then on, and left alone for an hour.
#[derive(Debug, Default)]
pub struct Refused(BTreeMap<Unclaimed, u64>);

impl Refused {
    /// What comes next: some together, or one that failed before.
    pub fn next(&self, unclaimed: &[Unclaimed], now: u64) -> Vec<Unclaimed> {
        let fresh: Vec<Unclaimed> = unclaimed
            .iter()
            .filter(|it| !self.0.contains_key(it))
            .take(MOST_CLAIMS)
            .cloned()
            .collect();
        if !fresh.is_empty() {
            return fresh;
        }
        let again = unclaimed
            .iter()
            .find(|it| self.0.get(it).is_some_and(|retry_at| *retry_at <= now));
        again.cloned().into_iter().collect()
    }

    /// These failed: those that failed together are each tried alone at once.
    pub fn fail(&mut self, claims: &[Unclaimed], now: u64) {
        let wait = if claims.len() > 1 { 0 } else { 3_600 };
        for claim in claims {
            self.0.insert(claim.clone(), now.saturating_add(wait));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(namespace: &str, recipient: &str, batch_id: u64) -> Vec<u8> {
        let part = |text: &str| {
            let length = u16::try_from(text.len()).unwrap().to_be_bytes();
            [&length[..], text.as_bytes()].concat()
        };
        let batch_id = batch_id.to_be_bytes().to_vec();
        [part(namespace), part(recipient), batch_id].concat()
    }

    fn of(batch_id: u64, recipient: &str) -> Unclaimed {
        let recipient = recipient.to_string();
        Unclaimed {
            batch_id,
            recipient,
        }
    }

    #[test]
    fn requests_of_claimable_batches_are_found_among_all_that_is_stored() {
        let keys = [
            key("request", "cosmos1bob", 2),
            key("request", "cosmos1bob", 9),
            key("balance", "cosmos1bob", 2),
            key("request", "cosmos1alice", 2),
            b"book".to_vec(),
            b"\xff\xff".to_vec(),
            vec![],
            key("request", "cosmos1alice", 2)[..20].to_vec(),
        ];
        let keys = keys.iter().map(Vec::as_slice);
        let found = find_unclaimed(keys, |batch_id| batch_id < 9);
        assert_eq!(found, [of(2, "cosmos1alice"), of(2, "cosmos1bob")]);
    }

    #[test]
    fn one_who_cannot_be_paid_keeps_nobody_else_from_it() {
        let all: Vec<Unclaimed> = (0..12).map(|batch| of(batch, "a")).collect();
        let mut refused = Refused::default();
        let first = refused.next(&all, 100);
        assert_eq!(first.len(), MOST_CLAIMS);
        refused.fail(&first, 100);
        assert_eq!(refused.next(&all, 100), all[10..], "others first");
        // those are paid; of the ten that failed together each is tried alone
        let left = &all[..10];
        assert_eq!(refused.next(left, 100), left[..1]);
        refused.fail(&left[..1], 100);
        assert_eq!(refused.next(left, 100), left[1..2]);
        assert_eq!(refused.next(&left[..1], 3_699), []);
        assert_eq!(refused.next(&left[..1], 3_700), left[..1]);
    }
}
