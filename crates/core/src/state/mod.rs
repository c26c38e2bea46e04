//! Stocks, orders, goods in transit and prices of one week: a struct of arrays, one lane value per entry.
//!
//! The state is split by who writes it, so that a phase can be handed exactly what it may change.
//! Tonnes (units for final goods), tonnes per week, US dollars per tonne.

mod board;
mod control;
mod depths;
mod links;
mod markets;
mod outlets;
mod plants;
mod queues;
mod support;
mod trade;

pub use board::{Bid, Board, Book, DeliveryRecord, Fill, Offers, Orders, Terms};
pub use control::{Control, Passing, Pool, PoolGroup};
pub use depths::Depths;
pub use links::Links;
pub(crate) use markets::Bidder;
pub use markets::{FreeSellers, Markets, NO_MARKET, Spot, SpotBuyer, stakes};
pub use outlets::Outlets;
pub use plants::{Plants, Returns};
pub use queues::{FIFTHS, LicenceTerms, QUEUE_WEEKS, Queues, UNCONTROLLED};
pub use support::{Support, entry};
pub(crate) use trade::{Offered, sales};
pub use trade::{Purchase, Ring, Sale, SalesOf, Trade, Usual};

use crate::grid::Grid;
use crate::id::{InputId, OutputId};

/// "This link's supplier is qualified at the reference level."
pub const QUALIFIED: u32 = u32::MAX;

/// Agents, by [`crate::id::AgentId`].
#[derive(Clone, Debug)]
pub struct Agents<L> {
    /// Activity this week.
    pub activity: Vec<L>,
    /// Activity wanted this week before inputs limit it (a producer: plan and catching up).
    pub wanted: Vec<L>,
    /// Unit cost now over unit cost at the reference level.
    pub cost_ratio: Vec<L>,
    /// Unit cost at the reference level, US dollars.
    pub reference_cost: Vec<f64>,
    /// Normal activity: smoothed until a quota on production is known, then grown by the outlook.
    pub normal: Vec<L>,
    /// What limited the activity: the place of an input among the agent's, or one of the codes below zero.
    pub binding: Vec<L>,
}

/// Nothing limited the activity: it is what orders ask for.
pub const BOUND_BY_ORDERS: f64 = -1.0;
/// Capacity did: an outage, a quota on production, or a line that is too small.
pub const BOUND_BY_CAPACITY: f64 = -2.0;
/// The margin did.
pub const BOUND_BY_MARGIN: f64 = -3.0;

/// Final producers, by their place among the producers.
#[derive(Clone, Debug)]
pub struct Producers<L> {
    /// Goods due this week.
    pub plan: Vec<L>,
    /// Goods due earlier, not yet built, whose customers still wait.
    pub backlog: Vec<L>,
    /// Goods whose customers gave up this week.
    pub lost: Vec<L>,
}

/// Outputs, by [`crate::id::OutputId`].
#[derive(Clone, Debug)]
pub struct Outputs<L> {
    /// In stock.
    pub stock: Vec<L>,
    /// Weeks of cover wanted.
    pub cover: Vec<L>,
    /// Expected orders per week.
    pub expected_orders: Vec<L>,
    /// Orders of the last years per week.
    pub usual_orders: Vec<L>,
    /// Orders beyond what was expected, smoothed, per week.
    pub missed: Vec<L>,
    /// Expected orders that did not come, smoothed, per week.
    pub wasted: Vec<L>,
    /// Posted price.
    pub price: Vec<L>,
    /// Its logarithm.
    pub log_price: Vec<L>,
    /// Logarithm of the price towards which the seller moves.
    pub asking: Vec<L>,
    /// Slow average of the posted price: what a contract pays and what is expected.
    pub slow_price: Vec<L>,
    /// The cost anchor, smoothed as the price is: what is expected is the price over it.
    pub slow_anchor: Vec<L>,
    /// What its maker counts on when it buys, US dollars per tonne: its price, or with pass-through what buyers would bear.
    pub acceptable_price: Vec<L>,
    /// Orders under contract that may ship.
    pub contract_orders: Vec<L>,
    /// Spot orders that may ship.
    pub spot_orders: Vec<L>,
    /// Shipped to traders this week.
    pub speculation: Vec<L>,
    /// Orders of those who would still run at the price that is asked.
    pub bids: Vec<L>,
    /// The same over what the goods are worth to them.
    pub orders_by_worth: Vec<L>,
    /// Shipped this week.
    pub shipped: Vec<L>,
    /// Made this week.
    pub produced: Vec<L>,
    /// Disposed of this week.
    pub disposed: Vec<L>,
    /// Destroyed this week by an event.
    pub destroyed: Vec<L>,
    /// g: smoothed weekly log change of the posted price.
    pub trend: Vec<L>,
    /// Owed to buyers from earlier weeks; only where unfilled orders are kept.
    pub owed: Vec<L>,
    /// Slow average of the log price cut of a price war; empty if there is none in the arm.
    pub slow_cut: Vec<L>,
    /// Goods shipped abroad this week, at what their buyers pay before tariffs and freight, US dollars.
    pub exported: Vec<L>,
}

