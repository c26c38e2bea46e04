//! Facilities plan from expected orders and their stock gap, limited by capacity, inputs and margin;
//! final producers build what their inputs allow.
//!
//! In words and with its notation: docs/model.md#production.

use super::dispersion;
use crate::behaviour::Behaviour;
use crate::lanes::{DUST, Lane, SMALL, TINY};
use crate::network::{Agent, Network, Role};
use crate::plan::Now;
use crate::state::{
    Agents, BOUND_BY_CAPACITY, BOUND_BY_MARGIN, BOUND_BY_ORDERS, Inputs, Outputs, Plants, Policy, Producers,
    Reserves, Returns, Traces, entry,
};
use crate::time::SPIN_UP_WEEKS;

/// Revenue over cash cost at which a plant stands half still.
pub const HALF_POINT: f64 = 0.85;
/// Distance from the half point to standing still and to full activity.
pub const HALF_WIDTH: f64 = 0.15;
/// Fill rate below which a buyer takes an input to be undelivered.
const DELIVERED: f64 = 0.9;
/// Per unit of missing fill rate: at 0.7 it wants all that its plan needs.
const UNDELIVERED_SLOPE: f64 = 5.0;
/// A stock above this many times its target starts to be disposed of where nothing is surplus at the reference level.
pub const HOARD_LIMIT: f64 = 3.0;
/// Time over which a plant closes a gap in its own stock, share of that over which a buyer does: it waits for nobody.
pub const OWN_STOCK: f64 = 0.25;

/// Who makes things, and how they stand.
pub struct Makers<'a, L> {
    /// All agents.
    pub agents: &'a mut Agents<L>,
    /// Final producers.
    pub producers: &'a mut Producers<L>,
    /// Facilities in the long run.
    pub plants: &'a mut Plants<L>,
}

/// What production reads beside them.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a, L> {
    /// What is in force.
    pub policy: &'a Policy<L>,
    /// What governments released.
    pub reserves: &'a Reserves<L>,
    /// Goods at the end of their life.
    pub returns: &'a Returns<L>,
    /// What materials hold.
    pub traces: &'a Traces<L>,
}

/// Runs every facility and every final producer.
#[inline(never)]
pub fn produce<L: Lane>(
    makers: Makers<'_, L>,
    outputs: &mut Outputs<L>,
    inputs: &mut Inputs<L>,
    given: Given<'_, L>,
    now: Now<'_, L>,
) {
    let Makers { agents, producers, plants } = makers;
    let Given { policy, reserves, returns, traces } = given;
    let (network, behaviour) = (now.network, &now.replicates.behaviour);
    owners_earn(plants, outputs, inputs, policy, network);
    for (a, agent) in network.agents[..network.facilities].iter().enumerate() {
        let unit_cost = unit_cost(inputs, network, agent);
        agents.cost_ratio[a] = unit_cost * (1.0 / agents.reference_cost[a]);
        let asked = wanted_activity(outputs, behaviour, network, agent);
        let paid_cost = unit_cost - entry(&policy.support.credit, a) * agent.own_cost_usd;
        let earned = revenue(outputs, policy, network, agent) / paid_cost;
        let earned = match network.ventures.get(a).and_then(|venture| venture.owner) {
            Some(owner) => L::where_less(L::zero(), plants.installed[a], plants.owner_margin[owner], earned),
            None => earned,
        };
        super::idling::count(plants, a, earned);
        let willing = asked * margin_response(earned);
        let built = plants.installed[a] * plants.running[a];
        let able = policy.availability[a] * built;
        let would = willing.max(pushed(returns, a)).min(able);
        let wanted = allowed(agents, policy, plants, a, would, now);
        let most = L::where_less(wanted, would, wanted, able);
        agents.wanted[a] = wanted;
        let (activity, binding) = use_inputs(inputs, reserves, now, agent, wanted);
        let binding = L::where_less(binding, L::zero(), limit(asked, willing, most), binding);
        agents.activity[a] = activity;
        agents.binding[a] = binding;
        put_in_stock(outputs, traces, behaviour, network, agent, activity);
    }
    for (p, a) in network.producer_range().enumerate() {
        let agent = &network.agents[a];
        let Role::Producer(producer) = &agent.role else {
            continue;
        };
        let (built, binding) = if producer.apart {
            use_apart(inputs, reserves, now, agent, agents.wanted[a])
        } else {
            use_inputs(inputs, reserves, now, agent, agents.wanted[a])
        };
        agents.activity[a] = built;
        agents.binding[a] = binding;
        let owed = (producers.backlog[p] + producers.plan[p] - built).positive();
        let lost = (owed / (behaviour.patience * producer.patience_weeks)).min(owed);
        producers.lost[p] = lost;
        producers.backlog[p] = owed - lost;
    }
}

