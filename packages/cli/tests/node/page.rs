//! The page beside a development chain.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::devnet::{Devnet, PROGRAM, Ran, call, get};

/// A page as built, of one line and one script.
fn dist() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("assets")).unwrap();
    fs::write(folder.path().join("index.html"), "<p>the page</p>").unwrap();
    fs::write(
        folder.path().join("config.json"),
        "{\"vault\":\"of the build\"}",
    )
    .unwrap();
    fs::write(folder.path().join("assets/a-1.js"), "1").unwrap();
    folder
}

fn start(devnet: &Devnet, dist: &TempDir, more: &[&str]) -> Ran {
    let output = Command::new(PROGRAM)
        .args([
            "devnet",
            "start",
            "--home",
            ".",
            "--block-time",
            "200ms",
            "--page",
        ])
        .args(more)
        .current_dir(devnet.home())
        .env("DEFENDERS_PAGE", dist.path())
        .output()
        .unwrap();
    Ran {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn page_of(devnet: &Devnet) -> String {
    devnet.status()["page"].as_str().unwrap().to_string()
}

fn place_of(page: &str) -> String {
    page.trim_start_matches("http://")
        .trim_end_matches('/')
        .to_string()
}

/// Head and body of what a server answers to a request as it stands.
fn ask(page: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(place_of(page)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn ask_for(page: &str, path: &str) -> String {
    ask(
        page,
        &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
    )
}

#[test]
fn the_page_is_served_beside_a_chain_and_ends_with_it() {
    let devnet = Devnet::with_vault();
    let dist = dist();
    assert_eq!(devnet.status()["page"], Value::Null);
    let begun = start(&devnet, &dist, &[]).ok();
    let page = page_of(&devnet);
    assert!(
        begun.stderr.contains(&format!("the page is at {page}")),
        "{begun:?}"
    );
    assert!(begun.stdout.contains(&page), "{begun:?}");
    let config = get(&format!("{page}config.json"));
    let status = devnet.status();
    assert_eq!(config["vault"], status["vault"]);
    assert_eq!(config["chainId"], status["chain_id"]);
    assert_eq!(config["rest"][0], status["rest"]);
    assert_eq!(config["demo"], true);
    // what the page verifies the vault with
    assert_eq!(config["owner"], status["multisig"]);
    assert_eq!(config["checksums"], "checksums.txt");
    let list = ask_for(&page, "/checksums.txt");
    assert!(list.contains("  vault.wasm"), "{list}");
    // a second start finds it
    start(&devnet, &dist, &[]).ok();
    assert_eq!(page_of(&devnet), page);
    start(&devnet, &dist, &["--page-port", "1"]).fails(2, "already");
    devnet.defenders(&["devnet", "stop", "--home", "."]).ok();
    assert!(
        TcpStream::connect(place_of(&page)).is_err(),
        "it is served still"
    );
    // at the same address, so that what the browser kept for it is found
    start(&devnet, &dist, &[]).ok();
    assert_eq!(page_of(&devnet), page);
    devnet.kill_node();
    let mut looks = 0;
    while TcpStream::connect(place_of(&page)).is_ok() {
        looks += 1;
        assert!(looks < 100, "it outlives its node");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    devnet.start();
    assert_eq!(devnet.status()["page"], Value::Null);
}

#[test]
fn only_files_of_the_page_are_served_and_to_this_machine_only() {
    let devnet = Devnet::with_vault();
    let dist = dist();
    start(&devnet, &dist, &[]).ok();
    let page = page_of(&devnet);
    let index = ask_for(&page, "/");
    assert!(
        index.starts_with("HTTP/1.1 200") && index.contains("<p>the page</p>"),
        "{index}"
    );
    assert!(
        index.contains("Content-Type: text/html; charset=utf-8"),
        "{index}"
    );
    assert!(index.contains("X-Content-Type-Options: nosniff"), "{index}");
    let script = ask_for(&page, "/assets/a-1.js?of=1");
    assert!(script.contains("Content-Type: text/javascript"), "{script}");
    let up = devnet.home();
    for path in [
        "/../defenders.toml",
        "/assets/../../defenders.toml",
        "/%2e%2e/defenders.toml",
        &format!("/{}/defenders.toml", up.display()),
        "/assets",
        "/nowhere.js",
    ] {
        let answer = ask_for(&page, path);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
    let stranger = "GET / HTTP/1.1\r\nHost: stranger.example\r\nConnection: close\r\n\r\n";
    assert!(ask(&page, stranger).starts_with("HTTP/1.1 403"));
    let post =
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    assert!(ask(&page, post).starts_with("HTTP/1.1 405"));
}

#[test]
fn what_is_wrong_with_the_page_is_told_before_a_chain_is_begun() {
    let folder = TempDir::new().unwrap();
    let output = Command::new(PROGRAM)
        .args(["devnet", "start", "--page"])
        .current_dir(folder.path())
        .env("DEFENDERS_PAGE", folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("has no index.html"), "{told}");
    assert!(!folder.path().join("devnet/spec.json").exists());
    for wrong in [["--bare", "--page"], ["--page-port", "8080"]] {
        let arguments = [&["devnet", "start"][..], &wrong].concat();
        assert_eq!(call(folder.path(), &arguments).status, 2, "{wrong:?}");
    }
    let devnet = Devnet::with_vault();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    start(&devnet, &dist(), &["--page-port", &port]).fails(1, "choose another port");
    // the chain runs all the same
    assert_eq!(devnet.status()["page"], Value::Null);
}
