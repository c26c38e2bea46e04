//! A crisis of the past: what is on record of it, resolved against the scenario that shows its events.

use crate::arms::{Experiment, NO_STRATEGY, Request};
use chokepoint_core::plan::Effect;
use chokepoint_core::time::Week;
use chokepoint_input::document::{
    EvidenceDocument, HistoryDocument, NaiveDocument, RealisedDocument, RoleDocument, StatisticDocument,
    TargetOfHistory, VariantDocument,
};
use chokepoint_input::file;
use chokepoint_input::leaf::{Leaf, Unit, items};
use chokepoint_input::library::{ids, library_of};
use chokepoint_input::problem::{Code, Problems, Source};
use chokepoint_input::reader::Reader;
use chokepoint_input::table::Table;
use jiff::civil::Date;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A crisis of the past.
#[derive(Clone, Debug)]
pub struct History {
    /// Id.
    pub id: String,
    /// Title.
    pub name: String,
    /// The story.
    pub story: String,
    /// Id of the arm of the experiment that is held against the record.
    pub arm: String,
    /// What the naive forecast by elasticity takes: share kept, elasticity.
    pub naive: (f64, f64),
    /// What was shipped under the first quota in fact: from which week on, gross tonnes a week.
    pub realised: Vec<(Week, f64)>,
    /// Names of the numbers that a calibration fits.
    pub fitted: Vec<String>,
    /// The model with a mechanism taken out.
    pub variants: Vec<Variant>,
    /// What is on record.
    pub targets: Vec<Target>,
    /// Observed prices.
    pub prices: Vec<Observation>,
    /// Files that were read beside those of the experiment.
    pub files: Vec<Arc<Source>>,
}

/// The model with a mechanism taken out.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Id.
    pub id: String,
    /// What is taken out.
    pub name: String,
    /// Numbers that are set.
    pub set: Vec<(String, f64)>,
}

/// One number on record.
#[derive(Clone, Debug)]
pub struct Target {
    /// Id.
    pub id: String,
    /// In words.
    pub name: String,
    /// Whether a calibration may use it; what counts as a distance of one.
    pub fit: Option<f64>,
    /// Whether it was looked at while the model or the inputs of its scenario were built.
    pub seen: bool,
    /// How it is taken.
    pub statistic: Statistic,
    /// What is on record.
    pub observed: f64,
    /// Publication and year.
    pub source: String,
    /// Grade.
    pub grade: &'static str,
}

/// How a number is taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Statistic {
    /// Mean price of a basket (commodity, weight) in the second window over that in the first.
    Multiple {
        /// Commodities with weights.
        basket: Vec<(usize, f64)>,
        /// Outside the controlling country, or at home.
        outside: bool,
        /// First window.
        from: Range<Week>,
        /// Second window.
        to: Range<Week>,
    },
    /// Months from the start of the window to the highest outside price, mean over commodities.
    MonthsToPeak {
        /// Commodities.
        prices: Vec<usize>,
        /// Window.
        within: Range<Week>,
    },
    /// Months from the highest outside price in the window until it has halved; to its end if it did not.
    MonthsToHalf {
        /// Commodities.
        prices: Vec<usize>,
        /// Window.
        within: Range<Week>,
    },
    /// Outside over home price as recorded.
    Gap {
        /// Commodity.
        price: usize,
        /// Window.
        over: Range<Week>,
        /// Factor on the home price.
        home_factor: f64,
    },
    /// What was shipped of goods on controlled trade in the window over the reference level.
    Exports {
        /// Goods with the regions that buy them and what they buy a week at the reference level, tonnes.
        flows: Vec<(usize, usize, f64)>,
        /// Window.
        over: Range<Week>,
    },
    /// Per cent by which what was shipped under the quota in the window differs from a tonnage.
    QuotaExports {
        /// Window.
        over: Range<Week>,
        /// Gross tonnes for the window.
        tonnes: f64,
    },
    /// Per cent by which what a region got under the quota changed.
    QuotaImports {
        /// Region.
        region: usize,
        /// First window.
        from: Range<Week>,
        /// Second window.
        to: Range<Week>,
    },
    /// Output of a stage in some regions in the second window over that in the first.
    Output {
        /// Stage.
        stage: usize,
        /// Regions.
        regions: Vec<usize>,
        /// First window.
        from: Range<Week>,
        /// Second window.
        to: Range<Week>,
    },
    /// One if all plants were built and one of them was idle by a week.
    Fails {
        /// Places of the plants among the agents.
        plants: Vec<usize>,
        /// Week.
        by: Week,
    },
}

