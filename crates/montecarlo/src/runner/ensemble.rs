//! What is kept of a run: every replicate's outcomes, and bands of its weekly series.

use super::replicate::{ArmRun, LineStop, Settings};
use crate::bands::Bands;
use crate::flows::Ways;
use crate::outcomes::{self, Outcome};
use crate::plants::PlantRun;
use chokepoint_core::id::to_u32;
use chokepoint_core::network::Role;
use chokepoint_scenario::Experiment;
use std::io::{self, Write};

/// Replicates whose weekly series are kept as samples.
pub const SAMPLES: usize = 10;

/// What [`Ensemble::save`] writes of an arm: a number for each replicate, but for the bands.
type SavedArm = (
    Bands,
    Vec<Vec<f64>>,
    Vec<Vec<f32>>,
    Vec<Vec<LineStop>>,
    Vec<Vec<f32>>,
    Vec<Vec<PlantRun>>,
    Vec<Vec<f64>>,
    Vec<Vec<f32>>,
);

/// Everything that was kept of a run.
#[derive(Clone, Debug)]
pub struct Ensemble {
    /// Settings, with the number of replicates that are kept so far.
    pub settings: Settings,
    /// Outcomes, in order.
    pub outcomes: Vec<Outcome>,
    /// `[arm][replicate][outcome]`.
    pub values: Vec<Vec<Vec<f64>>>,
    /// `[arm]`: bands over `[week × series + place]`.
    pub bands: Vec<Bands>,
    /// `[arm][replicate]`: weekly series of the first replicates.
    pub samples: Vec<Vec<Vec<f32>>>,
    /// Agents that are lines.
    pub lines: Vec<usize>,
    /// `[arm][replicate][line]`.
    pub stops: Vec<Vec<Vec<LineStop>>>,
    /// `[arm][replicate]`: exposure, see [`ArmRun::exposure`].
    pub exposure: Vec<Vec<Vec<f32>>>,
    /// `[arm][replicate][facility]`.
    pub plants: Vec<Vec<Vec<PlantRun>>>,
    /// `[arm][replicate]`: costs by year, see [`ArmRun::costs`].
    pub costs: Vec<Vec<Vec<f64>>>,
    /// Between which stages and regions goods move.
    pub ways: Ways,
    /// `[replicate]`: what moved in the scenario without a strategy, see [`ArmRun::flows`].
    pub flows: Vec<Vec<f32>>,
    /// `[arm][replicate]`: monthly means of the headline series, `[month × headline + place]`.
    pub monthly: Vec<Vec<Vec<f32>>>,
    /// Headline series: places in the scope.
    pub headline: Vec<usize>,
    /// The arm whose flows are kept.
    bare: usize,
}

/// Recorded weeks by calendar month.
#[derive(Clone, Debug)]
pub struct Months {
    /// Year and month, in order.
    pub months: Vec<(i16, i8)>,
    /// Month of each recorded week.
    pub of_week: Vec<usize>,
}

impl Months {
    /// The months of an experiment's recorded weeks.
    pub fn new(experiment: &Experiment) -> Self {
        let calendar = experiment.calendar();
        let weeks = experiment.arms[0].plan.weeks;
        let mut months: Vec<(i16, i8)> = Vec::new();
        let mut of_week = Vec::new();
        for week in experiment.scope.from..weeks {
            let month = calendar.month(week);
            if months.last() != Some(&month) {
                months.push(month);
            }
            of_week.push(months.len() - 1);
        }
        Self { months, of_week }
    }
}

