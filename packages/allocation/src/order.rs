//! The order that breaks every tie: ascending operator address.

use crate::error::AllocationError;

/// Sorts by operator address and refuses an address that comes twice, so that no result depends
/// on the order of the input.
pub(crate) fn sort_by_address<T, F>(items: &mut [T], address: F) -> Result<(), AllocationError>
where
    F: for<'a> Fn(&'a T) -> &'a str,
{
    items.sort_unstable_by(|a, b| address(a).cmp(address(b)));
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
