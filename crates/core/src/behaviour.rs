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
    /// s_ρ: speed at which a licence rent rises towards the one that clears.
    rent_speed,
    /// δ_ρ: share of a licence rent that stands above the one that clears which holders give up in a week.
    rent_decay,
    /// ε_ρ: price elasticity of wanted orders that licence holders reckon with.
    rent_elasticity,
    /// Factor on the elasticities of thrifting (1: the world's).
    thrifting_strength,
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
    /// Weeks of standing idle after which a plant closes for good.
    closing_weeks,
}
