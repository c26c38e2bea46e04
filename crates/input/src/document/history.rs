//! Histories as they are written: what was observed of a crisis, and how the model is held against it.

use crate::leaf::Leaf;
use serde::Deserialize;

/// A crisis of the past with what is on record of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "History", deny_unknown_fields)]
pub struct HistoryDocument<'a> {
    /// Id; the file's name without ending.
    #[serde(borrow)]
    pub id: Leaf<'a>,
    /// Title.
    #[serde(borrow)]
    pub name: Leaf<'a>,
    /// Scenario that shows its events.
    #[serde(borrow)]
    pub scenario: Leaf<'a>,
    /// Strategy that was in force, if one was.
    #[serde(borrow)]
    pub strategy: Option<Leaf<'a>>,
    /// The story in a paragraph.
    #[serde(borrow)]
    pub story: Leaf<'a>,
    /// CSV file of observed prices, beside this file.
    #[serde(borrow)]
    pub prices: Leaf<'a>,
    /// What the naive forecast by elasticity takes.
    #[serde(borrow)]
    pub naive: Leaf<'a>,
    /// What was shipped under the first quota in fact, from which day on: a back-test may take it as given.
    #[serde(borrow, default)]
    pub realised: Vec<Leaf<'a>>,
    /// Numbers that a calibration fits.
    #[serde(borrow)]
    pub fitted: Vec<Leaf<'a>>,
    /// The model with a mechanism taken out.
    #[serde(borrow, default)]
    pub variants: Vec<Leaf<'a>>,
    /// What is on record.
    #[serde(borrow)]
    pub targets: Vec<Leaf<'a>>,
}

/// The model with a mechanism taken out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariantDocument<'a> {
    /// Id.
    #[serde(borrow)]
    pub id: Leaf<'a>,
    /// What is taken out, in words.
    #[serde(borrow)]
    pub name: Leaf<'a>,
    /// Numbers that are set, in weeks or as shares.
    #[serde(borrow)]
    pub set: Vec<(Leaf<'a>, f64)>,
}

/// What was shipped under a quota from a day on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RealisedDocument<'a> {
    /// First day.
    #[serde(borrow)]
    pub from: Leaf<'a>,
    /// Gross tonnes a year.
    #[serde(borrow)]
    pub tonnes: Leaf<'a>,
}

/// What the naive forecast by elasticity takes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NaiveDocument<'a> {
    /// Share of the trade that stays allowed.
    #[serde(borrow)]
    pub kept: Leaf<'a>,
    /// Price elasticity of demand, as a positive number.
    pub elasticity: f64,
}

/// Whether a calibration may use a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum RoleDocument {
    /// It may.
    #[serde(rename = "fit")]
    Fit,
    /// It may not: it is only scored.
    #[serde(rename = "score")]
    Score,
}

/// One number on record.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetOfHistory<'a> {
    /// Id.
    #[serde(borrow)]
    pub id: Leaf<'a>,
    /// What it is, in words.
    #[serde(borrow)]
    pub name: Leaf<'a>,
    /// Whether a calibration may use it.
    pub role: RoleDocument,
    /// How it is taken, in the model as in the record.
    #[serde(borrow)]
    pub statistic: Leaf<'a>,
    /// What is on record, in the statistic's unit.
    pub observed: f64,
    /// Whether it was looked at while the model or the inputs of its scenario were built.
    #[serde(default)]
    pub seen: bool,
    /// Distance that counts as one in the fit: a share of a multiple, else in the statistic's unit.
    pub tolerance: Option<f64>,
    /// How good the source is, and which it is.
    #[serde(borrow)]
    pub evidence: Leaf<'a>,
}

/// First and last day.
pub type Days<'a> = (Leaf<'a>, Leaf<'a>);

/// How a number is taken.
#[derive(Clone, Debug, Deserialize)]
pub enum StatisticDocument<'a> {
    /// Mean outside price in one window over that in another.
    Multiple(#[serde(borrow)] MultipleDocument<'a>),
    /// Months from a day to the highest outside price, mean over commodities.
    MonthsToPeak(#[serde(borrow)] PeakDocument<'a>),
    /// Months from the highest outside price until it has halved, mean over commodities.
    MonthsToHalf(#[serde(borrow)] PeakDocument<'a>),
    /// Outside over home price.
    Gap(#[serde(borrow)] GapDocument<'a>),
    /// What was shipped of some goods where a control binds, over the usual.
    Exports(#[serde(borrow)] GoodsDocument<'a>),
    /// Per cent by which what was shipped under the quota differs from a tonnage.
    QuotaExports(#[serde(borrow)] ExportsDocument<'a>),
    /// Per cent by which what a region got under the quota changed.
    QuotaImports(#[serde(borrow)] ImportsDocument<'a>),
    /// What a stage made in some regions in one window over that in another.
    Output(#[serde(borrow)] OutputDocument<'a>),
    /// Probability that plants were built and was idle by a day.
    Fails(#[serde(borrow)] FailsDocument<'a>),
}

/// A price multiple of a commodity or a basket.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MultipleDocument<'a> {
    /// Commodities with their weight in the basket.
    #[serde(borrow)]
    pub basket: Vec<(Leaf<'a>, f64)>,
    /// The price at home in place of that outside.
    #[serde(default)]
    pub at_home: bool,
    #[serde(borrow)]
    pub from: Days<'a>,
    #[serde(borrow)]
    pub to: Days<'a>,
}

/// A peak within a window.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PeakDocument<'a> {
    #[serde(borrow)]
    pub prices: Vec<Leaf<'a>>,
    #[serde(borrow)]
    pub within: Days<'a>,
}

/// Two prices of a commodity.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct GapDocument<'a> {
    #[serde(borrow)]
    pub price: Leaf<'a>,
    #[serde(borrow)]
    pub over: Days<'a>,
    /// Factor between the model's home price and the one on record, such as value-added tax.
    pub home_factor: f64,
}

/// Shipments of goods on controlled trade.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct GoodsDocument<'a> {
    #[serde(borrow)]
    pub goods: Vec<Leaf<'a>>,
    #[serde(borrow)]
    pub over: Days<'a>,
}

/// Shipments under the quota.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ExportsDocument<'a> {
    #[serde(borrow)]
    pub over: Days<'a>,
    /// What they are compared with.
    #[serde(borrow)]
    pub tonnes: Leaf<'a>,
}

/// Imports of a region.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ImportsDocument<'a> {
    #[serde(borrow)]
    pub region: Leaf<'a>,
    #[serde(borrow)]
    pub from: Days<'a>,
    #[serde(borrow)]
    pub to: Days<'a>,
}

/// Output of a stage.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OutputDocument<'a> {
    #[serde(borrow)]
    pub stage: Leaf<'a>,
    #[serde(borrow)]
    pub regions: Vec<Leaf<'a>>,
    #[serde(borrow)]
    pub from: Days<'a>,
    #[serde(borrow)]
    pub to: Days<'a>,
}

/// The fate of plants.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct FailsDocument<'a> {
    #[serde(borrow)]
    pub plants: Vec<Leaf<'a>>,
    #[serde(borrow)]
    pub by: Leaf<'a>,
}
