//! Chart 10: which assumptions move an outcome: mean effects of a screening, or shares of variance.

use super::strategies::note_of_rest;
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::outcome::OutcomeName;
use crate::page::{Page, Rect};
use crate::plot::{Mark, Rows, Scale, amounts, key, key_height, ticks};
use crate::theme;
use crate::words::{ChartError, Words};
use plotters::style::RGBColor;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Assumptions that are drawn.
const MOST: usize = 10;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tornado {
    /// The scenario.
    pub scenario: Named,
    /// The outcome.
    pub outcome: OutcomeName,
    /// Its unit: `USD`, `weeks` …
    pub unit: String,
    /// Runs.
    pub runs: usize,
    /// What the bars are.
    pub measure: Method,
    /// Assumptions, the one that moves most first.
    pub factors: Vec<Factor>,
}

/// What is measured of an assumption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Mean absolute change of the outcome when it alone moves (Morris), in the outcome's unit.
    Effect,
    /// Share of the outcome's variance (Sobol): alone, and with its interactions.
    Variance,
}

/// One assumption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// Its name, as an override file has it.
    pub factor: String,
    /// 5th and 95th percentile of its value.
    pub range: [f64; 2],
    /// Size of what it moves.
    pub size: f64,
    /// 95 % interval of that.
    pub interval: [f64; 2],
    /// Of variance: what it moves alone. Of effects: the mean with its sign.
    pub alone: f64,
}

impl Tornado {
    /// Names of the assumptions, the one that moves most first.
    pub fn ranked(&self) -> Vec<&str> {
        self.factors.iter().map(|factor| factor.factor.as_str()).collect()
    }

    fn render(&self, locale: &Locale, value: f64) -> String {
        match (self.measure, self.unit.as_str()) {
            (Method::Variance, _) => locale.per_cent_round((100.0 * value).round() / 100.0),
            (Method::Effect, "USD") => locale.money(value),
            (Method::Effect, unit) => {
                let unit = locale.name("unit", &Named::new(unit, unit));
                locale.say("amount", &[("n", &locale.short(value)), ("unit", &unit)])
            }
        }
    }

    fn subject(&self) -> &'static str {
        match self.measure {
            Method::Effect => "tornado-effect",
            Method::Variance => "tornado-variance",
        }
    }
}

/// A value of an assumption, in few digits.
pub(super) fn value(locale: &Locale, value: f64) -> String {
    let size = value.abs();
    let decimals = match () {
        () if size >= 100.0 => 0,
        () if size >= 10.0 => 1,
        () if size >= 0.1 || size == 0.0 => 2,
        () => 4,
    };
    locale.number(value, decimals)
}

/// Name of an assumption as a reader sees it: `price_response`, or `scenario/event/number`.
pub(super) fn assumption(scenario: &Named, name: &str) -> String {
    let own = name.strip_prefix(&format!("{}/", scenario.id)).unwrap_or(name);
    own.replace('/', ": ").replace('_', " ")
}

impl ChartKind for Tornado {
    fn words(&self, locale: &Locale) -> Words {
        let scenario = locale.name("scenario", &self.scenario);
        let outcome = self.outcome.render(locale);
        let title = match self.factors.first().filter(|f| f.interval[0] > 0.0) {
            Some(first) => locale.say(
                &format!("{}-title", self.subject()),
                &[
                    ("factor", &assumption(&self.scenario, &first.factor)),
                    ("outcome", &outcome),
                    ("size", &self.render(locale, first.size)),
                ],
            ),
            None => locale.say("tornado-title-none", &[("outcome", &outcome)]),
        };
        let each: Vec<String> = self
            .factors
            .iter()
            .take(MOST)
            .map(|f| {
                let shown = self.render(locale, f.size);
                locale.say("row-each", &[("name", &assumption(&self.scenario, &f.factor)), ("value", &shown)])
            })
            .collect();
        let subtitle = format!("{}-subtitle", self.subject());
        Words {
            title: capital(&title),
            subtitle: capital(&locale.count(
                &subtitle,
                self.runs,
                &[("outcome", &outcome), ("scenario", &scenario)],
            )),
            alternative: locale.count("tornado-alternative", self.factors.len(), &[("outcome", &outcome)]),
            description: if each.is_empty() { title } else { each.join(" ") },
        }
    }

