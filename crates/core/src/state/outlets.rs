//! What of a good's trade abroad controls leave free.

use crate::id::{CommodityId, CountryId, LinkId};
use crate::lanes::{Lane, TINY};
use crate::network::Network;
use crate::plan::Plan;

/// Trade abroad in each good of each country that an event controls, in the slice of the week at hand.
#[derive(Clone, Debug)]
pub struct Outlets<L> {
    /// By place among the controlled links: of which good and country it is, if it crosses a border.
    pub of_control: Vec<Option<usize>>,
    /// By place: its share in that trade at the reference level.
    pub share: Vec<f64>,
    /// By place: share of what is normal that some control keeps back.
    pub kept_back: Vec<L>,
    /// By good and country: the same of all its trade abroad.
    pub closed: Vec<L>,
    /// Sizes of the plan's events for which these are.
    pub sizes: Vec<L>,
}

impl<L: Lane> Outlets<L> {
    pub(crate) fn new(network: &Network, plan: &Plan) -> Self {
        let mut goods: Vec<(CountryId, CommodityId)> =
            plan.controlled.iter().filter_map(|c| good(network, c.link)).collect();
        goods.sort_unstable();
        goods.dedup();
        let place_of = |link: LinkId| goods.binary_search(&good(network, link)?).ok();
        let mut abroad = vec![0.0; goods.len()];
        // without controlled trade nothing is looked up: a piece of a chain does not know the sellers of other pieces
        let links = if goods.is_empty() { 0 } else { network.links.len() };
        for l in 0..links {
            if let Some(place) = place_of(LinkId::from(l)) {
                abroad[place] += network.links[l].base_flow;
            }
        }
        let share = |link: LinkId| {
            let flow = network.links[link.at()].base_flow;
            place_of(link).map_or(0.0, |place| flow / abroad[place].max(TINY))
        };
        Self {
            of_control: plan.controlled.iter().map(|c| place_of(c.link)).collect(),
            share: plan.controlled.iter().map(|c| share(c.link)).collect(),
            kept_back: vec![L::zero(); plan.controlled.len()],
            closed: vec![L::zero(); goods.len()],
            sizes: vec![L::zero(); plan.events.len()],
        }
    }

    /// Nothing is known yet of the events of another plan.
    pub(crate) fn under(&mut self, plan: &Plan) {
        self.sizes = vec![L::zero(); plan.events.len()];
        self.kept_back.fill(L::zero());
        self.closed.fill(L::zero());
    }

    /// Share of a good's trade abroad that is freer than one of its links, of which so much is kept back.
    ///
    /// ```text
    /// free = (1 − Σ share·kept back of all / kept back here)⁺
    /// ```
    #[inline(always)]
    pub fn free(&self, place: usize, kept_back: L) -> L {
        let Some(good) = self.of_control[place] else { return L::zero() };
        let free = (L::one() - self.closed[good] / kept_back.max(L::splat(TINY))).positive();
        L::where_less(L::zero(), kept_back, free, L::zero())
    }
}

/// Country and commodity of what a link carries across a border.
fn good(network: &Network, link: LinkId) -> Option<(CountryId, CommodityId)> {
    let link = &network.links[link.at()];
    let seller = &network.outputs[link.seller.at()];
    let home = network.agents[seller.agent.at()].country;
    let buyer = network.agents[network.inputs[link.buyer.at()].agent.at()].country;
    (home != buyer).then_some((home, seller.commodity))
}
