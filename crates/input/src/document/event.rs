//! Events of a scenario as they are written.

use crate::leaf::Leaf;
use serde::Deserialize;

/// One event.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventDocument<'a> {
    /// Name within the scenario.
    #[serde(borrow)]
    pub id: Leaf<'a>,
    /// What kind of event.
    #[serde(borrow)]
    pub kind: Leaf<'a>,
    /// What it touches.
    #[serde(borrow)]
    pub target: Leaf<'a>,
    /// Full size.
    #[serde(borrow)]
    pub magnitude: Option<Leaf<'a>>,
    /// First day.
    #[serde(borrow)]
    pub start: Leaf<'a>,
    /// Time from the first day to full size.
    #[serde(borrow)]
    pub ramp: Option<Leaf<'a>>,
    /// Time at full size.
    #[serde(borrow)]
    pub duration: Option<Leaf<'a>>,
    /// Time from full size back to nothing.
    #[serde(borrow)]
    pub recovery: Option<Leaf<'a>>,
    /// Share of the refused volume that flows all the same.
    #[serde(borrow)]
    pub leakage: Option<Leaf<'a>>,
    /// Time until the leakage is up.
    #[serde(borrow)]
    pub leakage_ramp: Option<Leaf<'a>>,
    /// Time that leaked goods spend in a third country.
    #[serde(borrow)]
    pub leakage_lag: Option<Leaf<'a>>,
    /// Extra price on what leaks.
    #[serde(borrow)]
    pub leakage_premium: Option<Leaf<'a>>,
    /// How the licensing authority works.
    #[serde(borrow)]
    pub licence: Option<Leaf<'a>>,
    /// How the quota is counted.
    #[serde(borrow)]
    pub quota: Option<Leaf<'a>>,
    /// Time by which what is built comes later.
    #[serde(borrow)]
    pub delay: Option<Leaf<'a>>,
    /// Day on which it becomes known.
    #[serde(borrow)]
    pub announced: Option<Leaf<'a>>,
    /// Price rise that is expected from that day on.
    #[serde(borrow)]
    pub announced_rise: Option<Leaf<'a>>,
    /// What it hangs on, if it does not simply start on its day.
    #[serde(borrow)]
    pub trigger: Option<Leaf<'a>>,
    /// Where the numbers come from.
    #[serde(borrow)]
    pub evidence: Leaf<'a>,
}

/// What an event hangs on: another event, a chance, a random day.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TriggerDocument<'a> {
    /// Event of the same scenario after whose start it comes; without that it does not come.
    #[serde(borrow)]
    pub after: Option<Leaf<'a>>,
    /// Time from there, or from the event's own day.
    #[serde(borrow)]
    pub delay: Option<Leaf<'a>>,
    /// Window from then on in which it comes on a random day.
    #[serde(borrow)]
    pub within: Option<Leaf<'a>>,
    /// Probability that it comes at all: a share, or a yearly rate within the window.
    #[serde(borrow)]
    pub chance: Option<Leaf<'a>>,
}

/// Two numbers of a scenario that are drawn together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrelationDocument<'a> {
    /// A number: `event/field`.
    #[serde(borrow)]
    pub one: Leaf<'a>,
    /// The number that it follows.
    #[serde(borrow)]
    pub other: Leaf<'a>,
    /// Correlation of their normal scores.
    #[serde(borrow)]
    pub share: Leaf<'a>,
}

/// How a licensing authority works.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LicenceDocument<'a> {
    /// Time before an application is decided at the earliest.
    #[serde(borrow)]
    pub processing: Leaf<'a>,
    /// The same once the regime has settled.
    #[serde(borrow)]
    pub processing_later: Option<Leaf<'a>>,
    /// Share of the ripe applications that is granted within a further processing time.
    #[serde(borrow)]
    pub approval: Leaf<'a>,
    /// The same once the regime has settled.
    #[serde(borrow)]
    pub approval_later: Option<Leaf<'a>>,
    /// Time from the first values to the later ones.
    #[serde(borrow)]
    pub settles: Option<Leaf<'a>>,
    /// Share of all applications that is refused.
    #[serde(borrow)]
    pub refusal: Option<Leaf<'a>>,
    /// Shares that are refused because of who uses the goods in the end.
    #[serde(borrow, default)]
    pub refused: Vec<Leaf<'a>>,
    /// Time within which a licence must be used.
    #[serde(borrow)]
    pub validity: Leaf<'a>,
    /// Share of controlled origin from which trade between third countries needs a licence too.
    #[serde(borrow)]
    pub content_threshold: Option<Leaf<'a>>,
}

