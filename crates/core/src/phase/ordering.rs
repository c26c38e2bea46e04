//! Each buyer orders up to its target and splits the order over its suppliers.
//!
//! In words and with its notation: docs/model.md#ordering.

use crate::behaviour::Behaviour;
use crate::lanes::Lane;
use crate::network::{Input, Role};
use crate::phase::licensing::LONGEST_WAIT;
use crate::phase::triage;
use crate::plan::Now;
use crate::state::{Bid, Inputs, Links, Outputs, Plants, Policy, Producers, entry};
use crate::time::REVIEW_WEEKS;
use crate::time::SPIN_UP_WEEKS;

/// Weeks in which hoarding reckons: the expected price change is that of half a year.
pub const HORIZON_WEEKS: f64 = 26.0;
/// Least and greatest hoarding, share of cover.
pub const HOARDING_BOUNDS: (f64, f64) = (-0.2, 3.3);
/// Weeks over which a plant that did not run at the reference level fills its stocks: they are part of what it costs to open.
pub const FIRST_FILL_WEEKS: f64 = 13.0;
/// Bounds of the factor that price puts on a stock target.
const DESTOCKING_BOUNDS: (f64, f64) = (0.25, 1.25);

/// Whom buyers owe, and who owes them: what a policy that keeps orders reckons with.
#[derive(Clone, Copy)]
pub struct Owed<'a, L> {
    /// What suppliers owe.
    pub links: &'a Links<L>,
    /// What a facility was asked for, and owes.
    pub outputs: &'a Outputs<L>,
    /// What final producers plan, and owe.
    pub producers: &'a Producers<L>,
}

/// Expected use, and a share of the gap between target and position.
///
/// ```text
/// d_u ← d_u·e^(g/52) + s_u·(d − d_u·e^(g/52));   planned = d + w_u·(d_u − d)      d: use if this input alone were plenty
/// d_s ← d_s·e^(g/52) + s_f·(planned − d_s·e^(g/52));   d_l likewise with s_l
/// hoard = clip(h·beyond(26·χ·g + alarm, band) + h_f·max(0, R* − fill), −0.2, 3.3);   above zero times (1 − hoarding_damping)
/// cover* = cover·clip((q/p₀)^(−ε_s), ¼, 1¼)·(1 + hoard) + buffer
/// w     = (cover* + lag̅ − 1 + W)·d_l + held           W: mean wait for a licence over its links, at most 26 weeks
/// ahead = min(gap, what the alarm adds to cover*·d_l)⁺          where the day is known on which something enters into force
/// c     = clip((gap − ahead)/T_adj, ±f·d_l) + rush·ahead;   gap = w − stock − transit − queued
/// c     = max(gap/13, −f·d_l)                                of a plant that did not run at the reference level
/// order = max(0, d_s + c + withdrawn);   withdrawn = min((−c)⁺, pending)
/// order(l) = share(l)·order
/// ```
/// Planners remember the usual: half of a forecast, say, is the use of the last years. Forecasts grow with the outlook `g` that everybody reads, and learn from what happens. In the hoarding term
/// `g` is the smoothed weekly log change of `q`, the delivered spot price that the buyer's suppliers ask, `χ` the share of
/// a trend that is taken to go on, and `alarm` the rise that was announced. No buyer can call off more than the share `f` beyond or below its use: what it is short of from one
/// supplier it cannot simply double with another, and a larger stock target alone does not draw more goods through a
/// shortage. Goods in transit count in full; at the moment of ordering a pipeline of `lag` weeks holds `lag − 1` of them.
/// So does what waits for a licence: a buyer who forgot it would order it again every week. It knows how long a licence
/// takes, and orders ahead for it; above its target it withdraws applications before it cuts orders. Behind a closed gateway
/// likewise: what is held there (at most 26 weeks of use) is not counted as on its way.
#[inline(never)]
pub fn order<L: Lane>(
    inputs: &mut Inputs<L>,
    bids: &mut [Bid<L>],
    policy: &Policy<L>,
    plants: &Plants<L>,
    owed: Owed<'_, L>,
    now: Now<'_, L>,
) {
    let (network, behaviour, week) = (now.network, &now.replicates.behaviour, now.week);
    let grows = week >= SPIN_UP_WEEKS && !plants.growth.is_empty();
    for (i, input) in network.inputs.iter().enumerate() {
        if !matches!(network.agents[input.agent.at()].role, Role::Reserve) {
            inputs.ordered[i] = match network.base_stock() {
                None => {
                    if grows {
                        let growth = plants.growth[input.agent.at()];
                        inputs.short_run_use[i] = inputs.short_run_use[i] * growth;
                        inputs.long_run_use[i] = inputs.long_run_use[i] * growth;
                        inputs.usual_use[i] = inputs.usual_use[i] * growth;
                    }
                    smooth(inputs, policy, behaviour, input, i)
                }
                Some(window) => up_to_target(inputs, owed, i, window, now),
            };
        }
        let ordered = inputs.ordered[i];
        inputs.orders[i * REVIEW_WEEKS as usize + (week % REVIEW_WEEKS) as usize] = ordered;
        let rank = triage::rank(inputs, i, behaviour.triage, week);
        bids[i] = Bid { ordered, worth: inputs.worth[i], inverse_worth: inputs.inverse_worth[i], rank };
    }
}

