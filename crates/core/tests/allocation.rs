//! A week allocates nothing. A target of its own: the counting allocator is global.

#[path = "core/small.rs"]
mod small;

use chokepoint_core::lanes::Eight;
use chokepoint_core::state::State;
use chokepoint_core::week::step;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

#[test]
fn a_week_allocates_nothing() {
    let network = small::two_mines(3.0, 2);
    let plan = small::ban(120);
    let replicates = small::replicates::<Eight>(vec![small::step(10.0, 50.0, 1.0)]);
    let mut state = State::at_reference(&network, &plan, &replicates);
    let _profiler = dhat::Profiler::builder().testing().build();
    let before = dhat::HeapStats::get().total_blocks;
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &replicates, week);
    }
    let after = dhat::HeapStats::get().total_blocks;
    assert_eq!(after, before);
}
