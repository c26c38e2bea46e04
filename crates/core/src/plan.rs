//! What an arm does to the chain (topology shared by all replicates) and what a replicate draws (one value per lane).

use crate::behaviour::Behaviour;
pub use crate::draw::{Draw, Path, Regime};
use crate::id::{AgentId, CommodityId, GatewayId, InputId, LinkId, OutputId};
use crate::network::Network;
use crate::time::Week;

/// What an event touches.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Flows on these links may not exceed (1 − magnitude) × normal trade, but for a part of what is ordered beyond it.
    ExportCap(Vec<LinkId>),
    /// The share `magnitude` of what these links carry needs a licence.
    Licence(LicenceRule),
    /// The share `magnitude` of what these links carry is exempt from licences.
    GeneralLicence(Vec<LinkId>),
    /// These links share a pool of (1 − magnitude) × normal trade, in tonnes.
    Quota(QuotaRule),
    /// What these links carry pays the share `magnitude` of its price to the seller's or the buyer's treasury.
    Duty {
        /// Links that carry the taxed goods.
        links: Vec<LinkId>,
        /// Who levies it.
        levied_by: Treasury,
    },
    /// The share `magnitude` of what leaks on these links, and of these agents' capacity, is stopped.
    Enforcement {
        /// Links whose leakage it stops.
        links: Vec<LinkId>,
        /// Unregistered plants that it closes.
        agents: Vec<AgentId>,
    },
    /// These agents lose the share `magnitude` of their capacity.
    CapacityLoss(Vec<AgentId>),
    /// These agents may not make more than (1 − magnitude) × normal activity, but for a part of what is wanted beyond it.
    ProductionQuota(Vec<AgentId>),
    /// The share `magnitude` of these stocks is destroyed when the event starts.
    InventoryLoss {
        /// Stocks of what is bought.
        inputs: Vec<InputId>,
        /// Stocks of what is made.
        outputs: Vec<OutputId>,
    },
    /// Prices are expected to rise by the share `magnitude` within half a year.
    Announcement {
        /// Buyers who hear of it.
        inputs: Vec<InputId>,
        /// Sellers who hear of it.
        outputs: Vec<OutputId>,
        /// Whether the day is known on which something enters into force: its last at full size.
        dated: bool,
    },
    /// Only the share (1 − magnitude) of what reaches this gateway passes; the rest waits until it opens.
    TransportDelay(GatewayId),
    /// The plans of these producers change by the share `magnitude`.
    DemandShift(Vec<AgentId>),
    /// These buyers want `magnitude` more weeks of cover.
    Buffer {
        /// The buyers.
        inputs: Vec<InputId>,
        /// Who pays for what is held.
        payer: Payer,
    },
    /// These buyers qualify other suppliers whatever their fill rate.
    Qualify(Vec<InputId>),
    /// These buyers design the share `magnitude` of the input out, at the speed of thrifting.
    Thrift(Vec<InputId>),
    /// The share `magnitude` of what these buyers order is rated: sellers serve it before other orders.
    Priority(Vec<InputId>),
    /// These buyers share data: they leave out the share `magnitude` of their hoarding.
    DataExchange(Vec<InputId>),
    /// These buyers may take the share `magnitude` at most from some sellers, as far as others deliver.
    SourcingCap {
        /// The buyers.
        inputs: Vec<InputId>,
        /// Their links from the capped sellers.
        links: Vec<LinkId>,
    },
    /// This reserve fills to `magnitude` weeks of its users' use and releases in a shortage.
    Reserve(ReserveRule),
    /// These products are sold at the share `magnitude` below what their sellers would ask; their state pays the rest.
    PriceWar(Vec<OutputId>),
    /// What these facilities build costs the share `magnitude` more.
    ConstructionCost(Vec<AgentId>),
    /// What these facilities build takes `magnitude` weeks longer.
    ConstructionDelay(Vec<AgentId>),
    /// These projects are built whatever prices do, and the payer bears the share `magnitude` of the capital.
    Build(Programme),
    /// The payer bears the share `magnitude` of the capital of what these facilities build.
    Grant(Programme),
    /// The payer bears the share `magnitude` of the processing cost of these facilities.
    RunningCredit(Programme),
    /// The payer lends a share of the capital at a rate that is `magnitude` a year below what owners ask.
    Loan(Programme),
    /// The payer makes up for prices below `magnitude` US dollars per tonne.
    Floor(FloorRule),
    /// The share `magnitude` of returns is collected at least; the payer bears what scrap does not earn.
    Collect(Programme),
}

