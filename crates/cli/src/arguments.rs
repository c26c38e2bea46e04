//! What may be written on the command line.

use chokepoint_scenario::NO_STRATEGY;
use chokepoint_world::synthetic::{FEWEST, MOST};
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

mod amount;
mod choices;
mod record;

pub(crate) use amount::{Amount, Chance};
pub(crate) use choices::{AimOption, Format, Lang, PaperOption, PayerOption, ReportFormat, SearchOption};
pub(crate) use record::{BacktestOptions, CalibrateOptions, ValidationOptions};

/// What if the rare-earth chain is cut? Who stops, when, for how long, at what cost, and what would have helped.
#[derive(Debug, Parser)]
#[command(
    name = "chokepoint",
    version,
    max_term_width = 100,
    after_help = "Examples:\n  chokepoint run scenarios/dytb-halt-us.ron\n  chokepoint run scenarios/full-embargo.ron --tier brief --strategies all\n  chokepoint validate scenarios/*.ron\n  chokepoint list strategies\n\nExit status: 0 done, 1 a run failed, 2 invalid input or command line, 3 done but outside the range in which the model is known to hold, 4 a run came out differently when it was made again, 130 interrupted."
)]
pub(crate) struct Arguments {
    /// Print results as JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Say nothing but results and errors.
    #[arg(long, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a scenario: with no strategy, with each strategy, and the same replicates without the shock.
    Run(RunOptions),
    /// Hold the model against a crisis of the past: a score card, misses shown.
    Backtest(BacktestOptions),
    /// Fit what is uncertain to a crisis of the past, and write the sets that runs draw from.
    Calibrate(CalibrateOptions),
    /// Find out which assumptions move an outcome, and when it exceeds a bound.
    Sensitivity(SensitivityOptions),
    /// Compare strategies over scenarios, from the folders of finished runs.
    Compare(CompareOptions),
    /// Search the mix of strategies that avoids most within a budget.
    Portfolio(PortfolioOptions),
    /// Draw one figure of a finished run: its size, formats and language.
    Chart(ChartOptions),
    /// Write the briefing of a finished run: one HTML file for each language.
    Report(ReportOptions),
    /// Show why the lines of a sector stopped: the chain of causes in words.
    Explain(ExplainOptions),
    /// List what is there, a line each.
    List {
        /// What to list.
        what: Listed,
    },
    /// Check files and print every problem at once; for a world, also how its balance closed.
    Validate {
        /// Scenarios, strategies, worlds or histories.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Run scenarios with each rule of the short run switched off, and write the tables of docs/validation.md.
    Validation(ValidationOptions),
    /// Write a commented scenario that runs as it is.
    Init {
        /// Folder to write into.
        folder: PathBuf,
        /// Scenario to start from.
        #[arg(long, default_value = "dytb-halt-us")]
        template: String,
    },
    /// Make a finished run again from its manifest, and say whether it comes out the same or where it differs.
    Reproduce(ReproduceOptions),
    /// Run a chain made up for tests of scale: how fast, in how much memory.
    Synth(SynthOptions),
    /// Print the file format.
    Schema,
    /// Print a completion script for a shell.
    Completions {
        /// Shell.
        shell: clap_complete::Shell,
    },
    /// Print how to cite chokepoint.
    Cite,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Listed {
    /// Worlds.
    Worlds,
    /// Scenarios.
    Scenarios,
    /// Strategies.
    Strategies,
    /// Crises of the past that the model is held against.
    Histories,
    /// Uncertain parameters of the worlds.
    Parameters,
    /// Charts that a run draws.
    Charts,
}

/// A run to make again.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  chokepoint reproduce output/dytb-halt-us/manifest.json\n  chokepoint reproduce manifest-of-the-paper.json --threads 1 --out output/again"
)]
pub(crate) struct ReproduceOptions {
    /// The `manifest.json` of a run; files beside it are compared line by line where they differ.
    pub(crate) manifest: PathBuf,
    /// Threads (default: all processors). Results do not depend on it.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Keep the results in this folder. Default: they are compared and not kept.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Replace the results folder if it exists.
    #[arg(long)]
    pub(crate) force: bool,
}