impl Ensemble {
    /// Room for the results of an experiment; no replicate yet.
    pub fn empty(experiment: &Experiment, settings: Settings) -> Self {
        use chokepoint_core::scope::Series;
        let arms = experiment.arms.len();
        let weeks = (experiment.arms[0].plan.weeks - experiment.scope.from) as usize;
        let cells = weeks * experiment.scope.series.len();
        let headline = experiment
            .scope
            .series
            .iter()
            .enumerate()
            .filter(|(_, s)| match s {
                Series::UnmetRegion(_) | Series::Unmet(..) | Series::Arrivals(..) => true,
                Series::Licences(_) | Series::LicencesTo(..) | Series::LicencesOf(..) => true,
                Series::ControlledExports(m) | Series::SpotQuote(m) | Series::SpotVolume(m) => {
                    let good = experiment.arms[0].plan.markets[*m].commodity.at();
                    experiment.world.headline_prices.contains(&good)
                }
                Series::HomePrice(c)
                | Series::OutsidePrice(c)
                | Series::ContractPrice(c)
                | Series::ContractVolume(c)
                | Series::ExportsTo(c, _) => experiment.world.headline_prices.contains(&c.at()),
                _ => false,
            })
            .map(|(place, _)| place)
            .collect();
        Self {
            settings: Settings { replicates: 0, ..settings },
            outcomes: outcomes::list(experiment),
            values: vec![Vec::new(); arms],
            bands: vec![Bands::new(cells); arms],
            samples: vec![Vec::new(); arms],
            lines: (0..experiment.network.agents.len())
                .filter(|a| outcomes::is_line(experiment, *a))
                .collect(),
            stops: vec![Vec::new(); arms],
            exposure: vec![Vec::new(); arms],
            plants: vec![Vec::new(); arms],
            costs: vec![Vec::new(); arms],
            ways: Ways::of(&experiment.network),
            flows: Vec::new(),
            bare: experiment.bare(),
            monthly: vec![Vec::new(); arms],
            headline,
        }
    }

    /// An outcome of an arm less that of the same replicates with the same strategy and without the shock: what the shock does.
    pub fn by_the_shock(&self, experiment: &Experiment, arm: usize, outcome: usize) -> Vec<f64> {
        let (with, without) = (self.column(arm, outcome), self.column(experiment.baseline_of(arm), outcome));
        with.iter().zip(without).map(|(with, without)| with - without).collect()
    }

    /// Stops of an arm, replicate by replicate and firm by firm, without those that random variation causes: a firm whose
    /// lines stop no later in the same replicate of the baseline has not stopped.
    pub fn stops_by_the_shock(&self, arm: usize) -> Vec<Vec<LineStop>> {
        let both = self.stops[arm].iter().zip(&self.stops[0]);
        let of_firm = |(with, without): (&LineStop, &LineStop)| {
            if without.first <= with.first { with.never() } else { *with }
        };
        both.map(|(with, without)| with.iter().zip(without).map(of_firm).collect()).collect()
    }

    /// Places of the firms that build for a sector in a region, among those whose lines are followed.
    pub fn firms(&self, experiment: &Experiment, region: usize, sector: usize) -> Vec<usize> {
        let here = |place: &usize| {
            let agent = &experiment.network.agents[self.lines[*place]];
            agent.region.at() == region && matches!(&agent.role, Role::Producer(p) if p.sector.at() == sector)
        };
        (0..self.lines.len()).filter(here).collect()
    }

    /// Keeps the lanes of one batch that are new and wanted: those from the number kept so far up to `wanted`.
    pub(super) fn keep(&mut self, arms: Vec<Vec<ArmRun>>, first: u32, wanted: u32, months: &Months) {
        let had = self.settings.replicates;
        let place = |replicate: u32| replicate.saturating_sub(first) as usize;
        let width = to_u32(arms.first().map_or(0, Vec::len));
        let (from, to) = (place(had), place(wanted.min(first.saturating_add(width))));
        let (bare, headline) = (self.bare, self.headline.clone());
        for (arm, lanes) in arms.into_iter().enumerate() {
            for mut run in lanes.into_iter().take(to).skip(from) {
                if arm == bare {
                    self.flows.push(std::mem::take(&mut run.flows));
                }
                self.bands[arm].add(&run.series);
                self.values[arm].push(run.outcomes);
                self.stops[arm].push(run.stops);
                self.exposure[arm].push(run.exposure);
                self.plants[arm].push(run.plants);
                self.costs[arm].push(run.costs);
                self.monthly[arm].push(monthly_means(&run.series, &headline, months));
                if self.samples[arm].len() < SAMPLES {
                    self.samples[arm].push(run.series);
                }
            }
        }
        self.settings.replicates = had.max(wanted.min(first.saturating_add(width)));
    }

