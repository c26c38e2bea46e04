//! Behaviour that is uncertain: the numbers that every agent's rules of thumb share, drawn once a replicate.

use crate::lanes::Lane;

macro_rules! behaviour {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// Behaviour that is uncertain and drawn once a replicate. Units: per week unless said otherwise.
        #[derive(Clone, Copy, Debug)]
        pub struct Behaviour<L> {
            $($(#[$doc])* pub $name: L,)*
        }

        impl<L: Lane> Behaviour<L> {
            /// The names of its numbers, in order: the parameters that a world must give.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// Every number from its name.
            pub fn from_names(mut value: impl FnMut(&'static str) -> L) -> Self {
                Self { $($name: value(stringify!($name)),)* }
            }
        }
    };
}

behaviour! {
    /// θ: weight of the expected price against the cost anchor, share.
    expectation_weight,
    /// s: speed of posted prices.
    price_speed,
    /// γ: response of the log price to cover and to unmet orders.
    price_response,
    /// ι: weight of the benchmark against own cost and stocks in the price of a good that is quoted, share.
    benchmark_weight,
    /// k_b: how far net-backs and costs pass through the chain: 0, makers go by posted prices; 1, by what buyers would bear.
    pass_through,
    /// s_e: smoothing of the expected price.
    expectation_speed,
    /// s_f: smoothing of expected orders and of short-run use.
    forecast_speed,
    /// s_l: smoothing of long-run use.
    long_run_speed,
    /// w_u: what planners give on the usual against the latest when they forecast orders and use, share.
    usual_weight,
    /// s_u: smoothing of what is usual.
    usual_speed,
    /// T_adj: weeks over which a stock gap is closed.
    adjustment_weeks,
    /// f: greatest order beyond use, share of use.
    order_flexibility,
    /// s_p: smoothing of the price that a buyer has paid.
    paid_price_speed,
    /// s_r: smoothing of the reliability and of the fill rate seen.
    reliability_speed,
    /// h₀: factor on the speed at which supplier shares move (1: the world's switching times).
    sourcing_speed,
    /// k_p: sensitivity of supplier choice to log price beyond the dead band.
    sourcing_price,
    /// Half width of the dead band of supplier choice, log price.
    sourcing_price_band,
    /// k_r: sensitivity of supplier choice to reliability below its threshold.
    sourcing_reliability,
    /// R*: reliability below which a supplier loses orders, share.
    reliability_threshold,
    /// k: response of disposal to a stock above target, share per unit of log.
    disposal_response,
    /// Multiplier of the stock targets of the last two stages.
    downstream_cover,
    /// Multiplier of all other stock targets.
    upstream_cover,
    /// h: stock wanted per expected log price change beyond the dead band, share of cover per log.
    hoarding,
    /// Half width of the dead band of hoarding, log price change over half a year.
    hoarding_band,
    /// h_f: stock wanted per missing fill rate, share of cover per share.
    hoarding_fill,
    /// s_g: smoothing of the weekly log price change.
    trend_speed,
    /// W: weeks of use that traders hold per unit of hoarding.
    trader_weeks,
    /// T_in: weeks over which traders build a position.
    trader_load_weeks,
    /// T_out: weeks over which traders unload.
    trader_unload_weeks,
    /// ε_s: price elasticity of the stock target.
    stock_elasticity,
    /// k: how fast what is ordered beyond normal trade is refused as a control grows.
    cap_tightness,
    /// Share of the wait for a licence that buyers order ahead for; 0, they do not know of it, and do not withdraw.
    licence_wait_known,
    /// s_ρ: speed at which a licence rent rises towards the one that clears.
    rent_speed,
    /// δ_ρ: share of a licence rent that stands above the one that clears which holders give up in a week.
    rent_decay,
    /// ε_ρ: price elasticity of wanted orders that licence holders reckon with.
    rent_elasticity,
    /// Factor on the spread of stocks between the lines of a firm (1: the world's; 0: all are alike).
    dispersion,
    /// Factor on the time that customers wait (1: the world's).
    patience,
    /// Overtime that is left where a plan fills capacity, share of the sector's overtime.
    full_use_overtime,
    /// B: most that goods which come round a control are quoted at, multiple of the home price; 1 switches the quote off.
    quote_most,
    /// λ: share of them that goes to the highest bidder; the rest goes by orders.
    sold_to_highest,
    /// κ: how strictly a seller that is short serves first those with most at stake; 0, everybody alike.
    triage,
    /// Share of an input that can be saved for a while where it is one specific part in each unit.
    give_part,
    /// The same where it is a feature that can be left out or built later.
    give_feature,
    /// The same where it is a grade that a leaner one replaces.
    give_grade,
    /// The same where it is a consumable of a process.
    give_process,
    /// Factor on the elasticities of thrifting (1: the world's).
    thrifting_strength,
    /// Factor on the yearly fall of intensities whatever the price (1: the world's).
    leaner_designs,
    /// Factor on the speed of thrifting (1: the world's lags).
    thrifting_speed,
    /// Factor on the speed of qualification (1: the world's times).
    qualification_speed,
    /// Fill rate below which a buyer starts to qualify other suppliers, share.
    qualification_trigger,
    /// Factor on the growth of final demand (1: the world's rates).
    demand_growth,
    /// s_x: smoothing of the prices that investors reckon with, share per quarter.
    outlook_speed,
    /// Greatest addition to a plant in a year, share of its capacity.
    expansion_step,
    /// Weeks of losses after which a plant idles.
    idling_weeks,
    /// Weeks that a restart takes.
    restart_weeks,
    /// Weeks of being idle after which a plant closes permanently.
    closing_weeks,
}

impl<L: Lane> Behaviour<L> {
    /// Rules of thumb for chains that are made up: near the middle of the shipped world's ranges, factors at one.
    pub fn made_up() -> Self {
        Self::from_names(|name| L::splat(made_up(name)))
    }
}

/// The number of that name in a chain that is made up.
pub fn made_up(name: &str) -> f64 {
    match name {
        "benchmark_weight" | "pass_through" | "triage" | "give_part" | "give_feature" | "give_grade"
        | "give_process" => 0.0,
        "usual_speed" => 0.01,
        "rent_speed" => 0.015,
        "long_run_speed" => 0.03,
        "expectation_speed" => 0.037,
        "rent_decay" => 0.05,
        "forecast_speed" => 0.06,
        "sourcing_price_band" => 0.1,
        "trend_speed" | "rent_elasticity" => 0.12,
        "reliability_speed" | "stock_elasticity" => 0.15,
        "order_flexibility" | "disposal_response" => 0.2,
        "paid_price_speed" | "hoarding_band" | "outlook_speed" | "expansion_step" => 0.25,
        "usual_weight" | "price_speed" | "hoarding_fill" => 0.3,
        "price_response" => 0.5,
        "expectation_weight" => 0.62,
        "qualification_trigger" => 0.7,
        "reliability_threshold" => 0.9,
        "hoarding" => 1.2,
        "sourcing_reliability" | "quote_most" => 4.0,
        "cap_tightness" => 8.0,
        "trader_load_weeks" => 13.0,
        "adjustment_weeks" | "trader_weeks" | "idling_weeks" | "restart_weeks" => 26.0,
        "trader_unload_weeks" => 36.0,
        "closing_weeks" => 156.0,
        _ => 1.0,
    }
}