#[inline(always)]
fn smooth<L: Lane>(
    inputs: &mut Inputs<L>,
    policy: &Policy<L>,
    behaviour: &Behaviour<L>,
    input: &Input,
    i: usize,
) -> L {
    let potential = inputs.potential_use[i];
    let usual = inputs.usual_use[i].towards(potential, behaviour.usual_speed);
    let planned =
        if input.base_use > 0.0 { potential.towards(usual, behaviour.usual_weight) } else { potential };
    let short = inputs.short_run_use[i].towards(planned, behaviour.forecast_speed);
    let long = inputs.long_run_use[i].towards(planned, behaviour.long_run_speed);
    inputs.usual_use[i] = usual;
    inputs.short_run_use[i] = short;
    inputs.long_run_use[i] = long;
    let alarm = entry(&policy.alarm, i);
    let cover = wanted_cover(inputs, policy, behaviour, input, i, alarm);
    inputs.target[i] = cover * long;
    // what waits for a licence or behind a closed gateway is on its way for longer: the pipeline holds more
    let known = behaviour.licence_wait_known;
    let held = (known * inputs.held[i]).min(long * LONGEST_WAIT);
    let pipeline = long * (L::splat(input.mean_lag - 1.0) + inputs.licence_wait[i]) + held;
    let wanted = inputs.target[i] + pipeline;
    let gap = wanted - inputs.stock[i] - inputs.in_transit[i] - inputs.queued[i];
    let (gap, ahead) = match policy.rush.get(i).copied() {
        Some(rush) if rush != L::zero() => {
            let without = wanted_cover(inputs, policy, behaviour, input, i, L::zero()) * long;
            let ahead = gap.min(inputs.target[i] - without).positive();
            let ahead = L::where_less(L::zero(), rush, ahead, L::zero());
            (gap - ahead, ahead * rush)
        }
        _ => (gap, L::zero()),
    };
    let least = -(behaviour.order_flexibility * long);
    let change = if input.base_use > 0.0 {
        (gap / behaviour.adjustment_weeks).min(-least)
    } else {
        gap * (1.0 / FIRST_FILL_WEEKS)
    };
    let change = change.max(least) + ahead;
    let withdrawn = (known * (-change).positive()).min(inputs.pending[i]);
    inputs.withdrawn[i] = withdrawn;
    (short + change + withdrawn).positive()
}

/// Weeks of long-run use that a buyer wants in stock now.
#[inline(always)]
fn wanted_cover<L: Lane>(
    inputs: &Inputs<L>,
    policy: &Policy<L>,
    behaviour: &Behaviour<L>,
    input: &Input,
    i: usize,
    alarm: L,
) -> L {
    let expected_rise = inputs.trend[i] * (HORIZON_WEEKS * input.speculation) + alarm;
    let missing = (behaviour.reliability_threshold - inputs.fill_rate[i]).positive();
    let hoard = hoarding(expected_rise, behaviour) + behaviour.hoarding_fill * missing;
    let hoard = hoard.clip(HOARDING_BOUNDS.0, HOARDING_BOUNDS.1);
    let hoard = hoard.min(hoard * (L::one() - entry(&policy.hoarding_damping, i)).positive());
    let costlier = inputs.log_offer[i] - L::splat(inputs.log_reference[i]);
    let destocking = (-(behaviour.stock_elasticity * costlier)).exp();
    let destocking = destocking.clip(DESTOCKING_BOUNDS.0, DESTOCKING_BOUNDS.1);
    inputs.cover[i] * destocking * (L::one() + hoard) + policy.buffer[i]
}

/// Stock wanted on top of the usual, share of cover, for an expected log price change.
#[inline(always)]
pub(super) fn hoarding<L: Lane>(expected_rise: L, behaviour: &Behaviour<L>) -> L {
    behaviour.hoarding * expected_rise.beyond(behaviour.hoarding_band)
}

/// Inventory theory's own rule: up to the target, whatever it takes.
///
/// ```text
/// S     = (lag̅ + cover)·demand at the reference level,   or (lag̅ + cover)·mean of the last p demands with this week's
/// order = S − (stock + transit + owed by sellers − owed to customers)       below zero: goods go back
/// ```
/// Demand is the plan of a final producer, and what a facility was asked for last week.
#[inline(always)]
fn up_to_target<L: Lane>(
    inputs: &mut Inputs<L>,
    owed: Owed<'_, L>,
    i: usize,
    window: u32,
    now: Now<'_, L>,
) -> L {
    let (network, week) = (now.network, now.week);
    let Owed { links, outputs, producers } = owed;
    let input = &network.inputs[i];
    let agent = &network.agents[input.agent.at()];
    let (demand, owed) = match agent.role {
        Role::Producer(_) => {
            let p = input.agent.at() - network.facilities;
            (producers.plan[p] * input.per_activity, producers.backlog[p] * input.per_activity)
        }
        _ => {
            let main = agent.outputs.start as usize;
            let per_output = input.per_activity / network.outputs[main].per_activity;
            let owed = (outputs.owed[main] - outputs.stock[main]).positive();
            (outputs.expected_orders[main] * per_output, owed * per_output)
        }
    };
    let level = if window == 0 {
        L::splat(input.base_use)
    } else {
        let n = window as usize;
        inputs.demands[i * n + week as usize % n] = demand;
        let past = &inputs.demands[i * n..(i + 1) * n];
        past.iter().fold(L::zero(), |sum, d| sum + *d) * (1.0 / f64::from(window))
    };
    inputs.long_run_use[i] = level;
    let target = (inputs.cover[i] + L::splat(input.mean_lag)) * level;
    let due: L = network.links_of(input).fold(L::zero(), |sum, l| sum + links.owed[l]);
    target - inputs.stock[i] - inputs.in_transit[i] - due + owed
}
