//! Late or lost: customers wait, and overtime catches up, with numbers by hand.

use crate::small::{replicates, two_mines};
use chokepoint_core::network::Network;
use chokepoint_core::plan::{Plan, Replicates};
use chokepoint_core::state::State;
use chokepoint_core::week::step;

/// Weeks before the stop: by then nothing is on its way any more.
const BEFORE: u32 = 30;

/// Goods lost week by week, from the first week of a stop of so many weeks; plan is 10 a week times what customers ask.
fn lost(replicates: &Replicates<f64>, stopped: u32, weeks: u32) -> Vec<f64> {
    // goods travel so long that nothing arrives: the stock is what the test puts there
    let network: Network = two_mines(4.0, BEFORE - 1);
    let plan = Plan { weeks: BEFORE + weeks, ..Plan::default() };
    let mut state = State::<f64>::at_reference(&network, &plan, replicates);
    let mut lost = Vec::new();
    for week in 0..plan.weeks {
        let stops = (BEFORE..BEFORE + stopped).contains(&week);
        state.inputs.stock[0] = if stops { 0.0 } else { 1e9 };
        step(&mut state, &network, &plan, replicates, week);
        if week >= BEFORE {
            lost.push(state.producers.lost[0]);
        } else {
            assert_eq!(state.producers.lost[0], 0.0);
        }
    }
    lost
}

/// The same replicates with so much overtime at full use, and customers who ask for so many times the usual.
fn with(full_use: f64, asked: f64, weeks: u32) -> Replicates<f64> {
    let mut replicates = replicates(Vec::new());
    // who has a stock for ever orders nothing
    replicates.behaviour.order_flexibility = 2.0;
    replicates.behaviour.full_use_overtime = full_use;
    replicates.demand = vec![asked; (BEFORE + weeks) as usize];
    replicates
}

#[test]
fn of_a_week_that_is_missed_a_third_is_lost_and_the_rest_is_late() {
    let lost = lost(&with(0.0, 1.0, 600), 1, 600);
    // of 10 goods that are owed a twentieth of the customers leave in the first week: 0.5; 9.5 wait
    assert!((lost[0] - 0.5).abs() < 1e-12, "{}", lost[0]);
    // a tenth of those is built, below the overtime of 1, and a twentieth of the rest leaves: 9.5·0.9/20
    assert!((lost[1] - 0.4275).abs() < 1e-12, "{}", lost[1]);
    // 9.5·0.9·0.95 wait; so it goes on, and 0.5 + 0.4275/(1 − 0.9·0.95) are lost in all
    let all: f64 = lost.iter().sum();
    assert!((all - (0.5 + 0.4275 / 0.145)).abs() < 1e-9, "{all}");
}

#[test]
fn customers_who_wait_twice_as_long_leave_half_as_fast() {
    let mut replicates = with(0.0, 1.0, 10);
    replicates.behaviour.patience = 2.0;
    let lost = lost(&replicates, 1, 10);
    assert!((lost[0] - 0.25).abs() < 1e-12, "{}", lost[0]);
    assert!((lost[1] - 9.75 * 0.9 / 40.0).abs() < 1e-12, "{}", lost[1]);
}

#[test]
fn a_busy_week_leaves_less_overtime_and_full_use_leaves_a_part_of_it() {
    // 5 % more than usual is asked for: of an overtime of 1 good a week one half is left
    let busy = lost(&with(0.0, 1.05, 10), 2, 10);
    let backlog = (10.5 * 0.95 + 10.5) * 0.95;
    assert!((busy[2] - (backlog - 0.5) / 20.0).abs() < 1e-12, "{}", busy[2]);
    // 10 % more fill all capacity with overtime: of it a twentieth is left, 0.05
    let full = lost(&with(0.05, 1.1, 10), 2, 10);
    let backlog = (11.0 * 0.95 + 11.0) * 0.95;
    assert!((full[2] - (backlog - 0.05) / 20.0).abs() < 1e-12, "{}", full[2]);
}

#[test]
fn where_full_use_leaves_all_overtime_busy_weeks_change_nothing() {
    let busy = lost(&with(1.0, 1.08, 10), 2, 10);
    let backlog = (10.8 * 0.95 + 10.8) * 0.95;
    assert!((busy[2] - (backlog - 1.0) / 20.0).abs() < 1e-12, "{}", busy[2]);
}
