//! What an arm does to the chain (topology shared by all replicates) and what a future draws (one value per lane).

use crate::id::{AgentId, CommodityId, GatewayId, InputId, LinkId};
use crate::lanes::Lane;

/// Weeks before the calendar starts that are simulated and thrown away.
pub const SPIN_UP_WEEKS: u32 = 104;

/// A week of the simulation; the calendar starts at [`SPIN_UP_WEEKS`].
pub type Week = u32;

/// What an event touches.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Flows on these links may not exceed (1 − magnitude) × baseline.
    ExportCap {
        /// Links that carry the capped goods.
        links: Vec<LinkId>,
        /// Markets (indices into [`Plan::markets`]) whose outside price the cap moves.
        markets: Vec<usize>,
    },
    /// These agents lose the share `magnitude` of their capacity.
    CapacityLoss(Vec<AgentId>),
    /// Only the share (1 − magnitude) of what reaches this gateway passes; the rest waits until it opens.
    TransportDelay(GatewayId),
    /// The plans of these producers change by the share `magnitude`.
    DemandShift(Vec<AgentId>),
    /// These buyers want `magnitude` more weeks of cover.
    Buffer(Vec<InputId>),
    /// This reserve fills to `magnitude` weeks of its users' use and releases in a shortage.
    Reserve(ReserveRule),
}

/// How a reserve fills and releases.
#[derive(Clone, Debug, PartialEq)]
pub struct ReserveRule {
    /// The reserve's stock.
    pub stock: InputId,
    /// Use of its users at rest, tonnes per week.
    pub users_use: f64,
    /// Weeks over which it fills.
    pub fill_weeks: f64,
    /// It releases while the users' fill rate is below this.
    pub trigger_fill_rate: f64,
    /// Greatest release per week, as a share of the users' use.
    pub release_share: f64,
}

/// One event or measure of an arm. Its size and timing are drawn: see [`Draw`].
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What it touches.
    pub effect: Effect,
    /// Which draw of the future times and sizes it (an index into [`Future::draws`]).
    pub draw: usize,
}

/// A commodity sold out of a country that an event of the scenario controls: it has an outside price.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// The commodity.
    pub commodity: CommodityId,
    /// The controlled links.
    pub links: Vec<LinkId>,
    /// The buyers at the end of those links.
    pub buyers: Vec<InputId>,
}

/// One arm of an experiment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Events and measures, in the order in which they are read.
    pub events: Vec<Event>,
    /// Markets with an outside price. The same list in every arm.
    pub markets: Vec<Market>,
    /// Gateways that some event may close. The same list in every arm.
    pub gateways: Vec<GatewayId>,
    /// Last week (exclusive), counted from the start of spin-up.
    pub weeks: Week,
}

/// Size and timing of one event in each replicate. Times are weeks from the start of spin-up, in fractions.
#[derive(Clone, Copy, Debug)]
pub struct Draw<L> {
    /// First moment.
    pub start: L,
    /// Weeks from the first moment to full size.
    pub ramp: L,
    /// Weeks at full size, after the ramp.
    pub duration: L,
    /// Weeks from full size back to nothing.
    pub recovery: L,
    /// Full size.
    pub magnitude: L,
    /// Share of the refused volume that flows all the same once `leakage_ramp` weeks have passed.
    pub leakage: L,
    /// Weeks until the leakage is fully up.
    pub leakage_ramp: L,
    /// Extra price on what leaks, share.
    pub leakage_premium: L,
}

impl<L: Lane> Draw<L> {
    /// Mean intensity over the week, 0 to 1: an event that covers part of a week acts by that fraction.
    ///
    /// ```text
    /// I(t) = ∫ over the week of clip((τ−start)/ramp, 0, 1) · clip((end+recovery−τ)/recovery, 0, 1) dτ
    /// ```
    /// Steps are integrated exactly; ramps by their value in the middle of the covered part.
    #[inline(always)]
    pub fn intensity(&self, week: Week) -> L {
        let from = L::splat(f64::from(week));
        let to = L::splat(f64::from(week) + 1.0);
        let end = self.start + self.ramp + self.duration;
        let gone = end + self.recovery;
        let a = from.max(self.start);
        let b = to.min(gone);
        let covered = (b - a).positive();
        let middle = (a + b) * 0.5;
        let tiny = L::splat(1e-9);
        let up = ((middle - self.start) / self.ramp.max(tiny)).clip(0.0, 1.0);
        let down = ((gone - middle) / self.recovery.max(tiny)).clip(0.0, 1.0);
        covered * up * down
    }

    /// Share of the refused volume that leaks this week.
    #[inline(always)]
    pub fn leak(&self, week: Week) -> L {
        let middle = L::splat(f64::from(week) + 0.5);
        let up = ((middle - self.start) / self.leakage_ramp.max(L::splat(1e-9))).clip(0.0, 1.0);
        self.leakage * up
    }
}

/// Behaviour that is uncertain and drawn once a replicate. Units: per week unless said otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Behaviour<L> {
    /// θ: weight of the expected price against the cost anchor, share.
    pub expectation_weight: L,
    /// s: speed of posted prices.
    pub price_speed: L,
    /// γ: response of the log price to cover and to unmet orders.
    pub price_response: L,
    /// Smoothing of the expected price.
    pub expectation_speed: L,
    /// Smoothing of expected orders and of short-run use.
    pub forecast_speed: L,
    /// Smoothing of long-run use.
    pub long_run_speed: L,
    /// T_adj: weeks over which a stock gap is closed.
    pub adjustment_weeks: L,
    /// f: greatest order beyond use, share of use.
    pub order_flexibility: L,
    /// Smoothing of the price that a buyer has paid.
    pub paid_price_speed: L,
    /// Smoothing of the reliability and of the fill rate seen.
    pub reliability_speed: L,
    /// Habit: factor on the speed at which supplier shares move (1: the world's switching times).
    pub sourcing_speed: L,
    /// Sensitivity of supplier choice to log price beyond the dead band.
    pub sourcing_price: L,
    /// Half width of the dead band of supplier choice, log price.
    pub sourcing_price_band: L,
    /// Sensitivity of supplier choice to reliability below its threshold.
    pub sourcing_reliability: L,
    /// Reliability below which a supplier loses orders, share.
    pub reliability_threshold: L,
    /// Response of disposal to a stock above target, share per unit of log.
    pub disposal_response: L,
    /// Multiplier of producers' and component makers' stock targets (final two stages).
    pub downstream_cover: L,
    /// Multiplier of all other stock targets.
    pub upstream_cover: L,
}

/// Luck and uncertain values of the replicates side by side: the same for every arm.
#[derive(Clone, Debug)]
pub struct Future<L> {
    /// Drawn behaviour.
    pub behaviour: Behaviour<L>,
    /// Drawn events, by [`Event::draw`].
    pub draws: Vec<Draw<L>>,
    /// Factor on each producer's plan: `[week × producers + producer]`; empty without noise.
    pub demand: Vec<L>,
    /// Share of capacity that is available: `[week × facilities + facility]`; empty without outages.
    pub availability: Vec<L>,
}
