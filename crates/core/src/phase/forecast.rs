//! A seller notices that its forecast is too low week after week, and then learns fast.
//!
//! In words and with its notation: docs/model.md#shipping.

use crate::lanes::Lane;

/// Smoothing of forecast errors and of their size.
pub const ERROR_SPEED: f64 = 0.2;
/// Size of errors that nobody wonders at, share of what is forecast.
pub const USUAL_ERROR: f64 = 0.05;
/// Mean error over mean size from which a forecast counts as too low.
pub const BIASED: f64 = 0.6;
/// Speed at which a forecast that is too low week after week learns.
pub const SURPRISED_SPEED: f64 = 0.5;

/// Follows the errors of a forecast; gives how clearly it is too low, 0 to 1 (a one-sided tracking signal, after Trigg 1964).
///
/// ```text
/// U ← U + 0.2·(error⁺ − U);   D ← D + 0.2·((−error)⁺ − D);   low = clip((U/(U + D + 0.05·e) − 0.6)/0.4, 0, 1)
/// ```
/// Busy weeks and quiet ones stand against each other; demand that has come back does not. A forecast that is too high
/// learns at its usual speed: whoever may not ship for some weeks goes on for a while, and makes for stock.
#[inline(always)]
pub fn too_low<L: Lane>(missed: &mut L, wasted: &mut L, error: L, expected: L, tiny: f64) -> L {
    *missed = missed.towards(error.positive(), L::splat(ERROR_SPEED));
    *wasted = wasted.towards((-error).positive(), L::splat(ERROR_SPEED));
    let signal = *missed / (*missed + *wasted + expected * USUAL_ERROR + L::splat(tiny));
    ((signal - L::splat(BIASED)) * (1.0 / (1.0 - BIASED))).clip(0.0, 1.0)
}

/// Speed at which a forecast learns that is too low so clearly.
#[inline(always)]
pub fn speed<L: Lane>(usual: L, too_low: L) -> L {
    usual.max(too_low * SURPRISED_SPEED)
}
