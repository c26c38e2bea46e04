//! The binomial distribution without logarithms.

/// P(X ≥ successes) for X ~ Binomial(trials, chance), exact to rounding.
///
/// Terms are taken relative to the most likely one, which neither overflows nor needs a logarithm:
///
/// ```text
/// t_(k+1) = t_k·(n − k)/(k + 1)·p/(1 − p);   P = Σ_(k ≥ successes) t_k / Σ t_k
/// ```
pub(crate) fn upper_tail(trials: usize, successes: usize, chance: f64) -> f64 {
    if successes == 0 || chance >= 1.0 {
        return 1.0;
    }
    if chance <= 0.0 {
        return 0.0;
    }
    let odds = chance / (1.0 - chance);
    let mode = (((trials + 1) as f64 * chance) as usize).min(trials);
    let mut terms = vec![0.0; trials + 1];
    terms[mode] = 1.0;
    for k in mode..trials {
        terms[k + 1] = terms[k] * (trials - k) as f64 / (k + 1) as f64 * odds;
    }
    for k in (0..mode).rev() {
        terms[k] = terms[k + 1] * (k + 1) as f64 / (trials - k) as f64 / odds;
    }
    // from the far end, where the terms are smallest and would be lost beside a large sum
    let above: f64 = terms[successes.min(trials + 1)..].iter().rev().sum();
    above / terms.iter().sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binomial_tail_is_the_one_by_hand_and_holds_for_many_trials() {
        let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-12 * b, "{a} {b}");
        near(upper_tail(3, 2, 0.5), 0.5);
        near(upper_tail(10, 8, 0.5), 56.0 / 1024.0);
        near(upper_tail(4, 4, 0.1), 1e-4);
        near(upper_tail(2, 1, 0.3), 0.51);
        // of an odd number of fair throws, more than half come up in half of all cases
        near(upper_tail(9_999, 5_000, 0.5), 0.5);
        // one tail and the other make one
        near(upper_tail(5_000, 1_600, 0.3) + upper_tail(5_000, 3_401, 0.7), 1.0);
        assert_eq!((upper_tail(5, 0, 0.2), upper_tail(5, 1, 0.0), upper_tail(5, 5, 1.0)), (1.0, 0.0, 1.0));
        assert_eq!((upper_tail(0, 0, 0.5), upper_tail(5, 6, 0.5)), (1.0, 0.0));
    }
}
