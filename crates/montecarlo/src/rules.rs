//! Rules of the short run that can be switched off, and what a scenario looks like without them.

use crate::outcomes::{Outcome, OutcomeKind};
use crate::pairing::spread;
use crate::runner::{Ensemble, Months};
use chokepoint_core::scope::Series;
use chokepoint_core::time::happened;
use chokepoint_scenario::Experiment;

/// A rule that can be switched off.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Word for it.
    pub id: &'static str,
    /// What the chain is like without it.
    pub without: &'static str,
    off: Off,
}

/// How a rule is switched off.
#[derive(Clone, Copy, Debug)]
enum Off {
    /// By these parameters of the world.
    Parameters(&'static [(&'static str, f64)]),
    /// By these numbers of every event that has them.
    OfEvents(&'static str, f64),
}

/// The rules, in the order of the week.
pub const RULES: [Rule; 7] = [
    Rule {
        id: "diversion",
        without: "countries that may still buy sell nothing on",
        off: Off::OfEvents("/diversion", 0.0),
    },
    Rule {
        id: "give",
        without: "users cannot do with less for a while",
        off: Off::Parameters(&[
            ("give_part", 0.0),
            ("give_feature", 0.0),
            ("give_grade", 0.0),
            ("give_process", 0.0),
        ]),
    },
    Rule {
        id: "late",
        without: "plants at full use catch up as fast as others",
        off: Off::Parameters(&[("full_use_overtime", 1.0)]),
    },
    Rule {
        id: "dispersion",
        without: "all lines of a firm hold the same stocks",
        off: Off::Parameters(&[("dispersion", 0.0)]),
    },
    Rule {
        id: "quote",
        without: "what comes round a control goes by orders, at the price at home and a premium",
        off: Off::Parameters(&[("quote_most", 1.0), ("sold_to_highest", 0.0)]),
    },
    Rule {
        id: "triage",
        without: "sellers that are short serve all buyers alike",
        off: Off::Parameters(&[("triage", 0.0)]),
    },
    Rule {
        id: "licence-wait",
        without: "buyers do not know how long a licence takes",
        off: Off::Parameters(&[("licence_wait_known", 0.0)]),
    },
];

impl Rule {
    /// Switches the rule off.
    pub fn switch_off(&self, experiment: &mut Experiment) {
        match self.off {
            Off::Parameters(values) => values.iter().for_each(|(name, value)| experiment.fix(name, *value)),
            Off::OfEvents(ending, value) => {
                let numbers = experiment.timings.iter().flat_map(|timing| timing.numbers());
                let names: Vec<String> =
                    numbers.map(|n| n.name.clone()).filter(|name| name.ends_with(ending)).collect();
                names.iter().for_each(|name| experiment.fix(name, value));
            }
        }
    }
}

/// P5, P50 and P95 of something.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What it is: an outcome, `firms_stopped`, or `exports`.
    pub measure: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Region.
    pub region: Option<usize>,
    /// Sector.
    pub sector: Option<usize>,
    /// Commodity.
    pub item: Option<usize>,
    /// Month from the first news or shock, counted from one.
    pub month: Option<usize>,
    /// Share of the replicates in which it happened.
    pub share: f64,
    /// P5, P50 and P95; of times, of those that came.
    pub range: (f64, f64, f64),
}

/// What the shock does where no strategy is taken: losses by region and sector, what is late, first stops, exports by month.
pub fn facts(experiment: &Experiment, ensemble: &Ensemble) -> Vec<Fact> {
    let mut facts = Vec::new();
    let arm = experiment.bare();
    for (place, outcome) in ensemble.outcomes.iter().enumerate() {
        let wanted = matches!(
            outcome.measure,
            OutcomeKind::ValueAddedLost | OutcomeKind::LostShare | OutcomeKind::LateShare
        );
        if wanted {
            facts.push(difference(outcome, &ensemble.by_the_shock(experiment, arm, place)));
        }
    }
    facts.extend(stops(experiment, ensemble, arm));
    facts.extend(exports(experiment, ensemble, arm));
    facts
}

