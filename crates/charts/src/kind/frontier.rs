//! Chart 8: what each strategy costs in the baseline years against what it avoids in the shock.

use super::strategies::{Strategies, Strategy, empty};
use crate::figure::ChartKind;
use crate::locale::{Locale, capital};
use crate::page::{Ink, LINE, Page, Rect};
use crate::plot::{Plot, Scale, amounts, beside, ticks};
use crate::size::{Role, Room};
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_montecarlo::pairing::Finding;
use serde::{Deserialize, Serialize};

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Frontier(pub Strategies);

/// A strategy in the plane: cost and what is avoided.
#[derive(Clone, Copy)]
struct Point<'s> {
    strategy: &'s Strategy,
    cost: f64,
    avoided: f64,
    on: bool,
}

impl Frontier {
    /// Strategies whose cost is known; on the frontier are those that no other beats and that clearly avoid a loss.
    fn points(&self) -> Vec<Point<'_>> {
        let known = self.0.rows.iter().filter_map(|strategy| {
            let cost = strategy.baseline_cost?[1];
            let avoided = if strategy.finding == Finding::NoEffect { 0.0 } else { -strategy.change[1] };
            Some(Point { strategy, cost, avoided, on: false })
        });
        let mut points: Vec<Point<'_>> = known.collect();
        for k in 0..points.len() {
            let p = points[k];
            let beats = |o: &Point<'_>| {
                o.strategy.finding == Finding::Lower
                    && o.cost <= p.cost
                    && o.avoided >= p.avoided
                    && (o.cost < p.cost || o.avoided > p.avoided)
            };
            points[k].on = p.strategy.finding == Finding::Lower && !points.iter().any(beats);
        }
        points
    }
}

