//! The kinds of metrics: numbers that many threads raise and one reads. None
//! has a lock, and to count is one addition.

use std::{
    marker::PhantomData,
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::{self, Duration},
};

/// What only grows, as long as the process lives.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// One more.
    pub fn count(&self) {
        self.add(1);
    }

    /// So many more.
    pub fn add(&self, more: u64) {
        // Nothing else follows from what is counted.
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    /// Takes over what somebody else counts.
    pub fn raise_to(&self, count: u64) {
        self.0.fetch_max(count, Ordering::Relaxed);
    }

    /// How many there were.
    #[must_use]
    pub fn value(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What goes up and down.
#[derive(Debug, Default)]
pub struct Gauge(AtomicI64);

impl Gauge {
    /// It is so much now.
    pub fn set(&self, value: usize) {
        let value = i64::try_from(value).unwrap_or(i64::MAX);
        self.0.store(value, Ordering::Relaxed);
    }

    /// One more.
    pub fn up(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// One less.
    pub fn down(&self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }

    /// How much it is.
    #[must_use]
    pub fn value(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// An instant, in microseconds since 1970; 0 for none.
#[derive(Debug, Default)]
pub struct Instant(AtomicI64);

impl Instant {
    /// It was then.
    pub fn set(&self, at: jiff::Timestamp) {
        self.0.store(at.as_microsecond(), Ordering::Relaxed);
    }

    /// In seconds since 1970, if it was ever set.
    pub(super) fn seconds(&self) -> Option<f64> {
        let micros = self.0.load(Ordering::Relaxed);
        (micros != 0).then(|| micros as f64 / 1e6)
    }
}

/// A closed list of what is told apart by a label.
pub trait Kind: Copy + 'static {
    /// All of them, in the order of their numbers.
    const ALL: &'static [Self];
    /// The label's name.
    const LABEL: &'static str;
    /// Its value for this one.
    fn name(self) -> &'static str;
    /// Its number.
    fn number(self) -> usize;
}

/// A number for each of a closed list.
#[derive(Debug)]
pub struct Each<K, T> {
    values: Box<[T]>,
    kinds: PhantomData<K>,
}

impl<K: Kind, T: Default> Default for Each<K, T> {
    fn default() -> Self {
        Self {
            values: K::ALL.iter().map(|_| T::default()).collect(),
            kinds: PhantomData,
        }
    }
}

impl<K: Kind, T> Each<K, T> {
    /// That of one of them.
    #[must_use]
    pub fn of(&self, kind: K) -> &T {
        &self.values[kind.number()]
    }

    /// All of them, with the value of their label.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'static str, &T)> {
        K::ALL.iter().map(|kind| kind.name()).zip(&self.values)
    }
}

/// How long something takes, by how often it took up to so long.
#[derive(Debug)]
pub struct Histogram {
    /// In seconds, ascending; there is one more bucket than there are bounds.
    bounds: &'static [f64],
    buckets: Box<[AtomicU64]>,
    /// Of all that was observed. 500 years before it is full.
    nanoseconds: AtomicU64,
}

impl Histogram {
    pub(super) fn new(bounds: &'static [f64]) -> Self {
        Self {
            bounds,
            buckets: (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect(),
            nanoseconds: AtomicU64::new(0),
        }
    }

    /// Does something, and observes how long it takes.
    pub fn time<T>(&self, work: impl FnOnce() -> T) -> T {
        let began = time::Instant::now();
        let done = work();
        self.observe(began.elapsed());
        done
    }

    /// It took so long once.
    pub fn observe(&self, took: Duration) {
        let seconds = took.as_secs_f64();
        let bucket = self.bounds.partition_point(|bound| *bound < seconds);
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        let nanoseconds = took.as_nanos().try_into().unwrap_or(u64::MAX);
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
    }

    /// How often it took no longer than each bound, and how often in all. They
    /// are read once each, so that they never contradict each other.
    pub(super) fn cumulated(&self) -> (Vec<(f64, u64)>, u64) {
        let mut so_far = 0;
        let mut next = |bucket: &AtomicU64| {
            so_far += bucket.load(Ordering::Relaxed);
            so_far
        };
        let bounded = self.bounds.iter().zip(&self.buckets);
        let bounded = bounded
            .map(|(bound, bucket)| (*bound, next(bucket)))
            .collect();
        let all = self.buckets.last().map_or(0, &mut next);
        (bounded, all)
    }

    pub(super) fn seconds(&self) -> f64 {
        Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed)).as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_part_of_its_bucket() {
        let histogram = Histogram::new(&[0.5, 1.0]);
        for millis in [0, 500, 501, 1_000, 1_001, 90_000] {
            histogram.observe(Duration::from_millis(millis));
        }
        assert_eq!(histogram.cumulated(), (vec![(0.5, 2), (1.0, 4)], 6));
        assert!((histogram.seconds() - 93.002).abs() < 1e-9);
    }
}
