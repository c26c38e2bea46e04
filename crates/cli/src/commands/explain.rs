//! `chokepoint explain`: why the lines of a sector stopped, as a chain of causes in words, from a finished run.

use crate::arguments::ExplainOptions;
use crate::failure::Failure;
use crate::finished;
use crate::printer::Printer;
use chokepoint_scenario::BASELINE;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Share of replicates from which on a maker's stop is reported.
const LEAST_SHARE: f64 = 0.05;
/// Makers that are reported of one part.
const MAKERS: usize = 4;

/// A line of `stops.csv` or of `stops_by_month.csv`: one producer or component maker in one arm.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct StopRow {
    arm: String,
    line: String,
    region: String,
    sector: String,
    /// In the whole run; in a month it is [`StopRow::share_first_stop`].
    #[serde(default)]
    share_stopped: f64,
    #[serde(default)]
    month: String,
    #[serde(default)]
    share_first_stop: f64,
    #[serde(default)]
    share_stopped_by_then: f64,
    #[serde(default)]
    first_week_p5: Option<f64>,
    #[serde(default)]
    first_week_p50: Option<f64>,
    #[serde(default)]
    first_week_p95: Option<f64>,
    #[serde(default)]
    weeks_stopped_p50: Option<f64>,
    main_cause: String,
    main_cause_share: f64,
    main_reason: String,
    main_reason_share: f64,
    /// Commodity at the root of it, its share of the stops, why it was short, and of which elements.
    root: String,
    root_share: Option<f64>,
    root_reason: String,
    root_elements: String,
    /// Commodity that a component maker makes.
    makes: String,
}

/// What is read of `summary.json`.
#[derive(Deserialize)]
struct Summary {
    name: String,
    shock_date: String,
}

/// What is reported, for programs.
#[derive(Debug, PartialEq, Serialize)]
struct Explained {
    arm: String,
    lines: Vec<Link>,
    /// Makers of what the lines ran out of, and what those ran out of.
    upstream: Vec<Link>,
}

/// One line in the chain.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Link {
    line: String,
    region: String,
    share_stopped: f64,
    /// The same in the baseline replicates: random variation alone.
    share_in_baseline: f64,
    month: String,
    week: (f64, f64, f64),
    weeks_stopped: f64,
    #[serde(flatten)]
    why: Why,
}

/// A line that first stops in a month.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct InMonth {
    line: String,
    region: String,
    month: String,
    share_first_stop: f64,
    share_stopped_by_then: f64,
    #[serde(flatten)]
    why: Why,
}

/// What ran out, why, and what was short at the root of it; shares of the stops.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Why {
    cause: String,
    cause_share: f64,
    reason: String,
    reason_share: f64,
    root: String,
    root_share: f64,
    root_reason: String,
    root_elements: String,
}

impl Why {
    fn of(stop: &StopRow) -> Self {
        Self {
            cause: stop.main_cause.clone(),
            cause_share: stop.main_cause_share,
            reason: stop.main_reason.clone(),
            reason_share: stop.main_reason_share,
            root: stop.root.clone(),
            root_share: stop.root_share.unwrap_or(0.0),
            root_reason: stop.root_reason.clone(),
            root_elements: stop.root_elements.replace(' ', " and "),
        }
    }
}

pub(crate) fn explain(options: &ExplainOptions, printer: Printer) -> Result<(), Failure> {
    let summary: Summary = finished::summary(&options.folder)?;
    let stops: Vec<StopRow> = finished::rows(&options.folder, "stops.csv", |_| true)?;
    let arms: Vec<&str> = distinct(stops.iter().map(|s| s.arm.as_str()));
    if !arms.contains(&options.arm.as_str()) {
        return Err(Failure::Usage(format!("no arm `{}` stops; there is: {}", options.arm, arms.join(", "))));
    }
    let sectors = distinct(stops.iter().map(|s| s.sector.as_str()).filter(|s| !s.is_empty()));
    if !sectors.contains(&options.sector.as_str()) {
        return Err(Failure::Usage(format!(
            "no line of a sector `{}` stops in this run; there is: {}",
            options.sector,
            sectors.join(", ")
        )));
    }
    let regions = distinct(stops.iter().map(|s| s.region.as_str()));
    if !regions.contains(&options.region.as_str()) {
        return Err(Failure::Usage(format!(
            "no line in a region `{}` stops in this run; there is: {}",
            options.region,
            regions.join(", ")
        )));
    }
    if let Some(month) = &options.month {
        return in_month(options, month, &summary.name, printer);
    }
    let shock = summary.shock_date.parse().map_err(|e| finished::unusable(&options.folder, &e))?;
    let explained = chain(&stops, options, shock);
    printer.result(&explained, || render(&summary.name, options, &explained));
    Ok(())
}

/// Only what first stops in a month.
fn in_month(options: &ExplainOptions, month: &str, name: &str, printer: Printer) -> Result<(), Failure> {
    let wanted =
        |s: &StopRow| s.arm == options.arm && s.region == options.region && s.sector == options.sector;
    let stops: Vec<StopRow> = finished::rows(&options.folder, "stops_by_month.csv", wanted)?;
    let of = |s: &StopRow| InMonth {
        line: s.line.clone(),
        region: s.region.clone(),
        month: s.month.clone(),
        share_first_stop: s.share_first_stop,
        share_stopped_by_then: s.share_stopped_by_then,
        why: Why::of(s),
    };
    let lines: Vec<InMonth> = stops.iter().filter(|s| s.month == month).map(of).collect();
    printer.result(&lines, || month_in_words(options, month, name, &stops, &lines));
    Ok(())
}

