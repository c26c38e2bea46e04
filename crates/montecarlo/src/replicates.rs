//! The replicates: uncertain parameters from an addressed Latin hypercube, random variation from addressed draws. The same for every arm.

use chokepoint_core::behaviour::Behaviour;
use chokepoint_core::chance::{Chance, Distribution, Stream, coordinate, normal_quantile};
use chokepoint_core::id::to_u32;
use chokepoint_core::lanes::{Lane, ln};
use chokepoint_core::plan::{Construction, Draw, Replicates};
use chokepoint_scenario::{Experiment, Trigger};
use chokepoint_world::posterior::{Posterior, Take};
use chokepoint_world::uncertain::Uncertain;
use std::borrow::Cow;

/// Whether chance plays, and whether uncertain values are drawn or stay central.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uncertainty {
    /// Demand noise and outages.
    pub variation: bool,
    /// Parameters and event sizes from their distributions.
    pub parameters: bool,
    /// Whether demand grows, dated projects come and past sales return.
    pub trends: bool,
}

impl Uncertainty {
    /// Everything that is uncertain is.
    pub const FULL: Self = Self { variation: true, parameters: true, trends: true };
    /// Nothing is: the central replicate.
    pub const CENTRAL: Self = Self { variation: false, parameters: false, trends: true };
    /// Nothing is, and the structure at the reference level is carried forward as it was.
    pub const NONE: Self = Self { variation: false, parameters: false, trends: false };
}

/// Start of an event that does not come: weeks beyond any horizon.
const NEVER_STARTS: f64 = 1e6;

/// The name by which a number is drawn. Those of the scenario's events go without the scenario's id, so that a copy of a
/// scenario under another name meets the same numbers.
fn address<'n>(experiment: &Experiment, name: &'n str) -> Cow<'n, str> {
    match of_event(&experiment.scenario.id, name) {
        Some(number) => Cow::Owned(format!("event/{number}")),
        None => Cow::Borrowed(name),
    }
}

/// `event/field` of a number of the scenario's.
fn of_event<'n>(scenario: &str, name: &'n str) -> Option<&'n str> {
    name.strip_prefix(scenario)?.strip_prefix('/')
}

/// Where the fitted sets hold a number: under its name, or as the number of the same event of the scenario that was fitted.
fn fitted(experiment: &Experiment, posterior: &Posterior, name: &str) -> Option<usize> {
    posterior.place(name).or_else(|| {
        let number = of_event(&experiment.scenario.id, name)?;
        posterior.names.iter().position(|n| n.split_once('/').is_some_and(|(_, rest)| rest == number))
    })
}

/// Place of a number in the unit interval in one replicate; numbers that are drawn together share their normal scores.
///
/// ```text
/// u = Φ(ρ·Φ⁻¹(u_other) + √(1 − ρ²)·Φ⁻¹(u_own))
/// ```
fn unit(experiment: &Experiment, seed: u64, replicate: u32, name: &str) -> f64 {
    let at = |name: &str| coordinate(seed, replicate, &address(experiment, name));
    let own = at(name);
    let Some(pair) = experiment.correlations.iter().find(|c| c.one == name) else { return own };
    let other = at(&pair.other);
    let z = pair.rho * normal_quantile(other) + (1.0 - pair.rho * pair.rho).sqrt() * normal_quantile(own);
    0.5 * libm::erfc(-z * core::f64::consts::FRAC_1_SQRT_2)
}

/// A value in one replicate.
pub(crate) fn draw_number(
    uncertainty: Uncertainty,
    seed: u64,
    replicate: u32,
    name: &str,
    distribution: Distribution,
) -> f64 {
    place(uncertainty, distribution, coordinate(seed, replicate, name))
}

/// The value at a place in the unit interval, or the central one where values are not drawn.
fn place(uncertainty: Uncertainty, distribution: Distribution, u: f64) -> f64 {
    match distribution {
        Distribution::Fixed(value) => value,
        _ if !uncertainty.parameters => distribution.central(),
        _ => distribution.quantile(u),
    }
}

