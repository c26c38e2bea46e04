//! Phase 7: sellers ration what they have (contract, then spot, pro rata within each); goods enter transit.
//!
//! In words and with its notation: docs/model.md#shipping.

use crate::behaviour::Behaviour;
use crate::lanes::Lane;
use crate::network::{Input, Link, Network};
use crate::phase::production::margin_response;
use crate::plan::{Now, SPIN_UP_WEEKS, Week};
use crate::state::{Control, Inputs, Links, Markets, Outputs, Plants, Policy, Traders, UNCONTROLLED};

/// Sellers add up what may ship, ration it and dispatch.
///
/// ```text
/// C = Σ min(legal(l), first(l));   S = Σ may(l) − C
/// φ_c = min(1, stock/C);   φ_s = min(1, (stock − φ_c·C)/S)
/// ship(l) = φ_c·contract(l) + φ_s·spot(l)
/// e_u ← e_u·e^(g/52) + s_u·(C + S − e_u·e^(g/52));   heard = C + S + w_u·(e_u − C − S)
/// e ← e·e^(g/52) + s_f·(heard − e·e^(g/52))
/// ```
/// `g` the outlook for these orders, `first` what contracts promise and what is rated, `e` expected and `e_u` usual
/// orders; what leaks is spot. Traders get what stands
/// above a week of expected orders, which the seller keeps for his users. Unfilled orders are not kept: the buyer
/// sees the gap and orders again. Under the ordering policy `base_stock` they are kept, `e` is last week's orders, and an
/// order below zero sends goods back.
#[inline(always)]
pub fn dispatch<L: Lane>(
    outputs: &mut Outputs<L>,
    inputs: &mut Inputs<L>,
    links: &mut Links<L>,
    control: &mut Control<L>,
    markets: &Markets<L>,
    (traders, policy): (&mut Traders<L>, &Policy<L>),
    plants: &Plants<L>,
    now: Now<'_, L>,
) {
    let (network, behaviour) = (now.network, &now.future.behaviour);
    let keeps_orders = network.base_stock().is_some();
    if keeps_orders {
        take_up_owed(outputs, inputs, links, control, network);
    }
    collect(outputs, inputs, links, control, &policy.rated, network);
    for o in 0..network.outputs.len() {
        let contract = outputs.contract_orders[o];
        let asked = contract + outputs.spot_orders[o];
        let shipped = asked.min(outputs.stock[o]);
        let for_contract = shipped.min(contract);
        let tiny = L::splat(1e-300);
        outputs.contract_fill[o] = for_contract / contract.max(tiny);
        outputs.spot_fill[o] = (shipped - for_contract) / outputs.spot_orders[o].max(tiny);
        outputs.shipped[o] = shipped;
        outputs.stock[o] -= shipped;
        if keeps_orders {
            outputs.expected_orders[o] = asked - outputs.owed[o];
            outputs.owed[o] = asked - shipped;
        } else {
            let growth = match plants.order_growth.get(o) {
                Some(growth) if now.week >= SPIN_UP_WEEKS => *growth,
                _ => L::one(),
            };
            let usual = (outputs.usual_orders[o] * growth).towards(asked, behaviour.usual_speed);
            let heard = if network.outputs[o].base_orders > 0.0 {
                asked.towards(usual, behaviour.usual_weight)
            } else {
                asked
            };
            outputs.usual_orders[o] = usual;
            outputs.expected_orders[o] =
                (outputs.expected_orders[o] * growth).towards(heard, behaviour.forecast_speed);
        }
    }
    for (t, output) in network.traded.iter().enumerate() {
        let o = output.at();
        let kept_for_users = outputs.expected_orders[o];
        let bought = traders.order[t].min((outputs.stock[o] - kept_for_users).positive());
        traders.bought[t] = bought;
        traders.stock[t] += bought;
        outputs.stock[o] -= bought;
        outputs.shipped[o] += bought;
        outputs.speculation[o] = bought;
    }
    send(outputs, inputs, links, control, (markets, &policy.rated), now);
}

