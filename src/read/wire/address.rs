//! Addresses beside a base.

/// The address that a relative one stands for beside a base, which may itself
/// be relative. Only what a page's address needs of RFC 3986, section 5.
pub(in crate::read) fn joined(base: Option<&str>, address: &str) -> String {
    let address = address.trim();
    let Some(base) = base.map(str::trim).filter(|base| !base.is_empty()) else {
        return address.to_owned();
    };
    let scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let absolute = address
        .split_once(':')
        .is_some_and(|(start, _)| start.chars().all(scheme));
    if absolute {
        return address.to_owned();
    }
    let base = base.split(['?', '#']).next().unwrap_or(base);
    let Some((protocol, rest)) = base.split_once("://") else {
        let folder = base.rfind('/').map_or("", |at| &base[..=at]);
        return [if address.starts_with('/') { "" } else { folder }, address].concat();
    };
    let host = rest.split('/').next().unwrap_or(rest);
    let mut folder = rest[host.len()..]
        .rfind('/')
        .map_or("", |at| &rest[host.len()..][..at]);
    let mut address = address;
    if let Some(address) = address.strip_prefix("//") {
        return [protocol, "://", address].concat();
    }
    if let Some(address) = address.strip_prefix('/') {
        return [protocol, "://", host, "/", address].concat();
    }
    if address.is_empty() || address.starts_with(['?', '#']) {
        return [base, address].concat();
    }
    loop {
        if let Some(rest) = address.strip_prefix("./") {
            address = rest;
        } else if let Some(rest) = address.strip_prefix("../") {
            address = rest;
            folder = folder.rfind('/').map_or("", |at| &folder[..at]);
        } else {
            return [protocol, "://", host, folder, "/", address].concat();
        }
    }
}
