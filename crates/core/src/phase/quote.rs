//! What comes round a control goes to those to whom it is worth most, and its quote clears what they still lack.
//!
//! In words and with its notation: docs/model.md#quote.

use crate::behaviour::Behaviour;
use crate::lanes::{Lane, SMALL, TINY};
use crate::plan::Now;
use crate::state::{
    Bidder, Control, FreeSellers, Inputs, Markets, Outputs, Policy, Spot, SpotBuyer, Traders,
};

/// Log price over which a buyer gives up: its lines do not all hold the same stocks, nor earn the same.
pub const GIVES_UP: f64 = 1.0;

/// Halvings of the interval in which a price is sought, before it is read off a line.
const HALVINGS: usize = 12;

/// Times that a price is read off a nearer line.
const REFINED: usize = 3;

/// What comes round controls is sold within each region.
///
/// ```text
/// most(i)   = home·(stake(i)/home)^empty(i)        empty = (1 − stock/(cover·d_l))⁺;   at most the stake
/// room(i)   = Σ max(leaked(l), asked(l) − legal(l)) over its links on which something leaks
/// bid(i, q) = room(i)·clip(ln(most(i)/q), 0, 1)
/// gets(i)   = (1 − λ)·Σ leaked(l) + λ·bid(i, q),   q: Σ bid(i, q) = Σ leaked(l) of the region
/// ```
/// `λ` is the share that goes to the highest bidder. What a region gets in all does not change.
#[inline(never)]
pub fn sell<L: Lane>(
    control: &mut Control<L>,
    markets: &mut Markets<L>,
    inputs: &mut Inputs<L>,
    now: Now<'_, L>,
) {
    if control.idle {
        return;
    }
    let to_highest = now.replicates.behaviour.sold_to_highest;
    let Markets { spots, bidders, home_price, .. } = markets;
    for spot in spots.iter() {
        let places = || spot.buyers.iter().flat_map(|buyer| buyer.places.iter().map(|p| *p as usize));
        let all = places().fold(L::zero(), |sum, place| sum + control.leaked[place]);
        if all == L::zero() {
            continue;
        }
        let log_home = home_price[spot.market].ln();
        bidders.clear();
        bidders.extend(spot.buyers.iter().map(|buyer| {
            let wants =
                buyer.places.iter().fold(L::zero(), |sum, place| sum + room(control, *place as usize));
            Bidder { wants, log_most: log_most(buyer, inputs, log_home) }
        }));
        let price = clearing(bidders, all);
        let scale = all / bidders.iter().fold(L::splat(TINY), |sum, bidder| sum + bidder.bids(price));
        for (buyer, bidder) in spot.buyers.iter().zip(bidders.iter()) {
            let gets = (bidder.bids(price) * scale, to_highest);
            let lost = hand_over(control, buyer, bidder.wants, gets);
            let i = buyer.input.at();
            inputs.stopped[i] = (inputs.stopped[i] + lost).positive();
        }
    }
}

/// What a link could take that comes round controls: all that it is not allowed, if anything leaks on it.
#[inline(always)]
fn room<L: Lane>(control: &Control<L>, place: usize) -> L {
    let leaked = control.leaked[place];
    let lacks = (control.asked[place] - control.legal[place]).max(leaked);
    L::where_less(L::zero(), leaked, lacks, L::zero())
}

/// Splits what a buyer gets over its links: less by what leaks on each, more by what each could still take. Gives what it
/// loses to others.
#[inline(always)]
fn hand_over<L: Lane>(
    control: &mut Control<L>,
    buyer: &SpotBuyer,
    wants: L,
    (bought, to_highest): (L, L),
) -> L {
    let leaked = buyer.places.iter().fold(L::zero(), |sum, place| sum + control.leaked[*place as usize]);
    let tiny = L::splat(TINY);
    let less = (bought / leaked.max(tiny)).min(L::one());
    let more = ((bought - leaked).positive() / (wants - leaked).max(tiny)).min(L::one());
    let mut lost = L::zero();
    for place in buyer.places.iter().map(|place| *place as usize) {
        let was = control.leaked[place];
        let gets = was * less + (room(control, place) - was) * more;
        control.leaked[place] = was.towards(gets, to_highest);
        // what is refused and does not leak is more where others got the leak
        let given_up = was - control.leaked[place];
        control.stopped[place] = (control.stopped[place] + given_up).positive();
        lost += given_up;
    }
    lost
}

