//! Chance is addressed, not consumed: every draw is a function of (seed, replicate, stream, entity, week).
//!
//! The same replicate therefore meets every strategy, replicate 17 alone equals replicate 17 of 10,000, and an
//! added plant moves nobody's random variation: an entity is keyed by a hash of its id string, never by its index.
//!
//! The generator is Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).

use crate::lanes;
use core::convert::Infallible;

/// What a draw is for. A new stream never shifts an old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Stream {
    /// Week-to-week demand of a final producer.
    Demand = 1,
    /// Unplanned outage of a facility: whether one starts.
    Outage = 2,
    /// An uncertain parameter of the world or of an event.
    Parameter = 3,
    /// Resampling of replicates.
    Bootstrap = 4,
    /// A candidate of a calibration.
    Calibration = 5,
    /// A design of a sensitivity analysis, and its resampling.
    Design = 6,
    /// A chain made up for tests of scale.
    Synthetic = 7,
}

/// The key of an entity: FNV-1a (64 bit) of its id string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entity(pub u64);

impl Entity {
    /// The key of the entity that is called `id`.
    pub fn named(id: &str) -> Self {
        Self(fnv1a(id.bytes()))
    }
}

/// FNV-1a (64 bit) of some bytes.
pub fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// All random variation of one replicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    seed: u64,
    replicate: u32,
}

impl Chance {
    /// The random variation of `replicate` under `seed`.
    pub fn new(seed: u64, replicate: u32) -> Self {
        Self { seed, replicate }
    }

    /// Two uniforms in (0, 1) for an entity in a week, each with 53 bits.
    #[inline]
    pub fn uniforms(self, stream: Stream, entity: Entity, week: u32) -> [f64; 2] {
        let [a, b, c, d] = philox4x32(
            [week, stream as u32 ^ (self.seed >> 32) as u32, entity.0 as u32, (entity.0 >> 32) as u32],
            [self.seed as u32, self.replicate],
        );
        [open_unit(a, b), open_unit(c, d)]
    }

    /// One uniform in (0, 1) for an entity in a week.
    #[inline]
    pub fn uniform(self, stream: Stream, entity: Entity, week: u32) -> f64 {
        self.uniforms(stream, entity, week)[0]
    }

    /// A generator for code that wants a sequence through `rand`'s traits; it stands at (stream, entity).
    pub fn sequence(self, stream: Stream, entity: Entity) -> Sequence {
        Sequence { chance: self, stream, entity, block: 0, spare: None }
    }
}

/// A sequence of draws at one address, for use through `rand`'s traits.
#[derive(Clone, Debug)]
pub struct Sequence {
    chance: Chance,
    stream: Stream,
    entity: Entity,
    block: u32,
    spare: Option<u64>,
}

impl rand_core::TryRng for Sequence {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| word as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        if let Some(word) = self.spare.take() {
            return Ok(word);
        }
        let Chance { seed, replicate } = self.chance;
        let [a, b, c, d] = philox4x32(
            [
                self.block,
                self.stream as u32 ^ (seed >> 32) as u32,
                self.entity.0 as u32,
                (self.entity.0 >> 32) as u32,
            ],
            [seed as u32, replicate],
        );
        self.block = self.block.wrapping_add(1);
        self.spare = Some(u64::from(c) << 32 | u64::from(d));
        Ok(u64::from(a) << 32 | u64::from(b))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

/// 53 bits as a number in (0, 1): never 0, never 1.
#[inline(always)]
fn open_unit(high: u32, low: u32) -> f64 {
    let bits = (u64::from(high) << 32 | u64::from(low)) >> 12;
    (bits as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
}

/// One block of Philox4x32 with ten rounds.
#[inline]
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [mut a, mut b, mut c, mut d] = counter;
    let [mut k0, mut k1] = key;
    for _ in 0..10 {
        let p0 = u64::from(a) * 0xD251_1F53;
        let p1 = u64::from(c) * 0xCD9E_8D57;
        [a, b, c, d] = [(p1 >> 32) as u32 ^ b ^ k0, p1 as u32, (p0 >> 32) as u32 ^ d ^ k1, p0 as u32];
        k0 = k0.wrapping_add(0x9E37_79B9);
        k1 = k1.wrapping_add(0xBB67_AE85);
    }
    [a, b, c, d]
}

/// Inverse of the standard normal distribution function, relative error below 1e-9
/// (P. J. Acklam's rational approximation).
#[inline]
pub fn normal_quantile(u: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] =
        [7.784_695_709_041_462e-3, 3.224_671_290_700_398e-1, 2.445_134_137_142_996, 3.754_408_661_907_416];
    const LOW: f64 = 0.02425;
    let tail = |q: f64| {
        (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5])
            / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0)
    };
    if u < LOW {
        tail((-2.0 * lanes::ln(u)).sqrt())
    } else if u > 1.0 - LOW {
        -tail((-2.0 * lanes::ln(1.0 - u)).sqrt())
    } else {
        let q = u - 0.5;
        let r = q * q;
        (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q
            / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1.0)
    }
}

