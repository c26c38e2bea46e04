//! The summary on the terminal: which sectors stop first and when, what is lost, what each strategy changes.

use chokepoint_charts::format::{money, money_range, signed_money};
use chokepoint_montecarlo::pairing::Finding;
use chokepoint_montecarlo::summary::{BreakEvenSummary, Range, StrategyEffect, Summary};
use chokepoint_montecarlo::validity::OutsideKind;
use chokepoint_scenario::Experiment;
use std::fmt::Write;

/// Rows of the table of stops.
const ROWS: usize = 12;

/// Multiple of the month before the shock from which on a quote is named.
const QUOTED: f64 = 1.25;

pub(crate) fn summary(experiment: &Experiment, s: &Summary) -> String {
    let mut text = format!(
        "\n{}\n{} replicates, seed {}, {} years after {}; world {}; US$ of {}. Exploratory simulation, not a forecast.\n",
        s.name,
        s.replicates,
        s.seed,
        s.horizon_weeks / 52,
        s.shock_date,
        s.world,
        s.currency_year
    );
    if experiment.scenario.events.is_empty() {
        text.push_str("\nNo shock in this scenario: nothing is lost against the baseline by construction.\n");
        return text;
    }
    outside(&mut text, s);
    losses(&mut text, experiment, s);
    stops(&mut text, experiment, s);
    prices(&mut text, experiment, s);
    strategies(&mut text, s);
    text
}

/// Things outside the model's validity that are reported; the others are in `summary.json`.
const OUTSIDE: usize = 5;

fn outside(text: &mut String, s: &Summary) {
    if s.outside.is_empty() {
        return;
    }
    text.push_str("\nOutside the range in which the model is known to hold; read with care:\n");
    for o in s.outside.iter().take(OUTSIDE) {
        let (from, to) = o.bounds;
        let n = |value: f64| format!("{value:.3}").trim_end_matches('0').trim_end_matches('.').to_owned();
        let _ = match o.kind {
            OutsideKind::Parameter if o.low == o.high => writeln!(
                text,
                "  {} is set to {}, calibrated from {} to {}",
                o.what,
                n(o.low),
                n(from),
                n(to)
            ),
            OutsideKind::Parameter => writeln!(
                text,
                "  {} is set from {} to {}, calibrated from {} to {}",
                o.what,
                n(o.low),
                n(o.high),
                n(from),
                n(to)
            ),
            OutsideKind::Price => writeln!(
                text,
                "  the price of {} ({}) goes from {} to {} times its reference (P5 to P95); known from {} to {}",
                o.what,
                o.place,
                n(o.low),
                n(o.high),
                n(from),
                n(to)
            ),
            OutsideKind::Stock => writeln!(
                text,
                "  input stocks of {} ({}) reach {} weeks of use (P95); rules are meant for up to {}",
                o.what,
                o.place,
                n(o.high),
                n(to)
            ),
        };
    }
    if let Some(more) = s.outside.len().checked_sub(OUTSIDE).filter(|more| *more > 0) {
        let _ = writeln!(text, "  and {more} more in summary.json");
    }
}

fn losses(text: &mut String, experiment: &Experiment, s: &Summary) {
    let _ = writeln!(
        text,
        "\nValue added lost against the same replicates without the shock: {} (P5 to P95), worst 5 %: {} on average",
        money_range(&s.value_added_lost),
        money(s.tail_mean)
    );
    let (low, high) = s.median_interval;
    let _ = writeln!(
        text,
        "  {} replicates place the median between {} and {} (95 %)",
        s.replicates,
        money(low),
        money(high)
    );
    for (region, range) in s.by_region.iter().filter(|(_, r)| r.p95 >= 1e6) {
        let name = experiment.world.regions.iter().find(|r| r.id == *region).map_or("", |r| r.name.as_str());
        let _ = writeln!(text, "  {name:<16} {}", money_range(range));
    }
}

fn stops(text: &mut String, experiment: &Experiment, s: &Summary) {
    if s.stops.is_empty() {
        text.push_str(
            "\nNo sector sees a line stop (a twentieth of a firm's lines, and one at least, idle for want of inputs for two weeks) in a tenth of the replicates or more: stocks absorb the shock.\n",
        );
        return;
    }
    let _ = writeln!(
        text,
        "\nSectors in which lines stop (a twentieth of a firm's lines, and one at least, idle for want of inputs for two weeks), earliest first;\nshare of replicates, weeks from the shock, greatest share of lines idle"
    );
    let _ = writeln!(
        text,
        "  {:<34} {:<16} {:>8} {:>14} {:>16} {:>24}",
        "sector", "region", "share", "week (P5-P95)", "lines idle", "value added lost"
    );
    for stop in s.stops.iter().take(ROWS) {
        let sector =
            experiment.world.sectors.iter().find(|x| x.id == stop.sector).map_or("", |x| x.name.as_str());
        let region =
            experiment.world.regions.iter().find(|x| x.id == stop.region).map_or("", |x| x.name.as_str());
        let _ = writeln!(
            text,
            "  {sector:<34} {region:<16} {:>6.0} % {:>14} {:>16} {:>24}",
            100.0 * stop.share_stopped,
            weeks(&stop.first_week),
            per_cent(&stop.idle_lines),
            money_range(&stop.value_added_lost)
        );
    }
    if s.stops.len() > ROWS {
        let _ = writeln!(text, "  and {} more in summary.json", s.stops.len() - ROWS);
    }
}

