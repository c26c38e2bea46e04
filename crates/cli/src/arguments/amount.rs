//! How many replicates, with which seed, on how many threads.

use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::runner::{MOST_REPLICATES, Settings};
use clap::ValueEnum;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Tier {
    /// 32 replicates: a look.
    Preview,
    /// 256 replicates.
    Standard,
    /// 1,000 replicates: for a briefing.
    Brief,
    /// 4,000 replicates: for publication.
    Publish,
}

impl Tier {
    fn replicates(self) -> u32 {
        match self {
            Self::Preview => 32,
            Self::Standard => 256,
            Self::Brief => 1000,
            Self::Publish => 4000,
        }
    }
}

/// Seed and threads.
#[derive(Debug, clap::Args)]
pub(crate) struct Chance {
    /// Seed of all chance.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Threads (default: all processors). Results do not depend on it.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// How many replicates.
#[derive(Debug, clap::Args)]
pub(crate) struct Amount {
    /// How many replicates.
    #[arg(long, value_enum, default_value = "standard")]
    tier: Tier,
    /// How many replicates, exactly (overrides the tier).
    #[arg(long, value_parser = clap::value_parser!(u32).range(2..=i64::from(MOST_REPLICATES)))]
    replicates: Option<u32>,
    #[command(flatten)]
    pub(crate) chance: Chance,
}

impl Amount {
    /// What a Monte Carlo is reported.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            replicates: self.replicates.unwrap_or(self.tier.replicates()),
            seed: self.chance.seed,
            uncertainty: Uncertainty::FULL,
        }
    }
}
