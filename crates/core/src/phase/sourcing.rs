//! Every four weeks supplier shares move by habit towards what price and reliability suggest.
//!
//! In words and with its notation: docs/model.md#sourcing.

use crate::behaviour::Behaviour;
use crate::lanes::{Lane, TINY};
use crate::network::{Link, Network};
use crate::phase::parcel::{filled, follow, sees_weekly};
use crate::plan::Now;
use crate::state::{
    Control, DeliveryRecord, Inputs, Links, Markets, Outputs, Plants, Policy, Purchase, QUALIFIED,
    UNCONTROLLED, Usual, entry,
};
use crate::time::REVIEW_WEEKS;

/// What sellers ask, as their buyers see it in a review.
#[derive(Clone, Copy)]
pub struct Asked<'a, L> {
    /// How each seller stands.
    pub records: &'a [DeliveryRecord<L>],
    /// Which links are controlled.
    pub control: &'a Control<L>,
    /// What goods cost that come round controls.
    pub markets: &'a Markets<L>,
}

impl<L: Lane> Asked<'_, L> {
    /// What a supplier asks on a link, before tariff and freight of the link's own: on a controlled link the mean of what may
    /// ship.
    #[inline(always)]
    fn price(&self, purchase: &Purchase) -> L {
        let posted = self.records[purchase.seller as usize].price;
        match purchase.place {
            UNCONTROLLED => posted,
            place => self.control.mean_price(place as usize, posted, self.markets),
        }
    }
}

/// Moves supplier shares.
///
/// ```text
/// r(l)      = ln(delivered(l)/delivered₀(l)) − Σ share·ln(delivered/delivered₀)
/// choice(l) = −k_p·beyond(r(l), band) − k_r·max(0, threshold − reliability(l))
/// h         = min(1, h₀·4/T_switch)                 T_switch: weeks that a change of supplier takes
/// share(l) ← (1−h)·share(l) + h·w(l)·open(l)·e^choice(l) / Σ w·open·e^choice
/// ```
/// A buyer under a cap then takes less from capped sellers. `w` is the share at the reference level, for a supplier that has been qualified since its entry share, for one that is not zero.
/// `open` is the seller's
/// capacity over that at the reference level (of a project: over that when it is complete), and zero while it is idle: who adds capacity
/// gets more of what grows. `beyond` is zero inside the dead band. Without the band cheaper seller, more orders, less stock, costlier
/// seller is an unstable loop.
#[inline(never)]
pub fn adapt<L: Lane>(
    links: &mut Links<L>,
    shares: &mut [L],
    inputs: &Inputs<L>,
    policy: &Policy<L>,
    asked: Asked<'_, L>,
    now: Now<'_, L>,
) {
    let (network, behaviour) = (now.network, &now.replicates.behaviour);
    let records = asked.records;
    let weekly = sees_weekly(links, policy);
    for (i, input) in network.inputs.iter().enumerate() {
        let range = network.links_of(input);
        if !weekly {
            update_reliability(links, shares, inputs, records, i, now);
        }
        // the loop over links runs three times; the room for parcels is free until next week and holds what is between
        let suppliers = Suppliers {
            usual: &links.trade.usual[range.clone()],
            purchases: &links.trade.purchases[range.clone()],
            candidates: &links.candidate[range.clone()],
            reliability: &links.reliability[range.clone()],
            qualification: &links.qualification,
        };
        let (mine, room) = (&mut shares[range.clone()], &mut links.parcels[..range.len()]);
        let mean = suppliers.compare(room, mine, asked);
        let total = suppliers.weigh(room, mine, mean, records, behaviour);
        if let Some(most) = policy.origin_cap.get(i) {
            keep_to_cap(room, suppliers.reliability, &policy.capped[range], *most, total);
        }
        let per_review = f64::from(REVIEW_WEEKS) / input.switching_weeks;
        let speed = (behaviour.sourcing_speed * per_review).min(L::one());
        let scale = L::one() / total.max(L::splat(TINY));
        for (share, weight) in mine.iter_mut().zip(&*room) {
            *share = share.towards(*weight * scale, speed);
        }
    }
}

/// The suppliers of one buyer, link by link.
struct Suppliers<'a, L> {
    usual: &'a [Usual],
    purchases: &'a [Purchase],
    candidates: &'a [u32],
    reliability: &'a [L],
    /// Of all candidates.
    qualification: &'a [L],
}

