//! A run in a page: what is lost, who stops, what each strategy changes.

use crate::break_even::BreakEvenRow;
use crate::costs::{Cost, Spending};
use crate::effects::{PairedRow, too_late};
use crate::names::Names;
use crate::outcomes::{Outcome, OutcomeKind};
use crate::pairing::{self, Finding, Paired, spread};
use crate::runner::{Ensemble, LineStop};
use crate::validity::{self, Outside};
use crate::welfare::Verdict;
use chokepoint_core::scope::Series;
use chokepoint_core::time::{NEVER, happened};
use chokepoint_scenario::Experiment;
use serde::Serialize;

/// A number with its range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Range {
    /// Median.
    pub p50: f64,
    /// 5th percentile.
    pub p5: f64,
    /// 95th percentile.
    pub p95: f64,
}

impl Range {
    /// Of values over replicates.
    pub fn of(values: &[f64]) -> Self {
        let (p5, p50, p95) = spread(values);
        Self { p50, p5, p95 }
    }
}

/// A sector of a region in which the shock stops lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectorStop {
    /// Region key.
    pub region: String,
    /// Sector id.
    pub sector: String,
    /// Share of replicates in which lines of it stop.
    pub share_stopped: f64,
    /// Weeks from the shock to its first stop, over the replicates in which it stops.
    pub first_week: Range,
    /// Greatest share of its lines that stand idle, over all replicates.
    pub idle_lines: Range,
    /// Value added lost, US dollars, against the same replicates without the shock.
    pub value_added_lost: Range,
}

/// What a strategy changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StrategyEffect {
    /// Id.
    pub strategy: String,
    /// Title.
    pub name: String,
    /// Change of the value added lost, US dollars (below zero: less is lost).
    pub median_change: f64,
    /// 95 % bootstrap interval of that median.
    pub interval: (f64, f64),
    /// 5th to 95th percentile of the change over replicates.
    pub range: (f64, f64),
    /// Share of replicates in which less is lost.
    pub share_better: f64,
    /// Cost of holding its stock from the start of the calendar to the horizon, US dollars.
    pub holding_cost: Range,
    /// What its programmes pay over the whole run less what comes back, US dollars: all payers, undiscounted.
    pub programme_cost: Range,
    /// Who pays.
    pub payer: String,
    /// Whether and from which probability of the shock on it pays for itself, all regions together; nothing if unknown.
    pub break_even: Option<BreakEvenSummary>,
    /// Whether its first effect comes after the last shock has ended (central values).
    pub too_late: bool,
    /// What may be said of the change.
    pub finding: Finding,
}

/// Whether a strategy pays for itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakEvenSummary {
    /// `pays off without a shock`, `does not break even`, `no effect` or `above`.
    pub verdict: String,
    /// Yearly probability of the shock from which on it pays, where the verdict is `above`.
    pub yearly_probability: Option<f64>,
    /// 95 % interval of it: 0 where it pays off without a shock, 1 where it does not break even.
    pub interval: (f64, f64),
    /// What having it costs in a year without the shock, US dollars: mean and its 95 % interval.
    pub baseline_premium: (f64, f64, f64),
}

/// `summary.json`: what the terminal prints.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Scenario id.
    pub scenario: String,
    /// Title.
    pub name: String,
    /// World id.
    pub world: String,
    /// Date of the first shock.
    pub shock_date: String,
    /// Replicates.
    pub replicates: u32,
    /// Seed.
    pub seed: u64,
    /// Weeks from the first shock to the horizon.
    pub horizon_weeks: u32,
    /// Year of the US dollars.
    pub currency_year: i64,
    /// Value added lost over all regions, against the same replicates without the shock.
    pub value_added_lost: Range,
    /// 95 % bootstrap interval of its median: what more replicates would narrow.
    pub median_interval: (f64, f64),
    /// Mean of the worst 5 % of replicates.
    pub tail_mean: f64,
    /// The same by region key, largest first.
    pub by_region: Vec<(String, Range)>,
    /// Sectors that stop in at least a tenth of replicates, first stop first.
    pub stops: Vec<SectorStop>,
    /// Peaks of prices paid outside, over all ways: commodity, multiple, weeks to the peak.
    pub prices: Vec<(String, Range, Range)>,
    /// Quotes of what comes round controls.
    pub quotes: Vec<QuotePeak>,
    /// Strategies, best first.
    pub strategies: Vec<StrategyEffect>,
    /// What left the bounds within which the model is known to hold.
    pub outside: Vec<Outside>,
}

/// Share of use at the reference level that is sold at a quote at least, where it counts.
pub const LEAST_SOLD: f64 = 0.001;

/// The quote of what comes round controls of a commodity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuotePeak {
    /// Commodity id.
    pub commodity: String,
    /// Highest weekly median since the shock over the mean of the medians of the four weeks before, of the weeks in which
    /// goods are sold at it.
    pub multiple: f64,
    /// Weeks from the shock to it.
    pub weeks: usize,
    /// Median in that week of what is sold at the quote, share of use at the reference level.
    pub volume: f64,
}

