//! Doing with less for a while, with numbers by hand.

use crate::small::{ban, replicates, step as event, two_mines};
use chokepoint_core::design::{Give, GiveKind, ThriftRule};
use chokepoint_core::id::InputId;
use chokepoint_core::network::{Network, Role};
use chokepoint_core::plan::Replicates;
use chokepoint_core::state::State;
use chokepoint_core::week::step;

/// The builder can save up to a fifth of its metal, over four weeks; a quarter of that is learnt. Price moves nothing.
fn builder(floor: f64) -> Network {
    let mut network = two_mines(4.0, 1);
    network.thrifts = vec![ThriftRule {
        inputs: vec![InputId(0)],
        substitute: None,
        elasticity: 0.0,
        floor,
        delay_weeks: 4.0,
        weeks: 4.0,
        kept_share: 0.25,
        cost_share: 0.1,
        trend: 0.0,
        give: Some(Give { kind: GiveKind::Process, weeks: 4.0 }),
    }];
    if let Role::Producer(producer) = &mut network.agents[2].role {
        producer.overtime_share = 0.0;
    }
    network
}

/// Share saved and goods built per tonne used, week by week, under a ban of so many weeks from week 10.
fn saved(network: &Network, replicates: &Replicates<f64>) -> Vec<(f64, f64)> {
    let plan = ban(300);
    let mut state = State::<f64>::at_reference(network, &plan, replicates);
    (0..300)
        .map(|week| {
            let held = state.inputs.stock[0];
            step(&mut state, network, &plan, replicates, week);
            let (used, stock) = (state.inputs.used[0], state.inputs.stock[0]);
            // what was saved was not used
            assert!((held + state.inputs.arrived[0] - used - stock).abs() < 1e-9);
            (state.inputs.given[0], state.agents.activity[2] / used.max(1e-9))
        })
        .collect()
}

fn with(process: f64, weeks: f64) -> Replicates<f64> {
    let mut replicates = replicates(vec![event(10.0, weeks, 1.0)]);
    replicates.behaviour.give_process = process;
    replicates
}

#[test]
fn what_does_not_come_is_saved_up_to_the_bound_a_quarter_of_the_way_each_week() {
    let saved = saved(&builder(0.1), &with(0.2, 60.0));
    assert!(saved[..10].iter().all(|(given, _)| *given == 0.0), "nothing is saved where all comes");
    // from week 20 on a fifth of the orders is filled: the want exceeds the bound, and a quarter of what lacks is added
    for week in 20..50 {
        let ((before, _), (given, goods)) = (saved[week], saved[week + 1]);
        assert!((given - (before + (0.2 - before) / 4.0)).abs() < 1e-12, "week {week}: {before} {given}");
        // 10 t a good of the design
        assert!((goods * 10.0 * (1.0 - given) - 1.0).abs() < 1e-9, "week {week}: {goods}");
    }
    assert!(saved[50].0 > 0.199);
    assert!(saved.iter().all(|(given, _)| *given <= 0.2 + 1e-12));
}

#[test]
fn a_quarter_of_what_was_saved_is_learnt() {
    let saved = saved(&builder(0.1), &with(0.2, 60.0));
    let most = saved.iter().map(|(given, _)| *given).fold(0.0, f64::max);
    assert!((saved[299].0 - 0.25 * most).abs() < 1e-6, "{} {most}", saved[299].0);
}

#[test]
fn give_and_thrifting_share_one_floor() {
    // a design of nine tenths at least: of a fifth only a tenth is saved
    let saved = saved(&builder(0.9), &with(0.2, 60.0));
    let most = saved.iter().map(|(given, _)| *given).fold(0.0, f64::max);
    assert!(most > 0.09 && most <= 0.1 + 1e-12, "{most}");
}

#[test]
fn without_a_bound_nothing_is_saved_to_the_bit() {
    let mut rigid = builder(0.1);
    rigid.thrifts[0].give = None;
    assert_eq!(saved(&builder(0.1), &with(0.0, 60.0)), saved(&rigid, &with(0.2, 60.0)));
}
