//! What a replicate costs a region, in present value, and at which yearly probability of the shock a strategy pays for itself.
//!
//! In words and with its notation: docs/model.md#welfare.

use crate::costs::{Address, Cost, CostKind, Spending, discount, in_year, parameter};
use crate::pairing::{RESAMPLES, quantile};
use chokepoint_core::chance::{Chance, Entity, Stream};
use chokepoint_core::lanes::{Lane, exp, ln};
use chokepoint_core::outcome::Tally;
use chokepoint_core::outcome::ledger::Entry;
use chokepoint_input::document::Payer;
use chokepoint_scenario::Experiment;
use rand::RngExt;

/// Money parameters of one replicate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Discount rate, per year.
    pub discount: f64,
    /// What a dollar of public money costs beyond itself.
    pub cost_of_funds: f64,
    /// Delay and overtime of a late unit, share of its value added.
    pub late: f64,
    /// Share of the value of what is left at the horizon that it would not fetch.
    pub haircut: f64,
}

/// What one year holds for a region, US dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Year {
    /// Value added of lost goods, net of avoidable cost.
    pub lost: f64,
    /// Value added of late goods.
    pub late: f64,
    /// Leaner designs and substitutes.
    pub thrifting: f64,
    /// Imports less exports.
    pub net_imports: f64,
    /// Processing, building, restarting and collecting.
    pub resources: f64,
    /// Storage, decay and obsolescence of a strategy's stock.
    pub carrying: f64,
    /// Public money that a strategy spends, less what it brings in.
    pub public: f64,
}

/// Cost of a replicate to a region, present value at the start of the calendar.
///
/// ```text
/// W = Σ_t d^(t+½)·[lost + λ_late·late + thrifting + imports − exports + resources + carrying + λ·public]
///     − d^T·(1 − haircut)·what is left
/// ```
pub fn present_value(years: &[Year], left: f64, rates: Rates) -> f64 {
    let flows: f64 = years
        .iter()
        .enumerate()
        .map(|(t, y)| {
            let flow = y.lost
                + rates.late * y.late
                + y.thrifting
                + y.net_imports
                + y.resources
                + y.carrying
                + rates.cost_of_funds * y.public;
            flow * discount(rates.discount, t)
        })
        .sum();
    flows - exp(-ln(1.0 + rates.discount) * years.len() as f64) * (1.0 - rates.haircut) * left
}

/// Rates of a replicate.
pub(crate) fn rates(experiment: &Experiment, address: Address) -> Rates {
    let of = |name| parameter(experiment, name, address);
    Rates {
        discount: of("discount_rate"),
        cost_of_funds: of("cost_of_funds"),
        late: of("late_cost"),
        haircut: of("residual_haircut"),
    }
}

/// W of a region in one lane.
pub(crate) fn of_region<L: Lane>(tally: &Tally<'_, L>, region: usize, rates: Rates, lane: usize) -> f64 {
    let ledger = &tally.ledger;
    let spent = |wanted: &dyn Fn(&Cost) -> bool| -> Vec<Cost> {
        Cost::all().into_iter().filter(|cost| wanted(cost)).collect()
    };
    let public = spent(&|cost| {
        let other = [Spending::PriceWar, Spending::ExportDuties, Spending::Tariffs];
        cost.payer == Payer::Public
            && cost.spent_on.kind() != CostKind::Residual
            && !other.contains(&cost.spent_on)
    });
    let collecting = spent(&|cost| cost.spent_on == Spending::Collecting);
    let carrying =
        spent(&|cost| matches!(cost.spent_on, Spending::ReserveCarrying | Spending::BufferCarrying));
    let years: Vec<Year> = (0..ledger.years)
        .map(|t| {
            let of = |entry| ledger.amount(t, entry, region).lane(lane);
            let paid = |costs: &[Cost]| -> f64 {
                costs.iter().map(|cost| in_year(*cost, tally, t, Some(region), lane)).sum()
            };
            Year {
                lost: of(Entry::LostValue),
                late: of(Entry::LateValue),
                thrifting: of(Entry::Thrifting),
                net_imports: of(Entry::Imports) - of(Entry::Exports),
                resources: of(Entry::Processing)
                    + of(Entry::PlantCapital)
                    + of(Entry::Restarts)
                    + paid(&collecting),
                carrying: paid(&carrying),
                public: paid(&public),
            }
        })
        .collect();
    let left = ledger.stock_value[region].lane(lane) + ledger.plant_value[region].lane(lane);
    present_value(&years, left, rates)
}

/// Whether a strategy pays for itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// It costs nothing in the baseline years and helps in the shock.
    PaysAnyway,
    /// It costs something and does not help.
    Never,
    /// It costs nothing and does not help: it is neither.
    NoEffect,
    /// It pays if the shock comes at least this often.
    Above {
        /// Probability that the shock comes within the years of the run.
        within: f64,
        /// The same a year.
        yearly: f64,
    },
}

