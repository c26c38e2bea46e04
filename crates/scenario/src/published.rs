//! What others have published: the size of economies, and what a shock costs them by their estimate.
//!
//! Both stand in the library, in `published/`, beside worlds and scenarios. A library without them has none.

use chokepoint_input::problem::{Code, Problems, Source};
use chokepoint_input::table::{CsvRow, Table};
use chokepoint_world::world::World;
use std::path::Path;
use std::sync::Arc;

/// What others have published that concerns a scenario.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// Gross domestic product of a year by place of the region in the world, US dollars; nothing where none is given.
    pub gdp: Vec<Option<f64>>,
    /// Estimates of what this scenario costs.
    pub estimates: Vec<Estimate>,
    /// The tables: what is simulated does not depend on them.
    pub files: Vec<Arc<Source>>,
}

/// One published number.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Id.
    pub id: String,
    /// Id of the strategy that was in force in it, if one was.
    pub strategy: Option<String>,
    /// Region, by place in the world; nothing is the world.
    pub region: Option<usize>,
    /// What the number is, with the number.
    pub amount: Amount,
    /// What is counted: a key for words in each language.
    pub counts: String,
    /// Months that it covers.
    pub months: f64,
    /// The shock in the words of the source.
    pub asked: String,
    /// Year, or year and month, in which it was published.
    pub published: String,
    /// Who published it.
    pub source: String,
    /// Grade of the evidence.
    pub grade: String,
}

/// A number with its range: low, middle, high, alike where only a point is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// Loss as a share of the gross domestic product of a year.
    OfGdp([f64; 3]),
    /// Loss in US dollars.
    Usd([f64; 3]),
    /// Price outside over the one before, of a commodity by place in the world.
    Price(usize, [f64; 3]),
}

impl Amount {
    /// The loss in US dollars; nothing for prices and where no gross domestic product is known.
    pub fn usd(&self, gdp: Option<f64>) -> Option<[f64; 3]> {
        match self {
            Self::OfGdp(shares) => gdp.map(|gdp| shares.map(|share| share * gdp)),
            Self::Usd(usd) => Some(*usd),
            Self::Price(..) => None,
        }
    }
}

/// Last month before the crisis that is held out: what was published later may carry knowledge of it.
const LAST_BEFORE: &str = "2025-03";

impl Estimate {
    /// Whether it was made after the crisis began that this model is not fitted to: then only its order of magnitude counts.
    pub fn knows_the_crisis(&self) -> bool {
        self.published.as_str() > LAST_BEFORE
    }
}

const ECONOMIES: [&str; 3] = ["region", "gdp_usd_bn", "source"];
const ESTIMATES: [&str; 14] = [
    "id",
    "scenario",
    "strategy",
    "region",
    "item",
    "unit",
    "value",
    "low",
    "high",
    "counts",
    "months",
    "asked",
    "published",
    "source",
];
/// The way of counting of a number of the world that no scenario asks for: a tenth of what depends on rare earths.
pub const TENTH: &str = "tenth";
/// What may be counted.
pub const COUNTS: [&str; 7] = ["network", "macro", "input_output", "scaled", "growth", "gdp", TENTH];

/// An outlook that was published before the crisis that is held out.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// Id.
    pub id: String,
    /// In words.
    pub name: String,
    /// What is followed.
    pub followed: Followed,
    /// Year that it is for.
    pub year: u32,
    /// Low, middle, high.
    pub range: [f64; 3],
    /// Unit of the numbers.
    pub unit: String,
    /// Who published it.
    pub source: String,
    /// Grade of the evidence.
    pub grade: String,
}

/// What an outlook is about, by places in the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Followed {
    /// Price of a commodity outside the controlling country, or at home.
    Price {
        /// Commodity.
        item: usize,
        /// Outside, or at home.
        outside: bool,
    },
    /// Share of the largest country in a stage's output.
    LargestShare(usize),
    /// What is made of some commodities in some regions.
    Made {
        /// Commodities.
        items: Vec<usize>,
        /// Regions.
        regions: Vec<usize>,
        /// Growth a year in place of tonnes.
        growth: bool,
        /// More than at the reference level in place of tonnes.
        more: bool,
    },
}