/// What a quota on production leaves of what a plant would make, and what is normal for the plant.
///
/// ```text
/// made = min(would, (1 − s)·N + (1 − s)^k·(would − N)⁺)
/// N    ← N·e^(g/52) + s_l·(would − N·e^(g/52))     until a quota is known;   N ← N·e^(g/52) after
/// ```
/// `N` of a project is what it is built for.
#[inline(always)]
fn allowed<L: Lane>(
    agents: &mut Agents<L>,
    policy: &Policy<L>,
    plants: &Plants<L>,
    a: usize,
    would: L,
    now: Now<'_, L>,
) -> L {
    let agent = &now.network.agents[a];
    let grows = now.week >= SPIN_UP_WEEKS && !plants.growth.is_empty();
    let normal = if grows { agents.normal[a] * plants.growth[a] } else { agents.normal[a] };
    let usual = normal.towards(would, now.replicates.behaviour.long_run_speed);
    let usual = if agent.base_activity > 0.0 { usual } else { agents.normal[a] };
    let week = L::splat(f64::from(now.week));
    agents.normal[a] = match policy.quota_known.get(a) {
        Some(known) => L::where_less(*known, week, normal, usual),
        None => usual,
    };
    match policy.depths.cut_back.mean.get(a) {
        Some(cut) => super::restriction::lets_pass(would, agents.normal[a], *cut, &now.replicates.behaviour),
        None => would,
    }
}

/// Revenue over cash cost of an owner whose plants supply each other: a mine is not stopped because its own plant pays
/// it little, nor a plant beside its own mine because the mine asks much.
///
/// ```text
/// margin(owner) = Σ earned·installed / Σ cost·installed          over its plants that stand
/// ```
#[inline(always)]
fn owners_earn<L: Lane>(
    plants: &mut Plants<L>,
    outputs: &Outputs<L>,
    inputs: &Inputs<L>,
    policy: &Policy<L>,
    network: &Network,
) {
    for (place, members) in network.owners.iter().enumerate() {
        let (mut earned, mut spent) = (L::zero(), L::splat(TINY));
        for a in members.iter().map(|a| a.at()) {
            let agent = &network.agents[a];
            let helped = entry(&policy.support.credit, a) * agent.own_cost_usd;
            earned += revenue(outputs, policy, network, agent) * plants.installed[a];
            spent += (unit_cost(inputs, network, agent) - helped) * plants.installed[a];
        }
        plants.owner_margin[place] = earned / spent;
    }
}

/// What limits a line whose inputs do not: its capacity, its margin, or nothing but its orders.
#[inline(always)]
fn limit<L: Lane>(asked: L, willing: L, most: L) -> L {
    let by_margin =
        L::where_less(willing, asked * 0.98, L::splat(BOUND_BY_MARGIN), L::splat(BOUND_BY_ORDERS));
    L::where_less(most, willing, L::splat(BOUND_BY_CAPACITY), by_margin)
}