/// The headline of a run, what is lost without a strategy against the baseline, with the bootstrap interval of its median.
pub fn headline(experiment: &Experiment, ensemble: &Ensemble) -> Paired {
    let all = Outcome { measure: OutcomeKind::ValueAddedLost, region: None, sector: None, item: None };
    let place = ensemble.place(&all);
    let (with, without) = (ensemble.column(experiment.bare(), place), ensemble.column(0, place));
    pairing::paired(&with, &without, pairing::mean(&without), ensemble.settings.seed, "headline")
}

/// Sums the run up.
pub fn summarise(
    experiment: &Experiment,
    ensemble: &Ensemble,
    paired: &[PairedRow],
    break_even: &[BreakEvenRow],
) -> Summary {
    let none = experiment.no_strategy();
    let at = |o: Outcome| ensemble.place(&o);
    let loss = |region, sector| -> Vec<f64> {
        let outcome = at(Outcome { measure: OutcomeKind::ValueAddedLost, region, sector, item: None });
        let Some(none) = none else { return vec![0.0; ensemble.values[0].len()] };
        ensemble.column(none, outcome).iter().zip(ensemble.column(0, outcome)).map(|(a, b)| a - b).collect()
    };
    let total = loss(None, None);
    let mut by_region: Vec<(String, Range)> = (0..experiment.world.regions.len())
        .map(|r| (experiment.world.regions[r].id.clone(), Range::of(&loss(Some(r), None))))
        .collect();
    by_region.sort_by(|a, b| b.1.p50.total_cmp(&a.1.p50));
    let last = experiment.arms[0].plan.weeks;
    Summary {
        scenario: experiment.scenario.id.clone(),
        name: experiment.scenario.name.clone(),
        world: experiment.world.id.clone(),
        shock_date: experiment.shock_date().to_string(),
        replicates: ensemble.settings.replicates,
        seed: ensemble.settings.seed,
        horizon_weeks: last - experiment.scope.shock,
        currency_year: experiment.world.currency_year,
        value_added_lost: Range::of(&total),
        median_interval: headline(experiment, ensemble).interval,
        tail_mean: pairing::tail_mean(&total),
        by_region,
        stops: none.map(|none| sector_stops(experiment, ensemble, none, &loss)).unwrap_or_default(),
        prices: none.map(|none| price_peaks(experiment, ensemble, none)).unwrap_or_default(),
        quotes: none.map(|none| quote_peaks(experiment, ensemble, none)).unwrap_or_default(),
        strategies: effects(experiment, ensemble, paired, break_even),
        outside: validity::outside(experiment, ensemble),
    }
}

/// Greatest shares of lines idle of some firms, weighted by their lines.
fn idle_lines(experiment: &Experiment, ensemble: &Ensemble, firms: &[usize], stops: &[LineStop]) -> f64 {
    let lines = |firm: &usize| f64::from(experiment.network.agents[ensemble.lines[*firm]].lines);
    let idle: f64 = firms.iter().map(|firm| lines(firm) * f64::from(stops[*firm].idle)).sum();
    idle / firms.iter().map(lines).sum::<f64>().max(1.0)
}

fn sector_stops(
    experiment: &Experiment,
    ensemble: &Ensemble,
    none: usize,
    loss: &dyn Fn(Option<usize>, Option<usize>) -> Vec<f64>,
) -> Vec<SectorStop> {
    let names = Names(experiment);
    let replicates = ensemble.stops_by_the_shock(none);
    let mut stops: Vec<SectorStop> = Vec::new();
    for o in &ensemble.outcomes {
        let (OutcomeKind::FirstStop, Some(region), Some(sector)) = (o.measure, o.region, o.sector) else {
            continue;
        };
        let firms = ensemble.firms(experiment, region, sector);
        let first =
            |stops: &Vec<LineStop>| firms.iter().map(|f| stops[*f].first).fold(NEVER as f32, f32::min);
        let stopped: Vec<f64> =
            replicates.iter().map(|stops| f64::from(first(stops))).filter(|week| happened(*week)).collect();
        let share = stopped.len() as f64 / f64::from(ensemble.settings.replicates);
        if share >= 0.1 {
            let idle: Vec<f64> =
                replicates.iter().map(|stops| idle_lines(experiment, ensemble, &firms, stops)).collect();
            stops.push(SectorStop {
                region: names.region(Some(region)).to_owned(),
                sector: names.sector(Some(sector)).to_owned(),
                share_stopped: share,
                first_week: Range::of(&stopped),
                idle_lines: Range::of(&idle),
                value_added_lost: Range::of(&loss(Some(region), Some(sector))),
            });
        }
    }
    stops.sort_by(|a, b| {
        a.first_week
            .p50
            .total_cmp(&b.first_week.p50)
            .then(b.value_added_lost.p50.total_cmp(&a.value_added_lost.p50))
    });
    stops
}