const OUTLOOKS: [&str; 12] =
    ["id", "world", "name", "measure", "items", "stage", "places", "year", "value", "low", "high", "unit"];

/// The outlooks of a library for a world.
///
/// # Errors
/// What is wrong with the table.
pub fn outlooks(library: &Path, world: &World) -> Result<Vec<Outlook>, Problems> {
    let mut problems = Problems::default();
    let table = table(&library.join("published").join("outlooks.csv"), &OUTLOOKS, &mut problems);
    let rows: Vec<Outlook> = table
        .iter()
        .flat_map(Table::records)
        .filter(|row| row.text("world") == world.id)
        .filter_map(|row| outlook(row, world, &mut problems))
        .collect();
    if problems.fatal() { Err(problems) } else { Ok(rows) }
}

fn outlook(row: CsvRow<'_>, world: &World, problems: &mut Problems) -> Option<Outlook> {
    let mut all = |column: &str, ids: Vec<&str>| -> Option<Vec<usize>> {
        let names = row.text(column).split(';').filter(|name| !name.is_empty());
        let mut places = Vec::new();
        for name in names {
            let found = ids.iter().position(|id| *id == name);
            if found.is_none() {
                problems.unknown(&row.place(column), column, name, ids.clone());
            }
            places.push(found?);
        }
        Some(places)
    };
    let items = all("items", world.commodities.iter().map(|c| c.id.as_str()).collect())?;
    let stage = all("stage", world.stages.iter().map(|s| s.id.as_str()).collect())?;
    let made = |growth: bool, more: bool| {
        let named: Vec<&str> = row.text("places").split(';').filter(|name| !name.is_empty()).collect();
        let without = |id: &str| named.iter().any(|name| name.strip_prefix('-') == Some(id));
        let only: Vec<&&str> = named.iter().filter(|name| !name.starts_with('-')).collect();
        let wanted = |id: &str| !without(id) && (only.is_empty() || only.iter().any(|name| **name == id));
        let regions = (0..world.regions.len()).filter(|r| wanted(&world.regions[*r].id)).collect();
        Followed::Made { items: items.clone(), regions, growth, more }
    };
    let followed = match (row.text("measure"), items.first(), stage.first()) {
        ("price", Some(item), _) => Followed::Price { item: *item, outside: row.text("places") == "outside" },
        ("largest_share", _, Some(stage)) => Followed::LargestShare(*stage),
        ("made", Some(_), _) => made(false, false),
        ("growth", Some(_), _) => made(true, false),
        ("more", Some(_), _) => made(false, true),
        (measure, ..) => {
            problems
                .error(Code::UnknownName, &row.place("measure"), format!("`{measure}` is not followed here"))
                .label("not known, or without what it is about")
                .help("one of price, made, growth and more with `items`, and largest_share with a `stage`");
            return None;
        }
    };
    let number = |column: &str, problems: &mut Problems| row.number(column, (-1e9, 1e9), problems);
    Some(Outlook {
        id: row.text("id").to_owned(),
        name: row.text("name").to_owned(),
        followed,
        year: row.number("year", (1990.0, 2100.0), problems)? as u32,
        range: [number("low", problems)?, number("value", problems)?, number("high", problems)?],
        unit: row.text("unit").to_owned(),
        source: row.text("source").to_owned(),
        grade: row.text("grade").to_owned(),
    })
}

