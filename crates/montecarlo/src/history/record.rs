//! Runs of the arm that is held against the record, with only those series that the record needs.

use crate::replicates::{Uncertainty, draw_replicates};
use crate::runner::{Interrupted, Settings};
use chokepoint_core::id::{CommodityId, RegionId, StageId, to_u32};
use chokepoint_core::lanes::{Eight, Lane};
use chokepoint_core::outcome::Tally;
use chokepoint_core::plan::Plan;
use chokepoint_core::scope::{Scope, Series};
use chokepoint_core::time::Week;
use chokepoint_core::week;
use chokepoint_scenario::Experiment;
use chokepoint_scenario::history::{History, Statistic};
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is recorded of the history's arm, and until when it runs.
#[derive(Clone, Debug)]
pub struct Recorder<'a> {
    /// The experiment.
    pub experiment: &'a Experiment,
    /// Events and measures, cut after the last week that is needed.
    pub plan: Plan,
    /// Series that are needed.
    pub scope: Scope,
}

/// What was recorded of one replicate.
#[derive(Clone, Debug)]
pub struct SimulatedRecord {
    /// `[(week − from) × series + place]`.
    pub values: Vec<f32>,
    /// First output and first idleness of each facility, weeks from the start of spin-up; infinite if never.
    pub plants: Vec<(f32, f32)>,
}

impl<'a> Recorder<'a> {
    /// What the targets chosen by `wanted` and, if `prices` is set, the observed prices need.
    pub fn new(
        experiment: &'a Experiment,
        history: &History,
        wanted: impl Fn(&chokepoint_scenario::history::Target) -> bool,
        prices: bool,
    ) -> Self {
        let mut series = Vec::new();
        let mut until = 0;
        for target in history.targets.iter().filter(|t| wanted(t)) {
            until = until.max(target.statistic.until());
            series.extend(needs(&target.statistic));
        }
        if prices {
            for seen in &history.prices {
                let commodity = CommodityId::from(seen.commodity);
                series.extend([Series::Quote(commodity), Series::HomeQuote(commodity)]);
                until = until.max(seen.weeks.end);
            }
        }
        series.sort_unstable();
        series.dedup();
        let arm = experiment.arms.iter().find(|arm| arm.id == history.arm);
        let mut plan = arm.unwrap_or(&experiment.arms[0]).plan.clone();
        plan.weeks = plan.weeks.min(until.max(experiment.scope.from + 1));
        Self { experiment, plan, scope: Scope { series, ..experiment.scope.clone() } }
    }

    /// Place of a series, if it is recorded.
    pub fn place(&self, series: Series) -> Option<usize> {
        self.scope.series.binary_search(&series).ok()
    }

    /// A recorded value; not a number where there is none.
    pub fn at(&self, record: &SimulatedRecord, series: Series, week: Week) -> f64 {
        let place = self.place(series);
        let row = week.checked_sub(self.scope.from).map(|row| row as usize * self.scope.series.len());
        match (place, row) {
            (Some(place), Some(row)) => record.values.get(row + place).copied().map_or(f64::NAN, f64::from),
            _ => f64::NAN,
        }
    }

    /// Mean price over some weeks, US dollars per kilogram.
    pub fn price(
        &self,
        record: &SimulatedRecord,
        commodity: usize,
        outside: bool,
        weeks: &core::ops::Range<Week>,
    ) -> f64 {
        let id = CommodityId::from(commodity);
        let series = if outside { Series::Quote(id) } else { Series::HomeQuote(id) };
        let reference = self.experiment.world.commodities[commodity].reference_price * 1e-3;
        let sum: f64 = weeks.clone().map(|week| self.at(record, series, week)).sum();
        reference * sum / weeks.len().max(1) as f64
    }

    /// Runs replicates, eight side by side, and gives what `keep` makes of each, in order. `progress`
    /// is reported how many are done.
    pub fn run<T: Send>(
        &self,
        settings: Settings,
        keep: impl Fn(SimulatedRecord) -> T + Sync,
        progress: &(dyn Fn(u32) + Sync),
        stop: &AtomicBool,
    ) -> Result<Vec<T>, Interrupted> {
        let width = to_u32(Eight::WIDTH);
        let Settings { replicates, seed, uncertainty } = settings;
        let batches: Vec<u32> = (0..replicates.div_ceil(width)).map(|batch| batch * width).collect();
        let runs: Vec<Option<Vec<T>>> = batches
            .par_iter()
            .map(|first| {
                if stop.load(Ordering::Relaxed) {
                    return None;
                }
                let kept = self.batch(seed, uncertainty, *first).into_iter().map(&keep).collect();
                progress(width);
                Some(kept)
            })
            .collect();
        let mut all = Vec::with_capacity(replicates as usize);
        for run in runs {
            all.extend(run.ok_or(Interrupted)?);
        }
        all.truncate(replicates as usize);
        Ok(all)
    }

    fn batch(&self, seed: u64, uncertainty: Uncertainty, first: u32) -> Vec<SimulatedRecord> {
        let network = &self.experiment.network;
        let replicates = draw_replicates::<Eight>(self.experiment, seed, first, uncertainty);
        let mut tally = Tally::<Eight>::new(network, &self.plan, &self.scope);
        week::run(network, &self.plan, &replicates, &mut tally);
        let start = chokepoint_core::time::SPIN_UP_WEEKS as f32;
        (0..Eight::WIDTH)
            .map(|lane| SimulatedRecord {
                values: tally.series.iter().map(|x| x.lane(lane) as f32).collect(),
                plants: tally
                    .plants
                    .iter()
                    .map(|p| {
                        (start + p.first_output.lane(lane) as f32, start + p.first_idle.lane(lane) as f32)
                    })
                    .collect(),
            })
            .collect()
    }
}

/// What a region buys of a good on controlled trade.
pub(super) fn exports_to(good: usize, region: usize) -> Series {
    Series::ExportsTo(CommodityId::from(good), RegionId::from(region))
}

/// Series that a statistic reads.
fn needs(statistic: &Statistic) -> Vec<Series> {
    let outside = |c: &usize| Series::Quote(CommodityId::from(*c));
    match statistic {
        Statistic::Multiple { basket, outside: true, .. } => basket.iter().map(|(c, _)| outside(c)).collect(),
        Statistic::Multiple { basket, .. } => {
            basket.iter().map(|(c, _)| Series::HomeQuote(CommodityId::from(*c))).collect()
        }
        Statistic::Exports { flows, .. } => {
            flows.iter().map(|(good, region, _)| exports_to(*good, *region)).collect()
        }
        Statistic::MonthsToPeak { prices, .. } | Statistic::MonthsToHalf { prices, .. } => {
            prices.iter().map(outside).collect()
        }
        Statistic::Gap { price, .. } => vec![outside(price), Series::HomeQuote(CommodityId::from(*price))],
        Statistic::QuotaExports { .. } => vec![Series::QuotaTonnes(0)],
        Statistic::QuotaImports { region, .. } => vec![Series::QuotaImports(0, RegionId::from(*region))],
        Statistic::Output { stage, regions, .. } => {
            regions.iter().map(|r| Series::Tonnes(StageId::from(*stage), RegionId::from(*r))).collect()
        }
        Statistic::Fails { .. } => Vec::new(),
    }
}
