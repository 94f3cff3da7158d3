//! How our values stand in columns.

use super::json;
use crate::{
    catalogue::{Stamp, id::Sketch, path, rules::Dates},
    entry::Digest,
};
use jiff::Timestamp;
use rusqlite::{
    Result, Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Type, Value, ValueRef},
};
use std::path::{Path, PathBuf};

/// A path: text, or bytes where it is not Unicode.
pub(super) struct PathColumn<P>(pub(super) P);

impl ToSql for PathColumn<&Path> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(match self.0.to_str() {
            Some(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            None => ToSqlOutput::Owned(Value::Blob(path::to_bytes(self.0))),
        })
    }
}

impl FromSql for PathColumn<PathBuf> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(match value {
            ValueRef::Blob(bytes) => path::from_bytes(bytes),
            text => PathBuf::from(text.as_str()?),
        }))
    }
}

/// A time, to the microsecond: a nanosecond would not fit the years that
/// articles may state.
pub(super) struct TimeColumn(pub(super) Timestamp);

impl ToSql for TimeColumn {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(self.0.as_microsecond().into())
    }
}

impl FromSql for TimeColumn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let time = Timestamp::from_microsecond(value.as_i64()?);
        time.map(Self)
            .map_err(|source| FromSqlError::Other(Box::new(source)))
    }
}

/// A sketch.
pub(super) struct SketchColumn(pub(super) Sketch);

impl FromSql for SketchColumn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_blob().map(|bytes| Self(Sketch::from_bytes(bytes)))
    }
}

/// A digest as it is stored: the title and the body stand apart, where the
/// database's own tools can use them.
#[derive(PartialEq, Eq)]
pub(super) struct DigestColumns {
    pub(super) title: String,
    pub(super) json: String,
    pub(super) body: String,
}

impl DigestColumns {
    pub(super) fn of(digest: &Digest) -> Self {
        Self {
            title: digest.title.clone(),
            json: json::write(digest),
            body: digest.body.plain.clone(),
        }
    }

    /// The JSON with a sum of all that an entry says and of its dates, by which
    /// it is seen when a disk changes any of it.
    pub(super) fn summed(&self, dates: Dates) -> String {
        let bare = self.json.strip_suffix('}').unwrap_or(&self.json);
        format!("{bare}{SUM}{}\"}}", self.sum(dates))
    }

    fn sum(&self, Dates { published, updated }: Dates) -> String {
        let mut hash = blake3::Hasher::new();
        for part in [&self.title, &self.json, &self.body] {
            hash.update(&part.len().to_le_bytes())
                .update(part.as_bytes());
        }
        for date in [published, updated] {
            hash.update(&date.as_microsecond().to_le_bytes());
        }
        hash.finalize().to_hex()[..SUM_LENGTH].to_owned()
    }

    /// The same as `read`, of an entry with these dates: an error when any of it
    /// is not as it was written.
    pub(super) fn read_whole(row: &Row<'_>, first: usize, dates: Dates) -> Result<Self> {
        let stored: String = row.get(first + 1)?;
        let columns = Self::read(row, first)?;
        // What an older program wrote has no sum.
        if stored != columns.json && stored != columns.summed(dates) {
            let text = "an entry is not as it was written".into();
            return Err(rusqlite::Error::FromSqlConversionFailure(
                first,
                Type::Text,
                text,
            ));
        }
        Ok(columns)
    }

    /// The three columns from `first` on.
    pub(super) fn read(row: &Row<'_>, first: usize) -> Result<Self> {
        Ok(Self {
            title: row.get(first)?,
            json: without_sum(row.get(first + 1)?),
            body: row.get(first + 2)?,
        })
    }

    pub(super) fn into_digest(self) -> Result<Digest> {
        let mut digest = json::read(&self.json).map_err(|source| {
            rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(source))
        })?;
        digest.title = self.title;
        digest.body.plain = self.body;
        Ok(digest)
    }
}

/// What stands before the sum in the JSON, which is the last that does.
const SUM: &str = ",\"sum\":\"";

const SUM_LENGTH: usize = 16;

fn without_sum(mut json: String) -> String {
    let start = json.len().checked_sub(SUM.len() + SUM_LENGTH + 2);
    if let Some(start) = start.filter(|start| {
        json[..]
            .get(*start..)
            .is_some_and(|end| end.starts_with(SUM))
    }) {
        json.truncate(start);
        json.push('}');
    }
    json
}

/// A stamp from the four columns from `first` on. Sizes and file numbers are
/// stored bit for bit; those past 2^63 look negative in the database.
pub(super) fn stamp(row: &Row<'_>, first: usize) -> Result<Stamp> {
    Ok(Stamp {
        size: row.get::<_, i64>(first)?.cast_unsigned(),
        modified: row.get(first + 1)?,
        changed: row.get(first + 2)?,
        inode: row.get::<_, i64>(first + 3)?.cast_unsigned(),
    })
}
