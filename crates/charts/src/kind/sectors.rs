//! Chart 3: unmet demand by sector over time, a panel per region, one scale.

use crate::context::{Context, Span, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::{Page, Rect};
use crate::plot::{self, Mark, Plot, Scale, amounts, band, key, key_height, ticks};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_core::scope::{Series, producers};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Sectors shown by name; the others are added up.
const APART: usize = 5;
/// Share of the greatest loss from which on a region is shown.
const SHOWN: f64 = 0.002;
/// Mean loss over the whole run below which there is none, US dollars.
const CLEAR: f64 = 1e6;
/// Id of what is left.
const REST: &str = "rest";

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sectors {
    span: Span,
    /// Sectors distinguished, the one that loses most first; the rest is one more.
    sectors: Vec<Named>,
    /// Regions, the one that loses most first.
    regions: Vec<Losing>,
    /// Mean loss of all regions and sectors, US dollars.
    total: f64,
}

/// What a region misses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Losing {
    region: Named,
    /// Value added of what its producers make in a week at the reference level, US dollars.
    at_reference: f64,
    /// Mean over replicates of what is not built in a week, US dollars of value added: `[sector][week]`.
    missed: Vec<Vec<f64>>,
}

impl Losing {
    fn total(&self) -> f64 {
        self.missed.iter().flatten().sum()
    }
}

impl Sectors {
    /// Takes them from a run.
    pub fn of(context: &Context<'_>) -> Self {
        let world = &context.experiment.world;
        let network = &context.experiment.network;
        let (weeks, width) = (context.weeks(), context.width());
        let bands = &context.ensemble.bands[context.arm()];
        let at_reference = |region: usize, sector: usize| -> f64 {
            let here = |a: &chokepoint_core::network::Agent, p: &chokepoint_core::network::Producer| {
                a.region.at() == region && p.sector.at() == sector
            };
            producers(network)
                .filter(|(_, a, p)| here(a, p))
                .map(|(_, a, p)| a.base_activity * p.value_added_usd_per_unit)
                .sum()
        };
        // [region][sector][week]
        let mut missed = vec![vec![Vec::new(); world.sectors.len()]; world.regions.len()];
        for (place, series) in context.experiment.scope.series.iter().enumerate() {
            let Series::Unmet(sector, region) = series else { continue };
            let value = at_reference(region.at(), sector.at());
            let mean = |week: usize| rounded(value * bands.quantiles(week * width + place).mean);
            missed[region.at()][sector.at()] = (0..weeks).map(mean).collect();
        }
        let sum = |weeks: &Vec<f64>| weeks.iter().sum::<f64>();
        let of_sector = |s: usize| missed.iter().map(|sectors| sum(&sectors[s])).sum::<f64>();
        let mut order: Vec<usize> = (0..world.sectors.len()).collect();
        order.sort_by(|a, b| of_sector(*b).total_cmp(&of_sector(*a)));
        let (first, rest) = order.split_at(order.len().min(APART));
        let losing = |region: usize| {
            let of = |s: usize| {
                let weekly = &missed[region][s];
                if weekly.is_empty() { vec![0.0; weeks] } else { weekly.clone() }
            };
            let together = |week: usize| rest.iter().map(|s| of(*s)[week]).sum::<f64>();
            let mut all: Vec<Vec<f64>> = first.iter().map(|s| of(*s)).collect();
            all.push((0..weeks).map(|week| rounded(together(week))).collect());
            let at_reference = (0..world.sectors.len()).map(|s| at_reference(region, s)).sum::<f64>();
            Losing { region: context.region(region), at_reference: rounded(at_reference), missed: all }
        };
        let mut regions: Vec<Losing> = (0..world.regions.len()).map(losing).collect();
        regions.sort_by(|a, b| b.total().total_cmp(&a.total()));
        let most = regions.first().map_or(0.0, Losing::total);
        let total = rounded(regions.iter().map(Losing::total).sum());
        regions.retain(|r| r.total() > SHOWN * most);
        let mut sectors: Vec<Named> =
            first.iter().map(|s| Named::new(&world.sectors[*s].id, &world.sectors[*s].name)).collect();
        sectors.push(Named::new(REST, REST));
        Self { span: context.span(), sectors, regions, total }
    }

    fn sector(&self, locale: &Locale, place: usize) -> String {
        let sector = &self.sectors[place];
        if sector.id == REST { locale.say("sectors-rest", &[]) } else { locale.name("sector", sector) }
    }

    /// Region and sector that lose most, and how much.
    fn hardest(&self) -> Option<(usize, usize, f64)> {
        let cells = self.regions.iter().enumerate().flat_map(|(r, losing)| {
            let shown = losing.missed.iter().enumerate().take(self.sectors.len() - 1);
            shown.map(move |(s, weeks)| (r, s, weeks.iter().sum::<f64>()))
        });
        cells.max_by(|a, b| a.2.total_cmp(&b.2)).filter(|cell| cell.2 > CLEAR)
    }
}

