//! Lists that come in pages.

use crate::error::NodeError;
use crate::proto::cosmos::base::query::v1beta1::{PageRequest, PageResponse};

/// Entries a page: more than that some nodes cut to their own default without a word.
const PAGE: u64 = 100;

/// All entries of a list, pages followed to the last key; nothing that came twice by `key_of` is kept twice.
pub(crate) fn gather<T, K: Ord>(
    mut ask: impl FnMut(PageRequest) -> Result<(Vec<T>, Option<PageResponse>), NodeError>,
    key_of: impl Fn(&T) -> K,
) -> Result<Vec<T>, NodeError> {
    let mut all: Vec<T> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut key = Vec::new();
    loop {
        let (entries, page) = ask(PageRequest {
            key: key.clone(),
            limit: PAGE,
            ..PageRequest::default()
        })?;
        all.extend(
            entries
                .into_iter()
                .filter(|entry| seen.insert(key_of(entry))),
        );
        let next = page.map(|page| page.next_key).unwrap_or_default();
        // a node that gives the same key again would be asked for ever
        if next.is_empty() || next == key {
            return Ok(all);
        }
        key = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lesson_7_pages_are_followed_to_the_end_and_doubles_dropped() {
        let mut asked = Vec::new();
        let all = gather(
            |request| {
                asked.push((request.key.clone(), request.limit));
                let (entries, next_key) = match request.key.as_slice() {
                    b"" => (vec![1, 2], b"a".to_vec()),
                    b"a" => (vec![2, 3], b"b".to_vec()),
                    _ => (vec![4], Vec::new()),
                };
                let total = 0; // unknown, not empty
                Ok((entries, Some(PageResponse { next_key, total })))
            },
            |entry| *entry,
        );
        assert_eq!(all.unwrap(), [1, 2, 3, 4]);
        assert_eq!(asked.len(), 3);
        assert!(asked.iter().all(|(_, limit)| *limit == 100));
    }

    #[test]
    fn lesson_7_a_key_that_comes_again_ends_the_list() {
        let mut asked = 0;
        let all = gather(
            |_| {
                asked += 1;
                let page = PageResponse {
                    next_key: b"a".to_vec(),
                    total: 9,
                };
                Ok((vec![asked], Some(page)))
            },
            |entry| *entry,
        );
        assert_eq!(all.unwrap(), [1, 2]);
    }
}