/// A distribution that is drawn through its inverse from one uniform.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distribution {
    /// One value for certain.
    Fixed(f64),
    /// Every value between `low` and `high` alike.
    Uniform {
        /// Least value.
        low: f64,
        /// Greatest value.
        high: f64,
    },
    /// A triangle over `low` to `high` with its peak at `mode`.
    Triangular {
        /// Least value.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Greatest value.
        high: f64,
    },
    /// Log-normal, given by its 5th percentile, median and 95th percentile (the spread of each half its own).
    LogNormal {
        /// 5th percentile, above zero.
        p5: f64,
        /// Median.
        median: f64,
        /// 95th percentile.
        p95: f64,
    },
}

impl Distribution {
    /// The value at the cumulative probability `u` in (0, 1).
    pub fn quantile(self, u: f64) -> f64 {
        match self {
            Self::Fixed(value) => value,
            Self::Uniform { low, high } => low + u * (high - low),
            Self::Triangular { low, mode, high } => {
                let width = high - low;
                if width <= 0.0 {
                    return mode;
                }
                let left = (mode - low) / width;
                if u < left {
                    low + (u * width * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - u) * width * (high - mode)).sqrt()
                }
            }
            Self::LogNormal { p5, median, p95 } => {
                const Z95: f64 = 1.644_853_626_951_472_2;
                let z = normal_quantile(u);
                let half = if z < 0.0 { lanes::ln(median / p5) } else { lanes::ln(p95 / median) };
                median * lanes::exp(z * half / Z95)
            }
        }
    }

    /// The central value: the median for a log-normal, the mode for a triangle, the middle of a uniform.
    pub fn central(self) -> f64 {
        match self {
            Self::Fixed(value) => value,
            Self::Uniform { low, high } => 0.5 * (low + high),
            Self::Triangular { mode, .. } => mode,
            Self::LogNormal { median, .. } => median,
        }
    }

    /// Least and greatest value that is reported for it (5th and 95th percentile for a log-normal).
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::Fixed(value) => (value, value),
            Self::Uniform { low, high } | Self::Triangular { low, high, .. } => (low, high),
            Self::LogNormal { p5, p95, .. } => (p5, p95),
        }
    }
}

/// Replicates of a block: each block of so many, from a multiple of it on, is a Latin hypercube.
pub const BLOCK: u32 = 256;

/// The coordinate of an uncertain parameter in a replicate: a point of a Latin hypercube that is found by its address.
///
/// Each parameter has a dimension of its own, found from its *name* alone. A block of 256 replicates fills the 256 equal
/// cells of a dimension once, in an order drawn for the block; each cell then fills its own 256 parts over as many blocks.
/// Replicate `r` has the same point however many replicates ran.
///
/// ```text
/// r = low + 256·high;   cell = π_high(low);   part = π_cell(high mod 256)       π: permutations drawn for the name
/// u = (cell + (part + v)/256)/256                                                  v uniform in (0, 1)
/// ```
///
/// Orders of two names are independent, so the correlation of two dimensions over `n` replicates has the standard deviation
/// of independent draws, 1/√(n − 1) up to 256 and within 0.2 % of it beyond. A nested scramble in base 2, in which each
/// pair of replicates lies in opposite halves of every dimension, has 1.25/√n.
pub fn coordinate(seed: u64, replicate: u32, name: &str) -> f64 {
    let Entity(name) = Entity::named(name);
    let [a, b, c, d] = philox4x32(
        [name as u32, (name >> 32) as u32, Stream::Parameter as u32, 0],
        [seed as u32, (seed >> 32) as u32],
    );
    let (low, high) = (replicate % BLOCK, replicate / BLOCK);
    let cell = place_in_order(low, [0, high], [a, b]);
    let part = place_in_order(high % BLOCK, [1 + cell, high / BLOCK], [a, b]);
    let [e, f, ..] = philox4x32([replicate, 0, 0, 1], [c, d]);
    let cells = f64::from(BLOCK);
    (f64::from(cell) + (f64::from(part) + open_unit(e, f)) / cells) / cells
}

/// Where a random permutation of the numbers below [`BLOCK`] puts one of them (Fisher and Yates); the permutation is found
/// by its address.
fn place_in_order(of: u32, [one, other]: [u32; 2], key: [u32; 2]) -> u32 {
    let mut order: [u32; BLOCK as usize] = core::array::from_fn(|k| k as u32);
    for four in 0..BLOCK / 4 {
        let words = philox4x32([one, other, four, 0], key);
        for (word, last) in words.into_iter().zip((0..BLOCK - four * 4).rev()) {
            // a word times a number below 2⁸, without its low 32 bits: even to one part in 2²⁴
            let chosen = (u64::from(word) * (u64::from(last) + 1)) >> 32;
            order.swap(last as usize, chosen as usize);
        }
    }
    order[of as usize]
}
