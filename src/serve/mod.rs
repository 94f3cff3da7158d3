//! Serving: readers and browsers fetch the feeds from the program itself.
//!
//! A request names a document of the feeds folder, or one of a few addresses
//! that the server answers itself. What it asks for is looked up by its whole
//! name and never opened as a file: documents are rendered from a view of the
//! catalogue, as they were published last, and kept in memory for as long as
//! readers ask for them.
//!
//! One thread waits for all connections; whatever takes longer than a look into
//! memory is done by others. [`Server`] is the whole of it for the rest of the
//! program.
//!
//! - `listen`, `server`, `connection`: sockets, connections and their end; `limits`: how much
//!   one client may take.
//! - `asked`: who asks, and by what address of this server.
//! - `router`: what an address means. `site` has the documents, `kept` those
//!   that are kept.
//! - `answer`, `conditional`, `encoding`, `delta`: how documents are sent.
//! - `pages`: pages that only the server has; `live`: news for those that are
//!   open.
//! - `health` and `metrics`: for those who watch over the daemon.

mod answer;
mod asked;
mod conditional;
mod connection;
mod delta;
mod document;
mod encoding;
pub mod health;
mod kept;
mod limits;
mod listen;
mod live;
pub mod metrics;
mod pages;
mod router;
mod server;
mod site;

pub use listen::{Address, AddressError};
pub use server::Server;
pub use site::Site;

use ipnet::IpNet;

/// What can be set about the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `listen`: where it can be reached. None where it is not to be.
    pub listen: Vec<Address>,
    /// `trusted-proxies`: who is believed about where requests come from and
    /// what address they were sent to.
    pub trusted: Vec<IpNet>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: vec![Address::default()],
            trusted: vec![
                IpNet::V4(ipnet::Ipv4Net::new_assert([127, 0, 0, 0].into(), 8)),
                IpNet::V6(ipnet::Ipv6Net::new_assert(
                    std::net::Ipv6Addr::LOCALHOST,
                    128,
                )),
            ],
        }
    }
}