/// Activity that the outputs ask for: the revenue-weighted mean over joint outputs, so that the product that pays
/// drives the plant.
///
/// ```text
/// a(j)   = (e(j) + (cover(j)·e(j) − stock(j))/(¼·T_adj)) / (c(j)·(1 − σ₀(j)))
/// wanted = max(0, Σ p(j)·c(j)·(1 − σ₀(j))·a(j) / Σ p(j)·c(j)·(1 − σ₀(j)))
/// ```
/// The sums run over the outputs that drive the plant: scrap is a by-product and does not.
/// `e` expected orders (t/week), `c` tonnes per unit of activity, `σ₀` share that finds no buyer at the reference level.
/// Where unfilled orders are kept, what is owed counts as missing stock and the gap is closed at once.
#[inline(always)]
fn wanted_activity<L: Lane>(
    outputs: &Outputs<L>,
    behaviour: &Behaviour<L>,
    network: &Network,
    agent: &Agent,
) -> L {
    let mut asked = L::zero();
    let mut weight = L::zero();
    for o in network.outputs_of(agent) {
        let output = &network.outputs[o];
        if !output.drives {
            continue;
        }
        let sold_per_activity = output.per_activity * (1.0 - output.surplus_share);
        let expected = outputs.expected_orders[o];
        let missing = outputs.cover[o] * expected - outputs.stock[o] + outputs.owed[o];
        let gap = if network.base_stock().is_some() {
            missing
        } else {
            missing / (behaviour.adjustment_weeks * OWN_STOCK)
        };
        // p·c·(1 − σ₀)·a(j) = p·(e + gap)
        asked += outputs.price[o] * (expected + gap);
        weight += outputs.price[o] * sold_per_activity;
    }
    (asked / weight.max(L::splat(TINY))).positive()
}

/// Activity that expected orders ask for, without stocks: revenue-weighted over joint outputs.
#[inline(always)]
pub(super) fn asked_for<L: Lane>(outputs: &Outputs<L>, network: &Network, agent: &Agent) -> L {
    let (mut asked, mut weight) = (L::zero(), L::zero());
    for o in network.outputs_of(agent) {
        let output = &network.outputs[o];
        if !output.drives {
            continue;
        }
        asked += outputs.price[o] * outputs.expected_orders[o];
        weight += outputs.price[o] * (output.per_activity * (1.0 - output.surplus_share));
    }
    asked / weight.max(L::splat(TINY))
}

/// Activity that a collector is held to whatever its orders, by a programme.
#[inline(always)]
fn pushed<L: Lane>(returns: &Returns<L>, a: usize) -> L {
    entry(&returns.within_reach, a)
}

/// Revenue per unit of activity at posted prices and with support, of what finds buyers at the reference level, US dollars.
#[inline(always)]
fn revenue<L: Lane>(outputs: &Outputs<L>, policy: &Policy<L>, network: &Network, agent: &Agent) -> L {
    let mut revenue = L::zero();
    for o in network.outputs_of(agent) {
        let output = &network.outputs[o];
        let earned = policy.support.earned(o, outputs.price[o]);
        revenue += earned * (output.per_activity * (1.0 - output.surplus_share));
    }
    revenue
}

/// Cash cost per unit of activity, US dollars: processing and inputs at the average price paid.
#[inline(always)]
fn unit_cost<L: Lane>(inputs: &Inputs<L>, network: &Network, agent: &Agent) -> L {
    let mut cost = L::splat(agent.own_cost_usd);
    for i in network.inputs_of(agent) {
        cost += inputs.paid_price[i] * inputs.intensity[i] * network.inputs[i].per_activity;
    }
    cost
}

/// Smooth shut-down: 1 at or above cash cost, ½ at 0.85 of it, 0 at 0.70.
///
/// ```text
/// x = clip((revenue/cost − 0.70) / 0.30, 0, 1);   response = x²·(3 − 2x)
/// ```
#[inline(always)]
pub(super) fn margin_response<L: Lane>(ratio: L) -> L {
    let x = ((ratio - L::splat(HALF_POINT - HALF_WIDTH)) * (0.5 / HALF_WIDTH)).clip(0.0, 1.0);
    x * x * (L::splat(3.0) - x * 2.0)
}