impl Effect {
    /// The links on which it keeps trade back, if it is a control of that kind.
    pub fn keeps_back(&self) -> Vec<LinkId> {
        match self {
            Self::ExportCap(links) => links.clone(),
            Self::Licence(rule) => rule.links.iter().map(|l| l.link).collect(),
            Self::Quota(rule) => rule.groups.iter().flat_map(|g| g.links.iter().copied()).collect(),
            _ => Vec::new(),
        }
    }
    /// Whether of several events of its kind the deepest binds, moment by moment: two that are alike are one, and so are two
    /// that follow each other. Of other kinds sizes add up.
    pub fn deepest_binds(&self) -> bool {
        matches!(
            self,
            Self::ExportCap(_)
                | Self::Licence(_)
                | Self::GeneralLicence(_)
                | Self::Quota(_)
                | Self::Enforcement { .. }
                | Self::CapacityLoss(_)
                | Self::ProductionQuota(_)
                | Self::Announcement { .. }
                | Self::TransportDelay(_)
                | Self::PriceWar(_)
                | Self::ConstructionCost(_)
                | Self::ConstructionDelay(_)
        )
    }
    /// Whether it leaves something behind on controlled links.
    pub fn controls_trade(&self) -> bool {
        matches!(
            self,
            Self::ExportCap(_)
                | Self::Licence(_)
                | Self::Quota(_)
                | Self::Duty { .. }
                | Self::Enforcement { .. }
        )
    }
}

/// Who pays for a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payer {
    /// Taxpayers.
    Public,
    /// Firms of the chain.
    Firm,
    /// Buyers of final goods.
    Consumer,
}

/// Whom a programme supports, and who pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    /// The facilities.
    pub agents: Vec<AgentId>,
    /// Who pays.
    pub payer: Payer,
    /// Share of the capital that is lent; 1 where nothing is.
    pub share: f64,
}

/// A price floor, or a contract for difference, or an offtake at a fixed price.
#[derive(Clone, Debug, PartialEq)]
pub struct FloorRule {
    /// The products.
    pub outputs: Vec<OutputId>,
    /// Who makes them.
    pub agents: Vec<AgentId>,
    /// Share of the volume that is covered.
    pub covered: f64,
    /// Share of the price above the floor that goes back to the payer.
    pub upside: f64,
    /// Whether it is an agreed sale: its buyers qualify the plant while it is built.
    pub offtake: bool,
    /// Who pays.
    pub payer: Payer,
}

/// Who levies a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treasury {
    /// The seller's country: an export duty.
    Exporter,
    /// The buyer's country: a tariff.
    Importer,
}

/// A licensing regime. Its times and shares are drawn: see [`Regime`].
#[derive(Clone, Debug, PartialEq)]
pub struct LicenceRule {
    /// Links that carry what needs a licence.
    pub links: Vec<LicensedLink>,
    /// Share of controlled origin from which trade between third countries needs a licence too.
    pub content_threshold: f64,
}

/// A link under a licensing regime.
#[derive(Clone, Debug, PartialEq)]
pub struct LicensedLink {
    /// The link.
    pub link: LinkId,
    /// What of the applications is refused because of who uses the goods in the end.
    pub refused: Vec<RefusedClass>,
    /// Whether it joins third countries: covered only for its content of controlled origin.
    pub foreign: bool,
    /// How its applications are dealt with beside others.
    pub class: LicenceClass,
}

/// How applications of some buyers are dealt with beside those of all others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LicenceClass {
    /// Its place among the classes of its licence, counted from one; zero, none of them.
    pub place: u32,
    /// Processing time over that of the others.
    pub time: f64,
    /// Share approved over that of the others.
    pub approval: f64,
}

impl LicenceClass {
    /// As all others.
    pub const USUAL: Self = Self { place: 0, time: 1.0, approval: 1.0 };
}

/// Users who are refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RefusedClass {
    /// Share of the applications on a link.
    pub share: f64,
    /// The first week in which they are refused no more; the greatest there is: never.
    pub until: Week,
}

/// A pool of export tonnes.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotaRule {
    /// Links by market: all of one commodity.
    pub groups: Vec<QuotaGroup>,
    /// Gross tonnes a week at the reference level.
    pub base_tonnes_per_week: f64,
    /// Whether it allows the share (1 − magnitude) of that, a tonnage, whatever trade is normal; else of normal trade.
    pub in_tonnes: bool,
    /// Weeks after which unused tonnes lapse.
    pub period_weeks: f64,
    /// Later allowances, in order: a new period starts in that week with so many gross tonnes a week.
    pub steps: Vec<(Week, f64)>,
}

impl QuotaRule {
    /// The step in force in a week, if one is, and whether it starts in it.
    #[inline(always)]
    pub fn step(&self, week: Week) -> Option<(f64, bool)> {
        self.steps.iter().rev().find(|(from, _)| *from <= week).map(|(from, tonnes)| (*tonnes, *from == week))
    }
}

/// The links of one commodity under a quota.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotaGroup {
    /// The links.
    pub links: Vec<LinkId>,
    /// Gross tonnes that a tonne takes from the pool.
    pub gross: f64,
}