impl Statistic {
    /// Unit as printed.
    pub fn unit(&self) -> &'static str {
        match self {
            Self::Multiple { .. } | Self::Gap { .. } | Self::Output { .. } => "x",
            Self::MonthsToPeak { .. } | Self::MonthsToHalf { .. } => "months",
            Self::QuotaExports { .. } | Self::QuotaImports { .. } => "%",
            Self::Exports { .. } => "of usual",
            Self::Fails { .. } => "probability",
        }
    }

    /// Whether distances are taken in logs: of ratios.
    pub fn is_ratio(&self) -> bool {
        self.unit() == "x"
    }

    /// First week (exclusive) by which everything that it needs has happened.
    pub fn until(&self) -> Week {
        match self {
            Self::Multiple { to, .. } | Self::QuotaImports { to, .. } | Self::Output { to, .. } => to.end,
            Self::MonthsToPeak { within, .. } | Self::MonthsToHalf { within, .. } => within.end,
            Self::Gap { over, .. } | Self::QuotaExports { over, .. } | Self::Exports { over, .. } => over.end,
            Self::Fails { by, .. } => by + 1,
        }
    }
}

/// An observed price.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Commodity.
    pub commodity: usize,
    /// Whether it was paid outside the controlling country.
    pub outside: bool,
    /// Weeks that it is the mean of.
    pub weeks: Range<Week>,
    /// US dollars per kilogram, without value-added tax.
    pub usd_per_kg: f64,
    /// Publication.
    pub source: String,
}

impl History {
    /// Takes what was shipped under the quota as given: the allowance becomes what was shipped from the first day of the
    /// record on, and numbers about that are left out. Gives whether there is such a record.
    pub fn give_exports(&mut self, experiment: &mut Experiment) -> bool {
        let Some((first, _)) = self.realised.first() else { return false };
        for event in experiment.arms.iter_mut().flat_map(|arm| &mut arm.plan.events) {
            if let Effect::Quota(rule) = &mut event.effect {
                rule.steps.retain(|(from, _)| from < first);
                rule.steps.extend(&self.realised);
            }
        }
        self.targets.retain(|target| !matches!(target.statistic, Statistic::QuotaExports { .. }));
        true
    }
}

/// Reads a history and the experiment that it is about.
pub fn load(path: &Path, overrides: Option<PathBuf>) -> Result<(History, Experiment, Problems), Problems> {
    let mut problems = Problems::default();
    match resolve(path, overrides, &mut problems) {
        Some((history, experiment)) if !problems.fatal() => Ok((history, experiment, problems)),
        _ => Err(problems),
    }
}