/// Inputs, by [`crate::id::InputId`].
#[derive(Clone, Debug)]
pub struct Inputs<L> {
    /// In stock.
    pub stock: Vec<L>,
    /// Weeks of cover wanted, without what a buffer adds ([`Policy::buffer`]).
    pub cover: Vec<L>,
    /// Dispatched by sellers, not yet here.
    pub in_transit: Vec<L>,
    /// Use this week.
    pub used: Vec<L>,
    /// g: share of it that its user does without this week.
    pub given: Vec<L>,
    /// The greatest so far.
    pub most_given: Vec<L>,
    /// Use per unit of activity over that of the design: 1 − g, and more of what replaces it.
    pub stretch: Vec<L>,
    /// Activity that it allowed this week.
    pub possible: Vec<L>,
    /// τ: how deep stocks are drawn, tonnes a firm: what every line has taken out of its usual stock; below zero it holds more.
    pub depth: Vec<L>,
    /// Use if this input were plenty.
    pub potential_use: Vec<L>,
    /// Short-run expected use per week.
    pub short_run_use: Vec<L>,
    /// Use of the last years per week.
    pub usual_use: Vec<L>,
    /// Long-run expected use per week.
    pub long_run_use: Vec<L>,
    /// Stock wanted now, with hoarding, destocking and buffers.
    pub target: Vec<L>,
    /// Ordered this week.
    pub ordered: Vec<L>,
    /// Ordered in the weeks since the last review of suppliers: `[input × REVIEW_WEEKS + week % REVIEW_WEEKS]`.
    pub orders: Vec<L>,
    /// What is at stake on a tonne over its price, to the power κ, of those who are ranked; empty where no replicate has triage.
    pub stake: Vec<Option<L>>,
    /// Weights of a tonne in the weeks since the last review, as in `orders`; empty likewise.
    pub ranks: Vec<L>,
    /// Dispatched to this buyer this week.
    pub bought: Vec<L>,
    /// What was dispatched this week costs, delivered, US dollars.
    pub bill: Vec<L>,
    /// Of that, goods from abroad before tariffs and freight, US dollars.
    pub imported: Vec<L>,
    /// Average delivered price paid.
    pub paid_price: Vec<L>,
    /// Fill rate seen, smoothed.
    pub fill_rate: Vec<L>,
    /// The most that a tonne is worth to the buyer (net-back).
    pub worth: Vec<L>,
    /// One over that, or over the least net-back that counts.
    pub inverse_worth: Vec<L>,
    /// m: tonnes per unit of activity over those at the reference level (thrifting, substitution).
    pub intensity: Vec<L>,
    /// Log of the delivered spot price that its suppliers ask.
    pub log_offer: Vec<L>,
    /// The same at the reference level.
    pub log_reference: Vec<f64>,
    /// g: smoothed weekly log change of that price.
    pub trend: Vec<L>,
    /// Applied for or licensed, not yet shipped.
    pub queued: Vec<L>,
    /// Of that, applied for and neither granted nor withdrawn.
    pub pending: Vec<L>,
    /// Weeks by which licences lengthen the pipeline: the mean over its links of the share that queues times how long it waits.
    pub licence_wait: Vec<L>,
    /// Withdrawn from its queues this week.
    pub withdrawn: Vec<L>,
    /// Waits at gateways that an event closes.
    pub held: Vec<L>,
    /// Ordered and refused by a control this week.
    pub stopped: Vec<L>,
    /// Arrived this week.
    pub arrived: Vec<L>,
    /// Destroyed this week by an event.
    pub destroyed: Vec<L>,
    /// Past demands, where the ordering policy wants them: `[input × window + week % window]`.
    pub demands: Vec<L>,
}

/// Traders, by place in [`crate::network::Network::traded`].
#[derive(Clone, Debug)]
pub struct Traders<L> {
    /// What they hold.
    pub stock: Vec<L>,
    /// What they ask the seller for this week.
    pub order: Vec<L>,
    /// What they got.
    pub bought: Vec<L>,
    /// What they sell this week.
    pub sold: Vec<L>,
    /// Traced shares of what they hold, by trader and trace.
    pub traces: Grid<usize, usize, L>,
}

/// Designs that give way to price, by place in [`crate::network::Network::thrifts`].
#[derive(Clone, Debug)]
pub struct Designs<L> {
    /// Intensity that new designs aim for, over that at the reference level.
    pub decided: Vec<L>,
    /// Intensity of what is built now.
    pub intensity: Vec<L>,
    /// Least intensity so far.
    pub least: Vec<L>,
}

/// Traced shares; a column for each trace.
#[derive(Clone, Debug)]
pub struct Traces<L> {
    /// Of what outputs hold.
    pub outputs: Grid<OutputId, usize, L>,
    /// Of what inputs hold.
    pub inputs: Grid<InputId, usize, L>,
    /// Of what is on its way to inputs.
    pub transit: Grid<InputId, usize, L>,
    /// Room for those of what one agent makes.
    pub made: Vec<L>,
}

