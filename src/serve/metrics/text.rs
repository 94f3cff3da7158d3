//! Metrics as text: `OpenMetrics` 1.0, and the text form of Prometheus that came
//! before it, for those who ask for no other.

use super::kinds::{Counter, Each, Gauge, Histogram, Kind};
use std::fmt::{Display, Write as _};

/// The two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `OpenMetrics` 1.0.
    OpenMetrics,
    /// The text form of Prometheus, 0.0.4: what browsers can show, too.
    Prometheus,
}

impl Form {
    /// What a client gets that accepts this.
    #[must_use]
    pub fn accepted(accept: Option<&str>) -> Self {
        let accept = accept.unwrap_or_default().to_ascii_lowercase();
        let names = |range: &str| {
            let mut parts = range.split(';').map(str::trim);
            let is_it = parts.next() == Some("application/openmetrics-text");
            let mut weights = parts.filter_map(|part| part.strip_prefix("q="));
            is_it && weights.all(|weight| weight.parse() != Ok(0.0_f32))
        };
        if accept.split(',').any(names) {
            Self::OpenMetrics
        } else {
            Self::Prometheus
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
            Self::Prometheus => "text/plain; version=0.0.4; charset=utf-8",
        }
    }
}

/// A family of metrics: those of one name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Family {
    /// Without what the kind puts behind it.
    pub(super) name: &'static str,
    /// The unit, which the name ends with.
    pub(super) unit: &'static str,
    pub(super) help: &'static str,
}

impl Family {
    pub(super) const fn new(name: &'static str, unit: &'static str, help: &'static str) -> Self {
        Self { name, unit, help }
    }
}

/// The text, as far as it is written.
pub(super) struct Text {
    form: Form,
    out: String,
}

impl Text {
    pub(super) fn new(form: Form) -> Self {
        Self {
            form,
            out: String::with_capacity(16 << 10),
        }
    }

    pub(super) fn counter(&mut self, family: Family, value: &Counter) {
        self.head(family, "counter", "_total");
        self.sample(family, "_total", &[], value.value());
    }

    /// A counter that the system keeps, if it does.
    pub(super) fn counter_of(&mut self, family: Family, value: Option<impl Display>) {
        self.head(family, "counter", "_total");
        if let Some(value) = value {
            self.sample(family, "_total", &[], value);
        }
    }