/// Adds what is owed from earlier weeks to new orders; an order below zero first cancels, then sends goods back.
#[inline(always)]
fn take_up_owed<L: Lane>(
    outputs: &mut Outputs<L>,
    inputs: &mut Inputs<L>,
    links: &mut Links<L>,
    control: &mut Control<L>,
    network: &Network,
) {
    for (l, link) in network.links.iter().enumerate() {
        let wanted = links.order[l] + links.owed[l];
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

/// Tonnes on a link that its seller serves before spot: what contracts promise, and what is rated.
///
/// ```text
/// first(l) = (k + (1 − k)·min(1, rated(i)))·f₀          k: contract share
/// ```
#[inline(always)]
fn first_served<L: Lane>(link: &Link, rated: &[L]) -> L {
    let contract = L::splat(link.contract_share * link.base_flow);
    match rated.get(link.buyer.at()) {
        None => contract,
        Some(rated) => contract + rated.min(L::one()) * ((1.0 - link.contract_share) * link.base_flow),
    }
}

/// Adds up what may ship, by seller, and what those bid who would still run at the price that is asked.
///
/// ```text
/// bid = order·response(worth/p)          who could not run on the goods at their price does not hold it down
/// ```
#[inline(always)]
fn collect<L: Lane>(
    outputs: &mut Outputs<L>,
    inputs: &Inputs<L>,
    links: &Links<L>,
    control: &Control<L>,
    rated: &[L],
    network: &Network,
) {
    outputs.contract_orders.fill(L::zero());
    outputs.spot_orders.fill(L::zero());
    outputs.bids.fill(L::zero());
    outputs.orders_by_worth.fill(L::zero());
    for (l, link) in network.links.iter().enumerate() {
        let order = links.order[l];
        let legal = match control.place[l] {
            UNCONTROLLED => order,
            place => control.legal[place as usize],
        };
        let contract = legal.min(first_served(link, rated));
        let o = link.seller.at();
        outputs.contract_orders[o] += contract;
        outputs.spot_orders[o] += order - contract;
        let i = link.buyer.at();
        let bid = order * margin_response(inputs.worth[i] / outputs.price[o]);
        outputs.bids[o] += bid;
        outputs.orders_by_worth[o] += bid * inputs.inverse_worth[i];
    }
}

/// What a buyer gets on one link, and what it is asked and pays.
struct Parcel<L> {
    /// Ordered before any control.
    asked: L,
    /// Dispatched by the seller.
    sent: L,
    /// Enters the link's own transit this week.
    departs: L,
    /// Cost before the link's own tariff and freight.
    cost: L,
    /// Of that, what leaves the buyer's country: all but tariffs.
    abroad: L,
    /// Spot price asked, before the link's own tariff and freight.
    spot_price: L,
}

/// Goods enter transit; buyers book what they bought, what it costs, what was asked and how reliable the seller was.
#[inline(always)]
fn send<L: Lane>(
    outputs: &mut Outputs<L>,
    inputs: &mut Inputs<L>,
    links: &mut Links<L>,
    control: &mut Control<L>,
    (markets, rated): (&Markets<L>, &[L]),
    now: Now<'_, L>,
) {
    let (network, behaviour, week) = (now.network, &now.future.behaviour, now.week);
    outputs.exported.fill(L::zero());
    for (i, input) in network.inputs.iter().enumerate() {
        let mut imported = L::zero();
        let (mut bought, mut bill) = (L::zero(), L::zero());
        let (mut asked, mut offers) = (L::zero(), L::zero());
        for l in network.links_of(input) {
            let link = &network.links[l];
            let o = link.seller.at();
            let parcel = match control.place[l] {
                UNCONTROLLED => {
                    let order = links.order[l];
                    let contract = order.min(first_served(link, rated));
                    let by_contract = contract * outputs.contract_fill[o];
                    let by_spot = (order - contract) * outputs.spot_fill[o];
                    let (sent, price) = (by_contract + by_spot, outputs.price[o]);
                    let cost = by_contract * outputs.slow_price[o] + by_spot * price;
                    Parcel { asked: order, sent, departs: sent, cost, abroad: cost, spot_price: price }
                }
                place => {
                    let first = first_served(link, rated);
                    controlled(outputs, control, markets, (link, first), place as usize, week)
                }
            };
            if !links.owed.is_empty() {
                links.owed[l] = (links.order[l] - parcel.sent).positive();
            }
            if link.foreign {
                imported += parcel.abroad;
                outputs.exported[o] += parcel.abroad;
            }
            bought += parcel.sent;
            bill += parcel.cost * (1.0 + link.tariff) + parcel.sent * link.freight;
            asked += parcel.asked;
            offers += parcel.asked * (parcel.spot_price * (1.0 + link.tariff) + L::splat(link.freight));
            let tiny = L::splat(1e-9 * link.base_flow + 1e-12);
            let seen = (parcel.sent + tiny) / (parcel.asked + tiny);
            links.reliability[l] = links.reliability[l].towards(seen, behaviour.reliability_speed);
            let slot = (links.pipe_start[l] + week % link.lag_weeks) as usize;
            links.pipe[slot] = parcel.departs;
        }
        inputs.imported[i] = imported;
        book(inputs, behaviour, input, i, (bought, bill));
        look(inputs, behaviour, i, (asked, offers));
    }
}

/// A parcel on a controlled link.
///
/// ```text
/// cost = (contract·p̄ + spot·p·eᵘ + (contract + spot)·ρ·g)·(1 + duty)·(1 + tariff) + leaked·(p·eᵘ + ρ·g)·(1 + premium)
/// ```
/// Leaked goods pay no duty, but a premium, and the smuggler keeps what a licence would have cost; they spend the detour in a
/// third country before they travel on.
#[inline(always)]
fn controlled<L: Lane>(
    outputs: &Outputs<L>,
    control: &mut Control<L>,
    markets: &Markets<L>,
    (link, first): (&Link, L),
    place: usize,
    week: Week,
) -> Parcel<L> {
    let o = link.seller.at();
    let legal = control.legal[place];
    let contract = legal.min(first);
    let by_contract = contract * outputs.contract_fill[o];
    let by_spot = (legal - contract) * outputs.spot_fill[o];
    let leaked = control.leaked[place] * outputs.spot_fill[o];
    let dear = outputs.price[o] * markets.markup(control.market[place]);
    let by_the_rules = by_contract + by_spot;
    let goods = by_contract * outputs.slow_price[o] + by_spot * dear + by_the_rules * control.rent[place];
    let leaks = leaked * (dear + control.rent[place]) * (L::one() + control.premium[place]);
    let abroad = goods * (L::one() + control.export_duty[place]) + leaks;
    let cost = goods * control.duty(place) + leaks;
    let departs = by_the_rules + detour(control, place, leaked, week);
    control.shipped[place] = by_the_rules + leaked;
    control.shipped_legally[place] = by_the_rules;
    Parcel {
        asked: control.asked[place],
        sent: by_the_rules + leaked,
        departs,
        cost,
        abroad,
        spot_price: control.spot_price(place, outputs.price[o], markets),
    }
}

/// Puts leaked goods on their detour and gives those that come out of it.
#[inline(always)]
fn detour<L: Lane>(control: &mut Control<L>, place: usize, leaked: L, week: Week) -> L {
    match control.detour_weeks[place] {
        0 => leaked,
        weeks => {
            let slot = (control.detour_start[place] + week % weeks) as usize;
            core::mem::replace(&mut control.detour[slot], leaked)
        }
    }
}

/// What a buyer bought, for how much, and how much of its orders was filled.
#[inline(always)]
fn book<L: Lane>(
    inputs: &mut Inputs<L>,
    behaviour: &Behaviour<L>,
    input: &Input,
    i: usize,
    (bought, bill): (L, L),
) {
    let tiny = L::splat(1e-9 * input.base_use + 1e-12);
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
    let weight = behaviour.paid_price_speed * (bought / (bought + L::splat(0.1 * input.base_use + 1e-12)));
    let price = (bill + inputs.paid_price[i] * 1e-12) / (bought + L::splat(1e-12));
    inputs.paid_price[i] = inputs.paid_price[i].towards(price, weight);
}

/// What a buyer's suppliers ask, and where that is going.
///
/// ```text
/// q = Σ asked(l)·delivered spot price(l) / Σ asked(l);   g ← g + s_g·(Δ ln q − g)
/// ```
#[inline(always)]
fn look<L: Lane>(inputs: &mut Inputs<L>, behaviour: &Behaviour<L>, i: usize, (asked, offers): (L, L)) {
    let none = L::where_less(L::zero(), asked, L::zero(), L::one());
    let offer = (offers / asked.max(L::splat(1e-300))).ln();
    let offer = L::where_less(none, L::splat(0.5), offer, inputs.log_offer[i]);
    let change = offer - inputs.log_offer[i];
    inputs.log_offer[i] = offer;
    inputs.trend[i] = inputs.trend[i].towards(change, behaviour.trend_speed);
}
