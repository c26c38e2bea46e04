//! What is in force this week.
//!
//! In words and with its notation: docs/model.md#policy.

use crate::draw::Draw;
use crate::id::{AgentId, InputId, LinkId, OutputId};
use crate::lanes::Lane;
use crate::network::Network;
use crate::phase::regime::{exempt, hold};
use crate::phase::restriction::bite;
use crate::plan::Now;
use crate::plan::{Effect, Event, LicenceClass, Plan, Replicates, Treasury};
use crate::slices::Deepest;
use crate::state::{Control, Depths, Inputs, Outputs, Policy, Support};
use crate::time::Week;

/// Least share of its price that a price war leaves.
const MOST_CUT: f64 = 0.05;

/// Reads the plan's events into shares lost, duties, gateways, demand factors, expectations, buffers and reserves.
///
/// ```text
/// of each kind, moment by moment, the deepest binds:   depth = ∫ over the week of max over events of m·level(τ) dτ
/// avail(a)  = variation(a)·(1 − depth of capacity losses);   detected(l) = depth of enforcement
/// open(g)   = 1 − depth of delays;   clear(g) = 1 − ∫ max level
/// alarm(i)  = ln(1 + depth of announcements)                  expected log price rise
/// bite      = ∫ max over controls of 1 − (1 − s)^k            s = m·level, of a licence times what it holds back: what they refuse beyond normal trade
///
/// of others sizes add up:   duty(l) = Σ m·I;   tariff(l) = Σ m·I;   demand(o) = variation(o)·(1 + Σ m·I)⁺
/// buffer(i) = Σ m·I                                           weeks of cover
/// rated(i)  = Σ m·I;   hoarding_damping(i) = Σ m·I                      shares of orders served first, of hoarding left out
/// most(i)   = min (1 − (1 − m)·I)                             share from capped sellers
/// ```
/// `m` is an event's magnitude, `I` its mean intensity this week, `level` the intensity at a moment
/// ([`crate::draw::Draw::level`]). What caps, licences and quotas let pass depends on what is ordered: see
/// [`super::controls::decide`].
#[inline(never)]
pub fn enforce<L: Lane>(policy: &mut Policy<L>, control: &mut Control<L>, now: Now<'_, L>) {
    let Now { network, plan, replicates, week } = now;
    reset(policy, control, network, replicates, week);
    policy.slices.cut(plan, replicates, week);
    deepen(policy, control, now);
    for (place, event) in plan.events.iter().enumerate() {
        let draw = &replicates.draws[event.draw];
        let deepest = event.effect.deepest_binds();
        let intensity = if deepest { L::zero() } else { draw.intensity(week) };
        let size = if deepest { policy.slices.mean(place) } else { draw.magnitude * intensity };
        policy.sizes[place] = size;
        match &event.effect {
            Effect::Duty { links, levied_by } => {
                let duties = match levied_by {
                    Treasury::Exporter => &mut control.export_duty,
                    Treasury::Importer => &mut control.tariff,
                };
                for place in places(&control.place, links.iter().copied()) {
                    duties[place] += size;
                }
            }
            Effect::DemandShift(agents) => {
                for agent in agents {
                    policy.shift[agent.at() - network.facilities] += size;
                }
            }
            Effect::Buffer { inputs, .. } => add(&mut policy.buffer, inputs.iter().map(|i| i.at()), size),
            Effect::Qualify(inputs) => add(&mut policy.qualify, inputs.iter().map(|i| i.at()), intensity),
            Effect::Thrift(inputs) => add(&mut policy.design_out, inputs.iter().map(|i| i.at()), size),
            Effect::Priority(inputs) => add(&mut policy.rated, inputs.iter().map(|i| i.at()), size),
            Effect::DataExchange(inputs) => {
                add(&mut policy.hoarding_damping, inputs.iter().map(|i| i.at()), size)
            }
            Effect::SourcingCap { inputs, .. } => {
                let most = L::one() - intensity * (L::one() - draw.magnitude);
                for i in inputs.iter().map(|i| i.at()) {
                    policy.origin_cap[i] = policy.origin_cap[i].min(most);
                }
            }
            Effect::Reserve(rule) => policy.reserve_weeks[rule.stock.at()] += size,
            Effect::Announcement { inputs, dated: true, .. } => {
                let rush = rush(draw, week);
                for i in inputs.iter().map(|i| i.at()) {
                    policy.rush[i] = policy.rush[i].max(rush);
                }
            }
            effect => support(&mut policy.support, effect, size, intensity),
        }
    }
    // what foreign buyers pay in duties is not the seller's
    for (place, (of_link, of_controls)) in
        policy.bite.iter_mut().zip(&policy.depths.control_bite.mean).enumerate()
    {
        let duties = (control.export_duty[place] + control.tariff[place]).min(L::one());
        *of_link = of_controls.max(bite(duties, &replicates.behaviour));
    }
    spread(policy);
}

