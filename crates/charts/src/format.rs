//! Numbers in words: figures that follow their interval, units that a reader knows.

use chokepoint_montecarlo::summary::Range;

/// US dollars in bn or m, two significant digits.
pub fn money(value: f64) -> String {
    if value.abs() < 5e3 {
        return "US$ 0".to_owned();
    }
    let (scaled, unit) = scale(value.abs());
    format!("{}US$ {} {unit}", if value < 0.0 { "−" } else { "" }, digits(scaled))
}

/// A change of money with its sign.
pub fn signed_money(value: f64) -> String {
    if value.abs() < 5e5 {
        return "US$ 0".to_owned();
    }
    let (scaled, unit) = scale(value.abs());
    format!("{}US$ {} {unit}", if value < 0.0 { "−" } else { "+" }, digits(scaled))
}

/// Median and range in the unit of the median's upper end: "US$ 3.1 bn (1.7 to 8.2)".
pub fn money_range(range: &Range) -> String {
    let (_, unit) = scale(unit_of(range.p50, range.p95.abs()));
    let factor = if unit == "bn" { 1e9 } else { 1e6 };
    let part = |v: f64| {
        let v = v / factor;
        if v.abs() < 0.05 { "0".to_owned() } else { digits(v) }
    };
    format!("US$ {} {unit} ({} to {})", part(range.p50), part(range.p5), part(range.p95))
}

/// The amount by which the unit of a range is chosen: its largest, but for a middle that would show as next to nothing in it.
pub(crate) fn unit_of(middle: f64, most: f64) -> f64 {
    let middle = middle.abs();
    if (5e5..0.095e9).contains(&middle) { middle } else { middle.max(most) }
}

fn scale(value: f64) -> (f64, &'static str) {
    if value >= 0.95e9 { (value / 1e9, "bn") } else { (value / 1e6, "m") }
}

/// Two significant digits below 100, whole numbers above.
fn digits(value: f64) -> String {
    let size = value.abs();
    let digits = match () {
        () if size >= 10.0 => format!("{value:.0}"),
        () if size >= 0.095 => format!("{value:.1}"),
        () => format!("{value:.2}"),
    };
    digits.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_reported_in_two_digits_and_one_unit() {
        assert_eq!(money(3.142e9), "US$ 3.1 bn");
        assert_eq!(money(42.4e9), "US$ 42 bn");
        assert_eq!((money(0.0), money(2e4)), ("US$ 0".to_owned(), "US$ 0.02 m".to_owned()));
        assert_eq!(signed_money(-120.2e6), "−US$ 120 m");
        assert_eq!(money_range(&Range { p50: 11e6, p5: 0.0, p95: 4.1e9 }), "US$ 11 m (0 to 4100)");
        assert_eq!(money_range(&Range { p50: 3.14e9, p5: 1.7e9, p95: 8.2e9 }), "US$ 3.1 bn (1.7 to 8.2)");
        assert_eq!(money_range(&Range { p50: 0.0, p5: 0.0, p95: 3e6 }), "US$ 0 m (0 to 3.0)");
    }
}