    /// Writes what is kept, for [`Ensemble::restore`]: blocks, each after its length.
    pub fn save(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut block = |bytes: postcard::Result<Vec<u8>>| {
            let bytes = bytes.map_err(io::Error::other)?;
            out.write_all(&(bytes.len() as u64).to_le_bytes())?;
            out.write_all(&bytes)
        };
        block(postcard::to_allocvec(&(self.settings.replicates, &self.flows)))?;
        for arm in 0..self.bands.len() {
            let kept = (
                &self.bands[arm],
                &self.values[arm],
                &self.samples[arm],
                &self.stops[arm],
                &self.exposure[arm],
                &self.plants[arm],
                &self.costs[arm],
                &self.monthly[arm],
            );
            block(postcard::to_allocvec(&kept))?;
        }
        Ok(())
    }

    /// Takes up what was saved of a run of the same experiment and seed. Nothing is taken if the shapes differ.
    pub fn restore(&mut self, mut bytes: &[u8]) -> Option<()> {
        let mut block = || {
            let (length, rest) = bytes.split_first_chunk::<8>()?;
            let (block, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
            bytes = rest;
            Some(block)
        };
        let mut taken = self.clone();
        (taken.settings.replicates, taken.flows) = postcard::from_bytes(block()?).ok()?;
        for arm in 0..self.bands.len() {
            let (bands, values, samples, stops, exposure, plants, costs, monthly): SavedArm =
                postcard::from_bytes(block()?).ok()?;
            taken.bands[arm] = bands;
            taken.values[arm] = values;
            taken.samples[arm] = samples;
            taken.stops[arm] = stops;
            taken.exposure[arm] = exposure;
            taken.plants[arm] = plants;
            taken.costs[arm] = costs;
            taken.monthly[arm] = monthly;
        }
        let whole = taken.has_the_shape_of(self);
        whole.then(|| *self = taken)
    }

    /// Whether everything is there of each replicate.
    fn has_the_shape_of(&self, form: &Self) -> bool {
        let n = self.settings.replicates as usize;
        self.flows.len() == n
            && self.bands.iter().zip(&form.bands).all(|(a, b)| a.n() as usize == n && a.cells() == b.cells())
            && all_have(&self.values, n)
            && self.values.iter().all(|rows| all_have(rows, self.outcomes.len()))
            && all_have(&self.stops, n)
            && self.stops.iter().all(|rows| all_have(rows, self.lines.len()))
            && all_have(&self.samples, n.min(SAMPLES))
            && all_have(&self.exposure, n)
            && all_have(&self.plants, n)
            && all_have(&self.costs, n)
            && all_have(&self.monthly, n)
    }

    /// Place of an outcome in the list.
    pub fn outcome(&self, wanted: &Outcome) -> Option<usize> {
        self.outcomes.iter().position(|o| o == wanted)
    }

    /// Place of an outcome that every run keeps.
    ///
    /// # Panics
    ///
    /// If no run keeps it.
    pub fn place(&self, wanted: &Outcome) -> usize {
        self.outcome(wanted).expect("outcomes::list names it for every experiment")
    }

    /// Values of one outcome over the replicates of an arm.
    pub fn column(&self, arm: usize, outcome: usize) -> Vec<f64> {
        self.values[arm].iter().map(|row| row[outcome]).collect()
    }
}

fn monthly_means(series: &[f32], headline: &[usize], months: &Months) -> Vec<f32> {
    let width = series.len() / months.of_week.len();
    let mut sums = vec![0.0_f64; months.months.len() * headline.len()];
    let mut weeks = vec![0.0_f64; months.months.len()];
    for (week, month) in months.of_week.iter().enumerate() {
        weeks[*month] += 1.0;
        for (place, from) in headline.iter().enumerate() {
            sums[month * headline.len() + place] += f64::from(series[week * width + from]);
        }
    }
    sums.iter().enumerate().map(|(i, sum)| (sum / weeks[i / headline.len()]) as f32).collect()
}

fn all_have<T>(rows: &[Vec<T>], n: usize) -> bool {
    rows.iter().all(|row| row.len() == n)
}
