//! The node's program and the contracts: found, or built from the checkout.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::DevnetError;
use super::home::failed;
use crate::notice;

/// The variable that names the program where there is no checkout.
const PROGRAM: &str = "WASMD_CHAIN";
/// The variable that names the folder of the contracts.
const WASM: &str = "DEFENDERS_WASM";

/// The node's program: of the variable, or of the checkout, where the first use builds it.
pub fn find_program() -> Result<PathBuf, DevnetError> {
    if let Some(path) = std::env::var_os(PROGRAM) {
        let path = PathBuf::from(path);
        return match path.is_file() {
            true => Ok(path),
            false => Err(DevnetError::Impossible(format!(
                "{PROGRAM} names {}, which is no file",
                path.display()
            ))),
        };
    }
    let checkout = find_checkout()?;
    let program = checkout.join("target/wasmd/wasmd-chain");
    if is_newer(&program, &checkout.join("tests/wasmd"))? {
        return Ok(program);
    }
    ensure_installed("go", "install Go 1.26 or later, from go.dev/dl")?;
    ensure_installed("cc", "install a C compiler, as with `apt-get install gcc`")?;
    notice::tell_step("building the node with Go: some four minutes the first time, seconds later");
    build(&checkout, "tests/wasmd/build.sh", "the build of the node")?;
    Ok(program)
}

/// The folder of the contracts with their checksums.
pub fn find_contracts() -> Result<PathBuf, DevnetError> {
    if let Some(path) = std::env::var_os(WASM) {
        return Ok(PathBuf::from(path));
    }
    let checkout = find_checkout()?;
    let folder = checkout.join("target/wasm");
    if !folder.join("checksums.txt").is_file() {
        notice::tell_step("building the contracts: some three minutes");
        build(
            &checkout,
            "scripts/build-wasm.sh",
            "the build of the contracts",
        )?;
    }
    Ok(folder)
}

/// The checkout around the working folder, else the one that this program was built from.
fn find_checkout() -> Result<PathBuf, DevnetError> {
    let here = std::env::current_dir().unwrap_or_default();
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = here.ancestors().chain(built_from.ancestors());
    let found = folders.find(|folder| folder.join("tests/wasmd/build.sh").is_file());
    found.map(Path::to_path_buf).ok_or_else(|| {
        DevnetError::Impossible(format!(
            "there is no checkout of the project around here to build the node from: go into one, or name the program by {PROGRAM} and the contracts' folder by {WASM}"
        ))
    })
}

/// Whether a file is there, and no source of the folder is newer.
fn is_newer(program: &Path, sources: &Path) -> Result<bool, DevnetError> {
    let Ok(built) = fs::metadata(program).and_then(|found| found.modified()) else {
        return Ok(false);
    };
    for entry in fs::read_dir(sources).map_err(|error| failed(sources, error))? {
        let entry = entry.map_err(|error| failed(sources, error))?;
        let is_source = Path::new(&entry.file_name())
            .extension()
            .is_some_and(|ending| ending == "go" || ending == "mod");
        let changed = entry.metadata().and_then(|found| found.modified());
        if is_source && changed.is_ok_and(|changed| changed > built) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn ensure_installed(what: &'static str, advice: &'static str) -> Result<(), DevnetError> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    match std::env::split_paths(&path).any(|folder| folder.join(what).is_file()) {
        true => Ok(()),
        false => Err(DevnetError::Needed { what, advice }),
    }
}

fn build(checkout: &Path, script: &str, what: &str) -> Result<(), DevnetError> {
    let built = Command::new(checkout.join(script))
        .current_dir(checkout)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    let failed = |reason: String| DevnetError::Failed {
        what: what.to_string(),
        reason,
    };
    match built {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(format!(
            "{script} ended with {status}; what it said stands above"
        ))),
        Err(error) => Err(failed(error.to_string())),
    }
}
