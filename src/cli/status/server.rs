//! Whether the server answers.

use std::{
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::Duration,
};

/// So long the server may take: it answers from memory.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the server at an address says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// All is well.
    Ready,
    /// It answers, and is not ready; why, in words.
    NotReady(String),
    /// It does not answer.
    Silent(String),
}

/// Asks the server at this address, as it told it itself.
pub(super) fn ask(address: &str) -> Answer {
    match health(address) {
        Ok((200, _)) => Answer::Ready,
        Ok((503, why)) => {
            let why = why.strip_prefix("not well: ").unwrap_or(&why);
            Answer::NotReady(why.trim_end().to_owned())
        }
        Ok((status, _)) => Answer::Silent(format!("something else does, with status {status}")),
        Err(error) => Answer::Silent(error.to_string()),
    }
}

fn health(address: &str) -> io::Result<(u16, String)> {
    #[cfg(unix)]
    if let Some(path) = address.strip_prefix("unix:") {
        let stream = std::os::unix::net::UnixStream::connect(path)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        return answer(stream);
    }
    let address: SocketAddr = address
        .parse()
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "the address cannot be read"))?;
    let stream = TcpStream::connect_timeout(&reachable(address), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    answer(stream)
}

/// Who listens everywhere can be reached here.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

/// The status and the text of the answer.
fn answer(mut stream: impl Read + Write) -> io::Result<(u16, String)> {
    const LONGEST: u64 = 16 << 10;
    stream.write_all(
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain\r\nConnection: close\r\n\r\n",
    )?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let odd = || io::Error::new(io::ErrorKind::InvalidData, "it does not speak HTTP");
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(odd)?;
    let status = head
        .strip_prefix("HTTP/1.1 ")
        .and_then(|rest| rest.get(..3));
    let status = status
        .and_then(|status| status.parse().ok())
        .ok_or_else(odd)?;
    Ok((status, body.to_owned()))
}