/// The quotes move towards what clears the thin rest.
///
/// ```text
/// lacks(i) = (order − bought by the rules and from free sellers − given·d_l)⁺
/// rest     = Σ over free sellers of (stock − cover·e)⁺ + Σ over their traders of stock/T_out          what a market's regions lack shares it
/// q        : Σ lacks(i)·clip(ln(most(i)/q), 0, 1) = leaked and shipped + its share of the rest;   home where that suffices
/// u        ← u + s·(b·max(min(ln(q/home)⁺, ln B), posted) − u)           b: how far controls bind, mean by flow at the reference level
/// posted   = ln(Σ p·e₀/Σ p₀·e₀ over free sellers) − ln(home/home₀)
/// ```
/// `B` is the most that goods have been quoted at outside over inside. Who sells round a control asks no less than free
/// sellers post.
#[inline(never)]
pub fn clear<L: Lane>(
    markets: &mut Markets<L>,
    control: &Control<L>,
    inputs: &Inputs<L>,
    sellers: (&Outputs<L>, &Traders<L>),
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    let behaviour = &now.replicates.behaviour;
    let highest = behaviour.quote_most.ln();
    follow_home(markets, sellers.0, now);
    let Markets { spots, thin, bidders, home_price, reference, log_quote, quote, gap, free, .. } = markets;
    let binds = &policy.depths.control_bite.mean;
    for (m, gap) in gap.iter_mut().enumerate() {
        let of_market = || spots.iter().enumerate().filter(|(_, spot)| spot.market == m);
        let bound = of_market().fold(L::zero(), |sum, (s, spot)| sum + binding(spot, binds) + log_quote[s]);
        if bound == L::zero() {
            *gap = L::zero();
            continue;
        }
        let log_home = home_price[m].ln();
        let posted = posted(&free[m], sellers.0, now);
        let posted = posted.map_or(L::zero(), |posted| posted - log_home + L::splat(reference[m].1));
        // without any quote free sellers' prices are their own
        let posted = L::where_less(L::zero(), highest, posted, L::zero());
        let mut all = L::splat(TINY);
        for (s, spot) in of_market() {
            thin[s] = came_and_lacking(spot, control, inputs);
            all += thin[s].1;
        }
        let rest = rest(&free[m], sellers, behaviour) / all;
        let (mut sum, mut weights) = (L::zero(), L::splat(TINY));
        for (s, spot) in of_market() {
            let binding = binding(spot, binds);
            let (came, lacking) = thin[s];
            let supply = came + rest * lacking;
            let mut price = posted;
            if (lacking - supply).positive() * binding != L::zero() {
                bidders.clear();
                bidders.extend(spot.buyers.iter().map(|buyer| Bidder {
                    wants: lacks(buyer, control, inputs).1,
                    log_most: log_most(buyer, inputs, log_home),
                }));
                price = price.max(clearing(bidders, supply).min(highest));
            }
            let price = price.positive();
            log_quote[s] = log_quote[s].towards(binding * price, behaviour.price_speed);
            quote[s] = log_quote[s].exp();
            // where nothing binds any more the regions count by what they buy
            let weight = (binding + L::splat(SMALL)) * spot.flow.max(SMALL);
            sum += log_quote[s] * weight;
            weights += weight;
        }
        *gap = sum / weights;
    }
}

/// Home prices: what the controlled sellers post, by flow at the reference level.
#[inline(always)]
fn follow_home<L: Lane>(markets: &mut Markets<L>, outputs: &Outputs<L>, now: Now<'_, L>) {
    for (home_price, market) in markets.home_price.iter_mut().zip(&now.plan.markets) {
        let (mut home, mut flow) = (L::zero(), 0.0);
        for link in &market.links {
            let link = &now.network.links[link.at()];
            home += outputs.price[link.seller.at()] * link.base_flow;
            flow += link.base_flow;
        }
        if flow > 0.0 {
            *home_price = home * (1.0 / flow);
        }
    }
}

/// How far controls bind on what a region buys.
#[inline(always)]
fn binding<L: Lane>(spot: &Spot, binds: &[L]) -> L {
    if binds.is_empty() {
        return L::zero();
    }
    spot.links.iter().fold(L::zero(), |sum, (place, share)| sum + binds[*place as usize] * *share)
}

/// Logarithm of what free sellers post over the same at the reference level, if there are any.
#[inline(always)]
fn posted<L: Lane>(free: &FreeSellers, outputs: &Outputs<L>, now: Now<'_, L>) -> Option<L> {
    let (mut is, mut was) = (L::zero(), 0.0);
    for o in free.outputs.iter().map(|o| *o as usize) {
        let output = &now.network.outputs[o];
        is += outputs.price[o] * output.base_orders;
        was += output.reference_price * output.base_orders;
    }
    (was > 0.0).then(|| (is * (1.0 / was)).ln())
}

