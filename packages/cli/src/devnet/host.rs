//! Static files, and some that stand in for them, over HTTP for this machine.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tiny_http::{Header, Method, Request, Response, Server};

use super::error::DevnetError;
use crate::output::OutputError;

/// Between two looks whether to go on.
const LOOK: Duration = Duration::from_millis(300);

/// What is served.
pub struct Host {
    /// The folder of the files.
    pub dist: PathBuf,
    /// By name, in place of the folder's.
    pub made: BTreeMap<&'static str, Vec<u8>>,
}

impl Host {
    /// Answers for as long as `goes_on`; `ready` is called once it listens.
    pub fn serve(
        self,
        listener: TcpListener,
        goes_on: impl Fn() -> bool,
        ready: impl FnOnce() -> Result<(), OutputError>,
    ) -> Result<(), DevnetError> {
        let server = Server::from_listener(listener, None)
            .map_err(|error| DevnetError::Impossible(format!("serving the page: {error}")))?;
        ready()?;
        let host = Arc::new(self);
        let mut looked = Instant::now();
        loop {
            if looked.elapsed() >= LOOK {
                if !goes_on() {
                    return Ok(());
                }
                looked = Instant::now();
            }
            if let Ok(Some(request)) = server.recv_timeout(LOOK) {
                let host = host.clone();
                // whoever reads slowly holds up nobody else
                std::thread::spawn(move || host.answer(request));
            }
        }
    }

    fn answer(&self, request: Request) {
        let (status, kind, bytes) = self.choose(&request);
        let mut response = Response::from_data(bytes).with_status_code(status);
        for (name, value) in [
            ("Content-Type", kind),
            ("Cache-Control", "no-cache"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "frame-ancestors 'none'"),
        ] {
            if let Ok(header) = Header::from_bytes(name, value) {
                response.add_header(header);
            }
        }
        // who asked may be gone
        let _ = request.respond(response);
    }

    fn choose(&self, request: &Request) -> (u16, &'static str, Vec<u8>) {
        let host = request
            .headers()
            .iter()
            .find(|header| header.field.equiv("Host"))
            .map_or(String::new(), |header| header.value.to_string());
        if !is_here(&host) {
            return (403, PLAIN, b"for this machine only\n".to_vec());
        }
        if !matches!(request.method(), Method::Get | Method::Head) {
            return (405, PLAIN, b"only GET\n".to_vec());
        }
        let path = request.url().split('?').next().unwrap_or_default();
        let path = path.trim_start_matches('/');
        if let Some(bytes) = self.made.get(path) {
            return (200, type_of(Path::new(path)), bytes.clone());
        }
        let path = if path.is_empty() { "index.html" } else { path };
        let found = locate(&self.dist, path).and_then(|file| {
            let bytes = fs::read(&file).ok()?;
            Some((200, type_of(&file), bytes))
        });
        found.unwrap_or((404, PLAIN, b"not there\n".to_vec()))
    }
}

const PLAIN: &str = "text/plain; charset=utf-8";

/// Whether a browser means this machine: a stranger's name that leads here gets nothing.
fn is_here(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

/// A file below the folder: plain names only, none of which begins with a dot.
fn locate(dist: &Path, path: &str) -> Option<PathBuf> {
    let is_plain = |part: &str| {
        let is_known = |letter: u8| letter.is_ascii_alphanumeric() || b"-_.".contains(&letter);
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(is_known)
    };
    let file = path
        .split('/')
        .try_fold(dist.to_path_buf(), |folder, part| {
            is_plain(part).then(|| folder.join(part))
        })?;
    file.is_file().then_some(file)
}

fn type_of(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("txt") => PLAIN,
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_beside_the_folder_is_found() {
        let folder = tempfile::TempDir::new().unwrap();
        let dist = folder.path().join("dist");
        fs::create_dir_all(dist.join("assets")).unwrap();
        fs::write(folder.path().join("secret"), "s").unwrap();
        fs::write(dist.join(".hidden"), "s").unwrap();
        fs::write(dist.join("assets/a-1_b.js"), "").unwrap();
        for path in ["assets/a-1_b.js", "./assets/a-1_b.js"] {
            assert_eq!(
                locate(&dist, path).is_some(),
                !path.starts_with('.'),
                "{path}"
            );
        }
        let absolute = folder.path().join("secret");
        for path in [
            "../secret",
            "assets/../../secret",
            "..%2fsecret",
            "%2e%2e/secret",
            "..\\secret",
            "assets//a-1_b.js",
            "assets",
            "assets/",
            ".hidden",
            "",
            absolute.to_str().unwrap(),
        ] {
            assert_eq!(locate(&dist, path), None, "{path}");
        }
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for (host, expected) in [
            ("127.0.0.1:8080", true),
            ("localhost", true),
            ("localhost:80", true),
            ("evil.example", false),
            ("127.0.0.1.evil.example:8080", false),
            ("", false),
        ] {
            assert_eq!(is_here(host), expected, "{host}");
        }
    }
}
