//! A client that sends what it is told to, byte for byte, and takes answers
//! apart itself: a library would mend what is to be tested.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read, Write as _},
    net::TcpStream,
    time::Duration,
};

/// A connection.
pub(super) struct Client {
    reader: BufReader<TcpStream>,
    host: String,
}

/// An answer.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: BTreeMap<String, String>,
    pub(super) body: Vec<u8>,
}

impl Client {
    pub(super) fn new(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("the server can be reached");
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        Self {
            reader: BufReader::new(stream),
            host: address.to_owned(),
        }
    }

    /// Sends a request, with `Host` unless the headers have it, and reads the
    /// answer.
    pub(super) fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.extend(["Host: ", &self.host, "\r\n"]);
        }
        for (name, value) in headers {
            request.extend([name, ": ", value, "\r\n"]);
        }
        self.send(&(request + "\r\n"));
        self.read(method == "HEAD").expect("there is an answer")
    }

    pub(super) fn send(&mut self, text: &str) {
        // The server may have hung up: then there is nothing to read.
        let _ = self.reader.get_mut().write_all(text.as_bytes());
    }

    /// The next line of what is sent; empty at the end.
    pub(super) fn line(&mut self) -> String {
        let mut line = String::new();
        let _ = self.reader.read_line(&mut line);
        line
    }

    /// Reads an answer; nothing where the connection was closed.
    pub(super) fn read(&mut self, is_head: bool) -> Option<Answer> {
        let status = self.line();
        let status = status.split(' ').nth(1)?.parse().ok()?;
        let mut headers = BTreeMap::new();
        loop {
            let line = self.line();
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            let value = value.trim().to_owned();
            let before = headers.insert(name.to_ascii_lowercase(), value);
            assert_eq!(before, None, "{name} is sent twice");
        }
        let length = headers
            .get("content-length")
            .map(|length| length.parse().unwrap());
        let mut body = Vec::new();
        if !is_head && status != 304 && status != 204 {
            let length: u64 = length.expect("an answer says how long it is");
            self.reader
                .by_ref()
                .take(length)
                .read_to_end(&mut body)
                .unwrap();
        }
        Some(Answer {
            status,
            headers,
            body,
        })
    }
}

impl Answer {
    /// The value of a header; empty where there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(super) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (&**name, &**value))
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("it is text")
    }
}
