//! Chart 9: how likely the shock must be in a year for each strategy to pay for itself.

use super::strategies::{Pays, Strategies, Strategy, empty, note_of_rest};
use crate::figure::ChartKind;
use crate::locale::{Locale, capital};
use crate::page::Page;
use crate::plot::{Rows, Scale};
use crate::theme;
use crate::words::{ChartError, Words};
use plotters::style::RGBColor;
use serde::{Deserialize, Serialize};

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BreakEven(pub Strategies);

/// Yearly probability from which on odds in years say nothing.
const COMMON: f64 = 0.4;

/// Marks of the scale, yearly probabilities.
const MARKS: [f64; 4] = [0.001, 0.01, 0.1, 1.0];

impl BreakEven {
    /// Strategies that were run in the baseline as well: those that pay from the least probability on first.
    fn rows(&self) -> Vec<(&Strategy, Pays)> {
        let mut rows: Vec<(&Strategy, Pays)> =
            self.0.rows.iter().filter_map(|s| s.pays.map(|pays| (s, pays))).collect();
        let order = |pays: &Pays| match pays {
            Pays::Anyway(range) => 1e-9 * range[1],
            Pays::From(p) => p[1].max(1e-8),
            Pays::NoEffect => 2.0,
            Pays::Never(range) => 3.0 + range[0],
        };
        rows.sort_by(|a, b| order(&a.1).total_cmp(&order(&b.1)));
        rows
    }
}

/// Plain odds: "1 in 14 years".
fn odds(locale: &Locale, yearly: f64) -> String {
    let years = 1.0 / yearly.max(1e-9);
    let round = if years >= 100.0 { (years / 10.0).round() * 10.0 } else { years.round() };
    locale.say("odds", &[("n", &locale.number(round.max(1.0), 0))])
}

/// Whether a strategy pays for itself, in words.
pub fn render(locale: &Locale, pays: Pays) -> String {
    match pays {
        Pays::Anyway([_, high]) => {
            locale.say(if high > 0.0 { "pays-anyway-unclear" } else { "pays-anyway" }, &[])
        }
        Pays::Never([low, _]) => locale.say(if low < 1.0 { "pays-never-unclear" } else { "pays-never" }, &[]),
        Pays::NoEffect => locale.say("finding-no-effect", &[]),
        Pays::From([_, central, _]) => {
            let share = locale.say("per-cent", &[("n", &locale.short(100.0 * central))]);
            // odds say something as long as they are rare
            if central > COMMON {
                return share;
            }
            locale.say("pays-from", &[("share", &share), ("odds", &odds(locale, central))])
        }
    }
}

impl ChartKind for BreakEven {
    fn words(&self, locale: &Locale) -> Words {
        let rows = self.rows();
        let scenario = locale.name("scenario", &self.0.scenario);
        // only what pays beyond doubt is counted
        let beyond_doubt = |pays: &Pays| matches!(pays, Pays::Anyway([_, high]) if *high <= 0.0);
        let anyway = rows.iter().filter(|r| beyond_doubt(&r.1)).count();
        let first = rows.iter().find(|r| matches!(r.1, Pays::From(_)));
        let title = match (anyway, first) {
            (0, None) => locale.say("break-even-title-none", &[]),
            (0, Some((s, pays))) => {
                let name = s.name(locale);
                locale.say("break-even-title", &[("strategy", &name), ("pays", &render(locale, *pays))])
            }
            (n, _) => {
                let name = rows[0].0.name(locale);
                locale.count("break-even-title-anyway", n, &[("strategy", &name)])
            }
        };
        let each: Vec<String> = rows
            .iter()
            .map(|(s, pays)| {
                let value = render(locale, *pays);
                locale.say("row-each", &[("name", &s.name(locale)), ("value", &value)])
            })
            .collect();
        Words {
            title: capital(&title),
            subtitle: locale.say("break-even-subtitle", &[("scenario", &scenario)]),
            alternative: locale.count("break-even-alternative", rows.len(), &[]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        self.0.csv()
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let all = self.rows();
        if all.is_empty() {
            return empty(page, locale);
        }
        let scale = Scale::log(MARKS[0], MARKS[3]);
        let rows = Rows::new(page, all.len(), scale);
        let labels: Vec<(f64, String)> = MARKS.iter().map(|m| (*m, locale.per_cent_round(*m))).collect();
        rows.plot.marks_across(&labels, true)?;
        rows.plot.base()?;
        let (size, rect) = (page.size, rows.plot.rect);
        for (row, (s, pays)) in all.iter().enumerate().take(rows.at.len()) {
            let y = rows.at[row];
            let colour = if matches!(pays, Pays::Anyway(_) | Pays::From(_)) {
                theme::SERIES[5]
            } else {
                theme::BASELINE
            };
            let ink = if colour == theme::BASELINE { theme::GREY } else { theme::INK };
            rows.label(row, &s.name(locale), &render(locale, *pays), ink)?;
            match pays {
                Pays::From([low, central, high]) => {
                    interval(page, &rows, *low, *high, y, colour)?;
                    page.dot((rows.plot.across(*central), y), size.em(0.38), colour, true)?;
                }
                Pays::Anyway([_, high]) => {
                    interval(page, &rows, MARKS[0], *high, y, colour)?;
                    page.dot((rect.left, y), size.em(0.38), colour, true)?;
                }
                Pays::Never([low, _]) => {
                    interval(page, &rows, *low, MARKS[3], y, colour)?;
                    page.dot((rect.right, y), size.em(0.38), colour, false)?;
                }
                Pays::NoEffect => page.dot((rect.right, y), size.em(0.38), colour, false)?,
            }
        }
        match note_of_rest(locale, rows.at.len(), all.len()) {
            Some(note) => rows.rest(&note),
            None => Ok(()),
        }
    }
}

/// The interval of a yearly probability; nothing where it is a point at an end of the scale.
fn interval(
    page: &Page<'_>,
    rows: &Rows<'_, '_>,
    low: f64,
    high: f64,
    y: i32,
    colour: RGBColor,
) -> Result<(), ChartError> {
    if high <= MARKS[0] || low >= MARKS[3] {
        return Ok(());
    }
    let (from, to) = (rows.plot.across(low), rows.plot.across(high));
    page.line(vec![(from, y), (to.max(from + 1), y)], theme::tint(colour, 0.6), 4.0)
}
