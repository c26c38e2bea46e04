//! Phase 9, every four weeks: supplier shares move by habit towards what price and reliability suggest.

use crate::lanes::Lane;
use crate::network::Network;
use crate::plan::Behaviour;
use crate::state::{Control, Inputs, Links, Outputs, UNCONTROLLED};
use crate::week::REVIEW_WEEKS;

/// Moves supplier shares.
///
/// ```text
/// r(l)      = ln(delivered(l)/delivered₀(l)) − Σ share·ln(delivered/delivered₀)
/// choice(l) = −k_p·beyond(r(l), band) − k_r·max(0, threshold − reliability(l))
/// h         = min(1, h₀·4/T_switch)                 T_switch: weeks that a change of supplier takes
/// share(l) ← (1−h)·share(l) + h·share₀(l)·e^choice(l) / Σ share₀·e^choice
/// ```
/// `beyond` is zero inside the dead band. Without the band cheaper seller, more orders, less stock, dearer
/// seller is an unstable loop. A buyer without suppliers at rest gains none here.
#[inline(always)]
pub fn adapt<L: Lane>(
    links: &mut Links<L>,
    inputs: &Inputs<L>,
    outputs: &Outputs<L>,
    control: &Control<L>,
    behaviour: &Behaviour<L>,
    network: &Network,
) {
    debug_assert_eq!(inputs.stock.len(), network.inputs.len());
    for input in &network.inputs {
        let range = network.links_of(input);
        // the loop over links runs three times; `order` is free until next week and holds what is between
        let mut mean = L::zero();
        for l in range.clone() {
            let link = &network.links[l];
            let markup = match control.place[l] {
                UNCONTROLLED => L::one(),
                place => control.markup[place as usize],
            };
            let posted = outputs.price[link.seller.at()] * markup;
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
            let weight = choice.exp() * network.links[l].base_share;
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