impl<L: Lane> Suppliers<'_, L> {
    /// Puts `ln(delivered/delivered₀)` of all that have a say into `ratios`; gives the mean by share.
    #[inline(always)]
    fn compare(&self, ratios: &mut [L], shares: &[L], asked: Asked<'_, L>) -> L {
        let mut mean = L::zero();
        let suppliers = self.usual.iter().zip(self.purchases).zip(self.candidates);
        for (((usual, purchase), candidate), (ratio, share)) in suppliers.zip(ratios.iter_mut().zip(shares)) {
            if self.is_out(*candidate, *share) {
                continue;
            }
            let delivered = asked.price(purchase) * purchase.landed + L::splat(purchase.freight);
            *ratio = (delivered * usual.per_price).ln();
            mean += *share * *ratio;
        }
        mean
    }

    /// Turns these into weights; gives their sum.
    #[inline(always)]
    fn weigh(
        &self,
        weights: &mut [L],
        shares: &[L],
        mean: L,
        records: &[DeliveryRecord<L>],
        behaviour: &Behaviour<L>,
    ) -> L {
        let mut total = L::zero();
        let suppliers = self.usual.iter().zip(self.purchases).zip(self.candidates).zip(self.reliability);
        for ((((usual, purchase), candidate), reliability), (weight, share)) in
            suppliers.zip(weights.iter_mut().zip(shares))
        {
            if self.is_out(*candidate, *share) {
                *weight = L::zero();
                continue;
            }
            let relative = (*weight - mean).beyond(behaviour.sourcing_price_band);
            let unreliable = (behaviour.reliability_threshold - *reliability).positive();
            let choice = -(behaviour.sourcing_price * relative) - behaviour.sourcing_reliability * unreliable;
            let liked = if choice == L::zero() { L::one() } else { choice.exp() };
            *weight = liked * self.usual(*candidate, usual.share) * records[purchase.seller as usize].open;
            total += *weight;
        }
        total
    }

    /// Whether a supplier is not qualified in any replicate and gets nothing: it has no say in the choice.
    #[inline(always)]
    fn is_out(&self, candidate: u32, share: L) -> bool {
        match candidate {
            QUALIFIED => false,
            place => {
                let left = self.qualification[place as usize];
                share == L::zero() && left.min(L::splat(f64::MIN_POSITIVE)) == L::splat(f64::MIN_POSITIVE)
            }
        }
    }

    /// Weight of a supplier of whom nothing is expensive or unreliable: its share at the reference level, or once qualified its entry share.
    #[inline(always)]
    fn usual(&self, candidate: u32, share: f64) -> L {
        match candidate {
            QUALIFIED => L::splat(share),
            place => L::where_less(L::zero(), self.qualification[place as usize], L::zero(), L::splat(share)),
        }
    }
}

/// What sellers have to say when their buyers review them.
#[inline(never)]
pub fn publish_records<L: Lane>(
    records: &mut [DeliveryRecord<L>],
    outputs: &Outputs<L>,
    plants: &Plants<L>,
    now: Now<'_, L>,
) {
    let network = now.network;
    for (o, (record, output)) in records.iter_mut().zip(&network.outputs).enumerate() {
        let a = output.agent.at();
        record.price = outputs.price[o];
        record.open = plants.running[a] * plants.installed[a] * (1.0 / network.agents[a].capacity);
    }
}

/// How reliable a buyer's suppliers were in the weeks since the last review, on links that no event touches.
///
/// ```text
/// reliability(l) ← reliability(l) + s_r·(shipped(l)/ordered(l) − reliability(l))        each week
/// ```
#[inline(always)]
fn update_reliability<L: Lane>(
    links: &mut Links<L>,
    shares: &[L],
    inputs: &Inputs<L>,
    records: &[DeliveryRecord<L>],
    i: usize,
    now: Now<'_, L>,
) {
    let (network, behaviour) = (now.network, &now.replicates.behaviour);
    const WEEKS: usize = REVIEW_WEEKS as usize;
    let orders = &inputs.orders[i * WEEKS..(i + 1) * WEEKS];
    let ranks = inputs.ranks.get(i * WEEKS..(i + 1) * WEEKS).unwrap_or_default();
    let range = network.links_of(&network.inputs[i]);
    let seen = links.trade.purchases[range.clone()].iter().zip(&shares[range.clone()]);
    for (((purchase, share), reliability), usual) in
        seen.zip(&mut links.reliability[range.clone()]).zip(&links.trade.usual[range])
    {
        let record = &records[purchase.seller as usize];
        if purchase.place != UNCONTROLLED || *reliability == L::one() && record.delivers {
            continue;
        }
        let first = L::splat(purchase.first);
        for (week, (ordered, fill)) in orders.iter().zip(&record.fills).enumerate() {
            let order = *share * *ordered;
            let rank = ranks.get(week).copied().unwrap_or(L::one());
            let (by_contract, by_spot) = filled(order, first, fill.of(rank));
            follow(reliability, by_contract + by_spot, order, usual.flow, behaviour);
        }
    }
}

