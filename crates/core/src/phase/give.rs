//! For a while users do with less of an input that does not come.
//!
//! In words and with its notation: docs/model.md#give.

use crate::behaviour::Behaviour;
use crate::design::{Give, GiveKind, ThriftRule};
use crate::lanes::{Lane, TINY};
use crate::plan::Now;
use crate::state::{Designs, Inputs};

/// Share of its usual stock below which a user saves, whatever still comes.
pub const LOW_STOCK: f64 = 0.5;

/// Moves what is saved of each input towards what is wanted.
///
/// ```text
/// want(i)  = max((R* − fill)⁺/R*, (1 − (stock − arrived)/(½·cover·d_l))⁺)
/// bound(i) = min(b, (1 − floor/m)⁺)                      b by kind of use, drawn; one floor with thrifting
/// goal(i)  = max(min(want, bound), min(kept·most so far, bound))
/// g(i)     ← min(g + (goal − g)/T, limit)
/// limit    = ((stock(s) − arrived(s) − ½·cover·d_l(s))⁺/T + (arrived(s) − d_l(s))⁺) / (ratio·Σ d_l(i))        of a substitute s
/// use of i = m·(1 − g)·c;   of its substitute 1 + ratio·Σ c·(1 − m·(1 − g))/c(substitute)
/// ```
/// A substitute is taken only as far as it is there. It answers to physical want alone; price moves designs. Orders follow the design: what is saved is not ordered less.
#[inline(never)]
pub fn stretch<L: Lane>(designs: &Designs<L>, inputs: &mut Inputs<L>, now: Now<'_, L>) {
    let (network, behaviour) = (now.network, &now.replicates.behaviour);
    for (rule, design) in network.thrifts.iter().zip(&designs.intensity) {
        let Some(give) = rule.give else { continue };
        let bound = bound(give, behaviour).min((L::one() - L::splat(rule.floor) / *design).positive());
        let limit = limit(inputs, rule, give);
        let mut saved = L::zero();
        for i in rule.inputs.iter().map(|i| i.at()) {
            let given = given(inputs, rule, give, bound, behaviour, i).min(limit);
            inputs.given[i] = given;
            inputs.most_given[i] = inputs.most_given[i].max(given);
            inputs.stretch[i] = L::one() - given;
            saved += *design * given * network.inputs[i].per_activity;
        }
        if let Some(substitute) = rule.substitute {
            let s = substitute.input.at();
            let more = saved * (substitute.ratio / network.inputs[s].per_activity);
            inputs.stretch[s] = L::one() + more / inputs.intensity[s];
        }
    }
}

/// Greatest share that a kind of use can do without.
#[inline(always)]
fn bound<L: Lane>(give: Give, behaviour: &Behaviour<L>) -> L {
    match give.kind {
        GiveKind::Part => behaviour.give_part,
        GiveKind::Feature => behaviour.give_feature,
        GiveKind::Grade => behaviour.give_grade,
        GiveKind::Process => behaviour.give_process,
    }
}

/// What is saved of an input from this week on.
#[inline(always)]
fn given<L: Lane>(
    inputs: &Inputs<L>,
    rule: &ThriftRule,
    give: Give,
    bound: L,
    behaviour: &Behaviour<L>,
    i: usize,
) -> L {
    let threshold = behaviour.reliability_threshold;
    let undelivered = (threshold - inputs.fill_rate[i]).positive() / threshold.max(L::splat(TINY));
    let low = inputs.cover[i] * inputs.long_run_use[i] * LOW_STOCK;
    let held = (inputs.stock[i] - inputs.arrived[i]).positive();
    let empty = (L::one() - held / low.max(L::splat(TINY))).positive();
    let learnt = inputs.most_given[i] * rule.kept_share;
    let goal = undelivered.max(empty).max(learnt).min(bound);
    inputs.given[i].towards(goal, L::splat(1.0 / give.weeks.max(1.0)))
}

/// Share of an input for which its substitute is there: half of that's usual stock is kept.
#[inline(always)]
fn limit<L: Lane>(inputs: &Inputs<L>, rule: &ThriftRule, give: Give) -> L {
    let Some(substitute) = rule.substitute else { return L::one() };
    let s = substitute.input.at();
    let usual = inputs.long_run_use[s];
    let held = (inputs.stock[s] - inputs.arrived[s] - inputs.cover[s] * usual * LOW_STOCK).positive();
    let spare = held * (1.0 / give.weeks.max(1.0)) + (inputs.arrived[s] - usual).positive();
    let used = rule.inputs.iter().fold(L::zero(), |sum, i| sum + inputs.long_run_use[i.at()]);
    spare / (used * substitute.ratio).max(L::splat(TINY))
}
