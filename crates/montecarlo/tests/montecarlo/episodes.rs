//! Licences on record: how long applications take and what is approved, fitted to exports of other minerals through a whole week
//! of buyers, stocks and queues, and each episode foretold by the others.
//!
//! A world of one maker with capacity to spare and one builder with unequal lines; behaviour from the shipped priors. What is fitted
//! stands in `episodes.csv`, taken from `licensing_episodes.csv` of the data pack: rows that docs/validation.md leaves to a fit.

use crate::shipped::toy;
use crate::{figure, shown, table};
use chokepoint_core::draw::{Path, Regime};
use chokepoint_core::id::{InputId, LinkId};
use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::network::Ordering;
use chokepoint_core::plan::{
    Controlled, Draw, Effect, Event, LicenceClass, LicenceRule, LicensedLink, Plan, Replicates,
};
use chokepoint_core::state::State;
use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_core::week::step;
use chokepoint_montecarlo::pairing::spread;
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};
use chokepoint_scenario::Experiment;
use rayon::prelude::*;

/// Sets tried for each episode, and sets kept: those that come nearest.
const TRIED: u32 = 8192;
const KEPT: usize = 64;
/// Weeks of stock of the builder.
const COVER: (f64, f64) = (3.0, 26.0);
/// Weeks in a month.
const MONTH: f64 = 365.25 / 12.0 / 7.0;
/// Weeks between the announcement of a control and its entry into force, where there were some.
const NOTICE: u32 = 4;
/// The week in which the control enters into force.
const ENTRY: u32 = SPIN_UP_WEEKS + 52;

/// What is on record of an episode.
#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    FirstLicence,
    FrontLoading,
    Exports(u32, u32),
}

impl What {
    fn name(self) -> String {
        match self {
            Self::FirstLicence => "weeks to the first licence".to_owned(),
            Self::FrontLoading => "trade in the four weeks of notice over the usual".to_owned(),
            Self::Exports(from, to) => format!("exports over the usual, months {from} to {to}"),
        }
    }
}

/// A number on record.
struct Record {
    episode: String,
    what: What,
    value: f64,
}

fn records() -> Vec<Record> {
    let mut reader = csv::Reader::from_reader(include_str!("../episodes.csv").as_bytes());
    let read = |row: csv::StringRecord| {
        let number = |at: usize| row[at].parse::<f64>();
        let month = |at: usize| row[at].parse::<u32>().unwrap();
        let what = match &row[1] {
            "weeks to the first licence" => What::FirstLicence,
            "front-loading" => What::FrontLoading,
            "exports" => What::Exports(month(2), month(3)),
            other => panic!("{other}"),
        };
        Record { episode: row[0].to_owned(), what, value: number(4).unwrap() }
    };
    reader.records().map(|row| read(row.unwrap())).collect()
}

/// What is fitted of a regime, and what is drawn with it.
#[derive(Clone, Copy, Debug)]
struct Licensing {
    /// P: median processing time, weeks; σ: spread of its logarithm; a: share approved within a further such time.
    processing: f64,
    spread: f64,
    approval: f64,
    /// Share that is refused: a choice of the authority, not of how it works.
    refusal: f64,
    /// Rise of prices that the announcement lets buyers expect.
    rise: f64,
    /// Weeks of stock of the builder.
    cover: f64,
    /// Which draw of the shipped priors.
    draw: u32,
}

impl Licensing {
    /// The n-th of a sequence that fills the priors evenly (additive recurrence, by powers of the root of x⁷ = x + 1).
    fn nth(n: u32) -> Self {
        const ROOT: f64 = 1.112_775_684_278_706;
        let power = |k: u32| (0..k).fold(1.0, |power, _| power * ROOT);
        let u = |k: u32| (0.5 + f64::from(n + 1) / power(k)) % 1.0;
        let log_between = |low: f64, high: f64, u: f64| low * exp(u * ln(high / low));
        Self {
            processing: log_between(1.0, 30.0, u(1)),
            spread: 1.2 * u(2),
            approval: 0.02 + 0.96 * u(3),
            refusal: 0.9 * u(4),
            rise: log_between(0.05, 3.0, u(5)),
            cover: log_between(COVER.0, COVER.1, u(6)),
            draw: n,
        }
    }