/// How deep events of each kind go, slice by slice.
#[inline(always)]
fn deepen<L: Lane>(policy: &mut Policy<L>, control: &Control<L>, now: Now<'_, L>) {
    let Now { plan, replicates, week, .. } = now;
    let Policy { slices, depths, .. } = policy;
    depths.clear();
    for slice in slices.all() {
        for (e, event) in plan.events.iter().enumerate() {
            if event.effect.deepest_binds() {
                let draw = &replicates.draws[event.draw];
                let size = slices.size(slice, e);
                let level = L::where_less(L::zero(), size, slices.level(slice, e), L::zero());
                let since = slices.since(e, week);
                let licence = draw.regime.as_ref().filter(|_| matches!(event.effect, Effect::Licence(_)));
                let held = |class| licence.map_or(size, |regime| size * hold(regime, class, since));
                let usual = held(LicenceClass::USUAL);
                // once for all links: it is the same where no general licence exempts
                let binds = matches!(event.effect, Effect::ExportCap(_) | Effect::Licence(_));
                let whole = if binds { bite(usual, &replicates.behaviour) } else { L::zero() };
                let exempts = licence.is_some() && !control.queues.general.is_empty();
                each_depth(depths, control, &event.effect, &mut |depth, place, what| {
                    depth.deepen(
                        place,
                        match what {
                            Measured::Size => size,
                            Measured::Level => level,
                            Measured::Bite(class) if class == LicenceClass::USUAL && !exempts => whole,
                            Measured::Bite(class) => {
                                let free = L::one() - exempt(&control.queues, slices, slice, place);
                                bite(held(class) * free, &replicates.behaviour)
                            }
                        },
                    );
                });
            }
        }
        let weight = slices.weight(slice);
        for event in &plan.events {
            each_depth(depths, control, &event.effect, &mut |depth, place, _| depth.end(place, weight));
        }
    }
}

/// What of an event is measured at a place.
enum Measured {
    Size,
    Level,
    /// How far a control binds, of a licence on applications of a class.
    Bite(LicenceClass),
}

/// Every place of every kind of depth that an effect reaches.
#[inline(always)]
fn each_depth<L: Lane>(
    depths: &mut Depths<L>,
    control: &Control<L>,
    effect: &Effect,
    visit: &mut impl FnMut(&mut Deepest<L>, usize, Measured),
) {
    match effect {
        Effect::ExportCap(links) => {
            for place in places(&control.place, links.iter().copied()) {
                visit(&mut depths.control_bite, place, Measured::Bite(LicenceClass::USUAL));
            }
        }
        Effect::Licence(rule) => {
            for licensed in &rule.links {
                for place in places(&control.place, [licensed.link].into_iter()) {
                    visit(&mut depths.control_bite, place, Measured::Bite(licensed.class));
                }
            }
        }
        Effect::Enforcement { links, agents } => {
            for place in places(&control.place, links.iter().copied()) {
                visit(&mut depths.detected, place, Measured::Size);
            }
            agents.iter().for_each(|a| visit(&mut depths.lost, a.at(), Measured::Size));
        }
        Effect::CapacityLoss(agents) => {
            agents.iter().for_each(|a| visit(&mut depths.lost, a.at(), Measured::Size));
        }
        Effect::ProductionQuota(agents) => {
            agents.iter().for_each(|a| visit(&mut depths.cut_back, a.at(), Measured::Size));
        }
        Effect::Announcement { inputs, outputs, .. } => {
            inputs.iter().for_each(|i| visit(&mut depths.rise_bought, i.at(), Measured::Size));
            outputs.iter().for_each(|o| visit(&mut depths.rise_sold, o.at(), Measured::Size));
        }
        Effect::TransportDelay(gateway) => {
            visit(&mut depths.held, gateway.at(), Measured::Size);
            visit(&mut depths.closed, gateway.at(), Measured::Level);
        }
        Effect::PriceWar(outputs) => {
            outputs.iter().for_each(|o| visit(&mut depths.war, o.at(), Measured::Size));
        }
        Effect::ConstructionCost(agents) => {
            agents.iter().for_each(|a| visit(&mut depths.construction_cost, a.at(), Measured::Size));
        }
        Effect::ConstructionDelay(agents) => {
            agents.iter().for_each(|a| visit(&mut depths.construction_delay, a.at(), Measured::Size));
        }
        _ => {}
    }
}

/// Share of what buyers want ahead of a known day that they call in this week: all of it by that day.
///
/// ```text
/// rush(i) = share of the week in which the notice runs / max(1, weeks left)
/// ```
#[inline(always)]
fn rush<L: Lane>(draw: &Draw<L>, week: Week) -> L {
    let from = L::splat(f64::from(week));
    let left = (draw.start + draw.ramp + draw.duration - from).positive();
    let runs = (from + L::one() - draw.start).clip(0.0, 1.0).min(left);
    runs / left.max(L::one())
}

