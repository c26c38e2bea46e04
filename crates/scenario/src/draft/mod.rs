//! The world's tables as typed rows, each checked cell by cell.

mod agents;
mod evidence;
mod exchange;
mod fringe;
mod recipes;
mod things;
mod thrifts;
mod ventures;

pub use fringe::FringeRow;
pub use ventures::{ClassRow, CollectorRow, GrowthRow, Progress, ProjectRow, ReturnRow};

use crate::problem::Problems;
use crate::table::Table;
use crate::trade::Known;
use crate::world::{CommodityInfo, Country, Named, Parameter, Sector, Stage};
use chokepoint_core::network::Ordering;
use std::collections::BTreeMap;

/// What sets a facility's activity at rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    /// Orders for its first output.
    Orders,
    /// The table: joint products follow.
    Table,
    /// The supply of its input, a by-product of others.
    Feed,
}

/// A recipe per unit of activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// Id.
    pub id: String,
    /// Commodity and tonnes.
    pub inputs: Vec<(usize, f64)>,
    /// Commodity and tonnes; the first is the one that activity counts.
    pub outputs: Vec<(usize, f64)>,
    /// What sets its activity.
    pub drive: Drive,
    /// Share of the feed's contents that a separation recovers.
    pub recovery: Option<f64>,
}

/// One facility (one part of a split row).
#[derive(Clone, Debug, PartialEq)]
pub struct Plant {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Owner: plants of one owner supply each other.
    pub firm: String,
    /// Stage.
    pub stage: usize,
    /// Country.
    pub country: usize,
    /// Recipe.
    pub recipe: usize,
    /// Units of activity a year, as recorded.
    pub recorded: f64,
    /// Capacity over activity.
    pub headroom: f64,
    /// Weeks of input stock.
    pub input_cover: f64,
    /// Weeks of output stock.
    pub output_cover: f64,
}

/// One final producer.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Sector.
    pub sector: usize,
    /// Country.
    pub country: usize,
    /// Goods a year.
    pub units: f64,
    /// US dollars per unit.
    pub value_added: f64,
    /// Share of it that is not spent when a unit is not built.
    pub avoidable: f64,
    /// Weeks of input stock.
    pub cover: f64,
}

/// A route between two areas.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Weeks door to door.
    pub weeks: u32,
    /// US dollars per tonne.
    pub freight: f64,
    /// Port or land crossing.
    pub gateway: Option<usize>,
}

/// A flow on record for some commodities together.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Commodities.
    pub commodities: Vec<usize>,
    /// The flow of all of them together.
    pub flow: Known,
}

/// A number on record that the balance is checked against.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Stage.
    pub stage: usize,
    /// What is counted.
    pub material: String,
    /// Region key, country code or `World`.
    pub place: String,
    /// `output` or `share`.
    pub measure: String,
    /// Value.
    pub value: f64,
    /// Unit.
    pub unit: String,
}