/// A made-up chain.
#[derive(Debug, clap::Args)]
pub(crate) struct SynthOptions {
    /// How many agents; five links each on average.
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(i64::from(FEWEST)..=i64::from(MOST)))]
    pub(crate) agents: u32,
    /// How many weeks.
    #[arg(long, default_value_t = 104, value_parser = clap::value_parser!(u32).range(1..=1560))]
    pub(crate) weeks: u32,
    #[command(flatten)]
    pub(crate) chance: Chance,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  chokepoint run scenarios/dytb-halt-us.ron\n  chokepoint run scenarios/port-strike.ron --tier preview --strategies none\n  chokepoint run scenarios/full-embargo.ron --strategies oem-buffer --decision-dates 2025-01,2026-01,2027-01\n  chokepoint run scenarios/full-embargo.ron --replicates 500 --seed 7 --out output/embargo-7"
)]
pub(crate) struct RunOptions {
    /// Scenario file.
    pub(crate) scenario: PathBuf,
    /// Strategies by id, separated by commas; `a+b` for two together; `all` or `none`. Default: those that the scenario lists.
    #[arg(long, value_delimiter = ',')]
    pub(crate) strategies: Vec<String>,
    /// Days on which each strategy is decided instead of its own, on the same replicates: 2025-01 or 2025-01-15.
    #[arg(long, value_delimiter = ',', value_parser = day)]
    pub(crate) decision_dates: Vec<jiff::civil::Date>,
    #[command(flatten)]
    pub(crate) amount: Amount,
    /// Stop as soon as the 95 % interval of the median loss lies within so many per cent of it, both ways; the tier is then
    /// the most that is run.
    #[arg(long, value_name = "PERCENT", value_parser = per_cent, allow_negative_numbers = true)]
    pub(crate) tolerance: Option<f64>,
    /// CSV file that overrides parameters: parameter,value,unit,low,high,source,note.
    #[arg(long = "override", value_name = "FILE.csv")]
    pub(crate) overrides: Option<PathBuf>,
    /// How often finished replicates are kept on disk, so that a run that was stopped can go on; 0: after each batch of
    /// eight. Seldomer if it would take more than a twentieth of the time.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=86_400))]
    pub(crate) keep_every: u32,
    /// Folder for the results. Default: output/ID of the scenario.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Replace the results folder if it exists.
    #[arg(long)]
    pub(crate) force: bool,
}

/// A number that is one.
fn finite(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
    number.ok_or_else(|| format!("`{text}` is not a number: write 2e9 or 0.05"))
}

/// A share written as a number of per cent.
fn per_cent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').trim().parse::<f64>() {
        Ok(n) if n > 0.0 && n <= 1000.0 => Ok(n / 100.0),
        _ => Err(format!("`{text}` is not a number of per cent above zero")),
    }
}

/// An amount of money.
fn dollars(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(n) if (0.0..=1e15).contains(&n) => Ok(n),
        _ => Err(format!("`{text}` is not an amount of US dollars: write 2e9 or 2000000000")),
    }
}

/// A month of the calendar.
fn month(text: &str) -> Result<String, String> {
    match format!("{text}-01").parse::<jiff::civil::Date>() {
        Ok(day) => Ok(format!("{:04}-{:02}", day.year(), day.month())),
        Err(_) => Err(format!("`{text}` is not a month: write 2026-03")),
    }
}

/// A day, or the first of a month.
fn day(text: &str) -> Result<jiff::civil::Date, String> {
    let parsed = text.parse().or_else(|_| format!("{text}-01").parse());
    parsed.map_err(|_| format!("`{text}` is not a date: write 2025-01 or 2025-01-15"))
}

