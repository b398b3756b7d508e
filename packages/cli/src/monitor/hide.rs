//! What is said of a node: its host. An address may hold a password or a provider's key, and lines are read by many.

use serde_json::Value;

/// A path shorter than that is no key, and may stand in other texts.
const LEAST_PATH: usize = 8;

/// Replaces addresses of nodes by their hosts, wherever they stand in a text.
#[derive(Clone, Debug, Default)]
pub struct Hide {
    /// What is replaced, and by what; the longest first.
    rules: Vec<(String, String)>,
}

impl Hide {
    /// Hides these addresses.
    pub fn addresses(urls: &[String]) -> Self {
        let mut rules: Vec<(String, String)> = urls.iter().flat_map(|url| rules_of(url)).collect();
        rules.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        Self { rules }
    }

    /// A text without them.
    pub fn text(&self, text: &str) -> String {
        let mut clean = text.to_string();
        for (secret, shown) in &self.rules {
            clean = clean.replace(secret, shown);
        }
        clean
    }

    /// A value whose texts are without them.
    pub fn value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(all) => all.into_iter().map(|value| self.value(value)).collect(),
            Value::Object(fields) => {
                let fields = fields.into_iter();
                Value::Object(fields.map(|(key, it)| (key, self.value(it))).collect())
            }
            plain => plain,
        }
    }
}

/// The host and port of an address.
pub fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.rsplit_once('@').map_or(host, |(_, host)| host)
}

fn rules_of(url: &str) -> Vec<(String, String)> {
    let host = host_of(url).to_string();
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let bare = url.trim_end_matches('/');
    // clients show an address without its password, and with its path
    let shown = format!("{scheme}://{host}{path}");
    let mut rules = vec![
        (url.to_string(), host.clone()),
        (bare.to_string(), host.clone()),
        (shown.trim_end_matches('/').to_string(), host.clone()),
        (format!("{scheme}://{host}"), host),
    ];
    if let Some((user, _)) = authority.rsplit_once('@') {
        rules.push((user.to_string(), "...".to_string()));
        let password = user.split_once(':').map_or(user, |(_, password)| password);
        rules.push((password.to_string(), "...".to_string()));
    }
    if path.len() >= LEAST_PATH {
        rules.push((path.to_string(), "/...".to_string()));
    }
    rules.retain(|(text, _)| !text.is_empty());
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn passwords_and_keys_in_addresses_of_nodes_are_hidden() {
        let urls = [
            "https://anna:pa55word@rpc.example.org:443/".to_string(),
            "https://rpc.example.com/v1/0123456789abcdef".to_string(),
            "https://rpc.example.net?key=topsecret".to_string(),
            "http://127.0.0.1:26657".to_string(),
        ];
        let hide = Hide::addresses(&urls);
        for url in &urls {
            let shown = format!("a {}: b", host_of(url));
            assert_eq!(hide.text(&format!("a {url}: b")), shown);
        }
        for (text, clean) in [
            (
                "error for url (https://rpc.example.com/v1/0123456789abcdef/status)",
                "error for url (rpc.example.com/status)",
            ),
            ("https://rpc.example.org:443/x", "rpc.example.org:443/x"),
            ("user anna:pa55word", "user ..."),
            ("GET /v1/0123456789abcdef", "GET /..."),
            ("key=topsecret", "key=topsecret"),
            ("?key=topsecret", "/..."),
        ] {
            assert_eq!(hide.text(text), clean);
        }
        let told = hide.value(json!({"a": ["see https://rpc.example.net?key=topsecret"], "b": 7}));
        assert_eq!(told, json!({"a": ["see rpc.example.net"], "b": 7}));
    }
}
