//! A tonnage quota is a pool with a licence rent per gross tonne.
//!
//! In words and with its notation: docs/model.md#quotas.

use crate::behaviour::Behaviour;
use crate::lanes::{Lane, SMALL, TINY};
use crate::phase::production::margin_response;
use crate::phase::restriction::{bite, leaks_up, passes_beyond, undetected};
use crate::plan::{Draw, Effect, Now, Plan, QuotaGroup, QuotaRule};
use crate::state::{Control, Inputs, Policy, Pool, PoolGroup, Trading};
use crate::time::Week;

/// Halvings of the interval in which the clearing rent is sought.
const HALVINGS: usize = 40;

/// A quota of a plan.
#[derive(Clone, Copy)]
pub struct Quota<'p> {
    /// How it is counted.
    pub rule: &'p QuotaRule,
    /// Its place among the plan's events.
    pub event: usize,
    /// Place of its pool.
    pub pool: usize,
}

/// The quotas of a plan, in the order of their pools.
pub(super) fn quotas(plan: &Plan) -> impl Iterator<Item = Quota<'_>> {
    let rules = plan.events.iter().enumerate().filter_map(|(event, e)| match &e.effect {
        Effect::Quota(rule) => Some((event, rule)),
        _ => None,
    });
    rules.enumerate().map(|(pool, (event, rule))| Quota { rule, event, pool })
}

/// Rations the pool and moves the rent, as if no other control stood.
///
/// ```text
/// a       = tonnes left / weeks left                          unused tonnes lapse at the end of the period
/// wanted  = order − smuggled;   smuggled = leak·undetected·ρ/(p + ρ)·order          ρ, p per gross tonne, of last week
/// a_q     = a + (1 − s)^k·(Σ gross·wanted − Σ gross·N)⁺       s: share of normal trade that it cuts; in tonnes it is a ceiling, a alone
/// ρ*      = least ρ ≥ 0 with Σ wanted·kept(ρ) ≤ a_q          over commodities
/// kept(ρ) = ((p + ρ)/p)^(−ε_ρ)·response(worth/(p + ρ))/response(worth/p)
/// ρ      ← ρ + s_ρ·(ρ* − ρ) where ρ* > ρ,   max(ρ*, (1 − δ_ρ)·ρ) elsewhere
/// share   = min(1, a_q / Σ gross·wanted·kept(ρ))              at the rent of this week
/// legal   = kept(ρ)·share·(order, or what licences let ship where that is more, less what is smuggled)
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
    inputs: &Inputs<L>,
    policy: &mut Policy<L>,
    trade: Trading<'_, L>,
    quota: Quota<'_>,
    now: Now<'_, L>,
) {
    let behaviour = &now.replicates.behaviour;
    let Quota { rule, event, pool: place_of_pool } = quota;
    let draw = &now.replicates.draws[now.plan.events[event].draw];
    let part = policy.slices.part(event);
    let in_force = L::where_less(L::zero(), part, L::one(), L::zero());
    let normal = normal(control, rule);
    refill(&mut control.pools[place_of_pool], rule, draw, normal, in_force, now.week);
    let leak = draw.leakage * leaks_up(policy, event, now) * in_force;
    let asked = smuggle(control, policy, quota, leak);
    want(control, inputs, trade, quota, now);
    let pool = &mut control.pools[place_of_pool];
    let wanted = pool.groups.iter().fold(L::zero(), |sum, g| sum + g.wanted);
    let beyond = passes_beyond(pool.cut, behaviour) * (wanted - normal).positive();
    pool.beyond = if rule.in_tonnes { L::zero() } else { beyond };
    let binds =
        if rule.in_tonnes { in_force } else { L::where_less(L::zero(), pool.cut, in_force, L::zero()) };
    let allowance = pool.allowance + pool.beyond;
    let clearing = clearing_rent(pool, allowance, behaviour) * binds;
    let rises = pool.rent + behaviour.rent_speed * (clearing - pool.rent);
    let falls = clearing.max(pool.rent * (L::one() - behaviour.rent_decay));
    let rent = L::where_less(pool.rent, clearing, rises, falls) * binds;
    pool.rent = rent;
    pool.asked = asked;
    let mut drawn = L::zero();
    for group in &mut pool.groups {
        let kept = group.kept(rent, behaviour);
        group.draws = L::where_less(L::zero(), binds, kept, L::one());
        drawn += group.wanted * group.draws;
    }
    let share = (allowance / drawn.max(L::splat(TINY))).min(L::one());
    pool.share = L::where_less(L::zero(), binds, share, L::one());
    pool.binds = binds;
    let bite = bite(pool.cut, behaviour) * part;
    for (g, group) in rule.groups.iter().enumerate() {
        let kept = L::one() - part * (L::one() - control.pools[place_of_pool].groups[g].draws);
        for link in &group.links {
            let place = control.place[link.at()] as usize;
            control.kept[place] = control.kept[place].min(kept);
            control.rent[place] = control.rent[place].max(rent * part * group.gross);
            policy.bite[place] = policy.bite[place].max(bite);
        }
    }
}

