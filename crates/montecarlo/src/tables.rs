//! The tables of a run as bytes: CSV, Parquet and JSON. Tidy, one row per observation, units in a column.

use crate::outcomes::{Measure, Outcome};
use crate::pairing::{self, Finding, Paired, mean};
use crate::runner::{Ensemble, Months};
use chokepoint_core::scope::{Licences, Series};
use chokepoint_scenario::experiment::Experiment;
use rayon::prelude::*;
use std::fmt::Write;
use std::io;

/// Names of an experiment's things, for rows.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a>(pub &'a Experiment);

impl Names<'_> {
    /// Region key.
    pub fn region(&self, region: Option<usize>) -> &str {
        region.map_or("", |r| self.0.world.regions[r].id.as_str())
    }
    /// Sector id.
    pub fn sector(&self, sector: Option<usize>) -> &str {
        sector.map_or("", |s| self.0.world.sectors[s].id.as_str())
    }
    /// Commodity id.
    pub fn item(&self, item: Option<usize>) -> &str {
        item.map_or("", |c| self.0.world.commodities[c].id.as_str())
    }
    /// An outcome in one word, for addresses and messages.
    pub fn outcome(&self, o: &Outcome) -> String {
        let parts = [o.measure.name(), self.region(o.region), self.sector(o.sector), self.item(o.item)];
        parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join("/")
    }
}

/// Seven significant digits, enough for every use and the same on every machine.
pub fn number(value: f64) -> String {
    let rounded = format!("{value:.6e}").parse::<f64>().unwrap_or(value);
    format!("{rounded}")
}

/// A time in weeks; nothing for one that never came.
pub fn time(value: f64) -> String {
    if Ensemble::happened(value) { number(value) } else { String::new() }
}

/// How a series is described in a row.
struct Described {
    metric: &'static str,
    stage: String,
    region: String,
    partner: String,
    kind: &'static str,
    item: String,
    sector: String,
    unit: &'static str,
    /// From the recorded number to the printed one.
    factor: f64,
}

