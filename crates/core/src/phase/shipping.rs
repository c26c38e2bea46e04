//! Sellers ration what they have (contract, then spot, within each by triage); goods enter transit.
//!
//! In words and with its notation: docs/model.md#shipping.

use crate::behaviour::Behaviour;
use crate::lanes::{DUST, Lane, SMALL, TINY};
use crate::network::{Input, Network};
use crate::phase::forecast;
use crate::phase::parcel::{Parcel, first_of, first_served, follow, sees_weekly};
use crate::phase::production::margin_response;
use crate::phase::triage::{Claim, levels, sent_abroad};
use crate::plan::Now;
use crate::state::{
    Bid, Book, Control, Fill, Inputs, Links, Markets, Offers, Orders, Outputs, Plants, Policy, Purchase,
    Sale, SalesOf, Terms, Traces, Traders, UNCONTROLLED,
};
use crate::time::REVIEW_WEEKS;
use crate::time::SPIN_UP_WEEKS;

/// Sellers add up what may ship and ration it.
///
/// ```text
/// C = Σ min(legal(l), first(l));   S = Σ may(l) − C
/// φ_c = min(1, stock/C);   φ_s = min(1, (stock − φ_c·C)/S)
/// ship(l) = φ_c·contract(l) + φ_s·spot(l)
/// ```
/// `first` is what contracts promise and what is rated; what leaks is spot. Unfilled orders are not kept: the buyer
/// sees the gap and orders again. Under the ordering policy `base_stock` they are kept, `e` is last week's orders, and an
/// order below zero sends goods back.
#[inline(never)]
pub fn ration<L: Lane>(
    outputs: &mut Outputs<L>,
    offers: Offers<'_, L>,
    orders: Orders<'_, L>,
    links: &mut Links<L>,
    control: &Control<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    let network = now.network;
    let Offers { terms, records } = offers;
    let keeps_orders = network.base_stock().is_some();
    let reviewed = now.week.is_multiple_of(REVIEW_WEEKS);
    if reviewed {
        links.refresh_shares(orders.shares);
    }
    let asked_of = AskedOf { bids: orders.bids, links, control, rated: &policy.rated, network };
    let ranked = now.replicates.behaviour.triage != L::zero();
    let mut claims = Vec::new();
    for o in 0..network.outputs.len() {
        let book = asked_of.book(o, outputs.price[o]);
        let asked = book.contract + book.spot;
        let shipped = asked.min(outputs.stock[o]);
        let for_contract = shipped.min(book.contract);
        let for_spot = shipped - for_contract;
        let (fill, abroad) = if !ranked {
            let tiny = L::splat(TINY);
            let fill = Fill {
                contract: for_contract / book.contract.max(tiny),
                spot: for_spot / book.spot.max(tiny),
            };
            (fill, (book.abroad.0 * fill.contract, book.abroad.1 * fill.spot))
        } else if asked == shipped {
            (Fill::all(), book.abroad)
        } else {
            claims.clear();
            asked_of.each(o, |claim| claims.push(claim));
            let fill = levels(&claims, (for_contract, book.contract), (shipped, asked), terms[o].fill);
            (fill, sent_abroad(&claims, fill))
        };
        terms[o] = Terms { fill, price: outputs.price[o], contract_price: outputs.slow_price[o] };
        let record = &mut records[o];
        record.fills[(now.week % REVIEW_WEEKS) as usize] = fill;
        record.delivers = asked == shipped && (record.delivers || reviewed);
        outputs.exported[o] = abroad.0 * terms[o].contract_price + abroad.1 * terms[o].price;
        outputs.contract_orders[o] = book.contract;
        outputs.spot_orders[o] = book.spot;
        outputs.bids[o] = book.bids;
        outputs.orders_by_worth[o] = book.by_worth;
        outputs.shipped[o] = shipped;
        outputs.stock[o] -= shipped;
        if keeps_orders {
            outputs.expected_orders[o] = asked - outputs.owed[o];
            outputs.owed[o] = asked - shipped;
        }
    }
}

