//! What a history names, looked up in its experiment.

use super::record::{Observation, Statistic, Target, Variant};
use crate::arms::Experiment;
use chokepoint_core::time::Week;
use chokepoint_input::document::{
    EvidenceDocument, NaiveDocument, RealisedDocument, RoleDocument, StatisticDocument, TargetOfHistory,
    VariantDocument,
};
use chokepoint_input::leaf::{Leaf, Unit};
use chokepoint_input::problem::{Code, Source};
use chokepoint_input::reader::Reader;
use chokepoint_input::table::Table;
use jiff::civil::Date;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Looks up in an experiment what a history names.
pub(super) struct Named<'a> {
    pub(super) experiment: &'a Experiment,
}

impl Named<'_> {
    pub(super) fn naive(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<(f64, f64)> {
        let document = leaf.read::<NaiveDocument<'_>>(reader)?;
        let kept = document.kept.number(Unit::Share, (0.01, 1.0), reader)?;
        Some((kept, document.elasticity.max(0.01)))
    }

    pub(super) fn fitted(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<String> {
        let name = leaf.string(reader)?;
        let known = self.experiment.uncertain_names();
        if known.contains(&name.as_str()) {
            return Some(name);
        }
        reader.unknown(leaf, "uncertain number", &name, known);
        None
    }

    pub(super) fn realised(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<(Week, f64)> {
        let document = leaf.read::<RealisedDocument<'_>>(reader)?;
        let week = self.day(document.from, reader);
        let tonnes = document.tonnes.number(Unit::Flow, (1e-6, 1e9), reader);
        Some((week?, tonnes?))
    }

    pub(super) fn variant(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<Variant> {
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

    pub(super) fn target(&self, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<Target> {
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
    pub(super) fn prices(
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
