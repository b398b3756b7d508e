//! What has to be remembered across restarts, as JSON on the disk.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::config::Config;
use crate::session::SessionError;

/// A file of notes.
pub struct NotesFile {
    path: PathBuf,
}

impl NotesFile {
    /// A file in a folder, which is made where it is missing.
    pub fn open(folder: &Path, name: &str) -> Result<Self, SessionError> {
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
        let name = name.replace(['/', '\\'], "_");
        Ok(Self {
            path: folder.join(name),
        })
    }

    /// What was noted; nothing where nothing was. A file that cannot be read is an error: what it held may be a limit.
    pub fn load<T: DeserializeOwned + Default>(&self) -> Result<T, SessionError> {
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(T::default()),
            Err(error) => return Err(unwritable(&self.path, error)),
        };
        serde_json::from_slice(&text).map_err(|error| {
            SessionError::Impossible(format!(
                "{} is damaged ({error}): remove it to begin anew, with nothing remembered",
                self.path.display()
            ))
        })
    }

    /// Writes it down, whole or not at all, and on the disk when this returns.
    pub fn save(&self, notes: &impl Serialize) -> Result<(), SessionError> {
        let text = serde_json::to_vec_pretty(notes)
            .map_err(|error| SessionError::Broken(error.to_string()))?;
        self.write(&text)
            .map_err(|error| unwritable(&self.path, error))
    }

    fn write(&self, text: &[u8]) -> io::Result<()> {
        let next = self.path.with_extension("next");
        let mut file = File::create(&next)?;
        file.write_all(text)?;
        file.sync_all()?;
        fs::rename(&next, &self.path)?;
        if let Some(folder) = self.path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

/// The folder of a command's notes: as given, else beside the keys.
pub fn notes_folder(
    config: &Config,
    given: Option<&Path>,
    command: &str,
) -> Result<PathBuf, SessionError> {
    match given {
        Some(folder) => Ok(folder.to_path_buf()),
        None => Ok(config.keyring_folder()?.with_file_name(command)),
    }
}

fn unwritable(path: &Path, error: io::Error) -> SessionError {
    SessionError::Unwritable {
        file: path.display().to_string(),
        error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    type Notes = BTreeMap<String, u64>;

    #[test]
    fn notes_come_back_and_damaged_ones_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = NotesFile::open(&folder.path().join("keep"), "chain/1-address.json").unwrap();
        assert_eq!(file.load::<Notes>().unwrap(), Notes::new());
        let notes = Notes::from([("spent".to_string(), 7)]);
        file.save(&notes).unwrap();
        assert_eq!(file.load::<Notes>().unwrap(), notes);
        fs::write(&file.path, "{").unwrap();
        let refused = file.load::<Notes>().unwrap_err().to_string();
        assert!(refused.contains("is damaged"), "{refused}");
    }
}
