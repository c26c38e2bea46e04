//! A good that is quoted has one price: its sellers ask what the country asks that sells most of it.
//!
//! In words and with its notation: docs/model.md#benchmark.

use crate::id::LinkId;
use crate::lanes::Lane;
use crate::plan::Now;
use crate::state::{Control, Outputs, Policy, UNCONTROLLED, entry};

/// Moves what sellers ask towards the benchmark.
///
/// ```text
/// B   = Σ share(o)·(ask(o) − ln p₀(o))                               over the sellers of the country that sells most
/// ask ← (1 − ι)·ask + ι·(ln p₀ + B)                                  there
/// D   = Σ share(l)·(ln((p + ρ·g)·(1 + duty)·(1 + tariff)) − ln p)    over its exports to the regions of a seller's buyers
/// ι′  = ι·(1 − max over regions Σ share(l)·b(l))⁺                    b: how far caps and licences bind on them
/// ask ← (1 − ι′)·ask + ι′·(ln p₀ + B + D)                            elsewhere
/// ```
/// What a control keeps at home says nothing of what goods cost abroad: a seller some of whose buyers cannot get them goes by its
/// own orders.
#[inline(never)]
pub fn follow<L: Lane>(outputs: &mut Outputs<L>, control: &Control<L>, policy: &Policy<L>, now: Now<'_, L>) {
    let weight = now.replicates.behaviour.benchmark_weight;
    for benchmark in &now.network.benchmarks {
        let risen = benchmark.makers.iter().fold(L::zero(), |sum, maker| {
            sum + (outputs.asking[maker.output.at()] - L::splat(maker.log_reference)) * maker.share
        });
        for maker in &benchmark.makers {
            let ask = &mut outputs.asking[maker.output.at()];
            *ask = ask.towards(L::splat(maker.log_reference) + risen, weight);
        }
        for follower in &benchmark.followers {
            let (mut added, mut bound) = (L::zero(), L::zero());
            if !control.idle {
                for (region, share) in &follower.sells {
                    let to = abroad(&benchmark.exports[*region], outputs, control, policy, now);
                    added += to.0 * *share;
                    bound = bound.max(to.1);
                }
            }
            let weight = weight * (L::one() - bound).positive();
            let ask = &mut outputs.asking[follower.output.at()];
            *ask = ask.towards(L::splat(follower.log_reference) + risen + added, weight);
        }
    }
}

/// What rents and duties add to the price of exports to a region, as a logarithm, and how far caps and licences bind on them.
#[inline(always)]
fn abroad<L: Lane>(
    exports: &[(LinkId, f64)],
    outputs: &Outputs<L>,
    control: &Control<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
) -> (L, L) {
    let (mut added, mut bound) = (L::zero(), L::zero());
    for (link, share) in exports {
        let place = control.place[link.at()];
        if place != UNCONTROLLED {
            let seller = now.network.links[link.at()].seller.at();
            let licensed = control.licensed_price(place as usize, outputs.price[seller]);
            added += (licensed.ln() - outputs.log_price[seller]) * *share;
            bound += entry(&policy.depths.control_bite.mean, place as usize) * *share;
        }
    }
    (added, bound)
}