/// How sensitivity is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Method {
    /// Elementary effects of all factors: a ranking for few runs.
    Morris,
    /// Shares of variance of the factors that Morris ranks highest, alone and with all others.
    Sobol,
    /// Boxes of factors in which the outcome exceeds a bound.
    Prim,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  chokepoint sensitivity scenarios/dytb-halt-us.ron\n  chokepoint sensitivity scenarios/dytb-halt-us.ron --method sobol --factors 8 --rows 256\n  chokepoint sensitivity scenarios/dytb-halt-us.ron --method prim --above 5e9\n  chokepoint sensitivity scenarios/full-embargo.ron --strategy oem-buffer --outcome value_added_lost/CA"
)]
pub(crate) struct SensitivityOptions {
    /// Scenario file.
    pub(crate) scenario: PathBuf,
    /// How.
    #[arg(long, value_enum, default_value = "morris")]
    pub(crate) method: Method,
    /// Outcome: measure, measure/REGION, measure/REGION/sector or measure/commodity.
    #[arg(long, default_value = "value_added_lost")]
    pub(crate) outcome: String,
    /// A strategy: what it changes of the outcome, in place of the outcome itself.
    #[arg(long)]
    pub(crate) strategy: Option<String>,
    /// Trajectories of the screening; each runs the model once for every factor and once more.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub(crate) trajectories: u32,
    /// Rows of the design: for shares of variance each runs the model two times and once for every factor.
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u32).range(16..=65_536))]
    pub(crate) rows: u32,
    /// Factors whose shares of variance are taken, by the screening's rank.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub(crate) factors: u32,
    /// Bound of the outcome for boxes, in its unit. Default: the worst fifth.
    #[arg(long, value_parser = finite, allow_negative_numbers = true)]
    pub(crate) above: Option<f64>,
    #[command(flatten)]
    pub(crate) chance: Chance,
    /// CSV file that overrides parameters: parameter,value,unit,low,high,source,note.
    #[arg(long = "override", value_name = "FILE.csv")]
    pub(crate) overrides: Option<PathBuf>,
    /// Folder for the results. Default: output/ID-METHOD of the scenario.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Replace the results folder if it exists.
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  chokepoint compare output/dytb-halt-us output/full-embargo output/price-war\n  chokepoint compare output/* --out output/compared --force"
)]
pub(crate) struct CompareOptions {
    /// Folders of finished runs.
    #[arg(required = true)]
    pub(crate) folders: Vec<PathBuf>,
    /// Folder for the tables. Default: output/compare.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Replace the folder if it exists.
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  chokepoint chart output/dytb-halt-us --kind fan\n  chokepoint chart output/dytb-halt-us --kind differences --size doc --format svg,pdf --lang fr\n  chokepoint chart output/dytb-halt-us --kind heat --title \"Magnets first\""
)]
pub(crate) struct ChartOptions {
    /// Folder of a finished run.
    pub(crate) folder: PathBuf,
    /// Kind of chart: `chokepoint list charts` names them.
    #[arg(long)]
    pub(crate) kind: String,
    /// Size: `slide`, `half` (of a slide), `doc` (160 mm) or `doc-half` (78 mm).
    #[arg(long, default_value = "slide")]
    pub(crate) size: String,
    /// Formats, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "svg,png")]
    pub(crate) format: Vec<Format>,
    /// Language.
    #[arg(long, value_enum, default_value = "en")]
    pub(crate) lang: Lang,
    /// A title of your own in place of the computed one; the figure's JSON records both.
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Folder for the files. Default: `charts` in the run's folder.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Replace files that differ.
    #[arg(long)]
    pub(crate) force: bool,
}

/// What `report` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ReportOptions {
    /// Folder of a finished run.
    pub(crate) folder: PathBuf,
    /// Formats, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "html")]
    pub(crate) format: Vec<ReportFormat>,
    /// Languages, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "en")]
    pub(crate) lang: Vec<Lang>,
    /// What a PDF is printed on.
    #[arg(long, value_enum, default_value = "a4")]
    pub(crate) paper: PaperOption,
    /// Folders of `sensitivity` and `backtest` whose figures belong to it, separated by commas.
    #[arg(long, value_delimiter = ',')]
    pub(crate) with: Vec<PathBuf>,
    /// Folder for the files. Default: the run's folder.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Replace files that differ.
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  chokepoint portfolio scenarios/full-embargo.ron --budget 2e9\n  chokepoint portfolio scenarios/dytb-halt-us.ron scenarios/price-war.ron --budget 5e9 --payer all --aim regret\n  chokepoint portfolio scenarios/dytb-halt-us.ron --budget 1e9 --of oem-buffer,government-stockpile,thrifting --method exact"
)]
pub(crate) struct PortfolioOptions {
    /// Scenario files, of one world.
    #[arg(required = true)]
    pub(crate) scenarios: Vec<PathBuf>,
    /// The most that may be spent, US dollars in present value; what is left at the end does not count.
    #[arg(long, value_name = "USD", value_parser = dollars, allow_negative_numbers = true)]
    pub(crate) budget: f64,
    /// Whose money.
    #[arg(long, value_enum, default_value = "public")]
    pub(crate) payer: PayerOption,
    /// What a mix is judged by.
    #[arg(long, value_enum, default_value = "expected")]
    pub(crate) aim: AimOption,
    /// How mixes are searched.
    #[arg(long, value_enum, default_value = "greedy")]
    pub(crate) method: SearchOption,
    /// Strategies that a mix may hold. Default: every one of the world but `portfolio`, which is a mix itself.
    #[arg(long, value_delimiter = ',')]
    pub(crate) of: Vec<String>,
    /// How many replicates each mix is run with.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u32).range(16..=10_000))]
    pub(crate) replicates: u32,
    #[command(flatten)]
    pub(crate) chance: Chance,
    /// CSV file that overrides parameters: parameter,value,unit,low,high,source,note.
    #[arg(long = "override", value_name = "FILE.csv")]
    pub(crate) overrides: Option<PathBuf>,
    /// Folder for the results. Default: output/portfolio.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Replace the results folder if it exists.
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  chokepoint explain output/dytb-halt-us --sector ev --region US\n  chokepoint explain output/dytb-halt-us --sector ev --region US --month 2026-04\n  chokepoint explain output/dytb-halt-us --sector ev --region US --arm oem-buffer"
)]
pub(crate) struct ExplainOptions {
    /// Folder of a finished run.
    pub(crate) folder: PathBuf,
    /// Sector by id.
    #[arg(long)]
    pub(crate) sector: String,
    /// Region by key: CN, US, EU, JP, CA, AU or ROW in the shipped worlds.
    #[arg(long)]
    pub(crate) region: String,
    /// Only what first stops in this month: 2026-03.
    #[arg(long, value_parser = month)]
    pub(crate) month: Option<String>,
    /// Arm: `no-strategy`, or a strategy.
    #[arg(long, default_value = NO_STRATEGY)]
    pub(crate) arm: String,
}
