//! The worked example of the README.

/// The JSON blocks of the section on `targets`: the file, and the result.
pub fn example() -> (&'static str, &'static str) {
    let readme = include_str!("../../README.md");
    let (_, section) = readme.split_once("\n## `defenders targets`\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let mut blocks = section.split("```json\n").skip(1);
    let mut block = || blocks.next().unwrap().split_once("```").unwrap().0;
    let pair = (block(), block());
    assert!(blocks.next().is_none());
    pair
}