/// Takes inputs for at most `wanted` units of activity; gives the activity and the input that limited it.
///
/// ```text
/// possible(i) = stock(i)/(m(i)·c(i)),   of a firm of unequal lines wanted − missing(i)/(m(i)·c(i))
/// activity = min(wanted, min over i of possible(i))
/// use(i)   = activity·m(i)·c(i)
/// short(i) = clip(5·(0.9 − fill(i)), 0, 1)
/// A(i)     = min(wanted, min over k ≠ i of wanted + short(k)·(possible(k) − wanted))
/// d(i)     = m(i)·c(i)·(A(i) + short(i)·(wanted − A(i)))
/// ```
/// `m` is the intensity that thrifting has left. Of several inputs the same lines are thin. Buyers order for `d`: the plan's
/// need, as far as the other inputs that suppliers do not deliver allow it. So a shortage of one input neither cuts orders
/// for it nor piles up the others, two that are short together do not talk each other's orders down, and an input that is
/// merely not there yet, as in a new plant, does not hold back the rest.
#[inline(always)]
fn use_inputs<L: Lane>(
    inputs: &mut Inputs<L>,
    reserves: &Reserves<L>,
    now: Now<'_, L>,
    agent: &Agent,
    wanted: L,
) -> (L, L) {
    let network = now.network;
    let Limits { least, binding } = limits(inputs, reserves, now, agent, wanted);
    let activity = wanted.min(least);
    let (mut shortest, mut next) = (wanted, wanted);
    for i in network.inputs_of(agent) {
        let left = allowed_by(inputs, i, wanted);
        next = next.min(left.max(shortest));
        shortest = shortest.min(left);
    }
    for i in network.inputs_of(agent) {
        let others = L::where_less(shortest, allowed_by(inputs, i, wanted), shortest, next);
        let design = inputs.intensity[i] * network.inputs[i].per_activity;
        let ordered_for = design * inputs.stretch[i].max(L::one());
        inputs.potential_use[i] = others.towards(wanted, undelivered(inputs, i)) * ordered_for;
        let used = activity * (design * inputs.stretch[i]);
        inputs.used[i] = used;
        inputs.stock[i] = (inputs.stock[i] - used).positive();
    }
    (activity, binding)
}

/// How far an input is not delivered as ordered: 0 where nine tenths are, 1 where seven tenths or less are.
#[inline(always)]
pub(super) fn undelivered<L: Lane>(inputs: &Inputs<L>, i: usize) -> L {
    ((L::splat(DELIVERED) - inputs.fill_rate[i]) * UNDELIVERED_SLOPE).clip(0.0, 1.0)
}

/// Activity that an input leaves to plan for: all that is wanted, unless it is not delivered.
#[inline(always)]
fn allowed_by<L: Lane>(inputs: &Inputs<L>, i: usize, wanted: L) -> L {
    wanted.towards(inputs.possible[i].min(wanted), undelivered(inputs, i))
}

/// The same where each input makes a product of its own, in the share that it has in all inputs.
///
/// ```text
/// activity = Σ c(i)/Σc · min(wanted, possible(i))
/// use(i)   = min(wanted, possible(i))·m(i)·c(i);   d(i) = wanted·m(i)·c(i)
/// ```
#[inline(always)]
fn use_apart<L: Lane>(
    inputs: &mut Inputs<L>,
    reserves: &Reserves<L>,
    now: Now<'_, L>,
    agent: &Agent,
    wanted: L,
) -> (L, L) {
    let network = now.network;
    let range = network.inputs_of(agent);
    let all: f64 = range.clone().map(|i| network.inputs[i].per_activity).sum();
    let Limits { least, binding, .. } = limits(inputs, reserves, now, agent, wanted);
    let mut activity = L::zero();
    for i in range {
        let made = wanted.min(inputs.possible[i]);
        let design = inputs.intensity[i] * network.inputs[i].per_activity;
        inputs.potential_use[i] = wanted * design;
        inputs.used[i] = made * (design * inputs.stretch[i]);
        inputs.stock[i] = (inputs.stock[i] - inputs.used[i]).positive();
        activity += made * (network.inputs[i].per_activity / all);
    }
    // shares that add up to one but for rounding
    (L::where_less(least, wanted, activity, wanted), binding)
}

