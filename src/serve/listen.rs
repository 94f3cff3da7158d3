//! Where the server can be reached.

use socket2::{Domain, Socket, Type};
use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
    path::PathBuf,
};

/// So many connections wait to be taken at most, while others are looked after.
/// The usual 128 were not enough when a thousand slow readers came at once: who
/// came after them was not heard for three seconds.
const BACKLOG: i32 = 1024;

/// So many bytes of an answer the system takes over, for a client to fetch at its
/// leisure. Left to itself it takes megabytes, and copying these for a thousand
/// clients that fetch nothing keeps everybody else waiting.
const SENT_AHEAD: usize = 128 * 1024;

/// What addresses of Unix sockets begin with.
const UNIX: &str = "unix:";

/// Where the server can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Address {
    /// An address and port. Port 0 is any that is free.
    Tcp(SocketAddr),
    /// A Unix socket, at this path.
    Unix(PathBuf),
}

/// What is no address to listen on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{given:?} is no address to listen on; write one with a port, such as \"127.0.0.1:8060\" or \
     \"[::1]:8060\", or a socket such as \"unix:/run/feedwright.sock\""
)]
pub struct AddressError {
    given: String,
}

impl Default for Address {
    /// This machine alone.
    fn default() -> Self {
        Self::Tcp((Ipv4Addr::LOCALHOST, 8060).into())
    }
}

impl Address {
    /// Reads an address as a person writes it: `127.0.0.1:8060`, `[::]:8060`,
    /// `localhost:8060`, `:8060` for all addresses of the machine, or `unix:`
    /// and a path.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn parse(given: &str) -> Result<Self, AddressError> {
        let given = given.trim();
        let fault = || AddressError {
            given: given.to_owned(),
        };
        if let Some(path) = given.strip_prefix(UNIX) {
            let is_path = !path.is_empty();
            return is_path.then(|| Self::Unix(path.into())).ok_or_else(fault);
        }
        if let Some(port) = given.strip_prefix(':') {
            let port: u16 = port.parse().map_err(|_| fault())?;
            // It takes those who come by IPv4 as well.
            return Ok(Self::Tcp((Ipv6Addr::UNSPECIFIED, port).into()));
        }
        let local = given.strip_prefix("localhost:");
        let local = local.map(|port| format!("{}:{port}", Ipv4Addr::LOCALHOST));
        let address = local.as_deref().unwrap_or(given);
        address.parse().map(Self::Tcp).map_err(|_| fault())
    }

    /// Begins to listen there.
    pub(super) fn bind(&self) -> io::Result<Bound> {
        match self {
            Self::Tcp(address) => {
                let socket = Socket::new(Domain::for_address(*address), Type::STREAM, None)?;
                // After a restart the connections from before are in nobody's way.
                // On Windows this would let others take the port.
                #[cfg(unix)]
                socket.set_reuse_address(true)?;
                if address.ip() == IpAddr::V6(Ipv6Addr::UNSPECIFIED) {
                    socket.set_only_v6(false)?;
                }
                socket.set_send_buffer_size(SENT_AHEAD)?;
                socket.set_nonblocking(true)?;
                socket.bind(&(*address).into())?;
                socket.listen(BACKLOG)?;
                Ok(Bound::Tcp(socket.into()))
            }
            Self::Unix(path) => bind_unix(path),
        }
    }
}

#[cfg(unix)]
fn bind_unix(path: &std::path::Path) -> io::Result<Bound> {
    use std::{
        fs,
        os::unix::{
            fs::{FileTypeExt as _, PermissionsExt as _},
            net::{UnixListener, UnixStream},
        },
    };
    // What a killed process left behind is in the way, unless somebody answers.
    let is_socket = fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket());
    if is_socket && UnixStream::connect(path).is_err() {
        fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    listener.set_nonblocking(true)?;
    // Web servers run as users of their own. Who may come by is for the folder to
    // say.
    fs::set_permissions(path, fs::Permissions::from_mode(0o666))?;
    Ok(Bound::Unix(listener, Some(path.to_owned())))
}

#[cfg(not(unix))]
fn bind_unix(_path: &std::path::Path) -> io::Result<Bound> {
    Err(io::Error::other("there are no Unix sockets on this system"))
}

/// A socket that listens.
#[derive(Debug)]
pub(super) enum Bound {
    Tcp(TcpListener),
    /// The path is removed at the end, if it was made here.
    #[cfg(unix)]
    Unix(std::os::unix::net::UnixListener, Option<PathBuf>),
}

impl Bound {
    /// Where it can be reached.
    pub(super) fn address(&self) -> Address {
        match self {
            Self::Tcp(listener) => listener.local_addr().map_or_else(
                |_| Address::Tcp((Ipv4Addr::UNSPECIFIED, 0).into()),
                Address::Tcp,
            ),
            #[cfg(unix)]
            Self::Unix(listener, path) => {
                let given = listener.local_addr().ok();
                let given = given.and_then(|given| given.as_pathname().map(PathBuf::from));
                Address::Unix(path.clone().or(given).unwrap_or_default())
            }
        }
    }
}

/// The sockets that the service manager listens on for this process (systemd's
/// socket activation, `sd_listen_fds(3)`). To be asked once.
pub(super) fn handed_over() -> Vec<Bound> {
    let mut handed = listenfd::ListenFd::from_env();
    let mut bound = Vec::new();
    for at in 0..handed.len() {
        if let Ok(Some(listener)) = handed.take_tcp_listener(at) {
            let ready = listener.set_nonblocking(true);
            bound.extend(ready.ok().map(|()| Bound::Tcp(listener)));
            continue;
        }
        #[cfg(unix)]
        if let Ok(Some(listener)) = handed.take_unix_listener(at) {
            let ready = listener.set_nonblocking(true);
            bound.extend(ready.ok().map(|()| Bound::Unix(listener, None)));
        }
    }
    bound
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "{address}"),
            Self::Unix(path) => write!(f, "{UNIX}{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (given, address) in [
            ("127.0.0.1:8060", "127.0.0.1:8060"),
            (" [::1]:80 ", "[::1]:80"),
            ("localhost:8060", "127.0.0.1:8060"),
            (":8060", "[::]:8060"),
            ("0.0.0.0:0", "0.0.0.0:0"),
            ("unix:/run/a b.sock", "unix:/run/a b.sock"),
        ] {
            assert_eq!(Address::parse(given).unwrap().to_string(), address);
        }
        for given in [
            "",
            "8060",
            "127.0.0.1",
            "unix:",
            ":x",
            "::1:8060",
            "news.example:80",
        ] {
            assert!(Address::parse(given).is_err(), "{given}");
        }
    }
}
