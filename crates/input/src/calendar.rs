//! Weeks and dates. Week k of a year holds its days 7(k−1)+1 to 7k; days 365 and 366 belong to week 52;
//! a week's month is that of its fourth day.

use chokepoint_core::time::{SPIN_UP_WEEKS, Week};
use jiff::civil::Date;

/// Weeks of a year.
pub const WEEKS_PER_YEAR: u32 = 52;

/// Turns dates into simulated weeks and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// First year of the calendar; it starts on 1 January, in simulated week [`SPIN_UP_WEEKS`].
    pub first_year: i16,
}

impl Calendar {
    /// The moment at which a day begins, in weeks from the start of spin-up.
    pub fn moment(self, date: Date) -> f64 {
        let year = f64::from(date.year() - self.first_year);
        let day = f64::from(date.day_of_year() - 1).min(363.0);
        f64::from(SPIN_UP_WEEKS) + year * f64::from(WEEKS_PER_YEAR) + day / 7.0
    }

    /// The first day of a simulated week.
    pub fn date(self, week: Week) -> Date {
        let calendar_week = week.saturating_sub(SPIN_UP_WEEKS);
        let year =
            self.first_year.saturating_add(i16::try_from(calendar_week / WEEKS_PER_YEAR).unwrap_or(i16::MAX));
        let day = i64::from(calendar_week % WEEKS_PER_YEAR) * 7;
        let start = Date::constant(year.clamp(-9999, 9999), 1, 1);
        start.saturating_add(jiff::Span::new().days(day))
    }

    /// Year and month of a simulated week.
    pub fn month(self, week: Week) -> (i16, i8) {
        let fourth = self.date(week).saturating_add(jiff::Span::new().days(3));
        (fourth.year(), fourth.month())
    }
}
