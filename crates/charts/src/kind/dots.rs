//! Chart 21: the loss as twenty dots, each as likely as the others.

use crate::context::{Context, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::{Ink, Page};
use crate::plot::{Plot, Scale, amounts, ticks};
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_montecarlo::outcomes::{Outcome, OutcomeKind};
use chokepoint_montecarlo::pairing::quantile;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Dots.
const DOTS: usize = 20;
/// As many dots as the bound of the title leaves above it, at most and at least.
const ABOVE: (usize, usize) = (2, 6);

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dots {
    scenario: Named,
    n: usize,
    /// Value added lost at the middle of each twentieth of the replicates, US dollars, ascending.
    lost: Vec<f64>,
}

impl Dots {
    /// Takes them from a run; nothing without a shock.
    pub fn of(context: &Context<'_>) -> Option<Self> {
        let all = Outcome { measure: OutcomeKind::ValueAddedLost, region: None, sector: None, item: None };
        let place = context.ensemble.outcome(&all)?;
        let none = context.experiment.no_strategy()?;
        let (with, baseline) = (context.ensemble.column(none, place), context.ensemble.column(0, place));
        let mut lost: Vec<f64> = with.iter().zip(&baseline).map(|(with, baseline)| with - baseline).collect();
        lost.sort_unstable_by(f64::total_cmp);
        let middle = |k: usize| rounded(quantile(&lost, (k as f64 + 0.5) / DOTS as f64));
        Some(Self { scenario: context.scenario(), n: lost.len(), lost: (0..DOTS).map(middle).collect() })
    }

    /// A round bound with few dots above it, and how many; nothing if there is none that says something.
    fn bound(&self) -> Option<(f64, usize)> {
        let above = |bound: f64| self.lost.iter().filter(|x| **x > bound).count();
        let decades = [1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12]
            .into_iter()
            .flat_map(|decade| [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0].map(|k| k * decade));
        decades
            .map(|bound| (bound, above(bound)))
            .filter(|(_, count)| (ABOVE.0..=ABOVE.1).contains(count))
            .min_by_key(|(_, count)| count.abs_diff(4))
    }
}

impl ChartKind for Dots {
    fn words(&self, locale: &Locale) -> Words {
        let scenario = locale.name("scenario", &self.scenario);
        let [low, middle, high] = [0, DOTS / 2, DOTS - 1].map(|k| self.lost.get(k).copied().unwrap_or(0.0));
        let range = locale.money_range([low, middle, high]);
        let title = match self.bound() {
            Some((bound, count)) => locale.count("dots-title", count, &[("bound", &locale.money(bound))]),
            None => locale.say("dots-title-none", &[("range", &range)]),
        };
        Words {
            title: capital(&title),
            subtitle: locale.count("dots-subtitle", self.n, &[("scenario", &scenario)]),
            alternative: locale.say("dots-alternative", &[("range", &range)]),
            description: locale.say("dots-description", &[("range", &range)]),
        }
    }

    fn csv(&self) -> String {
        let mut text = "dot,quantile,unit,value_added_lost\n".to_owned();
        for (k, lost) in self.lost.iter().enumerate() {
            let _ = writeln!(text, "{},{},USD,{lost}", k + 1, (k as f64 + 0.5) / DOTS as f64);
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let least = self.lost.iter().copied().fold(0.0, f64::min);
        let most = self.lost.iter().copied().fold(0.0, f64::max);
        let marks = ticks(least, most.max(least + 1e6));
        let rect = page.body.inset(size.em(2.5), size.em(1.6), size.em(1.2), size.em(1.9));
        let scale = Scale::linear(marks[0], marks[marks.len() - 1]);
        let plot = Plot::new(page, rect, scale, Scale::linear(0.0, 1.0));
        plot.marks_across(&amounts(locale, &marks), false)?;
        plot.base()?;
        // no pile stands on both sides of the bound
        let bound = self.bound();
        let origin = bound.map_or(rect.left, |(bound, _)| plot.across(bound));
        // as large as lets the highest pile stay below the top
        let mut step = (rect.width() / 14).min(rect.height() / 4);
        while step > size.em(0.5) && self.highest(&plot, origin, step) * step > rect.height() {
            step -= (step / 12).max(1);
        }
        let mut piles: Vec<(i32, i32)> = Vec::new();
        for lost in &self.lost {
            let bin = (plot.across(*lost) - origin).div_euclid(step.max(1));
            let height = match piles.iter_mut().find(|(b, _)| *b == bin) {
                Some((_, height)) => {
                    *height += 1;
                    *height
                }
                None => {
                    piles.push((bin, 1));
                    1
                }
            };
            let at = (origin + bin * step + step / 2, rect.bottom - height * step + step / 2);
            let beyond = bound.is_some_and(|(bound, _)| *lost > bound);
            let colour = if beyond { theme::SERIES[1] } else { theme::BASELINE };
            page.dot(at, (step * 9 / 20).max(2), colour, true)?;
        }
        if let Some((bound, count)) = bound {
            let x = plot.across(bound);
            page.dashes(vec![(x, rect.top), (x, rect.bottom)], theme::SERIES[1], 2.0)?;
            let label = locale.count("dots-above", count, &[("bound", &locale.money(bound))]);
            let half = (0.5 * page.width(&label, Ink::LABEL)).ceil() as i32;
            let x = x.clamp(page.body.left + half, (page.body.right - half).max(page.body.left + half));
            page.text(&label, (x, rect.top - size.em(0.8)), Ink::LABEL.middle().colour(theme::SERIES[1]))?;
        }
        Ok(())
    }
}

impl Dots {
    /// Dots in the highest pile.
    fn highest(&self, plot: &Plot<'_, '_>, origin: i32, step: i32) -> i32 {
        let bins: Vec<i32> =
            self.lost.iter().map(|lost| (plot.across(*lost) - origin).div_euclid(step.max(1))).collect();
        bins.iter().map(|bin| bins.iter().filter(|other| *other == bin).count() as i32).max().unwrap_or(0)
    }
}