fn resolve(
    path: &Path,
    overrides: Option<PathBuf>,
    problems: &mut Problems,
) -> Option<(History, Experiment)> {
    let source = file::source(path, problems)?;
    let reader = &mut Reader::new(&source, problems);
    let document: HistoryDocument<'_> = chokepoint_input::document::parse(reader)?;
    let scenario = document.scenario.string(reader)?;
    let strategy = document.strategy.and_then(|leaf| leaf.string(reader));
    let library = library_of(reader)?;
    let file = library.join(format!("{scenario}.ron"));
    if !file.is_file() {
        let known = ids(&library);
        reader.unknown(document.scenario, "scenario", &scenario, known.iter().map(String::as_str));
        return None;
    }
    let request = Request {
        scenario: file,
        strategies: Some(strategy.iter().cloned().collect()),
        all_strategies: false,
        overrides,
        decisions: Vec::new(),
    };
    let experiment = match crate::load::load(&request) {
        Ok((experiment, warnings)) => {
            reader.problems.0.extend(warnings.0);
            experiment
        }
        Err(found) => {
            reader.problems.0.extend(found.0);
            return None;
        }
    };
    let named = Named { experiment: &experiment };
    let id = document.id.file_id(reader);
    let name = document.name.title(reader);
    let story = document.story.story(reader);
    let naive = named.naive(document.naive, reader);
    let realised = document.realised.iter().filter_map(|leaf| named.realised(*leaf, reader)).collect();
    let fitted = document.fitted.iter().filter_map(|leaf| named.fitted(*leaf, reader)).collect();
    let targets = items("numbers on record", &document.targets, reader);
    let targets = targets.iter().filter_map(|leaf| named.target(*leaf, reader)).collect();
    let variants = document.variants.iter().filter_map(|leaf| named.variant(*leaf, reader)).collect();
    let (prices, table) = named.prices(document.prices, path, reader)?;
    let history = History {
        id: id?,
        name: name?,
        story: story?,
        arm: strategy.unwrap_or_else(|| NO_STRATEGY.to_owned()),
        naive: naive?,
        realised,
        fitted,
        variants,
        targets,
        prices,
        files: vec![Arc::clone(&source), table],
    };
    Some((history, experiment))
}

/// Looks up in an experiment what a history names.
struct Named<'a> {
    experiment: &'a Experiment,
}