    /// What a year under it gives of each number on record.
    fn run(&self, world: &Experiment, announced: bool) -> Made {
        let mut network = world.network.clone();
        network.ordering = Ordering::Smooth;
        network.inputs[0].cover_weeks = self.cover;
        network.inputs[0].spread = 0.7;
        network.inputs[0].speculation = 1.0;
        let licensed =
            LicensedLink { link: LinkId(0), refused: Vec::new(), foreign: false, class: LicenceClass::USUAL };
        let rule = LicenceRule { links: vec![licensed], content_threshold: 0.0 };
        let regime = Regime {
            processing: Path::constant(self.processing),
            approval: Path::constant(self.approval),
            spread: self.spread,
            refusal: self.refusal,
            validity: 26.0,
        };
        let mut events = vec![Event { effect: Effect::Licence(rule), draw: 0 }];
        let known = f64::from(ENTRY - if announced { NOTICE } else { 0 });
        let entry = Draw { known, regime: Some(regime), ..lasting(f64::from(ENTRY), 60.0, 0.0, 1.0) };
        let mut draws = vec![entry];
        if announced {
            let effect = Effect::Announcement { inputs: vec![InputId(0)], outputs: Vec::new(), dated: true };
            events.push(Event { effect, draw: 1 });
            draws.push(lasting(known, f64::from(NOTICE), 26.0, self.rise));
        }
        let weeks = ENTRY + 53;
        let controlled = vec![Controlled { link: LinkId(0), market: None, detour_weeks: 0 }];
        let plan = Plan { events, controlled, weeks, ..Plan::default() };
        let uncertainty = Uncertainty { variation: false, parameters: true, trends: false };
        let mut replicates: Replicates<f64> = draw_replicates(world, 1, self.draw, uncertainty);
        (replicates.draws, replicates.demand, replicates.availability) = (draws, Vec::new(), Vec::new());
        let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
        let usual = network.links[0].base_flow;
        let mut made = Made { exports: Vec::new(), first: None };
        for week in 0..weeks {
            step(&mut state, &network, &plan, &replicates, week);
            if week >= ENTRY - NOTICE {
                made.exports.push(state.control.shipped[0] / usual);
            }
            // a hundredth of a week's trade is visible
            if made.first.is_none() && week >= ENTRY && state.control.queues.granted[0] > 0.01 * usual {
                made.first = Some(f64::from(week - ENTRY));
            }
        }
        made
    }
}

pub(crate) fn lasting(start: f64, duration: f64, recovery: f64, magnitude: f64) -> Draw<f64> {
    let none = 0.0;
    Draw {
        start,
        known: start,
        ramp: none,
        duration,
        recovery,
        magnitude,
        leakage: none,
        leakage_ramp: none,
        leakage_premium: none,
        diversion: none,
        carrying: none,
        regime: None,
    }
}

/// A year as it came out.
struct Made {
    /// Exports over the usual, week by week from the announcement.
    exports: Vec<f64>,
    first: Option<f64>,
}

impl Made {
    fn of(&self, what: What) -> f64 {
        let mean = |from: f64, to: f64| {
            let weeks = &self.exports[from.round() as usize..(to.round() as usize).min(self.exports.len())];
            weeks.iter().sum::<f64>() / weeks.len() as f64
        };
        let entry = f64::from(NOTICE);
        match what {
            What::FirstLicence => self.first.unwrap_or(53.0).max(0.5),
            What::FrontLoading => mean(0.0, entry),
            What::Exports(from, to) => {
                mean(entry + f64::from(from - 1) * MONTH, entry + f64::from(to) * MONTH)
            }
        }
    }

    /// How far it is from what is on record, each number in units of what monthly customs figures can tell.
    fn distance(&self, records: &[&Record]) -> f64 {
        let of = |record: &&Record| {
            let made = self.of(record.what);
            let away = match record.what {
                What::FirstLicence => ln(made / record.value) / 0.25,
                What::FrontLoading => ln(made / record.value) / 0.25,
                What::Exports(..) => (made - record.value) / 0.1,
            };
            away * away
        };
        (records.iter().map(of).sum::<f64>() / records.len() as f64).sqrt()
    }
}

/// An episode with the sets that come nearest to it.
struct Fitted {
    name: String,
    kept: Vec<(Licensing, Made)>,
    worst: f64,
}

fn fit() -> (Vec<Record>, Vec<Fitted>) {
    let (records, world) = (records(), toy("retail-calm"));
    let mut names: Vec<String> = records.iter().map(|record| record.episode.clone()).collect();
    names.dedup();
    let one = |name: String| {
        let own: Vec<&Record> = records.iter().filter(|record| record.episode == name).collect();
        let announced = own.iter().any(|record| record.what == What::FrontLoading);
        let mut all: Vec<(f64, Licensing, Made)> = (0..TRIED)
            .into_par_iter()
            .map(|n| {
                let licensing = Licensing::nth(n);
                let made = licensing.run(&world, announced);
                (made.distance(&own), licensing, made)
            })
            .collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.truncate(KEPT);
        let worst = all.last().map_or(0.0, |last| last.0);
        Fitted { name, kept: all.into_iter().map(|(_, set, made)| (set, made)).collect(), worst }
    };
    let fitted = names.into_iter().map(one).collect();
    (records, fitted)
}

