//! Links as a week reads them: by buyer in the order of links, and again by seller; goods under way by buyer.

use super::Links;
use super::control::UNCONTROLLED;
use crate::id::GatewayId;
use crate::lanes::Lane;
use crate::network::{Link, Network};
use crate::plan::Plan;

/// What a buyer's week needs to know of a link, in the order of links.
#[derive(Clone, Copy, Debug)]
pub struct Purchase {
    /// The seller's output.
    pub seller: u32,
    /// Where the ring of goods under way begins in [`super::Links::transit`].
    pub ring: u32,
    /// Weeks from dispatch to arrival.
    pub lag: u32,
    /// Place among the controlled links, or [`UNCONTROLLED`].
    pub place: u32,
    /// 1 where no event of the scenario touches the link, else 0.
    pub free: f32,
    /// 1 where seller and buyer are in different regions, else 0.
    pub foreign: f32,
    /// Tonnes a week under contract.
    pub first: f64,
    /// One and the import tariff.
    pub landed: f64,
    /// US dollars per tonne.
    pub freight: f64,
}

/// What a seller's week needs to know of a link.
#[derive(Clone, Copy, Debug)]
pub struct Sale {
    /// The buyer's input.
    pub buyer: u32,
    /// The link.
    pub link: u32,
    /// Tonnes a week under contract.
    pub first: f64,
}

/// Where one seller's sales stand among all: abroad, at home, and under a control.
#[derive(Clone, Copy, Debug)]
pub struct SalesOf {
    /// First sale abroad.
    pub abroad: u32,
    /// First sale at home.
    pub home: u32,
    /// First sale under a control.
    pub controlled: u32,
    /// End.
    pub end: u32,
}

/// Goods under way to one buyer, by week of arrival: a ring as long as its longest transit.
#[derive(Clone, Copy, Debug)]
pub struct Ring {
    /// Where it begins in [`super::Links::transit`].
    pub start: u32,
    /// Weeks; goods of week `w` stand at `start + w % weeks`.
    pub weeks: u32,
    /// The gateway that they pass, if some event of the scenario may close it.
    pub gateway: Option<GatewayId>,
}

/// Links, laid out in the order in which they are read.
#[derive(Clone, Debug)]
pub struct Trade {
    /// By link.
    pub purchases: Vec<Purchase>,
    /// Controlled links, grouped by buyer.
    pub controlled: Vec<u32>,
    /// Where an input's controlled links begin, and at the end their number.
    pub controlled_of: Vec<u32>,
    /// Grouped by seller.
    pub sales: Vec<Sale>,
    /// By output.
    pub sales_of: Vec<SalesOf>,
    /// Grouped by buyer: one for all its goods, but one for each gateway that may close.
    pub rings: Vec<Ring>,
    /// Where an input's rings begin, and at the end their number.
    pub rings_of: Vec<u32>,
    /// How many of an input's links, from the first, may carry something: those behind wait to be
    /// qualified.
    pub dealt: Vec<u32>,
}

impl Trade {
    pub(super) fn new(network: &Network, plan: &Plan, place: &[u32]) -> Self {
        let mut trade = Self {
            purchases: Vec::with_capacity(network.links.len()),
            controlled: Vec::new(),
            controlled_of: Vec::with_capacity(network.inputs.len() + 1),
            sales: Vec::new(),
            sales_of: Vec::new(),
            rings: Vec::with_capacity(network.inputs.len()),
            rings_of: Vec::with_capacity(network.inputs.len() + 1),
            dealt: network.inputs.iter().map(|i| i.links.end - i.links.start).collect(),
        };
        trade.buy(network, plan, place);
        trade.sell(network, place);
        trade
    }

    /// Rings of an input.
    #[inline(always)]
    pub fn rings_of(&self, i: usize) -> &[Ring] {
        &self.rings[self.rings_of[i] as usize..self.rings_of[i + 1] as usize]
    }

