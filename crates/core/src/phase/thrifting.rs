//! Every four weeks price makes designs use less of an input, or another one instead.
//!
//! In words and with its notation: docs/model.md#thrifting.

use crate::behaviour::Behaviour;
use crate::design::ThriftRule;
use crate::lanes::Lane;
use crate::network::Network;
use crate::plan::Now;
use crate::state::{Designs, Inputs, Policy};
use crate::time::{REVIEW_WEEKS, SPIN_UP_WEEKS};

/// Log price change for which nobody changes a design.
pub const UNNOTICED: f64 = 0.15;

/// Moves intensities.
///
/// ```text
/// r        = Σ c(i)·q(i) / Σ c(i)·p₀(i) over the rule's inputs,   over the same of what replaces them
/// wanted   = max(floor, min(1, e^(−ε·beyond(ln r, 0.15))) · (1 − designed out))
/// decided ← decided + (4·f/T_delay)·(wanted − decided)
/// goal     = decided < m:  decided;   else min(decided, 1 − kept·(1 − least m so far))
/// m       ← m + (4·f/T_thrift)·(goal − m)
/// m(i)    = m·e^(−τ·years since the calendar began)
/// m(substitute) = 1 + ratio·Σ c(i)·(1 − m(i)) / c(substitute)
/// d_s, d_l ← d_s, d_l · m now / m before                            of every input that is redesigned
/// ```
/// `q` is the price asked, `f` a drawn factor, `τ` what designs save each year whatever the price, where demand grows. What was learnt is kept in part: `kept` of the saving never comes back.
#[inline(never)]
pub fn adapt<L: Lane>(designs: &mut Designs<L>, inputs: &mut Inputs<L>, policy: &Policy<L>, now: Now<'_, L>) {
    let (network, behaviour, calendar) = (now.network, &now.replicates.behaviour, now);
    if network.base_stock().is_some() {
        return;
    }
    for (place, rule) in network.thrifts.iter().enumerate() {
        let wanted = wanted(inputs, policy, behaviour, network, rule);
        let review =
            |weeks: f64| (behaviour.thrifting_speed * (f64::from(REVIEW_WEEKS) / weeks)).min(L::one());
        let decided = designs.decided[place].towards(wanted, review(rule.delay_weeks.max(1.0)));
        let now = designs.intensity[place];
        let most = L::one() - (L::one() - designs.least[place]) * rule.kept_share;
        let goal = L::where_less(decided, now, decided, decided.min(most.max(now)));
        let now = now.towards(goal, review(rule.weeks.max(1.0)));
        designs.decided[place] = decided;
        designs.intensity[place] = now;
        designs.least[place] = designs.least[place].min(now);
        build(inputs, network, rule, now * leaner(rule, calendar));
    }
}

/// What is left of an intensity after so many years of leaner designs.
#[inline(always)]
fn leaner<L: Lane>(rule: &ThriftRule, now: Now<'_, L>) -> L {
    if rule.trend == 0.0 || now.week < SPIN_UP_WEEKS || !now.replicates.trends {
        return L::one();
    }
    let years = f64::from(now.week - SPIN_UP_WEEKS) / 52.0;
    (now.replicates.behaviour.leaner_designs * (-rule.trend * years)).exp()
}

/// What a new design would use, over use at the reference level.
#[inline(always)]
fn wanted<L: Lane>(
    inputs: &Inputs<L>,
    policy: &Policy<L>,
    behaviour: &Behaviour<L>,
    network: &Network,
    rule: &ThriftRule,
) -> L {
    let (mut asked, mut usual, mut out) = (L::zero(), 0.0, L::zero());
    for i in rule.inputs.iter().map(|i| i.at()) {
        let input = &network.inputs[i];
        asked += inputs.log_offer[i].exp() * input.per_activity;
        usual += input.reference_price * input.per_activity;
        out = out.max(policy.design_out.get(i).copied().unwrap_or(L::zero()));
    }
    let mut costlier = (asked * (1.0 / usual)).ln();
    if let Some(substitute) = rule.substitute {
        let i = substitute.input.at();
        costlier -= inputs.log_offer[i] - L::splat(network.inputs[i].reference_price).ln();
    }
    let noticed = costlier.beyond(L::splat(UNNOTICED));
    let by_price = (-(noticed * (behaviour.thrifting_strength * rule.elasticity))).exp().min(L::one());
    (by_price * (L::one() - out)).max(L::splat(rule.floor))
}

/// Writes the intensity of what is built now.
#[inline(always)]
fn build<L: Lane>(inputs: &mut Inputs<L>, network: &Network, rule: &ThriftRule, now: L) {
    let mut saved = L::zero();
    for i in rule.inputs.iter().map(|i| i.at()) {
        redesign(inputs, i, now);
        saved += (L::one() - now) * network.inputs[i].per_activity;
    }
    if let Some(substitute) = rule.substitute {
        let i = substitute.input.at();
        let more = saved * (substitute.ratio / network.inputs[i].per_activity);
        redesign(inputs, i, L::one() + more);
    }
}

/// Changes an input's intensity; who changes a design orders for the new one at once.
#[inline(always)]
fn redesign<L: Lane>(inputs: &mut Inputs<L>, i: usize, intensity: L) {
    let change = intensity / inputs.intensity[i];
    inputs.intensity[i] = intensity;
    inputs.short_run_use[i] = inputs.short_run_use[i] * change;
    inputs.long_run_use[i] = inputs.long_run_use[i] * change;
    inputs.usual_use[i] = inputs.usual_use[i] * change;
}