/// When an event starts that depends on something, in one replicate.
///
/// ```text
/// from  = max(own day, start of the other event + delay)
/// start = from + u·within                       if it comes: u' < chance
/// start = from − ln(1 − u)/(−ln(1 − rate))·52   where the chance is a yearly rate; it comes if that is within the window
/// ```
fn triggered(trigger: &Trigger, day: f64, other: Option<f64>, [delay, chance, u, comes]: [f64; 4]) -> f64 {
    let from = other.map_or(day, |start| day.max(start)) + delay;
    let start = match (trigger.chance.is_some(), trigger.yearly) {
        (true, true) => {
            let wait = if chance >= 1.0 { 0.0 } else { 52.0 * ln(1.0 - comes) / ln(1.0 - chance.max(1e-12)) };
            if wait <= trigger.within { from + wait } else { NEVER_STARTS }
        }
        (true, false) if comes >= chance => NEVER_STARTS,
        _ => from + u * trigger.within,
    };
    start.min(NEVER_STARTS)
}

/// The set of fitted values that a replicate takes; the first, the central one, where parameters are not drawn.
pub(crate) fn set(posterior: &Posterior, uncertainty: Uncertainty, seed: u64, replicate: u32) -> usize {
    let n = posterior.sets.len();
    match posterior.take {
        Take::InTurn => replicate as usize % n,
        Take::Drawn if !uncertainty.parameters => 0,
        Take::Drawn => ((coordinate(seed, replicate, "posterior") * n as f64) as usize).min(n - 1),
    }
}

/// The replicates of `L::WIDTH` replicates from `first` on.
pub fn draw_replicates<L: Lane>(
    experiment: &Experiment,
    seed: u64,
    first: u32,
    uncertainty: Uncertainty,
) -> Replicates<L> {
    let replicate = |k: usize| first + to_u32(k);
    let posterior = experiment.world.posterior.as_ref();
    let sets: Vec<usize> =
        (0..L::WIDTH).map(|k| posterior.map_or(0, |p| set(p, uncertainty, seed, replicate(k)))).collect();
    let value = |name: &str, prior: Distribution| -> L {
        match posterior.and_then(|p| fitted(experiment, p, name).map(|column| (p, column))) {
            Some((p, column)) => L::from_fn(|k| p.sets[sets[k]][column]),
            None => L::from_fn(|k| place(uncertainty, prior, unit(experiment, seed, replicate(k), name))),
        }
    };
    let parameter = |name: &str| value(name, experiment.world.parameters[name].distribution);
    let uncertain = |u: &Uncertain| value(&u.name, u.distribution);
    let at = |name: &str| {
        L::from_fn(|k| match uncertainty.parameters {
            true => unit(experiment, seed, replicate(k), name),
            false => 0.5,
        })
    };
    let starts = starts(experiment, &uncertain, &at);
    let draws = experiment
        .timings
        .iter()
        .zip(&starts)
        .map(|(t, start)| Draw {
            start: *start,
            known: t.known.map_or(*start, |day| start.min(L::splat(day))),
            ramp: uncertain(&t.ramp),
            duration: uncertain(&t.duration),
            recovery: uncertain(&t.recovery),
            magnitude: uncertain(&t.magnitude),
            leakage: uncertain(&t.leakage),
            leakage_ramp: uncertain(&t.leakage_ramp),
            leakage_premium: uncertain(&t.leakage_premium),
            diversion: uncertain(&t.diversion),
            carrying: uncertain(&t.carrying),
            regime: t.regime.as_ref().map(|r| r.map(&mut |u| uncertain(u))),
        })
        .collect();
    let behaviour = Behaviour::from_names(parameter);
    let construction = experiment
        .world
        .construction
        .iter()
        .map(|w| Construction { lead: uncertain(&w.lead), overrun: uncertain(&w.overrun) })
        .collect();
    let mut replicates = Replicates {
        behaviour,
        draws,
        demand: Vec::new(),
        availability: Vec::new(),
        construction,
        trends: uncertainty.trends,
    };
    if uncertainty.variation {
        let chances: Vec<Chance> = (0..L::WIDTH).map(|k| Chance::new(seed, replicate(k))).collect();
        replicates.demand =
            demand(experiment, &chances, parameter("demand_noise"), parameter("demand_persistence"));
        let outage = Outage {
            per_week: parameter("outages_per_year") * (1.0 / 52.0),
            weeks: parameter("outage_weeks"),
            depth: parameter("outage_depth"),
        };
        replicates.availability = availability(experiment, &chances, &outage);
    }
    replicates
}

