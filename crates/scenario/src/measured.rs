//! A measure of a strategy once it has been read.

use crate::arms::FOR_GOOD;
use chokepoint_core::chance::Distribution;
use chokepoint_core::plan::Effect;
use chokepoint_input::document::Payer;
use chokepoint_input::leaf::{Leaf, Measure};
use chokepoint_input::reader::Reader;

/// A measure that has been read.
pub(crate) struct Measured {
    pub(crate) effect: Effect,
    pub(crate) size: Distribution,
    /// Name of that size.
    pub(crate) field: &'static str,
    pub(crate) fill: f64,
    /// Weeks for which it is in force.
    pub(crate) term: f64,
    pub(crate) what: String,
    /// Yearly cost of holding its stock, if not the strategy's.
    pub(crate) carrying: Option<Distribution>,
    /// How long before the first shock it begins, if it hangs on one.
    pub(crate) notice: Option<Distribution>,
}

/// Who pays for a stock and what it costs to hold it: what the measure says, or the strategy.
pub(crate) fn holding(
    (payer, carrying): (Option<Leaf<'_>>, Option<Leaf<'_>>),
    usual: Payer,
    reader: &mut Reader<'_>,
) -> Option<(Payer, Option<Distribution>)> {
    let payer = match payer {
        Some(leaf) => leaf.read::<Payer>(reader)?,
        None => usual,
    };
    let carrying = match carrying {
        Some(leaf) => Some(leaf.quantity(Measure::Rate, (0.0, 1.0), reader)?),
        None => None,
    };
    Some((payer, carrying))
}

/// A measure that acts in full from its first moment to the end.
pub(crate) fn for_good(effect: Effect, size: Distribution, what: &str) -> Measured {
    let what = what.to_owned();
    Measured { effect, size, field: "share", fill: 0.0, term: FOR_GOOD, what, carrying: None, notice: None }
}