fn month_in_words(
    options: &ExplainOptions,
    month: &str,
    name: &str,
    stops: &[StopRow],
    lines: &[InMonth],
) -> String {
    let mut text =
        format!("\n{name}: {} in {}, arm `{}`, in {month}\n", options.sector, options.region, options.arm);
    if stops.is_empty() {
        text.push_str("  no line stops\n");
    } else if lines.is_empty() {
        let months = distinct(stops.iter().map(|s| s.month.as_str()));
        let _ = writeln!(text, "  no line first stops then; some do in {}", months.join(", "));
    }
    for line in lines {
        let _ = write!(
            text,
            "  {} ({}) first stops then in {} of replicates, and has stopped by its end in {}: ",
            line.line,
            line.region,
            per_cent(line.share_first_stop),
            per_cent(line.share_stopped_by_then)
        );
        because(&mut text, &line.why);
        text.push('\n');
    }
    text
}

fn per_cent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

fn distinct<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut found: Vec<&str> = words.collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The lines of the sector and region, and the makers of what they ran out of.
fn chain(stops: &[StopRow], options: &ExplainOptions, shock: jiff::civil::Date) -> Explained {
    let in_arm: Vec<&StopRow> = stops.iter().filter(|s| s.arm == options.arm).collect();
    let here = |s: &&&StopRow| s.region == options.region && s.sector == options.sector;
    let mut lines: Vec<&StopRow> = in_arm.iter().filter(here).copied().collect();
    lines.sort_by(|a, b| b.share_stopped.total_cmp(&a.share_stopped));
    let mut upstream: Vec<&StopRow> = Vec::new();
    for part in distinct(lines.iter().map(|s| s.main_cause.as_str())) {
        // those of its own region first, since parts are bought near
        let makes = |s: &&&StopRow| s.makes == part;
        let mut makers: Vec<&StopRow> = in_arm.iter().filter(makes).copied().collect();
        makers.retain(|s| s.share_stopped >= LEAST_SHARE && s.main_cause != "capacity");
        makers.sort_by(|a, b| {
            let near = |s: &StopRow| s.region == options.region;
            near(b).cmp(&near(a)).then(b.share_stopped.total_cmp(&a.share_stopped))
        });
        upstream.extend(makers.into_iter().take(MAKERS));
    }
    let baseline = |line: &str| {
        let found = stops.iter().find(|s| s.arm == BASELINE && s.line == line);
        found.map_or(0.0, |s| s.share_stopped)
    };
    let of = |s: &StopRow| link(s, baseline(&s.line), shock);
    Explained {
        arm: options.arm.clone(),
        lines: lines.into_iter().map(of).collect(),
        upstream: upstream.into_iter().map(of).collect(),
    }
}

fn link(stop: &StopRow, share_in_baseline: f64, shock: jiff::civil::Date) -> Link {
    let week = |x: Option<f64>| x.unwrap_or(0.0);
    let days = (7.0 * week(stop.first_week_p50)).round() as i64;
    let day = shock.checked_add(jiff::Span::new().days(days)).unwrap_or(shock);
    Link {
        line: stop.line.clone(),
        region: stop.region.clone(),
        share_stopped: stop.share_stopped,
        share_in_baseline,
        month: format!("{:04}-{:02}", day.year(), day.month()),
        week: (week(stop.first_week_p5), week(stop.first_week_p50), week(stop.first_week_p95)),
        weeks_stopped: week(stop.weeks_stopped_p50),
        why: Why::of(stop),
    }
}

fn render(name: &str, options: &ExplainOptions, explained: &Explained) -> String {
    let mut text = format!("\n{name}: {} in {}, arm `{}`\n", options.sector, options.region, options.arm);
    if explained.lines.is_empty() {
        let _ = writeln!(text, "  no line stops");
        return text;
    }
    for link in &explained.lines {
        sentence(&mut text, link);
    }
    if !explained.upstream.is_empty() {
        text.push_str("\nBehind them, those who make what ran out:\n");
        for link in &explained.upstream {
            sentence(&mut text, link);
        }
    }
    text
}

/// "ev-us-2 stops in 55 % of replicates, first in 2026-04 (week 14, 10 to 19), for 5 weeks: traction-motor ran out …"
fn sentence(text: &mut String, link: &Link) {
    let (low, middle, high) = link.week;
    let _ = write!(
        text,
        "  {} ({}) stops in {} of replicates, in the median first in {} (week {middle:.0}, {low:.0} to {high:.0}), for {:.0} weeks: ",
        link.line,
        link.region,
        per_cent(link.share_stopped),
        link.month,
        link.weeks_stopped
    );
    because(text, &link.why);
    if link.share_in_baseline >= LEAST_SHARE {
        let _ = write!(text, "; random variation alone stops it in {}", per_cent(link.share_in_baseline));
    }
    text.push('\n');
}

/// "traction-motor ran out in 100 % of the stops, suppliers short in 98 %; at the root of 71 %: magnet-high-temperature (Dy
/// and Tb), refused by a control"
fn because(text: &mut String, why: &Why) {
    let share = per_cent(why.cause_share);
    let _ = match why.cause.as_str() {
        "capacity" => write!(text, "its capacity was out in {share} of the stops"),
        "margin" => write!(text, "it lost money in {share} of the stops"),
        "orders" => write!(text, "nobody ordered in {share} of the stops"),
        part => write!(text, "{part} ran out in {share} of the stops"),
    };
    if !why.reason.is_empty() {
        let _ = write!(text, ", {} in {}", why.reason, per_cent(why.reason_share));
    }
    if !why.root.is_empty() {
        let _ = write!(text, "; at the root of {}: {}", per_cent(why.root_share), why.root);
        if !why.root_elements.is_empty() {
            let _ = write!(text, " ({})", why.root_elements);
        }
        let _ = write!(text, ", {}", why.root_reason);
    }
}