/// A class of users whose applications are refused.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusedDocument<'a> {
    /// Sectors of final demand.
    #[serde(borrow)]
    pub sectors: Vec<Leaf<'a>>,
    /// Countries or regions of the final users; empty: all.
    #[serde(borrow, default)]
    pub destinations: Vec<Leaf<'a>>,
    /// Share of what is for them.
    #[serde(borrow)]
    pub share: Leaf<'a>,
    /// First day on which they are refused no more.
    #[serde(borrow)]
    pub until: Option<Leaf<'a>>,
}

/// How a quota is counted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotaDocument<'a> {
    /// Time after which unused tonnes lapse.
    #[serde(borrow)]
    pub period: Leaf<'a>,
    /// Gross tonnage; missing: what is normal less the magnitude.
    #[serde(borrow)]
    pub tonnes: Option<Leaf<'a>>,
    /// Later allowances, by date.
    #[serde(borrow, default)]
    pub steps: Vec<Leaf<'a>>,
    /// Commodities that take more or less than their own tonnes from the pool.
    #[serde(borrow, default)]
    pub gross: Vec<Leaf<'a>>,
}

/// A later allowance of a quota.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepDocument<'a> {
    /// First day; a new period starts.
    #[serde(borrow)]
    pub from: Leaf<'a>,
    /// Gross tonnage.
    #[serde(borrow)]
    pub tonnes: Leaf<'a>,
}

/// What a tonne of a commodity takes from a quota.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrossDocument<'a> {
    /// Commodity.
    #[serde(borrow)]
    pub commodity: Leaf<'a>,
    /// Gross tonnes for a tonne of it.
    #[serde(borrow)]
    pub tonnes: Leaf<'a>,
}

/// Kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum EventKind {
    /// Exports on the targeted links may not exceed a share of what was normal.
    ExportCap,
    /// Exports on the targeted links need a licence.
    Licence,
    /// Exports on the targeted links share a pool of tonnes.
    Quota,
    /// The buyer's country levies a tariff.
    Tariff,
    /// The seller's country levies a duty.
    ExportDuty,
    /// Exports to the listed customers may not exceed a share of what was normal.
    EntityBlacklist,
    /// The targeted facilities lose a share of their capacity.
    CapacityLoss,
    /// The targeted facilities may not make more than a share of what was normal.
    ProductionQuota,
    /// A share of the targeted facilities' stocks is destroyed.
    InventoryLoss,
    /// Smuggling on the targeted links, or the targeted unregistered plants, are stopped.
    Enforcement,
    /// Buyers and sellers of the targeted goods hear of something and expect prices to rise.
    Announcement,
    /// The targeted port or land crossing passes only a share of what reaches it; the rest waits.
    TransportDelay,
    /// Plans of the targeted sectors and regions change.
    DemandShift,
    /// What the targeted facilities build becomes dearer and takes longer: equipment and know-how are withheld.
    TechnologyEmbargo,
    /// The targeted facilities sell below what they would ask, and their state makes up for it.
    PriceWar,
}

/// What an event touches. Empty lists mean "all".
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TargetDocument<'a> {
    /// Stages of the commodity.
    #[serde(borrow)]
    pub stages: Vec<Leaf<'a>>,
    /// Commodities.
    #[serde(borrow)]
    pub commodities: Vec<Leaf<'a>>,
    /// Elements that the commodity contains.
    #[serde(borrow)]
    pub elements: Vec<Leaf<'a>>,
    /// Countries or regions of the seller.
    #[serde(borrow)]
    pub origins: Vec<Leaf<'a>>,
    /// Countries or regions of the buyer.
    #[serde(borrow)]
    pub destinations: Vec<Leaf<'a>>,
    /// Agents by id (all parts of a split one by the id before the number).
    #[serde(borrow)]
    pub agents: Vec<Leaf<'a>>,
    /// Buyers by id.
    #[serde(borrow)]
    pub customers: Vec<Leaf<'a>>,
    /// Sectors.
    #[serde(borrow)]
    pub sectors: Vec<Leaf<'a>>,
    /// Ports or land crossings.
    #[serde(borrow)]
    pub gateways: Vec<Leaf<'a>>,
}
