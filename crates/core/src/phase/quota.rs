//! Phase 6, second part: a tonnage quota is a pool with a licence rent per gross tonne.
//!
//! In words and with its notation: docs/model.md#quotas.

use crate::behaviour::Behaviour;
use crate::lanes::Lane;
use crate::network::Network;
use crate::phase::production::margin_response;
use crate::plan::{Draw, Now, QuotaRule, Week};
use crate::state::{Control, Inputs, Markets, Outputs, Pool, PoolGroup};

/// Halvings of the interval in which the clearing rent is sought.
const HALVINGS: usize = 40;

/// Rations the pool and moves the rent.
///
/// ```text
/// a       = tonnes left / weeks left                          unused tonnes lapse at the end of the period
/// leaked  = leak·unseen·ρ/(p + ρ)·wanted;   wanted ← wanted − leaked          ρ, p per gross tonne, of last week
/// ρ*      = least ρ ≥ 0 with Σ wanted·((p + ρ)/p)^(−ε_ρ)·response(worth/(p + ρ)) ≤ a      over commodities
/// ρ      ← ρ + s_ρ·(ρ* − ρ) where ρ* > ρ,   max(ρ*, (1 − δ_ρ)·ρ) elsewhere
/// drawn   = wanted·((p + ρ)/p)^(−ε_ρ)·response(worth/(p + ρ))   at the rent of this week
/// legal  ← drawn·min(1, a / Σ gross·drawn)
/// delivered = (p + ρ·gross)·(1 + duty)
/// ```
/// The rent per gross tonne is the same for every commodity: on a cheap one it is a multiple of the price. It is paid to
/// the licence holder and enters neither the posted price nor the cost anchor. Holders hold out: where the rent stands
/// above the one that clears, part of the pool is not drawn. Smuggling pays by the share of the price that is
/// rent: most for what is cheap at home. It takes trade from the pool, so it lowers the rent, and sells at the price that the
/// rent makes.
#[inline(always)]
pub fn allow<L: Lane>(
    control: &mut Control<L>,
    inputs: &mut Inputs<L>,
    outputs: &Outputs<L>,
    markets: &Markets<L>,
    (rule, draw, place_of_pool): (&QuotaRule, &Draw<L>, usize),
    now: Now<'_, L>,
) {
    let (network, behaviour) = (now.network, &now.future.behaviour);
    let intensity = draw.intensity(now.week);
    let in_force = L::where_less(L::zero(), intensity, L::one(), L::zero());
    refill(&mut control.pools[place_of_pool], rule, draw, in_force, now.week);
    let asked = smuggle(control, rule, place_of_pool, in_force);
    want(control, inputs, outputs, markets, network, rule, place_of_pool);
    let pool = &mut control.pools[place_of_pool];
    let clearing = clearing_rent(pool, behaviour) * in_force;
    let rises = pool.rent + behaviour.rent_speed * (clearing - pool.rent);
    let falls = clearing.max(pool.rent * (L::one() - behaviour.rent_decay));
    let rent = L::where_less(pool.rent, clearing, rises, falls) * in_force;
    pool.rent = rent;
    pool.asked = asked;
    let drawn = pool.groups.iter().fold(L::zero(), |sum, g| sum + g.wanted * g.kept(rent, behaviour));
    let share = (pool.allowance / drawn.max(L::splat(1e-300))).min(L::one());
    let share = L::where_less(L::zero(), in_force, share, L::one());
    for (g, group) in rule.groups.iter().enumerate() {
        let kept = control.pools[place_of_pool].groups[g].kept(rent, behaviour);
        let kept = L::where_less(L::zero(), in_force, kept, L::one());
        for link in &group.links {
            let place = control.place[link.at()] as usize;
            let wanted = control.legal[place];
            let drawn = wanted * kept;
            // what a buyer will not pay the rent for he does not ask for
            control.asked[place] -= wanted - drawn;
            inputs.ordered[network.links[link.at()].buyer.at()] -= wanted - drawn;
            control.legal[place] = drawn * share;
            control.stopped[place] += drawn - drawn * share;
            control.rent[place] = rent * group.gross;
        }
    }
}

