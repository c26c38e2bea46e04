//! The uncertain numbers that a world must give, and what each may be.

use chokepoint_core::behaviour::Behaviour;
use chokepoint_core::chance::Distribution;

/// Parameters of random variation and money that a world must give beside those of behaviour.
pub const VARIATION: [&str; 10] = [
    "demand_noise",
    "demand_persistence",
    "outages_per_year",
    "outage_weeks",
    "outage_depth",
    "discount_rate",
    "schedule_slip",
    "cost_of_funds",
    "late_cost",
    "residual_haircut",
];

/// Parameters that a world must give.
pub fn parameters() -> Vec<&'static str> {
    Behaviour::<f64>::NAMES.iter().chain(&VARIATION).copied().collect()
}

/// How far a log-normal number may lie from its median, in distances of its 95th percentile: beyond any draw.
const TAIL: i32 = 5;

/// What a parameter may be, in its own unit. Beyond it the rules of the week mean nothing: a share above one, a speed that
/// overshoots what it follows, a time of no week.
pub fn bounds(name: &str) -> (f64, f64) {
    match name {
        "sourcing_speed"
        | "thrifting_strength"
        | "thrifting_speed"
        | "leaner_designs"
        | "qualification_speed" => (0.0, 100.0),
        "downstream_cover" | "upstream_cover" | "patience" => (0.01, 100.0),
        "demand_growth" => (-10.0, 10.0),
        "price_response" | "stock_elasticity" | "disposal_response" => (0.0, 5.0),
        "rent_elasticity" => (0.01, 5.0),
        "dispersion" => (0.0, 4.0),
        "triage" => (0.0, 10.0),
        "cap_tightness" => (1.0, 100.0),
        "quote_most" => (1.0, 1000.0),
        "sourcing_price" | "sourcing_reliability" | "hoarding" | "hoarding_fill" => (0.0, 100.0),
        "sourcing_price_band" | "hoarding_band" => (0.0, 5.0),
        "demand_persistence" => (0.0, 0.999),
        "outages_per_year" => (0.0, 52.0),
        "cost_of_funds" | "late_cost" => (0.0, 10.0),
        "schedule_slip" => (0.0, 1040.0),
        "expansion_step" => (0.0, 10.0),
        weeks if weeks.ends_with("_weeks") => (1.0, 1040.0),
        // shares, and speeds as shares of a gap
        _ => (0.0, 1.0),
    }
}

/// Least and greatest value that may be drawn.
pub fn reach(distribution: Distribution) -> (f64, f64) {
    match distribution {
        Distribution::Fixed(value) => (value, value),
        Distribution::Uniform { low, high } | Distribution::Triangular { low, high, .. } => (low, high),
        Distribution::LogNormal { p5, median, p95 } => {
            let far = |end: f64| (0..TAIL).fold(median, |value, _| value * (end / median));
            (far(p5), far(p95))
        }
    }
}
