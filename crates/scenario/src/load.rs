//! Reading files from disk: the only place of this crate that touches it.

use crate::assemble;
use crate::calendar::Calendar;
use crate::document::{
    self, HeadlineDocument, OrderingDocument, OriginDocument, RegionDocument, StageDocument, TablesDocument,
    TradersDocument, WorldDocument,
};
use crate::draft::{COLUMNS, Draft, OriginRow, Tables, index};
use crate::leaf::{Leaf, Measure};
use crate::posterior::Posterior;
use crate::problem::{Code, Place, Problems, Source};
use crate::table::Table;
use crate::world::{Named, Stage, World};
use chokepoint_core::behaviour::Behaviour;
use chokepoint_core::network::Ordering;
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

/// Most past demands that an order-up-to target may follow.
const MOST_WINDOW: u32 = 104;
/// A world file larger than this is refused.
pub const MOST_BYTES: u64 = 16 << 20;

/// Parameters of luck and money that a world must give beside those of behaviour.
pub const LUCK: [&str; 10] = [
    "demand_noise",
    "demand_persistence",
    "outages_per_year",
    "outage_weeks",
    "outage_depth",
    "discount_rate",
    "schedule_slip",
    "cost_of_funds",
    "late_cost",
    "residual_haircut",
];

/// Parameters that a world must give.
pub fn parameters() -> Vec<&'static str> {
    Behaviour::<f64>::NAMES.iter().chain(&LUCK).copied().collect()
}

/// Reads a text file; a problem if that fails or it is too large.
pub fn source(path: &Path, problems: &mut Problems) -> Option<Arc<Source>> {
    let read = || -> std::io::Result<String> {
        if std::fs::metadata(path)?.len() > MOST_BYTES {
            return Err(std::io::Error::other("larger than 16 MiB"));
        }
        std::fs::read_to_string(path)
    };
    match read() {
        Ok(text) => Some(Arc::new(Source { path: path.to_owned(), text })),
        Err(error) => {
            let source = Arc::new(Source { path: path.to_owned(), text: String::new() });
            problems.error(
                Code::Unreadable,
                &Place { source, span: 0..0 },
                format!("this file cannot be read: {error}"),
                "here".to_owned(),
                "check the path; `chokepoint list scenarios` shows what is shipped".to_owned(),
            );
            None
        }
    }
}

/// Cells of the world's tables that a user replaces: `table.row.column` and the new text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replacements(pub Vec<(String, String, Place)>);

/// A world as it is written: its file and its tables, not yet balanced.
struct Written<'a> {
    document: WorldDocument<'a>,
    head: Head,
    draft: Draft,
    files: Vec<Arc<Source>>,
}

impl<'a> Written<'a> {
    fn read(source: &'a Arc<Source>, replacements: &Replacements, problems: &mut Problems) -> Option<Self> {
        let document: WorldDocument<'a> = document::parse(source, problems)?;
        let head = Head::read(&document, source, problems)?;
        let folder = source.path.with_extension("");
        let mut tables = read_tables(&document, &folder, source, problems)?;
        let mut files = vec![Arc::clone(source)];
        files.extend(tables.values().flatten().map(|table| Arc::clone(&table.source)));
        replace(&mut tables, replacements, problems);
        let mut draft = Draft::read(&tables, head.stages.clone(), head.regions.clone(), problems);
        draft.ordering = head.ordering;
        read_traders(&mut draft, &document, source, problems);
        read_origins(&mut draft, &document, source, problems);
        check_parameters(&draft, &tables, problems);
        (!problems.fatal()).then_some(Self { document, head, draft, files })
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
    let source = source(path, problems)?;
    let Written { head, draft, .. } = Written::read(&source, &Replacements::default(), problems)?;
    Some(Described { id: head.id, name: head.name, as_of: head.as_of, draft })
}

/// Reads, checks and balances a world.
pub fn world(path: &Path, replacements: &Replacements, problems: &mut Problems) -> Option<World> {
    let source = source(path, problems)?;
    let Written { document, head, mut draft, mut files } = Written::read(&source, replacements, problems)?;
    let place = document.id.place(&source);
    let calendar = Calendar { first_year: head.as_of.year() };
    let (network, agents, works, balance) = assemble::assemble(&mut draft, calendar, &place, problems)?;
    let headline_prices = head.headline(&draft, &document, &source, problems);
    let posterior = document.posterior.and_then(|leaf| {
        let id = leaf.string(&source, problems)?;
        let library = crate::shelf::library_of(&source, problems)?;
        Posterior::read(&id, &library, &leaf.place(&source), problems)
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
        works,
        parameters: draft.parameters,
        posterior,
        headline_prices,
        network,
        balance,
        files,
    })
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
    fn read(document: &WorldDocument<'_>, source: &Arc<Source>, problems: &mut Problems) -> Option<Self> {
        let id = document.id.string(source, problems);
        let name = document.name.string(source, problems);
        let as_of = date(document.as_of, source, problems);
        let currency_year = document.currency_year.read::<i64>(source, problems);
        let regions: Vec<Named> = document
            .regions
            .iter()
            .filter_map(|leaf| leaf.read::<RegionDocument>(source, problems))
            .map(|r| Named { id: r.id, name: r.name })
            .collect();
        let mut stages = Vec::new();
        for leaf in &document.stages {
            let Some(stage) = leaf.read::<StageDocument<'_>>(source, problems) else {
                continue;
            };
            let id = stage.id.string(source, problems);
            let margin = stage.margin.quantity(Measure::Share, (0.0, 10.0), source, problems);
            let contract = stage.contract.quantity(Measure::Share, (0.0, 1.0), source, problems);
            let weeks = (1.0, 1040.0);
            let switching = stage.switching.quantity(Measure::Time, weeks, source, problems);
            let qualification = stage.qualification.quantity(Measure::Time, weeks, source, problems);
            let speculation = stage.speculation.quantity(Measure::Share, (0.0, 1.0), source, problems);
            if let (
                Some(id),
                Some(margin),
                Some(contract),
                Some(switching),
                Some(qualification),
                Some(speculation),
            ) = (id, margin, contract, switching, qualification, speculation)
            {
                stages.push(Stage {
                    id,
                    margin: margin.central(),
                    contract: contract.central(),
                    switching_weeks: switching.central(),
                    qualification_weeks: qualification.central(),
                    speculation: speculation.central(),
                });
            }
        }
        let home = document.home.string(source, problems)?;
        let regions_by_id = index(regions.iter().map(|r| r.id.as_str()));
        let home = regions_by_id.get(&home).copied().or_else(|| {
            problems.unknown(
                &document.home.place(source),
                "region",
                &home,
                regions_by_id.keys().map(String::as_str),
            );
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
            ordering: ordering(document, source, problems),
        })
    }