/// First moments of all events, those that depend on others after those.
fn starts<L: Lane>(
    experiment: &Experiment,
    uncertain: &dyn Fn(&Uncertain) -> L,
    at: &dyn Fn(&str) -> L,
) -> Vec<L> {
    let mut starts: Vec<L> = Vec::with_capacity(experiment.timings.len());
    for timing in &experiment.timings {
        let day = uncertain(&timing.start);
        let start = match &timing.trigger {
            None => day,
            Some(trigger) => {
                let delay = uncertain(&trigger.delay);
                let chance = trigger.chance.as_ref().map_or(L::one(), uncertain);
                let comes = if trigger.chance.is_some() { at(&trigger.comes) } else { L::zero() };
                let u = if trigger.within > 0.0 { at(&trigger.day) } else { L::zero() };
                let other = trigger.after.map(|place| starts[place]);
                L::from_fn(|k| {
                    let of = |x: L| x.lane(k);
                    triggered(trigger, of(day), other.map(of), [delay, chance, u, comes].map(of))
                })
            }
        };
        starts.push(start);
    }
    starts
}

fn weeks(experiment: &Experiment) -> usize {
    experiment.arms.iter().map(|arm| arm.plan.weeks).max().unwrap_or(0) as usize
}

/// Week-to-week plans: a first-order autoregression in logs with mean one.
///
/// ```text
/// x ← ρ·x + √(1−ρ²)·σ·z;   factor = exp(x − σ²/2)
/// ```
fn demand<L: Lane>(experiment: &Experiment, chances: &[Chance], sd: L, persistence: L) -> Vec<L> {
    let network = &experiment.network;
    let weeks = weeks(experiment);
    let fresh = (L::one() - persistence * persistence).positive().sqrt() * sd;
    let half_variance = sd * sd * 0.5;
    let mut table = vec![L::one(); weeks * network.producers];
    for (p, a) in network.producer_range().enumerate() {
        let entity = network.agents[a].entity;
        let mut x = L::zero();
        let mut pairs = vec![[0.0; 2]; chances.len()];
        for week in 0..weeks {
            let address = to_u32(week / 2);
            if week % 2 == 0 {
                for (pair, chance) in pairs.iter_mut().zip(chances) {
                    *pair = chance.uniforms(Stream::Demand, entity, address);
                }
            }
            let z = L::from_fn(|k| normal_quantile(pairs[k][week % 2]));
            x = persistence * x + fresh * z;
            table[week * network.producers + p] = (x - half_variance).exp();
        }
    }
    table
}

struct Outage<L> {
    per_week: L,
    weeks: L,
    depth: L,
}

/// Unplanned outages: one starts with a small chance each week and takes part of the line for some weeks.
/// The mean loss is made up in capacity at the reference level only through the plant's usual headroom.
fn availability<L: Lane>(experiment: &Experiment, chances: &[Chance], outage: &Outage<L>) -> Vec<L> {
    let network = &experiment.network;
    let weeks = weeks(experiment);
    let mut table = vec![L::one(); weeks * network.facilities];
    for f in 0..network.facilities {
        let entity = network.agents[f].entity;
        let mut left = L::zero();
        let mut pairs = vec![[0.0; 2]; chances.len()];
        for week in 0..weeks {
            if week % 2 == 0 {
                let address = to_u32(week / 2);
                for (pair, chance) in pairs.iter_mut().zip(chances) {
                    *pair = chance.uniforms(Stream::Outage, entity, address);
                }
            }
            let u = L::from_fn(|k| pairs[k][week % 2]);
            left = L::where_less(u, outage.per_week, outage.weeks, (left - L::one()).positive());
            let down = L::where_less(L::splat(0.5), left, outage.depth, L::zero());
            table[week * network.facilities + f] = L::one() - down;
        }
    }
    table
}
