//! What memory gives, and what a week must move: so that a time is a share of what the machine could do.

use chokepoint_core::network::{Agent, Input, Output};
use chokepoint_core::state::{Bid, Fill, Purchase, Ring, Sale, SalesOf, Terms};
use chokepoint_montecarlo::chain::Chain;
use rayon::prelude::*;
use std::time::Instant;

/// Numbers of the list that is read, changed and written back: 1 GiB, far beyond any cache.
const NUMBERS: usize = 1 << 27;

/// Bytes a second that all threads of the current pool read and write back: the best of some passes over a list
/// (`x ← a·x + b`, after STREAM's triad).
// timing is what a bench is for
#[allow(clippy::disallowed_methods)]
pub fn read_modify_write() -> f64 {
    let mut list = vec![1.0_f64; NUMBERS];
    let pass = |list: &mut [f64]| {
        let start = Instant::now();
        list.par_chunks_mut(1 << 16).for_each(|chunk| {
            chunk.iter_mut().for_each(|x| *x = *x * 0.999 + 0.001);
        });
        start.elapsed().as_secs_f64()
    };
    let least = (0..6).map(|_| pass(&mut list)).fold(f64::INFINITY, f64::min);
    std::hint::black_box(list[NUMBERS / 2]);
    2.0 * (NUMBERS * size_of::<f64>()) as f64 / least
}

/// Lists of one number an entry that a week reads and that it writes, by agent, input and output. A list that is read
/// and written counts in both; what only a review of suppliers touches counts in neither.
const AGENT: (usize, usize) = (5, 5);
const INPUT: (usize, usize) = (20, 20);
const OUTPUT: (usize, usize) = (15, 17);

/// Bytes that a week of a chain must move between memory and a core if every list is read once and written once: the
/// least, whatever the order of the phases.
pub fn bytes_a_week(chain: &Chain) -> f64 {
    let number = size_of::<f64>();
    let lists = |(read, written): (usize, usize)| (read + written) * number;
    let mut bytes = 0;
    for piece in &chain.shards.pieces {
        let (network, trade) = (&piece.network, &piece.state.links.trade);
        bytes += network.agents.len() * (size_of::<Agent>() + lists(AGENT));
        // a bid is written once and read by sellers; of a ring one week is emptied
        let input =
            size_of::<Input>() + lists(INPUT) + 2 * size_of::<Bid<f64>>() + size_of::<Ring>() + 2 * number;
        bytes += network.inputs.len() * input;
        // terms are written once and read by buyers, how orders were filled is written
        let output = size_of::<Output>()
            + lists(OUTPUT)
            + size_of::<SalesOf>()
            + 2 * size_of::<Terms<f64>>()
            + size_of::<Fill<f64>>();
        bytes += network.outputs.len() * output;
        // a share is read by the buyer and by the seller; what is sent is added to what is in progress
        bytes += trade.purchases.len() * (size_of::<Purchase>() + 3 * number);
        bytes += trade.sales.len() * (size_of::<Sale>() + number);
    }
    bytes as f64
}
