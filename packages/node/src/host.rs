//! Addresses of nodes, as people are told them.

/// Host and port of an address.
pub(crate) fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?']).next().unwrap_or(rest);
    // a password in an address is nobody's business
    host.rsplit('@').next().unwrap_or(host).to_string()
}