    /// Controlled links of an input.
    #[inline(always)]
    pub fn controlled_of(&self, i: usize) -> &[u32] {
        &self.controlled[self.controlled_of[i] as usize..self.controlled_of[i + 1] as usize]
    }

    fn buy(&mut self, network: &Network, plan: &Plan, place: &[u32]) {
        let mut start = 0;
        for input in &network.inputs {
            let links = &network.links[network.links_of(input)];
            let weeks = links.iter().map(|l| l.lag_weeks).max().unwrap_or(1).max(1);
            let first = self.rings.len();
            self.rings_of.push(to_u32(first));
            self.controlled_of.push(to_u32(self.controlled.len()));
            for (l, link) in network.links_of(input).zip(links) {
                let gateway = link.gateway.filter(|g| plan.gateways.contains(g));
                let ring = match self.rings[first..].iter().find(|ring| ring.gateway == gateway) {
                    Some(ring) => ring.start,
                    None => {
                        self.rings.push(Ring { start, weeks, gateway });
                        start += weeks;
                        start - weeks
                    }
                };
                self.purchases.push(Purchase::new(link, ring, place[l]));
                if place[l] != UNCONTROLLED {
                    self.controlled.push(to_u32(l));
                }
            }
        }
        self.rings_of.push(to_u32(self.rings.len()));
        self.controlled_of.push(to_u32(self.controlled.len()));
    }

    fn sell(&mut self, network: &Network, place: &[u32]) {
        let group = |l: usize| match (place[l], network.links[l].foreign) {
            (UNCONTROLLED, true) => 0,
            (UNCONTROLLED, false) => 1,
            _ => 2,
        };
        let key = |l: usize| 3 * network.links[l].seller.at() + group(l);
        let mut starts = vec![0_u32; 3 * network.outputs.len() + 1];
        // who waits to be qualified stands behind
        let waits = |l: usize| network.links[l].entry_share > 0.0;
        (0..network.links.len()).for_each(|l| starts[key(l) + 1] += 1);
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        self.sales_of = (0..network.outputs.len())
            .map(|o| {
                let at = |group: usize| starts[3 * o + group];
                SalesOf { abroad: at(0), home: at(1), controlled: at(2), end: at(3) }
            })
            .collect();
        self.sales = vec![Sale { buyer: 0, link: 0, first: 0.0 }; network.links.len()];
        let all = || 0..network.links.len();
        for l in all().filter(|l| !waits(*l)).chain(all().filter(|l| waits(*l))) {
            let next = &mut starts[key(l)];
            let (buyer, first) = (network.links[l].buyer.0, self.purchases[l].first);
            self.sales[*next as usize] = Sale { buyer, link: to_u32(l), first };
            *next += 1;
        }
    }
}

impl Purchase {
    fn new(link: &Link, ring: u32, place: u32) -> Self {
        Self {
            seller: link.seller.0,
            ring,
            place,
            lag: link.lag_weeks,
            free: f32::from(u8::from(place == UNCONTROLLED)),
            foreign: f32::from(u8::from(link.foreign)),
            first: link.contract_share * link.base_flow,
            landed: 1.0 + link.tariff,
            freight: link.freight,
        }
    }
}

impl<L: Lane> Links<L> {
    /// Takes up the shares that a review of suppliers has left.
    pub(crate) fn reviewed(&mut self, network: &Network) {
        for (sold, sale) in self.sold_share.iter_mut().zip(&self.trade.sales) {
            *sold = self.share[sale.link as usize];
        }
        for (dealt, input) in self.trade.dealt.iter_mut().zip(&network.inputs) {
            let range = network.links_of(input);
            let links = self.share[range.clone()].iter().zip(&self.trade.purchases[range]);
            let last = links
                .rev()
                .position(|(share, purchase)| *share != L::zero() || purchase.place != UNCONTROLLED);
            *dealt = last.map_or(0, |behind| input.links.end - input.links.start - to_u32(behind));
        }
    }
}

fn to_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