/// Sellers learn from what they were asked for.
///
/// ```text
/// e_u ← e_u·e^(g/52) + s_u·(C + S − e_u·e^(g/52));   heard = C + S + w_u·(1 − low)·(e_u − C − S)
/// e ← e·e^(g/52) + max(s_f, ½·low)·(heard − e·e^(g/52))
/// ```
/// `g` the outlook for these orders, `e` expected and `e_u` usual orders, `low` how clearly `e` is too low
/// ([`forecast::too_low`]).
#[inline(never)]
pub fn expect<L: Lane>(outputs: &mut Outputs<L>, plants: &Plants<L>, now: Now<'_, L>) {
    let (network, behaviour) = (now.network, &now.replicates.behaviour);
    if network.base_stock().is_some() {
        return;
    }
    for (o, output) in network.outputs.iter().enumerate() {
        let asked = outputs.contract_orders[o] + outputs.spot_orders[o];
        let growth = match plants.order_growth.get(o) {
            Some(growth) if now.week >= SPIN_UP_WEEKS => *growth,
            _ => L::one(),
        };
        let usual = (outputs.usual_orders[o] * growth).towards(asked, behaviour.usual_speed);
        let expected = outputs.expected_orders[o] * growth;
        let tiny = SMALL * output.base_orders + DUST;
        let error = asked - expected;
        let low = forecast::too_low(&mut outputs.missed[o], &mut outputs.wasted[o], error, expected, tiny);
        let remembered = behaviour.usual_weight * (L::one() - low);
        let heard = if output.base_orders > 0.0 { asked.towards(usual, remembered) } else { asked };
        outputs.usual_orders[o] = usual;
        outputs.expected_orders[o] = expected.towards(heard, forecast::speed(behaviour.forecast_speed, low));
    }
}

/// Traders get what stands above a week of expected orders, which the seller keeps for users.
#[inline(never)]
pub fn serve_traders<L: Lane>(traders: &mut Traders<L>, outputs: &mut Outputs<L>, now: Now<'_, L>) {
    for (t, output) in now.network.traded.iter().enumerate() {
        let o = output.at();
        let kept_for_users = outputs.expected_orders[o];
        let bought = traders.order[t].min((outputs.stock[o] - kept_for_users).positive());
        traders.bought[t] = bought;
        traders.stock[t] += bought;
        outputs.stock[o] -= bought;
        outputs.shipped[o] += bought;
        outputs.speculation[o] = bought;
    }
}

/// Adds what is owed from earlier weeks to new orders, where orders are kept; an order below zero first cancels, then sends
/// goods back.
#[inline(never)]
pub fn add_owed<L: Lane>(
    outputs: &mut Outputs<L>,
    inputs: &mut Inputs<L>,
    links: &mut Links<L>,
    control: &mut Control<L>,
    shares: &[L],
    now: Now<'_, L>,
) {
    let network = now.network;
    if network.base_stock().is_none() {
        return;
    }
    for (l, link) in network.links.iter().enumerate() {
        let new = match control.place[l] {
            UNCONTROLLED => shares[l] * inputs.ordered[link.buyer.at()],
            place => control.legal[place as usize] + control.leaked[place as usize],
        };
        let wanted = new + links.owed[l];
        let back = (-wanted).positive().min(inputs.stock[link.buyer.at()]);
        inputs.stock[link.buyer.at()] -= back;
        outputs.stock[link.seller.at()] += back;
        links.order[l] = wanted.positive();
        if control.place[l] != UNCONTROLLED {
            let place = control.place[l] as usize;
            control.legal[place] = (wanted - control.leaked[place]).positive();
        }
    }
}

/// What a seller is asked for this week.
struct Demanded<L> {
    contract: L,
    spot: L,
    /// Orders of those who would still run at the price that is asked, and the same over what goods are worth to them.
    bids: L,
    by_worth: L,
    /// Contract and spot orders from abroad, under no control.
    abroad: (L, L),
}

/// What sellers are asked for: by whom, and under which rules.
struct AskedOf<'a, L> {
    bids: &'a [Bid<L>],
    links: &'a Links<L>,
    control: &'a Control<L>,
    rated: &'a [L],
    network: &'a Network,
}

