//! Files that a power cut leaves whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file: it has this text, on the disk when this returns, or what it had before. What is written first lies
/// beside it, with the ending `next`.
///
/// # Errors
/// Those of the file system.
pub fn write_whole(path: &Path, text: &[u8]) -> io::Result<()> {
    let next = path.with_extension("next");
    let mut file = File::create(&next)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&next, path)?;
    // a path of one word lies in the working folder
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.json");
        for text in ["one", "another"] {
            write_whole(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write_whole(&folder.path().join("none/notes"), b"").is_err());
    }
}