/// What is in force this week.
#[derive(Clone, Debug)]
pub struct Policy<L> {
    /// Share of capacity that events leave, by agent.
    pub availability: Vec<L>,
    /// What is in force, slice by slice of the week.
    pub slices: crate::slices::Slices<L>,
    /// How deep what is in force goes.
    pub depths: Depths<L>,
    /// How far caps, licences, quotas and duties bind, by place among the controlled links: the greatest of what each refuses
    /// of orders beyond normal trade. Empty if nothing controls trade in the arm.
    pub bite: Vec<L>,
    /// The moment from which a control of trade on it is known, by place among the controlled links; beyond any week where
    /// there is none in the arm.
    pub known: Vec<L>,
    /// The same of quotas on production, by agent; empty if there is none in the arm.
    pub quota_known: Vec<L>,
    /// Share by which a producer's plan is shifted.
    pub shift: Vec<L>,
    /// Expected log price rise that was announced, by input; empty if nothing is announced in the scenario.
    pub alarm: Vec<L>,
    /// Share of what is wanted because of it that is called this week, where the day is known, by input; empty if none is.
    pub rush: Vec<L>,
    /// The same, by output.
    pub expected_rise: Vec<L>,
    /// 1 where a strategy qualifies other suppliers, by input; empty if none does.
    pub qualify: Vec<L>,
    /// Share of an input that a strategy designs out, by input; empty if none does.
    pub design_out: Vec<L>,
    /// Share of what a buyer orders that sellers serve first, by input; empty if no strategy rates orders.
    pub rated: Vec<L>,
    /// Share of hoarding that a buyer leaves out, by input; empty if no strategy has data shared.
    pub hoarding_damping: Vec<L>,
    /// Share that a buyer may take at most from capped sellers, by input; empty if no strategy caps any.
    pub origin_cap: Vec<L>,
    /// Whether a link comes from a capped seller, by link; empty if no strategy caps any.
    pub capped: Vec<bool>,
    /// Share of what reaches a gateway that passes or is diverted this week.
    pub open: Vec<L>,
    /// Share of what waits at a gateway that is cleared this week.
    pub clear: Vec<L>,
    /// Factor on a producer's plan.
    pub demand: Vec<L>,
    /// Weeks of cover that buffers add, by input.
    pub buffer: Vec<L>,
    /// Weeks of its users' use that a reserve wants, by input (zero: not yet decided).
    pub reserve_weeks: Vec<L>,
    /// Size of each event of the plan this week: magnitude × intensity.
    pub sizes: Vec<L>,
    /// Yearly cost of holding what a buffer or a reserve adds, share of its value, by event of the plan.
    pub carrying: Vec<L>,
    /// Programmes and what hinders building.
    pub support: Support<L>,
}

/// Reserves, by their stock's place among the network's inputs.
#[derive(Clone, Debug)]
pub struct Reserves<L> {
    /// Released to this input this week (users), taken from this stock (reserves).
    pub released: Vec<L>,
    /// Released on each way this week, by place in [`crate::network::Network::releases`].
    pub by_route: Vec<L>,
    /// Of what an input got, what has not been mixed into its traces yet.
    pub unmixed: Vec<L>,
    /// Released so far and not bought back, by the reserve's stock.
    pub to_buy_back: Vec<L>,
}

/// Everything that changes from week to week.
#[derive(Clone, Debug)]
pub struct State<L> {
    /// What buyers and sellers read of each other.
    pub board: Board<L>,
    /// Agents.
    pub agents: Agents<L>,
    /// Final producers.
    pub producers: Producers<L>,
    /// Outputs.
    pub outputs: Outputs<L>,
    /// Inputs.
    pub inputs: Inputs<L>,
    /// Links.
    pub links: Links<L>,
    /// Controlled links.
    pub control: Control<L>,
    /// Prices of what comes round controls.
    pub markets: Markets<L>,
    /// What is in force.
    pub policy: Policy<L>,
    /// Reserves.
    pub reserves: Reserves<L>,
    /// Traders.
    pub traders: Traders<L>,
    /// Designs.
    pub designs: Designs<L>,
    /// How facilities stand in the long run.
    pub plants: Plants<L>,
    /// Goods in use by age.
    pub returns: Returns<L>,
    /// Origin and content of materials.
    pub traces: Traces<L>,
}

/// What the controls of trade read beside orders.
#[derive(Clone, Copy, Debug)]
pub struct Trading<'a, L> {
    /// Share of each buyer's order that a link gets.
    pub shares: &'a [L],
    /// Prices of what is sold.
    pub outputs: &'a Outputs<L>,
    /// Of what origin it is.
    pub traces: &'a Traces<L>,
    /// What their owners and buyers expect.
    pub plants: &'a Plants<L>,
}