/// All tables of a world.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Elements.
    pub elements: Vec<Named>,
    /// Element mass per oxide mass, by element.
    pub metal_per_oxide: Vec<f64>,
    /// Stages.
    pub stages: Vec<Stage>,
    /// Regions.
    pub regions: Vec<Named>,
    /// Route areas.
    pub areas: Vec<String>,
    /// Countries.
    pub countries: Vec<Country>,
    /// Commodities.
    pub commodities: Vec<CommodityInfo>,
    /// Oxide share of each element in a concentrate, by commodity.
    pub assays: BTreeMap<usize, Vec<f64>>,
    /// Recipes.
    pub recipes: Vec<Recipe>,
    /// Facilities.
    pub plants: Vec<Plant>,
    /// Sectors.
    pub sectors: Vec<Sector>,
    /// Inputs per unit of good by sector: commodity and tonnes.
    pub intensity: Vec<Vec<(usize, f64)>>,
    /// Final producers.
    pub users: Vec<User>,
    /// Flows on record.
    pub recorded_flows: Vec<Recorded>,
    /// Willingness to trade, by stage, origin and destination (`None`: any).
    pub affinity: BTreeMap<(usize, Option<usize>, Option<usize>), f64>,
    /// Routes by area pair.
    pub routes: BTreeMap<(usize, usize), Route>,
    /// Ports and land crossings.
    pub gateways: Vec<String>,
    /// Parameters.
    pub parameters: BTreeMap<String, Parameter>,
    /// Numbers on record.
    pub records: Vec<Record>,
    /// What gives way to price.
    pub thrifts: Vec<ThriftRow>,
    /// Growth of plans.
    pub growth: Vec<GrowthRow>,
    /// What building takes.
    pub classes: Vec<ClassRow>,
    /// Facilities that do not run at rest.
    pub projects: Vec<ProjectRow>,
    /// How long goods are used.
    pub returns: Vec<ReturnRow>,
    /// Who collects goods at the end of their life; their facilities are the last plants, in the same order.
    pub collectors: Vec<CollectorRow>,
    /// Small plants that come and go with their price.
    pub fringes: Vec<FringeRow>,
    /// How buyers order.
    pub ordering: Ordering,
    /// Stages of whose outputs traders hold stocks.
    pub traded_stages: Vec<usize>,
    /// Regions of whose sellers they do.
    pub traded_regions: Vec<usize>,
    /// Origins that are followed.
    pub origins: Vec<OriginRow>,
    /// Names of the traces of the network, once it is assembled.
    pub traces: Vec<String>,
}

/// An origin that is followed through the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginRow {
    /// Name.
    pub id: String,
    /// Region that stamps it.
    pub region: usize,
    /// Stage that stamps it, or any.
    pub stage: Option<usize>,
}

/// Inputs of a recipe or sector that price makes it use less of.
#[derive(Clone, Debug, PartialEq)]
pub struct ThriftRow {
    /// Recipe.
    pub recipe: Option<usize>,
    /// Sector.
    pub sector: Option<usize>,
    /// Commodities, moved together.
    pub inputs: Vec<usize>,
    /// What replaces them, and how much of it per tonne saved.
    pub substitute: Option<(usize, f64)>,
    /// Elasticity.
    pub elasticity: f64,
    /// Least intensity, share.
    pub floor: f64,
    /// Weeks of work before a design changes.
    pub delay_weeks: f64,
    /// Weeks over which it spreads.
    pub weeks: f64,
    /// Share of the saving that never comes back.
    pub kept: f64,
    /// Extra cost per tonne saved, share of its price at rest.
    pub cost: f64,
}

/// The tables of a world, by name; each may consist of several files.
pub type Tables = BTreeMap<&'static str, Vec<Table>>;

