//! Every quarter owners build what pays at the prices that they expect.
//!
//! In words and with its notation: docs/model.md#investment.

use crate::id::AgentId;
use crate::lanes::{DUST, Lane, SMALL, TINY};
use crate::network::{Agent, Status, Venture};
use crate::plan::Now;
use crate::state::{Control, Inputs, Outputs, Plants, Policy, UNCONTROLLED, entry};
use crate::time::QUARTER_WEEKS;
use crate::time::SPIN_UP_WEEKS;

/// Least addition, share of what is there.
const WORTH_ADDING: f64 = 1e-4;

/// Moves the prices that investors reckon with.
///
/// ```text
/// q̂(i) = Σ w·(1 − b)·delivered price by the rules / Σ w·(1 − b) over the suppliers of an input that run
/// p̂(j) = Σ d_l·w·(q̂ − freight) / Σ d_l·w over the buyers that the product is made for; as far as a control binds p(j) in place of q̂ − freight
/// ln outlook ← ln outlook + s_x·(ln p̂ − ln outlook);   likewise of q̂
/// ```
/// `w` is a supplier's share of the buyer's orders at the reference level, or the entry share of one that it may qualify. What an idle
/// plant asks counts for nothing, for nobody can buy at that price; but if all are idle, what they ask is all there is.
/// `b` is how far caps and licences bind on a link: nobody builds on what comes round a control, nor on its quote. Where they
/// bind wholly on all links the last outlook stays.
#[inline(never)]
pub fn look_ahead<L: Lane>(
    plants: &mut Plants<L>,
    inputs: &Inputs<L>,
    outputs: &Outputs<L>,
    control: &Control<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    let (network, speed) = (now.network, now.replicates.behaviour.outlook_speed);
    plants.sums.fill(L::zero());
    for (i, input) in network.inputs.iter().enumerate() {
        let (mut offers, mut weights) = (L::zero(), L::zero());
        let (mut idle_offers, mut idle_weights) = (L::zero(), L::zero());
        for l in network.links_of(input) {
            let link = &network.links[l];
            let seller = network.outputs[link.seller.at()].agent.at();
            let stands = L::where_less(L::zero(), plants.installed[seller], L::one(), L::zero());
            let open = match control.place[l] {
                UNCONTROLLED => L::one(),
                place => L::one() - entry(&policy.depths.control_bite.mean, place as usize),
            };
            let standing = stands * open * (link.base_share + link.entry_share);
            let weight = plants.running[seller] * standing;
            let posted = outputs.price[link.seller.at()];
            let posted = match control.place[l] {
                UNCONTROLLED => posted,
                place => control.licensed_price(place as usize, posted),
            };
            let delivered = posted * (1.0 + link.tariff) + L::splat(link.freight);
            offers += delivered * weight;
            weights += weight;
            idle_offers += delivered * standing;
            idle_weights += standing;
        }
        let usual = plants.cost_outlook[i];
        let running = offers / weights.max(L::splat(TINY));
        let idle = idle_offers / idle_weights.max(L::splat(TINY));
        let idle = L::where_less(L::splat(SMALL), idle_weights, idle, usual);
        let offered = L::where_less(L::splat(SMALL), weights, running, idle);
        plants.cost_asked[i] = offered;
        plants.cost_outlook[i] = usual.ln().towards(offered.ln(), speed).exp();
        for l in network.links_of(input) {
            let link = &network.links[l];
            let volume = inputs.long_run_use[i] * (link.base_share + link.entry_share);
            let o = link.seller.at();
            // as far as a control binds a seller gets its own price: what scarcity adds abroad is not its
            let earned = offered - L::splat(link.freight);
            let earned = match control.place[l] {
                UNCONTROLLED => earned,
                place => earned.towards(outputs.price[o], entry(&policy.bite, place as usize)),
            };
            plants.sums[2 * o] += volume * earned;
            plants.sums[2 * o + 1] += volume;
        }
    }
    for (o, output) in network.outputs.iter().enumerate() {
        let (sum, volume) = (plants.sums[2 * o], plants.sums[2 * o + 1]);
        let least = L::splat(1e-3 * output.reference_price);
        let now = (sum / volume.max(L::splat(TINY))).max(least);
        let offered = now.ln();
        let bought = L::where_less(L::splat(DUST), volume, L::one(), L::zero());
        plants.price_asked[o] = L::where_less(L::zero(), bought, now, plants.price_asked[o]);
        let moved = plants.price_outlook[o].ln().towards(offered, speed).exp();
        plants.price_outlook[o] = L::where_less(L::splat(DUST), volume, moved, plants.price_outlook[o]);
    }
}