    /// A counter with labels; `samples` has their values, and the number.
    pub(super) fn counters<'a, const N: usize>(
        &mut self,
        family: Family,
        labels: [&str; N],
        samples: impl Iterator<Item = ([&'a str; N], u64)>,
    ) {
        self.head(family, "counter", "_total");
        self.labeled(family, "_total", labels, samples);
    }

    pub(super) fn each_counter<K: Kind>(&mut self, family: Family, each: &Each<K, Counter>) {
        let samples = each.all().map(|(name, value)| ([name], value.value()));
        self.counters(family, [K::LABEL], samples);
    }

    pub(super) fn gauge(&mut self, family: Family, value: impl Display) {
        self.head(family, "gauge", "");
        self.sample(family, "", &[], value);
    }

    /// A gauge, if there is anything to tell.
    pub(super) fn gauge_of(&mut self, family: Family, value: Option<impl Display>) {
        self.head(family, "gauge", "");
        if let Some(value) = value {
            self.sample(family, "", &[], value);
        }
    }

    /// A gauge with labels.
    pub(super) fn gauges<'a, const N: usize>(
        &mut self,
        family: Family,
        labels: [&str; N],
        samples: impl Iterator<Item = ([&'a str; N], impl Display)>,
    ) {
        self.head(family, "gauge", "");
        self.labeled(family, "", labels, samples);
    }

    pub(super) fn each_gauge<K: Kind>(&mut self, family: Family, each: &Each<K, Gauge>) {
        let samples = each.all().map(|(name, value)| ([name], value.value()));
        self.gauges(family, [K::LABEL], samples);
    }

    /// What never changes: labels of the number 1.
    pub(super) fn info(&mut self, family: Family, labels: &[(&str, &str)]) {
        let kind = match self.form {
            Form::OpenMetrics => "info",
            Form::Prometheus => "gauge",
        };
        self.head(family, kind, "_info");
        self.sample(family, "_info", labels, 1);
    }

    pub(super) fn histogram(&mut self, family: Family, histogram: &Histogram) {
        self.head(family, "histogram", "");
        let (bounded, all) = histogram.cumulated();
        for (bound, count) in bounded {
            // `{:?}` writes whole numbers as `1.0`, as the standard asks.
            let bound = format!("{bound:?}");
            self.sample(family, "_bucket", &[("le", &bound)], count);
        }
        self.sample(family, "_bucket", &[("le", "+Inf")], all);
        self.sample(family, "_count", &[], all);
        self.sample(family, "_sum", &[], histogram.seconds());
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> String {
        if self.form == Form::OpenMetrics {
            self.out.push_str("# EOF\n");
        }
        self.out
    }

    fn labeled<'a, const N: usize>(
        &mut self,
        family: Family,
        suffix: &str,
        labels: [&str; N],
        samples: impl Iterator<Item = ([&'a str; N], impl Display)>,
    ) {
        for (values, number) in samples {
            let pairs: [(&str, &str); N] = std::array::from_fn(|at| (labels[at], values[at]));
            self.sample(family, suffix, &pairs, number);
        }
    }

    /// What the family is. The older form calls it by the name of its samples.
    fn head(&mut self, family: Family, kind: &str, suffix: &str) {
        let Family { name, unit, help } = family;
        let suffix = match self.form {
            Form::OpenMetrics => "",
            Form::Prometheus => suffix,
        };
        self.line(format_args!("# TYPE {name}{suffix} {kind}"));
        if self.form == Form::OpenMetrics && !unit.is_empty() {
            self.line(format_args!("# UNIT {name} {unit}"));
        }
        self.line(format_args!("# HELP {name}{suffix} {help}"));
    }

    fn sample(
        &mut self,
        family: Family,
        suffix: &str,
        labels: &[(&str, &str)],
        value: impl Display,
    ) {
        let name = family.name;
        if labels.is_empty() {
            return self.line(format_args!("{name}{suffix} {value}"));
        }
        let pairs = labels.iter();
        let pairs = pairs.map(|(label, value)| format!("{label}=\"{}\"", escaped(value)));
        let pairs: Vec<_> = pairs.collect();
        let pairs = pairs.join(",");
        self.line(format_args!("{name}{suffix}{{{pairs}}} {value}"));
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "{line}");
    }
}

/// The value of a label, as it is written.
fn escaped(value: &str) -> String {
    let value = value.replace('\\', "\\\\").replace('"', "\\\"");
    value.replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const FAMILY: Family = Family::new("a_seconds", "seconds", "How long.");

    fn text(form: Form, write: impl Fn(&mut Text)) -> String {
        let mut text = Text::new(form);
        write(&mut text);
        text.finish()
    }

    #[test]
    fn both_forms_name_families_as_they_ask() {
        let write = |text: &mut Text| {
            let counter = Counter::default();
            counter.add(3);
            text.counter(FAMILY, &counter);
            text.info(Family::new("b", "", "What."), &[("c", "x\\y\"z\n")]);
        };
        assert_eq!(
            text(Form::OpenMetrics, write),
            "# TYPE a_seconds counter\n# UNIT a_seconds seconds\n# HELP a_seconds How long.\n\
             a_seconds_total 3\n# TYPE b info\n# HELP b What.\nb_info{c=\"x\\\\y\\\"z\\n\"} 1\n\
             # EOF\n"
        );
        assert_eq!(
            text(Form::Prometheus, write),
            "# TYPE a_seconds_total counter\n# HELP a_seconds_total How long.\na_seconds_total 3\n\
             # TYPE b_info gauge\n# HELP b_info What.\nb_info{c=\"x\\\\y\\\"z\\n\"} 1\n"
        );
    }

    #[test]
    fn a_histogram_ends_with_what_is_beyond_all_bounds() {
        let histogram = Histogram::new(&[0.005, 1.0]);
        histogram.observe(Duration::from_millis(500));
        histogram.observe(Duration::from_secs(2));
        let text = text(Form::OpenMetrics, |text| text.histogram(FAMILY, &histogram));
        let samples: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(
            samples,
            [
                "a_seconds_bucket{le=\"0.005\"} 0",
                "a_seconds_bucket{le=\"1.0\"} 1",
                "a_seconds_bucket{le=\"+Inf\"} 2",
                "a_seconds_count 2",
                "a_seconds_sum 2.5"
            ]
        );
    }

    #[test]
    fn a_client_gets_the_form_that_it_accepts() {
        let prometheus = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,\
                          text/plain;version=0.0.4;q=0.4,*/*;q=0.3";
        assert_eq!(Form::accepted(Some(prometheus)), Form::OpenMetrics);
        for other in [
            None,
            Some(""),
            Some("*/*"),
            Some("text/html,application/xml;q=0.9"),
            Some("application/openmetrics-text;q=0, text/plain"),
        ] {
            assert_eq!(Form::accepted(other), Form::Prometheus, "{other:?}");
        }
    }
}