/// Columns that each table needs.
pub const COLUMNS: [(&str, &[&str]); 23] = [
    ("elements", &["id", "name", "metal_per_oxide"]),
    ("countries", &["country", "name", "region", "area"]),
    ("commodities", &["id", "name", "stage", "unit", "reference_price_usd_kg"]),
    ("assays", &["commodity"]),
    ("contents", &["commodity", "element", "kg_per_t"]),
    ("recipes", &["recipe", "direction", "commodity", "per_unit"]),
    ("separation", &["recipe", "feed", "recovery", "products"]),
    (
        "facilities",
        &[
            "id",
            "name",
            "stage",
            "country",
            "recipe",
            "activity_t_y",
            "capacity_t_y",
            "split",
            "input_cover_weeks",
            "output_cover_weeks",
        ],
    ),
    (
        "sectors",
        &[
            "id",
            "name",
            "kind",
            "good_unit",
            "overtime_share",
            "catch_up_weeks",
            "patience_weeks",
            "firm_shares",
            "firm_cover_weeks",
        ],
    ),
    ("intensity", &["sector", "input", "kg_per_unit"]),
    ("plans", &["sector", "country", "units_y", "value_added_usd_per_unit", "avoidable_cost_share"]),
    ("trade", &["commodity", "origin", "destination", "t_y"]),
    ("affinity", &["stage", "origin", "destination", "weight"]),
    ("routes", &["origin", "destination", "weeks", "freight_usd_kg", "gateway"]),
    ("parameters", &["parameter", "value", "unit", "low", "high", "distribution", "source", "grade", "note"]),
    ("recorded", &["stage", "material", "region_or_country", "measure", "value", "unit"]),
    (
        "thrifting",
        &[
            "user",
            "input",
            "substitute",
            "ratio",
            "elasticity",
            "floor",
            "delay_years",
            "spread_years",
            "kept_share",
            "cost_share",
        ],
    ),
    ("growth", &["sector", "place", "growth_pct_y"]),
    (
        "investment",
        &[
            "stage",
            "place",
            "recipe",
            "lead_months",
            "lead_low",
            "lead_high",
            "ramp_months",
            "capex_usd_per_t_y",
            "overrun_low",
            "overrun_mode",
            "overrun_high",
            "cost_premium",
            "required_return",
            "life_years",
            "restart_cost_share",
            "expands",
            "idles",
        ],
    ),
    (
        "projects",
        &[
            "id",
            "name",
            "firm",
            "stage",
            "country",
            "recipe",
            "capacity_t_y",
            "status",
            "start",
            "capex_musd",
            "cost_premium",
            "input_cover_weeks",
            "output_cover_weeks",
        ],
    ),
    ("fringe", &["facility", "elasticity", "most"]),
    ("returns", &["sector", "life_years", "compartments", "history_growth_pct_y"]),
    (
        "collectors",
        &[
            "id",
            "name",
            "place",
            "country",
            "from",
            "commodity",
            "collected_share",
            "most_share",
            "elasticity",
            "cost_share",
            "output_cover_weeks",
        ],
    ),
];

const POSITIVE: (f64, f64) = (1e-12, 1e15);
const NOT_NEGATIVE: (f64, f64) = (0.0, 1e15);
const SHARE: (f64, f64) = (0.0, 1.0);
const WEEKS: (f64, f64) = (0.0, 520.0);

/// Names to indices.
pub fn index<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, usize> {
    names.into_iter().enumerate().map(|(i, n)| (n.to_owned(), i)).collect()
}

impl Draft {
    /// Reads all tables; problems are collected, never the first only.
    pub fn read(tables: &Tables, stages: Vec<Stage>, regions: Vec<Named>, problems: &mut Problems) -> Self {
        let mut draft = Self { stages, regions, ..Self::default() };
        let of = |name: &'static str| tables.get(name).map(Vec::as_slice).unwrap_or_default();
        draft.read_elements(of("elements"), problems);
        draft.read_countries(of("countries"), problems);
        draft.read_commodities(of("commodities"), problems);
        draft.read_contents(of("assays"), of("contents"), problems);
        draft.read_recipes(of("recipes"), of("separation"), problems);
        draft.read_plants(of("facilities"), problems);
        draft.read_sectors(of("sectors"), of("intensity"), problems);
        draft.read_plans(of("plans"), problems);
        draft.read_trade(of("trade"), of("affinity"), problems);
        draft.read_routes(of("routes"), problems);
        draft.read_parameters(of("parameters"), problems);
        draft.read_records(of("recorded"), problems);
        draft.read_thrifts(of("thrifting"), problems);
        draft.read_growth(of("growth"), problems);
        draft.read_classes(of("investment"), problems);
        draft.read_projects(of("projects"), problems);
        draft.read_returns(of("returns"), of("collectors"), problems);
        draft.read_fringes(of("fringe"), problems);
        draft
    }

    fn stage_index(&self) -> BTreeMap<String, usize> {
        index(self.stages.iter().map(|s| s.id.as_str()))
    }

    fn country_index(&self) -> BTreeMap<String, usize> {
        index(self.countries.iter().map(|c| c.id.as_str()))
    }

    fn commodity_index(&self) -> BTreeMap<String, usize> {
        index(self.commodities.iter().map(|c| c.id.as_str()))
    }

    fn element_index(&self) -> BTreeMap<String, usize> {
        index(self.elements.iter().map(|e| e.id.as_str()))
    }
}
