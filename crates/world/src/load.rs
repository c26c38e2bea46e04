//! A world from its file and tables.

use crate::assemble;
use crate::catalogue::{Beyond, Named, Parameter, Stage};
use crate::draft::{Draft, OriginRow, Tables, index};
use crate::posterior::Posterior;
use crate::tables::{read_tables, replace, unique};
use crate::world::World;
use chokepoint_core::network::Ordering;
use chokepoint_input::calendar::Calendar;
use chokepoint_input::document::{
    self, HeadlineDocument, OrderingDocument, OriginDocument, RegionDocument, StageDocument, TradersDocument,
    WorldDocument,
};
use chokepoint_input::leaf::{Leaf, Unit};
use chokepoint_input::limits::{
    self, MOST_AGENTS, MOST_COMMODITIES, MOST_COUNTRIES, MOST_ELEMENTS, MOST_PAIRS,
};
use chokepoint_input::parameters::parameters;
use chokepoint_input::problem::{Code, Place, Problems, Source};
use chokepoint_input::reader::Reader;
use chokepoint_input::table::Replacements;
use chokepoint_input::table::{CsvRow, Table};
use chokepoint_input::{file, library};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Most past demands that an order-up-to target may follow.
const MOST_WINDOW: u32 = 104;

/// A world as it is written: its file and its tables, not yet balanced.
struct Written<'a> {
    document: WorldDocument<'a>,
    beyond: Vec<Beyond>,
    head: Head,
    draft: Draft,
    files: Vec<Arc<Source>>,
}

impl<'a> Written<'a> {
    fn read(reader: &mut Reader<'a>, replacements: &Replacements) -> Option<Self> {
        let document: WorldDocument<'a> = document::parse(reader)?;
        let head = Head::read(&document, reader)?;
        let folder = reader.source.path.with_extension("");
        let mut tables = read_tables(&document, &folder, reader)?;
        let mut files = vec![Arc::clone(reader.source)];
        files.extend(tables.values().flatten().map(|table| Arc::clone(&table.source)));
        let calibrated = calibrated(&tables);
        replace(&mut tables, replacements, reader.problems);
        unique(&tables, reader.problems);
        let mut draft = Draft::read(&tables, head.stages.clone(), head.regions.clone(), reader.problems);
        draft.ordering = head.ordering;
        read_traders(&mut draft, &document, reader);
        read_origins(&mut draft, &document, reader);
        check_parameters(&draft, &tables, reader.problems);
        check_size(&draft, &reader.place(document.id), reader.problems);
        let beyond = beyond(&draft, &calibrated);
        (!reader.problems.fatal()).then_some(Self { document, beyond, head, draft, files })
    }
}

/// What a world's file and tables say of it, without its balance.
#[derive(Clone, Debug)]
pub struct Described {
    /// Id.
    pub id: String,
    /// Title.
    pub name: String,
    /// First day of the calendar.
    pub as_of: Date,
    /// Its tables.
    pub draft: Draft,
}

/// Reads and checks a world, and does not balance it.
pub fn describe(path: &Path, problems: &mut Problems) -> Option<Described> {
    let source = file::source(path, problems)?;
    let mut reader = Reader::new(&source, problems);
    let Written { head, draft, .. } = Written::read(&mut reader, &Replacements::default())?;
    Some(Described { id: head.id, name: head.name, as_of: head.as_of, draft })
}

/// Reads, checks and balances a world.
pub fn world(path: &Path, replacements: &Replacements, problems: &mut Problems) -> Option<World> {
    let source = file::source(path, problems)?;
    let reader = &mut Reader::new(&source, problems);
    let Written { document, beyond, head, mut draft, mut files } = Written::read(reader, replacements)?;
    let place = reader.place(document.id);
    let calendar = Calendar { first_year: head.as_of.year() };
    let (network, agents, construction, balance) =
        assemble::assemble(&mut draft, calendar, &place, reader.problems)?;
    let headline_prices = head.headline(&draft, &document, reader);
    let posterior = document.posterior.and_then(|leaf| {
        let id = leaf.string(reader)?;
        let library = library::library_of(reader)?;
        Posterior::read(&id, &library, &reader.place(leaf), reader.problems)
    });
    files.extend(posterior.iter().map(|p| Arc::clone(&p.source)));
    Some(World {
        id: head.id,
        name: head.name,
        as_of: head.as_of,
        currency_year: head.currency_year,
        home: head.home,
        regions: draft.regions,
        stages: draft.stages,
        elements: draft.elements,
        countries: draft.countries,
        commodities: draft.commodities,
        sectors: draft.sectors,
        traces: draft.traces,
        gateways: draft.gateways,
        agents,
        construction,
        parameters: draft.parameters,
        beyond,
        posterior,
        headline_prices,
        network,
        balance,
        files,
    })
}