/// How far the inputs of an agent go.
struct Limits<L> {
    /// Activity that the scarcest allows.
    least: L,
    /// Place of the scarcest, if it allows less than is wanted.
    binding: L,
}

/// Activity that each input allows, and the scarcest of them.
#[inline(always)]
fn limits<L: Lane>(
    inputs: &mut Inputs<L>,
    reserves: &Reserves<L>,
    now: Now<'_, L>,
    agent: &Agent,
    wanted: L,
) -> Limits<L> {
    let mut least = L::splat(1e300);
    let mut binding = L::splat(BOUND_BY_ORDERS);
    for (place, i) in now.network.inputs_of(agent).enumerate() {
        let possible = possible(inputs, reserves, now, i, wanted);
        inputs.possible[i] = possible;
        binding = L::where_less(possible, least, L::splat(place as f64), binding);
        least = least.min(possible);
    }
    Limits { least, binding: L::where_less(least, wanted, binding, L::splat(BOUND_BY_ORDERS)) }
}

/// Activity that one input allows.
#[inline(always)]
fn possible<L: Lane>(
    inputs: &mut Inputs<L>,
    reserves: &Reserves<L>,
    now: Now<'_, L>,
    i: usize,
    wanted: L,
) -> L {
    let input = &now.network.inputs[i];
    let per_activity = inputs.intensity[i] * input.per_activity * inputs.stretch[i];
    let of_all = inputs.stock[i] / per_activity;
    if input.spread == 0.0 {
        return of_all;
    }
    let sigma = now.replicates.behaviour.dispersion * input.spread;
    let lines = dispersion::Spread { mean: inputs.cover[i] * inputs.long_run_use[i], sigma };
    let week = dispersion::Week {
        arrived: inputs.arrived[i] + entry(&reserves.released, i),
        stock: inputs.stock[i],
        need: wanted * per_activity,
    };
    let missing = lines.missing(&mut inputs.depth[i], week);
    let of_lines = (wanted - missing / per_activity).min(of_all);
    L::where_less(L::zero(), sigma, of_lines, of_all)
}

/// Output goes into stock, less what is disposed of.
///
/// ```text
/// x = ln(stock / (cover·e));   σ = clip(σ₀ + k·x, 0, 1) where σ₀ > 0,  clip(k·(stock/(3·cover·e) − 1), 0, 1) elsewhere
/// produced(j) = activity·c(j)·φ
/// ```
/// `φ` is 1, but for a product that consists of a traced content alone (an oxide from leaner scrap): there it is the
/// content of what went in. Where unfilled orders are kept nothing is disposed of.
#[inline(always)]
fn put_in_stock<L: Lane>(
    outputs: &mut Outputs<L>,
    traces: &Traces<L>,
    behaviour: &Behaviour<L>,
    network: &Network,
    agent: &Agent,
    activity: L,
) {
    for o in network.outputs_of(agent) {
        let output = &network.outputs[o];
        let produced = match output.pure {
            None => activity * output.per_activity,
            Some(trace) => {
                activity * output.per_activity * super::tracing::content_taken(traces, network, agent, trace)
            }
        };
        let target = outputs.cover[o] * outputs.expected_orders[o];
        let tiny = L::splat(SMALL * output.base_orders + DUST);
        let ratio = (outputs.stock[o] + tiny) / (target + tiny);
        let share = if output.surplus_share > 0.0 {
            (L::splat(output.surplus_share) + behaviour.disposal_response * ratio.ln()).clip(0.0, 1.0)
        } else {
            (behaviour.disposal_response * (ratio * (1.0 / HOARD_LIMIT) - L::one())).clip(0.0, 1.0)
        };
        let disposed = if network.base_stock().is_some() { L::zero() } else { produced * share };
        outputs.produced[o] = produced;
        outputs.disposed[o] = disposed;
        outputs.stock[o] += produced - disposed;
    }
}
