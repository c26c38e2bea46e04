//! What moved between stages and regions before the shock and while it bit, in contained tonnes of each element.

use chokepoint_core::id::{RegionId, StageId};
use chokepoint_core::lanes::Lane;
use chokepoint_core::network::Network;
use chokepoint_core::outcome::Tally;
use chokepoint_core::outcome::flows::{Route, routes};

/// Weeks of a year.
const WEEKS: f64 = 52.0;

/// The ways between stages and regions, whatever is shipped on them, and the way of each route.
#[derive(Clone, Debug, PartialEq)]
pub struct Ways {
    /// Sellers and buyers by stage and region, in order.
    pub ways: Vec<Way>,
    /// The routes of the network.
    routes: Vec<Route>,
    /// Way of each route.
    of: Vec<usize>,
    /// Number of elements.
    elements: usize,
}

/// Stage and region of the sellers, and of the buyers.
pub type Way = ((StageId, RegionId), (StageId, RegionId));

impl Ways {
    /// Those of a network.
    pub fn of(network: &Network) -> Self {
        let (routes, _) = routes(network);
        let mut ways: Vec<Way> = routes.iter().map(|r| (r.from, r.to)).collect();
        // routes are in order of their ways
        ways.dedup();
        let of = routes
            .iter()
            .map(|r| ways.binary_search(&(r.from, r.to)).expect("the ways are those of the routes"))
            .collect();
        Self { ways, routes, of, elements: network.elements }
    }

    /// Place of a way and an element among what is kept of one period.
    pub fn place(&self, way: usize, element: usize) -> usize {
        way * self.elements + element
    }

    /// Number of places of one period.
    pub fn places(&self) -> usize {
        self.ways.len() * self.elements
    }

    /// Contained tonnes a year of one lane: `[(period × ways + way) × elements + element]`, periods before and during.
    pub(crate) fn kept<L: Lane>(&self, network: &Network, tally: &Tally<'_, L>, lane: usize) -> Vec<f32> {
        let mut tonnes = vec![0.0_f64; 2 * self.places()];
        for (period, flows) in [&tally.flows.before, &tally.flows.during].into_iter().enumerate() {
            for ((route, way), flow) in self.routes.iter().zip(&self.of).zip(flows) {
                for element in 0..self.elements {
                    let place = period * self.places() + self.place(*way, element);
                    tonnes[place] += WEEKS * flow.lane(lane) * network.content(route.commodity, element);
                }
            }
        }
        tonnes.into_iter().map(|t| t as f32).collect()
    }
}