impl ChartKind for Frontier {
    fn words(&self, locale: &Locale) -> Words {
        let points = self.points();
        let scenario = locale.name("scenario", &self.0.scenario);
        let mut on: Vec<&Point<'_>> = points.iter().filter(|p| p.on).collect();
        on.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        let title = match on.last() {
            Some(most) => {
                let name = most.strategy.name(locale);
                let (avoided, cost) = (locale.money(most.avoided), locale.money(most.cost.abs()));
                let id = if most.cost < 0.0 { "frontier-title-saves" } else { "frontier-title" };
                locale.say(id, &[("strategy", &name), ("avoided", &avoided), ("cost", &cost)])
            }
            None => locale.say("frontier-title-none", &[]),
        };
        let names: Vec<String> = on.iter().map(|p| p.strategy.name(locale)).collect();
        let each: Vec<String> = points
            .iter()
            .map(|p| {
                let name = p.strategy.name(locale);
                let (avoided, cost) = (locale.money(p.avoided), locale.money(p.cost));
                locale.say("frontier-each", &[("name", &name), ("avoided", &avoided), ("cost", &cost)])
            })
            .collect();
        Words {
            title: capital(&title),
            subtitle: locale.say("frontier-subtitle", &[("scenario", &scenario)]),
            alternative: locale.count("frontier-alternative", names.len(), &[]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        let mut text = "scenario,strategy,unit,baseline_cost,avoided_p50,on_frontier\n".to_owned();
        for p in self.points() {
            text += &format!(
                "{},{},USD,{},{},{}\n",
                self.0.scenario.id, p.strategy.strategy.id, p.cost, p.avoided, p.on
            );
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let points = self.points();
        if points.is_empty() {
            return empty(page, locale);
        }
        let size = page.size;
        let wide = size.room() > Room::Narrow;
        let aside = if wide { page.body.width() * 3 / 10 } else { size.em(1.2) };
        let spans = |f: &dyn Fn(&Point<'_>) -> [f64; 2]| {
            let low = points.iter().map(|p| f(p)[0]).fold(0.0, f64::min);
            ticks(low, points.iter().map(|p| f(p)[1]).fold(1e6, f64::max))
        };
        let costs = spans(&|p| p.strategy.baseline_cost.map_or([p.cost; 2], |c| [c[0], c[2]]));
        let avoided =
            spans(&|p| [(-p.strategy.spread.1).min(p.avoided), (-p.strategy.spread.0).max(p.avoided)]);
        let shown = |marks: &[f64]| amounts(locale, marks);
        let rect = page.body.inset(beside(page, &shown(&avoided)), size.em(2.4), aside, size.em(3.2));
        let key = wide.then(|| Rect { left: rect.right + size.em(2.0), ..page.body });
        let ends = |marks: &[f64]| Scale::linear(marks[0], marks[marks.len() - 1]);
        let plot = Plot::new(page, rect, ends(&costs), ends(&avoided));
        plot.marks_up(&shown(&avoided))?;
        plot.marks_across(&shown(&costs), false)?;
        page.line(vec![(rect.left, plot.up(0.0)), (rect.right, plot.up(0.0))], theme::GREY, 2.0)?;
        if costs[0] < 0.0 {
            page.line(vec![(plot.across(0.0), rect.top), (plot.across(0.0), rect.bottom)], theme::GREY, 2.0)?;
        }
        let axis = |id: &str| locale.say(id, &[]);
        page.text(
            &axis("frontier-up"),
            (page.body.left, rect.top - size.em(1.5)),
            Ink::LABEL.colour(theme::GREY),
        )?;
        let below = (rect.right, rect.bottom + size.em(2.5));
        page.text(&axis("frontier-across"), below, Ink::LABEL.colour(theme::GREY).right())?;
        steps(page, &plot, &points)?;
        for p in &points {
            let colour = if p.on { theme::SERIES[5] } else { theme::BASELINE };
            let (x, y) = (plot.across(p.cost), plot.up(p.avoided));
            if p.strategy.finding != Finding::NoEffect {
                let (low, high) = (plot.up(-p.strategy.spread.1), plot.up(-p.strategy.spread.0));
                page.line(vec![(x, low), (x, high)], theme::tint(colour, 0.6), 2.0)?;
            }
            page.dot((x, y), size.em(0.38), colour, p.on)?;
        }
        labels(page, &plot, &points, key, locale)
    }
}

/// The frontier as steps: what the best choice avoids for each cost.
fn steps(page: &Page<'_>, plot: &Plot<'_, '_>, points: &[Point<'_>]) -> Result<(), ChartError> {
    let mut on: Vec<&Point<'_>> = points.iter().filter(|p| p.on).collect();
    on.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let mut path: Vec<(i32, i32)> = Vec::new();
    for p in on {
        let (x, y) = (plot.across(p.cost), plot.up(p.avoided));
        if let Some((_, before)) = path.last() {
            path.push((x, *before));
        } else {
            path.push((x, plot.up(0.0)));
        }
        path.push((x, y));
    }
    if let Some((_, last)) = path.last().copied() {
        path.push((plot.rect.right, last));
        page.line(path, theme::tint(theme::SERIES[5], 0.5), 3.0)?;
    }
    Ok(())
}

/// Names of those on the frontier beside their dots, above its steps, where nothing else can be; letters beside all others,
/// and beside those without room, whose names stand in a key.
fn labels(
    page: &Page<'_>,
    plot: &Plot<'_, '_>,
    points: &[Point<'_>],
    key: Option<Rect>,
    locale: &Locale,
) -> Result<(), ChartError> {
    let size = page.size;
    let Some(key) = key else {
        let note = locale.say("frontier-others", &[]);
        return page.text(&note, (page.body.left, page.body.bottom - size.em(0.5)), Ink::NOTE);
    };
    let mut lettered: Vec<&Point<'_>> = Vec::new();
    for p in points {
        let (x, y) = (plot.across(p.cost), plot.up(p.avoided));
        let name = p.strategy.name(locale);
        let room = f64::from(x - plot.rect.left - size.em(0.6));
        if p.on && size.room() == Room::Wide && page.width(&name, Ink::LABEL) <= room {
            page.text(&name, (x - size.em(0.6), y - size.em(0.9)), Ink::LABEL.right())?;
        } else {
            lettered.push(p);
        }
    }
    lettered.sort_by_key(|p| !p.on);
    let height = LINE * size.text(Role::Source);
    for (row, (p, letter)) in lettered.iter().zip('a'..='z').enumerate() {
        let colour = if p.on { theme::INK } else { theme::GREY };
        let below = (f64::from(key.top) + height * (row as f64 + 0.5)) as i32;
        // a letter without a name says nothing
        if below > key.bottom {
            break;
        }
        let (x, y) = (plot.across(p.cost), plot.up(p.avoided));
        let at = if p.on { (x - size.em(0.7), y - size.em(0.8)) } else { (x, y + size.em(1.0)) };
        page.text(&letter.to_string(), at, Ink::LABEL.middle().colour(colour))?;
        let ink = Ink::NOTE.colour(colour);
        page.text(&letter.to_string(), (key.left, below), ink)?;
        let left = key.left + size.em(1.0);
        page.text(&page.cut(&p.strategy.name(locale), ink, key.right - left), (left, below), ink)?;
    }
    Ok(())
}