impl<L: Lane> AskedOf<'_, L> {
    /// Adds up what may ship, and what those bid who would still run at the price that is asked.
    ///
    /// ```text
    /// bid = order·response(worth/p)          who could not run on the goods at their price does not hold it down
    /// ```
    #[inline(always)]
    fn book(&self, o: usize, price: L) -> Demanded<L> {
        let Self { links, rated, network, .. } = *self;
        let (trade, per_price) = (&links.trade, L::one() / price);
        let of = trade.sales_of[o];
        let mut book = if rated.is_empty() && links.order.is_empty() {
            self.free(of, per_price, |sale, order| (order, L::splat(sale.first)))
        } else {
            self.free(of, per_price, |sale, order| {
                let order = links.order.get(sale.link as usize).copied().unwrap_or(order);
                (order, first_of(sale.first, sale.link as usize, rated, network))
            })
        };
        for sale in &trade.sales[of.controlled as usize..of.end as usize] {
            let (order, contract) = self.controlled(sale);
            book.add(order, contract, &self.bids[sale.buyer as usize], per_price);
        }
        book
    }

    /// Gives what may ship to each buyer.
    fn each(&self, o: usize, mut give: impl FnMut(Claim<L>)) {
        let Self { links, rated, network, .. } = *self;
        let of = links.trade.sales_of[o];
        for at in of.abroad as usize..of.end as usize {
            let sale = &links.trade.sales[at];
            let (bid, link) = (&self.bids[sale.buyer as usize], sale.link as usize);
            let (order, contract) = if at < of.controlled as usize {
                let order = links.order.get(link).copied();
                let order = order.unwrap_or(links.sold_share[at] * bid.ordered);
                (order, order.min(first_of(sale.first, link, rated, network)))
            } else {
                self.controlled(sale)
            };
            let abroad = at < of.home as usize;
            give(Claim { contract, spot: order - contract, rank: bid.rank, abroad });
        }
    }

    /// Sales under no control; `asks` gives of each what is ordered, and what of it is served first at most.
    #[inline(always)]
    fn free(&self, of: SalesOf, per_price: L, asks: impl Fn(&Sale, L) -> (L, L)) -> Demanded<L> {
        let zero = L::zero();
        let mut book =
            Demanded { contract: zero, spot: zero, bids: zero, by_worth: zero, abroad: (zero, zero) };
        for (from, to) in [(of.abroad, of.home), (of.home, of.controlled)] {
            book.abroad = (book.contract, book.spot);
            let range = from as usize..to as usize;
            let sales = &self.links.trade.sales[range.clone()];
            for (sale, share) in sales.iter().zip(&self.links.sold_share[range]) {
                let bid = &self.bids[sale.buyer as usize];
                let (order, first) = asks(sale, *share * bid.ordered);
                if order != zero {
                    book.add(order, order.min(first), bid, per_price);
                }
            }
        }
        book
    }

    /// What may ship on a controlled link, and what of it contracts promise or is rated.
    #[inline(always)]
    fn controlled(&self, sale: &Sale) -> (L, L) {
        let control = self.control;
        let place = control.place[sale.link as usize] as usize;
        let order = match self.links.order.get(sale.link as usize) {
            None if control.idle => control.legal[place],
            None => control.legal[place] + control.leaked[place],
            Some(order) => *order,
        };
        let first = first_of(sale.first, sale.link as usize, self.rated, self.network);
        (order, control.legal[place].min(first))
    }
}

impl<L: Lane> Demanded<L> {
    #[inline(always)]
    fn add(&mut self, order: L, contract: L, bid: &Bid<L>, per_price: L) {
        self.contract += contract;
        self.spot += order - contract;
        let bids = order * margin_response(bid.worth * per_price);
        self.bids += bids;
        self.by_worth += bids * bid.inverse_worth;
    }
}

