//! Each final producer's plan this week, and catching up on its backlog.
//!
//! In words and with its notation: docs/model.md#demand.

use crate::lanes::Lane;
use crate::network::{Agent, Network, Role};
use crate::plan::Now;
use crate::state::{Agents, Inputs, Policy, Producers};
use crate::time::SPIN_UP_WEEKS;

/// Plans follow growth, random variation and demand events; a backlog is worked off as far as capacity and overtime allow.
///
/// ```text
/// grown  = base · e^(growth·f·years since the calendar began)
/// plan   = grown · demand(o)
/// spare  = max(overtime·grown − (plan − grown)⁺, full_use·overtime·grown)
/// beyond = min over i of ((arrived(i) − plan·m(i)·c(i))⁺ + (stock(i) − arrived(i) − target(i))⁺) / (m(i)·c(i))
/// wanted = plan + min(backlog / T_catch-up, spare, beyond)
/// ```
/// `f` and `full_use` are drawn: a busy week leaves less overtime, and a plant at full use this share of it. Nobody runs
/// overtime on what the plan needs: as long as an input is short there is no catching up. (Under inventory theory's own rule
/// there is.)
#[inline(never)]
pub fn place<L: Lane>(
    agents: &mut Agents<L>,
    producers: &mut Producers<L>,
    inputs: &Inputs<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    let network = now.network;
    let years = f64::from(now.week.saturating_sub(SPIN_UP_WEEKS)) / 52.0;
    let grows = now.replicates.trends && years > 0.0;
    for (p, a) in network.producer_range().enumerate() {
        let Role::Producer(producer) = &network.agents[a].role else {
            continue;
        };
        let base = L::splat(network.agents[a].base_activity);
        let usual = match producer.growth {
            rate if grows && rate != 0.0 => {
                base * (now.replicates.behaviour.demand_growth * (rate * years)).exp()
            }
            _ => base,
        };
        let plan = policy.demand[p] * usual;
        let overtime = usual * producer.overtime_share;
        let spare =
            (overtime - (plan - usual).positive()).max(overtime * now.replicates.behaviour.full_use_overtime);
        let mut catch_up = (producers.backlog[p] * (1.0 / producer.catch_up_weeks)).min(spare);
        if network.base_stock().is_none() {
            catch_up = catch_up.min(beyond_plan(inputs, network, &network.agents[a], plan));
        }
        producers.plan[p] = plan;
        agents.wanted[a] = plan + catch_up;
    }
}

/// Activity beyond the plan for which inputs came in or are held beyond what the lines want.
#[inline(always)]
fn beyond_plan<L: Lane>(inputs: &Inputs<L>, network: &Network, agent: &Agent, plan: L) -> L {
    network.inputs_of(agent).fold(L::splat(1e300), |least, i| {
        let per_activity = inputs.intensity[i] * inputs.stretch[i] * network.inputs[i].per_activity;
        let came = (inputs.arrived[i] - plan * per_activity).positive();
        let held = (inputs.stock[i] - inputs.arrived[i] - inputs.target[i]).positive();
        least.min((came + held) / per_activity)
    })
}