impl ChartKind for Sectors {
    fn words(&self, locale: &Locale) -> Words {
        let scenario = locale.name("scenario", &self.span.scenario);
        let subtitle = locale.say("sectors-subtitle", &[("scenario", &scenario)]);
        let Some((r, s, lost)) = self.hardest() else {
            let title = locale.say("sectors-title-none", &[]);
            return Words { alternative: title.clone(), description: title.clone(), title, subtitle };
        };
        let (sector, place) =
            (self.sector(locale, s), locale.form("region", &self.regions[r].region, ".place"));
        let (lost, share) = (locale.money(lost), locale.per_cent(lost / self.total.max(1e-9)));
        let words = [
            ("sector", sector.as_str()),
            ("place", place.as_str()),
            ("lost", lost.as_str()),
            ("share", share.as_str()),
        ];
        let each: Vec<String> = self
            .regions
            .iter()
            .map(|losing| {
                let name = locale.name("region", &losing.region);
                let worst = (0..self.span.weeks())
                    .map(|week| losing.missed.iter().map(|s| s[week]).sum::<f64>())
                    .fold(0.0, f64::max);
                let share = locale.per_cent(worst / losing.at_reference.max(1e-9));
                let lost = locale.money(losing.total());
                locale.say("sectors-each", &[("region", &name), ("lost", &lost), ("share", &share)])
            })
            .collect();
        Words {
            title: capital(&locale.say("sectors-title", &words)),
            subtitle,
            alternative: locale.say("sectors-alternative", &words),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        let mut text = "date,region,sector,unit,mean\n".to_owned();
        for losing in &self.regions {
            for (sector, weeks) in self.sectors.iter().zip(&losing.missed) {
                for (day, value) in self.span.days.iter().zip(weeks) {
                    let _ = writeln!(text, "{day},{},{},USD a week,{value}", losing.region.id, sector.id);
                }
            }
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let (columns, most) = match size.room() {
            Room::Wide => (3, 6),
            Room::Middle => (2, 4),
            Room::Narrow => (1, 1),
        };
        let shown = &self.regions[..self.regions.len().min(most)];
        let named = self.sectors.len().min(if size.room() == Room::Narrow { 3 } else { theme::SERIES.len() });
        let entries: Vec<(Mark, String)> =
            (0..named).map(|s| (Mark::Box(theme::SERIES[s]), self.sector(locale, s))).collect();
        let below = key_height(page, &entries, page.body.width());
        let area = Rect { bottom: page.body.bottom - below, ..page.body };
        let worst = |losing: &Losing| {
            (0..self.span.weeks())
                .map(|w| losing.missed.iter().map(|s| s[w]).sum::<f64>())
                .fold(0.0, f64::max)
        };
        let marks = ticks(0.0, shown.iter().map(worst).fold(1e6, f64::max));
        let y = Scale::linear(0.0, marks[marks.len() - 1]);
        let cells =
            area.grid(columns.min(shown.len()), shown.len().div_ceil(columns), (size.em(1.2), size.em(0.3)));
        for (losing, cell) in shown.iter().zip(cells) {
            let share = locale
                .per_cent_round((100.0 * worst(losing) / losing.at_reference.max(1e-9)).round() / 100.0);
            let region = locale.name("region", &losing.region);
            let plot = plot::Panel {
                heading: &locale.say("sectors-heading", &[("region", &region), ("share", &share)]),
                weeks: self.span.weeks(),
                years: self.span.years(),
                window: self.span.window,
                y,
                marks: amounts(locale, &marks),
                aside: size.em(0.4),
            }
            .draw(page, cell)?;
            stack(page, &plot, &losing.missed)?;
        }
        key(page, &entries, (page.body.left, page.body.bottom - below), Some(page.body.width()))?;
        Ok(())
    }
}

/// Areas on top of each other, the first at the bottom, with a thin gap between them.
fn stack(page: &Page<'_>, plot: &Plot<'_, '_>, missed: &[Vec<f64>]) -> Result<(), ChartError> {
    let weeks = missed.first().map_or(0, Vec::len);
    let mut below = vec![0.0; weeks];
    for (sector, colour) in missed.iter().zip(theme::SERIES) {
        let above: Vec<f64> = below.iter().zip(sector).map(|(b, s)| b + s).collect();
        let (lower, upper) = (plot.weekly(below.iter().copied()), plot.weekly(above.iter().copied()));
        page.area(band(&upper, &lower), colour)?;
        page.line(upper, theme::PAPER, 1.5)?;
        below = above;
    }
    plot.base()
}
