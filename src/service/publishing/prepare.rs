//! What has to be written anew although no entry changed.

use crate::{
    catalogue::{Due, Record, Written},
    feed, publish,
    service::worker::Worker,
};
use std::collections::BTreeSet;

/// The name of what the documents on disk were laid out with.
const LAYOUT: &str = "feed-layout";

impl Worker {
    /// Makes due what is not on disk as it was published, since somebody removed
    /// or changed it or a disk lost it; and everything, if documents are laid
    /// out otherwise than before. The feed of all entries is looked at in any
    /// case.
    pub(in crate::service) fn look_after_documents(&mut self) -> anyhow::Result<()> {
        let layout = format!("{} {:?}", feed::VERSION, self.config.feed);
        if self.catalogue.meta(LAYOUT)?.as_deref() != Some(&*layout) {
            self.catalogue.everything_is_due()?;
            self.catalogue.set_meta(LAYOUT, &layout)?;
            return Ok(());
        }
        let folder = &self.config.service.feeds_folder;
        let documents = self.catalogue.documents()?;
        let written: Vec<&Written> = documents.iter().map(|(one, _)| one).collect();
        let in_doubt = self.in_doubt_since(&written)?;
        let is_lost = |one: &Written| {
            in_doubt.is_some_and(|since| one.modified >= since)
                || !publish::is_untouched(folder, &one.name, one.size, one.modified)
        };
        let documents = documents.into_iter();
        let lost: BTreeSet<Due> = documents
            .filter_map(|(one, due)| is_lost(&one).then_some(due))
            .collect();
        self.catalogue.make_due(&Vec::from_iter(lost))?;
        self.note_boot()
    }

    /// Tells the catalogue which feeds there shall be, and looks after the
    /// documents, unless that was done since the settings changed.
    pub(in crate::service) fn prepare(&mut self) -> anyhow::Result<()> {
        if self.prepared {
            return Ok(());
        }
        let settings = crate::catalogue::Settings {
            id: self.feed_id.clone(),
            alias: self
                .config
                .digest
                .topics
                .aliases()
                .map(|(form, label)| (form.to_owned(), label.to_owned()))
                .collect(),
            ..self.config.feeds.clone()
        };
        self.catalogue
            .apply(&[Record::Settings(Box::new(settings))])?;
        self.look_after_documents()?;
        self.prepared = true;
        Ok(())
    }
}
