//! A seller that is short serves first those for whom a stopped line costs most.
//!
//! In words and with its notation: docs/model.md#triage.

use crate::lanes::{self, Lane, TINY};
use crate::network::{Input, Network, Role};
use crate::plan::Replicates;
use crate::state::{Fill, Inputs, stakes};
use crate::time::{REVIEW_WEEKS, Week};

/// Steps towards a level of service at most; it settles once for each group of buyers that is served in full.
const STEPS: usize = 32;
/// Share of what is rationed that may be left over.
const LEFT: f64 = 1e-13;
/// Level at which everybody is served in full.
const PLENTY: f64 = 1e300;
/// Least share of an order that its buyer needs.
const LEAST_NEED: f64 = 1e-6;

/// Logarithm of what each buyer has at stake over the price of the good, where any replicate has the rule; none of reserves, who
/// buy to keep, and of buyers of scrap, which nobody makes to order.
pub(crate) fn log_stakes<L: Lane>(network: &Network, replicates: &Replicates<L>) -> Option<Vec<Option<f64>>> {
    if replicates.behaviour.triage == L::zero() {
        return None;
    }
    let mut made_to_order = vec![false; network.commodities.len()];
    for output in &network.outputs {
        let collected = network.collectors.iter().any(|collector| collector.agent == output.agent);
        made_to_order[output.commodity.at()] |= output.drives && !collected;
    }
    let of = |(input, stake): (&Input, f64)| {
        let keeps = matches!(network.agents[input.agent.at()].role, Role::Reserve);
        let price = network.commodities[input.commodity.at()].reference_price;
        let ranked = made_to_order[input.commodity.at()] && !keeps;
        ranked.then(|| lanes::ln(stake) - lanes::ln(price))
    };
    Some(network.inputs.iter().zip(stakes(network)).map(of).collect())
}

impl<L: Lane> Inputs<L> {
    /// What is at stake, to the power κ.
    pub(crate) fn rank_by(&mut self, log_stakes: &[Option<f64>], replicates: &Replicates<L>) {
        let power = replicates.behaviour.triage;
        let stake = |log: &Option<f64>| log.map(|log| (power * log).exp());
        self.stake = log_stakes.iter().map(stake).collect();
        self.ranks = vec![L::one(); log_stakes.len() * REVIEW_WEEKS as usize];
    }
}

/// Weight of a tonne that a buyer orders: what is at stake on it, less what it orders beyond its need.
///
/// ```text
/// rank(i) = min(1, need/order)·(stake/p₀)^κ        1 where κ = 0;   need: what would be used if this input alone were plenty
/// ```
#[inline(always)]
pub(super) fn rank<L: Lane>(inputs: &mut Inputs<L>, i: usize, power: L, week: Week) -> L {
    let Some(Some(stake)) = inputs.stake.get(i).copied() else { return L::one() };
    let need = (inputs.potential_use[i] / inputs.ordered[i].max(L::splat(TINY))).clip(LEAST_NEED, 1.0);
    let rank = L::where_less(L::zero(), power, stake * need, L::one());
    inputs.ranks[i * REVIEW_WEEKS as usize + (week % REVIEW_WEEKS) as usize] = rank;
    rank
}

/// What may ship to a buyer of a seller that is short.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim<L> {
    /// Under contract, or rated.
    pub(super) contract: L,
    /// As spot.
    pub(super) spot: L,
    /// Weight of a tonne.
    pub(super) rank: L,
    /// Whether its bill is settled here as one from abroad.
    pub(super) abroad: bool,
}

/// Levels at which what a seller has serves contracts, and then spot: each as far as it goes of what is asked. Where it covers
/// what is asked in all, everybody is served in full. The levels of last week are near.
///
/// ```text
/// Σ order·min(1, λ·rank) = what there is
/// ```
pub(super) fn levels<L: Lane>(claims: &[Claim<L>], contract: (L, L), all: (L, L), last: Fill<L>) -> Fill<L> {
    let plenty = L::splat(PLENTY);
    let for_contract = level(claims, |claim| claim.contract, contract.0, last.contract);
    let for_spot = level(claims, |claim| claim.spot, all.0 - contract.0, last.spot);
    Fill {
        contract: L::where_less(contract.0, contract.1, for_contract, plenty),
        spot: L::where_less(all.0, all.1, for_spot, plenty),
    }
}

