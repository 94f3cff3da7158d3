//! How the places on a page are reckoned (ISO 32000, section 8.3).

#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    pub(super) const UNIT: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// The matrix that these six numbers are.
    pub(super) fn of(numbers: &[f64]) -> Option<Self> {
        numbers.try_into().ok().map(Self)
    }

    pub(super) fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// A page that is shown turned by so many degrees, with the clock.
    pub(super) fn turned(degrees: f64) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "it saturates")]
        let degrees = (degrees as i64).rem_euclid(360);
        match degrees {
            90 => Self([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
            180 => Self([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
            270 => Self([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
            _ => Self::UNIT,
        }
    }

    /// This one first, then the other.
    pub(super) fn then(self, next: Self) -> Self {
        let one = self.0;
        let direction = |x: f64, y: f64| {
            let next = next.0;
            (x * next[0] + y * next[2], x * next[1] + y * next[3])
        };
        let (across, down) = (direction(one[0], one[1]), direction(one[2], one[3]));
        let origin = next.point(one[4], one[5]);
        Self([across.0, across.1, down.0, down.1, origin.0, origin.1])
    }

    pub(super) fn point(self, x: f64, y: f64) -> (f64, f64) {
        let own = self.0;
        (
            own[0] * x + own[2] * y + own[4],
            own[1] * x + own[3] * y + own[5],
        )
    }

    /// How wide on the page something is that is one wide.
    pub(super) fn along(self) -> f64 {
        self.0[0]
    }

    /// How high on the page something is that is one high.
    pub(super) fn height(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }

    /// Whether lines go from the left to the right.
    pub(super) fn is_upright(self) -> bool {
        self.0[0] > 0.0 && self.0[1].abs() < self.0[0] * 0.1
    }
}