/// Starts what pays.
///
/// ```text
/// margin  = 52·(Σ earned(p̂(j))·c(j)·(1 − σ₀(j)) − own·(1 − credit) − Σ q̂(i)·c(i))      a year
/// capital = capex·overrun·(1 + costlier)·(1 − grant)
/// r       = required return − cheaper;   rest = margin − capital·r/(1 − (1 + r)^(−life));   pays when rest ≥ 0
/// chain:   projects of one owner that supply each other pay when Σ rest·capacity ≥ 0
/// project: built in full once it or its chain pays and each of its inputs has a supplier that stands or is being
///          built, or once it is commissioned (never where the structure at the reference level is carried forward)
/// plant:   adds e/c·e^(g·(delay + 13)/52)·capacity₀/activity₀ − installed − in progress, at most step/4·installed, if it pays;
///          times 1 − max short(i) over its inputs
/// ```
#[inline(never)]
pub fn decide<L: Lane>(
    plants: &mut Plants<L>,
    outputs: &Outputs<L>,
    inputs: &Inputs<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    let (network, none, all) = (now.network, L::zero(), L::one());
    if now.week < SPIN_UP_WEEKS {
        return;
    }
    let rest_of = |a: usize| {
        let (venture, agent) = (&network.ventures[a], &network.agents[a]);
        rest(plants, outputs, policy, venture, agent, now, a)
    };
    let together = |chain: &Vec<AgentId>| {
        chain.iter().fold(none, |sum, a| sum + rest_of(a.at()) * network.agents[a.at()].capacity)
    };
    let chains: Vec<L> = network.chains.iter().map(together).collect();
    for (a, venture) in network.ventures.iter().enumerate() {
        let agent = &network.agents[a];
        let rest = venture
            .chain
            .map_or_else(|| rest(plants, outputs, policy, venture, agent, now, a), |c| chains[c]);
        let pays = L::where_less(rest, none, none, all);
        let open = plants.running[a] * (all - plants.closed[a]);
        let complete = L::where_less(plants.installed[a], L::splat(0.99 * agent.capacity), none, all);
        if venture.expands {
            let more = addition(plants, outputs, policy, agent, now, a) * delivered(inputs, agent, now);
            plants.thirds[3 * a] += more * pays * open * complete;
        }
        if let Status::Open(first) = venture.status
            && now.week >= first
            && now.replicates.trends
        {
            let free = L::where_less(none, plants.adding[a] + plants.installed[a], none, all);
            let commissioned = L::where_less(none, entry(&policy.support.commissioned, a), all, none);
            let size = open * free * (pays * fed(plants, now, a)).max(commissioned) * agent.capacity;
            plants.adding[a] = L::where_less(none, size, size, plants.adding[a]);
            plants.work[a] = L::where_less(none, size, none, plants.work[a]);
        }
    }
}

