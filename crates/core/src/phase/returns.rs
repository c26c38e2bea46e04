//! Goods come back at the end of their life, and are collected.
//!
//! In words and with its notation: docs/model.md#returns.

use crate::lanes::Lane;
use crate::plan::Now;
use crate::state::{Agents, Outputs, Plants, Policy, Returns, entry};
use crate::time::SPIN_UP_WEEKS;

/// Ages goods in use by a week and says what collectors can reach.
///
/// ```text
/// x₁ ← x₁ + sold − r·x₁;   xⱼ ← xⱼ + r·x₍ⱼ₋₁₎ − r·xⱼ;   returns = r·x_k          r = k/life
/// by price  = min(most, share·(p/p₀)^ε)·returns
/// in reach  = max(by price, collect·returns)
/// ```
/// An Erlang distribution of lives in `k` compartments: the ages of past sales. `sold` is what was built last week;
/// without trends nothing ages and what returned at the reference level returns permanently.
#[inline(never)]
pub fn come_back<L: Lane>(
    returns: &mut Returns<L>,
    plants: &mut Plants<L>,
    agents: &Agents<L>,
    outputs: &Outputs<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    let network = now.network;
    let ages = now.replicates.trends && now.week >= SPIN_UP_WEEKS;
    let mut from = 0;
    for (place, collector) in network.collectors.iter().enumerate() {
        let mut returned = L::zero();
        for cohort in &collector.cohorts {
            let stocks = &mut returns.ages[from..from + cohort.ages];
            from += cohort.ages;
            let rate = cohort.ages as f64 / cohort.life_weeks;
            let last = stocks[cohort.ages - 1];
            returned += last * rate;
            if !ages {
                continue;
            }
            let mut entering = cohort
                .sources
                .iter()
                .fold(L::zero(), |sum, (p, tonnes)| sum + agents.activity[network.facilities + p] * *tonnes);
            for stock in stocks {
                let leaving = *stock * rate;
                *stock += entering - leaving;
                entering = leaving;
            }
        }
        let a = collector.agent.at();
        let o = network.agents[a].outputs.start as usize;
        let costlier = (outputs.price[o] * (1.0 / network.outputs[o].reference_price)).ln();
        let by_price =
            ((costlier * collector.elasticity).exp() * collector.share).min(L::splat(collector.most));
        let mandated = entry(&policy.support.collect, a);
        let per_activity = 1.0 / network.outputs[o].per_activity;
        returns.returned[place] = returned;
        returns.pushed[place] = returned * (mandated - by_price).positive();
        returns.within_reach[a] =
            L::where_less(by_price, mandated, returned * mandated * per_activity, L::zero());
        plants.installed[a] = returned * by_price.max(mandated) * per_activity;
    }
}
