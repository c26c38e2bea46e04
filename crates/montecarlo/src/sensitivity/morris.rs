//! Screening by elementary effects: which of many factors matter at all, for few runs.
//!
//! M. D. Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33 (1991);
//! the mean of absolute effects is from F. Campolongo, J. Cariboni and A. Saltelli, "An effective screening design
//! for sensitivity analysis of large models", Environmental Modelling & Software 22 (2007).

use super::draws::{Purpose, Uniform, address, bootstrap, interval, order, pick};

/// What moving one factor does, in units of the outcome per whole range of the factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// μ: mean of the elementary effects. Effects of both signs cancel.
    pub mean: f64,
    /// μ*: mean of their absolute values, by which factors are ranked.
    pub mean_absolute: f64,
    /// σ: standard deviation of the elementary effects. Zero: the factor acts linearly and alone. As large as μ*:
    /// what it does depends on where it and the others stand.
    pub deviation: f64,
    /// 95 % bootstrap interval of μ* over trajectories.
    pub interval: (f64, f64),
}

/// The effects of all factors.
#[derive(Clone, Debug, PartialEq)]
pub struct Screening {
    /// By factor.
    pub effects: Vec<Effect>,
    /// Trajectories that the effects rest on.
    pub used: usize,
    /// Trajectories left out, because an outcome in them is not a finite number.
    pub left_out: usize,
}

/// Points of the unit cube, trajectory after trajectory, each of `factors` + 1 points.
///
/// From one point of a trajectory to the next a single factor moves by the step Δ, up or down, and each moves once.
/// `levels` is an even number: the step then leads from the lower half of them to the upper half or back, and all
/// are visited alike.
///
/// ```text
/// x ∈ {0, 1/(p−1), …, 1};   Δ = p/(2·(p−1))          p: levels
/// ```
///
/// Both ends of the range, 0 and 1, are among the values: whoever takes a coordinate through the inverse of a
/// distribution function without bounds first narrows it to the part that is meant, say 5 to 95 %.
pub fn design(factors: usize, trajectories: u32, levels: u32, chance: Uniform<'_>) -> Vec<Vec<f64>> {
    debug_assert!(levels >= 2 && levels.is_multiple_of(2), "levels are an even number");
    let step = levels / 2;
    let mut points = Vec::with_capacity(trajectories as usize * (factors + 1));
    for trajectory in 0..trajectories {
        let draw = |purpose: Purpose, factor| chance(purpose as u32, trajectory, address(factor));
        let up: Vec<bool> = (0..factors).map(|factor| draw(Purpose::Direction, factor) < 0.5).collect();
        let mut level: Vec<u32> = (0..factors)
            .map(|factor| {
                let low = address(pick(draw(Purpose::Base, factor), step as usize));
                if up[factor] { low } else { low + step }
            })
            .collect();
        let point = |level: &[u32]| level.iter().map(|l| f64::from(*l) / f64::from(levels - 1)).collect();
        points.push(point(&level));
        for factor in order(factors, Purpose::Order, trajectory, chance) {
            level[factor] = if up[factor] { level[factor] + step } else { level[factor] - step };
            points.push(point(&level));
        }
    }
    points
}

/// Effects from the points of a [`design`] and the outcome at each.
///
/// ```text
/// d_i = (y(x + Δ·e_i) − y(x))/Δ;   μ_i = mean d_i,   μ*_i = mean |d_i|,   σ_i² = Σ (d_i − μ_i)²/(n − 1)
/// ```
///
/// With fewer than two trajectories left the deviation is zero; with none all is.
pub fn effects(
    points: &[Vec<f64>],
    outcomes: &[f64],
    factors: usize,
    resamples: u32,
    chance: Uniform<'_>,
) -> Screening {
    debug_assert_eq!(points.len(), outcomes.len());
    let all: Vec<Option<Vec<f64>>> = points
        .chunks(factors + 1)
        .zip(outcomes.chunks(factors + 1))
        .map(|(points, outcomes)| elementary(points, outcomes, factors))
        .collect();
    let trajectories = all.len();
    let kept: Vec<Vec<f64>> = all.into_iter().flatten().collect();
    let every = vec![1.0; kept.len()];
    let mut absolutes = vec![Vec::with_capacity(resamples as usize); factors];
    bootstrap(kept.len(), resamples, Purpose::Trajectories, chance, |counts| {
        for (factor, values) in absolutes.iter_mut().enumerate() {
            values.push(mean(&kept, counts, |effects| effects[factor].abs()));
        }
    });
    let effects = absolutes.iter_mut().enumerate().map(|(factor, values)| {
        let centre = mean(&kept, &every, |effects| effects[factor]);
        let mean_absolute = mean(&kept, &every, |effects| effects[factor].abs());
        let squares: f64 = kept.iter().map(|e| (e[factor] - centre) * (e[factor] - centre)).sum();
        Effect {
            mean: centre,
            mean_absolute,
            deviation: (squares / kept.len().saturating_sub(1).max(1) as f64).sqrt(),
            interval: interval(values, mean_absolute),
        }
    });
    Screening { effects: effects.collect(), used: kept.len(), left_out: trajectories - kept.len() }
}

/// The elementary effect of each factor along one trajectory; none if an outcome is not a finite number or a
/// step moves no factor.
fn elementary(points: &[Vec<f64>], outcomes: &[f64], factors: usize) -> Option<Vec<f64>> {
    if points.len() != factors + 1 || !outcomes.iter().all(|y| y.is_finite()) {
        return None;
    }
    let mut effects = vec![0.0; factors];
    for (from, y) in points.windows(2).zip(outcomes.windows(2)) {
        let factor = (0..factors).find(|k| from[0][*k] != from[1][*k])?;
        effects[factor] = (y[1] - y[0]) / (from[1][factor] - from[0][factor]);
    }
    Some(effects)
}

