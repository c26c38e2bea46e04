//! Phase 7: sellers ration what they have (contract, then spot, pro rata within each); goods enter transit.

use crate::lanes::Lane;
use crate::network::Network;
use crate::plan::{Behaviour, Week};
use crate::state::{Control, Inputs, Links, Markets, Outputs, UNCAPPED, UNCONTROLLED};

/// Cuts orders on controlled links to what may ship.
///
/// ```text
/// legal = min(order, cap·f₀);   may = legal + leak·(order − legal)
/// ```
/// The refused part is neither kept nor seen by the seller: it cannot lift his price.
#[inline(always)]
pub fn restrict<L: Lane>(
    control: &mut Control<L>,
    links: &mut Links<L>,
    markets: &Markets<L>,
    network: &Network,
) {
    for place in 0..control.links.len() {
        let l = control.links[place] as usize;
        let asked = links.order[l];
        // a link without flow at rest (a reserve's) is free while no control is in force and shut under one
        let free = L::splat(UNCAPPED);
        let cap = control.cap[place];
        let most = L::where_less(cap, free, cap * network.links[l].base_flow, free);
        let legal = asked.min(most);
        let leaked = control.leak[place] * (asked - legal);
        let may = legal + leaked;
        control.asked[place] = asked;
        links.order[l] = may;
        let leaked_share = leaked / may.max(L::splat(1e-300));
        let gap = markets.gap[markets.of_control[place] as usize];
        control.markup[place] = gap.exp() * (L::one() + control.premium[place] * leaked_share);
    }
}

/// Sellers add up what may ship, ration it and dispatch.
///
/// ```text
/// C = Σ min(order(l), k(l)·f₀(l));   S = Σ order(l) − C
/// φ_c = min(1, stock/C);   φ_s = min(1, (stock − φ_c·C)/S)
/// ship(l) = φ_c·contract(l) + φ_s·spot(l)
/// e ← e + s_f·(C + S − e)
/// ```
/// `k` contract share, `f₀` flow at rest, `e` expected orders. Unfilled orders are not kept: the buyer sees the gap and orders again.
#[inline(always)]
pub fn dispatch<L: Lane>(
    outputs: &mut Outputs<L>,
    inputs: &mut Inputs<L>,
    links: &mut Links<L>,
    control: &mut Control<L>,
    behaviour: &Behaviour<L>,
    network: &Network,
    week: Week,
) {
    collect(outputs, inputs, links, network);
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
        outputs.expected_orders[o] = outputs.expected_orders[o].towards(asked, behaviour.forecast_speed);
    }
    send(outputs, inputs, links, control, behaviour, network, week);
}

/// Adds up what may ship, by seller.
#[inline(always)]
fn collect<L: Lane>(outputs: &mut Outputs<L>, inputs: &Inputs<L>, links: &Links<L>, network: &Network) {
    outputs.contract_orders.fill(L::zero());
    outputs.spot_orders.fill(L::zero());
    outputs.worth_of_orders.fill(L::zero());
    for (l, link) in network.links.iter().enumerate() {
        let order = links.order[l];
        let contract = order.min(L::splat(link.contract_share * link.base_flow));
        let o = link.seller.at();
        outputs.contract_orders[o] += contract;
        outputs.spot_orders[o] += order - contract;
        outputs.worth_of_orders[o] += order * inputs.worth[link.buyer.at()];
    }
}

/// Goods enter transit; buyers book what they bought, what it costs and how reliable the seller was.
#[inline(always)]
fn send<L: Lane>(
    outputs: &Outputs<L>,
    inputs: &mut Inputs<L>,
    links: &mut Links<L>,
    control: &mut Control<L>,
    behaviour: &Behaviour<L>,
    network: &Network,
    week: Week,
) {
    for (i, input) in network.inputs.iter().enumerate() {
        let mut bought = L::zero();
        let mut bill = L::zero();
        for l in network.links_of(input) {
            let link = &network.links[l];
            let o = link.seller.at();
            let order = links.order[l];
            let contract = order.min(L::splat(link.contract_share * link.base_flow));
            let spot = order - contract;
            let by_contract = contract * outputs.contract_fill[o];
            let by_spot = spot * outputs.spot_fill[o];
            let sent = by_contract + by_spot;
            let (asked, markup) = match control.place[l] {
                UNCONTROLLED => (order, L::one()),
                place => {
                    let place = place as usize;
                    control.shipped[place] = sent;
                    (control.asked[place], control.markup[place])
                }
            };
            let price = by_contract * outputs.slow_price[o] + by_spot * (outputs.price[o] * markup);
            bought += sent;
            bill += price * (1.0 + link.tariff) + sent * link.freight;
            let seen = (sent + L::splat(1e-9 * link.base_flow + 1e-12))
                / (asked + L::splat(1e-9 * link.base_flow + 1e-12));
            links.reliability[l] = links.reliability[l].towards(seen, behaviour.reliability_speed);
            let slot = (links.pipe_start[l] + week % link.lag_weeks) as usize;
            links.pipe[slot] = sent;
        }
        let tiny = L::splat(1e-9 * input.base_use + 1e-12);
        let seen = (bought + tiny) / (inputs.ordered[i] + tiny);
        inputs.fill_rate[i] = inputs.fill_rate[i].towards(seen, behaviour.reliability_speed);
        inputs.bought[i] = bought;
        inputs.bill[i] = bill;
        inputs.in_transit[i] += bought;
        // a buyer's average cost moves with what it buys; without purchases it stays
        let weight =
            behaviour.paid_price_speed * (bought / (bought + L::splat(0.1 * input.base_use + 1e-12)));
        let price = (bill + inputs.paid_price[i] * 1e-12) / (bought + L::splat(1e-12));
        inputs.paid_price[i] = inputs.paid_price[i].towards(price, weight);
    }
}
