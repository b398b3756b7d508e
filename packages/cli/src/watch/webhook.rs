//! Posting JSON to somebody.

use std::time::Duration;

use reqwest::{Client, Url};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use crate::session::SessionError;

const TIMEOUT: Duration = Duration::from_secs(10);

/// Where alerts are posted.
pub struct Webhook {
    url: Url,
    client: Client,
    runtime: Runtime,
}

impl Webhook {
    /// At an address.
    pub fn open(url: &str) -> Result<Self, SessionError> {
        let wrong = |reason: String| {
            // not shown: it may hold a secret
            SessionError::Impossible(format!("--webhook is no address to post to: {reason}"))
        };
        let parsed: Url = url.parse().map_err(|error| wrong(format!("{error}")))?;
        if !matches!(parsed.scheme(), "http" | "https") {
            return Err(wrong("it begins with http:// or https://".to_string()));
        }
        let client = Client::builder()
            .timeout(TIMEOUT)
            .user_agent(concat!("defenders/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| wrong(error.to_string()))?;
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| SessionError::Broken(error.to_string()))?;
        Ok(Self {
            url: parsed,
            client,
            runtime,
        })
    }

    /// Posts an object; an answer of 2xx means that it was taken. Why not, in words without the address: it may hold a
    /// secret.
    pub fn post(&self, object: &Value) -> Result<(), String> {
        let request = self
            .client
            .post(self.url.clone())
            .header("Content-Type", "application/json")
            .body(object.to_string());
        let answer = self
            .runtime
            .block_on(async { request.send().await })
            .map_err(|error| error.without_url().to_string())?;
        match answer.status().is_success() {
            true => Ok(()),
            false => Err(format!("HTTP {}", answer.status().as_u16())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::thread;
    use tiny_http::{Response, Server};

    #[test]
    fn an_object_is_posted_and_only_an_answer_of_success_means_taken() {
        let server = Server::http("127.0.0.1:0").unwrap();
        let address = server.server_addr().to_ip().unwrap();
        let listener = thread::spawn(move || {
            let mut bodies = Vec::new();
            for status in [204, 500] {
                let mut request = server.recv().unwrap();
                let mut body = String::new();
                request.as_reader().read_to_string(&mut body).unwrap();
                bodies.push(body);
                let response = Response::from_string("").with_status_code(status);
                request.respond(response).unwrap();
            }
            bodies
        });
        let webhook = Webhook::open(&format!("http://{address}/secret-token")).unwrap();
        let object = json!({"alert": "jailed"});
        assert_eq!(webhook.post(&object), Ok(()));
        assert_eq!(webhook.post(&object), Err("HTTP 500".to_string()));
        assert_eq!(listener.join().unwrap()[0], object.to_string());
        let gone = webhook.post(&object).unwrap_err();
        assert!(!gone.contains("secret-token"), "{gone}");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in [
            "",
            "example.org",
            "ftp://example.org/x",
            "file:///etc/passwd",
        ] {
            assert!(Webhook::open(bad).is_err(), "{bad}");
        }
        let secret = Webhook::open("ftp://example.org/secret-token").err();
        assert!(!secret.unwrap().to_string().contains("secret-token"));
    }
}
