//! What is being built makes progress, and capital is spent.
//!
//! In words and with its notation: docs/model.md#construction.

use crate::lanes::Lane;
use crate::network::Status;
use crate::plan::Now;
use crate::state::{Agents, Inputs, Outputs, Plants, Policy, entry};
use crate::time::SPIN_UP_WEEKS;

/// Works go on; capacity comes over the ramp.
///
/// ```text
/// work      ← work + lead/(lead + delay)          while something is being added
/// capital   = capex·overrun·(1 + costlier)·adding/lead·(work done this week)      until the lead is over
/// installed ← installed + adding·(work done this week)/ramp                      from the lead until lead + ramp
/// book      ← book·(1 − 1/(52·life)) + capital
/// ```
/// A committed project is under construction when the calendar starts; its lead is what was drawn for it.
#[inline(never)]
pub fn build<L: Lane>(
    plants: &mut Plants<L>,
    agents: &Agents<L>,
    outputs: &mut Outputs<L>,
    inputs: &mut Inputs<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    let network = now.network;
    if now.week < SPIN_UP_WEEKS {
        return;
    }
    for (a, venture) in network.ventures.iter().enumerate() {
        let construction = &now.replicates.construction[a];
        if now.week == SPIN_UP_WEEKS && venture.status == Status::Committed && now.replicates.trends {
            plants.adding[a] = L::splat(network.agents[a].capacity);
        }
        plants.capital[a] = L::zero();
        expand(plants, policy, now, a);
        if plants.adding[a] != L::zero() {
            let lead = construction.lead.max(L::one());
            let delay = entry(&policy.support.construction_delay, a);
            let building = L::where_less(L::zero(), plants.adding[a], L::one(), L::zero());
            let before = plants.work[a];
            let after = before + building * (lead / (lead + delay));
            let ramp = L::splat(venture.ramp_weeks.max(1.0));
            let built = after.min(lead) - before.min(lead);
            let ramped = (after - lead).positive().min(ramp) - (before - lead).positive().min(ramp);
            let price = construction.overrun
                * (L::one() + entry(&policy.support.construction_cost, a))
                * venture.capex_usd;
            let capital = price * plants.adding[a] * (built / lead);
            plants.capital[a] += capital;
            plants.installed[a] += plants.adding[a] * (ramped / ramp);
            let done = L::where_less(after, lead + ramp, L::zero(), L::one());
            plants.work[a] = L::where_less(L::zero(), done, L::zero(), after);
            plants.adding[a] = L::where_less(L::zero(), done, L::zero(), plants.adding[a]);
            run_in(plants, agents, outputs, inputs, now, a);
        }
        let written_off = 1.0 - 1.0 / (52.0 * venture.life_years);
        plants.book[a] = plants.book[a] * written_off + plants.capital[a];
    }
}

/// A new plant that is being run in plans to sell what stands of it, and to need what its plan takes: nobody lends to one that
/// has not sold ahead, and none waits for its own first output to learn what it uses.
///
/// ```text
/// e(j) ← max(e(j), installed·c(j)·(1 − σ₀(j)))           of a project, until it is complete
/// d_s(i) ← max(d_s(i), wanted·m(i)·c(i));   d_l likewise
/// ```
#[inline(always)]
fn run_in<L: Lane>(
    plants: &Plants<L>,
    agents: &Agents<L>,
    outputs: &mut Outputs<L>,
    inputs: &mut Inputs<L>,
    now: Now<'_, L>,
    a: usize,
) {
    let agent = &now.network.agents[a];
    if agent.base_activity > 0.0 {
        return;
    }
    let being_run_in = L::where_less(L::zero(), plants.adding[a], plants.installed[a], L::zero());
    let planned = L::where_less(L::zero(), plants.adding[a], agents.wanted[a], L::zero());
    for o in now.network.outputs_of(agent) {
        let output = &now.network.outputs[o];
        let sold = being_run_in * (output.per_activity * (1.0 - output.surplus_share));
        outputs.expected_orders[o] = outputs.expected_orders[o].max(sold);
    }
    for i in now.network.inputs_of(agent) {
        let needed = planned * (inputs.intensity[i] * now.network.inputs[i].per_activity);
        inputs.short_run_use[i] = inputs.short_run_use[i].max(needed);
        inputs.long_run_use[i] = inputs.long_run_use[i].max(needed);
    }
}

/// Additions of a plant that runs: many small ones, each at its own point of the way.
///
/// ```text
/// v       = 3/(lead + ramp/2 + delay)
/// x₁ ← x₁ − v·x₁;   x₂ ← x₂ + v·x₁ − v·x₂;   x₃ ← x₃ + v·x₂ − v·x₃;   installed ← installed + v·x₃
/// capital = capex·overrun·(1 + costlier)·v·x₁
/// ```
/// When the calendar starts there is as much in progress as growth at the outlook has left.
#[inline(always)]
fn expand<L: Lane>(plants: &mut Plants<L>, policy: &Policy<L>, now: Now<'_, L>, a: usize) {
    let venture = &now.network.ventures[a];
    if !venture.expands {
        return;
    }
    let speed = pace(policy, now, a);
    if now.week == SPIN_UP_WEEKS && now.replicates.trends && venture.status == Status::Running {
        let weekly = now.replicates.behaviour.demand_growth * (now.network.agents[a].outlook.max(0.0) / 52.0);
        let mut flow = plants.installed[a] * weekly;
        for third in (3 * a..3 * a + 3).rev() {
            plants.thirds[third] = flow / speed;
            flow = flow * (L::one() + weekly / speed);
        }
    }
    let (first, second, third) = (plants.thirds[3 * a], plants.thirds[3 * a + 1], plants.thirds[3 * a + 2]);
    let moved = [first * speed, second * speed, third * speed];
    plants.thirds[3 * a] = first - moved[0];
    plants.thirds[3 * a + 1] = second + moved[0] - moved[1];
    plants.thirds[3 * a + 2] = third + moved[1] - moved[2];
    plants.installed[a] += moved[2];
    let price = now.replicates.construction[a].overrun
        * (L::one() + entry(&policy.support.construction_cost, a))
        * venture.capex_usd;
    plants.capital[a] = price * moved[0];
}

/// Share of each third of the way that is covered in a week.
#[inline(always)]
pub(super) fn pace<L: Lane>(policy: &Policy<L>, now: Now<'_, L>, a: usize) -> L {
    let weeks = mean_delay(policy, now, a);
    L::splat(3.0) / weeks.max(L::splat(3.0))
}

/// Weeks from a decision to capacity, on average over the ramp.
#[inline(always)]
pub(super) fn mean_delay<L: Lane>(policy: &Policy<L>, now: Now<'_, L>, a: usize) -> L {
    let ramp = now.network.ventures[a].ramp_weeks;
    now.replicates.construction[a].lead + L::splat(0.5 * ramp) + entry(&policy.support.construction_delay, a)
}