fn price_peaks(experiment: &Experiment, ensemble: &Ensemble, none: usize) -> Vec<(String, Range, Range)> {
    let mut peaks = Vec::new();
    for o in &ensemble.outcomes {
        if o.measure == OutcomeKind::PricePeak && o.region.is_none() {
            let peak = ensemble.place(o);
            let weeks = ensemble.place(&Outcome { measure: OutcomeKind::WeeksToPeak, ..o.clone() });
            peaks.push((
                Names(experiment).item(o.item).to_owned(),
                Range::of(&ensemble.column(none, peak)),
                Range::of(&ensemble.column(none, weeks)),
            ));
        }
    }
    peaks
}

fn quote_peaks(experiment: &Experiment, ensemble: &Ensemble, none: usize) -> Vec<QuotePeak> {
    let scope = &experiment.scope;
    let (width, shock) = (scope.series.len(), (scope.shock - scope.from) as usize);
    let bands = &ensemble.bands[none];
    let median = |place: usize, week: usize| bands.quantiles(week * width + place).p[2];
    let mut peaks = Vec::new();
    for (place, series) in scope.series.iter().enumerate() {
        let Series::SpotQuote(market) = *series else { continue };
        let commodity = experiment.arms[none].plan.markets[market].commodity.at();
        let volume = scope.series.iter().position(|s| *s == Series::SpotVolume(market));
        let (Some(volume), true) = (volume, experiment.world.headline_prices.contains(&commodity)) else {
            continue;
        };
        let month = shock.saturating_sub(4)..shock.max(1);
        let before = month.clone().map(|week| median(place, week)).sum::<f64>() / month.len() as f64;
        let sold = (shock..bands.cells() / width).filter(|week| median(volume, *week) >= LEAST_SOLD);
        let highest = sold.max_by(|a, b| median(place, *a).total_cmp(&median(place, *b)));
        let Some(highest) = highest else { continue };
        peaks.push(QuotePeak {
            commodity: experiment.world.commodities[commodity].id.clone(),
            multiple: median(place, highest) / before,
            weeks: highest - shock,
            volume: median(volume, highest),
        });
    }
    peaks
}

/// Break-even of a strategy for all regions together, in words and numbers.
fn pays_for_itself(rows: &[BreakEvenRow], strategy: &str) -> Option<BreakEvenSummary> {
    let row = rows.iter().find(|r| r.region.is_none() && r.strategy == strategy)?;
    let (verdict, yearly_probability) = match row.numbers.verdict {
        Verdict::PaysAnyway => ("pays off without a shock", None),
        Verdict::Never => ("does not break even", None),
        Verdict::NoEffect => ("no effect", None),
        Verdict::Above { yearly, .. } => ("above", Some(yearly)),
    };
    Some(BreakEvenSummary {
        verdict: verdict.to_owned(),
        yearly_probability,
        interval: row.numbers.yearly,
        baseline_premium: row.numbers.premium,
    })
}

/// What programmes pay in an arm, by replicate, over all years and payers.
fn programme_cost(ensemble: &Ensemble, arm: usize) -> Vec<f64> {
    let all = Cost::all();
    let paid: Vec<usize> = (0..all.len()).filter(|c| all[*c].spent_on.is_programme()).collect();
    ensemble.costs[arm]
        .iter()
        .map(|run| {
            let years = run.len() / all.len();
            paid.iter().flat_map(|c| &run[c * years..(c + 1) * years]).sum()
        })
        .collect()
}

fn effects(
    experiment: &Experiment,
    ensemble: &Ensemble,
    paired: &[PairedRow],
    break_even: &[BreakEvenRow],
) -> Vec<StrategyEffect> {
    let all = Outcome { measure: OutcomeKind::ValueAddedLost, region: None, sector: None, item: None };
    let holding = [Spending::ReserveCarrying, Spending::BufferCarrying]
        .map(|cost| ensemble.place(&Outcome { measure: OutcomeKind::Cost(cost), ..all.clone() }));
    let mut effects: Vec<StrategyEffect> = paired
        .iter()
        .filter(|row| ensemble.outcomes[row.outcome] == all)
        .filter_map(|row| {
            let strategy = experiment.arms[row.arm].strategy.as_ref()?;
            Some(StrategyEffect {
                strategy: strategy.id.clone(),
                name: strategy.name.clone(),
                median_change: row.paired.median,
                interval: row.paired.interval,
                range: row.paired.range,
                share_better: row.paired.share_below,
                holding_cost: {
                    let [reserves, buffers] = holding.map(|place| ensemble.column(row.arm, place));
                    Range::of(&reserves.iter().zip(&buffers).map(|(a, b)| a + b).collect::<Vec<f64>>())
                },
                programme_cost: Range::of(&programme_cost(ensemble, row.arm)),
                payer: strategy.paid_by(),
                break_even: pays_for_itself(break_even, &strategy.id),
                too_late: too_late(experiment, row.arm),
                finding: row.finding,
            })
        })
        .collect();
    effects.sort_by(|a, b| a.median_change.total_cmp(&b.median_change));
    effects
}
