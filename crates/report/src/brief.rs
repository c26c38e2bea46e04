//! The numbers of a briefing, taken from a run and kept beside its figures: `briefing.json`.

use chokepoint_charts::context::{Context, rounded};
use chokepoint_charts::kind::strategies::Strategies;
use chokepoint_charts::locale::Named;
use chokepoint_core::time::happened;
use chokepoint_montecarlo::beside;
use chokepoint_montecarlo::outcomes::{Outcome, OutcomeKind};
use chokepoint_montecarlo::pairing::spread;
use chokepoint_montecarlo::summary::Range;
use chokepoint_montecarlo::validity::Outside;
use chokepoint_world::uncertain::Uncertain;
use serde::{Deserialize, Serialize};

/// Months of the table of stops.
const MONTHS: usize = 12;
/// Sectors of the tables of stops.
const SECTORS: usize = 14;

/// Everything that a briefing says beside its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    /// The scenario.
    pub scenario: Named,
    /// What happens, in the words of its file.
    pub story: String,
    /// Whether it happened: `historical`, `in force`, `suspended`, `hypothetical`.
    pub status: String,
    /// Date of the knowledge in it.
    pub as_of: String,
    /// First day of the shock.
    pub shock_date: String,
    /// World by id and title.
    pub world: Named,
    /// Replicates.
    pub replicates: u32,
    /// Seed.
    pub seed: u64,
    /// Years from the shock to the horizon.
    pub years: u32,
    /// Year of the US dollars.
    pub currency_year: i64,
    /// What is lost; nothing without a shock.
    pub loss: Option<Loss>,
    /// Sectors of regions that stop in a tenth of replicates or more.
    pub stopping: usize,
    /// Those of them that lose most, first stop first.
    pub stops: Vec<StopBrief>,
    /// First days of the months of the shares of [`StopBrief::by_month`].
    pub months: Vec<String>,
    /// Greatest prices outside the controlling country, multiples of the month before.
    pub prices: Vec<Price>,
    /// The home region.
    pub home: Named,
    /// What strategies change.
    pub strategies: Strategies,
    /// Who pays for each of them, and what it costs, in their order.
    pub programmes: Vec<ProgrammeBrief>,
    /// Events of the scenario.
    pub events: Vec<EventBrief>,
    /// Uncertain assumptions of the world.
    pub assumptions: Vec<Assumption>,
    /// What left the bounds within which the model is known to hold.
    #[serde(default)]
    pub outside: Vec<Outside>,
    /// What the model counts in all, and beside it what others have published of the same shock.
    #[serde(default)]
    pub beside: BesideBrief,
}

/// What the model counts in all, and beside it what others have published of the same shock.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BesideBrief {
    /// Value added of all makers of final goods in a year without a shock, US dollars.
    pub counted: f64,
    /// Gross domestic products that are known, in the order of [`Loss::regions`], US dollars a year.
    pub gdp: Vec<Option<f64>>,
    /// Published estimates.
    pub estimates: Vec<EstimateBrief>,
}

/// A published estimate and this model's number for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EstimateBrief {
    /// Who published it, and when.
    pub source: String,
    /// Whether it was made after the crisis began that the model is not fitted to.
    pub knows_the_crisis: bool,
    /// The shock in the words of the source.
    pub asked: String,
    /// What is counted: a key for words in each language.
    pub counts: String,
    /// Region; nothing is the world.
    pub region: Option<Named>,
    /// Commodity, if it is a price: numbers are multiples then.
    pub item: Option<Named>,
    /// Strategy that was in force.
    pub strategy: Option<Named>,
    /// The published number, US dollars.
    pub theirs: Option<[f64; 3]>,
    /// This model's: 5th, 50th and 95th percentile.
    pub ours: [f64; 3],
    /// Gross domestic product of the region, US dollars a year.
    pub gdp: Option<f64>,
}