    fn headline(
        &self,
        draft: &Draft,
        document: &WorldDocument<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Vec<usize> {
        let Some(headline) = document.headline.read::<HeadlineDocument>(source, problems) else {
            return Vec::new();
        };
        let commodities = index(draft.commodities.iter().map(|c| c.id.as_str()));
        let mut found = Vec::new();
        for name in &headline.prices {
            match commodities.get(name) {
                Some(c) => found.push(*c),
                None => problems.unknown(
                    &document.headline.place(source),
                    "commodity",
                    name,
                    commodities.keys().map(String::as_str),
                ),
            }
        }
        found
    }
}

fn ordering(document: &WorldDocument<'_>, source: &Arc<Source>, problems: &mut Problems) -> Ordering {
    let Some(leaf) = document.ordering else { return Ordering::Smooth };
    match leaf.read::<OrderingDocument>(source, problems) {
        Some(OrderingDocument::BaseStock { window }) if window > MOST_WINDOW => {
            problems.error(
                Code::OutOfRange,
                &leaf.place(source),
                format!("a window of {window} past demands is too long"),
                "window".to_owned(),
                format!("give at most {MOST_WINDOW} weeks, or 0 for a fixed target"),
            );
            Ordering::Smooth
        }
        Some(OrderingDocument::BaseStock { window }) => Ordering::BaseStock { window },
        Some(OrderingDocument::Smooth) | None => Ordering::Smooth,
    }
}

/// Whose stocks traders hold.
fn read_traders(
    draft: &mut Draft,
    document: &WorldDocument<'_>,
    source: &Arc<Source>,
    problems: &mut Problems,
) {
    let Some(traders) = document.traders.and_then(|leaf| leaf.read::<TradersDocument<'_>>(source, problems))
    else {
        return;
    };
    for leaf in &traders.stages {
        let Some(name) = leaf.string(source, problems) else { continue };
        match draft.stages.iter().position(|s| s.id == name) {
            Some(stage) => draft.traded_stages.push(stage),
            None => {
                let known = draft.stages.iter().map(|s| s.id.as_str());
                problems.unknown(&leaf.place(source), "stage", &name, known);
            }
        }
    }
    for leaf in &traders.regions {
        if let Some(region) = region(draft, *leaf, source, problems) {
            draft.traded_regions.push(region);
        }
    }
}

/// Origins that are followed.
fn read_origins(
    draft: &mut Draft,
    document: &WorldDocument<'_>,
    source: &Arc<Source>,
    problems: &mut Problems,
) {
    for leaf in &document.origins {
        let Some(origin) = leaf.read::<OriginDocument<'_>>(source, problems) else { continue };
        let id = origin.id.string(source, problems);
        let region = region(draft, origin.region, source, problems);
        let stage = match origin.stage {
            None => Some(None),
            Some(leaf) => leaf.string(source, problems).and_then(|name| {
                let found = draft.stages.iter().position(|s| s.id == name);
                if found.is_none() {
                    let known = draft.stages.iter().map(|s| s.id.as_str());
                    problems.unknown(&leaf.place(source), "stage", &name, known);
                }
                found.map(Some)
            }),
        };
        if let (Some(id), Some(region), Some(stage)) = (id, region, stage) {
            draft.origins.push(OriginRow { id, region, stage });
        }
    }
}

fn region(draft: &Draft, leaf: Leaf<'_>, source: &Arc<Source>, problems: &mut Problems) -> Option<usize> {
    let name = leaf.string(source, problems)?;
    let found = draft.regions.iter().position(|r| r.id == name);
    if found.is_none() {
        let known = draft.regions.iter().map(|r| r.id.as_str());
        problems.unknown(&leaf.place(source), "region", &name, known);
    }
    found
}

/// Reads a date of the form "2026-01-31".
pub fn date(leaf: Leaf<'_>, source: &Arc<Source>, problems: &mut Problems) -> Option<Date> {
    let text = leaf.string(source, problems)?;
    match text.parse::<Date>() {
        Ok(date) => Some(date),
        Err(_) => {
            problems.error(
                Code::BadDate,
                &leaf.place(source),
                format!("`{text}` is not a date"),
                "no such day".to_owned(),
                "write year-month-day, for example \"2026-01-31\"".to_owned(),
            );
            None
        }
    }
}

fn read_tables(
    document: &WorldDocument<'_>,
    folder: &Path,
    source: &Arc<Source>,
    problems: &mut Problems,
) -> Option<Tables> {
    let named: TablesDocument = document.tables.read(source, problems)?;
    let lists: [&[String]; 23] = [
        &named.elements,
        &named.countries,
        &named.commodities,
        &named.assays,
        &named.contents,
        &named.recipes,
        &named.separation,
        &named.facilities,
        &named.sectors,
        &named.intensity,
        &named.plans,
        &named.trade,
        &named.affinity,
        &named.routes,
        &named.parameters,
        &named.recorded,
        &named.thrifting,
        &named.growth,
        &named.investment,
        &named.projects,
        &named.fringe,
        &named.returns,
        &named.collectors,
    ];
    let mut tables = Tables::new();
    for ((name, columns), files) in COLUMNS.iter().zip(lists) {
        let read: Vec<Table> =
            files.iter().filter_map(|file| Table::read(&folder.join(file), columns, problems)).collect();
        tables.insert(name, read);
    }
    Some(tables)
}

/// The columns that name a row of a table, joined with `-` in an override.
fn keys(table: &str) -> &'static [&'static str] {
    match table {
        "plans" => &["sector", "country"],
        "intensity" => &["sector", "input"],
        "recipes" => &["recipe", "commodity"],
        "contents" => &["commodity", "element"],
        "assays" => &["commodity"],
        "separation" => &["recipe"],
        "thrifting" => &["user", "input"],
        "growth" => &["sector", "place"],
        "investment" => &["stage", "place", "recipe"],
        "fringe" => &["facility"],
        "returns" => &["sector"],
        "parameters" => &["parameter"],
        "countries" => &["country"],
        "routes" => &["origin", "destination"],
        _ => &["id"],
    }
}

fn replace(tables: &mut Tables, replacements: &Replacements, problems: &mut Problems) {
    for (name, value, place) in &replacements.0 {
        let mut parts = name.split('.');
        let (table, row, column) =
            (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let known: Vec<&'static str> = tables.keys().copied().collect();
        let found = match tables.get_mut(table) {
            None => {
                problems.unknown(place, "table", table, known);
                continue;
            }
            Some(files) => {
                files
                    .iter_mut()
                    .map(|t| t.set(keys(table), row, column, value))
                    .filter(|found| *found)
                    .count()
                    > 0
            }
        };
        if !found {
            problems.error(
                Code::UnknownName,
                place,
                format!("the table `{table}` has no cell `{row}.{column}`"),
                "not found".to_owned(),
                format!("rows are named by {} and columns by the header", keys(table).join("-")),
            );
        }
    }
}

fn check_parameters(draft: &Draft, tables: &Tables, problems: &mut Problems) {
    let Some(table) = tables.get("parameters").and_then(|t| t.first()) else {
        return;
    };
    for name in parameters() {
        if !draft.parameters.contains_key(name) {
            problems.error(
                Code::MissingField,
                &table.place(),
                format!("the parameter `{name}` is missing"),
                "parameters".to_owned(),
                "add its row; `chokepoint list parameters` shows those of the shipped world".to_owned(),
            );
        }
    }
    for row in tables.get("parameters").into_iter().flatten().flat_map(Table::records) {
        let name = row.text("parameter");
        if !parameters().contains(&name) {
            problems.unknown(&row.place("parameter"), "parameter", name, parameters());
        }
    }
}