/// Gross tonnes a week of normal trade on the links of a quota.
#[inline(always)]
fn normal<L: Lane>(control: &Control<L>, rule: &QuotaRule) -> L {
    let of = |group: &QuotaGroup| {
        let places = group.links.iter().map(|link| control.place[link.at()] as usize);
        places.fold(L::zero(), |sum, place| sum + control.normal[place]) * group.gross
    };
    rule.groups.iter().fold(L::zero(), |sum, group| sum + of(group))
}

/// Where an equal quota stood until now, its pool goes on: tonnes, weeks, rent and prices.
#[inline(always)]
pub fn go_on<L: Lane>(control: &mut Control<L>, policy: &Policy<L>, quota: Quota<'_>, now: Now<'_, L>) {
    let Quota { event, pool, .. } = quota;
    let begins = now.replicates.draws[now.plan.events[event].draw].begins(now.week);
    for (before, goes_on) in policy.slices.follows(event) {
        let is_quota = |e: &&crate::plan::Event| matches!(e.effect, Effect::Quota(_));
        let place = now.plan.events[..*before].iter().filter(is_quota).count();
        if let Ok([old, new]) = control.pools.get_disjoint_mut([place, pool]) {
            hand_on(old, new, begins * *goes_on);
        }
    }
}

fn hand_on<L: Lane>(old: &Pool<L>, new: &mut Pool<L>, starts: L) {
    let choose = |old: L, new: L| L::where_less(L::zero(), starts, old, new);
    new.left = choose(old.left, new.left);
    new.weeks_left = choose(old.weeks_left, new.weeks_left);
    new.rent = choose(old.rent, new.rent);
    for (old, new) in old.groups.iter().zip(&mut new.groups) {
        new.price = choose(old.price, new.price);
    }
}

/// The week's allowance; a new period starts with a full pool, and so does a new step of the schedule.
#[inline(always)]
fn refill<L: Lane>(pool: &mut Pool<L>, rule: &QuotaRule, draw: &Draw<L>, normal: L, in_force: L, week: Week) {
    let step = rule.step(week);
    let base = if rule.in_tonnes { L::splat(rule.base_tonnes_per_week) } else { normal };
    let weekly = match step {
        Some((tonnes, _)) => L::splat(tonnes),
        None => (L::one() - draw.magnitude).positive() * base,
    };
    let left = if step.is_some_and(|(_, starts)| starts) { L::zero() } else { pool.weeks_left };
    let over = L::where_less(left, L::splat(0.5), L::one(), L::zero());
    let period = L::splat(rule.period_weeks);
    pool.left = L::where_less(L::zero(), over, weekly * period, pool.left) * in_force;
    pool.weeks_left = L::where_less(L::zero(), over, period, pool.weeks_left) * in_force;
    pool.allowance = (pool.left / pool.weeks_left.max(L::one())).positive();
    let cut = (L::one() - weekly / normal.max(L::splat(TINY))).clip(0.0, 1.0);
    pool.cut = if rule.in_tonnes || step.is_some() { cut } else { draw.magnitude.clip(0.0, 1.0) } * in_force;
}

