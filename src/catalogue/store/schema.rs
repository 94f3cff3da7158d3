//! The database's tables, and how older ones become these.

use super::{StoreError, settings, topics};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};
use std::{fmt::Write as _, path::Path, time::Duration};

/// Tells the database from other programs' ("fwct" in ASCII).
const APPLICATION: i64 = 0x6677_6374;

/// The steps from an empty database to the present one. A step that was ever
/// released is never changed; a new version adds one.
const MIGRATIONS: &[Migration] = &[
    Migration {
        statements: &[include_str!("schema_1.sql")],
        fill: |_| Ok(()),
    },
    Migration {
        statements: &[include_str!("schema_2.sql")],
        fill: topics::fill,
    },
    Migration {
        // Entries are put in their places, which asks whether they are retracted.
        statements: &[
            include_str!("schema_3.sql"),
            include_str!("search.sql"),
            include_str!("schema_6.sql"),
        ],
        fill: settings::fill,
    },
    Migration {
        statements: &[include_str!("schema_4.sql")],
        fill: |_| Ok(()),
    },
    Migration {
        statements: &[include_str!("schema_5.sql")],
        fill: |_| Ok(()),
    },
    Migration {
        statements: &[include_str!("schema_6.sql")],
        fill: |_| Ok(()),
    },
];

struct Migration {
    statements: &'static [&'static str],
    /// Makes what the new tables hold of what the old ones do.
    fill: fn(&Connection) -> rusqlite::Result<()>,
}

/// Opens the database and brings it up to date. One that this program cannot
/// know is left as it is.
pub(super) fn open(file: &Path) -> Result<Connection, StoreError> {
    let explain = |source| StoreError::database(file, source);
    // Without the URI flag: a folder may be called `file:`.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(file, flags).map_err(explain)?;
    let (application, version) = look(&db).map_err(explain)?;
    not_newer(file, application, version)?;
    if application != APPLICATION && !is_empty(&db).map_err(explain)? {
        return Err(foreign(&db, file).unwrap_or_else(explain));
    }
    prepare(&db).map_err(explain)?;
    migrate(&mut db, version).map_err(explain)?;
    Ok(db)
}

/// Opens the database beside the process that has it, if it is there. Nothing is
/// given when it has to be brought up to date first.
pub(super) fn visit(file: &Path) -> Result<Option<Connection>, StoreError> {
    let explain = |source| StoreError::database(file, source);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(file, flags).map_err(explain)?;
    let (application, version) = look(&db).map_err(explain)?;
    not_newer(file, application, version)?;
    if application != APPLICATION || version < known() {
        return Ok(None);
    }
    db.pragma_update(None, "synchronous", "FULL")
        .map_err(explain)?;
    Ok(Some(db))
}

/// Opens the database for nothing but a look. Nothing is given when it is an
/// older program's.
pub(super) fn look_into(file: &Path) -> Result<Option<Connection>, StoreError> {
    let explain = |source| StoreError::database(file, source);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    // Where there is no log, nobody has the database and nothing is missing in
    // it; opened as usual, it would get a log, which a look may not leave.
    let db = if Path::new(&log).exists() {
        Connection::open_with_flags(file, flags)
    } else {
        Connection::open_with_flags(unchanging(file), flags | OpenFlags::SQLITE_OPEN_URI)
    };
    let db = db.map_err(explain)?;
    let (application, version) = look(&db).map_err(explain)?;
    not_newer(file, application, version)?;
    let ours = application == APPLICATION && version == known();
    Ok(ours.then_some(db))
}

/// The address of a database that nobody writes.
fn unchanging(file: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in file.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' => {
                uri.push(char::from(*byte));
            }
            // Writing to a string cannot fail.
            _ => write!(uri, "%{byte:02X}").expect("a string takes everything"),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// The newest version that this program knows.
fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).expect("migrations are few")
}

fn not_newer(file: &Path, application: i64, version: i64) -> Result<(), StoreError> {
    if version > known() && application == APPLICATION {
        return Err(StoreError::Newer {
            file: file.to_owned(),
            found: version,
            known: known(),
        });
    }
    Ok(())
}

/// The application and version that the database says it has.
fn look(db: &Connection) -> rusqlite::Result<(i64, i64)> {
    // Until it is known to be ours, closing it must not write it.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    db.busy_timeout(Duration::from_secs(5))?;
    let number = |name| db.pragma_query_value(None, name, |row| row.get(0));
    Ok((number("application_id")?, number("user_version")?))
}

fn is_empty(db: &Connection) -> rusqlite::Result<bool> {
    db.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| {
        row.get(0)
    })
}

/// Why a database is refused that does not say that it is ours: it is another
/// program's, unless it has our tables, and has lost its mark.
fn foreign(db: &Connection, file: &Path) -> rusqlite::Result<StoreError> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name IN ('entry', 'digest', 'source')";
    let ours: i64 = db.query_row(sql, [], |row| row.get(0))?;
    Ok(if ours == 3 {
        StoreError::Damaged {
            file: file.to_owned(),
            source: "its mark is missing".into(),
        }
    } else {
        StoreError::foreign(file)
    })
}

/// How the connection works. The cache is what the catalogue may take of the
/// process's memory; eight megabytes hold the small rows of 20,000 entries.
fn prepare(db: &Connection) -> rusqlite::Result<()> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    // Whoever comes with a question waits longer, while a batch is written. What
    // has it locked for longer than this is told of, and it is tried again.
    db.busy_timeout(Duration::from_secs(1))?;
    // Statements are planned once. Else they are planned anew whenever a value
    // changes, which doubled the cost of a first pass.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    // NORMAL lost hundreds of acknowledged rows in trials of power cuts.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", -8_000)?;
    db.pragma_update(None, "temp_store", "MEMORY")?;
    // A first pass dirties the same index pages again and again: moving them
    // into the database every 16 MB rather than every 4 saves a third of its
    // disk writes. The log shrinks to that size again after it.
    db.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    db.pragma_update(None, "journal_size_limit", 16 << 20)?;
    db.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Takes the steps that are missing, all or none.
fn migrate(db: &mut Connection, version: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(version).unwrap_or_default();
    if done >= MIGRATIONS.len() {
        return Ok(());
    }
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in &MIGRATIONS[done..] {
        for statements in step.statements {
            change.execute_batch(statements)?;
        }
        (step.fill)(&change)?;
    }
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", known())?;
    change.commit()
}
