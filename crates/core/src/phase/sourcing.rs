//! Phase 9, every four weeks: supplier shares move by habit towards what price and reliability suggest.
//!
//! In words and with its notation: docs/model.md#sourcing.

use crate::behaviour::Behaviour;
use crate::lanes::Lane;
use crate::network::Network;
use crate::state::{Control, Inputs, Links, Markets, Outputs, Policy, QUALIFIED, UNCONTROLLED};
use crate::week::REVIEW_WEEKS;

/// Moves supplier shares.
///
/// ```text
/// r(l)      = ln(delivered(l)/delivered₀(l)) − Σ share·ln(delivered/delivered₀)
/// choice(l) = −k_p·beyond(r(l), band) − k_r·max(0, threshold − reliability(l))
/// h         = min(1, h₀·4/T_switch)                 T_switch: weeks that a change of supplier takes
/// share(l) ← (1−h)·share(l) + h·w(l)·e^choice(l) / Σ w·e^choice
/// ```
/// `w` is the share at rest, for a supplier that has been qualified since its entry share, for one that is not zero.
/// `beyond` is zero inside the dead band. Without the band cheaper seller, more orders, less stock, dearer
/// seller is an unstable loop.
#[inline(always)]
pub fn adapt<L: Lane>(
    links: &mut Links<L>,
    outputs: &Outputs<L>,
    control: &Control<L>,
    markets: &Markets<L>,
    behaviour: &Behaviour<L>,
    network: &Network,
) {
    for input in &network.inputs {
        let range = network.links_of(input);
        // the loop over links runs three times; `order` is free until next week and holds what is between
        let mut mean = L::zero();
        for l in range.clone() {
            let link = &network.links[l];
            let posted = outputs.price[link.seller.at()];
            let posted = match control.place[l] {
                UNCONTROLLED => posted,
                place => control.spot_price(place as usize, posted, markets),
            };
            let delivered = posted * (1.0 + link.tariff) + L::splat(link.freight);
            let ratio = (delivered * (1.0 / link.reference_delivered(network))).ln();
            links.order[l] = ratio;
            mean += links.share[l] * ratio;
        }
        let mut total = L::zero();
        for l in range.clone() {
            let relative = (links.order[l] - mean).beyond(behaviour.sourcing_price_band);
            let unreliable = (behaviour.reliability_threshold - links.reliability[l]).positive();
            let choice = -(behaviour.sourcing_price * relative) - behaviour.sourcing_reliability * unreliable;
            let usual = match links.candidate[l] {
                QUALIFIED => L::splat(network.links[l].base_share),
                place => {
                    let entry = L::splat(network.links[l].entry_share);
                    L::where_less(L::zero(), links.qualification[place as usize], L::zero(), entry)
                }
            };
            let weight = choice.exp() * usual;
            links.order[l] = weight;
            total += weight;
        }
        let per_review = f64::from(REVIEW_WEEKS) / input.switching_weeks;
        let speed = (behaviour.sourcing_speed * per_review).min(L::one());
        let scale = L::one() / total.max(L::splat(1e-300));
        for l in range {
            links.share[l] = links.share[l].towards(links.order[l] * scale, speed);
        }
    }
}

/// Qualifies suppliers: started by a shortage or by a strategy, and then carried through.
///
/// ```text
/// start when fill(i) < trigger, or a strategy says so
/// left(l) ← left(l) − 4 once started;   qualified at left ≤ 0;   left = T_qual/factor before the start
/// ```
#[inline(always)]
pub fn qualify<L: Lane>(
    links: &mut Links<L>,
    inputs: &Inputs<L>,
    policy: &Policy<L>,
    behaviour: &Behaviour<L>,
    network: &Network,
) {
    for (l, link) in network.links.iter().enumerate() {
        let place = match links.candidate[l] {
            QUALIFIED => continue,
            place => place as usize,
        };
        let i = link.buyer.at();
        let all = L::splat(network.inputs[i].qualification_weeks) / behaviour.qualification_speed;
        let left = links.qualification[place];
        let told = policy.qualify.get(i).copied().unwrap_or(L::zero());
        let short = L::where_less(inputs.fill_rate[i], behaviour.qualification_trigger, L::one(), L::zero());
        let begun = L::where_less(left, all, L::one(), L::zero());
        let works = told.max(short).max(begun).min(L::one());
        links.qualification[place] = (left - works * f64::from(REVIEW_WEEKS)).positive();
    }
}
