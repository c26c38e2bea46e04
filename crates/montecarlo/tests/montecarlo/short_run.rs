//! Patterns of the weeks and months of a crisis: licences, panic, quotas, the end of a ban. Figures in docs/validation.md.

use crate::shipped::{central, commodity, series, synthetic, tally};
use crate::{figure, shown};
use chokepoint_core::outcome::Tally;
use chokepoint_core::scope::Series;
use chokepoint_scenario::Experiment;

fn outside(experiment: &Experiment, tally: &Tally<'_, f64>, id: &str) -> Vec<f64> {
    let wanted = commodity(experiment, id);
    series(experiment, tally, |s| matches!(s, Series::OutsidePrice(c) if c.at() == wanted))
}

/// Quote of what comes round controls.
fn quote(experiment: &Experiment, tally: &Tally<'_, f64>, id: &str) -> Vec<f64> {
    let (wanted, markets) = (commodity(experiment, id), &experiment.arms[1].plan.markets);
    let market = markets.iter().position(|market| market.commodity.at() == wanted).unwrap();
    series(experiment, tally, |s| *s == Series::SpotQuote(market))
}

fn home(experiment: &Experiment, tally: &Tally<'_, f64>, id: &str) -> Vec<f64> {
    let wanted = commodity(experiment, id);
    series(experiment, tally, |s| matches!(s, Series::HomePrice(c) if c.at() == wanted))
}

fn peak(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}

/// Exports on all licensed links over their flow at the reference level, by value at reference prices, from the first shock on.
fn exports(experiment: &Experiment, tally: &Tally<'_, f64>) -> Vec<f64> {
    let markets = &experiment.arms[1].plan.markets;
    let network = &experiment.network;
    let weight = |m: usize| -> f64 {
        let price = network.commodities[markets[m].commodity.at()].reference_price;
        markets[m].links.iter().map(|l| network.links[l.at()].base_flow * price).sum()
    };
    let all: f64 = (0..markets.len()).map(weight).sum();
    let mut sum: Vec<f64> = Vec::new();
    for m in 0..markets.len() {
        let flow = series(experiment, tally, |s| *s == Series::ControlledExports(m));
        sum.resize(flow.len(), 0.0);
        sum.iter_mut().zip(&flow).for_each(|(s, f)| *s += f * weight(m) / all);
    }
    sum
}

/// A licence is a queue, not a wall.
#[test]
fn under_a_licensing_regime_exports_collapse_for_two_months_come_back_with_approvals_and_overshoot_while_covers_refill()
 {
    let experiment = synthetic("licence-ramp");
    let shocked = tally(&experiment, "no-strategy", &central(&experiment));
    let exports = exports(&experiment, &shocked);
    let mean = |from: usize, to: usize| exports[from..to].iter().sum::<f64>() / (to - from) as f64;
    let regained = exports.iter().position(|x| *x >= 1.0).unwrap();
    let percent = |share: f64| shown(100.0 * share, 0);
    figure("patterns.licence.first", percent(mean(0, 8)));
    figure("patterns.licence.then", percent(mean(8, 13)));
    figure("patterns.licence.back", regained);
    figure("patterns.licence.refill", percent(mean(regained, regained + 8)));
    figure("patterns.licence.peak", percent(peak(&exports[..52])));
    figure("patterns.licence.second-year", percent(mean(52, 104)));
    assert!(mean(0, 8) < 0.5 && exports[..8].iter().all(|x| *x < 0.5));
    assert!((9..26).contains(&regained), "{regained}");
    assert!(mean(8, 13) < 1.0 && mean(regained, regained + 8) > 1.05);
    // refilled: the overshoot ends
    assert!(mean(52, 104) < mean(regained, regained + 8));
    // and the queue is what holds them back: more than four weeks of trade wait in it
    let pending =
        series(&experiment, &shocked, |s| *s == Series::Licences(chokepoint_core::scope::Licences::Pending));
    assert!(peak(&pending) > 4.0, "{}", peak(&pending));
}