/// Holds what a buyer wants from capped sellers to a share of all, as far as the others deliver.
///
/// ```text
/// C = Σ w over capped links;   O = W − C;   R = Σ w·reliability over the others / O
/// most′ = most + (1 − most)·(1 − R)                           who cannot get it elsewhere is exempt
/// w(l) ← w(l)·most′·W/C on capped links,  w(l)·(1 − most′)·W/O on the others           where C > most′·W and O > 0
/// ```
#[inline(always)]
fn keep_to_cap<L: Lane>(weights: &mut [L], reliability: &[L], capped: &[bool], most: L, total: L) {
    let (mut from_capped, mut delivered) = (L::zero(), L::zero());
    for ((weight, reliability), capped) in weights.iter().zip(reliability).zip(capped) {
        if *capped {
            from_capped += *weight;
        } else {
            delivered += *weight * reliability.min(L::one());
        }
    }
    let others = total - from_capped;
    let tiny = L::splat(TINY);
    // what others have is not zero by rounding only
    let exist = L::where_less(total * 1e-6, others, L::one(), L::zero());
    let reliable = delivered / others.max(tiny) * exist;
    let most = most + (L::one() - most) * (L::one() - reliable);
    let over = L::where_less(most * total, from_capped, L::one(), L::zero());
    let fewer = L::one().towards(most * total / from_capped.max(tiny), over);
    let more = L::one().towards((L::one() - most) * total / others.max(tiny), over * exist);
    for (weight, capped) in weights.iter_mut().zip(capped) {
        *weight = *weight * if *capped { fewer } else { more };
    }
}

/// Qualifies suppliers: started by a shortage or by a strategy, and then carried through.
///
/// ```text
/// start when fill(i) < trigger, or a strategy says so, or when a project that the buyer would buy from is being built
/// left(l) ← left(l) − 4 once started;   qualified at left ≤ 0;   left = T_qual/factor before the start
/// ```
#[inline(never)]
pub fn qualify<L: Lane>(
    links: &mut Links<L>,
    inputs: &Inputs<L>,
    policy: &Policy<L>,
    plants: &Plants<L>,
    now: Now<'_, L>,
) {
    let (network, behaviour) = (now.network, &now.replicates.behaviour);
    for (l, link) in network.links.iter().enumerate() {
        let place = match links.candidate[l] {
            QUALIFIED => continue,
            place => place as usize,
        };
        let i = link.buyer.at();
        let all = L::splat(network.inputs[i].qualification_weeks) / behaviour.qualification_speed;
        let left = links.qualification[place];
        let required = policy.qualify.get(i).copied().unwrap_or(L::zero());
        let short = L::where_less(inputs.fill_rate[i], behaviour.qualification_trigger, L::one(), L::zero());
        let begun = L::where_less(left, all, L::one(), L::zero());
        let working = required.max(short).max(begun).max(coming(policy, network, link)).min(L::one());
        let working = working * exists(plants, network, link);
        links.qualification[place] = (left - working * f64::from(REVIEW_WEEKS)).positive();
    }
}

/// 1 where a supplier can be tested: it stands, or is being built.
#[inline(always)]
fn exists<L: Lane>(plants: &Plants<L>, network: &Network, link: &Link) -> L {
    let a = network.outputs[link.seller.at()].agent.at();
    let adding = entry(&plants.adding, a);
    L::where_less(L::zero(), plants.installed[a] + adding, L::one(), L::zero())
}

/// 1 where a supplier that has nothing at the reference level is being built for the buyer, or has agreed a sale with it.
#[inline(always)]
fn coming<L: Lane>(policy: &Policy<L>, network: &Network, link: &Link) -> L {
    let a = network.outputs[link.seller.at()].agent.at();
    let agreed = entry(&policy.support.agreed, a);
    if network.agents[a].base_activity > 0.0 { agreed } else { L::one() }
}