/// Range of each parameter as the world gives it: low and high, or its value where there is no range.
fn calibrated(tables: &Tables) -> BTreeMap<String, (f64, f64)> {
    let rows = tables.get("parameters").into_iter().flatten().flat_map(Table::records);
    let range = |row: CsvRow<'_>| {
        let number = |column: &str| row.text(column).parse::<f64>().ok();
        let value = number("value")?;
        let (low, high) = (number("low").unwrap_or(value), number("high").unwrap_or(value));
        Some((row.text("parameter").to_owned(), (low, high)))
    };
    rows.filter_map(range).collect()
}

/// Parameters that may be drawn beyond what they are calibrated to.
fn beyond(draft: &Draft, calibrated: &BTreeMap<String, (f64, f64)>) -> Vec<Beyond> {
    let of = |parameter: &Parameter| {
        let (set, calibrated) = (parameter.distribution.range(), *calibrated.get(&parameter.name)?);
        let outside = set.0 < calibrated.0 - 1e-12 || set.1 > calibrated.1 + 1e-12;
        outside.then(|| Beyond { parameter: parameter.name.clone(), set, calibrated })
    };
    draft.parameters.values().filter_map(of).collect()
}

/// A world that would take hours or gigabytes is refused before it is balanced.
fn check_size(draft: &Draft, place: &Place, problems: &mut Problems) {
    if problems.fatal() {
        return;
    }
    let sizes = [
        ("elements", draft.elements.len(), MOST_ELEMENTS),
        ("countries", draft.countries.len(), MOST_COUNTRIES),
        ("commodities", draft.commodities.len(), MOST_COMMODITIES),
        (
            "plants, projects and final producers",
            draft.plants.len() + draft.projects.len() + draft.users.len(),
            MOST_AGENTS,
        ),
    ];
    for (what, n, most) in sizes.into_iter().filter(|(_, n, most)| n > most) {
        limits::too_many(what, n, most, place, problems);
    }
    let (mut makers, mut buyers) =
        (vec![0_usize; draft.commodities.len()], vec![0_usize; draft.commodities.len()]);
    for plant in &draft.plants {
        let recipe = &draft.recipes[plant.recipe];
        recipe.outputs.iter().for_each(|(c, _)| makers[*c] += 1);
        recipe.inputs.iter().for_each(|(c, _)| buyers[*c] += 1);
    }
    for user in &draft.users {
        draft.intensity[user.sector].iter().for_each(|(c, _)| buyers[*c] += 1);
    }
    let pairs: usize = makers.iter().zip(&buyers).map(|(m, b)| m.saturating_mul(*b)).sum();
    if pairs > MOST_PAIRS {
        limits::too_many("pairs of a maker and a buyer", pairs, MOST_PAIRS, place, problems);
    }
}

struct Head {
    id: String,
    name: String,
    as_of: Date,
    currency_year: i64,
    home: usize,
    regions: Vec<Named>,
    stages: Vec<Stage>,
    ordering: Ordering,
}

impl Head {
    fn read(document: &WorldDocument<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let id = document.id.file_id(reader);
        let name = document.name.title(reader);
        let as_of = document.as_of.date(reader);
        let currency_year = document.currency_year.read::<i64>(reader);
        let regions: Vec<Named> = document
            .regions
            .iter()
            .filter_map(|leaf| leaf.read::<RegionDocument>(reader))
            .map(|r| Named { id: r.id, name: r.name })
            .collect();
        let mut stages = Vec::new();
        for leaf in &document.stages {
            let Some(stage) = leaf.read::<StageDocument<'_>>(reader) else {
                continue;
            };
            let id = stage.id.string(reader);
            let margin = stage.margin.number(Unit::Share, (0.0, 10.0), reader);
            let contract = stage.contract.number(Unit::Share, (0.0, 1.0), reader);
            let weeks = (1.0, 1040.0);
            let switching = stage.switching.number(Unit::Time, weeks, reader);
            let qualification = stage.qualification.number(Unit::Time, weeks, reader);
            let speculation = stage.speculation.number(Unit::Share, (0.0, 1.0), reader);
            // what is wrong has been reported; the name stays known, so that it is not reported again
            if let Some(id) = id {
                stages.push(Stage {
                    id,
                    margin: margin.unwrap_or(1.0),
                    contract: contract.unwrap_or(1.0),
                    switching_weeks: switching.unwrap_or(1.0),
                    qualification_weeks: qualification.unwrap_or(1.0),
                    speculation: speculation.unwrap_or(1.0),
                    lines: stage.lines,
                    quoted: stage.quoted,
                });
            }
        }
        let home = document.home.string(reader)?;
        let regions_by_id = index(regions.iter().map(|r| r.id.as_str()));
        let home = regions_by_id.get(&home).copied().or_else(|| {
            reader.unknown(document.home, "region", &home, regions_by_id.keys().map(String::as_str));
            None
        });
        Some(Self {
            id: id?,
            name: name?,
            as_of: as_of?,
            currency_year: currency_year?,
            home: home?,
            regions,
            stages,
            ordering: ordering(document, reader),
        })
    }

    fn headline(&self, draft: &Draft, document: &WorldDocument<'_>, reader: &mut Reader<'_>) -> Vec<usize> {
        let Some(headline) = document.headline.read::<HeadlineDocument>(reader) else {
            return Vec::new();
        };
        let commodities = index(draft.commodities.iter().map(|c| c.id.as_str()));
        let mut found = Vec::new();
        for name in &headline.prices {
            match commodities.get(name) {
                Some(c) => found.push(*c),
                None => reader.unknown(
                    document.headline,
                    "commodity",
                    name,
                    commodities.keys().map(String::as_str),
                ),
            }
        }
        found
    }
}

