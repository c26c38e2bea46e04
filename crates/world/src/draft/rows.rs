//! Rows of the tables, checked cell by cell.

use crate::trade::Known;
use chokepoint_core::chance::Distribution;
use chokepoint_core::design::Give;
use jiff::civil::Date;
use std::collections::BTreeMap;

pub(super) const POSITIVE: (f64, f64) = (1e-12, 1e15);
pub(super) const NOT_NEGATIVE: (f64, f64) = (0.0, 1e15);
pub(super) const SHARE: (f64, f64) = (0.0, 1.0);
pub(super) const WEEKS: (f64, f64) = (0.0, 520.0);

/// Names to indices.
pub fn index<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, usize> {
    names.into_iter().enumerate().map(|(i, n)| (n.to_owned(), i)).collect()
}

/// What sets a facility's activity at the reference level.
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

/// What an output is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// Ore, or a by-product of others.
    Primary,
    /// What comes back.
    Scrap,
}

/// A number on record that the balance is checked against.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedRecord {
    /// Stage.
    pub stage: usize,
    /// What is counted, in words.
    pub material: String,
    /// Elements by which an output is counted; none: the balance is not held against this number.
    pub counts: Vec<usize>,
    /// What it is made from; missing: anything.
    pub feed: Option<Feed>,
    /// Region key, country code or `World`.
    pub place: String,
    /// `output` or `share`.
    pub measure: String,
    /// Value.
    pub value: f64,
    /// Unit.
    pub unit: String,
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
    /// Extra cost per tonne saved, share of its price at the reference level.
    pub cost: f64,
    /// Yearly fall of the intensity whatever the price, as a log.
    pub trend: f64,
    /// What its user can do without for a while.
    pub give: Option<Give>,
}

/// Growth of a sector's plans, in one place or everywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct GrowthRow {
    /// Sector.
    pub sector: usize,
    /// Countries; empty: all.
    pub countries: Vec<usize>,
    /// Log per year.
    pub rate: f64,
}

/// What building a kind of facility takes.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassRow {
    /// Name under which its times are drawn.
    pub name: String,
    /// Stage.
    pub stage: usize,
    /// Countries; empty: all.
    pub countries: Vec<usize>,
    /// Recipe, or any.
    pub recipe: Option<usize>,
    /// Weeks from the decision to first output.
    pub lead: Distribution,
    /// Weeks from first output to full capacity.
    pub ramp_weeks: f64,
    /// US dollars for a unit of activity a year.
    pub capex: f64,
    /// Factor on the capital.
    pub overrun: Distribution,
    /// Processing cost of a new plant over that of one that runs.
    pub cost_premium: f64,
    /// Return that owners ask, per year.
    pub required_return: f64,
    /// Years.
    pub life_years: f64,
    /// Cost of a restart, share of a year's processing cost.
    pub restart_share: f64,
    /// Whether a plant that runs may add capacity.
    pub expands: bool,
    /// Whether it is idle when it loses cash; a by-product of something else does not.
    pub idles: bool,
}

/// How far a project is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It runs from its start on.
    Operating,
    /// It is being built and comes at its start, later by a drawn slip.
    Construction,
    /// It is announced for a date, and still to be decided.
    Planned,
    /// It is decided when it pays, or when somebody has it built.
    Proposed,
}

/// A facility that does not run at the reference level.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectRow {
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
    /// Units of activity a year.
    pub capacity: f64,
    /// How far it is.
    pub progress: Progress,
    /// Announced first output.
    pub start: Option<Date>,
    /// Capital, US dollars, if it is known better than its class.
    pub capex: Option<f64>,
    /// Processing cost over that of a plant that runs, likewise.
    pub cost_premium: Option<f64>,
    /// Weeks of input stock.
    pub input_cover: f64,
    /// Weeks of output stock.
    pub output_cover: f64,
}

/// How long the goods of a sector are used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReturnRow {
    /// Sector.
    pub sector: usize,
    /// Mean life, weeks.
    pub life_weeks: f64,
    /// Compartments of the distribution of lives.
    pub ages: usize,
    /// Growth of past sales, log per week.
    pub past_growth: f64,
}

/// Who collects goods at the end of their life.
#[derive(Clone, Debug, PartialEq)]
pub struct CollectorRow {
    /// Id of its facility.
    pub id: String,
    /// Name.
    pub name: String,
    /// Countries whose goods it collects.
    pub countries: Vec<usize>,
    /// Country in which it sits.
    pub country: usize,
    /// What is taken out of the goods.
    pub from: usize,
    /// Recipe under which it sells.
    pub recipe: usize,
    /// Share of returns that is collected at the reference level.
    pub share: f64,
    /// Greatest share that price alone brings.
    pub most: f64,
    /// Elasticity to the price of scrap.
    pub elasticity: f64,
    /// Cost of collecting beyond what price brings, share of the price of scrap.
    pub cost_share: f64,
    /// Weeks of output stock.
    pub output_cover: f64,
}

/// Small plants that come and go with their price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FringeRow {
    /// The plant that stands for them.
    pub plant: usize,
    /// Elasticity of their capacity to their price.
    pub elasticity: f64,
    /// Greatest capacity, in capacities at the reference level.
    pub most: f64,
}

/// How many lines a firm has, and how unequal their stocks are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinesRow {
    /// Stage of the facilities it is about; none for a sector.
    pub stage: Option<usize>,
    /// Sector of the final producers it is about.
    pub sector: Option<usize>,
    /// Lines of a firm.
    pub lines: u32,
    /// Standard deviation of the logarithm of their stocks.
    pub spread: f64,
}

impl LinesRow {
    /// One line, or several that are alike.
    pub const ALIKE: Self = Self { stage: None, sector: None, lines: 1, spread: 0.0 };
}
