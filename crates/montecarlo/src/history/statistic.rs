//! The numbers on record, taken from a run in the same windows.

use super::record::{Recorder, SimulatedRecord, exports_to};
use chokepoint_core::id::{CommodityId, RegionId, StageId};
use chokepoint_core::scope::Series;
use chokepoint_core::time::Week;
use chokepoint_scenario::history::Statistic;
use std::ops::Range;

/// Weeks of a month.
const MONTH: f64 = 52.0 / 12.0;

/// A statistic of one replicate, in its unit.
pub fn value(statistic: &Statistic, recorder: &Recorder<'_>, record: &SimulatedRecord) -> f64 {
    let sum = |series: Series, weeks: &Range<Week>| -> f64 {
        weeks.clone().map(|week| recorder.at(record, series, week)).sum()
    };
    match statistic {
        Statistic::Multiple { basket, outside, from, to } => {
            let worth = |weeks: &Range<Week>| -> f64 {
                basket.iter().map(|(c, weight)| weight * recorder.price(record, *c, *outside, weeks)).sum()
            };
            worth(to) / worth(from)
        }
        Statistic::MonthsToPeak { prices, within } => {
            let months = |c: &usize| f64::from(peak(*c, within, recorder, record).0 - within.start) / MONTH;
            prices.iter().map(months).sum::<f64>() / prices.len().max(1) as f64
        }
        Statistic::MonthsToHalf { prices, within } => {
            let months = |c: &usize| {
                let (top, highest) = peak(*c, within, recorder, record);
                let half =
                    (top..within.end).find(|week| outside(*c, *week, recorder, record) <= highest / 2.0);
                f64::from(half.unwrap_or(within.end) - top) / MONTH
            };
            prices.iter().map(months).sum::<f64>() / prices.len().max(1) as f64
        }
        Statistic::Gap { price, over, home_factor } => {
            recorder.price(record, *price, true, over)
                / (recorder.price(record, *price, false, over) * home_factor)
        }
        Statistic::Exports { flows, over } => {
            let shipped: f64 =
                flows.iter().map(|(good, region, _)| mean(sum(exports_to(*good, *region), over), over)).sum();
            shipped / flows.iter().map(|(_, _, tonnes)| tonnes).sum::<f64>()
        }
        Statistic::QuotaExports { over, tonnes } => {
            100.0 * (sum(Series::QuotaTonnes(0), over) / tonnes - 1.0)
        }
        Statistic::QuotaImports { region, from, to } => {
            let series = Series::QuotaImports(0, RegionId::from(*region));
            100.0 * (mean(sum(series, to), to) / mean(sum(series, from), from) - 1.0)
        }
        Statistic::Output { stage, regions, from, to } => {
            let made = |weeks: &Range<Week>| -> f64 {
                let series = |r: &usize| Series::Tonnes(StageId::from(*stage), RegionId::from(*r));
                regions.iter().map(|r| mean(sum(series(r), weeks), weeks)).sum()
            };
            made(to) / made(from)
        }
        Statistic::Fails { plants, by } => {
            let by = *by as f32;
            let fate = |p: &usize| record.plants.get(*p).copied().unwrap_or((f32::INFINITY, f32::INFINITY));
            let built = plants.iter().all(|p| fate(p).0 <= by);
            let idle = plants.iter().any(|p| fate(p).1 <= by);
            f64::from(u8::from(built && idle))
        }
    }
}

fn mean(sum: f64, weeks: &Range<Week>) -> f64 {
    sum / weeks.len().max(1) as f64
}

fn outside(commodity: usize, week: Week, recorder: &Recorder<'_>, record: &SimulatedRecord) -> f64 {
    recorder.at(record, Series::Quote(CommodityId::from(commodity)), week)
}

/// Week and height of the highest outside price.
fn peak(
    commodity: usize,
    within: &Range<Week>,
    recorder: &Recorder<'_>,
    record: &SimulatedRecord,
) -> (Week, f64) {
    within.clone().fold((within.start, f64::NEG_INFINITY), |best, week| {
        let price = outside(commodity, week, recorder, record);
        if price > best.1 { (week, price) } else { best }
    })
}