/// Where expected cost and benefit meet.
///
/// ```text
/// q* = C/(C + B);   yearly p* = 1 − (1 − q*)^(1/H)
/// ```
pub fn verdict(cost: f64, benefit: f64, years: f64) -> Verdict {
    match (cost > 0.0, benefit > 0.0) {
        (false, true) => Verdict::PaysAnyway,
        (true, false) => Verdict::Never,
        (false, false) => Verdict::NoEffect,
        (true, true) => {
            let within = cost / (cost + benefit);
            Verdict::Above { within, yearly: 1.0 - exp(ln(1.0 - within) / years) }
        }
    }
}

/// Present value of a dollar a year over the years of a run.
///
/// ```text
/// (1 − d^H)/ln(1 + r)
/// ```
pub fn of_a_dollar_a_year(rate: f64, years: f64) -> f64 {
    uniform_date(rate, 0.0, years) * years
}

/// Factor that brings a benefit from the scenario's date to one that is uniform over the years of the run.
///
/// ```text
/// (1 − d^H)/(H·ln(1 + r)) / d^t₀
/// ```
pub fn uniform_date(rate: f64, at: f64, years: f64) -> f64 {
    if rate <= 0.0 {
        return 1.0;
    }
    let log = ln(1.0 + rate);
    (1.0 - exp(-log * years)) / (years * log) * exp(log * at)
}

/// Break-even of a strategy for a region.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEven {
    /// C: mean cost without the shock, and its 95 % bootstrap interval.
    pub cost: (f64, f64, f64),
    /// The same as a constant yearly amount with that present value, likewise.
    pub premium: (f64, f64, f64),
    /// B: mean net benefit in the shock, likewise.
    pub benefit: (f64, f64, f64),
    /// What the means say.
    pub verdict: Verdict,
    /// 95 % bootstrap interval of the yearly probability: 0 where a resample pays off without a shock, 1 where it does not break even.
    pub yearly: (f64, f64),
}

/// Break-even from W of the same replicates: without and with the strategy, in the baseline and in the shock.
///
/// `weights`, by replicate: what brings a benefit from the scenario's date to a date that is uniform over the years of the
/// run, and the present value of a dollar a year over them.
pub fn break_even(
    baseline: (&[f64], &[f64]),
    shock: (&[f64], &[f64]),
    weights: &[(f64, f64)],
    years: f64,
    seed: u64,
    name: &str,
) -> BreakEven {
    let n = baseline.0.len();
    let cost: Vec<f64> = (0..n).map(|k| baseline.1[k] - baseline.0[k]).collect();
    let benefit: Vec<f64> = (0..n)
        .map(|k| {
            let net = shock.0[k] - shock.1[k];
            (net + cost[k]) * weights[k].0 - cost[k]
        })
        .collect();
    let yearly_cost: Vec<f64> = (0..n).map(|k| cost[k] / weights[k].1).collect();
    let mean = |values: &[f64], picks: Option<&[usize]>| -> f64 {
        match picks {
            None => values.iter().sum::<f64>() / n.max(1) as f64,
            Some(picks) => picks.iter().map(|k| values[*k]).sum::<f64>() / n.max(1) as f64,
        }
    };
    let mut draws = Chance::new(seed, 0).sequence(Stream::Bootstrap, Entity::named(name));
    let (mut costs, mut premiums, mut benefits, mut yearly) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut picks = vec![0; n];
    for _ in 0..RESAMPLES {
        for pick in &mut picks {
            *pick = draws.random_range(0..n);
        }
        let (c, b) = (mean(&cost, Some(&picks)), mean(&benefit, Some(&picks)));
        costs.push(c);
        premiums.push(mean(&yearly_cost, Some(&picks)));
        benefits.push(b);
        yearly.push(match verdict(c, b, years) {
            Verdict::PaysAnyway => 0.0,
            Verdict::Never | Verdict::NoEffect => 1.0,
            Verdict::Above { yearly, .. } => yearly,
        });
    }
    let interval = |values: &mut Vec<f64>| -> (f64, f64) {
        values.sort_by(f64::total_cmp);
        (quantile(values, 0.025), quantile(values, 0.975))
    };
    let (c, b) = (mean(&cost, None), mean(&benefit, None));
    let (c_low, c_high) = interval(&mut costs);
    let (p_low, p_high) = interval(&mut premiums);
    let (b_low, b_high) = interval(&mut benefits);
    BreakEven {
        cost: (c, c_low, c_high),
        premium: (mean(&yearly_cost, None), p_low, p_high),
        benefit: (b, b_low, b_high),
        verdict: verdict(c, b, years),
        yearly: interval(&mut yearly),
    }
}
