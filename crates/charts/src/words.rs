//! Words of a figure, what stands under it, and what is said if it cannot be drawn.

use crate::locale::{Locale, Named};
use crate::size::{Room, Size};
use serde::{Deserialize, Serialize};

/// A chart could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing library refused.
    #[error("cannot draw `{name}`: {reason}")]
    Draw {
        /// Figure.
        name: String,
        /// Why not.
        reason: String,
    },
    /// The picture could not be made from the drawing.
    #[error("cannot turn `{name}` into a picture: {reason}")]
    Picture {
        /// Figure.
        name: String,
        /// Why not.
        reason: String,
    },
}

/// Words of a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The finding.
    pub title: String,
    /// Measure, unit, geography, period.
    pub subtitle: String,
    /// What is in it, for those who cannot see it: at most 140 characters.
    pub alternative: String,
    /// The same at length.
    pub description: String,
}

/// What stands under a figure: where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Version of the program.
    pub version: String,
    /// The scenario, or the crisis of the past.
    pub subject: Named,
    /// World.
    pub world: String,
    /// Runs.
    pub replicates: u32,
    /// Digest of the run.
    pub digest: String,
}

impl Credit {
    /// The source line.
    pub fn line(&self, locale: &Locale, size: Size) -> String {
        let runs = locale.number(f64::from(self.replicates), 0);
        let id = if size.room() == Room::Narrow { "source-short" } else { "source" };
        locale.say(
            id,
            &[
                ("version", &self.version),
                ("subject", &self.subject.id),
                ("world", &self.world),
                ("runs", &runs),
                ("digest", &self.digest),
            ],
        )
    }
}
