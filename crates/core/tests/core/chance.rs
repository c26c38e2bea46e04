//! Chance: known answers, addresses, and inverse distribution functions against libraries.

use chokepoint_core::chance::{
    Chance, Distribution, Entity, Stream, coordinate, normal_quantile, philox4x32,
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
fn any_power_of_two_of_replicates_fills_each_parameters_cells_once() {
    for name in ["price_speed", "dytb-halt-us/halt/duration"] {
        for n in [8_u32, 64, 256] {
            let mut seen = vec![0; n as usize];
            for replicate in 0..n {
                seen[(coordinate(7, replicate, name) * f64::from(n)) as usize] += 1;
            }
            assert!(seen.iter().all(|count| *count == 1), "{name} {n}: {seen:?}");
        }
    }
}

#[test]
fn two_parameters_are_uncorrelated() {
    // pairs of replicates share a stratum, so a correlation over 16 seeds × 1,024 points has a standard error of 0.009
    let (n, seeds) = (1024_u32, 16_u64);
    let centred = |name: &str| -> Vec<f64> {
        (0..seeds).flat_map(|s| (0..n).map(move |r| coordinate(s, r, name) - 0.5)).collect()
    };
    let names = ["price_speed", "price_response", "upstream_cover", "downstream_cover"];
    for (i, a) in names.iter().enumerate() {
        for b in &names[..i] {
            let sum: f64 = centred(a).iter().zip(centred(b)).map(|(x, y)| x * y).sum();
            let correlation = sum / f64::from(n) / seeds as f64 * 12.0;
            assert!(correlation.abs() < 0.04, "{a} {b}: {correlation}");
        }
    }
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