fn ordering(document: &WorldDocument<'_>, reader: &mut Reader<'_>) -> Ordering {
    let Some(leaf) = document.ordering else { return Ordering::Smooth };
    match leaf.read::<OrderingDocument>(reader) {
        Some(OrderingDocument::BaseStock { window }) if window > MOST_WINDOW => {
            reader
                .error(Code::OutOfRange, leaf, format!("a window of {window} past demands is too long"))
                .label("window")
                .help(format!("give at most {MOST_WINDOW} weeks, or 0 for a fixed target"));
            Ordering::Smooth
        }
        Some(OrderingDocument::BaseStock { window }) => Ordering::BaseStock { window },
        Some(OrderingDocument::Smooth) | None => Ordering::Smooth,
    }
}

/// Whose stocks traders hold.
fn read_traders(draft: &mut Draft, document: &WorldDocument<'_>, reader: &mut Reader<'_>) {
    let Some(traders) = document.traders.and_then(|leaf| leaf.read::<TradersDocument<'_>>(reader)) else {
        return;
    };
    for leaf in &traders.stages {
        let Some(name) = leaf.string(reader) else { continue };
        match draft.stages.iter().position(|s| s.id == name) {
            Some(stage) => draft.traded_stages.push(stage),
            None => {
                let known = draft.stages.iter().map(|s| s.id.as_str());
                reader.unknown(leaf, "stage", &name, known);
            }
        }
    }
    for leaf in &traders.regions {
        if let Some(region) = region(draft, *leaf, reader) {
            draft.traded_regions.push(region);
        }
    }
}

/// Origins that are followed.
fn read_origins(draft: &mut Draft, document: &WorldDocument<'_>, reader: &mut Reader<'_>) {
    for leaf in &document.origins {
        let Some(origin) = leaf.read::<OriginDocument<'_>>(reader) else { continue };
        let id = origin.id.string(reader);
        let region = region(draft, origin.region, reader);
        let stage = match origin.stage {
            None => Some(None),
            Some(leaf) => leaf.string(reader).and_then(|name| {
                let found = draft.stages.iter().position(|s| s.id == name);
                if found.is_none() {
                    let known = draft.stages.iter().map(|s| s.id.as_str());
                    reader.unknown(leaf, "stage", &name, known);
                }
                found.map(Some)
            }),
        };
        if let (Some(id), Some(region), Some(stage)) = (id, region, stage) {
            draft.origins.push(OriginRow { id, region, stage });
        }
    }
}

fn region(draft: &Draft, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<usize> {
    let name = leaf.string(reader)?;
    let found = draft.regions.iter().position(|r| r.id == name);
    if found.is_none() {
        let known = draft.regions.iter().map(|r| r.id.as_str());
        reader.unknown(leaf, "region", &name, known);
    }
    found
}

fn check_parameters(draft: &Draft, tables: &Tables, problems: &mut Problems) {
    let Some(table) = tables.get("parameters").and_then(|t| t.first()) else {
        return;
    };
    let rows = || tables.get("parameters").into_iter().flatten().flat_map(Table::records);
    for name in parameters() {
        // one that is wrong has been reported
        if !draft.parameters.contains_key(name) && !rows().any(|row| row.text("parameter") == name) {
            problems
                .error(Code::MissingField, &table.place(), format!("the parameter `{name}` is missing"))
                .label("parameters")
                .help("add its row; `chokepoint list parameters` shows those of the shipped world");
        }
    }
    for row in rows() {
        let name = row.text("parameter");
        if !parameters().contains(&name) {
            problems.unknown(&row.place("parameter"), "parameter", name, parameters());
        }
    }
}
