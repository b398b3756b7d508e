//! A node that refuses all questions to contracts: a proxy before one that answers them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The proxy. It ends with the tests.
pub struct NoWasm {
    url: String,
    refused: Arc<AtomicUsize>,
}

impl NoWasm {
    /// Stands before the node at this address.
    pub fn before(node: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let host = node
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_string();
        let refused = Arc::new(AtomicUsize::new(0));
        let count = refused.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (host, count) = (host.clone(), count.clone());
                thread::spawn(move || serve(stream, &host, &count));
            }
        });
        Self { url, refused }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How many questions it has refused.
    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::SeqCst)
    }
}

/// One request for each connection.
fn serve(mut client: TcpStream, host: &str, refused: &AtomicUsize) -> Option<()> {
    let (head, body) = read_message(&mut client)?;
    let text = String::from_utf8_lossy(&body);
    let answer = if text.contains("/cosmwasm.wasm.") {
        refused.fetch_add(1, Ordering::SeqCst);
        let request: serde_json::Value = serde_json::from_slice(&body).ok()?;
        let error = serde_json::json!({
            "jsonrpc": "2.0", "id": request["id"],
            "error": { "code": -32603, "message": "Internal error", "data": "no questions to contracts here" },
        });
        to_response(error.to_string().as_bytes())
    } else {
        let mut node = TcpStream::connect(host).ok()?;
        let path = head.split(' ').nth(1)?;
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        node.write_all(request.as_bytes()).ok()?;
        node.write_all(&body).ok()?;
        let mut answer = Vec::new();
        node.read_to_end(&mut answer).ok()?;
        answer
    };
    client.write_all(&answer).ok()
}

fn to_response(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Head and body of a request.
fn read_message(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break end + 4;
        }
        match stream.read(&mut chunk).ok()? {
            0 => return None,
            read => bytes.extend_from_slice(&chunk[..read]),
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    })?;
    let mut body = bytes[end..].to_vec();
    while body.len() < length {
        match stream.read(&mut chunk).ok()? {
            0 => return None,
            read => body.extend_from_slice(&chunk[..read]),
        }
    }
    Some((head, body))
}