/// What is lost against the same replicates without the shock. Ranges: 5th percentile, median, 95th percentile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loss {
    /// Value added, US dollars.
    pub value_added: [f64; 3],
    /// 95 % interval of the median.
    pub interval: [f64; 2],
    /// Mean of the worst twentieth.
    pub tail: f64,
    /// Goods never built, share of those due.
    pub never_built: [f64; 3],
    /// Goods built late, share of those due.
    pub late: [f64; 3],
    /// Paid for inputs beyond reference prices outside the controlling country, US dollars.
    pub transfer: [f64; 3],
    /// Value added by region, most first.
    pub regions: Vec<(Named, [f64; 3])>,
}

/// A sector of a region that stops.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StopBrief {
    /// Sector.
    pub sector: Named,
    /// Region.
    pub region: Named,
    /// Share of replicates in which lines of it stop.
    pub share: f64,
    /// Weeks from the shock to the first stop.
    pub first_week: [f64; 3],
    /// Greatest share of its lines that stand idle.
    pub idle: [f64; 3],
    /// Value added lost, US dollars.
    pub lost: [f64; 3],
    /// Share of replicates in which a line had stopped by the end of each month.
    pub by_month: Vec<f64>,
}

/// A price outside the controlling country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// Commodity.
    pub item: Named,
    /// Peak, multiple of the month before the shock.
    pub peak: [f64; 3],
    /// Weeks to it.
    pub weeks: f64,
}

/// Costs of a strategy, US dollars.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeBrief {
    /// Who pays: `public`, `firm`, `consumer`.
    pub payers: Vec<String>,
    /// Holding its stock over the whole run.
    pub holding: [f64; 3],
    /// What its programmes pay over the whole run less what comes back, undiscounted.
    pub programme: [f64; 3],
    /// What having it costs in a year without the shock: lower end, mean, upper end of the 95 % interval.
    pub premium: Option<[f64; 3]>,
    /// Whether its first effect comes after the last event has ended.
    pub too_late: bool,
}

/// An event of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventBrief {
    /// Id, and its kind.
    pub event: Named,
    /// First day.
    pub start: String,
    /// Weeks at full size.
    pub duration: [f64; 3],
    /// Size, a share.
    pub magnitude: [f64; 3],
    /// What leaks, a share.
    pub leakage: [f64; 3],
    /// Grade of the evidence.
    pub grade: String,
    /// Where the numbers come from.
    pub source: String,
}

/// An uncertain assumption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assumption {
    /// Its name in files.
    pub name: String,
    /// Low, central, high.
    pub range: [f64; 3],
    /// Unit.
    pub unit: String,
    /// Grade of the evidence.
    pub grade: String,
    /// What it does.
    pub note: String,
    /// Where it comes from.
    pub source: String,
}

fn three(range: &Range) -> [f64; 3] {
    [range.p5, range.p50, range.p95].map(rounded)
}

fn drawn(uncertain: &Uncertain) -> [f64; 3] {
    let d = uncertain.distribution;
    let (low, high) = d.range();
    [low, d.central(), high].map(rounded)
}

impl Brief {
    /// Takes it from a run.
    pub fn of(context: &Context<'_>) -> Self {
        let experiment = context.experiment;
        let (scenario, world, summary) = (&experiment.scenario, &experiment.world, context.summary);
        let prices = summary.prices.iter().map(|(item, peak, weeks)| {
            let name = world.commodities.iter().find(|c| c.id == *item).map_or("", |c| c.name.as_str());
            Price { item: Named::new(item, name), peak: three(peak), weeks: rounded(weeks.p50) }
        });
        let assumptions = world.parameters.values().map(|p| {
            let (low, high) = p.distribution.range();
            Assumption {
                name: p.name.clone(),
                range: [low, p.distribution.central(), high].map(rounded),
                unit: p.unit.clone(),
                grade: p.grade.clone(),
                note: p.note.clone(),
                source: p.source.clone(),
            }
        });
        let (stops, months) = stops(context);
        Self {
            scenario: context.scenario(),
            story: scenario.story.clone(),
            status: scenario.status.name().to_owned(),
            as_of: scenario.as_of.to_string(),
            shock_date: summary.shock_date.clone(),
            world: Named::new(&world.id, &world.name),
            replicates: summary.replicates,
            seed: summary.seed,
            years: summary.horizon_weeks / 52,
            currency_year: summary.currency_year,
            loss: loss(context),
            stopping: summary.stops.len(),
            stops,
            months,
            prices: prices.collect(),
            home: context.region(world.home),
            strategies: Strategies::of(context),
            programmes: programmes(context),
            events: events(context),
            assumptions: assumptions.collect(),
            outside: summary.outside.clone(),
            beside: beside(context),
        }
    }

