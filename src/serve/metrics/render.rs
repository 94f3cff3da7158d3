//! Which metrics there are: their names, units and meanings.
//!
//! Dashboards and alerts of other people stand on these names, so none is ever
//! changed.

use super::{
    Form, Metrics, Told,
    process::{self, Process},
    text::{Family, Text},
};
use crate::catalogue::store::Counts;

/// How the requests to a hub end.
const ANSWERS: [&str; 3] = ["told", "failed", "refused"];

pub(super) fn render(metrics: &Metrics, told: &Told, counts: Counts, form: Form) -> String {
    let mut text = Text::new(form);
    build(&mut text);
    service(&mut text, metrics, told);
    watching(&mut text, metrics);
    catalogue(&mut text, counts);
    faults(&mut text, told);
    hubs(&mut text, told);
    http(&mut text, metrics);
    system(&mut text, metrics, &process::look());
    text.finish()
}

fn build(text: &mut Text) {
    let family = Family::new("feedwright_build", "", "The program.");
    let pdf = if cfg!(feature = "pdf") { "yes" } else { "no" };
    let labels = [("version", env!("CARGO_PKG_VERSION")), ("pdf", pdf)];
    text.info(family, &labels);
}

fn service(text: &mut Text, metrics: &Metrics, told: &Told) {
    let ready = Family::new(
        "feedwright_ready",
        "",
        "Whether the first pass is done and the watch is alive.",
    );
    text.gauge(ready, i32::from(told.is_ready));
    let articles = Family::new(
        "feedwright_articles",
        "",
        "Articles, by what became of them.",
    );
    text.each_counter(articles, &metrics.articles);
    let digest = Family::new(
        "feedwright_digest_seconds",
        "seconds",
        "Time to read and digest one file.",
    );
    text.histogram(digest, &metrics.digest);
    let pass = Family::new(
        "feedwright_pass_seconds",
        "seconds",
        "Time of one pass: find out, take in, publish.",
    );
    text.histogram(pass, &metrics.pass);
    let passes = Family::new("feedwright_passes", "", "Passes, by how they ended.");
    text.each_counter(passes, &metrics.passes);
    let since = Family::new(
        "feedwright_pass_running_since_timestamp_seconds",
        "seconds",
        "When the pass began that goes on; nothing when none does.",
    );
    let began = told.pass_since.map(|at| at.as_microsecond() as f64 / 1e6);
    text.gauge_of(since, began);
    let published = Family::new(
        "feedwright_drop_to_publish_seconds",
        "seconds",
        "Time from the last change of a new or edited file to its published documents.",
    );
    text.histogram(published, &metrics.published);
    for (name, help, at) in [
        (
            "feedwright_last_pass_timestamp_seconds",
            "When a pass last ended well.",
            &metrics.last_pass,
        ),
        (
            "feedwright_last_publish_timestamp_seconds",
            "When documents were last written.",
            &metrics.last_publish,
        ),
    ] {
        text.gauge_of(Family::new(name, "seconds", help), at.seconds());
    }
    let documents = Family::new(
        "feedwright_documents_written",
        "",
        "Documents that were written.",
    );
    text.counter(documents, &metrics.documents);
}

fn watching(text: &mut Text, metrics: &Metrics) {
    let mode = Family::new(
        "feedwright_watch_mode",
        "",
        "How the watch folder is watched: 1 for what is so.",
    );
    text.each_gauge(mode, &metrics.watch);
    let listings = Family::new(
        "feedwright_rescans",
        "",
        "How often the whole watch folder was listed.",
    );
    text.counter(listings, &metrics.listings);
    let overflows = Family::new(
        "feedwright_event_overflows",
        "",
        "How often events were lost, so that all had to be listed.",
    );
    text.counter(overflows, &metrics.overflows);
    let waiting = Family::new(
        "feedwright_files_waiting",
        "",
        "Files that are being written, and those that cannot be read for now.",
    );
    text.each_gauge(waiting, &metrics.waiting);
}

fn catalogue(text: &mut Text, counts: Counts) {
    for (name, help, count) in [
        (
            "feedwright_entries",
            "Entries that feeds show.",
            counts.entries,
        ),
        (
            "feedwright_feeds",
            "Feeds, that of all entries included.",
            counts.feeds,
        ),
        (
            "feedwright_topics",
            "Topics that entries show.",
            counts.topics,
        ),
        (
            "feedwright_documents_due",
            "Parts of feeds, pages and lists that are to be written.",
            counts.due,
        ),
        (
            "feedwright_files_refused",
            "Files in the watch folder that cannot be taken.",
            counts.refused,
        ),
    ] {
        text.gauge(Family::new(name, "", help), count);
    }
}

