//! The example of the README.

use serde_json::Value;

use crate::world::{NOW, World, vault};

/// The code blocks of the section on a command, without the name of the language.
fn blocks(command: &str) -> Vec<&'static str> {
    let readme = include_str!("../../README.md");
    let heading = format!("\n## `defenders {command}`\n");
    let (_, section) = readme.split_once(&heading).unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let fenced = section.split("\n```").skip(1).step_by(2);
    fenced
        .map(|block| block.split_once('\n').unwrap().1)
        .collect()
}

#[test]
fn the_example_is_what_the_programs_print() {
    let [input, shown] = [blocks("propose"), blocks("inspect")].map(|blocks| blocks[0]);
    let world = World::new();
    let file: Value = serde_json::from_str(input).unwrap();
    assert_eq!(file["vault"], vault());
    world.write_text("lower.json", input);
    let output = world.run(&["propose", "lower.json"]);
    assert!(output.status.success(), "{output:?}");
    let output = world.run(&[
        "inspect",
        "lower.cw3.json",
        "--vault",
        &vault(),
        "--config",
        "config.json",
        "--changes",
        "changes.json",
    ]);
    assert_eq!(output.status.code(), Some(3), "{NOW}");
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        format!("{}\n", shown.trim_end())
    );
}