    /// As it is written.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("results are lists and records of numbers and texts") + "\n"
    }
}

fn beside(context: &Context<'_>) -> BesideBrief {
    let (experiment, world) = (context.experiment, &context.experiment.world);
    let by_id = |key: &str| {
        let place = world.regions.iter().position(|r| r.id == *key)?;
        experiment.published.gdp.get(place).copied().flatten()
    };
    let estimates = beside::beside(experiment, context.ensemble).into_iter().map(|row| {
        let estimate = row.estimate;
        let item = row.item.map(|item| &world.commodities[item]).map(|item| Named::new(&item.id, &item.name));
        let strategy = estimate.strategy.as_ref().map(|id| {
            let arm = experiment.arms.iter().find(|arm| arm.id == *id);
            Named::new(id, arm.map_or("", |arm| arm.name.as_str()))
        });
        EstimateBrief {
            source: estimate.source.clone(),
            knows_the_crisis: estimate.knows_the_crisis(),
            asked: estimate.asked.clone(),
            counts: estimate.counts.clone(),
            region: estimate.region.map(|region| context.region(region)),
            item,
            strategy,
            theirs: row.theirs.map(|range| range.map(rounded)),
            ours: row.ours.map(rounded),
            gdp: row.gdp,
        }
    });
    BesideBrief {
        // to the billion: what is rounded twice is rounded wrongly
        counted: (beside::value_added(experiment, None) / 1e9).round() * 1e9,
        gdp: context.summary.by_region.iter().map(|(key, _)| by_id(key)).collect(),
        estimates: estimates.collect(),
    }
}

fn loss(context: &Context<'_>) -> Option<Loss> {
    let summary = context.summary;
    let none = context.experiment.no_strategy()?;
    if context.experiment.scenario.events.is_empty() {
        return None;
    }
    let change = |measure: OutcomeKind, region: Option<usize>| -> Vec<f64> {
        let outcome = Outcome { measure, region, sector: None, item: None };
        let Some(place) = context.ensemble.outcome(&outcome) else { return Vec::new() };
        let (with, baseline) = (context.ensemble.column(none, place), context.ensemble.column(0, place));
        with.iter().zip(&baseline).map(|(with, baseline)| with - baseline).collect()
    };
    let range = |values: &[f64]| {
        let (p5, p50, p95) = spread(values);
        [p5, p50, p95].map(rounded)
    };
    let regions = &context.experiment.world.regions;
    let mut transfer = vec![0.0; summary.replicates as usize];
    for region in (0..regions.len()).filter(|r| *r != context.experiment.world.home) {
        for (sum, value) in transfer.iter_mut().zip(change(OutcomeKind::PriceTransfer, Some(region))) {
            *sum += value;
        }
    }
    let by_region = summary.by_region.iter().filter_map(|(key, range)| {
        let region = regions.iter().position(|r| r.id == *key)?;
        Some((context.region(region), three(range)))
    });
    Some(Loss {
        value_added: three(&summary.value_added_lost),
        interval: [summary.median_interval.0, summary.median_interval.1].map(rounded),
        tail: rounded(summary.tail_mean),
        never_built: range(&change(OutcomeKind::LostShare, None)),
        late: range(&change(OutcomeKind::LateShare, None)),
        transfer: range(&transfer),
        regions: by_region.collect(),
    })
}

