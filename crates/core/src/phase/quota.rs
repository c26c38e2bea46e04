//! Phase 6, second part: a tonnage quota is a pool with a licence rent per gross tonne.
//!
//! In words and with its notation: docs/model.md#quotas.

use crate::behaviour::Behaviour;
use crate::lanes::Lane;
use crate::network::Network;
use crate::phase::licensing::refuse;
use crate::phase::production::margin_response;
use crate::plan::{Draw, Now, QuotaRule};
use crate::state::{Control, Inputs, Markets, Outputs, Pool, PoolGroup};

/// The rent falls by at most this share a week: licence holders hold out.
const RENT_DECAY: f64 = 0.05;
/// Halvings of the interval in which the clearing rent is sought.
const HALVINGS: usize = 40;

/// Rations the pool and moves the rent.
///
/// ```text
/// a       = tonnes left / weeks left                          unused tonnes lapse at the end of the period
/// ρ*      = least ρ ≥ 0 with Σ wanted·((p + ρ)/p)^(−ε_ρ)·response(worth/(p + ρ)) ≤ a      over commodities
/// ρ      ← ρ + s_ρ·(ρ* − ρ) where ρ* > ρ,   max(ρ*, 0.95·ρ) elsewhere
/// drawn   = wanted·((p + ρ)/p)^(−ε_ρ)·response(worth/(p + ρ))   at the rent of this week
/// legal  ← drawn·min(1, a / Σ gross·drawn)
/// delivered = (p + ρ·gross)·(1 + duty)
/// ```
/// The rent per gross tonne is the same for every commodity: on a cheap one it is a multiple of the price. It is paid to
/// the licence holder and enters neither the posted price nor the cost anchor. Holders hold out: where the rent stands
/// above the one that clears, part of the pool is not drawn.
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
    refill(&mut control.pools[place_of_pool], rule, draw, in_force);
    let asked = want(control, inputs, outputs, markets, network, rule, place_of_pool);
    let pool = &mut control.pools[place_of_pool];
    let clearing = clearing_rent(pool, behaviour) * in_force;
    let rises = pool.rent + behaviour.rent_speed * (clearing - pool.rent);
    let falls = clearing.max(pool.rent * (1.0 - RENT_DECAY));
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
            refuse(control, place, drawn - drawn * share);
            control.rent[place] = rent * group.gross;
        }
    }
}

/// The week's allowance; a new period starts with a full pool.
#[inline(always)]
fn refill<L: Lane>(pool: &mut Pool<L>, rule: &QuotaRule, draw: &Draw<L>, in_force: L) {
    let weekly = (L::one() - draw.magnitude).positive() * rule.base_tonnes_per_week;
    let over = L::where_less(pool.weeks_left, L::splat(0.5), L::one(), L::zero());
    let period = L::splat(rule.period_weeks);
    pool.left = L::where_less(L::zero(), over, weekly * period, pool.left) * in_force;
    pool.weeks_left = L::where_less(L::zero(), over, period, pool.weeks_left) * in_force;
    pool.allowance = pool.left / pool.weeks_left.max(L::one());
}

/// What each commodity's buyers want, pay and could pay; gives all that is wanted, gross tonnes.
#[inline(always)]
fn want<L: Lane>(
    control: &mut Control<L>,
    inputs: &Inputs<L>,
    outputs: &Outputs<L>,
    markets: &Markets<L>,
    network: &Network,
    rule: &QuotaRule,
    pool: usize,
) -> L {
    let tiny = L::splat(1e-300);
    let mut asked = L::zero();
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
        asked += group_state.wanted;
    }
    asked
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
#[inline(always)]
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
