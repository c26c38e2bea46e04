//! Chart 6: losses without and with each strategy: range, middle half and median.

use super::strategies::{Loss, Strategies, empty, note_of_rest};
use crate::figure::ChartKind;
use crate::locale::{Locale, capital};
use crate::page::Page;
use crate::plot::{Rows, Scale, amounts, ticks};
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_montecarlo::pairing::Finding;
use plotters::style::RGBColor;
use serde::{Deserialize, Serialize};

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Losses(pub Strategies);

impl Losses {
    /// Rows as they are drawn: none first, then by median.
    fn rows(&self, locale: &Locale) -> Vec<(String, &Loss, RGBColor)> {
        let mut rows: Vec<(String, &Loss, RGBColor)> =
            self.0.rows.iter().map(|s| (s.name(locale), &s.loss, s.colour())).collect();
        rows.sort_by(|a, b| a.1.p[2].total_cmp(&b.1.p[2]));
        rows.insert(0, (locale.say("no-strategy", &[]), &self.0.none, theme::INK));
        rows
    }
}

impl ChartKind for Losses {
    fn words(&self, locale: &Locale) -> Words {
        let s = &self.0;
        let scenario = locale.name("scenario", &s.scenario);
        let [p5, _, p50, _, p95] = s.none.p;
        let none = locale.money_range([p5, p50, p95]);
        let clear = s.rows.iter().filter(|r| r.finding == Finding::Lower);
        let least = clear.min_by(|a, b| a.loss.p[2].total_cmp(&b.loss.p[2]));
        let title = match least {
            Some(best) => {
                let left = locale.money_range([best.loss.p[0], best.loss.p[2], best.loss.p[4]]);
                let name = best.name(locale);
                locale.say(
                    "losses-title",
                    &[("strategy", &name), ("none", &locale.money(p50)), ("left", &left)],
                )
            }
            None => locale.say("losses-title-none", &[("none", &none)]),
        };
        let each: Vec<String> = self
            .rows(locale)
            .iter()
            .map(|(name, l, _)| {
                let range = locale.money_range([l.p[0], l.p[2], l.p[4]]);
                locale.say("row-each", &[("name", name), ("value", &range)])
            })
            .collect();
        Words {
            title: capital(&title),
            subtitle: locale.say("losses-subtitle", &[("scenario", &scenario)]),
            alternative: locale.count("losses-alternative", s.rows.len(), &[("none", &none)]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        self.0.csv()
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let all = self.rows(locale);
        let ends = |level: usize| all.iter().map(move |(_, l, _)| l.p[level]);
        let marks = ticks(ends(0).fold(0.0, f64::min), ends(4).fold(1e6, f64::max));
        let (low, high) = (marks[0], marks[marks.len() - 1]);
        let rows = Rows::new(page, all.len(), Scale::linear(low, high));
        let labels = amounts(locale, &marks);
        rows.plot.marks_across(&labels, true)?;
        rows.plot.base()?;
        let size = page.size;
        for (row, (name, loss, colour)) in all.iter().enumerate().take(rows.at.len()) {
            let value = locale.money_range([loss.p[0], loss.p[2], loss.p[4]]);
            let (y, [p5, p25, p50, p75, p95]) = (rows.at[row], loss.p.map(|v| rows.plot.across(v)));
            rows.label(row, name, &value, theme::INK)?;
            page.line(vec![(p5, y), (p95, y)], theme::tint(*colour, 0.7), 2.0)?;
            page.line(vec![(p25, y), (p75.max(p25 + 1), y)], theme::tint(*colour, 0.55), 9.0)?;
            page.dot((p50, y), size.em(0.36), *colour, true)?;
        }
        match note_of_rest(locale, rows.at.len(), all.len()) {
            Some(note) => rows.rest(&note),
            None if all.len() == 1 => empty(page, locale),
            None => Ok(()),
        }
    }
}