/// Activity per week that an owner would add, zero where it is not worth it.
#[inline(always)]
fn addition<L: Lane>(
    plants: &Plants<L>,
    outputs: &Outputs<L>,
    policy: &Policy<L>,
    agent: &Agent,
    now: Now<'_, L>,
    a: usize,
) -> L {
    let (network, behaviour) = (now.network, &now.replicates.behaviour);
    let delay = super::construction::mean_delay(policy, now, a);
    let growth = if now.replicates.trends { behaviour.demand_growth * agent.outlook } else { L::zero() };
    let ahead = (growth * ((delay + L::splat(f64::from(QUARTER_WEEKS))) * (1.0 / 52.0))).exp();
    let spare = if agent.base_activity > 0.0 { agent.capacity / agent.base_activity } else { 1.0 };
    let expected = super::production::asked_for(outputs, network, agent);
    let in_construction = plants.thirds[3 * a] + plants.thirds[3 * a + 1] + plants.thirds[3 * a + 2];
    let installed = plants.installed[a];
    let missing = expected * ahead * spare - installed - in_construction;
    let most = installed * (behaviour.expansion_step * (f64::from(QUARTER_WEEKS) / 52.0));
    let least = installed * WORTH_ADDING;
    L::where_less(least, missing, missing.min(most), L::zero())
}

/// How far a plant's feed comes as it orders it, the worst of its inputs: nobody adds to a plant that cannot be fed.
#[inline(always)]
fn delivered<L: Lane>(inputs: &Inputs<L>, agent: &Agent, now: Now<'_, L>) -> L {
    let mut worst = L::one();
    for i in now.network.inputs_of(agent) {
        worst = worst.min(L::one() - super::production::undelivered(inputs, i));
    }
    worst
}

/// 1 where every input of a project has a supplier that stands or is being built, or comes with it.
#[inline(always)]
fn fed<L: Lane>(plants: &Plants<L>, now: Now<'_, L>, a: usize) -> L {
    let network = now.network;
    let chain = network.ventures[a].chain;
    let mut fed = L::one();
    for i in network.inputs_of(&network.agents[a]) {
        let mut there = L::zero();
        for link in &network.links[network.links_of(&network.inputs[i])] {
            let seller = network.outputs[link.seller.at()].agent.at();
            let open = L::one() - plants.closed[seller];
            there += (plants.installed[seller] + plants.adding[seller]) * open;
            if chain.is_some() && network.ventures[seller].chain == chain {
                there += L::one();
            }
        }
        fed = fed * L::where_less(L::zero(), there, L::one(), L::zero());
    }
    fed
}

/// What a year's margin at expected prices leaves of what the owner asks of the capital, for a unit of weekly activity.
#[inline(always)]
fn rest<L: Lane>(
    plants: &Plants<L>,
    outputs: &Outputs<L>,
    policy: &Policy<L>,
    venture: &Venture,
    agent: &Agent,
    now: Now<'_, L>,
    a: usize,
) -> L {
    let (network, support) = (now.network, &policy.support);
    let mut margin = -((L::one() - entry(&support.credit, a)) * agent.own_cost_usd);
    for o in network.outputs_of(agent) {
        let output = &network.outputs[o];
        let earned = support.expected(o, plants.price_outlook[o], entry(&outputs.slow_cut, o));
        margin += earned * (output.per_activity * (1.0 - output.surplus_share));
    }
    for i in network.inputs_of(agent) {
        margin -= plants.cost_outlook[i] * network.inputs[i].per_activity;
    }
    let borne = L::one() - entry(&support.grant, a);
    let overprice = L::one() + entry(&support.construction_cost, a);
    // per unit of weekly activity: a year's margin against capital
    let capital = now.replicates.construction[a].overrun * overprice * borne * venture.capex_usd;
    let rate = (L::splat(venture.required_return) - entry(&support.cheaper, a)).max(L::splat(LEAST_RETURN));
    let annuity = rate / (L::one() - (-((L::one() + rate).ln() * venture.life_years)).exp());
    margin * 52.0 - capital * annuity
}

/// Least return that is asked, per year.
const LEAST_RETURN: f64 = 0.005;
