//! Chance: known answers, addresses, and inverse distribution functions against libraries.

use crate::figure;
use chokepoint_core::chance::{
    BLOCK, Chance, Distribution, Entity, Stream, coordinate, normal_quantile, philox4x32,
};
use rand::RngExt;
use statrs::distribution::{ContinuousCDF, LogNormal, Normal, Triangular};

#[test]
fn philox_gives_the_published_answers() {
    // Random123 known-answer file, philox4x32 with ten rounds
    assert_eq!(philox4x32([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
    assert_eq!(
        philox4x32([u32::MAX; 4], [u32::MAX; 2]),
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    );
    assert_eq!(
        philox4x32([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    );
}

#[test]
fn the_normal_quantile_agrees_with_a_library() {
    let normal = Normal::standard();
    for k in 1..10_000 {
        let u = f64::from(k) / 10_000.0;
        assert!((normal_quantile(u) - normal.inverse_cdf(u)).abs() < 2e-8, "{u}");
    }
}

#[test]
fn the_triangular_quantile_agrees_with_a_library() {
    let ours = Distribution::Triangular { low: 3.0, mode: 12.0, high: 24.0 };
    let theirs = Triangular::new(3.0, 24.0, 12.0).unwrap();
    for k in 1..1000 {
        let u = f64::from(k) / 1000.0;
        assert!((theirs.cdf(ours.quantile(u)) - u).abs() < 1e-12);
    }
}

#[test]
fn the_log_normal_quantile_agrees_with_a_library_and_hits_its_percentiles() {
    // symmetric in logs: 2 ± a factor of 3 at the 5th and 95th percentile
    let ours = Distribution::LogNormal { p5: 2.0 / 3.0, median: 2.0, p95: 6.0 };
    #[allow(clippy::disallowed_methods)]
    let theirs = LogNormal::new(2.0_f64.ln(), 3.0_f64.ln() / 1.644_853_626_951_472_2).unwrap();
    for k in 1..1000 {
        let u = f64::from(k) / 1000.0;
        assert!((theirs.cdf(ours.quantile(u)) - u).abs() < 1e-8, "{u}");
    }
    assert!((ours.quantile(0.05) - 2.0 / 3.0).abs() < 1e-8 && (ours.quantile(0.95) - 6.0).abs() < 1e-7);
}

#[test]
fn sampling_through_the_inverse_has_the_moments_of_rand_distrs_sampler() {
    use rand_distr::Distribution as _;
    let ours = Distribution::Triangular { low: 0.0, mode: 1.0, high: 4.0 };
    let theirs = rand_distr::Triangular::new(0.0, 4.0, 1.0).unwrap();
    let mut random = Chance::new(1, 1).sequence(Stream::Bootstrap, Entity::named("reference"));
    let n = 20_000;
    let mean_theirs: f64 = (0..n).map(|_| theirs.sample(&mut random)).sum::<f64>() / f64::from(n);
    let mean_ours: f64 = (0..n)
        .map(|k| ours.quantile(Chance::new(1, k as u32).uniform(Stream::Parameter, Entity::named("x"), 0)))
        .sum::<f64>()
        / f64::from(n);
    // standard error of either mean: 0.85/√20000 = 0.006
    assert!((mean_ours - 5.0 / 3.0).abs() < 0.02 && (mean_theirs - 5.0 / 3.0).abs() < 0.02);
}

#[test]
fn a_draw_depends_on_every_part_of_its_address_and_on_nothing_else() {
    let base = (1_u64, 17_u32, Stream::Demand, Entity::named("ev-us-1"), 52_u32);
    let draw = |(s, r, t, e, w): (u64, u32, Stream, Entity, u32)| Chance::new(s, r).uniform(t, e, w);
    assert_eq!(draw(base).to_bits(), draw(base).to_bits());
    let others = [
        draw((2, base.1, base.2, base.3, base.4)),
        draw((1 | 1 << 40, base.1, base.2, base.3, base.4)),
        draw((base.0, 18, base.2, base.3, base.4)),
        draw((base.0, base.1, Stream::Outage, base.3, base.4)),
        draw((base.0, base.1, base.2, Entity::named("ev-us-2"), base.4)),
        draw((base.0, base.1, base.2, base.3, 53)),
    ];
    assert!(others.iter().all(|u| *u != draw(base)));
}

#[test]
fn a_block_of_replicates_fills_each_parameters_cells_once_and_blocks_fill_each_cell_evenly() {
    for name in ["price_speed", "event/halt/duration"] {
        for block in [0, 1, 7] {
            let mut seen = vec![0; BLOCK as usize];
            for replicate in block * BLOCK..(block + 1) * BLOCK {
                seen[(coordinate(7, replicate, name) * f64::from(BLOCK)) as usize] += 1;
            }
            assert!(seen.iter().all(|count| *count == 1), "{name} {block}: {seen:?}");
        }
        // 256 blocks: each of the 65,536 parts once
        let all = BLOCK * BLOCK;
        let mut seen = vec![0_u8; all as usize];
        (0..all).for_each(|r| seen[(coordinate(7, r, name) * f64::from(all)) as usize] += 1);
        assert!(seen.iter().all(|count| *count == 1), "{name}");
    }
}

/// The correlations of all pairs of `names` over `n` replicates, for some seeds: their standard deviation times √(n − 1),
/// which is one for independent draws.
fn spread_of_correlations(names: usize, n: u32, seeds: u64) -> f64 {
    let mut squares = Vec::new();
    for seed in 0..seeds {
        let column = |k: usize| -> Vec<f64> {
            let values: Vec<f64> = (0..n).map(|r| coordinate(seed, r, &format!("number-{k}"))).collect();
            let mean = values.iter().sum::<f64>() / f64::from(n);
            let norm = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>().sqrt();
            values.iter().map(|x| (x - mean) / norm).collect()
        };
        let columns: Vec<Vec<f64>> = (0..names).map(column).collect();
        for (i, a) in columns.iter().enumerate() {
            for b in &columns[..i] {
                let r: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
                squares.push(r * r);
            }
        }
    }
    (squares.iter().sum::<f64>() / squares.len() as f64 * (f64::from(n) - 1.0)).sqrt()
}

#[test]
fn no_pair_of_parameters_is_tied_more_closely_than_by_independent_draws() {
    // 40 names make 780 pairs: over 8 seeds the spread is known to 1/√(2·6240) = 0.9 %. It was 1.25 in base 2
    let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
    for (n, seeds) in [(8, 8), (64, 8), (256, 8), (1024, 4)] {
        let spread = spread_of_correlations(40, n, seeds);
        assert!((0.96..1.035).contains(&spread), "{n}: {spread}");
        (least, most) = (least.min(spread), most.max(spread));
    }
    figure("chance.spread", format!("{least:.2} to {most:.2}"));
}

#[test]
fn the_sequence_serves_rands_traits() {
    let mut random = Chance::new(1, 0).sequence(Stream::Bootstrap, Entity::named("test"));
    let draws: Vec<usize> = (0..10_000).map(|_| random.random_range(0..10)).collect();
    for digit in 0..10 {
        let count = draws.iter().filter(|d| **d == digit).count();
        assert!((800..1200).contains(&count), "{digit}: {count}");
    }
}