    fn csv(&self) -> String {
        let mut text = "factor,low,high,measure,unit,size,interval_low,interval_high,alone\n".to_owned();
        let (measure, unit) = match self.measure {
            Method::Effect => ("mean absolute effect", self.unit.as_str()),
            Method::Variance => ("total share of variance", "share"),
        };
        for f in &self.factors {
            let ([low, high], [least, most]) = (f.range, f.interval);
            let _ = writeln!(
                text,
                "{},{low},{high},{measure},{unit},{},{least},{most},{}",
                f.factor, f.size, f.alone
            );
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let shown: Vec<&Factor> = self.factors.iter().take(MOST).collect();
        let colours: [RGBColor; 2] = [theme::SERIES[5], theme::SERIES[1]];
        let boxes: [(RGBColor, &str); 2] = match self.measure {
            Method::Effect => [(colours[0], "tornado-raises"), (colours[1], "tornado-lowers")],
            Method::Variance => {
                [(colours[0], "tornado-alone"), (theme::tint(colours[0], 0.45), "tornado-together")]
            }
        };
        let mut entries: Vec<(Mark, String)> =
            boxes.iter().map(|(colour, id)| (Mark::Box(*colour), locale.say(id, &[]))).collect();
        entries.push((Mark::Line(theme::INK, 3.0), locale.say("tornado-interval", &[])));
        let below = key_height(page, &entries, page.body.width());
        let top = shown.iter().map(|f| f.interval[1].max(f.size)).fold(1e-9, f64::max);
        // an interval may pass the whole; a share does not
        let top = if self.measure == Method::Variance { top.min(1.0) } else { top };
        let marks = ticks(0.0, top);
        let scale = Scale::linear(0.0, marks[marks.len() - 1]);
        let rows = Rows::within(page, page.body.inset(0, 0, 0, below), shown.len(), scale);
        let labels = match (self.measure, self.unit.as_str()) {
            (Method::Effect, "USD") => amounts(locale, &marks),
            _ => marks.iter().map(|mark| (*mark, self.render(locale, *mark))).collect(),
        };
        rows.plot.marks_across(&labels, true)?;
        rows.plot.base()?;
        let half = (rows.at.get(1).map_or(size.em(1.6), |y| y - rows.at[0]) * 3 / 10).min(size.em(0.6));
        for (row, f) in shown.iter().enumerate().take(rows.at.len()) {
            let y = rows.at[row];
            let range = locale.range(&value(locale, f.range[0]), &value(locale, f.range[1]));
            let shown =
                locale.say("tornado-value", &[("size", &self.render(locale, f.size)), ("range", &range)]);
            rows.label(row, &assumption(&self.scenario, &f.factor), &shown, theme::INK)?;
            let zero = rows.plot.across(0.0);
            let bar = |value: f64| Rect {
                left: zero,
                right: rows.plot.across(value.max(0.0)).max(zero + 2),
                top: y - half,
                bottom: y + half,
            };
            match self.measure {
                Method::Effect => page.rectangle(bar(f.size), colours[usize::from(f.alone < 0.0)])?,
                Method::Variance => {
                    page.rectangle(bar(f.size), boxes[1].0)?;
                    page.rectangle(bar(f.alone.min(f.size)), boxes[0].0)?;
                }
            }
            let [low, high] = f.interval.map(|x| rows.plot.across(x.max(0.0)));
            page.line(vec![(low, y), (high, y)], theme::INK, 3.0)?;
        }
        key(page, &entries, (page.body.left, page.body.bottom - below), Some(page.body.width()))?;
        match note_of_rest(locale, rows.at.len().min(shown.len()), self.factors.len()) {
            Some(note) if rows.at.len() < shown.len() => rows.rest(&note),
            _ => Ok(()),
        }
    }
}
