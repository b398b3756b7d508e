//! The worked examples of the README.

/// The code blocks of the section on a command.
fn blocks<const N: usize>(command: &str) -> [&'static str; N] {
    let readme = include_str!("../../README.md");
    let heading = format!("\n## `defenders {command}`\n");
    let (_, section) = readme.split_once(&heading).unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    // what stands between fences, without the name of the language
    let fenced = section.split("\n```").skip(1).step_by(2);
    let blocks: Vec<_> = fenced
        .map(|block| block.split_once('\n').unwrap().1)
        .collect();
    blocks.try_into().unwrap()
}

/// Of `targets`: the file, and the result.
pub fn example() -> (&'static str, &'static str) {
    blocks::<2>("targets").into()
}

/// Of `concentration`: set, book, groups, and the result.
pub fn concentration_example() -> [&'static str; 4] {
    blocks("concentration")
}

/// Of `plan`: the file, and the result.
pub fn plan_example() -> (&'static str, &'static str) {
    blocks::<2>("plan").into()
}