/// Sectors that stop, and the months of their shares.
fn stops(context: &Context<'_>) -> (Vec<StopBrief>, Vec<String>) {
    let (experiment, world) = (context.experiment, &context.experiment.world);
    let arm = context.arm();
    let months = months(context);
    let replicates = context.ensemble.stops_by_the_shock(arm);
    let stop = |found: &chokepoint_montecarlo::summary::SectorStop| {
        let sector = world.sectors.iter().position(|s| s.id == found.sector)?;
        let region = world.regions.iter().position(|r| r.id == found.region)?;
        let lines = context.ensemble.firms(experiment, region, sector);
        let by = |month: usize| {
            let end = f64::from(months[month].1);
            let stopped = replicates.iter().filter(|stops| {
                lines.iter().any(|line| {
                    let first = f64::from(stops[*line].first);
                    happened(first) && first < end
                })
            });
            rounded(stopped.count() as f64 / replicates.len().max(1) as f64)
        };
        Some(StopBrief {
            sector: Named::new(&found.sector, &world.sectors[sector].name),
            region: context.region(region),
            share: rounded(found.share_stopped),
            first_week: three(&found.first_week),
            idle: three(&found.idle_lines),
            lost: three(&found.value_added_lost),
            by_month: (0..months.len()).map(by).collect(),
        })
    };
    // those that lose most, first stop first
    let mut found: Vec<_> = context.summary.stops.iter().collect();
    found.sort_by(|a, b| b.value_added_lost.p50.total_cmp(&a.value_added_lost.p50));
    found.truncate(SECTORS);
    found.sort_by(|a, b| a.first_week.p50.total_cmp(&b.first_week.p50));
    let stops = found.into_iter().filter_map(stop).collect();
    (stops, months.into_iter().map(|(day, _)| day).collect())
}

/// Months from the shock on: a day in each, and the week from the shock with which the next one begins.
fn months(context: &Context<'_>) -> Vec<(String, u32)> {
    let (calendar, shock) = (context.experiment.calendar(), context.experiment.scope.shock);
    let mut months: Vec<(String, u32)> = Vec::new();
    for week in 0..context.summary.horizon_weeks {
        let day = calendar.date(shock + week).to_string();
        if months.len() > MONTHS {
            break;
        }
        match months.iter_mut().find(|(month, _)| month[..7] == day[..7]) {
            Some((_, end)) => *end = week + 1,
            None => months.push((day, week + 1)),
        }
    }
    months.truncate(MONTHS);
    months
}

fn programmes(context: &Context<'_>) -> Vec<ProgrammeBrief> {
    let strategies = context.summary.strategies.iter();
    strategies
        .map(|s| {
            let arm = context.experiment.arms.iter().find(|a| a.id == s.strategy);
            let payers = arm.and_then(|a| a.strategy.as_ref()).map_or_else(Vec::new, |i| i.payers.clone());
            let premium = s.break_even.as_ref().map(|b| {
                let (mean, low, high) = b.baseline_premium;
                [low, mean, high].map(rounded)
            });
            ProgrammeBrief {
                payers: payers.iter().map(|p| p.name().to_owned()).collect(),
                holding: three(&s.holding_cost),
                programme: three(&s.programme_cost),
                premium,
                too_late: s.too_late,
            }
        })
        .collect()
}

fn events(context: &Context<'_>) -> Vec<EventBrief> {
    let experiment = context.experiment;
    let events = experiment.scenario.events.iter();
    events
        .map(|info| {
            let t = &experiment.timings[info.draw];
            EventBrief {
                event: Named::new(&info.id, &info.kind),
                start: info.start.to_string(),
                duration: drawn(&t.duration),
                magnitude: drawn(&t.magnitude),
                leakage: drawn(&t.leakage),
                grade: info.grade.to_owned(),
                source: info.source.clone(),
            }
        })
        .collect()
}
