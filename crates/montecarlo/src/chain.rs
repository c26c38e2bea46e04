//! One run of a large chain on all threads of a machine: the pieces of [`chokepoint_core::shards`] worked on by rayon.

use chokepoint_core::chance::fnv1a;
use chokepoint_core::plan::Replicates;
use chokepoint_core::shards::{Executor, ShardError, Shards};
use chokepoint_core::time::Week;
use chokepoint_world::synthetic::{self, Synthetic};
use rayon::prelude::*;

/// Links and agents of a piece. What a stage of the week touches of one piece stays in a core's own cache.
pub const PIECE: usize = 4_096;

/// The threads of the current rayon pool.
#[derive(Clone, Copy, Debug)]
pub struct OnThreads;

impl Executor for OnThreads {
    fn each<T: Send>(&self, items: Vec<T>, work: impl Fn(T) + Send + Sync) {
        items.into_par_iter().for_each(work);
    }
}

/// A large chain, as it stands.
#[derive(Clone, Debug)]
pub struct Chain {
    /// Its agents.
    pub agents: usize,
    /// Its links.
    pub links: usize,
    /// The pieces.
    pub shards: Shards<f64>,
    replicates: Replicates<f64>,
    week: Week,
}

impl Chain {
    /// A chain made up for tests of scale ([`synthetic::chain`]), at the reference level.
    ///
    /// # Errors
    /// What keeps it whole.
    pub fn made_up(agents: u32, seed: u64) -> Result<Self, ShardError> {
        Self::cut(synthetic::chain(agents, seed), PIECE)
    }

    /// The same in pieces of about so many links and agents.
    ///
    /// # Errors
    /// What keeps it whole.
    pub fn cut(made_up: Synthetic, piece: usize) -> Result<Self, ShardError> {
        let Synthetic { network, plan, replicates } = made_up;
        let (agents, links) = (network.agents.len(), network.links.len());
        let shards = Shards::cut(network, &plan, &replicates, piece)?;
        Ok(Self { agents, links, shards, replicates, week: 0 })
    }

    /// Runs a week.
    pub fn step(&mut self, executor: &impl Executor) {
        self.shards.step(&self.replicates, self.week, executor);
        self.week += 1;
    }

    /// Final goods built this week over those planned, of the whole chain.
    pub fn built(&self) -> f64 {
        let (mut built, mut planned) = (0.0, 0.0);
        for piece in &self.shards.pieces {
            built += piece.state.agents.activity[piece.network.producer_range()].iter().sum::<f64>();
            planned += piece.state.producers.plan.iter().sum::<f64>();
        }
        built / planned
    }

    /// FNV-1a (64 bit) of every stock, price and share, bit by bit: the same chain gives the same number.
    pub fn digest(&self) -> u64 {
        let of_pieces = self.shards.pieces.iter().map(|piece| &piece.state);
        let lists =
            of_pieces.flat_map(|state| [&state.inputs.stock, &state.outputs.stock, &state.outputs.price]);
        let values = lists.chain([&self.shards.board.shares]).flatten();
        fnv1a(values.flat_map(|value| value.to_bits().to_le_bytes()))
    }
}