fn faults(text: &mut Text, told: &Told) {
    let active = Family::new("feedwright_faults_active", "", "What fails now, by kind.");
    let faults = told.faults.iter();
    let now = faults.clone().map(|(kind, now, _)| ([*kind], *now));
    text.gauges(active, ["kind"], now);
    let seen = Family::new(
        "feedwright_faults",
        "",
        "How often something failed, by kind.",
    );
    let ever = faults.map(|(kind, _, ever)| ([*kind], *ever));
    text.counters(seen, ["kind"], ever);
}

fn hubs(text: &mut Text, told: &Told) {
    let requests = Family::new(
        "feedwright_hub_requests",
        "",
        "Requests to hubs: taken, to be tried again, and refused for good.",
    );
    let all = told.hubs.iter().flat_map(|hub| {
        let answers = ANSWERS.into_iter().zip(hub.requests);
        answers.map(|(answer, count)| ([&*hub.url, answer], count))
    });
    text.counters(requests, ["hub", "result"], all);
    let owed = Family::new(
        "feedwright_hub_documents_owed",
        "",
        "Documents that a hub is to be told of.",
    );
    let all = told.hubs.iter().map(|hub| ([&*hub.url], hub.owed));
    text.gauges(owed, ["hub"], all);
    let last = Family::new(
        "feedwright_hub_last_told_timestamp_seconds",
        "seconds",
        "When a hub was last told of something.",
    );
    let all = told.hubs.iter().filter_map(|hub| {
        let at = hub.told_at?.as_microsecond() as f64 / 1e6;
        Some(([&*hub.url], at))
    });
    text.gauges(last, ["hub"], all);
}

fn http(text: &mut Text, metrics: &Metrics) {
    let http = &metrics.http;
    let requests = Family::new(
        "feedwright_http_requests",
        "",
        "Requests that were answered, by method and status.",
    );
    let answered = http.requests();
    let answered = answered.iter();
    let answered = answered.map(|(method, code, count)| ([*method, &**code], *count));
    text.counters(requests, ["method", "code"], answered);
    let took = Family::new(
        "feedwright_http_request_seconds",
        "seconds",
        "Time to make an answer, without the way to the client.",
    );
    text.histogram(took, &http.took);
    for (name, unit, help, counter) in [
        (
            "feedwright_http_sent_bytes",
            "bytes",
            "Bytes of bodies that were sent.",
            &http.sent,
        ),
        (
            "feedwright_http_connections_accepted",
            "",
            "Connections that were accepted.",
            &http.accepted,
        ),
        (
            "feedwright_http_connections_refused",
            "",
            "Connections that were refused, since too many were open.",
            &http.refused,
        ),
        (
            "feedwright_http_rate_limited",
            "",
            "Requests that were too many of one client.",
            &http.limited,
        ),
    ] {
        text.counter(Family::new(name, unit, help), counter);
    }
    for (name, help, gauge) in [
        (
            "feedwright_http_connections_open",
            "Connections that are open.",
            &http.open,
        ),
        (
            "feedwright_http_live_clients",
            "Clients that wait for what is new (server-sent events).",
            &http.live,
        ),
    ] {
        text.gauge(Family::new(name, "", help), gauge.value());
    }
    let cache = Family::new(
        "feedwright_http_cache_requests",
        "",
        "Documents that were at hand, and those that had to be made.",
    );
    text.each_counter(cache, &http.cache);
}

/// By the names that every program has them by.
fn system(text: &mut Text, metrics: &Metrics, process: &Process) {
    let started = metrics.started.as_microsecond() as f64 / 1e6;
    let start = Family::new(
        "process_start_time_seconds",
        "seconds",
        "When the process started.",
    );
    text.gauge(start, started);
    let cpu = Family::new(
        "process_cpu_seconds",
        "seconds",
        "What the process has used of the processors.",
    );
    text.counter_of(cpu, process.cpu_seconds);
    let resident = Family::new("process_resident_memory_bytes", "bytes", "Resident memory.");
    text.gauge_of(resident, process.resident);
    let open = Family::new("process_open_fds", "", "Open file descriptors.");
    text.gauge_of(open, process.open_files);
    let most = Family::new("process_max_fds", "", "How many of them there may be.");
    text.gauge_of(most, process.most_files);
    let threads = Family::new("process_threads", "", "Threads.");
    text.gauge_of(threads, process.threads);
}
