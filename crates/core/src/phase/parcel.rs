//! What passes on it in a week.
//!
//! In words and with its notation: docs/model.md#shipping.

use crate::behaviour::Behaviour;
use crate::lanes::{DUST, Lane, SMALL};
use crate::network::{Link, Network};
use crate::state::{Control, Fill, Links, Markets, Policy, Purchase, State, Terms, UNCONTROLLED};
use crate::time::Week;

/// What a buyer gets on one link, and what it is asked and pays.
pub(super) struct Parcel<L> {
    /// Ordered before any control.
    pub(super) asked: L,
    /// What of it may ship, and what that costs at the spot prices asked, before the link's own tariff and freight.
    pub(super) offered: (L, L),
    /// Dispatched by the seller.
    pub(super) sent: L,
    /// Enters the link's own transit this week.
    pub(super) departs: L,
    /// Cost before the link's own tariff and freight.
    pub(super) cost: L,
    /// Of that, what leaves the buyer's country: all but tariffs.
    pub(super) abroad: L,
}

impl<L: Lane> Parcel<L> {
    /// A parcel on a link that no event of the scenario touches.
    #[inline(always)]
    pub(super) fn free(order: L, first: L, rank: L, terms: &Terms<L>) -> Self {
        let (by_contract, by_spot) = filled(order, first, terms.fill.of(rank));
        let sent = by_contract + by_spot;
        let cost = by_contract * terms.contract_price + by_spot * terms.price;
        Self { asked: order, offered: (order, order * terms.price), sent, departs: sent, cost, abroad: cost }
    }

    /// A parcel on a controlled link.
    ///
    /// ```text
    /// cost = (contract·p̄ + spot·p + (contract + spot)·ρ·g)·(1 + duty)·(1 + tariff) + leaked·max(p·eᵘ, (p + ρ·g)·(1 + premium))
    /// ```
    /// What ships by the rules costs what it costs at home. Leaked goods cost the quote and pay no duty, but they are not
    /// sold below what they cost the smuggler, who keeps what a licence would have cost; they spend the detour in a third
    /// country before they travel on.
    #[inline(always)]
    pub(super) fn controlled(
        terms: &Terms<L>,
        control: &mut Control<L>,
        markets: &Markets<L>,
        purchase: &Purchase,
        (first, rank): (L, L),
        week: Week,
    ) -> Self {
        let place = purchase.place as usize;
        if control.idle {
            let parcel = Self::free(control.legal[place], first, rank, terms);
            control.shipped[place] = parcel.sent;
            return parcel;
        }
        let fill = terms.fill.of(rank);
        let (by_contract, by_spot) = filled(control.legal[place], first, fill);
        let leaked = control.leaked[place] * fill.spot;
        let quoted = control.quoted_price(place, terms.price, markets);
        let by_the_rules = by_contract + by_spot;
        let goods =
            by_contract * terms.contract_price + by_spot * terms.price + by_the_rules * control.rent[place];
        let leaks = leaked * quoted;
        let abroad = goods * (L::one() + control.export_duty[place]) + leaks;
        let cost = goods * control.duty(place) + leaks;
        let departs = by_the_rules + detour(control, place, leaked, week);
        control.shipped[place] = by_the_rules + leaked;
        control.shipped_legally[place] = by_the_rules;
        control.quoted_bill[place] = leaks;
        let may = (control.legal[place], control.leaked[place]);
        Self {
            asked: control.asked[place],
            offered: (may.0 + may.1, may.0 * control.licensed_price(place, terms.price) + may.1 * quoted),
            sent: by_the_rules + leaked,
            departs,
            cost,
            abroad,
        }
    }
}

/// What an order gets under contract and as spot.
#[inline(always)]
pub(super) fn filled<L: Lane>(order: L, first: L, fill: Fill<L>) -> (L, L) {
    let contract = order.min(first);
    (contract * fill.contract, (order - contract) * fill.spot)
}

/// Tonnes on a link that its seller serves before spot: what contracts promise, and what is rated.
///
/// ```text
/// first(l) = (k + (1 − k)·min(1, rated(i)))·f₀          k: contract share
/// ```
#[inline(always)]
pub(super) fn first_served<L: Lane>(contract: f64, link: &Link, rated: L) -> L {
    L::splat(contract) + rated * ((1.0 - link.contract_share) * link.base_flow)
}

/// The same, whether or not any order is rated.
#[inline(always)]
pub(super) fn first_of<L: Lane>(contract: f64, link: usize, rated: &[L], network: &Network) -> L {
    if rated.is_empty() {
        return L::splat(contract);
    }
    let link = &network.links[link];
    first_served(contract, link, rated[link.buyer.at()].min(L::one()))
}

/// Whether reliability is followed each week on every link: elsewhere it waits for the review of suppliers, which alone
/// reads it, and orders of the weeks since the last one are what shares and first-served volumes give again.
#[inline(always)]
pub(super) fn sees_weekly<L: Lane>(links: &Links<L>, policy: &Policy<L>) -> bool {
    !links.order.is_empty() || !policy.rated.is_empty()
}

/// Reliability follows what was sent over what was asked; a link that carries next to nothing is taken to deliver.
///
/// What differs from what was asked in the last digits only is what was asked: so an order that was filled leaves full
/// reliability as it is, exactly, and a review may pass it over.
#[inline(always)]
pub(super) fn follow<L: Lane>(
    reliability: &mut L,
    sent: L,
    asked: L,
    base_flow: f64,
    behaviour: &Behaviour<L>,
) {
    let tiny = L::splat(SMALL * base_flow + DUST);
    let sent = L::where_less(asked * (1.0 - 1e-14), sent, asked, sent);
    let seen = (sent + tiny) / (asked + tiny);
    *reliability = reliability.towards(seen, behaviour.reliability_speed);
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

/// What was dispatched on each link in the week that has just ended, in the order of [`crate::state::Trade::sales`].
pub fn shipped<'a, L: Lane>(
    state: &'a State<L>,
    network: &'a Network,
) -> impl Iterator<Item = (usize, L)> + 'a {
    let (trade, rated) = (&state.links.trade, &state.policy.rated);
    trade.sales.iter().zip(&state.links.sold_share).map(move |(sale, share)| {
        let link = sale.link as usize;
        let purchase = &trade.purchases[link];
        if purchase.place != UNCONTROLLED {
            return (link, state.control.shipped[purchase.place as usize]);
        }
        if let Some(order) = state.links.order.get(link) {
            return (link, *order - state.links.owed[link]);
        }
        let bid = &state.board.bids[sale.buyer as usize];
        let first = first_of(sale.first, link, rated, network);
        let fill = state.board.terms[purchase.seller as usize].fill.of(bid.rank);
        let (by_contract, by_spot) = filled(*share * bid.ordered, first, fill);
        (link, by_contract + by_spot)
    })
}