/// What was agreed on, and the prices and rules under which it is settled.
#[derive(Clone, Copy)]
pub struct Deals<'a, L> {
    /// Terms of all sellers, and the buyers' own orders.
    pub book: Book<'a, L>,
    /// What goods cost that come round controls.
    pub markets: &'a Markets<L>,
    /// What is in force.
    pub policy: &'a Policy<L>,
}

/// Goods enter transit; buyers book what they bought, what it costs and what was asked.
#[inline(never)]
pub fn send<L: Lane>(
    outputs: &mut Outputs<L>,
    inputs: &mut Inputs<L>,
    links: &mut Links<L>,
    control: &mut Control<L>,
    traces: &mut Traces<L>,
    deals: Deals<'_, L>,
    now: Now<'_, L>,
) {
    let (network, behaviour, week) = (now.network, &now.replicates.behaviour, now.week);
    let Deals { book: Book { terms, bids, shares }, markets, policy } = deals;
    if week.is_multiple_of(REVIEW_WEEKS) {
        links.count_active_links(shares, network);
    }
    let weekly = sees_weekly(links, policy);
    let kept = !links.order.is_empty();
    for (i, input) in network.inputs.iter().enumerate() {
        let range = network.links_of(input);
        let weeks = links.trade.rings_of(i).first().map_or(1, |ring| ring.weeks);
        let mut total = PurchaseTotals::empty(week % weeks, weeks);
        let (shares, ordered) = if kept { (&*links.order, L::one()) } else { (shares, bids[i].ordered) };
        let dealt = if weekly { range.len() } else { links.trade.dealt[i] as usize };
        let dealt = range.start..range.start + dealt;
        let purchases = &links.trade.purchases[dealt.clone()];
        let parcels = &mut links.parcels[..dealt.len()];
        let rated = policy.rated.get(i).map(|rated| rated.min(L::one()));
        let first = |purchase: &Purchase, l: usize| match rated {
            None => L::splat(purchase.first),
            Some(rated) => first_served(purchase.first, &network.links[l], rated),
        };
        let rank = bids[i].rank;
        let orders = purchases.iter().zip(&shares[dealt.clone()]);
        match rated {
            None => {
                total.add_free(orders, (ordered, rank), terms, parcels, &mut links.transit, |purchase, _| {
                    L::splat(purchase.first)
                })
            }
            Some(_) => {
                total.add_free(orders, (ordered, rank), terms, parcels, &mut links.transit, |purchase, l| {
                    first(purchase, range.start + l)
                })
            }
        }
        for l in links.trade.controlled_of(i).iter().map(|l| *l as usize) {
            let purchase = &links.trade.purchases[l];
            let (terms, served) = (&terms[purchase.seller as usize], (first(purchase, l), rank));
            let parcel = Parcel::controlled(terms, control, markets, purchase, served, week);
            outputs.exported[purchase.seller as usize] += parcel.abroad * f64::from(purchase.foreign);
            parcels[l - range.start] = parcel.sent;
            total.add(&parcel, purchase, &mut links.transit);
            if !weekly {
                let usual = network.links[l].base_flow;
                follow(&mut links.reliability[l], parcel.sent, parcel.asked, usual, behaviour);
            }
        }
        if weekly {
            for (l, sent) in range.zip(&*parcels) {
                let asked = match links.trade.purchases[l].place {
                    UNCONTROLLED => shares[l] * ordered,
                    place => control.asked[place as usize],
                };
                follow(&mut links.reliability[l], *sent, asked, network.links[l].base_flow, behaviour);
                if let Some(owed) = links.owed.get_mut(l) {
                    *owed = (links.order[l] - *sent).positive();
                }
            }
        }
        inputs.imported[i] = total.imported;
        book(inputs, behaviour, input, i, &total);
        update_offer_trend(inputs, behaviour, i, &total);
        super::tracing::load(traces, inputs, i, purchases, parcels);
    }
}

/// What one buyer gets on all its links.
struct PurchaseTotals<L> {
    /// This week's place in a ring of goods in transit.
    today: u32,
    /// The ring's weeks.
    weeks: u32,
    bought: L,
    bill: L,
    imported: L,
    offered: L,
    offers: L,
}