fn per_cent(range: &Range) -> String {
    format!("{:.0} % ({:.0}-{:.0})", 100.0 * range.p50, 100.0 * range.p5, 100.0 * range.p95)
}

fn weeks(range: &Range) -> String {
    format!("{:.0} ({:.0}-{:.0})", range.p50, range.p5, range.p95)
}

fn prices(text: &mut String, experiment: &Experiment, s: &Summary) {
    if s.prices.is_empty() {
        return;
    }
    let home = &experiment.world.regions[experiment.world.home].name;
    let _ = writeln!(
        text,
        "\nPeak price paid outside {home}, all goods together, multiple of the month before the shock (P5 to P95)"
    );
    for (item, peak, when) in &s.prices {
        let name =
            experiment.world.commodities.iter().find(|c| c.id == *item).map_or("", |c| c.name.as_str());
        let _ = writeln!(
            text,
            "  {name:<34} x{:.1} ({:.1} to {:.1}) after {:.0} weeks",
            peak.p50, peak.p5, peak.p95, when.p50
        );
    }
    let quotes = s.quotes.iter().filter(|quote| quote.multiple >= QUOTED);
    for (n, quote) in quotes.enumerate() {
        if n == 0 {
            let _ = writeln!(
                text,
                "\nQuote of what comes round controls, highest weekly median, the same multiple; sold at it, share of usual use"
            );
        }
        let name = experiment.world.commodities.iter().find(|c| c.id == quote.commodity);
        let name = name.map_or("", |c| c.name.as_str());
        let _ = writeln!(
            text,
            "  {name:<34} x{:.1} after {} weeks, {:.0} %",
            quote.multiple,
            quote.weeks,
            100.0 * quote.volume
        );
    }
}

fn strategies(text: &mut String, s: &Summary) {
    if s.strategies.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\nWhat each strategy changes in value added lost, on the same replicates (median, 95 % interval of the median)"
    );
    for effect in &s.strategies {
        let _ = writeln!(text, "  {:<46} {}", effect.name, verdict(effect));
        let mut costs = Vec::new();
        if effect.holding_cost.p95 != 0.0 {
            costs.push(format!("holding cost {}", money_range(&effect.holding_cost)));
        }
        if effect.programme_cost.p5 != 0.0 || effect.programme_cost.p95 != 0.0 {
            costs.push(format!("programmes {}", money_range(&effect.programme_cost)));
        }
        let costs = if costs.is_empty() { "costs in costs.csv".to_owned() } else { costs.join(", ") };
        let _ = writeln!(text, "  {:<46} over the whole run: {costs}; paid by: {}", "", effect.payer);
        if let Some(b) = &effect.break_even {
            let (mean, low, high) = b.baseline_premium;
            let _ = writeln!(
                text,
                "  {:<46} in a year without a shock it {} {} ({} to {}), all regions together",
                "",
                if mean < 0.0 { "saves" } else { "costs" },
                money(mean.abs()),
                money(if mean < 0.0 { -high } else { low }),
                money(if mean < 0.0 { -low } else { high })
            );
        }
        if let Some(break_even) = effect.break_even.as_ref().and_then(break_even) {
            let _ = writeln!(text, "  {:<46} {break_even}", "");
        }
    }
}

/// In words, whether a strategy breaks even, all regions together.
fn break_even(b: &BreakEvenSummary) -> Option<String> {
    let per_cent = |p: f64| format!("{:.1} %", 100.0 * p);
    match (b.verdict.as_str(), b.yearly_probability) {
        ("pays off without a shock", _) => Some("pays off even without a shock".to_owned()),
        ("does not break even", _) => Some("does not break even, however likely the shock".to_owned()),
        (_, Some(yearly)) => Some(format!(
            "breaks even if the shock has a yearly probability of at least {} ({} to {})",
            per_cent(yearly),
            per_cent(b.interval.0),
            per_cent(b.interval.1)
        )),
        _ => None,
    }
}

fn verdict(effect: &StrategyEffect) -> String {
    if effect.too_late {
        return "no effect in this event: its lead time ends after the shock".to_owned();
    }
    let (low, high) = effect.interval;
    let change = format!(
        "{} ({} to {}), less is lost in {:.0} % of replicates",
        signed_money(effect.median_change),
        signed_money(low),
        signed_money(high),
        100.0 * effect.share_better
    );
    // what prints as nothing is none
    let nothing = [low, high].map(signed_money).iter().all(|end| *end == signed_money(0.0));
    match effect.finding {
        _ if nothing => Finding::NoEffect.words().to_owned(),
        Finding::NoEffect => effect.finding.words().to_owned(),
        Finding::Unclear => format!("{}: {change}", effect.finding.words()),
        Finding::Lower | Finding::Higher => change,
    }
}
