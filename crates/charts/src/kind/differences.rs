//! Chart 7: what each strategy changes on the same replicates: median, its interval, and the share of replicates in which it
//! helps.

use super::strategies::{Strategies, empty, finding, note_of_rest};
use crate::figure::ChartKind;
use crate::locale::{Locale, capital};
use crate::page::Page;
use crate::plot::{Rows, Scale, amounts, ticks};
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_montecarlo::pairing::Finding;
use serde::{Deserialize, Serialize};

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Differences(pub Strategies);

impl ChartKind for Differences {
    fn words(&self, locale: &Locale) -> Words {
        let s = &self.0;
        let scenario = locale.name("scenario", &s.scenario);
        let title = match s.best() {
            Some(best) => {
                // what is avoided is reported as it is talked of: above zero
                let [low, middle, high] = best.change;
                let avoided = locale.money_range([-high, -middle, -low]);
                let name = best.name(locale);
                locale.say("differences-title", &[("strategy", &name), ("avoided", &avoided)])
            }
            None => locale.say("differences-title-none", &[]),
        };
        let each: Vec<String> = s
            .rows
            .iter()
            .map(|row| {
                let value = format!("{}, {}", locale.money_range(row.change), finding(locale, row.finding));
                locale.say("row-each", &[("name", &row.name(locale)), ("value", &value)])
            })
            .collect();
        let clear = s.rows.iter().filter(|r| r.finding == Finding::Lower).count();
        let helping = locale.number(clear as f64, 0);
        Words {
            title: capital(&title),
            subtitle: locale.count("differences-subtitle", s.n, &[("scenario", &scenario)]),
            alternative: locale.count("differences-alternative", s.rows.len(), &[("helping", &helping)]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        self.0.csv()
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let all = &self.0.rows;
        if all.is_empty() {
            return empty(page, locale);
        }
        let low = all.iter().map(|r| r.change[0].min(r.spread.0)).fold(0.0, f64::min);
        let high = all.iter().map(|r| r.change[2].max(r.spread.1)).fold(0.0, f64::max);
        let marks = ticks(low, high.max(low + 1e6));
        let (low, high) = (marks[0], marks[marks.len() - 1]);
        let rows = Rows::new(page, all.len(), Scale::linear(low, high));
        let labels = amounts(locale, &marks);
        rows.plot.marks_across(&labels, true)?;
        rows.plot.base()?;
        let (zero, rect) = (rows.plot.across(0.0), rows.plot.rect);
        page.line(vec![(zero, rect.top), (zero, rect.bottom)], theme::INK, 2.0)?;
        let size = page.size;
        for (row, s) in all.iter().enumerate().take(rows.at.len()) {
            let value = match s.finding {
                Finding::NoEffect | Finding::Unclear => finding(locale, s.finding),
                Finding::Lower | Finding::Higher => {
                    let share = locale.per_cent_round((s.better * 100.0).round() / 100.0);
                    let range = locale.money_range(s.change);
                    locale.say("differences-value", &[("range", &range), ("share", &share)])
                }
            };
            let colour = s.colour();
            let ink = if colour == theme::BASELINE { theme::GREY } else { theme::INK };
            rows.label(row, &s.name(locale), &value, ink)?;
            let y = rows.at[row];
            let across = |value: f64| rows.plot.across(value);
            page.line(
                vec![(across(s.spread.0), y), (across(s.spread.1), y)],
                theme::tint(colour, 0.45),
                1.0,
            )?;
            page.line(
                vec![(across(s.change[0]), y), (across(s.change[2]).max(across(s.change[0]) + 1), y)],
                colour,
                7.0,
            )?;
            page.dot((across(s.change[1]), y), size.em(0.36), colour, s.finding != Finding::NoEffect)?;
        }
        match note_of_rest(locale, rows.at.len(), all.len()) {
            Some(note) => rows.rest(&note),
            None => Ok(()),
        }
    }
}
