//! A year of each kernel, for valgrind to count the instructions of: `count eight|one|chain`. See `.ci/instructions`.

use chokepoint_benches::experiment;
use chokepoint_core::lanes::{Eight, Lane};
use chokepoint_core::plan::Replicates;
use chokepoint_core::shards::InTurn;
use chokepoint_core::state::State;
use chokepoint_core::week;
use chokepoint_montecarlo::chain::Chain;
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};
use chokepoint_scenario::Experiment;

const YEAR: u32 = 52;

fn main() {
    let what = std::env::args().nth(1).unwrap_or_default();
    match what.as_str() {
        "eight" => kernel::<Eight>(),
        "one" => kernel::<f64>(),
        "chain" => match Chain::made_up(2_000, 1) {
            Ok(mut chain) => counted_chain(&mut chain),
            Err(whole) => panic!("{whole:?}"),
        },
        _ => panic!("count eight, one or chain"),
    }
}

fn kernel<L: Lane>() {
    let experiment = experiment();
    let replicates = draw_replicates::<L>(&experiment, 1, 0, Uncertainty::FULL);
    let mut state = State::<L>::at_reference(&experiment.network, &experiment.arms[1].plan, &replicates);
    counted_weeks(&mut state, &experiment, &replicates);
    std::hint::black_box(state.outputs.price[0]);
}

#[inline(never)]
fn counted_weeks<L: Lane>(state: &mut State<L>, experiment: &Experiment, replicates: &Replicates<L>) {
    for week in 0..YEAR {
        week::step(state, &experiment.network, &experiment.arms[1].plan, replicates, week);
    }
}

#[inline(never)]
fn counted_chain(chain: &mut Chain) {
    (0..YEAR).for_each(|_| chain.step(&InTurn));
}
