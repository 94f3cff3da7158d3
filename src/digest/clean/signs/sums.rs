//! Sums over lines, so that those of any window are one subtraction.

/// For each line the sum of all before it, and that of all lines.
pub(super) struct Sums(Vec<f32>);

impl Sums {
    pub(super) fn new(values: impl Iterator<Item = f32>) -> Self {
        let sums = values.scan(0.0, |sum, value| {
            *sum += value;
            Some(*sum)
        });
        Self([0.0].into_iter().chain(sums).collect())
    }

    /// Of so many lines before this one.
    pub(super) fn before(&self, at: usize, count: usize) -> f32 {
        self.0[at] - self.0[at.saturating_sub(count)]
    }

    /// Of so many lines after this one.
    pub(super) fn after(&self, at: usize, count: usize) -> f32 {
        let last = self.0.len() - 1;
        self.0[(at + 1 + count).min(last)] - self.0[at + 1]
    }
}
