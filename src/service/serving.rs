//! The server beside the loop: when it shows what.
//!
//! A pass changes the catalogue bit by bit. For as long as it does, the server
//! goes on showing what was there before.

use super::{pass::Report, worker::Worker};
use crate::{
    config::Config,
    serve::{Address, Server, Settings, Site},
};
use std::sync::Arc;

/// The server, and what it shows.
#[derive(Debug)]
pub(super) struct Serving {
    pub(super) site: Arc<Site>,
    server: Option<Server>,
    settings: Settings,
}

impl Serving {
    /// Begins to serve what the worker has published, as far as it is whole.
    pub(super) fn start(worker: &mut Worker) -> Self {
        let Config { feed, serve, .. } = worker.config();
        let settings = serve.clone();
        let folder = worker.config().service.state_folder.clone();
        let site = Arc::new(Site::new(
            folder,
            feed.clone(),
            settings.trusted.clone(),
            Arc::clone(&worker.metrics),
        ));
        worker.site = Some(Arc::clone(&site));
        worker.push.is_wanted = true;
        worker.show_if_whole();
        let server = Server::start(&settings, Arc::clone(&site));
        let server = server
            .inspect_err(|error| tracing::error!("there is no server: {error}; start it anew"))
            .ok();
        Self {
            site,
            server,
            settings,
        }
    }

    /// Where it can be reached.
    pub(super) fn addresses(&self) -> &[Address] {
        self.server.as_ref().map_or(&[], Server::addresses)
    }

    /// Takes other settings over.
    pub(super) fn set(&mut self, config: &Config) {
        self.site
            .set(config.feed.clone(), config.serve.trusted.clone());
        if let Some(server) = &self.server
            && self.settings.listen != config.serve.listen
        {
            server.listen(&config.serve);
        }
        self.settings = config.serve.clone();
    }

    /// Takes no more requests.
    pub(super) fn end(&self) {
        if let Some(server) = &self.server {
            server.end();
        }
    }

    /// Waits for what is being sent, and leaves the catalogue alone.
    pub(super) fn stop(&mut self) {
        self.server = None;
        self.site.close();
    }
}

impl Worker {
    /// Shows what there is, unless a process that ended in the middle of a go
    /// left it so.
    fn show_if_whole(&self) {
        let is_whole = self.catalogue.is_between_rounds().unwrap_or_default();
        if let Some(site) = self.site.as_ref().filter(|_| is_whole) {
            site.show(std::iter::empty());
        }
    }

    /// The server goes on showing what there is now.
    pub(super) fn hold_site(&self) {
        let Some(site) = &self.site else { return };
        // A damaged catalogue is put away, and after a fault what is beside it
        // is moved into it, which nobody may be reading.
        if self.catalogue.is_shaken() {
            site.close();
        } else {
            site.hold();
        }
    }

    /// The server shows what there is now.
    pub(super) fn show_site(&mut self, report: &Report) {
        let Some(site) = &self.site else { return };
        if self.catalogue.is_shaken() {
            return site.close();
        }
        let changed = report.written.iter().chain(&self.notes.removed);
        site.show(changed.map(String::as_str));
        self.notes.removed.clear();
    }
}
