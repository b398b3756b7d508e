//! Names that are nearly right.

/// What to say behind a wrong name: the nearest of the right ones, or nothing.
pub fn hint<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let lower = name.to_lowercase();
    let letters = name.chars().count();
    let distances = known.map(|known| match letters > 3 && known.starts_with(&lower) {
        true => (1, known),
        false => (distance(&lower, known), known),
    });
    let nearest = distances.min_by_key(|(distance, _)| *distance);
    // two letters change places
    let most = (letters / 3).clamp(2, 4);
    match nearest {
        Some((distance, nearest)) if distance <= most => format!(", do you mean {nearest:?}?"),
        _ => String::new(),
    }
}

/// What to say where all right names fit on a line.
pub fn tell_all<'a>(known: impl Iterator<Item = &'a str>) -> String {
    format!(", known are {}", known.collect::<Vec<_>>().join(", "))
}

/// The fewest letters to insert, leave out or replace.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index.saturating_add(1);
        let mut next = vec![left];
        for (column, other) in other.iter().enumerate() {
            let above = row
                .get(column.saturating_add(1))
                .copied()
                .unwrap_or_default();
            let replaced = diagonal.saturating_add(usize::from(letter != *other));
            left = replaced
                .min(above.saturating_add(1))
                .min(left.saturating_add(1));
            diagonal = above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_letters() {
        for (one, other, letters) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("abc", "abc", 0),
            ("abc", "axc", 1),
            ("abc", "ac", 1),
            ("ac", "abc", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(one, other), letters, "{one} {other}");
        }
    }

    #[test]
    fn only_what_is_near_is_meant() {
        let known = ["floor", "guardian", "match_cap"];
        for (name, said) in [
            ("flor", ", do you mean \"floor\"?"),
            ("Guardian", ", do you mean \"guardian\"?"),
            ("macth_cap", ", do you mean \"match_cap\"?"),
            ("match", ", do you mean \"match_cap\"?"),
            ("fee", ""),
            ("", ""),
        ] {
            assert_eq!(hint(name, known.into_iter()), said, "{name}");
        }
    }
}
