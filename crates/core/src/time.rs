//! The weeks that the simulation counts, and those in which firms look up from their daily business.

/// Weeks before the calendar starts that are simulated and thrown away.
pub const SPIN_UP_WEEKS: u32 = 104;

/// A week of the simulation; the calendar starts at [`SPIN_UP_WEEKS`].
pub type Week = u32;

/// Weeks between two reviews of suppliers and designs.
pub const REVIEW_WEEKS: u32 = 4;
/// Weeks between two reviews of plants: investment, idling, restart and exit.
pub const QUARTER_WEEKS: u32 = 13;

/// Whether buyers review their suppliers at the end of this week.
pub(crate) fn reviews_suppliers(week: Week) -> bool {
    week % REVIEW_WEEKS == REVIEW_WEEKS - 1
}

/// The last week, up to one, at whose start suppliers have just been reviewed. There an arm may part from another that has
/// the same past: what one does week by week and the other leaves to the review is then done in both.
pub fn just_reviewed(week: Week) -> Week {
    week - week % REVIEW_WEEKS
}

/// "Did not happen within the horizon", as a week.
pub const NEVER: f64 = 1e9;

/// Whether a week that may be [`NEVER`] came.
pub fn happened(week: f64) -> bool {
    week < NEVER * 0.5
}