/// Panic: an announcement without any cut lifts prices, cheap elements most.
#[test]
fn under_a_standing_quota_an_announcement_alone_lifts_cerium_by_a_third_and_more_than_dysprosium() {
    let experiment = synthetic("quota-announced");
    let shocked = tally(&experiment, "no-strategy", &central(&experiment));
    let cerium = outside(&experiment, &shocked, "oxide-ce");
    let dysprosium = outside(&experiment, &shocked, "oxide-dy");
    let (ce, dy) = (peak(&cerium) / cerium[25], peak(&dysprosium) / dysprosium[25]);
    figure("patterns.panic.ce", shown(ce, 2));
    figure("patterns.panic.dy", shown(dy, 2));
    figure("patterns.panic.ce-end", shown(cerium[cerium.len() - 1], 2));
    assert!((cerium[25] - 1.0).abs() < 0.01, "the quota alone moves nothing: {}", cerium[25]);
    assert!(ce >= 1.3 && ce >= 1.2 * dy, "{ce} {dy}");
    // and it breaks: half of the rise is gone within a year of the peak
    let at = cerium.iter().position(|x| *x == peak(&cerium)).unwrap();
    assert!(cerium[at + 52] < 1.0 + 0.5 * (ce - 1.0), "{}", cerium[at + 52]);
    // the cheap light elements fall first: neodymium, which rose less, keeps half of its rise for longer
    let half = |prices: &[f64]| {
        let top = peak(prices);
        let at = prices.iter().position(|x| *x == top).unwrap();
        prices[at..].iter().position(|x| *x <= 1.0 + 0.5 * (top - 1.0)).unwrap_or(prices.len())
    };
    let (cerium, lanthanum) = (half(&cerium), half(&outside(&experiment, &shocked, "oxide-la")));
    let neodymium = half(&outside(&experiment, &shocked, "oxide-ndpr"));
    figure("patterns.panic.half.ce", cerium);
    figure("patterns.panic.half.la", lanthanum);
    figure("patterns.panic.half.ndpr", neodymium);
    assert!(cerium < neodymium && lanthanum < neodymium);
}

/// A quota that is filled less than this is not used up.
const FULL: f64 = 0.9;

/// A gross-tonnage quota hits the cheap light elements most, and is not used up when buyers thrift and destock.
#[test]
fn a_quota_cut_lifts_lanthanum_and_cerium_more_than_neodymium_and_dysprosium_and_falls_short_of_its_tonnage()
{
    let experiment = synthetic("quota-cut");
    let shocked = tally(&experiment, "no-strategy", &central(&experiment));
    let multiple = |id: &str| peak(&outside(&experiment, &shocked, id));
    let [la, ce, nd, dy] = ["oxide-la", "oxide-ce", "oxide-ndpr", "oxide-dy"].map(multiple);
    let fill = series(&experiment, &shocked, |s| *s == Series::QuotaFill(0));
    let in_force: Vec<f64> = fill.iter().copied().skip_while(|f| *f == 0.0).skip(1).collect();
    let least = in_force.iter().copied().fold(1.0, f64::min);
    let quarter = in_force.windows(13).map(|w| w.iter().sum::<f64>() / 13.0).fold(1.0, f64::min);
    let weeks = in_force.iter().filter(|f| **f < FULL).count();
    for (name, peak) in [("la", la), ("ce", ce), ("ndpr", nd), ("dy", dy)] {
        figure(&format!("patterns.quota.{name}"), shown(peak, 2));
    }
    figure("patterns.quota.fill", shown(100.0 * least, 0));
    figure("patterns.quota.quarter", shown(100.0 * quarter, 0));
    figure("patterns.quota.full", 100.0 * FULL);
    figure("patterns.quota.weeks", weeks);
    assert!(la > nd && la > dy && ce > nd && ce > dy);
    assert!(least < FULL, "{least}");
}

/// A year at 30 per cent: six months after it the quote of dysprosium outside stands near rest and never rises to half of
/// its peak again; inside it does not rise while the ban lasts, and stays under twice its rest.
fn falls_back_for_good(id: &str, least: f64) {
    let experiment = synthetic(id);
    let shocked = tally(&experiment, "no-strategy", &central(&experiment));
    let (out, inside) = (quote(&experiment, &shocked, "oxide-dy"), home(&experiment, &shocked, "oxide-dy"));
    let (high, later) = (peak(&out[..60]), peak(&out[79..]));
    let print = |what: &str, price: f64| figure(&format!("patterns.{id}.{what}"), shown(price, 2));
    print("peak", high);
    print("after", out[78]);
    print("later", later);
    print("inside", peak(&inside));
    let share = |price: f64| (price - 1.0) / (high - 1.0);
    let falls = out[78] < out[70] || out[70] < 1.0;
    assert!(high >= least && share(out[78]).abs() < 0.25 && falls, "{high} {}", out[78]);
    assert!(share(later) < 0.5, "{later} after {high}");
    assert!(peak(&inside) < 2.0 && inside[..52].iter().all(|x| *x <= 1.01), "inside x{}", peak(&inside));
    let neodymium = peak(&home(&experiment, &shocked, "oxide-ndpr"));
    assert!(neodymium < 2.0, "neodymium inside x{neodymium}");
}

#[test]
fn after_a_ban_on_allies_dysprosium_falls_within_six_months_and_never_rises_to_half_its_peak_again() {
    falls_back_for_good("ban-on-allies", 1.5);
}

#[test]
fn after_a_year_long_ban_dysprosium_falls_within_six_months_and_never_rises_to_half_its_peak_again() {
    falls_back_for_good("year-long-ban", 2.0);
}