impl<L: Lane> PurchaseTotals<L> {
    #[inline(always)]
    fn empty(today: u32, weeks: u32) -> Self {
        let zero = L::zero();
        Self { today, weeks, bought: zero, bill: zero, imported: zero, offered: zero, offers: zero }
    }

    /// What passes on links that no event touches; `first` is what their sellers serve first.
    #[inline(always)]
    fn add_free<'a>(
        &mut self,
        orders: impl Iterator<Item = (&'a Purchase, &'a L)>,
        (ordered, rank): (L, L),
        terms: &[Terms<L>],
        parcels: &mut [L],
        transit: &mut [L],
        first: impl Fn(&Purchase, usize) -> L,
    ) where
        L: 'a,
    {
        for (l, ((purchase, share), sent)) in orders.zip(parcels).enumerate() {
            let order = *share * ordered * f64::from(purchase.free);
            let parcel = Parcel::free(order, first(purchase, l), rank, &terms[purchase.seller as usize]);
            *sent = parcel.sent;
            self.add(&parcel, purchase, transit);
        }
    }

    #[inline(always)]
    fn add(&mut self, parcel: &Parcel<L>, purchase: &Purchase, transit: &mut [L]) {
        self.imported += parcel.abroad * f64::from(purchase.foreign);
        self.bought += parcel.sent;
        self.bill += parcel.cost * purchase.landed + parcel.sent * purchase.freight;
        let (offered, at_spot) = parcel.offered;
        self.offered += offered;
        self.offers += at_spot * purchase.landed + offered * purchase.freight;
        let arrival = self.today + purchase.lag;
        let slot = if arrival < self.weeks { arrival } else { arrival - self.weeks };
        transit[(purchase.ring + slot) as usize] += parcel.departs;
    }
}

/// What a buyer bought, for how much, and how much of its orders was filled.
#[inline(always)]
fn book<L: Lane>(
    inputs: &mut Inputs<L>,
    behaviour: &Behaviour<L>,
    input: &Input,
    i: usize,
    total: &PurchaseTotals<L>,
) {
    let (bought, bill) = (total.bought, total.bill);
    let tiny = L::splat(SMALL * input.base_use + DUST);
    let seen = (bought + tiny) / (inputs.ordered[i] + tiny);
    let learns = if input.base_use > 0.0 {
        behaviour.reliability_speed
    } else {
        // nothing ordered, nothing learnt
        L::where_less(L::zero(), inputs.ordered[i], behaviour.reliability_speed, L::zero())
    };
    inputs.fill_rate[i] = inputs.fill_rate[i].towards(seen, learns);
    inputs.bought[i] = bought;
    inputs.bill[i] = bill;
    inputs.in_transit[i] += bought;
    // a buyer's average cost moves with what it buys; without purchases it stays
    let weight = behaviour.paid_price_speed * (bought / (bought + L::splat(0.1 * input.base_use + DUST)));
    let price = (bill + inputs.paid_price[i] * DUST) / (bought + L::splat(DUST));
    inputs.paid_price[i] = inputs.paid_price[i].towards(price, weight);
}

/// What a buyer's suppliers ask, and where that is going.
///
/// ```text
/// q = Σ may(l)·delivered spot price(l) / Σ may(l);   g ← g + s_g·(Δ ln q − g)
/// ```
#[inline(always)]
fn update_offer_trend<L: Lane>(
    inputs: &mut Inputs<L>,
    behaviour: &Behaviour<L>,
    i: usize,
    total: &PurchaseTotals<L>,
) {
    let (offered, offers) = (total.offered, total.offers);
    let none = L::where_less(L::zero(), offered, L::zero(), L::one());
    let offer = (offers / offered.max(L::splat(TINY))).ln();
    let offer = L::where_less(none, L::splat(0.5), offer, inputs.log_offer[i]);
    let change = offer - inputs.log_offer[i];
    inputs.log_offer[i] = offer;
    inputs.trend[i] = inputs.trend[i].towards(change, behaviour.trend_speed);
}