/// The week's allowance; a new period starts with a full pool, and so does a new step of the schedule.
#[inline(always)]
fn refill<L: Lane>(pool: &mut Pool<L>, rule: &QuotaRule, draw: &Draw<L>, in_force: L, week: Week) {
    let step = rule.step(week);
    let weekly = match step {
        Some((tonnes, _)) => L::splat(tonnes),
        None => (L::one() - draw.magnitude).positive() * rule.base_tonnes_per_week,
    };
    let left = if step.is_some_and(|(_, starts)| starts) { L::zero() } else { pool.weeks_left };
    let over = L::where_less(left, L::splat(0.5), L::one(), L::zero());
    let period = L::splat(rule.period_weeks);
    pool.left = L::where_less(L::zero(), over, weekly * period, pool.left) * in_force;
    pool.weeks_left = L::where_less(L::zero(), over, period, pool.weeks_left) * in_force;
    pool.allowance = pool.left / pool.weeks_left.max(L::one());
}

/// Takes what is smuggled out of what is wanted; gives all that was wanted, gross tonnes.
#[inline(always)]
fn smuggle<L: Lane>(control: &mut Control<L>, rule: &QuotaRule, pool: usize, in_force: L) -> L {
    let mut asked = L::zero();
    for (g, group) in rule.groups.iter().enumerate() {
        let (rent, price) = (control.pools[pool].rent, control.pools[pool].groups[g].price);
        let pays = rent / (price + rent).max(L::splat(1e-9)) * in_force;
        for link in &group.links {
            let place = control.place[link.at()] as usize;
            let wanted = control.legal[place];
            let leaked = control.leak[place] * control.unseen[place] * pays * wanted;
            asked += wanted * group.gross;
            control.leaked[place] += leaked;
            control.legal[place] -= leaked;
        }
    }
    asked
}

/// What each commodity's buyers want of the pool, pay and could pay.
#[inline(always)]
fn want<L: Lane>(
    control: &mut Control<L>,
    inputs: &Inputs<L>,
    outputs: &Outputs<L>,
    markets: &Markets<L>,
    network: &Network,
    rule: &QuotaRule,
    pool: usize,
) {
    let tiny = L::splat(1e-300);
    for (g, group) in rule.groups.iter().enumerate() {
        let (mut wanted, mut paid, mut worth) = (L::zero(), L::zero(), L::zero());
        for link in &group.links {
            let place = control.place[link.at()] as usize;
            let link = &network.links[link.at()];
            let legal = control.legal[place];
            wanted += legal;
            paid += legal * outputs.price[link.seller.at()] * markets.markup(control.market[place]);
            worth += legal * inputs.worth[link.buyer.at()];
        }
        let per_tonne = L::one() / wanted.max(tiny) * (1.0 / group.gross);
        let group_state = &mut control.pools[pool].groups[g];
        group_state.wanted = wanted * group.gross;
        group_state.price = (paid * per_tonne).max(L::splat(1e-9));
        group_state.worth = worth * per_tonne;
    }
}

/// The least rent at which wanted orders fit the allowance.
#[inline(always)]
fn clearing_rent<L: Lane>(pool: &Pool<L>, behaviour: &Behaviour<L>) -> L {
    let wanted_at = |rent: L| {
        pool.groups.iter().fold(L::zero(), |sum, group| sum + group.wanted * group.kept(rent, behaviour))
    };
    let allowance = pool.allowance * (1.0 + 1e-9);
    let (mut low, mut high) = (L::zero(), L::zero());
    for group in &pool.groups {
        high = high.max(group.worth * 1.5);
    }
    for _ in 0..HALVINGS {
        let middle = (low + high) * 0.5;
        let too_much = wanted_at(middle) - allowance;
        low = L::where_less(L::zero(), too_much, middle, low);
        high = L::where_less(L::zero(), too_much, high, middle);
    }
    let too_much = wanted_at(L::zero()) - allowance;
    L::where_less(L::zero(), too_much, high, L::zero())
}

impl<L: Lane> PoolGroup<L> {
    /// Share of what is wanted that is still wanted at a rent.
    #[inline(always)]
    fn kept(&self, rent: L, behaviour: &Behaviour<L>) -> L {
        let delivered = self.price + rent;
        let dearer = (delivered / self.price).ln();
        (-(behaviour.rent_elasticity * dearer)).exp() * margin_response(self.worth / delivered)
    }
}

/// Takes what was shipped out of the pool.
#[inline(never)]
pub fn settle<L: Lane>(control: &mut Control<L>, rule: &QuotaRule, pool: usize) {
    let mut used = L::zero();
    for group in &rule.groups {
        for link in &group.links {
            used += control.shipped_legally[control.place[link.at()] as usize] * group.gross;
        }
    }
    let pool = &mut control.pools[pool];
    pool.used = used;
    pool.left = (pool.left - used).positive();
    pool.weeks_left = (pool.weeks_left - L::one()).positive();
}
