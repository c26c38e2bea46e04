//! Links: what flows on them and how their buyers see them.

use super::queues::UNCONTROLLED;
use super::trade::Trade;
use crate::id::to_u32;
use crate::lanes::Lane;
use crate::network::Network;

/// Links, by [`crate::id::LinkId`].
#[derive(Clone, Debug)]
pub struct Links<L> {
    /// What a week needs to know of each link.
    pub trade: Trade,
    /// Shares of the buyers' orders in the order of [`Trade::sales`], as of the start of the week.
    pub sold_share: Vec<L>,
    /// Reliability seen: shipped over ordered, smoothed; of an uncontrolled link as of the last review of suppliers.
    pub reliability: Vec<L>,
    /// What is ordered and owed, by link; only where unfilled orders are kept, elsewhere it is share × ordered.
    pub order: Vec<L>,
    /// Goods in transit by week of arrival, see [`Ring`](super::Ring).
    pub transit: Vec<L>,
    /// Goods that wait at a gateway, by ring.
    pub waiting: Vec<L>,
    /// Room for what passes on the links of one input.
    pub parcels: Vec<L>,
    /// Place of a link among those whose supplier must be qualified first, or [`QUALIFIED`](super::QUALIFIED).
    pub candidate: Vec<u32>,
    /// Weeks of qualification left, by place among the candidates.
    pub qualification: Vec<L>,
    /// Ordered earlier and not filled, by link; only where unfilled orders are kept.
    pub owed: Vec<L>,
}

impl<L: Lane> Links<L> {
    /// Sellers take up the shares of all buyers that a review of suppliers has left.
    pub(crate) fn refresh_shares(&mut self, shares: &[L]) {
        for (sold, sale) in self.sold_share.iter_mut().zip(&self.trade.sales) {
            *sold = shares[sale.link as usize];
        }
    }

    /// Buyers take up their own.
    pub(crate) fn count_active_links(&mut self, shares: &[L], network: &Network) {
        for (dealt, input) in self.trade.dealt.iter_mut().zip(&network.inputs) {
            let range = network.links_of(input);
            let links = shares[range.clone()].iter().zip(&self.trade.purchases[range]);
            let last = links
                .rev()
                .position(|(share, purchase)| *share != L::zero() || purchase.place != UNCONTROLLED);
            *dealt = last.map_or(0, |behind| input.links.end - input.links.start - to_u32(behind));
        }
    }
}