impl Named<'_> {
    fn naive(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<(f64, f64)> {
        let document = leaf.read::<NaiveDocument<'_>>(reader)?;
        let kept = document.kept.number(Unit::Share, (0.01, 1.0), reader)?;
        Some((kept, document.elasticity.max(0.01)))
    }

    fn fitted(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<String> {
        let name = leaf.string(reader)?;
        let known = self.experiment.uncertain_names();
        if known.contains(&name.as_str()) {
            return Some(name);
        }
        reader.unknown(leaf, "uncertain number", &name, known);
        None
    }

    fn realised(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<(Week, f64)> {
        let document = leaf.read::<RealisedDocument<'_>>(reader)?;
        let week = self.day(document.from, reader);
        let tonnes = document.tonnes.number(Unit::Flow, (1e-6, 1e9), reader);
        Some((week?, tonnes?))
    }

    fn variant(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<Variant> {
        let document = leaf.read::<VariantDocument<'_>>(reader)?;
        let id = document.id.string(reader);
        let name = document.name.title(reader);
        let set: Vec<(String, f64)> = document
            .set
            .iter()
            .filter_map(|(leaf, value)| self.fitted(*leaf, reader).map(|name| (name, *value)))
            .collect();
        Some(Variant { id: id?, name: name?, set })
    }

    fn find<'n>(
        &self,
        leaf: Leaf<'_>,
        kind: &str,
        names: impl Iterator<Item = &'n str> + Clone,
        reader: &mut Reader<'_>,
    ) -> Option<usize> {
        let name = leaf.string(reader)?;
        let found = names.clone().position(|n| n == name);
        if found.is_none() {
            reader.unknown(leaf, kind, &name, names);
        }
        found
    }

    fn commodity(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<usize> {
        let names = self.experiment.world.commodities.iter().map(|c| c.id.as_str());
        self.find(leaf, "commodity", names, reader)
    }

    fn region(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<usize> {
        let names = self.experiment.world.regions.iter().map(|r| r.id.as_str());
        self.find(leaf, "region", names, reader)
    }

    fn day(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<Week> {
        let date = leaf.date(reader)?;
        Some(self.week(date))
    }

    fn week(&self, date: Date) -> Week {
        self.experiment.calendar().moment(date).max(0.0) as Week
    }

    fn days(&self, days: (Leaf<'_>, Leaf<'_>), reader: &mut Reader<'_>) -> Option<Range<Week>> {
        let (from, last) = (self.day(days.0, reader), self.day(days.1, reader));
        let (from, end) = (from?, last? + 1);
        let recorded = self.experiment.scope.from..self.experiment.arms[0].plan.weeks;
        if from >= end || from < recorded.start || end > recorded.end {
            let calendar = self.experiment.calendar();
            reader
                .error(Code::BadDate, days.0, "this window is empty or outside what the scenario simulates")
                .label("from here")
                .help(format!(
                    "give first and last day, from {} to {}",
                    calendar.date(recorded.start),
                    calendar.date(recorded.end)
                ));
            return None;
        }
        Some(from..end)
    }

    fn target(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<Target> {
        let document = leaf.read::<TargetOfHistory<'_>>(reader)?;
        let id = document.id.string(reader);
        let name = document.name.title(reader);
        let evidence = document.evidence.read::<EvidenceDocument>(reader);
        let statistic =
            document.statistic.read::<StatisticDocument<'_>>(reader).and_then(|s| self.statistic(&s, reader));
        let fit = match (document.role, document.tolerance) {
            (RoleDocument::Score, _) => None,
            (RoleDocument::Fit, Some(tolerance)) => Some(tolerance.max(1e-6)),
            (RoleDocument::Fit, None) => {
                reader
                    .error(Code::MissingField, leaf, "a target that is fitted needs a `tolerance`")
                    .label("no tolerance")
                    .help("add `tolerance: …,`: the distance that counts as one in the fit");
                return None;
            }
        };
        let (evidence, statistic) = (evidence?, statistic?);
        Some(Target {
            id: id?,
            name: name?,
            fit,
            seen: document.seen,
            statistic,
            observed: document.observed,
            source: evidence.source,
            grade: evidence.grade.name(),
        })
    }

    fn statistic(&self, document: &StatisticDocument<'_>, reader: &mut Reader<'_>) -> Option<Statistic> {
        Some(match document {
            StatisticDocument::Multiple(d) => {
                let basket: Option<Vec<(usize, f64)>> = d
                    .basket
                    .iter()
                    .map(|(leaf, weight)| self.commodity(*leaf, reader).map(|c| (c, *weight)))
                    .collect();
                let (from, to) = (self.days(d.from, reader), self.days(d.to, reader));
                Statistic::Multiple { basket: basket?, outside: !d.at_home, from: from?, to: to? }
            }
            StatisticDocument::MonthsToPeak(d) | StatisticDocument::MonthsToHalf(d) => {
                let prices: Option<Vec<usize>> =
                    d.prices.iter().map(|leaf| self.commodity(*leaf, reader)).collect();
                let (prices, within) = (prices, self.days(d.within, reader)?);
                match document {
                    StatisticDocument::MonthsToPeak(_) => Statistic::MonthsToPeak { prices: prices?, within },
                    _ => Statistic::MonthsToHalf { prices: prices?, within },
                }
            }
            StatisticDocument::Gap(d) => {
                let (price, over) = (self.commodity(d.price, reader), self.days(d.over, reader));
                Statistic::Gap { price: price?, over: over?, home_factor: d.home_factor }
            }
            StatisticDocument::Exports(d) => {
                let goods: Option<Vec<usize>> =
                    d.goods.iter().map(|leaf| self.commodity(*leaf, reader)).collect();
                let (goods, over) = (goods?, self.days(d.over, reader)?);
                Statistic::Exports { flows: self.flows(&goods), over }
            }
            StatisticDocument::QuotaExports(d) => {
                let over = self.days(d.over, reader);
                let flow = d.tonnes.number(Unit::Flow, (1e-6, 1e9), reader);
                let over = over?;
                Statistic::QuotaExports { tonnes: flow? * over.len() as f64, over }
            }
            StatisticDocument::QuotaImports(d) => {
                let region = self.region(d.region, reader);
                let (from, to) = (self.days(d.from, reader), self.days(d.to, reader));
                Statistic::QuotaImports { region: region?, from: from?, to: to? }
            }
            StatisticDocument::Output(d) => {
                let stages = self.experiment.world.stages.iter().map(|s| s.id.as_str());
                let stage = self.find(d.stage, "stage", stages, reader);
                let regions: Option<Vec<usize>> =
                    d.regions.iter().map(|leaf| self.region(*leaf, reader)).collect();
                let (from, to) = (self.days(d.from, reader), self.days(d.to, reader));
                Statistic::Output { stage: stage?, regions: regions?, from: from?, to: to? }
            }
            StatisticDocument::Fails(d) => {
                let facilities = self.experiment.network.facilities;
                let agents = self.experiment.agents[..facilities].iter().map(|a| a.id.as_str());
                let plants: Option<Vec<usize>> = d
                    .plants
                    .iter()
                    .map(|leaf| self.find(*leaf, "facility", agents.clone(), reader))
                    .collect();
                Statistic::Fails { plants: plants?, by: self.day(d.by, reader)? }
            }
        })
    }

    /// What regions buy of goods a week at the reference level where the scenario controls it.
    fn flows(&self, goods: &[usize]) -> Vec<(usize, usize, f64)> {
        let network = &self.experiment.network;
        let mut flows = Vec::new();
        for good in goods {
            for region in 0..network.regions {
                let links = self.experiment.arms[self.experiment.bare()].plan.controlled.iter();
                let tonnes: f64 = links
                    .map(|controlled| &network.links[controlled.link.at()])
                    .filter(|link| network.outputs[link.seller.at()].commodity.at() == *good)
                    .filter(|link| network.buyer_of(link).region.at() == region)
                    .map(|link| link.base_flow)
                    .sum();
                if tonnes > 0.0 {
                    flows.push((*good, region, tonnes));
                }
            }
        }
        flows
    }

    /// The table of observed prices.
    fn prices(
        &self,
        leaf: Leaf<'_>,
        path: &Path,
        reader: &mut Reader<'_>,
    ) -> Option<(Vec<Observation>, Arc<Source>)> {
        let file = leaf.string(reader)?;
        let columns = ["from", "until", "commodity", "market", "usd_kg", "source", "grade"];
        let table = Table::read(&path.with_file_name(file), &columns, reader.problems)?;
        let commodities =
            chokepoint_world::draft::index(self.experiment.world.commodities.iter().map(|c| c.id.as_str()));
        let mut found = Vec::new();
        for row in table.records() {
            let commodity = row.lookup("commodity", "commodity", &commodities, reader.problems);
            let usd = row.number("usd_kg", (1e-6, 1e9), reader.problems);
            let mut day = |column: &str| {
                let parsed = row.text(column).parse::<Date>().ok();
                if parsed.is_none() {
                    reader
                        .problems
                        .error(
                            Code::BadDate,
                            &row.place(column),
                            format!("`{}` is not a date", row.text(column)),
                        )
                        .label("no such day")
                        .help("write year-month-day, for example 2011-08-31");
                }
                parsed.map(|date| self.week(date))
            };
            let (from, until) = (day("from"), day("until"));
            if let (Some(commodity), Some(usd_per_kg), Some(from), Some(until)) =
                (commodity, usd, from, until)
            {
                found.push(Observation {
                    commodity,
                    outside: row.text("market") == "outside",
                    weeks: from..until.max(from) + 1,
                    usd_per_kg,
                    source: row.text("source").to_owned(),
                });
            }
        }
        Some((found, Arc::clone(&table.source)))
    }
}