/// What free sellers and their traders have beyond what they keep, tonnes a week.
#[inline(always)]
fn rest<L: Lane>(
    free: &FreeSellers,
    (outputs, traders): (&Outputs<L>, &Traders<L>),
    behaviour: &Behaviour<L>,
) -> L {
    let of_sellers = free.outputs.iter().map(|o| *o as usize).fold(L::zero(), |sum, o| {
        sum + (outputs.stock[o] - outputs.cover[o] * outputs.expected_orders[o]).positive()
    });
    let of_traders = free.traders.iter().fold(L::zero(), |sum, t| sum + traders.stock[*t as usize]);
    of_sellers + of_traders / behaviour.trader_unload_weeks
}

/// What came round controls this week to a buyer, and what it still lacks, tonnes.
#[inline(always)]
fn lacks<L: Lane>(buyer: &SpotBuyer, control: &Control<L>, inputs: &Inputs<L>) -> (L, L) {
    let i = buyer.input.at();
    let came = buyer.places.iter().map(|place| *place as usize).fold(L::zero(), |sum, place| {
        sum + (control.shipped[place] - control.shipped_legally[place]).positive()
    });
    let given = inputs.given[i] * inputs.long_run_use[i];
    // a gap of the last digits is none
    let ordered = inputs.ordered[i] * (1.0 - SMALL);
    (came, (ordered - (inputs.bought[i] - came) - given).positive())
}

/// The same of all buyers of a region.
#[inline(always)]
fn came_and_lacking<L: Lane>(spot: &Spot, control: &Control<L>, inputs: &Inputs<L>) -> (L, L) {
    spot.buyers.iter().fold((L::zero(), L::zero()), |(came, lacking), buyer| {
        let of_buyer = lacks(buyer, control, inputs);
        (came + of_buyer.0, lacking + of_buyer.1)
    })
}

/// Logarithm of the most that a buyer pays, over the home price: the emptier its stock the nearer to what is at stake.
#[inline(always)]
fn log_most<L: Lane>(buyer: &SpotBuyer, inputs: &Inputs<L>, log_home: L) -> L {
    let i = buyer.input.at();
    let usual = inputs.cover[i] * inputs.long_run_use[i];
    let empty = (L::one() - inputs.stock[i] / usual.max(L::splat(TINY))).positive();
    let at_stake = L::splat(buyer.log_stake) - log_home;
    at_stake.min(empty * at_stake)
}

impl<L: Lane> Bidder<L> {
    /// What it still takes at a price, given as its logarithm over the home price.
    #[inline(always)]
    fn bids(&self, log_price: L) -> L {
        self.wants * ((self.log_most - log_price) * (1.0 / GIVES_UP)).clip(0.0, 1.0)
    }
}

/// The price at which bidders take no more than there is, as its logarithm over the home price.
///
/// With nothing to be had it is the most that anyone pays; the more there is the lower it is.
pub(crate) fn clearing<L: Lane>(bidders: &[Bidder<L>], supply: L) -> L {
    let mut low = bidders.iter().fold(L::zero(), |low, bidder| low.min(bidder.log_most - L::splat(GIVES_UP)));
    // who wants nothing does not hold the price up
    let most = |bidder: &Bidder<L>| L::where_less(L::zero(), bidder.wants, bidder.log_most, low);
    let mut high = bidders.iter().fold(low, |high, bidder| high.max(most(bidder)));
    let taken = |price: L| bidders.iter().fold(L::zero(), |sum, bidder| sum + bidder.bids(price));
    for _ in 0..HALVINGS {
        let middle = (low + high) * 0.5;
        let taken = taken(middle);
        low = L::where_less(supply, taken, middle, low);
        high = L::where_less(supply, taken, high, middle);
    }
    // what is taken is next to a line in between
    let (mut too_much, mut least) = (taken(low), taken(high));
    let between = |low: L, high: L, too_much: L, least: L| {
        let part = ((too_much - supply) / (too_much - least).max(L::splat(TINY))).clip(0.0, 1.0);
        low + part * (high - low)
    };
    for _ in 0..REFINED {
        let price = between(low, high, too_much, least);
        let taken = taken(price);
        low = L::where_less(supply, taken, price, low);
        too_much = L::where_less(supply, taken, taken, too_much);
        high = L::where_less(supply, taken, high, price);
        least = L::where_less(supply, taken, least, taken);
    }
    between(low, high, too_much, least)
}
