//! Chart 7: what each strategy changes on the same futures: median, its interval, and the share of futures in which it
//! helps.

use super::strategies::{Strategies, empty, finding, note_of_rest};
use crate::figure::Drawn;
use crate::page::Page;
use crate::plot::{Rows, Scale, amounts, ticks};
use crate::theme;
use crate::tongue::{Tongue, capital};
use crate::words::{ChartError, Words};
use chokepoint_montecarlo::pairing::Finding;
use serde::{Deserialize, Serialize};

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Differences(pub Strategies);

impl Drawn for Differences {
    fn words(&self, tongue: &Tongue) -> Words {
        let s = &self.0;
        let scenario = tongue.name("scenario", &s.scenario);
        let title = match s.best() {
            Some(best) => {
                // what is spared is told as it is talked of: above zero
                let [low, middle, high] = best.change;
                let spared = tongue.money_range([-high, -middle, -low]);
                let name = best.name(tongue);
                tongue.say("differences-title", &[("strategy", &name), ("spared", &spared)])
            }
            None => tongue.say("differences-title-none", &[]),
        };
        let each: Vec<String> = s
            .rows
            .iter()
            .map(|row| {
                let value = format!("{}, {}", tongue.money_range(row.change), finding(tongue, row.finding));
                tongue.say("row-each", &[("name", &row.name(tongue)), ("value", &value)])
            })
            .collect();
        let clear = s.rows.iter().filter(|r| r.finding == Finding::Lower).count();
        let helping = tongue.number(clear as f64, 0);
        Words {
            title: capital(&title),
            subtitle: tongue.count("differences-subtitle", s.n, &[("scenario", &scenario)]),
            alternative: tongue.count("differences-alternative", s.rows.len(), &[("helping", &helping)]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        self.0.csv()
    }

    fn draw(&self, page: &Page<'_>, tongue: &Tongue) -> Result<(), ChartError> {
        let all = &self.0.rows;
        if all.is_empty() {
            return empty(page, tongue);
        }
        let low = all.iter().map(|r| r.change[0].min(r.spread.0)).fold(0.0, f64::min);
        let high = all.iter().map(|r| r.change[2].max(r.spread.1)).fold(0.0, f64::max);
        let marks = ticks(low, high.max(low + 1e6));
        let (low, high) = (marks[0], marks[marks.len() - 1]);
        let rows = Rows::new(page, all.len(), Scale::linear(low, high));
        let labels = amounts(tongue, &marks);
        rows.plot.marks_across(&labels, true)?;
        rows.plot.base()?;
        let (zero, rect) = (rows.plot.across(0.0), rows.plot.rect);
        page.line(vec![(zero, rect.top), (zero, rect.bottom)], theme::INK, 2.0)?;
        let size = page.size;
        for (row, s) in all.iter().enumerate().take(rows.at.len()) {
            let value = match s.finding {
                Finding::NoEffect | Finding::Unclear => finding(tongue, s.finding),
                Finding::Lower | Finding::Higher => {
                    let share = tongue.per_cent_round((s.better * 100.0).round() / 100.0);
                    let range = tongue.money_range(s.change);
                    tongue.say("differences-value", &[("range", &range), ("share", &share)])
                }
            };
            let colour = s.colour();
            let ink = if colour == theme::BASELINE { theme::GREY } else { theme::INK };
            rows.label(row, &s.name(tongue), &value, ink)?;
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
        match note_of_rest(tongue, rows.at.len(), all.len()) {
            Some(note) => rows.rest(&note),
            None => Ok(()),
        }
    }
}
