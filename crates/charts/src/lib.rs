//! Charts of a run: numbers first, then words in a language, then SVG by plotters in a size; PNG by resvg and PDF by krilla
//! from the same SVG, with a font that ships in the binary.
//!
//! A title states the finding and is computed from the numbers; the subtitle says measure, unit, place and period;
//! every figure has its data as CSV and its words as JSON beside it. A run keeps the numbers of its figures, so that each
//! can be drawn again in another size, format or language.

pub mod context;
pub mod figure;
pub mod format;
pub mod kind;
pub mod locale;
pub mod outcome;
pub mod page;
mod picture;
pub mod plot;
pub mod size;
pub mod theme;
pub mod words;

pub use context::Context;
pub use figure::Figure;
pub use words::{ChartError, Credit};

use figure::ChartKind;
use kind::strategies::Strategies;
use kind::{
    backtest, boxes, break_even, concentration, decisions, differences, dots, fan, flows, frontier, heat,
    licences, losses, outlooks, prices, sectors, stocks, survival, survive, timeline, tornado,
};
use locale::Locale;
use serde::{Deserialize, Serialize};
use size::Size;

/// Kinds of charts, a row each: its numbers, file name, id on the command line, and what it shows.
macro_rules! charts {
    ($($kind:ident($numbers:path): $name:literal, $id:literal, $shows:literal;)+) => {
        /// The numbers of one figure, of some kind.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "numbers", rename_all = "kebab-case")]
        #[allow(missing_docs)]
        pub enum Chart {
            $($kind($numbers),)+
        }

        /// The kinds of charts: file name, id on the command line, and what it shows.
        pub const KINDS: &[(&str, &str, &str)] = &[$(($name, $id, $shows),)+];

        impl Chart {
            fn drawn(&self) -> &dyn ChartKind {
                match self {
                    $(Self::$kind(chart) => chart,)+
                }
            }

            /// Its id on the command line.
            pub fn id(&self) -> &'static str {
                match self {
                    $(Self::$kind(_) => $id,)+
                }
            }

            /// Its file's name without ending.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$kind(_) => $name,)+
                }
            }
        }
    };
}

charts! {
    Fan(fan::Fan): "01-fan", "fan", "Unmet demand over time with its bands, in the region that loses most";
    Prices(prices::Prices): "02-prices", "prices", "Price indices at home and outside, by commodity";
    Sectors(sectors::Sectors): "03-sectors", "sectors", "Unmet demand by sector over time, a panel per region";
    Heat(heat::Heat): "04-heat", "heat", "Shortage by stage and region: before, at worst, at the end";
    Flows(flows::Flows): "05-flows", "flows", "What moves of an element between stages and regions, before the shock and while it is in force";
    Losses(losses::Losses): "06-losses", "losses", "Losses without and with each strategy";
    Differences(differences::Differences): "07-differences", "differences", "What each strategy changes on the same replicates";
    Frontier(frontier::Frontier): "08-frontier", "frontier", "What each strategy costs and what it avoids";
    BreakEven(break_even::BreakEven): "09-break-even", "break-even", "How likely the shock must be for each strategy to pay for itself";
    Tornado(tornado::Tornado): "10-tornado", "tornado", "Which assumptions move an outcome (of `sensitivity`)";
    Boxes(boxes::Boxes): "11-boxes", "boxes", "When an outcome exceeds a bound (of `sensitivity --method prim`)";
    Survive(survive::Survive): "12-survive", "survive", "How long sectors run on, and how long they are down";
    Survival(survival::Survival): "13-survival", "survival", "Share of lines that have not yet stopped, without and with strategies";
    Stocks(stocks::Stocks): "14-stocks", "stocks", "Days of cover by stage in the region that loses most";
    Concentration(concentration::Concentration): "15-concentration", "concentration", "Concentration of each stage over countries";
    Licences(licences::Licences): "16-licences", "licences", "The licence queue, and what share is granted";
    Decisions(decisions::Decisions): "17-decisions", "decisions", "What a strategy avoids by the day of its decision";
    Backtest(backtest::Backtest): "19-backtest", "backtest", "Observed prices of a past crisis over the modelled band";
    Timeline(timeline::Timeline): "20-timeline", "timeline", "When the events come and how long they last, and when strategies begin to work";
    Dots(dots::Dots): "21-dots", "dots", "The loss as twenty equally likely dots";
    Outlooks(outlooks::Outlooks): "22-outlooks", "outlooks", "The baseline by year beside what others published (of `validation`)";
}

/// The numbers of all figures of a run, and what stands under them: `figures.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureSet {
    /// Where they come from.
    pub credit: Credit,
    /// The figures, in order.
    pub charts: Vec<Chart>,
}

impl FigureSet {
    /// The figures of a run.
    pub fn of(context: &Context<'_>) -> Self {
        let mut charts = vec![
            Chart::Fan(fan::Fan::of(context)),
            Chart::Prices(prices::Prices::of(context)),
            Chart::Sectors(sectors::Sectors::of(context)),
            Chart::Heat(heat::Heat::of(context)),
        ];
        charts.extend(flows::Flows::of(context).map(Chart::Flows));
        let strategies = Strategies::of(context);
        if !strategies.rows.is_empty() {
            charts.extend([
                Chart::Losses(losses::Losses(strategies.clone())),
                Chart::Differences(differences::Differences(strategies.clone())),
                Chart::Frontier(frontier::Frontier(strategies.clone())),
                Chart::BreakEven(break_even::BreakEven(strategies.clone())),
            ]);
        }
        charts.extend(survive::Survive::of(context).map(Chart::Survive));
        charts.extend(survival::Survival::of(context).map(Chart::Survival));
        charts.push(Chart::Stocks(stocks::Stocks::of(context)));
        charts.push(Chart::Concentration(concentration::Concentration::of(context)));
        charts.extend(licences::Licences::of(context).map(Chart::Licences));
        charts.extend(decisions::Decisions::of(&strategies).map(Chart::Decisions));
        charts.extend(timeline::Timeline::of(context).map(Chart::Timeline));
        charts.extend(dots::Dots::of(context).map(Chart::Dots));
        Self { credit: context.credit(), charts }
    }

    /// Draws one of them.
    ///
    /// A title of the user's own takes the place of the computed one, and the figure's words say so.
    pub fn figure(
        &self,
        chart: &Chart,
        size: Size,
        locale: &Locale,
        title: Option<&str>,
    ) -> Result<Figure, ChartError> {
        Figure::new(chart.name(), chart.drawn(), &self.credit, size, locale, title)
    }

    /// As it is written.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("results are lists and records of numbers and texts") + "\n"
    }
}

#[cfg(test)]
mod tests;