fn difference(outcome: &Outcome, values: &[f64]) -> Fact {
    let Outcome { measure, region, sector, item } = *outcome;
    let (measure, unit) = (measure.name(), measure.unit());
    Fact { measure, unit, region, sector, item, month: None, share: 1.0, range: spread(values) }
}

/// Share of firms whose lines the shock stops, and the first week of that by sector and region.
fn stops(experiment: &Experiment, ensemble: &Ensemble, arm: usize) -> Vec<Fact> {
    let stops = ensemble.stops_by_the_shock(arm);
    let stopped = |firms: &[crate::runner::LineStop]| {
        let n = firms.iter().filter(|stop| happened(f64::from(stop.first))).count();
        n as f64 / firms.len().max(1) as f64
    };
    let shares: Vec<f64> = stops.iter().map(|firms| stopped(firms)).collect();
    let fact = |measure, unit, region, sector, share, range| Fact {
        measure,
        unit,
        region,
        sector,
        item: None,
        month: None,
        share,
        range,
    };
    let mut facts = vec![fact("firms_stopped", "share", None, None, 1.0, spread(&shares))];
    for region in 0..experiment.world.regions.len() {
        for sector in 0..experiment.world.sectors.len() {
            let firms = ensemble.firms(experiment, region, sector);
            let first = |stops: &Vec<crate::runner::LineStop>| {
                firms.iter().map(|f| f64::from(stops[*f].first)).fold(f64::INFINITY, f64::min)
            };
            let came: Vec<f64> = stops.iter().map(first).filter(|week| happened(*week)).collect();
            if !came.is_empty() {
                let share = came.len() as f64 / stops.len() as f64;
                facts.push(fact("first_stop", "weeks", Some(region), Some(sector), share, spread(&came)));
            }
        }
    }
    facts
}

/// Exports of headline goods on the controlled links over the median of the baseline, by month from the first news: means over
/// the weeks of a month of the weekly percentiles. Goods that hardly move in the baseline are left out.
fn exports(experiment: &Experiment, ensemble: &Ensemble, arm: usize) -> Vec<Fact> {
    let months = Months::new(experiment);
    let series = &experiment.scope.series;
    let from = (experiment.scope.shock - experiment.scope.from) as usize;
    let mut facts = Vec::new();
    for (place, good) in series.iter().enumerate() {
        let Series::ControlledExports(market) = good else { continue };
        let item = experiment.arms[arm].plan.markets[*market].commodity.at();
        let usual = |week: usize| {
            let baseline = &ensemble.bands[experiment.baseline_of(arm)];
            baseline.quantiles(week * series.len() + place).p[2]
        };
        if !experiment.world.headline_prices.contains(&item) || usual(from) < 1e-3 {
            continue;
        }
        let mut weeks: Vec<usize> = (from..months.of_week.len()).collect();
        weeks.truncate(24 * 52 / 12);
        for (month, weeks) in weeks.chunks(13).flat_map(|quarter| split(quarter)).enumerate() {
            let at = |level: usize| {
                let of = |week: &usize| {
                    ensemble.bands[arm].quantiles(week * series.len() + place).p[level] / usual(*week)
                };
                weeks.iter().map(of).sum::<f64>() / weeks.len().max(1) as f64
            };
            facts.push(Fact {
                measure: "exports",
                unit: "share",
                region: None,
                sector: None,
                item: Some(item),
                month: Some(month + 1),
                share: 1.0,
                range: (at(0), at(2), at(4)),
            });
        }
    }
    facts
}

/// A quarter of thirteen weeks as three months of four, four and five.
fn split(quarter: &[usize]) -> Vec<&[usize]> {
    let cut = |from: usize, to: usize| &quarter[from.min(quarter.len())..to.min(quarter.len())];
    [cut(0, 4), cut(4, 8), cut(8, 13)].into_iter().filter(|month| !month.is_empty()).collect()
}
