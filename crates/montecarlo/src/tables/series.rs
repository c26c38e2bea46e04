//! Weekly series: bands of all replicates, and the first replicates as they ran.

use crate::names::{Names, short};
use crate::runner::Ensemble;
use chokepoint_core::id::to_u32;
use chokepoint_core::scope::{Licences, Series};
use chokepoint_scenario::Experiment;
use rayon::prelude::*;
use std::fmt::Write;
use std::io;

/// How a series is described in a row.
pub(super) struct Described {
    pub(super) metric: &'static str,
    pub(super) stage: String,
    pub(super) region: String,
    pub(super) partner: String,
    pub(super) kind: &'static str,
    pub(super) item: String,
    pub(super) sector: String,
    pub(super) unit: &'static str,
    /// From the recorded number to the printed one.
    pub(super) factor: f64,
}

pub(super) fn describe(experiment: &Experiment, series: Series) -> Described {
    let names = Names(experiment);
    let stage = |s: usize| experiment.world.stages[s].id.clone();
    let region = |r: usize| names.region(Some(r)).to_owned();
    let last = experiment.world.stages.last().map_or_else(String::new, |stage| stage.id.clone());
    let empty = Described { unit: "share", ..empty_described() };
    let licences = |what: Licences| Described {
        metric: match what {
            Licences::Filed => "licences_filed",
            Licences::Pending => "licences_pending",
            Licences::Granted => "licences_granted",
        },
        kind: "control",
        unit: "weeks of trade at the reference level",
        ..empty_described()
    };
    let good = |market: usize| experiment.arms[0].plan.markets[market].commodity.at();
    let quota = |pool: usize| format!("quota-{}", pool + 1);
    let priced = |c: usize, region: String, metric| Described {
        metric,
        region,
        stage: stage(experiment.world.commodities[c].stage),
        kind: "commodity",
        item: names.item(Some(c)).to_owned(),
        unit: "multiple of reference",
        ..empty_described()
    };
    match series {
        Series::Output(s, r) => Described {
            metric: "output",
            stage: stage(s.at()),
            region: region(r.at()),
            unit: "share of the reference level",
            ..empty
        },
        Series::Cover(s, r) => Described {
            metric: "input_cover",
            stage: stage(s.at()),
            region: region(r.at()),
            unit: "weeks",
            ..empty
        },
        Series::HomePrice(c) => priced(c.at(), region(experiment.world.home), "price_index"),
        Series::OutsidePrice(c) => priced(c.at(), "outside".to_owned(), "price_index"),
        Series::ContractPrice(c) => priced(c.at(), "outside".to_owned(), "contract_price"),
        Series::ContractVolume(c) => Described {
            unit: "share of use at the reference level",
            ..priced(c.at(), "outside".to_owned(), "contract_volume")
        },
        Series::SpotQuote(m) => priced(good(m), "outside".to_owned(), "spot_quote"),
        Series::SpotVolume(m) => Described {
            unit: "share of use at the reference level",
            ..priced(good(m), "outside".to_owned(), "spot_volume")
        },
        Series::Unmet(s, r) => Described {
            metric: "unmet_demand",
            stage: last.clone(),
            region: region(r.at()),
            sector: names.sector(Some(s.at())).to_owned(),
            unit: "share of plan",
            ..empty
        },
        Series::UnmetRegion(r) => Described {
            metric: "unmet_demand",
            stage: last.clone(),
            region: region(r.at()),
            unit: "share of plan",
            ..empty
        },
        Series::ControlledExports(m) => {
            let commodity = good(m);
            Described {
                region: region(experiment.world.home),
                partner: "controlled".to_owned(),
                unit: "share of the reference level",
                ..priced(commodity, String::new(), "controlled_exports")
            }
        }
        Series::ExportsTo(c, r) => Described {
            region: region(experiment.world.home),
            partner: region(r.at()),
            unit: "t a week",
            ..priced(c.at(), String::new(), "controlled_exports")
        },
        Series::Arrivals(c, from, to) => Described {
            region: region(from.at()),
            partner: region(to.at()),
            unit: "t a week",
            ..priced(c.at(), String::new(), "arrivals")
        },
        Series::Concentration(s) => {
            Described { metric: "hhi", stage: stage(s.at()), unit: "0 to 10000", factor: 1e4, ..empty }
        }
        Series::LargestShare(s) => Described { metric: "largest_share", stage: stage(s.at()), ..empty },
        Series::Licences(what) => licences(what),
        Series::LicencesTo(what, r) => Described { partner: region(r.at()), ..licences(what) },
        Series::LicencesOf(what, 0) => Described { item: "others".to_owned(), ..licences(what) },
        Series::LicencesOf(what, class) => Described { item: format!("class-{class}"), ..licences(what) },
        Series::QuotaFill(pool) => Described {
            metric: "quota_fill",
            kind: "control",
            item: quota(pool),
            unit: "share of allowance",
            ..empty
        },
        Series::QuotaRent(pool) => Described {
            metric: "licence_rent",
            kind: "control",
            item: quota(pool),
            unit: "USD/kg gross",
            ..empty
        },
        Series::QuotaTonnes(pool) => Described {
            metric: "quota_tonnes",
            kind: "control",
            item: quota(pool),
            unit: "t gross a week",
            ..empty
        },
        Series::QuotaImports(pool, r) => Described {
            metric: "quota_imports",
            region: region(r.at()),
            kind: "control",
            item: quota(pool),
            unit: "t gross a week",
            ..empty
        },
        Series::Quote(c) => priced(c.at(), "outside".to_owned(), "quote"),
        Series::HomeQuote(c) => priced(c.at(), region(experiment.world.home), "quote"),
        Series::Tonnes(s, r) => Described {
            metric: "tonnes",
            stage: stage(s.at()),
            region: region(r.at()),
            unit: "t a week",
            ..empty
        },
        Series::Made(c, r) => Described {
            metric: "made",
            region: region(r.at()),
            item: experiment.world.commodities[c.at()].id.clone(),
            unit: "t a week",
            ..empty
        },
        Series::Reserves => {
            Described { metric: "reserve_stock", kind: "reserve", unit: "weeks of use", ..empty }
        }
    }
}