/// One of them. What is served grows with the level, ever more slowly, so a step of Newton's never ends above it, and steps from
/// below end where it is met.
fn level<L: Lane>(claims: &[Claim<L>], of: impl Fn(&Claim<L>) -> L, target: L, last: L) -> L {
    let weights = claims.iter().fold(L::zero(), |sum, claim| sum + of(claim) * claim.rank);
    let least = target / weights.max(L::splat(TINY));
    let mut level = L::where_less(last, L::splat(PLENTY), last.max(least), least);
    for _ in 0..STEPS {
        let (mut served, mut open) = (L::zero(), L::zero());
        for claim in claims {
            let weight = of(claim) * claim.rank;
            let offered = level * weight;
            served += offered.min(of(claim));
            open += L::where_less(offered, of(claim), weight, L::zero());
        }
        // each lane stops where it is met, whatever those beside it do
        let left = target - served;
        let away = L::where_less(target * LEFT, left.max(-left), left / open.max(L::splat(TINY)), L::zero());
        if away == L::zero() {
            break;
        }
        level = L::where_less(L::zero(), away.max(-away), (level + away).max(least), level);
    }
    level
}

/// What goes abroad under no control, under contract and as spot.
pub(super) fn sent_abroad<L: Lane>(claims: &[Claim<L>], level: Fill<L>) -> (L, L) {
    let free = claims.iter().filter(|claim| claim.abroad);
    free.fold((L::zero(), L::zero()), |(contract, spot), claim| {
        let fill = level.of(claim.rank);
        (contract + claim.contract * fill.contract, spot + claim.spot * fill.spot)
    })
}

impl<L: Lane> Fill<L> {
    /// Everybody is served in full.
    #[inline(always)]
    pub(super) fn all() -> Self {
        Self { contract: L::splat(PLENTY), spot: L::splat(PLENTY) }
    }

    /// Shares of a buyer's orders that are filled.
    #[inline(always)]
    pub(super) fn of(self, rank: L) -> Self {
        let one = L::one();
        Self { contract: (self.contract * rank).min(one), spot: (self.spot * rank).min(one) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(spot: f64, rank: f64) -> Claim<f64> {
        Claim { contract: 0.0, spot, rank, abroad: false }
    }

    #[test]
    fn what_one_cannot_take_goes_to_the_others_and_nobody_gets_more_than_it_ordered() {
        // 20 t of weight ten, 80 of one. 15 t: level 15/280, so 10.7 and 4.3; 50 t: 20, and 30 of 80
        let claims = [claim(80.0, 1.0), claim(20.0, 10.0)];
        for (there_is, small) in [(15.0, 200.0 * 15.0 / 280.0), (50.0, 20.0)] {
            let level = levels(&claims, (0.0, 0.0), (there_is, 100.0), Fill::all());
            let [large, got] = claims.map(|claim| claim.spot * level.of(claim.rank).spot);
            assert!((got - small).abs() < 1e-9 && (large - (there_is - small)).abs() < 1e-9, "{got} {large}");
        }
    }

    #[test]
    fn many_weights_over_many_orders_of_magnitude_are_settled_exactly() {
        let claims: Vec<Claim<f64>> = (0..30_u32)
            .map(|k| claim(1.0 + f64::from(k), [1.0, 10.0, 1e3, 1e6, 1e10, 1e14][k as usize % 6]))
            .collect();
        let all: f64 = claims.iter().map(|claim| claim.spot).sum();
        let mut last = Fill::all();
        for part in [0.5, 0.001, 0.1, 0.999_999, 0.3, 0.9, 0.001] {
            let level = levels(&claims, (0.0, 0.0), (part * all, all), last);
            last = level;
            let sent: f64 = claims.iter().map(|claim| claim.spot * level.of(claim.rank).spot).sum();
            assert!((sent / (part * all) - 1.0).abs() < 1e-12, "{part}: {sent}");
        }
        assert!(
            claims
                .iter()
                .all(|claim| levels(&claims, (0.0, 0.0), (all, all), Fill::all()).of(claim.rank).spot == 1.0)
        );
    }
}
