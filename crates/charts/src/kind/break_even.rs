//! Chart 9: how likely the shock must be in a year for each strategy to pay for itself.

use super::strategies::{Pays, Strategies, Strategy, empty, note_of_rest};
use crate::figure::{ChartError, Drawn, Words};
use crate::page::Page;
use crate::plot::{Rows, Scale};
use crate::theme;
use crate::tongue::{Tongue, capital};
use serde::{Deserialize, Serialize};

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BreakEven(pub Strategies);

/// Marks of the scale, yearly probabilities.
const MARKS: [f64; 4] = [0.001, 0.01, 0.1, 1.0];

impl BreakEven {
    /// Strategies that were run in calm as well: those that pay from the least probability on first.
    fn rows(&self) -> Vec<(&Strategy, Pays)> {
        let mut rows: Vec<(&Strategy, Pays)> =
            self.0.rows.iter().filter_map(|s| s.pays.map(|pays| (s, pays))).collect();
        let order = |pays: &Pays| match pays {
            Pays::Anyway => 0.0,
            Pays::From(p) => p[1].max(1e-12),
            Pays::NoEffect => 2.0,
            Pays::Never => 3.0,
        };
        rows.sort_by(|a, b| order(&a.1).total_cmp(&order(&b.1)));
        rows
    }
}

/// Plain odds: "1 in 14 years".
fn odds(tongue: &Tongue, yearly: f64) -> String {
    let years = 1.0 / yearly.max(1e-9);
    let round = if years >= 100.0 { (years / 10.0).round() * 10.0 } else { years.round() };
    tongue.say("odds", &[("n", &tongue.number(round.max(1.0), 0))])
}

fn told(tongue: &Tongue, pays: Pays) -> String {
    match pays {
        Pays::Anyway => tongue.say("pays-anyway", &[]),
        Pays::Never => tongue.say("pays-never", &[]),
        Pays::NoEffect => tongue.say("finding-no-effect", &[]),
        Pays::From([_, central, _]) => {
            let share = tongue.per_cent(central);
            tongue.say("pays-from", &[("share", &share), ("odds", &odds(tongue, central))])
        }
    }
}

impl Drawn for BreakEven {
    fn words(&self, tongue: &Tongue) -> Words {
        let rows = self.rows();
        let scenario = tongue.name("scenario", &self.0.scenario);
        let anyway = rows.iter().filter(|r| r.1 == Pays::Anyway).count();
        let first = rows.iter().find(|r| matches!(r.1, Pays::From(_)));
        let title = match (anyway, first) {
            (0, None) => tongue.say("break-even-title-none", &[]),
            (0, Some((s, pays))) => {
                let name = s.name(tongue);
                tongue.say("break-even-title", &[("strategy", &name), ("pays", &told(tongue, *pays))])
            }
            (n, _) => {
                let name = rows[0].0.name(tongue);
                tongue.count("break-even-title-anyway", n, &[("strategy", &name)])
            }
        };
        let each: Vec<String> = rows
            .iter()
            .map(|(s, pays)| {
                let value = told(tongue, *pays);
                tongue.say("row-each", &[("name", &s.name(tongue)), ("value", &value)])
            })
            .collect();
        Words {
            title: capital(&title),
            subtitle: tongue.say("break-even-subtitle", &[("scenario", &scenario)]),
            alternative: tongue.count("break-even-alternative", rows.len(), &[]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        self.0.csv()
    }

    fn draw(&self, page: &Page<'_>, tongue: &Tongue) -> Result<(), ChartError> {
        let all = self.rows();
        if all.is_empty() {
            return empty(page, tongue);
        }
        let scale = Scale::log(MARKS[0], MARKS[3]);
        let rows = Rows::new(page, all.len(), scale);
        let labels: Vec<(f64, String)> = MARKS.iter().map(|m| (*m, tongue.per_cent_round(*m))).collect();
        rows.plot.marks_across(&labels, true)?;
        rows.plot.base()?;
        let (size, rect) = (page.size, rows.plot.rect);
        for (row, (s, pays)) in all.iter().enumerate().take(rows.at.len()) {
            let y = rows.at[row];
            let colour =
                if matches!(pays, Pays::Anyway | Pays::From(_)) { theme::SERIES[5] } else { theme::BASELINE };
            let ink = if colour == theme::BASELINE { theme::GREY } else { theme::INK };
            rows.label(row, &s.name(tongue), &told(tongue, *pays), ink)?;
            match pays {
                Pays::From([low, central, high]) => {
                    let (low, high) = (rows.plot.across(*low), rows.plot.across(*high));
                    page.line(vec![(low, y), (high.max(low + 1), y)], theme::tint(colour, 0.6), 4.0)?;
                    page.dot((rows.plot.across(*central), y), size.em(0.38), colour, true)?;
                }
                Pays::Anyway => page.dot((rect.left, y), size.em(0.38), colour, true)?,
                Pays::Never | Pays::NoEffect => page.dot((rect.right, y), size.em(0.38), colour, false)?,
            }
        }
        match note_of_rest(tongue, rows.at.len(), all.len()) {
            Some(note) => rows.rest(&note),
            None => Ok(()),
        }
    }
}
