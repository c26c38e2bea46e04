//! What buyers and sellers read of each other: all that passes between agents in a week passes here.

use crate::lanes::Lane;
use crate::network::Network;
use crate::time::REVIEW_WEEKS;

/// Shares of orders that a seller fills, of a buyer whose rank is one.
#[derive(Clone, Copy, Debug)]
pub struct Fill<L> {
    /// φ_c: of contract orders.
    pub contract: L,
    /// φ_s: of spot orders.
    pub spot: L,
}

/// What a seller's buyers read of it every week: side by side, since they read it together.
#[derive(Clone, Copy, Debug)]
pub struct Terms<L> {
    /// How orders are filled this week.
    pub fill: Fill<L>,
    /// Posted price.
    pub price: L,
    /// What a contract pays.
    pub contract_price: L,
}

/// What its buyers read of a seller when they review their suppliers.
#[derive(Clone, Copy, Debug)]
pub struct DeliveryRecord<L> {
    /// How orders were filled since the last review, by `week % REVIEW_WEEKS`.
    pub fills: [Fill<L>; REVIEW_WEEKS as usize],
    /// Posted price now.
    pub price: L,
    /// What it can make over what it can at the reference level, or over what a project is built for; zero of one that is idle.
    pub open: L,
    /// Whether all orders were filled in all replicates since the last review.
    pub delivers: bool,
}

/// What a buyer's sellers read of it: side by side, since they read it together.
#[derive(Clone, Copy, Debug)]
pub struct Bid<L> {
    /// Ordered this week over all suppliers, before anything that a quota's rent makes the buyer forgo.
    pub ordered: L,
    /// The most that a tonne is worth to the buyer.
    pub worth: L,
    /// One over that.
    pub inverse_worth: L,
    /// Weight of a tonne of its orders where a seller is short.
    pub rank: L,
}

/// What buyers and sellers read of each other.
#[derive(Clone, Debug)]
pub struct Board<L> {
    /// By input.
    pub bids: Vec<Bid<L>>,
    /// By output.
    pub terms: Vec<Terms<L>>,
    /// By output.
    pub records: Vec<DeliveryRecord<L>>,
    /// Share of the buyer's orders, by link.
    pub shares: Vec<L>,
}

/// What sellers read: what each buyer orders, and the share of it that each link gets.
#[derive(Clone, Copy, Debug)]
pub struct Orders<'b, L> {
    /// By input.
    pub bids: &'b [Bid<L>],
    /// By link.
    pub shares: &'b [L],
}

/// What sellers write: how they fill orders and at what price, and how they stand when they are reviewed.
#[derive(Debug)]
pub struct Offers<'b, L> {
    /// By output.
    pub terms: &'b mut [Terms<L>],
    /// By output.
    pub records: &'b mut [DeliveryRecord<L>],
}

/// What a buyer needs to book what it gets: the terms of all sellers, and its own orders.
#[derive(Clone, Copy, Debug)]
pub struct Book<'b, L> {
    /// By output.
    pub terms: &'b [Terms<L>],
    /// By input.
    pub bids: &'b [Bid<L>],
    /// By link.
    pub shares: &'b [L],
}

impl<L> Default for Board<L> {
    fn default() -> Self {
        Self { bids: Vec::new(), terms: Vec::new(), records: Vec::new(), shares: Vec::new() }
    }
}

impl<L: Lane> Board<L> {
    /// Puts another chain's board behind.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.bids.append(&mut other.bids);
        self.terms.append(&mut other.terms);
        self.records.append(&mut other.records);
        self.shares.append(&mut other.shares);
    }

    /// The board at the reference level.
    pub fn at_reference(network: &Network) -> Self {
        let (zero, one) = (L::zero(), L::one());
        let fill = Fill { contract: one, spot: one };
        let outputs = || network.outputs.iter().map(|o| L::splat(o.reference_price));
        let fills = [fill; REVIEW_WEEKS as usize];
        Self {
            bids: vec![
                Bid { ordered: zero, worth: zero, inverse_worth: zero, rank: one };
                network.inputs.len()
            ],
            terms: outputs().map(|price| Terms { fill, price, contract_price: price }).collect(),
            records: outputs()
                .map(|price| DeliveryRecord { fills, price, open: one, delivers: true })
                .collect(),
            shares: network.links.iter().map(|l| L::splat(l.base_share)).collect(),
        }
    }
}
