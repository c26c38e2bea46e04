//! What moves from where to where, on a small world with numbers by hand.

use crate::small::{ban, replicates, step, two_mines};
use chokepoint_core::id::{CommodityId, RegionId, StageId};
use chokepoint_core::outcome::Tally;
use chokepoint_core::outcome::flows::{Flows, routes};
use chokepoint_core::scope::Scope;
use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_core::week;

/// Flows when a share of what the mine at home sells is stopped thirty weeks into the calendar, to its end.
fn under(stopped: f64, weeks: u32) -> Flows<f64> {
    let network = two_mines(4.0, 2);
    let plan = ban(SPIN_UP_WEEKS + weeks);
    let shock = SPIN_UP_WEEKS + 30;
    let scope = Scope { series: Vec::new(), from: SPIN_UP_WEEKS, shock, home: RegionId(0) };
    let mut tally = Tally::<f64>::new(&network, &plan, &scope);
    week::run(&network, &plan, &replicates(vec![step(f64::from(shock), 1e5, stopped)]), &mut tally);
    tally.flows
}

#[test]
fn routes_are_named_by_stage_and_region_of_both_ends_and_by_what_is_shipped() {
    let (routes, places) = routes(&two_mines(4.0, 1));
    let ends: Vec<_> = routes.iter().map(|r| (r.from.1, r.to, r.commodity)).collect();
    let builder = (StageId(2), RegionId(1));
    assert_eq!(ends, [(RegionId(0), builder, CommodityId(0)), (RegionId(1), builder, CommodityId(0))]);
    assert_eq!(places, [0, 1]);
}

/// 80 t from home and 20 t from abroad before. A full ban stops the first; the builder may ask the second for a fifth
/// more at most. With half of it stopped 40 t are left.
#[test]
fn flows_are_weekly_means_before_the_shock_and_from_its_third_month_on() {
    let full = under(1.0, 120);
    assert!((full.before[0] - 80.0).abs() < 1e-6 && (full.before[1] - 20.0).abs() < 1e-6, "{full:?}");
    assert_eq!(full.during[0], 0.0);
    assert!((20.0..=24.0).contains(&full.during[1]), "{full:?}");
    let half = under(0.5, 120);
    assert!((half.during[0] - 40.0).abs() < 1.0, "{half:?}");
}

/// A run that ends twenty weeks after the shock has seven weeks of the period; the mean is over those.
#[test]
fn a_run_that_ends_early_is_averaged_over_the_weeks_that_it_has() {
    let whole = under(0.5, 120);
    let short = under(0.5, 50);
    assert!((short.during[0] / whole.during[0] - 1.0).abs() < 0.03, "{short:?} {whole:?}");
    let shorter = under(0.5, 40);
    assert_eq!(shorter.during, [0.0, 0.0]);
}
