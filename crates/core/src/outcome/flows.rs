//! Flows: what moves from stage to stage and region to region, before the first shock and while it is in force.
//!
//! In words and with its notation: docs/model.md#8-observation-and-outcomes.

use crate::id::{CommodityId, RegionId, StageId};
use crate::lanes::Lane;
use crate::network::Network;
use crate::phase::parcel::shipped;
use crate::state::State;
use crate::time::Week;

/// Weeks before the first shock over which flows are averaged.
pub const BEFORE_WEEKS: u32 = 26;
/// Weeks from the first shock on over which they are averaged again: what was on its way has arrived, and stocks thin.
pub const DURING_WEEKS: core::ops::Range<u32> = 13..39;

/// A way that a commodity takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Stage and region of the sellers.
    pub from: (StageId, RegionId),
    /// Stage and region of the buyers.
    pub to: (StageId, RegionId),
    /// What is shipped.
    pub commodity: CommodityId,
}

/// The routes of a network in order, and the place among them of each link.
pub fn routes(network: &Network) -> (Vec<Route>, Vec<u32>) {
    let route = |link: &crate::network::Link| {
        let (seller, buyer) = (network.seller_of(link), network.buyer_of(link));
        Route {
            from: (seller.stage, seller.region),
            to: (buyer.stage, buyer.region),
            commodity: network.inputs[link.buyer.at()].commodity,
        }
    };
    let of_links: Vec<Route> = network.links.iter().map(route).collect();
    let mut routes = of_links.clone();
    routes.sort_unstable();
    routes.dedup();
    let place = |route: &Route| routes.binary_search(route).map_or(0, |place| place as u32);
    let places = of_links.iter().map(place).collect();
    (routes, places)
}

/// Tonnes a week by route, means over the weeks of each period that were run.
#[derive(Clone, Debug)]
pub struct Flows<L> {
    /// Before the first shock.
    pub before: Vec<L>,
    /// While it binds.
    pub during: Vec<L>,
    /// Place of each link among the routes.
    route_of: Vec<u32>,
}

impl<L: Lane> Flows<L> {
    pub(super) fn empty(network: &Network) -> Self {
        let (routes, route_of) = routes(network);
        let zero = vec![L::zero(); routes.len()];
        Self { before: zero.clone(), during: zero, route_of }
    }

    /// Adds a week; `first` is the first that is recorded, `weeks` those of the run.
    pub(super) fn week_ended(
        &mut self,
        week: Week,
        first: Week,
        shock: Week,
        weeks: Week,
        network: &Network,
        state: &State<L>,
    ) {
        let start = first.max(shock.saturating_sub(BEFORE_WEEKS));
        let window = shock + DURING_WEEKS.start..weeks.min(shock + DURING_WEEKS.end);
        let (sums, count) = match week {
            _ if (start..shock).contains(&week) => (&mut self.before, shock - start),
            _ if window.contains(&week) => (&mut self.during, window.end - window.start),
            _ => return,
        };
        let share = 1.0 / f64::from(count);
        for (l, shipped) in shipped(state, network) {
            sums[self.route_of[l] as usize] += shipped * share;
        }
    }
}
