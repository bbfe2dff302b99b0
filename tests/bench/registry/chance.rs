//! Random numbers that are the same for the same seed, on every run and in any order of studies.
//!
//! It knows distributions, but not what is distributed.

/// A stream of random numbers (`SplitMix64`). Fixed here, so that no update of a library changes a registry.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The numbers of one `stream` (a study, a value) under `seed`.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut chance = Self(seed ^ stream.wrapping_mul(0xd134_2543_de82_ef95));
        chance.bits();
        chance
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// From 0 to below 1.
    pub(crate) fn unit(&mut self) -> f64 {
        f64::from((self.bits() >> 32) as u32) / 4_294_967_296.0
    }

    /// From 0 to below `limit`, which must not be 0.
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(limit)) >> 32) as u32
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// True in this share of all cases.
    pub(crate) fn share(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u32) as usize]
    }

    /// One of the things, each as often as its weight says.
    pub(crate) fn weighted<T: Copy>(&mut self, of: &[(T, f64)]) -> T {
        let mut left = self.unit() * of.iter().map(|(_, weight)| weight).sum::<f64>();
        for &(thing, weight) in of {
            left -= weight;
            if left < 0.0 {
                return thing;
            }
        }
        of[of.len() - 1].0
    }

    /// Log-normal with median 1; `spread` is the deviation of its logarithm.
    pub(crate) fn factor(&mut self, spread: f64) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        (spread * radius * (std::f64::consts::TAU * self.unit()).cos()).exp()
    }

    /// A count, log-normal about `median`.
    pub(crate) fn about(&mut self, median: f64, spread: f64) -> u32 {
        whole(median * self.factor(spread) + 0.5)
    }

    /// A count from 1 to `most` that exceeds `x` in about `x.powf(-exponent)` of all cases.
    pub(crate) fn tail(&mut self, exponent: f64, most: u32) -> u32 {
        whole((1.0 - self.unit()).powf(-exponent.recip())).min(most)
    }

    /// A rank below `size`, the first ones most often: rank `r` in proportion to `1 / (r + shift)`.
    pub(crate) fn rank(&mut self, size: u32, shift: f64) -> u32 {
        let reach = (f64::from(size) / shift + 1.0).ln();
        whole(shift * ((reach * self.unit()).exp() - 1.0)).min(size - 1)
    }
}

/// The whole part; 0 for anything below.
#[expect(clippy::cast_sign_loss, reason = "what is negative or no number becomes 0")]
pub(crate) fn whole(value: f64) -> u32 {
    value as u32
}

/// A place for `index` below `size` that no other index has, far from that of its neighbours.
/// `index` must be below `size`.
pub(crate) fn shuffled(index: u32, size: u32) -> u32 {
    // Prime and larger than any vocabulary, so it has no divisor in common with its size.
    const STEP: u64 = 2_654_435_761;
    (u64::from(index) * STEP % u64::from(size)) as u32
}
