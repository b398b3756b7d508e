//! The node's program, the contracts and the page: found, or built from the checkout.

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
/// The variable that names the folder of the built page.
const PAGE: &str = "DEFENDERS_PAGE";
/// What the page is made of.
const PAGE_SOURCES: [&str; 9] = [
    "packages/dapp/src",
    "packages/dapp/public",
    "packages/dapp/index.html",
    "packages/dapp/package-lock.json",
    "packages/dapp/vite.config.ts",
    "packages/allocation-web/src",
    "packages/allocation/src",
    "packages/client/src",
    "packages/types/src",
];

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
    let is_source = |name: &Path| {
        name.extension()
            .is_some_and(|ending| ending == "go" || ending == "mod")
    };
    if is_newer(&program, &checkout.join("tests/wasmd"), &is_source)? {
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

/// The folder of the built page: of the variable, or of the checkout, where it is built when a source is newer.
pub fn find_page() -> Result<PathBuf, DevnetError> {
    if let Some(path) = std::env::var_os(PAGE) {
        let path = PathBuf::from(path);
        return match path.join("index.html").is_file() {
            true => Ok(path),
            false => Err(DevnetError::Impossible(format!(
                "{PAGE} names {}, which has no index.html",
                path.display()
            ))),
        };
    }
    let checkout = find_checkout()?;
    let dist = checkout.join("packages/dapp/dist");
    let mut is_built = true;
    for source in PAGE_SOURCES {
        is_built &= is_newer(&dist.join("index.html"), &checkout.join(source), &|_| true)?;
    }
    if is_built {
        return Ok(dist);
    }
    ensure_installed("npm", "install Node 20.19 or later, from nodejs.org")?;
    ensure_installed("rustup", "install it from rustup.rs")?;
    notice::tell_step("building the page: some two minutes the first time, seconds later");
    build(&checkout, "scripts/build-page.sh", "the build of the page")?;
    Ok(dist)
}

/// The checkout around the working folder, else the one that this program was built from.
fn find_checkout() -> Result<PathBuf, DevnetError> {
    let here = std::env::current_dir().unwrap_or_default();
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = here.ancestors().chain(built_from.ancestors());
    let found = folders.find(|folder| folder.join("tests/wasmd/build.sh").is_file());
    found.map(Path::to_path_buf).ok_or_else(|| {
        DevnetError::Impossible(format!(
            "there is no checkout of the project around here to build the node from: go into one, or name the program by {PROGRAM}, the contracts' folder by {WASM}, and the built page by {PAGE}"
        ))
    })
}

/// Whether a file is there, and no source is newer: a file, or those of a folder and what is in it.
fn is_newer(
    built: &Path,
    source: &Path,
    is_source: &impl Fn(&Path) -> bool,
) -> Result<bool, DevnetError> {
    let read = |path: &Path| fs::metadata(path).map_err(|error| failed(path, error));
    if !built.is_file() {
        return Ok(false);
    }
    let found = read(source)?;
    if found.is_file() {
        let changed = |path: &Path| read(path).map(|found| found.modified());
        let (Ok(changed), Ok(made)) = (changed(source)?, changed(built)?) else {
            return Ok(true);
        };
        return Ok(!is_source(source) || changed <= made);
    }
    for entry in fs::read_dir(source).map_err(|error| failed(source, error))? {
        let path = entry.map_err(|error| failed(source, error))?.path();
        if !is_newer(built, &path, is_source)? {
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
