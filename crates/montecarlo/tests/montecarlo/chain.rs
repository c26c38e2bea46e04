//! One large chain, cut into pieces and run on threads.

use crate::shipped::shipped;
use chokepoint_core::shards::{InTurn, ShardError, Shards};
use chokepoint_core::state::State;
use chokepoint_core::time::Week;
use chokepoint_core::week;
use chokepoint_montecarlo::chain::{Chain, OnThreads, PIECE};
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};
use chokepoint_world::synthetic::{LINKS_EACH, SHOCK, chain};

#[test]
fn a_synthetic_chain_rests_until_its_shock_and_then_builds_less() {
    let mut chain = Chain::made_up(3_000, 1).expect("a synthetic chain can be cut");
    let mut least = f64::INFINITY;
    for week in 0..SHOCK.0 + SHOCK.1 + 40 {
        chain.step(&InTurn);
        if week < SHOCK.0 {
            assert!((chain.built() - 1.0).abs() < 1e-9, "week {week}: {}", chain.built());
            for piece in &chain.shards.pieces {
                for (price, output) in piece.state.outputs.price.iter().zip(&piece.network.outputs) {
                    assert!((price / output.reference_price - 1.0).abs() < 1e-6, "week {week}: {price}");
                }
            }
        }
        least = least.min(chain.built());
    }
    // two fifths of magnet making are idle for a year, behind some fifteen weeks of stocks and transit
    assert!((0.3..0.9).contains(&least), "{least}");
    assert!(chain.built() > least + 0.1, "{}", chain.built());
}

#[test]
fn a_chain_in_pieces_gives_the_bits_of_the_whole_on_any_number_of_threads() {
    let synthetic = chain(2_000, 7);
    let (network, plan, replicates) = (&synthetic.network, &synthetic.plan, &synthetic.replicates);
    const WEEKS: Week = 60;
    let mut whole = State::<f64>::at_reference(network, plan, replicates);
    (0..WEEKS).for_each(|week| week::step(&mut whole, network, plan, replicates, week));
    let mut in_turn = Chain::cut(synthetic.clone(), 100).expect("a synthetic chain can be cut");
    let at_reference = in_turn.clone();
    (0..WEEKS).for_each(|_| in_turn.step(&InTurn));
    let shards = &in_turn.shards;
    assert!(shards.pieces.len() > 50);
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    let of_pieces = |values: &dyn Fn(&State<f64>) -> &[f64]| {
        shards.pieces.iter().flat_map(|piece| bits(values(&piece.state))).collect::<Vec<_>>()
    };
    assert_eq!(bits(&whole.outputs.price), of_pieces(&|state| &state.outputs.price));
    assert_eq!(bits(&whole.outputs.stock), of_pieces(&|state| &state.outputs.stock));
    assert_eq!(bits(&whole.inputs.stock), of_pieces(&|state| &state.inputs.stock));
    assert_eq!(bits(&whole.links.reliability), of_pieces(&|state| &state.links.reliability));
    assert_eq!(bits(&whole.board.shares), bits(&shards.board.shares));
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let mut chain = at_reference.clone();
        pool.install(|| (0..WEEKS).for_each(|_| chain.step(&OnThreads)));
        assert_eq!(chain.digest(), in_turn.digest(), "on {threads} threads");
    }
}

#[test]
fn the_same_seed_gives_the_same_chain_with_five_links_an_agent_and_a_few_great_sellers() {
    let (one, again, other) = (chain(20_000, 3), chain(20_000, 3), chain(20_000, 4));
    assert_eq!(format!("{:?}", one.network.links), format!("{:?}", again.network.links));
    assert_ne!(format!("{:?}", one.network.links), format!("{:?}", other.network.links));
    let links = one.network.links.len() as f64;
    assert!((links / (LINKS_EACH * 20_000.0) - 1.0).abs() < 0.02, "{links}");
    let mut sold = vec![0_u32; one.network.outputs.len()];
    one.network.links.iter().for_each(|link| sold[link.seller.at()] += 1);
    let mean = links / sold.len() as f64;
    let most = sold.iter().max().map_or(0.0, |most| f64::from(*most));
    assert!(sold.iter().all(|sold| *sold > 0) && most > 30.0 * mean, "{most} of {mean}");
    // the shares of a buyer's suppliers sum to one, and what is sold is what is made
    for input in &one.network.inputs {
        let shares: f64 = one.network.links[one.network.links_of(input)].iter().map(|l| l.base_share).sum();
        assert!((shares - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_chain_with_institutions_stays_whole() {
    let experiment = shipped("full-embargo");
    let plan = &experiment.arms[1].plan;
    let replicates = draw_replicates::<f64>(&experiment, 1, 0, Uncertainty::FULL);
    let cut = Shards::cut(experiment.network.clone(), plan, &replicates, PIECE);
    assert_eq!(cut.err(), Some(ShardError::Network));
}
