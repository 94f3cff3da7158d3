//! All tests that go through the public API or the program, in one binary.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(missing_docs, reason = "the tests' names say what they hold")]

mod articles;
mod catalogue;
mod catalogue_channels;
mod catalogue_search;
mod catalogue_topics;
mod catalogue_view;
mod clean;
mod commands;
#[cfg(unix)]
mod commands_backup;
#[cfg(unix)]
mod commands_entries;
mod commands_generated;
mod commands_help;
mod commands_setup;
mod commands_speakers;
mod commands_topics;
mod config;
mod config_schema;
#[cfg(target_os = "linux")]
mod confined;
mod cost;
#[cfg(unix)]
mod daemon;
#[cfg(unix)]
mod daemon_topics;
mod dates;
mod documents;
mod entry;
mod extracted;
#[cfg(unix)]
mod faults_catalogue;
#[cfg(target_os = "linux")]
mod faults_clock;
mod faults_disk;
#[cfg(target_os = "linux")]
mod faults_folder;
#[cfg(target_os = "linux")]
mod faults_overflow;
#[cfg(unix)]
mod faults_store;
#[cfg(target_os = "linux")]
mod faults_writers;
mod feed;
mod fuzzed;
mod kept;
mod languages;
mod layers;
mod lead;
mod lint;
mod pipeline;
mod program;
mod publish;
mod quotes;
mod read;
mod sentences;
#[cfg(unix)]
mod serve;
#[cfg(target_os = "linux")]
mod service_command;
#[cfg(unix)]
mod service_manager;
#[cfg(unix)]
mod status;
mod summary;
#[cfg(target_os = "linux")]
mod threads;
#[cfg(unix)]
mod told;
mod topic_doubles;
mod topic_forms;
mod topics;
mod watch;
#[cfg(unix)]
mod watched;
mod websub;
mod work;
