//! Links as a week reads them: by buyer in the order of links, and again by seller; goods in transit by buyer.

use super::queues::UNCONTROLLED;
use crate::id::{GatewayId, to_u32};
use crate::network::{Link, Network};
use crate::plan::Plan;

/// What a buyer's week needs to know of a link, in the order of links.
#[derive(Clone, Copy, Debug)]
pub struct Purchase {
    /// The seller's output.
    pub seller: u32,
    /// Where the ring of goods in transit begins in [`Links::transit`](super::Links::transit).
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

/// What a review of suppliers needs to know of a link besides.
#[derive(Clone, Copy, Debug)]
pub struct Usual {
    /// Share of the buyer's orders at the reference level, or of a supplier once qualified.
    pub share: f64,
    /// One over the delivered price at the reference level, tonnes per US dollar.
    pub per_price: f64,
    /// Tonnes a week at the reference level.
    pub flow: f64,
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

/// Goods in progress to one buyer, by week of arrival: a ring as long as its longest transit.
#[derive(Clone, Copy, Debug)]
pub struct Ring {
    /// Where it begins in [`Links::transit`](super::Links::transit).
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
    /// By link.
    pub usual: Vec<Usual>,
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
    pub(crate) fn new(network: &Network, plan: &Plan, place: &[u32]) -> Self {
        let mut trade = Self::of_buyers(network, plan, place);
        let offered = || {
            network.links.iter().enumerate().map(|(l, link)| Offered {
                seller: link.seller.at(),
                group: match (place[l], link.foreign) {
                    (UNCONTROLLED, true) => 0,
                    (UNCONTROLLED, false) => 1,
                    _ => 2,
                },
                waits: link.entry_share > 0.0,
                sale: Sale {
                    buyer: link.buyer.0,
                    link: to_u32(l),
                    first: link.contract_share * link.base_flow,
                },
            })
        };
        (trade.sales, trade.sales_of) = sales(network.outputs.len(), offered);
        trade
    }

    /// What buyers need; sellers are given their sales later.
    pub(crate) fn of_buyers(network: &Network, plan: &Plan, place: &[u32]) -> Self {
        let mut trade = Self {
            purchases: Vec::with_capacity(network.links.len()),
            usual: network.links.iter().map(Usual::of).collect(),
            controlled: Vec::new(),
            controlled_of: Vec::with_capacity(network.inputs.len() + 1),
            sales: Vec::new(),
            sales_of: Vec::new(),
            rings: Vec::with_capacity(network.inputs.len()),
            rings_of: Vec::with_capacity(network.inputs.len() + 1),
            dealt: network.inputs.iter().map(|i| i.links.end - i.links.start).collect(),
        };
        trade.buy(network, plan, place);
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
}

/// A link as its seller counts it.
pub(crate) struct Offered {
    /// The output.
    pub(crate) seller: usize,
    /// 0 abroad, 1 at home, 2 under a control.
    pub(crate) group: usize,
    /// Whether the seller must be qualified first.
    pub(crate) waits: bool,
    /// The sale.
    pub(crate) sale: Sale,
}

/// Sales grouped by seller, in the order of links; who waits to be qualified stands behind.
pub(crate) fn sales<I: Iterator<Item = Offered>>(
    outputs: usize,
    links: impl Fn() -> I,
) -> (Vec<Sale>, Vec<SalesOf>) {
    let key = |link: &Offered| 3 * link.seller + link.group;
    let mut starts = vec![0_u32; 3 * outputs + 1];
    links().for_each(|link| starts[key(&link) + 1] += 1);
    (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
    let of = |o: usize| {
        let at = |group: usize| starts[3 * o + group];
        SalesOf { abroad: at(0), home: at(1), controlled: at(2), end: at(3) }
    };
    let of: Vec<SalesOf> = (0..outputs).map(of).collect();
    let all = starts.last().map_or(0, |end| *end as usize);
    let mut sales = vec![Sale { buyer: 0, link: 0, first: 0.0 }; all];
    for waits in [false, true] {
        for link in links().filter(|link| link.waits == waits) {
            let next = &mut starts[key(&link)];
            sales[*next as usize] = link.sale;
            *next += 1;
        }
    }
    (sales, of)
}

impl Usual {
    fn of(link: &Link) -> Self {
        let waits = link.entry_share > 0.0;
        Self {
            share: if waits { link.entry_share } else { link.base_share },
            per_price: 1.0 / link.usual_price,
            flow: link.base_flow,
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
