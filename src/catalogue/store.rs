//! The catalogue in SQLite.
