//! Phase 1: what is in force this week.
//!
//! In words and with its notation: docs/model.md#policy.

use crate::id::{AgentId, InputId, LinkId, OutputId};
use crate::lanes::Lane;
use crate::network::Network;
use crate::plan::{Draw, Effect, Future, Plan, Treasury, Week};
use crate::state::{Control, Inputs, Markets, Outputs, Policy, Support, UNCAPPED};

/// Least share of its price that a price war leaves.
const MOST_CUT: f64 = 0.05;

/// Reads the plan's events into caps, duties, capacities, gateways, demand factors, expectations, buffers and reserves.
///
/// ```text
/// cap(l)      = min over caps in force of (1 − m·I)          flow ≤ cap · baseline
/// leak(l)     = max over controls in force of leakage · ramp;   unseen(l) = Π (1 − m·I) of enforcement
/// duty(l)     = Σ m·I;   tariff(l) = Σ m·I
/// avail(a)    = Π (1 − m·I);   allowed(a) = min (1 − m·I)     activity ≤ allowed · activity at rest
/// open(g)     = Π (1 − m·I);   clear(g) = Π (1 − I)
/// demand(o)   = Π (1 + m·I)
/// alarm(i)    = Σ ln(1 + m·I)                                 expected log price rise
/// buffer(i)   = Σ m·I                                         weeks of cover
/// rated(i)    = Σ m·I;   calmed(i) = Σ m·I                    shares of orders served first, of hoarding left out
/// most(i)     = min (1 − (1 − m)·I)                           share from capped sellers
/// ```
/// `I` is the event's intensity this week ([`crate::plan::Draw::intensity`]), `m` its magnitude.
#[inline(never)]
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
    for (place, event) in plan.events.iter().enumerate() {
        let draw = &future.draws[event.draw];
        let intensity = draw.intensity(week);
        let size = draw.magnitude * intensity;
        policy.sizes[place] = size;
        let left = (L::one() - size).positive();
        match &event.effect {
            Effect::ExportCap { links, markets: touched } => {
                let in_force = L::where_less(L::zero(), size, L::one(), L::zero());
                let cap = L::where_less(L::zero(), size, left, L::splat(UNCAPPED));
                for place in places(&control.place, links.iter().copied()) {
                    control.cap[place] = control.cap[place].min(cap);
                }
                leak(control, links.iter().copied(), draw, in_force, week);
                bind(markets, touched, in_force);
            }
            Effect::Licence(rule) => {
                let in_force = L::where_less(L::zero(), size, L::one(), L::zero());
                leak(control, rule.links.iter().map(|l| l.link), draw, in_force, week);
                bind(markets, &rule.markets, in_force);
            }
            Effect::Quota(rule) => {
                let in_force = L::where_less(L::zero(), intensity, L::one(), L::zero());
                for group in &rule.groups {
                    leak(control, group.links.iter().copied(), draw, in_force, week);
                }
            }
            Effect::Duty { links, levied_by } => {
                let duties = match levied_by {
                    Treasury::Exporter => &mut control.export_duty,
                    Treasury::Importer => &mut control.tariff,
                };
                for place in places(&control.place, links.iter().copied()) {
                    duties[place] += size;
                }
            }
            Effect::Enforcement { links, agents } => {
                for place in places(&control.place, links.iter().copied()) {
                    control.unseen[place] = control.unseen[place] * left;
                }
                for agent in agents {
                    policy.availability[agent.at()] = policy.availability[agent.at()] * left;
                }
            }
            Effect::CapacityLoss(agents) => {
                for agent in agents {
                    policy.availability[agent.at()] = policy.availability[agent.at()] * left;
                }
            }
            Effect::ProductionQuota(agents) => {
                let most = L::where_less(L::zero(), intensity, left, L::splat(UNCAPPED));
                for agent in agents {
                    policy.allowed[agent.at()] = policy.allowed[agent.at()].min(most);
                }
            }
            // acts on stocks: see `destroy`
            Effect::InventoryLoss { .. } => {}
            Effect::Announcement { inputs, outputs } => {
                let rise = (L::one() + size).ln();
                add(&mut policy.alarm, inputs.iter().map(|i| i.at()), rise);
                add(&mut policy.rumour, outputs.iter().map(|o| o.at()), rise);
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
            Effect::Buffer { inputs, .. } => add(&mut policy.buffer, inputs.iter().map(|i| i.at()), size),
            Effect::Qualify(inputs) => add(&mut policy.qualify, inputs.iter().map(|i| i.at()), intensity),
            Effect::Thrift(inputs) => add(&mut policy.design_out, inputs.iter().map(|i| i.at()), size),
            Effect::Priority(inputs) => add(&mut policy.rated, inputs.iter().map(|i| i.at()), size),
            Effect::DataExchange(inputs) => add(&mut policy.calmed, inputs.iter().map(|i| i.at()), size),
            Effect::SourcingCap { inputs, .. } => {
                let most = L::one() - intensity * (L::one() - draw.magnitude);
                for i in inputs.iter().map(|i| i.at()) {
                    policy.origin_cap[i] = policy.origin_cap[i].min(most);
                }
            }
            Effect::Reserve(rule) => policy.reserve_weeks[rule.stock.at()] += size,
            effect => support(&mut policy.support, effect, size, intensity),
        }
    }
}

