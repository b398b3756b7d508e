//! Lists out of iterators.

/// Collects into lists. Here, and in a contract that has this crate in it: the standard library's
/// `collect` is compiled anew for every iterator, half a KB of a contract each, for it reserves before
/// and between. This one pushes.
pub trait Gather: Iterator + Sized {
    /// All items.
    fn gather(self) -> Vec<Self::Item> {
        let mut items = vec![];
        for item in self {
            items.push(item);
        }
        items
    }

    /// All items, or the first error.
    ///
    /// # Errors
    /// The first.
    fn gather_ok<T, E>(self) -> Result<Vec<T>, E>
    where
        Self: Iterator<Item = Result<T, E>>,
    {
        let mut items = vec![];
        for item in self {
            items.push(item?);
        }
        Ok(items)
    }
}

impl<I: Iterator> Gather for I {}
