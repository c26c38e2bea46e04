//! The futures: uncertain parameters from a low-discrepancy point, luck from addressed draws. The same for every arm.

use chokepoint_core::behaviour::Behaviour;
use chokepoint_core::chance::{Chance, Distribution, Stream, coordinate, normal_quantile};
use chokepoint_core::lanes::Lane;
use chokepoint_core::plan::{Draw, Future, Path, Regime, Works};
use chokepoint_scenario::experiment::{Experiment, PathTiming, RegimeTiming, Uncertain};
use chokepoint_scenario::posterior::{Posterior, Take};

/// Whether chance plays, and whether uncertain values are drawn or stay central.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uncertainty {
    /// Demand noise and outages.
    pub luck: bool,
    /// Parameters and event sizes from their distributions.
    pub parameters: bool,
    /// Whether demand grows, dated projects come and past sales return.
    pub trends: bool,
}

impl Uncertainty {
    /// Everything that is uncertain is.
    pub const FULL: Self = Self { luck: true, parameters: true, trends: true };
    /// Nothing is: the central future.
    pub const CENTRAL: Self = Self { luck: false, parameters: false, trends: true };
    /// Nothing is, and the structure at rest is carried forward as it was.
    pub const NONE: Self = Self { luck: false, parameters: false, trends: false };
}

/// A value in one replicate.
pub fn draw(
    uncertainty: Uncertainty,
    seed: u64,
    replicate: u32,
    name: &str,
    distribution: Distribution,
) -> f64 {
    match distribution {
        Distribution::Fixed(value) => value,
        _ if !uncertainty.parameters => distribution.central(),
        _ => distribution.quantile(coordinate(seed, replicate, name)),
    }
}

/// The set of fitted values that a replicate takes; the first, the central one, where parameters are not drawn.
fn set(posterior: &Posterior, uncertainty: Uncertainty, seed: u64, replicate: u32) -> usize {
    let n = posterior.sets.len();
    match posterior.take {
        Take::InTurn => replicate as usize % n,
        Take::Drawn if !uncertainty.parameters => 0,
        Take::Drawn => ((coordinate(seed, replicate, "posterior") * n as f64) as usize).min(n - 1),
    }
}

/// The futures of `L::WIDTH` replicates from `first` on.
pub fn futures<L: Lane>(
    experiment: &Experiment,
    seed: u64,
    first: u32,
    uncertainty: Uncertainty,
) -> Future<L> {
    let replicate = |k: usize| first + u32::try_from(k).unwrap_or(0);
    let posterior = experiment.world.posterior.as_ref();
    let sets: Vec<usize> =
        (0..L::WIDTH).map(|k| posterior.map_or(0, |p| set(p, uncertainty, seed, replicate(k)))).collect();
    let value = |name: &str, prior: Distribution| -> L {
        match posterior.and_then(|p| p.place(name).map(|place| (p, place))) {
            Some((p, place)) => L::from_fn(|k| p.sets[sets[k]][place]),
            None => L::from_fn(|k| draw(uncertainty, seed, replicate(k), name, prior)),
        }
    };
    let parameter = |name: &str| value(name, experiment.world.parameters[name].distribution);
    let uncertain = |u: &Uncertain| value(&u.name, u.distribution);
    let path =
        |p: &PathTiming| Path { from: uncertain(&p.from), to: uncertain(&p.to), ramp: uncertain(&p.ramp) };
    let regime = |r: &RegimeTiming| Regime {
        processing: path(&r.processing),
        approval: path(&r.approval),
        refusal: uncertain(&r.refusal),
        validity: uncertain(&r.validity),
    };
    let draws = experiment
        .timings
        .iter()
        .map(|t| Draw {
            start: uncertain(&t.start),
            ramp: uncertain(&t.ramp),
            duration: uncertain(&t.duration),
            recovery: uncertain(&t.recovery),
            magnitude: uncertain(&t.magnitude),
            leakage: uncertain(&t.leakage),
            leakage_ramp: uncertain(&t.leakage_ramp),
            leakage_premium: uncertain(&t.leakage_premium),
            regime: t.regime.as_ref().map(regime),
        })
        .collect();
    let behaviour = Behaviour::from_names(parameter);
    let works = experiment
        .world
        .works
        .iter()
        .map(|w| Works { lead: uncertain(&w.lead), overrun: uncertain(&w.overrun) })
        .collect();
    let mut future = Future {
        behaviour,
        draws,
        demand: Vec::new(),
        availability: Vec::new(),
        works,
        trends: uncertainty.trends,
    };
    if uncertainty.luck {
        let chances: Vec<Chance> = (0..L::WIDTH).map(|k| Chance::new(seed, replicate(k))).collect();
        future.demand =
            demand(experiment, &chances, parameter("demand_noise"), parameter("demand_persistence"));
        let outage = Outage {
            per_week: parameter("outages_per_year") * (1.0 / 52.0),
            weeks: parameter("outage_weeks"),
            depth: parameter("outage_depth"),
        };
        future.availability = availability(experiment, &chances, &outage);
    }
    future
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
            let address = u32::try_from(week / 2).unwrap_or(0);
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
/// The mean loss is made up in capacity at rest only through the plant's usual headroom.
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
                let address = u32::try_from(week / 2).unwrap_or(0);
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
