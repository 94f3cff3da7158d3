//! Serving: documents, pages and what watches over the daemon, over HTTP.

pub mod health;
pub mod metrics;
