//! Sorting, and the order that breaks every tie: ascending operator address.

use std::cmp::Ordering;

use crate::error::AllocationError;

/// Sorts; equal items stay as they stand. Here, and in a contract that has this crate in it: the
/// standard library's sort is compiled anew for every kind of item, 3 KB of a contract each. This
/// one sorts indices, whatever they are the indices of.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted_indices(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut unsorted: Vec<_> = items.drain(..).map(Some).collect();
    let sorted = order
        .into_iter()
        .filter_map(|index| unsorted.get_mut(index)?.take());
    items.extend(sorted);
}

/// The same by a key.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

fn sorted_indices(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..count).collect();
    indices.sort_by(|a, b| compare(*a, *b));
    indices
}

/// Sorts by operator address and refuses an address that comes twice, so that no result depends
/// on the order of the input.
pub(crate) fn sort_by_address<T, F>(items: &mut Vec<T>, address: F) -> Result<(), AllocationError>
where
    F: for<'a> Fn(&'a T) -> &'a str,
{
    sort_by(items, |a, b| address(a).cmp(address(b)));
    let twice = items
        .iter()
        .zip(items.iter().skip(1))
        .find(|(a, b)| address(a) == address(b));
    match twice {
        None => Ok(()),
        Some((validator, _)) => Err(AllocationError::DuplicateValidator {
            validator: address(validator).to_string(),
        }),
    }
}

/// Adds a name to names that stand in their order; false when it was there.
pub(crate) fn insert_new<'a>(names: &mut Vec<&'a str>, name: &'a str) -> bool {
    match names.binary_search(&name) {
        Ok(_) => false,
        Err(index) => {
            names.insert(index, name);
            true
        }
    }
}
