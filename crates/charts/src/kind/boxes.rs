//! Chart 11: in which part of its ranges an outcome exceeds a bound most often (PRIM).

use super::tornado::{assumption, value};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::outcome::OutcomeName;
use crate::page::{Ink, Page, Rect};
use crate::plot::{Rows, Scale};
use crate::theme;
use crate::words::{ChartError, Words};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Quasi-probability beyond which a side of the box may be chance.
const CHANCE: f64 = 0.05;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boxes {
    /// The scenario.
    pub scenario: Named,
    /// The outcome.
    pub outcome: OutcomeName,
    /// Its unit.
    pub unit: String,
    /// Replicates.
    pub runs: usize,
    /// The bound.
    pub bound: f64,
    /// Share of replicates beyond it.
    pub beyond: f64,
    /// Share of those that the box holds.
    pub coverage: f64,
    /// Share of what the box holds that is beyond the bound.
    pub density: f64,
    /// What bounds the box, the surest first.
    pub restrictions: Vec<Restriction>,
}

/// One side of the box.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Restriction {
    /// The assumption, as an override file names it.
    pub factor: String,
    /// From and to, as shares of its distribution.
    pub share: [f64; 2],
    /// The same as values.
    pub range: [f64; 2],
    /// How likely it is by chance alone.
    pub quasi_p: f64,
}

impl Boxes {
    fn bound(&self, locale: &Locale) -> String {
        if self.unit == "USD" {
            return locale.money(self.bound);
        }
        let unit = locale.name("unit", &Named::new(&self.unit, &self.unit));
        locale.say("amount", &[("n", &locale.short(self.bound)), ("unit", &unit)])
    }

    fn share(locale: &Locale, share: f64) -> String {
        locale.per_cent_round((100.0 * share).round() / 100.0)
    }

    /// A restriction in words: below, above or between.
    fn render(locale: &Locale, r: &Restriction) -> String {
        let [low, high] = r.range.map(|x| value(locale, x));
        match (r.share[0] > 0.0, r.share[1] < 1.0) {
            (true, true) => locale.range(&low, &high),
            (true, false) => locale.say("boxes-above", &[("n", &low)]),
            _ => locale.say("boxes-below", &[("n", &high)]),
        }
    }
}

impl ChartKind for Boxes {
    fn words(&self, locale: &Locale) -> Words {
        let scenario = locale.name("scenario", &self.scenario);
        let outcome = self.outcome.render(locale);
        let bound = self.bound(locale);
        let shares = [self.beyond, self.coverage, self.density].map(|share| Self::share(locale, share));
        let words = [
            ("outcome", outcome.as_str()),
            ("bound", bound.as_str()),
            ("beyond", shares[0].as_str()),
            ("coverage", shares[1].as_str()),
            ("density", shares[2].as_str()),
            ("scenario", scenario.as_str()),
        ];
        let each: Vec<String> = self
            .restrictions
            .iter()
            .map(|r| {
                locale.say(
                    "row-each",
                    &[("name", &assumption(&self.scenario, &r.factor)), ("value", &Self::render(locale, r))],
                )
            })
            .collect();
        let found = if self.restrictions.is_empty() { "boxes-title-none" } else { "boxes-title" };
        let title = locale.say(found, &words);
        Words {
            description: if each.is_empty() { title.clone() } else { each.join(" ") },
            title: capital(&title),
            subtitle: locale.count("boxes-subtitle", self.runs, &words),
            alternative: locale.count("boxes-alternative", self.restrictions.len(), &words),
        }
    }

    fn csv(&self) -> String {
        let mut text =
            "factor,share_from,share_to,low,high,quasi_p,bound,beyond,coverage,density\n".to_owned();
        for r in &self.restrictions {
            let ([from, to], [low, high]) = (r.share, r.range);
            let _ = writeln!(
                text,
                "{},{from},{to},{low},{high},{},{},{},{},{}",
                r.factor, r.quasi_p, self.bound, self.beyond, self.coverage, self.density
            );
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        if self.restrictions.is_empty() {
            let at = ((page.body.left + page.body.right) / 2, (page.body.top + page.body.bottom) / 2);
            let text = locale.say("boxes-none", &[]);
            return page.text(&text, at, Ink::LABEL.middle().colour(theme::GREY));
        }
        let rows = Rows::new(page, self.restrictions.len(), Scale::linear(0.0, 1.0));
        let marks: Vec<(f64, String)> =
            [0.0, 0.25, 0.5, 0.75, 1.0].map(|m| (m, locale.per_cent_round(m))).to_vec();
        rows.plot.marks_across(&marks, true)?;
        rows.plot.base()?;
        let half = size.em(0.45);
        for (row, r) in self.restrictions.iter().enumerate().take(rows.at.len()) {
            let y = rows.at[row];
            let chance = r.quasi_p > CHANCE;
            let (colour, ink) =
                if chance { (theme::BASELINE, theme::GREY) } else { (theme::SERIES[1], theme::INK) };
            rows.label(row, &assumption(&self.scenario, &r.factor), &Self::render(locale, r), ink)?;
            let bar = |[from, to]: [f64; 2]| Rect {
                left: rows.plot.across(from),
                right: rows.plot.across(to),
                top: y - half,
                bottom: y + half,
            };
            page.rectangle(bar([0.0, 1.0]), theme::tint(theme::BASELINE, 0.2))?;
            page.rectangle(bar(r.share), colour)?;
        }
        match super::strategies::note_of_rest(locale, rows.at.len(), self.restrictions.len()) {
            Some(note) => rows.rest(&note),
            None => Ok(()),
        }
    }
}