fn empty_described() -> Described {
    Described {
        metric: "",
        stage: String::new(),
        region: String::new(),
        partner: String::new(),
        kind: "",
        item: String::new(),
        sector: String::new(),
        unit: "",
        factor: 1.0,
    }
}

/// `series.csv`: bands of every weekly series of every arm.
pub fn series(experiment: &Experiment, ensemble: &Ensemble, out: &mut dyn io::Write) -> io::Result<()> {
    let header = "arm,week,date,metric,stage,region,partner_region,item_kind,item,sector,unit,n,mean,p5,p25,p50,p75,p95\n";
    let width = experiment.scope.series.len();
    let weeks = experiment.arms[0].plan.weeks - experiment.scope.from;
    let calendar = experiment.calendar();
    out.write_all(header.as_bytes())?;
    for (arm, bands) in experiment.arms.iter().zip(&ensemble.bands) {
        let block = |place: usize| {
            let d = describe(experiment, experiment.scope.series[place]);
            let mut text = String::new();
            for week in 0..weeks {
                let q = bands.quantiles(week as usize * width + place);
                let date = calendar.date(experiment.scope.from + week);
                let since =
                    i64::from(week) + i64::from(experiment.scope.from) - i64::from(experiment.scope.shock);
                let _ = write!(
                    text,
                    "{},{since},{date},{},{},{},{},{},{},{},{},{},{}",
                    arm.id,
                    d.metric,
                    d.stage,
                    d.region,
                    d.partner,
                    d.kind,
                    d.item,
                    d.sector,
                    d.unit,
                    bands.n(),
                    short(q.mean * d.factor)
                );
                for p in q.p {
                    let _ = write!(text, ",{}", short(p * d.factor));
                }
                text.push('\n');
            }
            text
        };
        let blocks: Vec<String> = (0..width).into_par_iter().map(block).collect();
        blocks.iter().try_for_each(|block| out.write_all(block.as_bytes()))?;
    }
    Ok(())
}

/// Whether a series is in `samples.csv`, which has no column for a sector or a partner.
fn is_sampled(series: Series) -> bool {
    !matches!(
        series,
        Series::Unmet(..) | Series::ExportsTo(..) | Series::Arrivals(..) | Series::LicencesTo(..)
    )
}

/// `samples.csv`: weekly headline series of the first replicates.
pub fn samples(experiment: &Experiment, ensemble: &Ensemble, out: &mut dyn io::Write) -> io::Result<()> {
    let width = experiment.scope.series.len();
    let calendar = experiment.calendar();
    out.write_all(b"replicate,arm,week,date,metric,region,item,unit,value\n")?;
    for (arm, info) in experiment.arms.iter().enumerate() {
        for (replicate, sample) in ensemble.samples[arm].iter().enumerate() {
            let places = ensemble.headline.iter();
            for place in places.filter(|place| is_sampled(experiment.scope.series[**place])) {
                let d = describe(experiment, experiment.scope.series[*place]);
                for (week, row) in sample.chunks(width).enumerate() {
                    let at = experiment.scope.from + to_u32(week);
                    let since = i64::from(at) - i64::from(experiment.scope.shock);
                    writeln!(
                        out,
                        "{replicate},{},{since},{},{},{},{},{},{}",
                        info.id,
                        calendar.date(at),
                        d.metric,
                        d.region,
                        d.item,
                        d.unit,
                        short(f64::from(row[*place]))
                    )?;
                }
            }
        }
    }
    Ok(())
}