/// How a reserve fills and releases.
#[derive(Clone, Debug, PartialEq)]
pub struct ReserveRule {
    /// The reserve's stock.
    pub stock: InputId,
    /// Use of its users at the reference level, tonnes per week.
    pub users_use: f64,
    /// Weeks over which it fills.
    pub fill_weeks: f64,
    /// Weeks over which it buys back what it has released.
    pub buy_back_weeks: f64,
    /// It releases while the users' fill rate is below this.
    pub trigger_fill_rate: f64,
    /// Greatest release per week, as a share of the users' use.
    pub release_share: f64,
    /// Who is served first.
    pub allocation: Allocation,
    /// Who pays for what it holds.
    pub payer: Payer,
}

/// How a release is shared among the users of a reserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allocation {
    /// Pro rata to what each lacks.
    Lack,
    /// Pro rata to what each uses at the reference level, up to what it lacks.
    Use,
    /// Users marked first are served in full before the others get anything.
    First,
}

/// One event or measure of an arm. Its size and timing are drawn: see [`Draw`].
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What it touches.
    pub effect: Effect,
    /// Which draw of the replicate times and sizes it (an index into [`Replicates::draws`]).
    pub draw: usize,
}

/// A commodity sold out of a country that an event of the scenario controls: what comes round has a quote outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// The commodity.
    pub commodity: CommodityId,
    /// The controlled links.
    pub links: Vec<LinkId>,
}

/// A link that some event of the scenario touches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Controlled {
    /// The link.
    pub link: LinkId,
    /// Its place in [`Plan::markets`], if what comes round it has a quote.
    pub market: Option<usize>,
    /// Weeks that leaked goods spend in a third country before they travel on.
    pub detour_weeks: u32,
}

/// One arm of an experiment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Events and measures, in the order in which they are read.
    pub events: Vec<Event>,
    /// Markets with a quote outside. The same list in every arm.
    pub markets: Vec<Market>,
    /// Links that some event touches. The same list in every arm.
    pub controlled: Vec<Controlled>,
    /// Gateways that some event may close. The same list in every arm.
    pub gateways: Vec<GatewayId>,
    /// Last week (exclusive), counted from the start of spin-up.
    pub weeks: Week,
}

impl Plan {
    /// The quotas, in the order of their pools.
    pub fn quotas(&self) -> impl Iterator<Item = &QuotaRule> {
        self.events.iter().filter_map(|e| match &e.effect {
            Effect::Quota(rule) => Some(rule),
            _ => None,
        })
    }
    /// What this plan adds to another: nothing if the other has an event that this one has not, or in another order, if a
    /// queue or a pool would have to be laid out anew in which something may stand, or if caps on sources would count the
    /// sellers of one that has not begun.
    ///
    /// While none of it has begun, an arm of this plan has the past of the other's: see [`crate::state::State::under`].
    pub fn adds_to<'a>(&'a self, other: &Plan) -> Option<Vec<&'a Event>> {
        let mut shared = other.events.iter().peekable();
        let new = |event: &&Event| {
            let known = shared.peek().is_some_and(|e| e.draw == event.draw && e.effect == event.effect);
            if known {
                shared.next();
            }
            !known
        };
        let added: Vec<&Event> = self.events.iter().filter(new).collect();
        let queues = added.iter().any(|e| matches!(e.effect, Effect::Licence(_) | Effect::Quota(_)));
        let cap = |e: &Effect| matches!(e, Effect::SourcingCap { .. });
        let caps = added.iter().any(|e| cap(&e.effect)) && other.has(cap);
        let whole = shared.next().is_none() && !caps && !(queues && other.has(Effect::controls_trade));
        whole.then_some(added)
    }
    /// Whether some event of the arm has such an effect.
    pub fn has(&self, wanted: impl Fn(&Effect) -> bool) -> bool {
        self.events.iter().any(|e| wanted(&e.effect))
    }
}

/// What a phase reads beside the state: the chain, the arm, the replicate, and the week.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a, L> {
    /// The chain.
    pub network: &'a Network,
    /// The arm.
    pub plan: &'a Plan,
    /// The replicates side by side.
    pub replicates: &'a Replicates<L>,
    /// The week.
    pub week: Week,
}

/// Random variation and uncertain values of the replicates side by side: the same for every arm.
#[derive(Clone, Debug)]
pub struct Replicates<L> {
    /// Drawn behaviour.
    pub behaviour: Behaviour<L>,
    /// Drawn events, by [`Event::draw`].
    pub draws: Vec<Draw<L>>,
    /// Factor on each producer's plan: `[week × producers + producer]`; empty without noise.
    pub demand: Vec<L>,
    /// Share of capacity that is available: `[week × facilities + facility]`; empty without outages.
    pub availability: Vec<L>,
    /// What building takes, by place in [`Network::ventures`].
    pub construction: Vec<Construction<L>>,
    /// Whether demand grows, dated projects come and past sales return: off, the structure at the reference level is carried forward.
    pub trends: bool,
}

/// What building takes in a replicate.
#[derive(Clone, Copy, Debug)]
pub struct Construction<L> {
    /// Weeks from the decision to first output; for a committed project, from the start of the calendar.
    pub lead: L,
    /// Factor on the capital that was reckoned with.
    pub overrun: L,
}