/// Depths become what the phases read.
#[inline(always)]
fn spread<L: Lane>(policy: &mut Policy<L>) {
    let Policy { depths, availability, open, clear, alarm, expected_rise, support, demand, shift, .. } =
        policy;
    let left = |list: &mut [L], depth: &Deepest<L>| {
        for (left, lost) in list.iter_mut().zip(&depth.mean) {
            *left = *left * (L::one() - *lost).positive();
        }
    };
    left(availability, &depths.lost);
    left(open, &depths.held);
    left(clear, &depths.closed);
    for (list, depth) in [(alarm, &depths.rise_bought), (expected_rise, &depths.rise_sold)] {
        list.iter_mut().zip(&depth.mean).for_each(|(rise, depth)| *rise = (L::one() + *depth).ln());
    }
    for (cut, war) in support.cut.iter_mut().zip(&depths.war.mean) {
        *cut = (L::one() - *war).max(L::splat(MOST_CUT)).ln();
    }
    support.construction_cost.copy_from_slice(&depths.construction_cost.mean);
    support.construction_delay.copy_from_slice(&depths.construction_delay.mean);
    for (plan, shift) in demand.iter_mut().zip(shift.iter()) {
        *plan = *plan * (L::one() + *shift).positive();
    }
}

/// Programmes.
///
/// ```text
/// grant(a)  = min(1, Σ m·I);   cheaper(a) = Σ share·m·I       capital borne by others; return below what owners ask
/// floor(o)  = max m·I
/// ```
#[inline(always)]
fn support<L: Lane>(support: &mut Support<L>, effect: &Effect, size: L, intensity: L) {
    fn agents(list: &[AgentId]) -> impl Iterator<Item = usize> + '_ {
        list.iter().map(|a| a.at())
    }
    match effect {
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

/// Destroys stocks in the week in which an event says so; of several the greatest.
///
/// ```text
/// destroyed = max m·stock;   stock ← stock − destroyed
/// ```
#[inline(never)]
pub fn destroy<L: Lane>(inputs: &mut Inputs<L>, outputs: &mut Outputs<L>, now: Now<'_, L>) {
    let Now { plan, replicates, week, .. } = now;
    each_stock(inputs, outputs, plan, |_, _, destroyed| *destroyed = L::zero());
    each_stock(inputs, outputs, plan, |event, stock, destroyed| {
        let draw = &replicates.draws[event.draw];
        let share = draw.magnitude * draw.begins(week);
        let whole = *stock + *destroyed;
        *destroyed = destroyed.max(whole * share);
        *stock = whole - *destroyed;
    });
}

/// Every stock that an event destroys a share of, with what of it was destroyed this week.
#[inline(always)]
fn each_stock<L: Lane>(
    inputs: &mut Inputs<L>,
    outputs: &mut Outputs<L>,
    plan: &Plan,
    mut visit: impl FnMut(&Event, &mut L, &mut L),
) {
    for event in &plan.events {
        let Effect::InventoryLoss { inputs: bought, outputs: made } = &event.effect else { continue };
        for i in bought.iter().map(|i: &InputId| i.at()) {
            visit(event, &mut inputs.stock[i], &mut inputs.destroyed[i]);
        }
        for o in made.iter().map(|o: &OutputId| o.at()) {
            visit(event, &mut outputs.stock[o], &mut outputs.destroyed[o]);
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

/// Starts the week with nothing in force but the random variation of the week.
#[inline(always)]
fn reset<L: Lane>(
    policy: &mut Policy<L>,
    control: &mut Control<L>,
    network: &Network,
    replicates: &Replicates<L>,
    week: Week,
) {
    if !control.idle {
        for list in [&mut control.premium, &mut control.export_duty, &mut control.tariff, &mut control.rent] {
            list.fill(L::zero());
        }
    }
    policy.open.fill(L::one());
    policy.clear.fill(L::one());
    for sums in [&mut policy.qualify, &mut policy.design_out, &mut policy.rated, &mut policy.hoarding_damping]
    {
        sums.fill(L::zero());
    }
    policy.origin_cap.fill(L::one());
    policy.rush.fill(L::zero());
    for list in policy.support.lists() {
        list.fill(L::zero());
    }
    policy.shift.fill(L::zero());
    policy.buffer.fill(L::zero());
    policy.reserve_weeks.fill(L::zero());
    variation(&mut policy.demand, &replicates.demand, network.producers, week);
    variation(
        &mut policy.availability[..network.facilities],
        &replicates.availability,
        network.facilities,
        week,
    );
    policy.availability[network.facilities..].fill(L::one());
}

/// This week's row of a table of drawn factors, or ones where nothing was drawn.
#[inline(always)]
fn variation<L: Lane>(factors: &mut [L], drawn: &[L], width: usize, week: Week) {
    if drawn.is_empty() {
        factors.fill(L::one());
    } else {
        let from = week as usize * width;
        factors.copy_from_slice(&drawn[from..from + width]);
    }
}
