//! How much one client may ask for, so that the others get theirs.

use std::{
    collections::HashMap,
    net::IpAddr,
    time::{Duration, Instant},
};

/// So many requests a client may send at once: a reader that fetches all its
/// feeds, or a browser that opens a page with its parts.
const BURST: f64 = 240.0;

/// And so many a second for as long as it likes.
const PER_SECOND: f64 = 20.0;

/// So many connections a client may hold open: an office behind one address.
const CONNECTIONS: u32 = 128;

/// So many clients are remembered; those that have been quiet are forgotten.
const CLIENTS: usize = 16 * 1024;

/// What clients have asked for lately. Those of one IPv6 network count as one:
/// whoever has one has all its addresses.
#[derive(Debug, Default)]
pub(super) struct Limits {
    clients: HashMap<IpAddr, Client>,
}

#[derive(Debug)]
struct Client {
    /// Requests that it may send now.
    left: f64,
    seen: Instant,
    connections: u32,
}

impl Client {
    fn new(now: Instant) -> Self {
        Self {
            left: BURST,
            seen: now,
            connections: 0,
        }
    }

    fn refill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.seen).as_secs_f64();
        self.left = (self.left + passed * PER_SECOND).min(BURST);
        self.seen = now;
    }
}

impl Limits {
    /// Counts a request; or says after how long the client may send another.
    pub(super) fn request(&mut self, client: IpAddr, now: Instant) -> Result<(), Duration> {
        let client = self.client(client, now);
        if client.left < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - client.left) / PER_SECOND));
        }
        client.left -= 1.0;
        Ok(())
    }

    /// Counts a connection that was opened, unless the client has too many.
    pub(super) fn open(&mut self, client: IpAddr, now: Instant) -> bool {
        let client = self.client(client, now);
        let is_free = client.connections < CONNECTIONS;
        client.connections += u32::from(is_free);
        is_free
    }

    /// Counts a connection that was closed.
    pub(super) fn close(&mut self, client: IpAddr) {
        if let Some(client) = self.clients.get_mut(&network(client)) {
            client.connections = client.connections.saturating_sub(1);
        }
    }

    fn client(&mut self, client: IpAddr, now: Instant) -> &mut Client {
        if self.clients.len() >= CLIENTS {
            self.clients.retain(|_, client| {
                client.refill(now);
                client.connections > 0 || client.left < BURST
            });
            // So many at once are no readers, and forgotten they begin anew.
            if self.clients.len() >= CLIENTS {
                self.clients.retain(|_, client| client.connections > 0);
            }
        }
        let client = self.clients.entry(network(client));
        let client = client.or_insert_with(|| Client::new(now));
        client.refill(now);
        client
    }
}

/// What is counted as one client.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_greedy_client_waits_and_others_do_not() {
        let mut limits = Limits::default();
        let start = Instant::now();
        let greedy = address("192.0.2.1");
        let sent = (0..1000).take_while(|_| limits.request(greedy, start).is_ok());
        assert_eq!(sent.count(), 240);
        let wait = limits.request(greedy, start).unwrap_err();
        assert!(limits.request(address("192.0.2.2"), start).is_ok());
        let later = start + wait;
        assert!(limits.request(greedy, later).is_ok());
        assert!(limits.request(greedy, later).is_err());
        let later = start + Duration::from_hours(1);
        let sent = (0..1000).take_while(|_| limits.request(greedy, later).is_ok());
        assert_eq!(sent.count(), 240);
    }

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        let mut limits = Limits::default();
        let now = Instant::now();
        for at in 0..240 {
            let one = address(&format!("2001:db8:1:2::{at:x}"));
            assert!(limits.request(one, now).is_ok());
        }
        assert!(
            limits
                .request(address("2001:db8:1:2:ffff::1"), now)
                .is_err()
        );
        assert!(limits.request(address("2001:db8:1:3::1"), now).is_ok());
        let mapped = address("::ffff:192.0.2.1");
        for _ in 0..128 {
            assert!(limits.open(mapped, now));
        }
        assert!(!limits.open(address("192.0.2.1"), now));
        limits.close(mapped);
        assert!(limits.open(address("192.0.2.1"), now));
    }

    #[test]
    fn memory_of_clients_is_bounded() {
        let mut limits = Limits::default();
        let start = Instant::now();
        for at in 0..100_000_u32 {
            let now = start + Duration::from_millis(at.into());
            assert!(limits.request(IpAddr::V4(at.into()), now).is_ok());
        }
        assert!(limits.clients.len() <= CLIENTS, "{}", limits.clients.len());
    }
}
