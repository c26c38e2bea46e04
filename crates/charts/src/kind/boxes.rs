//! Chart 11: in which part of its ranges an outcome exceeds a bound most often (PRIM).

use super::tornado::{assumption, value};
use crate::figure::Drawn;
use crate::page::{Ink, Page, Rect};
use crate::plot::{Rows, Scale};
use crate::theme;
use crate::tongue::{Named, Tongue, capital};
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
    pub outcome: Named,
    /// Its unit.
    pub unit: String,
    /// Futures.
    pub runs: usize,
    /// The bound.
    pub bound: f64,
    /// Share of futures beyond it.
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
    fn bound(&self, tongue: &Tongue) -> String {
        if self.unit == "USD" {
            return tongue.money(self.bound);
        }
        let unit = tongue.name("unit", &Named::new(&self.unit, &self.unit));
        tongue.say("amount", &[("n", &tongue.short(self.bound)), ("unit", &unit)])
    }

    fn share(tongue: &Tongue, share: f64) -> String {
        tongue.per_cent_round((100.0 * share).round() / 100.0)
    }

    /// A restriction in words: below, above or between.
    fn told(tongue: &Tongue, r: &Restriction) -> String {
        let [low, high] = r.range.map(|x| value(tongue, x));
        match (r.share[0] > 0.0, r.share[1] < 1.0) {
            (true, true) => tongue.range(&low, &high),
            (true, false) => tongue.say("boxes-above", &[("n", &low)]),
            _ => tongue.say("boxes-below", &[("n", &high)]),
        }
    }
}

impl Drawn for Boxes {
    fn words(&self, tongue: &Tongue) -> Words {
        let scenario = tongue.name("scenario", &self.scenario);
        let outcome = tongue.name("outcome", &self.outcome);
        let bound = self.bound(tongue);
        let shares = [self.beyond, self.coverage, self.density].map(|share| Self::share(tongue, share));
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
                tongue.say(
                    "row-each",
                    &[("name", &assumption(&self.scenario, &r.factor)), ("value", &Self::told(tongue, r))],
                )
            })
            .collect();
        let found = if self.restrictions.is_empty() { "boxes-title-none" } else { "boxes-title" };
        let title = tongue.say(found, &words);
        Words {
            description: if each.is_empty() { title.clone() } else { each.join(" ") },
            title: capital(&title),
            subtitle: tongue.count("boxes-subtitle", self.runs, &words),
            alternative: tongue.count("boxes-alternative", self.restrictions.len(), &words),
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

    fn draw(&self, page: &Page<'_>, tongue: &Tongue) -> Result<(), ChartError> {
        let size = page.size;
        if self.restrictions.is_empty() {
            let at = ((page.body.left + page.body.right) / 2, (page.body.top + page.body.bottom) / 2);
            let text = tongue.say("boxes-none", &[]);
            return page.text(&text, at, Ink::LABEL.middle().colour(theme::GREY));
        }
        let rows = Rows::new(page, self.restrictions.len(), Scale::linear(0.0, 1.0));
        let marks: Vec<(f64, String)> =
            [0.0, 0.25, 0.5, 0.75, 1.0].map(|m| (m, tongue.per_cent_round(m))).to_vec();
        rows.plot.marks_across(&marks, true)?;
        rows.plot.base()?;
        let half = size.em(0.45);
        for (row, r) in self.restrictions.iter().enumerate().take(rows.at.len()) {
            let y = rows.at[row];
            let chance = r.quasi_p > CHANCE;
            let (colour, ink) =
                if chance { (theme::BASELINE, theme::GREY) } else { (theme::SERIES[1], theme::INK) };
            rows.label(row, &assumption(&self.scenario, &r.factor), &Self::told(tongue, r), ink)?;
            let bar = |[from, to]: [f64; 2]| Rect {
                left: rows.plot.across(from),
                right: rows.plot.across(to),
                top: y - half,
                bottom: y + half,
            };
            page.rectangle(bar([0.0, 1.0]), theme::tint(theme::BASELINE, 0.2))?;
            page.rectangle(bar(r.share), colour)?;
        }
        match super::strategies::note_of_rest(tongue, rows.at.len(), self.restrictions.len()) {
            Some(note) => rows.rest(&note),
            None => Ok(()),
        }
    }
}
