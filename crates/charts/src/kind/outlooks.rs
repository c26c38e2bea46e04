//! The baseline of a world by year beside what others published: a panel for each outlook.

use crate::context::rounded;
use crate::figure::ChartKind;
use crate::locale::{Locale, Named};
use crate::page::{Page, Rect};
use crate::plot::{self, Scale, band};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_montecarlo::outlook::Compared;
use plotters::style::RGBColor;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Panels on a page.
const MOST: usize = 6;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlooks {
    world: Named,
    first: u32,
    panels: Vec<Panel>,
}

/// One outlook: the model by year, and what was published for a year of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Panel {
    outlook: Named,
    unit: String,
    years: Vec<[f64; 3]>,
    published: (usize, [f64; 3]),
    inside: bool,
}

impl Outlooks {
    /// Takes them from a comparison; nothing without outlooks.
    pub fn of(world: &Named, compared: &[Compared]) -> Option<Self> {
        let first = compared.first()?.first;
        let panel = |row: &Compared| Panel {
            outlook: Named::new(&row.outlook.id, &row.outlook.name),
            unit: row.outlook.unit.clone(),
            years: row.years.iter().map(|year| year.map(rounded)).collect(),
            published: (row.outlook.year.saturating_sub(first) as usize, row.outlook.range.map(rounded)),
            inside: row.inside(),
        };
        // a growth rate has one number and no course
        let has_a_course = |row: &&Compared| row.years.windows(2).any(|w| w[0] != w[1]);
        let panels: Vec<Panel> = compared.iter().filter(has_a_course).take(MOST).map(panel).collect();
        Some(Self { world: world.clone(), first, panels })
    }
}

impl ChartKind for Outlooks {
    fn words(&self, locale: &Locale) -> Words {
        let inside = self.panels.iter().filter(|p| p.inside).count().to_string();
        let all = self.panels.len().to_string();
        let last = (self.first as usize + self.panels.first().map_or(1, |p| p.years.len()) - 1).to_string();
        let words = [("inside", inside.as_str()), ("all", &all), ("year", &last)];
        let each: Vec<String> = self
            .panels
            .iter()
            .map(|p| {
                let name = locale.name("outlook", &p.outlook);
                let n = |x: f64| locale.number(x, digits(x));
                let at = p.years.get(p.published.0).map_or(f64::NAN, |year| year[1]);
                let [low, value, high] = p.published.1.map(n);
                let ours = n(at);
                let range = locale.range(&low, &high);
                let words = [("name", name.as_str()), ("ours", &ours), ("value", &value), ("range", &range)];
                locale.say("outlooks-each", &words)
            })
            .collect();
        Words {
            title: locale.say("outlooks-title", &words),
            subtitle: locale.say("outlooks-subtitle", &words),
            alternative: locale.say("outlooks-alternative", &words),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        let mut text = "year,outlook,unit,kind,low,middle,high\n".to_owned();
        for panel in &self.panels {
            for (place, [low, middle, high]) in panel.years.iter().enumerate() {
                let year = self.first as usize + place;
                let (id, unit) = (&panel.outlook.id, &panel.unit);
                let _ = writeln!(text, "{year},{id},{unit},modelled,{low},{middle},{high}");
            }
            let (place, [low, middle, high]) = panel.published;
            let year = self.first as usize + place;
            let _ =
                writeln!(text, "{year},{},{},published,{low},{middle},{high}", panel.outlook.id, panel.unit);
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let (columns, shown) = if size.room() == Room::Narrow { (1, 3) } else { (3, MOST) };
        let count = self.panels.len().min(shown);
        let cells = page.body.cells(count, columns, (size.em(1.6), size.em(0.6)));
        for ((panel, cell), hue) in self.panels.iter().zip(&cells).zip(theme::SERIES) {
            self.panel(page, locale, panel, *cell, hue)?;
        }
        Ok(())
    }
}

impl Outlooks {
    fn panel(
        &self,
        page: &Page<'_>,
        locale: &Locale,
        panel: &Panel,
        cell: Rect,
        hue: RGBColor,
    ) -> Result<(), ChartError> {
        let size = page.size;
        let all = panel.years.iter().chain([&panel.published.1]).flatten().copied();
        let most = all.fold(0.0, f64::max);
        let y = Scale::linear(0.0, round_up(most));
        let marks = [0.0, 0.5, 1.0].map(|share| share * y.high);
        let name = locale.name("outlook", &panel.outlook);
        let unit = locale.name("unit", &Named::new(&panel.unit, &panel.unit));
        let plot = plot::Panel {
            heading: &locale.say("outlooks-heading", &[("name", &name), ("unit", &unit)]),
            weeks: panel.years.len() - 1,
            years: (0..panel.years.len())
                .map(|k| (k as f64, (self.first as usize + k).to_string()))
                .collect(),
            window: None,
            y,
            marks: marks.map(|m| (m, locale.number(m, digits(y.high)))).to_vec(),
            aside: size.em(0.8),
        }
        .draw(page, cell)?;
        let curve = |level: usize| -> Vec<(i32, i32)> {
            let years = panel.years.iter().enumerate();
            years.map(|(k, year)| (plot.across(k as f64), plot.up(year[level]))).collect()
        };
        page.area(band(&curve(2), &curve(0)), theme::tint(hue, 0.18))?;
        page.line(curve(1), hue, 4.0)?;
        let (place, [low, middle, high]) = panel.published;
        let x = plot.across(place as f64);
        page.line(vec![(x, plot.up(low)), (x, plot.up(high))], theme::INK, 2.0)?;
        page.dot((x, plot.up(middle)), size.em(0.3), theme::INK, true)?;
        Ok(())
    }
}

/// Digits behind the point.
fn digits(most: f64) -> usize {
    usize::from(most < 10.0)
}

/// The next of 1, 2, 4, 5, 8 and 10 times a power of ten.
fn round_up(most: f64) -> f64 {
    let mut decade = 1e-6;
    while decade * 10.0 < most {
        decade *= 10.0;
    }
    [1.0, 2.0, 4.0, 5.0, 8.0, 10.0].iter().map(|k| k * decade).find(|m| *m >= most).unwrap_or(most)
}