/// Reads both tables of a library; what concerns `scenario` is kept.
pub(crate) fn read(library: &Path, scenario: &str, world: &World, problems: &mut Problems) -> Published {
    let folder = library.join("published");
    let mut published = Published { gdp: vec![None; world.regions.len()], ..Published::default() };
    if let Some(table) = table(&folder.join("economies.csv"), &ECONOMIES, problems) {
        for row in table.records() {
            let gdp = row.number("gdp_usd_bn", (1.0, 1e6), problems);
            // a world without the region has no use for it
            if let Some(place) = world.regions.iter().position(|r| r.id == row.text("region")) {
                published.gdp[place] = gdp.map(|bn| bn * 1e9);
            }
        }
        published.files.push(table.source);
    }
    if let Some(table) = table(&folder.join("estimates.csv"), &ESTIMATES, problems) {
        let of = |row: &CsvRow<'_>| row.text("scenario") == scenario;
        let regions: Vec<&str> = world.regions.iter().map(|r| r.id.as_str()).collect();
        let items: Vec<&str> = world.commodities.iter().map(|c| c.id.as_str()).collect();
        let read = |row| estimate(row, &regions, &items, problems);
        published.estimates = table.records().filter(of).filter_map(read).collect();
        published.files.push(table.source);
    }
    published
}

/// Estimates that belong to no scenario.
///
/// # Errors
/// What is wrong with the table.
pub fn of_the_world(library: &Path) -> Result<Vec<Estimate>, Problems> {
    let mut problems = Problems::default();
    let table = table(&library.join("published").join("estimates.csv"), &ESTIMATES, &mut problems);
    let none = |row: &CsvRow<'_>| row.text("scenario").is_empty();
    let rows: Vec<Estimate> = table
        .iter()
        .flat_map(Table::records)
        .filter(none)
        .filter_map(|row| estimate(row, &[], &[], &mut problems))
        .collect();
    if problems.fatal() { Err(problems) } else { Ok(rows) }
}

fn table(path: &Path, columns: &[&str], problems: &mut Problems) -> Option<Table> {
    path.is_file().then(|| Table::read(path, columns, problems))?
}

fn estimate(row: CsvRow<'_>, regions: &[&str], items: &[&str], problems: &mut Problems) -> Option<Estimate> {
    let value = row.number("value", (0.0, 1e6), problems)?;
    let low = row.optional("low", (0.0, 1e6), problems).unwrap_or(value);
    let high = row.optional("high", (0.0, 1e6), problems).unwrap_or(value);
    let range = [low, value, high];
    let place = |column: &str, problems: &mut Problems, ids: &[&str]| -> Option<Option<usize>> {
        let name = row.text(column);
        if name.is_empty() {
            return Some(None);
        }
        let found = ids.iter().position(|id| *id == name);
        if found.is_none() {
            problems.unknown(&row.place(column), column, name, ids.to_vec());
        }
        found.map(Some)
    };
    let region = place("region", problems, regions)?;
    let item = place("item", problems, items)?;
    let amount = match (row.text("unit"), item) {
        ("per_cent_of_gdp", _) => Amount::OfGdp(range.map(|x| x / 100.0)),
        ("usd_bn", _) => Amount::Usd(range.map(|x| x * 1e9)),
        ("price_multiple", Some(item)) => Amount::Price(item, range),
        (unit, _) => {
            problems
                .error(Code::UnknownName, &row.place("unit"), format!("`{unit}` is no unit of an estimate"))
                .label("not known")
                .help("one of per_cent_of_gdp, usd_bn, and price_multiple with an `item`");
            return None;
        }
    };
    let counts = row.text("counts");
    if !COUNTS.contains(&counts) {
        problems.unknown(&row.place("counts"), "way of counting", counts, COUNTS.to_vec());
        return None;
    }
    let strategy = row.text("strategy");
    Some(Estimate {
        id: row.text("id").to_owned(),
        strategy: (!strategy.is_empty()).then(|| strategy.to_owned()),
        region,
        amount,
        counts: counts.to_owned(),
        months: row.number("months", (0.0, 1200.0), problems)?,
        asked: row.text("asked").to_owned(),
        published: row.text("published").to_owned(),
        source: row.text("source").to_owned(),
        grade: row.text("grade").to_owned(),
    })
}
