//! What reaches each region of the goods that a scenario follows, by where it comes from.
//!
//! In words and with its notation: docs/model.md#8-observation-and-outcomes.

use crate::lanes::Lane;
use crate::network::Network;
use crate::phase::parcel::shipped;
use crate::plan::Plan;
use crate::scope::{Scope, Series};
use crate::state::{State, UNCONTROLLED};
use crate::time::Week;

/// Not among the links that are followed.
const NOT_FOLLOWED: u32 = u32::MAX;

/// Goods on their way, by the week in which they are due.
#[derive(Clone, Debug)]
pub struct Arrivals<L> {
    /// Place of each link among the ways.
    way_of: Vec<u32>,
    /// Weeks of each controlled link's detour.
    detour: Vec<u32>,
    /// By way and week: what is due, tonnes.
    due: Vec<L>,
    /// Weeks that the longest way takes, and one.
    weeks: u32,
    /// What arrived this week, by way, in the order of the scope's series.
    arrived: Vec<L>,
}

impl<L: Lane> Arrivals<L> {
    pub(super) fn new(network: &Network, plan: &Plan, scope: &Scope) -> Self {
        let ways: Vec<Series> =
            scope.series.iter().copied().filter(|s| matches!(s, Series::Arrivals(..))).collect();
        let way = |link: &crate::network::Link| {
            let commodity = network.inputs[link.buyer.at()].commodity;
            let (from, to) = (network.seller_of(link).region, network.buyer_of(link).region);
            let wanted = Series::Arrivals(commodity, from, to);
            ways.iter().position(|way| *way == wanted).map_or(NOT_FOLLOWED, |place| place as u32)
        };
        let way_of: Vec<u32> = if ways.is_empty() {
            vec![NOT_FOLLOWED; network.links.len()]
        } else {
            network.links.iter().map(way).collect()
        };
        let detour: Vec<u32> = plan.controlled.iter().map(|c| c.detour_weeks).collect();
        let longest = network.links.iter().map(|link| link.lag_weeks).max().unwrap_or(0)
            + detour.iter().copied().max().unwrap_or(0);
        let weeks = longest + 1;
        Self {
            way_of,
            detour,
            due: vec![L::zero(); ways.len() * weeks as usize],
            weeks,
            arrived: vec![L::zero(); ways.len()],
        }
    }

    /// What arrived this week, way by way.
    pub(super) fn arrived(&self) -> &[L] {
        &self.arrived
    }

    /// Follows a week; `first` is the first that is recorded. What waits at a gateway counts in the week in which it was due.
    pub(super) fn week_ended(&mut self, week: Week, first: Week, network: &Network, state: &State<L>) {
        if self.arrived.is_empty() || week + self.weeks < first {
            return;
        }
        let n = self.weeks as usize;
        for (way, arrived) in self.arrived.iter_mut().enumerate() {
            *arrived = core::mem::replace(&mut self.due[way * n + week as usize % n], L::zero());
        }
        let control = &state.control;
        for (l, shipped) in shipped(state, network).filter(|(l, _)| self.way_of[*l] != NOT_FOLLOWED) {
            let lag = network.links[l].lag_weeks;
            let slot = |weeks: u32| self.way_of[l] as usize * n + (week + weeks) as usize % n;
            let (straight, place) = (slot(lag), control.place[l]);
            if place == UNCONTROLLED || control.idle {
                self.due[straight] += shipped;
                continue;
            }
            let round = shipped - control.shipped_legally[place as usize];
            let later = slot(lag + self.detour[place as usize]);
            self.due[straight] += shipped - round;
            self.due[later] += round;
        }
    }
}
