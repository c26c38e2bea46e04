//! What buyers order ahead of a day on which something enters into force: a mine at home and one abroad sell 100 t a week to one
//! builder, who keeps four weeks.

use crate::small::{replicates, step as event, two_mines};
use chokepoint_core::id::InputId;
use chokepoint_core::plan::{Effect, Event, Plan, Replicates};
use chokepoint_core::state::State;
use chokepoint_core::week::step;

/// A rise of e^0.75 is expected for four weeks from the tenth on, and forgotten over half a year.
fn notice(dated: bool) -> (Plan, Replicates<f64>) {
    let effect = Effect::Announcement { inputs: vec![InputId(0)], outputs: Vec::new(), dated };
    let plan = Plan { events: vec![Event { effect, draw: 0 }], weeks: 400, ..Plan::default() };
    let mut draw = event(10.0, 4.0, chokepoint_core::lanes::exp(0.75) - 1.0);
    draw.recovery = 26.0;
    let mut replicates = replicates(vec![draw]);
    // prices that move make buyers hoard beside it
    replicates.behaviour.price_speed = 0.0;
    (plan, replicates)
}

fn orders((plan, replicates): &(Plan, Replicates<f64>)) -> Vec<f64> {
    let mut network = two_mines(4.0, 1);
    // mines that have all that is asked for, so that nothing but the notice moves orders
    network.outputs.iter_mut().for_each(|output| output.cover_weeks = 50.0);
    let mut state = State::<f64>::at_reference(&network, plan, replicates);
    let week = |week| {
        step(&mut state, &network, plan, replicates, week);
        state.inputs.ordered[0]
    };
    (0..plan.weeks).map(week).collect()
}

#[test]
fn what_the_notice_makes_buyers_want_is_ordered_by_the_day_and_not_over_half_a_year() {
    // 1.2·(0.75 − 0.25) = 0.6 of four weeks' cover, 240 t: in four weeks 60 t more each
    let dated = orders(&notice(true));
    for (week, order) in dated.iter().enumerate().take(14).skip(10) {
        assert!((order - 160.0).abs() < 1e-6, "{week}: {order}");
    }
    // without a day as any gap: 240/26
    let undated = orders(&notice(false));
    assert!((undated[10] - 100.0 - 240.0 / 26.0).abs() < 0.01, "{}", undated[10]);
}

#[test]
fn trade_brought_forward_is_missing_later() {
    let dated = orders(&notice(true));
    let brought: f64 = dated[10..14].iter().map(|order| order - 100.0).sum();
    let all: f64 = dated.iter().map(|order| order - 100.0).sum();
    assert!(brought > 230.0 && all.abs() < 0.02 * brought, "{brought} {all}");
    assert!(dated[14..].iter().all(|order| *order < 100.5));
}

#[test]
fn a_notice_of_nothing_changes_nothing_and_a_smaller_one_less() {
    let (plan, mut replicates) = notice(true);
    let without = {
        replicates.draws[0].magnitude = 0.0;
        orders(&(plan.clone(), replicates.clone()))
    };
    assert!(without.iter().all(|order| (order - 100.0).abs() < 1e-6));
    let most = |rise: f64| {
        let mut replicates = replicates.clone();
        replicates.draws[0].magnitude = rise;
        orders(&(plan.clone(), replicates)).into_iter().fold(0.0, f64::max)
    };
    let sizes = [0.2, 0.3, 0.5, 1.0, 2.0].map(most);
    assert!(sizes.windows(2).all(|w| w[0] <= w[1]) && sizes[0] < 100.1, "{sizes:?}");
}
