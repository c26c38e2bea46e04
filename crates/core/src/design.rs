//! What a user can use less of: by a new design when it is expensive, and for a while when it does not come.

use crate::id::InputId;

/// Inputs of one agent that price makes it use less of, together.
#[derive(Clone, Debug, PartialEq)]
pub struct ThriftRule {
    /// The inputs.
    pub inputs: Vec<InputId>,
    /// What replaces them, if anything does.
    pub substitute: Option<Substitute>,
    /// ε: elasticity of the intensity to the price.
    pub elasticity: f64,
    /// Least intensity, share of that at the reference level.
    pub floor: f64,
    /// Weeks of work before a design changes.
    pub delay_weeks: f64,
    /// Weeks over which it then spreads.
    pub weeks: f64,
    /// Share of what was saved at most that never comes back.
    pub kept_share: f64,
    /// Extra cost per tonne saved, share of its price at the reference level.
    pub cost_share: f64,
    /// τ: yearly fall of the intensity whatever the price, as a log.
    pub trend: f64,
    /// What its user can do without for a while when the input does not come, whatever its price.
    pub give: Option<Give>,
}

/// How far a user can do with less of a scarce input, without a new design.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Give {
    /// Which of the drawn bounds holds.
    pub kind: GiveKind,
    /// T: weeks over which it builds up.
    pub weeks: f64,
}

/// What kind of use an input has: how much of it can be saved at most, see [`crate::behaviour::Behaviour`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiveKind {
    /// One specific part in each unit.
    Part,
    /// A feature that can be left out or built later.
    Feature,
    /// A grade that a leaner one replaces.
    Grade,
    /// A consumable of a process.
    Process,
}

/// An input that replaces others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Substitute {
    /// The input.
    pub input: InputId,
    /// Tonnes of it per tonne saved.
    pub ratio: f64,
}
