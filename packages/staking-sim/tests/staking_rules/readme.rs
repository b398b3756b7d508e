//! The manifest that the README shows has the versions that this crate is tested with.

#[test]
fn readme_shows_the_locked_versions() {
    let readme = include_str!("../../README.md");
    let lock = include_str!("../../../../Cargo.lock");
    for name in ["cosmwasm-schema", "cosmwasm-std", "cw-multi-test"] {
        let package = format!("name = \"{name}\"\nversion = \"");
        let (_, found) = lock.split_once(&package).unwrap();
        assert!(!found.contains(&package), "{name} is locked twice");
        let (version, _) = found.split_once('"').unwrap();
        let line = readme
            .lines()
            .find(|line| line.starts_with(&format!("{name} =")));
        assert!(
            line.unwrap().contains(&format!("\"={version}\"")),
            "{name} {version}"
        );
    }
}