/// Programmes, and what undoes what they build.
///
/// ```text
/// cut(o)    = Σ ln(1 − m·I)                                   log price cut of a war
/// dearer(a) = Σ m·I;   slower(a) = Σ m·I                      capital and weeks of what is built
/// grant(a)  = min(1, Σ m·I);   cheaper(a) = Σ share·m·I       capital borne by others; return below what owners ask
/// floor(o)  = max m·I
/// ```
#[inline(always)]
fn support<L: Lane>(support: &mut Support<L>, effect: &Effect, size: L, intensity: L) {
    fn agents(list: &[AgentId]) -> impl Iterator<Item = usize> + '_ {
        list.iter().map(|a| a.at())
    }
    match effect {
        Effect::PriceWar(outputs) => {
            let left = (L::one() - size).max(L::splat(MOST_CUT));
            add(&mut support.cut, outputs.iter().map(|o| o.at()), left.ln());
        }
        Effect::DearerWorks(list) => add(&mut support.dearer, agents(list), size),
        Effect::SlowerWorks(list) => add(&mut support.slower, agents(list), size),
        Effect::Build(rule) | Effect::Grant(rule) => {
            for a in agents(&rule.agents) {
                support.grant[a] = (support.grant[a] + size).min(L::one());
                if matches!(effect, Effect::Build(_)) {
                    support.commissioned[a] = support.commissioned[a].max(intensity);
                }
            }
        }
        Effect::RunningCredit(rule) => add(&mut support.credit, agents(&rule.agents), size),
        Effect::Loan(rule) => {
            add(&mut support.cheaper, agents(&rule.agents), size * rule.share);
        }
        Effect::Floor(rule) => {
            if rule.offtake {
                for a in agents(&rule.agents) {
                    support.agreed[a] = support.agreed[a].max(intensity);
                }
            }
            for o in rule.outputs.iter().map(|o| o.at()) {
                let better = |then, otherwise| L::where_less(support.floor[o], size, then, otherwise);
                support.covered[o] = better(L::splat(rule.covered), support.covered[o]);
                support.upside[o] = better(L::splat(rule.upside), support.upside[o]);
                support.floor[o] = better(size, support.floor[o]);
            }
        }
        Effect::Collect(rule) => {
            for a in agents(&rule.agents) {
                support.collect[a] = support.collect[a].max(size);
            }
        }
        _ => {}
    }
}

/// Destroys stocks in the week in which an event says so.
///
/// ```text
/// destroyed = m·stock;   stock ← stock − destroyed
/// ```
#[inline(never)]
pub fn destroy<L: Lane>(
    inputs: &mut Inputs<L>,
    outputs: &mut Outputs<L>,
    plan: &Plan,
    future: &Future<L>,
    week: Week,
) {
    for event in &plan.events {
        let Effect::InventoryLoss { inputs: bought, outputs: made } = &event.effect else { continue };
        let draw = &future.draws[event.draw];
        let share = draw.magnitude * draw.begins(week);
        for i in bought.iter().map(|i: &InputId| i.at()) {
            inputs.destroyed[i] = inputs.stock[i] * share;
            inputs.stock[i] -= inputs.destroyed[i];
        }
        for o in made.iter().map(|o: &OutputId| o.at()) {
            outputs.destroyed[o] = outputs.stock[o] * share;
            outputs.stock[o] -= outputs.destroyed[o];
        }
    }
}

fn places<'a>(
    place: &'a [u32],
    links: impl Iterator<Item = LinkId> + 'a,
) -> impl Iterator<Item = usize> + 'a {
    links.map(|l| place[l.at()] as usize)
}

#[inline(always)]
fn add<L: Lane>(sums: &mut [L], places: impl Iterator<Item = usize>, size: L) {
    for place in places {
        sums[place] += size;
    }
}

/// What is refused on these links leaks.
#[inline(always)]
fn leak<L: Lane>(
    control: &mut Control<L>,
    links: impl Iterator<Item = LinkId>,
    draw: &Draw<L>,
    in_force: L,
    week: Week,
) {
    let leak = draw.leak(week) * in_force;
    let premium = draw.leakage_premium * in_force;
    for link in links {
        let place = control.place[link.at()] as usize;
        control.leak[place] = control.leak[place].max(leak);
        control.premium[place] = control.premium[place].max(premium);
    }
}

#[inline(always)]
fn bind<L: Lane>(markets: &mut Markets<L>, touched: &[usize], in_force: L) {
    for market in touched {
        markets.binding[*market] = markets.binding[*market].max(in_force);
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
    if !control.idle {
        for (list, nothing) in [
            (&mut control.cap, L::splat(UNCAPPED)),
            (&mut control.leak, L::zero()),
            (&mut control.premium, L::zero()),
            (&mut control.unseen, L::one()),
            (&mut control.export_duty, L::zero()),
            (&mut control.tariff, L::zero()),
            (&mut control.rent, L::zero()),
        ] {
            list.fill(nothing);
        }
    }
    markets.binding.fill(L::zero());
    policy.open.fill(L::one());
    policy.clear.fill(L::one());
    policy.allowed.fill(L::splat(UNCAPPED));
    for sums in [
        &mut policy.alarm,
        &mut policy.rumour,
        &mut policy.qualify,
        &mut policy.design_out,
        &mut policy.rated,
        &mut policy.calmed,
    ] {
        sums.fill(L::zero());
    }
    policy.origin_cap.fill(L::one());
    for list in policy.support.lists() {
        list.fill(L::zero());
    }
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
