//! Options of the commands that hold the model against what is known: `backtest`, `calibrate`, `validation`.

use super::amount::{Amount, Chance};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  chokepoint backtest 2010\n  chokepoint backtest 2010 --prior --out output/prior"
)]
pub(crate) struct BacktestOptions {
    /// History: its id, the year in it, or a file.
    #[arg(default_value = "2010")]
    pub(crate) history: String,
    #[command(flatten)]
    pub(crate) amount: Amount,
    /// Also run the model with each mechanism taken out that the history lists.
    #[arg(long)]
    pub(crate) variants: bool,
    /// Take what was shipped under the quota as given, and score only prices, imports and plants: whether the quota or the
    /// prices miss.
    #[arg(long)]
    pub(crate) given_exports: bool,
    /// Draw from the priors, not from what was fitted.
    #[arg(long)]
    pub(crate) prior: bool,
    /// CSV file that overrides parameters: parameter,value,unit,low,high,source,note.
    #[arg(long = "override", value_name = "FILE.csv")]
    pub(crate) overrides: Option<PathBuf>,
    /// Folder for the results. Default: output/backtest-ID.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Replace the results folder if it exists.
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  chokepoint calibrate 2010 --force\n  chokepoint calibrate 2010 --candidates 512 --kept 64 --rounds 3 --out /tmp/fit"
)]
pub(crate) struct CalibrateOptions {
    /// Histories, fitted together if there are several: ids, the years in them, or files.
    #[arg(default_value = "2010")]
    pub(crate) histories: Vec<String>,
    /// Draws from the priors, of which the nearest are kept.
    #[arg(long, default_value_t = 4096, value_parser = clap::value_parser!(u32).range(16..=1_000_000))]
    pub(crate) candidates: u32,
    /// Sets that are kept.
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u32).range(8..=100_000))]
    pub(crate) kept: u32,
    /// Most rounds after the first.
    #[arg(long, default_value_t = 18, value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub(crate) rounds: u32,
    /// Steps by which a copied set is moved in a round.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(crate) steps: u32,
    #[command(flatten)]
    pub(crate) chance: Chance,
    /// Folder for the fitted sets. Default: `posteriors` of the library, where runs find them.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Replace fitted sets that are there.
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  chokepoint validation --replicates 64\n  chokepoint validation scenarios/full-embargo.ron --tier preview"
)]
pub(crate) struct ValidationOptions {
    /// Scenarios. Default: all of the library.
    pub(crate) scenarios: Vec<PathBuf>,
    /// Measure nothing: put the figures and tables of this folder into its `page.part`, and write the page beside the folder.
    #[arg(long, value_name = "FOLDER", conflicts_with = "scenarios")]
    pub(crate) page: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) amount: Amount,
    /// Folder for the tables. Default: output/validation.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Replace the folder if it exists.
    #[arg(long)]
    pub(crate) force: bool,
}