/// Takes what is smuggled out of what is wanted; gives all that was wanted, gross tonnes.
#[inline(always)]
fn smuggle<L: Lane>(control: &mut Control<L>, policy: &Policy<L>, quota: Quota<'_>, leak: L) -> L {
    let Quota { rule, pool, .. } = quota;
    let mut asked = L::zero();
    for (g, group) in rule.groups.iter().enumerate() {
        let (rent, price) = (control.pools[pool].rent, control.pools[pool].groups[g].price);
        control.pools[pool].groups[g].smuggled = leak * rent / (price + rent).max(L::splat(SMALL));
        let mut wanted = L::zero();
        let mut legal = L::zero();
        for link in &group.links {
            let place = control.place[link.at()] as usize;
            let of_link = control.asked[place];
            wanted += of_link;
            legal +=
                of_link * (L::one() - control.pools[pool].groups[g].smuggled * undetected(policy, place));
        }
        asked += wanted * group.gross;
        control.pools[pool].groups[g].wanted = legal * group.gross;
    }
    asked
}

/// What each commodity's buyers pay, and could pay.
#[inline(always)]
fn want<L: Lane>(
    control: &mut Control<L>,
    inputs: &Inputs<L>,
    trade: Trading<'_, L>,
    quota: Quota<'_>,
    now: Now<'_, L>,
) {
    let (Trading { outputs, .. }, Quota { rule, pool, .. }) = (trade, quota);
    let network = now.network;
    let tiny = L::splat(TINY);
    for (g, group) in rule.groups.iter().enumerate() {
        let (mut wanted, mut paid, mut worth) = (L::zero(), L::zero(), L::zero());
        for link in &group.links {
            let place = control.place[link.at()] as usize;
            let link = &network.links[link.at()];
            let of_link = control.asked[place];
            wanted += of_link;
            paid += of_link * outputs.price[link.seller.at()];
            worth += of_link * inputs.worth[link.buyer.at()];
        }
        let per_tonne = L::one() / wanted.max(tiny) * (1.0 / group.gross);
        let group_state = &mut control.pools[pool].groups[g];
        group_state.price = (paid * per_tonne).max(L::splat(SMALL));
        group_state.worth = worth * per_tonne;
    }
}

/// What a pool lets ship on its links in a slice of the week in which it stands.
#[inline(always)]
pub(super) fn bind<L: Lane>(
    control: &mut Control<L>,
    policy: &Policy<L>,
    quota: Quota<'_>,
    stands: L,
    premium: L,
) {
    let Control { pools, place, now, .. } = control;
    let (rule, pool) = (quota.rule, &pools[quota.pool]);
    let stands = stands * pool.binds;
    for (group, state) in rule.groups.iter().zip(&pool.groups) {
        for link in &group.links {
            let place = place[link.at()] as usize;
            let wanted = now.wanted[place];
            let leaked = state.smuggled * undetected(policy, place) * wanted;
            let legal = (wanted - leaked) * state.draws * pool.share;
            now.bind(place, legal, leaked, premium, stands);
        }
    }
}

/// The least rent at which wanted orders fit the allowance.
#[inline(always)]
fn clearing_rent<L: Lane>(pool: &Pool<L>, allowance: L, behaviour: &Behaviour<L>) -> L {
    let wanted_at = |rent: L| {
        pool.groups.iter().fold(L::zero(), |sum, group| sum + group.wanted * group.kept(rent, behaviour))
    };
    let allowance = allowance * (1.0 + SMALL);
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
        let costlier = (delivered / self.price).ln();
        // beside who would run without the rent; who could not run anyway is not the rent's
        let tiny = L::splat(1e-6);
        let without = margin_response(self.worth / self.price) + tiny;
        let runs = ((margin_response(self.worth / delivered) + tiny) / without).min(L::one());
        (-(behaviour.rent_elasticity * costlier)).exp() * runs
    }
}

/// Takes what was shipped out of the pool; what passed beyond normal trade is not the pool's.
#[inline(always)]
pub fn settle<L: Lane>(control: &mut Control<L>, policy: &Policy<L>, quota: Quota<'_>) {
    let Quota { rule, event, pool } = quota;
    let mut used = L::zero();
    for group in &rule.groups {
        for link in &group.links {
            used += control.shipped_legally[control.place[link.at()] as usize] * group.gross;
        }
    }
    let part = policy.slices.part(event);
    let pool = &mut control.pools[pool];
    pool.used = used;
    // what licences let go in one week beyond the allowance is owed within the period
    pool.left -= (used - pool.beyond).positive() * part;
    pool.weeks_left = (pool.weeks_left - L::one()).positive();
}