fn describe(experiment: &Experiment, series: Series) -> Described {
    let names = Names(experiment);
    let stage = |s: usize| experiment.world.stages[s].id.clone();
    let region = |r: usize| names.region(Some(r)).to_owned();
    let empty = Described { unit: "share", ..empty_described() };
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
            unit: "share of rest",
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
        Series::Unmet(s, r) => Described {
            metric: "unmet_demand",
            stage: "OEM".to_owned(),
            region: region(r.at()),
            sector: names.sector(Some(s.at())).to_owned(),
            unit: "share of plan",
            ..empty
        },
        Series::UnmetRegion(r) => Described {
            metric: "unmet_demand",
            stage: "OEM".to_owned(),
            region: region(r.at()),
            unit: "share of plan",
            ..empty
        },
        Series::ControlledExports(m) => {
            let commodity = experiment.arms[0].plan.markets[m].commodity.at();
            Described {
                region: region(experiment.world.home),
                partner: "controlled".to_owned(),
                unit: "share of rest",
                ..priced(commodity, String::new(), "controlled_exports")
            }
        }
        Series::Concentration(s) => {
            Described { metric: "hhi", stage: stage(s.at()), unit: "0 to 10000", factor: 1e4, ..empty }
        }
        Series::LargestShare(s) => Described { metric: "largest_share", stage: stage(s.at()), ..empty },
        Series::Licences(what) => {
            let metric = match what {
                Licences::Filed => "licences_filed",
                Licences::Pending => "licences_pending",
                Licences::Granted => "licences_granted",
            };
            Described { metric, kind: "control", unit: "weeks of trade at rest", ..empty }
        }
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

/// Four significant digits: the bands are good to one per cent.
pub(crate) fn short(value: f64) -> String {
    let rounded = format!("{value:.3e}").parse::<f64>().unwrap_or(value);
    format!("{rounded}")
}

/// `outcomes.csv`: a row per replicate, arm and outcome.
pub fn outcomes(experiment: &Experiment, ensemble: &Ensemble, out: &mut dyn io::Write) -> io::Result<()> {
    let names = Names(experiment);
    let described: Vec<(String, bool)> = ensemble
        .outcomes
        .iter()
        .map(|o| {
            let row = format!(
                "{},{},{},{},{}",
                o.measure.name(),
                names.region(o.region),
                names.sector(o.sector),
                names.item(o.item),
                o.measure.unit()
            );
            (row, o.measure.unit() == "weeks")
        })
        .collect();
    out.write_all(b"replicate,arm,outcome,region,sector,item,unit,value\n")?;
    for replicate in 0..ensemble.settings.replicates as usize {
        for (arm, info) in experiment.arms.iter().enumerate() {
            for ((described, is_time), value) in described.iter().zip(&ensemble.values[arm][replicate]) {
                let value = if *is_time { time(*value) } else { number(*value) };
                writeln!(out, "{replicate},{},{described},{value}", info.id)?;
            }
        }
    }
    Ok(())
}

/// `samples.csv`: weekly headline series of the first replicates.
pub fn samples(experiment: &Experiment, ensemble: &Ensemble, out: &mut dyn io::Write) -> io::Result<()> {
    let width = experiment.scope.series.len();
    let calendar = experiment.calendar();
    out.write_all(b"replicate,arm,week,date,metric,region,item,unit,value\n")?;
    for (arm, info) in experiment.arms.iter().enumerate() {
        for (replicate, sample) in ensemble.samples[arm].iter().enumerate() {
            for place in &ensemble.headline {
                let d = describe(experiment, experiment.scope.series[*place]);
                for (week, row) in sample.chunks(width).enumerate() {
                    let at = experiment.scope.from + u32::try_from(week).unwrap_or(0);
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

/// Outcomes that are paired: money and goods, in all and by region or sector.
fn is_paired(o: &Outcome) -> bool {
    match o.measure {
        Measure::ValueAddedLost => o.region.is_none() || o.sector.is_none(),
        Measure::LostShare | Measure::LateShare => o.sector.is_none(),
        Measure::PriceTransfer | Measure::LinesStopped | Measure::PricePeak => true,
        Measure::Welfare | Measure::ResilienceLoss | Measure::EntrantsIdled => true,
        _ => false,
    }
}

/// What only the event can make: a strategy that comes after it changes none of it, whatever it costs.
fn is_of_the_event(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::ValueAddedLost
            | Measure::LostShare
            | Measure::LateShare
            | Measure::LinesStopped
            | Measure::ResilienceLoss
    )
}

/// One row of `paired.csv`.
#[derive(Clone, Debug)]
pub struct PairedRow {
    /// Arm.
    pub arm: usize,
    /// Place in the outcome list.
    pub outcome: usize,
    /// The difference, strategy less `none`.
    pub paired: Paired,
    /// What may be said of it.
    pub finding: Finding,
}

/// Whether a strategy's first effect comes after the last shock has ended (central values).
pub fn too_late(experiment: &Experiment, arm: usize) -> bool {
    let Some(none) = experiment.arms.iter().find(|a| a.id == "none") else { return false };
    let end = none.plan.events.iter().map(|event| {
        let t = &experiment.timings[event.draw];
        let phases = [&t.start, &t.ramp, &t.duration, &t.recovery];
        phases.iter().map(|u| u.distribution.central()).sum::<f64>()
    });
    let end = end.fold(0.0, f64::max);
    experiment.arms[arm].strategy.as_ref().is_some_and(|s| s.effect_from >= end)
}

/// Strategy less `none`, for every strategy.
pub fn pair(experiment: &Experiment, ensemble: &Ensemble) -> Vec<PairedRow> {
    let names = Names(experiment);
    let Some(none) = experiment.arms.iter().position(|a| a.id == "none") else { return Vec::new() };
    let all = Outcome { measure: Measure::ValueAddedLost, region: None, sector: None, item: None };
    let lost = ensemble.outcome(&all).map_or(0.0, |place| mean(&ensemble.column(none, place)));
    let wanted: Vec<(usize, usize)> = (0..experiment.arms.len())
        .filter(|arm| experiment.arms[*arm].shocked && experiment.arms[*arm].strategy.is_some())
        .flat_map(|arm| (0..ensemble.outcomes.len()).map(move |o| (arm, o)))
        .filter(|(_, o)| is_paired(&ensemble.outcomes[*o]))
        .collect();
    wanted
        .into_par_iter()
        .map(|(arm, outcome)| {
            let name = format!("{}/{}", experiment.arms[arm].id, names.outcome(&ensemble.outcomes[outcome]));
            let (with, without) = (ensemble.column(arm, outcome), ensemble.column(none, outcome));
            // welfare is told from an arbitrary origin: beside the loss it is small or not
            let size =
                if ensemble.outcomes[outcome].measure == Measure::Welfare { lost } else { mean(&without) };
            let paired = pairing::paired(&with, &without, size, ensemble.settings.seed, &name);
            let late = is_of_the_event(ensemble.outcomes[outcome].measure) && too_late(experiment, arm);
            let finding = paired.finding(late);
            PairedRow { arm, outcome, paired, finding }
        })
        .collect()
}

/// `paired.csv`.
pub fn paired(experiment: &Experiment, ensemble: &Ensemble, rows: &[PairedRow]) -> String {
    let names = Names(experiment);
    let mut text =
        "strategy,outcome,region,sector,item,unit,n,median,ci_low,ci_high,mean,p5,p95,share_lower,finding\n"
            .to_owned();
    for row in rows {
        let (o, p) = (&ensemble.outcomes[row.outcome], &row.paired);
        let _ = writeln!(
            text,
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
            experiment.arms[row.arm].id,
            o.measure.name(),
            names.region(o.region),
            names.sector(o.sector),
            names.item(o.item),
            o.measure.unit(),
            p.n,
            number(p.median),
            number(p.interval.0),
            number(p.interval.1),
            number(p.mean),
            number(p.range.0),
            number(p.range.1),
            short(p.share_below),
            row.finding.words()
        );
    }
    text
}

/// `ensemble.parquet`: replicate × arm × month of the headline series.
pub fn ensemble(
    experiment: &Experiment,
    ensemble: &Ensemble,
) -> Result<Vec<u8>, parquet::errors::ParquetError> {
    use parquet::basic::Compression;
    use parquet::data_type::{ByteArray, ByteArrayType, FloatType, Int32Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use std::sync::Arc;
    let months = Months::new(experiment);
    let columns: Vec<String> = ensemble
        .headline
        .iter()
        .map(|place| {
            let d = describe(experiment, experiment.scope.series[*place]);
            [d.metric, &d.item, &d.region]
                .iter()
                .filter(|p| !p.is_empty())
                .map(|p| p.replace('-', "_").to_lowercase())
                .collect::<Vec<_>>()
                .join("_")
        })
        .collect();
    let floats: String = columns.iter().map(|c| format!("required float {c}; ")).collect();
    let message = format!(
        "message ensemble {{ required int32 replicate; required binary arm (UTF8); required binary month (UTF8); {floats}}}"
    );
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("chokepoint {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut writer =
        SerializedFileWriter::new(Vec::new(), Arc::new(parse_message_type(&message)?), Arc::new(properties))?;
    for (arm, info) in experiment.arms.iter().enumerate() {
        let rows = ensemble.monthly[arm].len() * months.months.len();
        let mut group = writer.next_row_group()?;
        let replicates: Vec<i32> =
            (0..rows).map(|r| i32::try_from(r / months.months.len()).unwrap_or(0)).collect();
        let arms: Vec<ByteArray> = vec![ByteArray::from(info.id.as_str()); rows];
        let dates: Vec<ByteArray> = (0..rows)
            .map(|r| {
                let (year, month) = months.months[r % months.months.len()];
                ByteArray::from(format!("{year:04}-{month:02}").as_str())
            })
            .collect();
        let mut place = 0;
        while let Some(mut column) = group.next_column()? {
            match place {
                0 => column.typed::<Int32Type>().write_batch(&replicates, None, None)?,
                1 => column.typed::<ByteArrayType>().write_batch(&arms, None, None)?,
                2 => column.typed::<ByteArrayType>().write_batch(&dates, None, None)?,
                _ => {
                    let width = ensemble.headline.len();
                    let values: Vec<f32> = ensemble.monthly[arm]
                        .iter()
                        .flat_map(|m| m.chunks(width).map(|row| row[place - 3]))
                        .collect();
                    column.typed::<FloatType>().write_batch(&values, None, None)?
                }
            };
            column.close()?;
            place += 1;
        }
        group.close()?;
    }
    writer.into_inner()
}
