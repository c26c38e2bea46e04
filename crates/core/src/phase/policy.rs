//! Phase 1: what is in force this week.

use crate::lanes::Lane;
use crate::network::Network;
use crate::plan::{Effect, Future, Plan, Week};
use crate::state::{Control, Markets, Policy, UNCAPPED};

/// Reads the plan's events into caps, availabilities, gateways, demand factors, buffers and reserves.
///
/// ```text
/// cap(l)      = min over caps in force of (1 − m·I)          flow ≤ cap · baseline
/// avail(a)    = Π (1 − m·I)
/// open(g)     = Π (1 − m·I);   clear(g) = Π (1 − I)
/// demand(o)   = Π (1 + m·I)
/// buffer(i)   = Σ m·I                                         weeks of cover
/// ```
/// `I` is the event's intensity this week ([`crate::plan::Draw::intensity`]), `m` its magnitude.
#[inline(always)]
pub fn enforce<L: Lane>(
    policy: &mut Policy<L>,
    control: &mut Control<L>,
    markets: &mut Markets<L>,
    network: &Network,
    plan: &Plan,
    future: &Future<L>,
    week: Week,
) {
    lift(policy, control, markets, network, future, week);
    for event in &plan.events {
        let draw = &future.draws[event.draw];
        let intensity = draw.intensity(week);
        let size = draw.magnitude * intensity;
        let left = (L::one() - size).positive();
        match &event.effect {
            Effect::ExportCap { links, markets: touched } => {
                let in_force = L::where_less(L::zero(), size, L::one(), L::zero());
                let cap = L::where_less(L::zero(), size, left, L::splat(UNCAPPED));
                let leak = draw.leak(week);
                for link in links {
                    let place = control.place[link.at()] as usize;
                    control.cap[place] = control.cap[place].min(cap);
                    control.leak[place] = control.leak[place].max(leak * in_force);
                    control.premium[place] = control.premium[place].max(draw.leakage_premium * in_force);
                }
                for market in touched {
                    markets.binding[*market] = markets.binding[*market].max(in_force);
                }
            }
            Effect::CapacityLoss(agents) => {
                for agent in agents {
                    policy.availability[agent.at()] = policy.availability[agent.at()] * left;
                }
            }
            Effect::TransportDelay(gateway) => {
                let g = gateway.at();
                policy.open[g] = policy.open[g] * left;
                policy.clear[g] = policy.clear[g] * (L::one() - intensity);
            }
            Effect::DemandShift(agents) => {
                for agent in agents {
                    let producer = agent.at() - network.facilities;
                    policy.demand[producer] = policy.demand[producer] * (L::one() + size).positive();
                }
            }
            Effect::Buffer(inputs) => {
                for input in inputs {
                    policy.buffer[input.at()] += size;
                }
            }
            Effect::Reserve(rule) => policy.reserve_weeks[rule.stock.at()] += size,
        }
    }
}

/// Starts the week with nothing in force but the luck of the week.
#[inline(always)]
fn lift<L: Lane>(
    policy: &mut Policy<L>,
    control: &mut Control<L>,
    markets: &mut Markets<L>,
    network: &Network,
    future: &Future<L>,
    week: Week,
) {
    control.cap.fill(L::splat(UNCAPPED));
    control.leak.fill(L::zero());
    control.premium.fill(L::zero());
    markets.binding.fill(L::zero());
    policy.open.fill(L::one());
    policy.clear.fill(L::one());
    policy.buffer.fill(L::zero());
    policy.reserve_weeks.fill(L::zero());
    luck(&mut policy.demand, &future.demand, network.producers, week);
    luck(&mut policy.availability[..network.facilities], &future.availability, network.facilities, week);
}

/// This week's row of a table of drawn factors, or ones where nothing was drawn.
#[inline(always)]
fn luck<L: Lane>(factors: &mut [L], drawn: &[L], width: usize, week: Week) {
    if drawn.is_empty() {
        factors.fill(L::one());
    } else {
        let from = week as usize * width;
        factors.copy_from_slice(&drawn[from..from + width]);
    }
}