/// What the others foretell of an episode: their sets, with a level that the authority may choose and the pack's prior gives (0.3 to 1
/// of the usual trade), and stocks of its own.
fn foretold(fitted: &[Fitted], name: &str, announced: bool, world: &Experiment) -> Vec<Made> {
    let others = fitted.iter().filter(|other| other.name != name).flat_map(|other| &other.kept);
    let of = |(n, (set, _)): (usize, &(Licensing, Made))| {
        let own = Licensing::nth(n as u32);
        let refusal = own.refusal / 0.9 * 0.7;
        Licensing { refusal, cover: own.cover, draw: own.draw, ..*set }.run(world, announced)
    };
    others.enumerate().map(of).collect()
}

fn range(values: impl Iterator<Item = f64>) -> String {
    let (low, middle, high) = spread(&values.collect::<Vec<f64>>());
    format!("{middle:.2} ({low:.2} to {high:.2})")
}

/// An episode's name on the page.
fn in_full(episode: &str) -> &str {
    match episode {
        "gallium" => "gallium 2023",
        "germanium" => "germanium 2023",
        "graphite" => "graphite 2023, flake",
        "antimony" => "antimony 2024",
        "hydrogen-fluoride" => "hydrogen fluoride, Japan to Korea 2019",
        other => other,
    }
}

/// What is fitted of each episode, and of all together.
fn print_fits(fitted: &[Fitted], all: &[&Licensing]) {
    let print = |line: &str| table("licences", line);
    print("| episode | processing, weeks | spread | approval | refused | expected rise | furthest kept |");
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    let line = |name: &str, sets: &[&Licensing], worst: &str| {
        let of = |value: fn(&Licensing) -> f64| range(sets.iter().map(|set| value(set)));
        let (processing, spread) = (of(|s| s.processing), of(|s| s.spread));
        let (approval, refusal, rise) = (of(|s| s.approval), of(|s| s.refusal), of(|s| s.rise));
        print(&format!("| {name} | {processing} | {spread} | {approval} | {refusal} | {rise} | {worst} |"));
    };
    for episode in fitted {
        let sets: Vec<&Licensing> = episode.kept.iter().map(|(set, _)| set).collect();
        line(in_full(&episode.name), &sets, &format!("{:.2}", episode.worst));
    }
    line("all", all, "");
    figure("licences.tried", shown(f64::from(TRIED), 0));
    figure("licences.kept", KEPT);
    figure("licences.cover", format!("{} to {}", COVER.0, COVER.1));
}

fn holds(range: &[f64], value: f64) -> bool {
    let (low, _, high) = spread(range);
    (low..=high).contains(&value)
}

#[test]
fn licences_of_other_minerals_are_fitted_and_each_is_foretold_by_the_others() {
    let (records, fitted) = fit();
    let all: Vec<&Licensing> = fitted.iter().flat_map(|episode| &episode.kept).map(|(set, _)| set).collect();
    print_fits(&fitted, &all);
    let print = |line: &str| table("licences-foretold", line);
    print("| episode | number | on record | fitted | foretold by the others |");
    print("| --- | --- | ---: | ---: | ---: |");
    let world = toy("retail-calm");
    let (mut fits, mut by_others, mut numbers) = (0, 0, 0);
    for episode in &fitted {
        let own = || records.iter().filter(|record| record.episode == episode.name);
        let announced = own().any(|record| record.what == What::FrontLoading);
        let made = foretold(&fitted, &episode.name, announced, &world);
        for Record { what, value, .. } in own() {
            let fit: Vec<f64> = episode.kept.iter().map(|(_, made)| made.of(*what)).collect();
            let foretold: Vec<f64> = made.iter().map(|made| made.of(*what)).collect();
            if *what != What::FrontLoading {
                (numbers, fits, by_others) = (
                    numbers + 1,
                    fits + u32::from(holds(&fit, *value)),
                    by_others + u32::from(holds(&foretold, *value)),
                );
            }
            let (fit, foretold) = (range(fit.into_iter()), range(foretold.into_iter()));
            let (name, what) = (in_full(&episode.name), what.name());
            print(&format!("| {name} | {what} | {value:.2} | {fit} | {foretold} |"));
        }
    }
    figure("licences.numbers", numbers);
    figure("licences.inside-own", fits);
    figure("licences.inside-others", by_others);
    assert!(fits >= 12 && by_others >= 12, "{fits} and {by_others} of {numbers}");
    // what the shipped hypothetical licences draw from
    let of = |value: fn(&Licensing) -> f64| spread(&all.iter().map(|set| value(set)).collect::<Vec<f64>>());
    println!("{:?} {:?} {:?}", of(|s| s.processing), of(|s| s.spread), of(|s| s.approval));
}
