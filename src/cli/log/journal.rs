//! The log in systemd's journal: each line with its priority, where it comes from,
//! and the file that it is about, so that `journalctl -p err` and
//! `journalctl FEEDWRIGHT_PATH=a.md` find it.
//!
//! Lines are short and hold no line breaks, so that of the journal's protocol
//! nothing is needed but `NAME=value`.

use super::{escaped, priority, words};
use std::{
    fmt::{self, Write as _},
    io::{Write as _, stderr},
    os::{
        fd::BorrowedFd,
        unix::net::{UnixDatagram, UnixStream},
    },
    path::PathBuf,
};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context};

/// A journal that takes fields.
pub(super) struct Journal {
    socket: UnixDatagram,
    /// Named anew each time: a journal that was started anew has another one.
    name: PathBuf,
}

impl Journal {
    /// The journal at the other end of standard error. Its sockets lie in one
    /// folder, which is another one for each of several journals.
    pub(super) fn behind(stderr: BorrowedFd<'_>) -> Option<Self> {
        let stream = UnixStream::from(stderr.try_clone_to_owned().ok()?);
        let peer = stream.peer_addr().ok()?;
        let name = peer.as_pathname()?.with_file_name("socket");
        let socket = UnixDatagram::unbound().ok()?;
        name.exists().then_some(Self { socket, name })
    }
}

impl<S: Subscriber> Layer<S> for Journal {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let metadata = event.metadata();
        let priority = priority(*metadata.level());
        let mut fields = Fields(format!(
            "MESSAGE={}\nPRIORITY={priority}\nSYSLOG_IDENTIFIER=feedwright\nSYSLOG_PID={}\n",
            words(event),
            std::process::id()
        ));
        if let (Some(file), Some(line)) = (metadata.file(), metadata.line()) {
            // Writing to a string cannot fail.
            let _ = write!(fields.0, "CODE_FILE={file}\nCODE_LINE={line}\n");
        }
        event.record(&mut fields);
        if self
            .socket
            .send_to(fields.0.as_bytes(), &self.name)
            .is_err()
        {
            // What it finds in its stream, it takes all the same. Nobody is left to be
            // told when that is closed.
            let _ = writeln!(stderr(), "<{priority}>{}", words(event));
        }
    }
}

/// What an event says besides its words.
struct Fields(String);

impl Fields {
    fn add(&mut self, field: &Field, value: &str) {
        if field.name() == "message" {
            return;
        }
        let name = field.name().to_ascii_uppercase();
        let value = escaped(value);
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "FEEDWRIGHT_{name}={value}");
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.add(field, &format!("{value:?}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::Read as _,
        os::{fd::AsFd as _, unix::net::UnixListener},
    };
    use tracing_subscriber::layer::SubscriberExt as _;

    /// The folder of a journal, and what is at the other end of its two sockets.
    fn journal() -> (tempfile::TempDir, UnixDatagram, UnixStream, UnixStream) {
        let folder = tempfile::tempdir().unwrap();
        let fields = UnixDatagram::bind(folder.path().join("socket")).unwrap();
        fields.set_nonblocking(true).unwrap();
        let listener = UnixListener::bind(folder.path().join("stdout")).unwrap();
        let stderr = UnixStream::connect(folder.path().join("stdout")).unwrap();
        let (lines, _) = listener.accept().unwrap();
        (folder, fields, stderr, lines)
    }

    #[test]
    fn lines_come_with_their_fields() {
        let (_folder, fields, stderr, _lines) = journal();
        let journal = Journal::behind(stderr.as_fd()).unwrap();
        let logged = |log: &dyn Fn()| {
            log();
            let mut message = [0; 4096];
            let length = fields.recv(&mut message).unwrap();
            let text = String::from_utf8(message[..length].to_vec()).unwrap();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let subscriber = tracing_subscriber::registry().with(journal);
        tracing::subscriber::with_default(subscriber, || {
            let name = "a\nPRIORITY=0".to_owned();
            let told = logged(&|| tracing::warn!(path = name, "cannot take {name}"));
            for line in [
                "MESSAGE=cannot take a\\nPRIORITY=0",
                "PRIORITY=4",
                "SYSLOG_IDENTIFIER=feedwright",
                "CODE_FILE=src/cli/log/journal.rs",
                "FEEDWRIGHT_PATH=a\\nPRIORITY=0",
            ] {
                assert!(told.iter().any(|told| told == line), "{line}: {told:#?}");
            }
            assert!(!told.iter().any(|told| told == "PRIORITY=0"), "{told:#?}");
            let told = logged(&|| tracing::error!(count = 3, "the disk fails"));
            assert_eq!(told[..2], ["MESSAGE=the disk fails", "PRIORITY=3"]);
            assert_eq!(told.last().unwrap(), "FEEDWRIGHT_COUNT=3");
        });
    }

    #[test]
    fn a_stream_that_is_no_journal_takes_no_fields() {
        let (stderr, _other) = UnixStream::pair().unwrap();
        assert!(Journal::behind(stderr.as_fd()).is_none());
        let file = tempfile::tempfile().unwrap();
        assert!(Journal::behind(file.as_fd()).is_none());
        let (folder, _fields, stderr, mut lines) = journal();
        std::fs::remove_file(folder.path().join("socket")).unwrap();
        assert!(Journal::behind(stderr.as_fd()).is_none());
        drop(stderr);
        assert_eq!(lines.read_to_end(&mut Vec::new()).unwrap(), 0);
    }
}