/// Mean over trajectories, each counted as often as `counts` says; zero where there is none.
fn mean(trajectories: &[Vec<f64>], counts: &[f64], value: impl Fn(&[f64]) -> f64) -> f64 {
    let sum: f64 = trajectories.iter().zip(counts).map(|(effects, count)| count * value(effects)).sum();
    sum / trajectories.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sensitivity::draws::tests::chance;
    use crate::sensitivity::sobol::tests::{G, g};

    fn screen(
        factors: usize,
        trajectories: u32,
        levels: u32,
        seed: u64,
        model: impl Fn(&[f64]) -> f64,
    ) -> Screening {
        let points = design(factors, trajectories, levels, &chance(seed));
        let outcomes: Vec<f64> = points.iter().map(|x| model(x)).collect();
        effects(&points, &outcomes, factors, 200, &chance(seed))
    }

    #[test]
    fn each_step_moves_one_factor_by_the_step_and_each_factor_moves_once() {
        let points = design(7, 20, 4, &chance(1));
        assert_eq!(points.len(), 20 * 8);
        for trajectory in points.chunks(8) {
            let mut moved = Vec::new();
            for pair in trajectory.windows(2) {
                let steps: Vec<f64> =
                    pair[1].iter().zip(&pair[0]).map(|(to, from)| (to - from).abs()).collect();
                let factors: Vec<usize> = (0..7).filter(|k| steps[*k] > 0.0).collect();
                assert_eq!(factors.len(), 1);
                assert!((steps[factors[0]] - 2.0 / 3.0).abs() < 1e-15);
                moved.push(factors[0]);
            }
            moved.sort_unstable();
            assert!(moved.into_iter().eq(0..7));
        }
        assert!(points.iter().flatten().all(|x| [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0].contains(x)));
    }

    #[test]
    fn all_levels_are_visited_alike() {
        let points = design(5, 400, 4, &chance(2));
        for level in 0..4 {
            let at = f64::from(level) / 3.0;
            let share =
                points.iter().flatten().filter(|x| **x == at).count() as f64 / (5.0 * points.len() as f64);
            assert!((share - 0.25).abs() < 0.02, "level {level}: {share}");
        }
    }

    #[test]
    fn a_linear_function_gives_its_coefficients_and_no_deviation() {
        // with two levels every number below is a whole one: nothing is rounded
        let line = |x: &[f64]| 7.0 + 4.0 * x[0] - 2.0 * x[1] + 0.5 * x[2];
        let found = screen(4, 10, 2, 3, line);
        assert_eq!((found.used, found.left_out), (10, 0));
        for (effect, coefficient) in found.effects.iter().zip([4.0, -2.0, 0.5, 0.0_f64]) {
            let size = coefficient.abs();
            let exact =
                Effect { mean: coefficient, mean_absolute: size, deviation: 0.0, interval: (size, size) };
            assert_eq!(*effect, exact);
        }
        for (effect, coefficient) in screen(4, 10, 6, 3, line).effects.iter().zip([4.0, -2.0, 0.5, 0.0]) {
            assert!((effect.mean - coefficient).abs() < 1e-13 && effect.deviation < 1e-13);
        }
    }

    #[test]
    fn the_g_function_ranks_its_factors_as_it_was_built() {
        let found = screen(8, 60, 4, 4, g);
        let sizes: Vec<f64> = found.effects.iter().map(|e| e.mean_absolute).collect();
        assert!(sizes[..5].is_sorted_by(|a, b| a > b), "{sizes:?}");
        assert!(sizes[4..].iter().all(|size| *size < sizes[3] / 3.0), "{sizes:?}");
        assert!(
            found.effects.iter().all(|e| e.interval.0 <= e.mean_absolute && e.mean_absolute <= e.interval.1)
        );
        assert_eq!(G[4..], [99.0; 4]);
    }

    #[test]
    fn effects_of_both_signs_cancel_in_the_mean_and_not_in_its_absolute() {
        // by hand: moving the first factor changes the outcome by ±1, as the second stands at 0 or 1
        let found = screen(2, 200, 2, 5, |x| x[0] * (2.0 * x[1] - 1.0));
        assert_eq!(found.effects[0].mean_absolute, 1.0);
        assert!(found.effects[0].mean.abs() < 0.2 && (found.effects[0].deviation - 1.0).abs() < 0.05);
    }

    #[test]
    fn a_trajectory_with_an_outcome_that_is_no_number_is_left_out_and_counted() {
        let points = design(3, 6, 4, &chance(6));
        let mut outcomes: Vec<f64> = points.iter().map(|x| 3.0 * x[0]).collect();
        outcomes[5] = f64::NAN;
        outcomes[6] = f64::INFINITY;
        outcomes[23] = f64::NEG_INFINITY;
        let found = effects(&points, &outcomes, 3, 50, &chance(6));
        assert_eq!((found.used, found.left_out), (4, 2));
        assert!((found.effects[0].mean - 3.0).abs() < 1e-13);
        let none = effects(&points, &[f64::NAN; 24], 3, 50, &chance(6));
        assert_eq!((none.used, none.left_out, none.effects[0].mean_absolute), (0, 6, 0.0));
    }

    #[test]
    fn the_interval_holds_the_true_mean_in_most_seeds() {
        // by hand: the effect of the first factor is the second, whose mean over the levels is a half
        let holds = |seed: &u64| {
            let (low, high) = screen(2, 40, 4, *seed, |x| x[0] * x[1]).effects[0].interval;
            low <= 0.5 && 0.5 <= high
        };
        let held = (0..40).filter(holds).count();
        assert!(held >= 34, "{held} of 40");
    }
}
