//! The world's tables as typed rows, each checked cell by cell.

mod agents;
mod evidence;
mod exchange;
mod fringe;
mod lines;
mod recipes;
mod rows;
mod things;
mod thrifts;
mod ventures;

pub use rows::{
    ClassRow, CollectorRow, Drive, Feed, FringeRow, GrowthRow, LinesRow, ObservedRecord, OriginRow, Plant,
    Progress, ProjectRow, Recipe, Recorded, ReturnRow, Route, ThriftRow, User, index,
};

use crate::catalogue::{CommodityInfo, Country, Named, Parameter, Sector, Stage};
use chokepoint_core::network::Ordering;
use chokepoint_input::problem::Problems;
use chokepoint_input::table::Table;
use std::collections::BTreeMap;

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
    pub records: Vec<ObservedRecord>,
    /// What gives way to price.
    pub thrifts: Vec<ThriftRow>,
    /// Growth of plans.
    pub growth: Vec<GrowthRow>,
    /// What building takes.
    pub classes: Vec<ClassRow>,
    /// Facilities that do not run at the reference level.
    pub projects: Vec<ProjectRow>,
    /// How long goods are used.
    pub returns: Vec<ReturnRow>,
    /// Who collects goods at the end of their life; their facilities are the last plants, in the same order.
    pub collectors: Vec<CollectorRow>,
    /// Small plants that come and go with their price.
    pub fringes: Vec<FringeRow>,
    /// How many lines firms have, and how unequal their stocks are.
    pub lines: Vec<LinesRow>,
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

/// The tables of a world, by name; each may consist of several files.
pub type Tables = BTreeMap<&'static str, Vec<Table>>;

/// Columns that each table needs.
pub const COLUMNS: [(&str, &[&str]); 24] = [
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
    ("recorded", &["stage", "material", "region_or_country", "counts", "feed", "measure", "value", "unit"]),
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
    ("lines", &["user", "lines", "stock_spread"]),
];

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
        draft.read_lines(of("lines"), problems);
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
