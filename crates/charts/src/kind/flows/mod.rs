//! Chart 5: what moves of an element from stage to stage and region to region, before the shock and while it is in force.

mod flow;
mod sankey;

use crate::context::{Context, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::{Ink, Page};
use crate::plot::{Mark, key, key_height};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_montecarlo::pairing::spread;
use chokepoint_world::world::World;
use flow::Flow;
use sankey::{Chain, Look};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Share of the greatest flow below which one is neither kept nor listed.
const LEAST: f64 = 1e-4;
/// Fall that counts as one.
const CLEAR: f64 = 0.05;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flows {
    scenario: Named,
    /// Of the elements that the events name, or of all, the one of which a stage somewhere loses most, by value.
    element: Named,
    stages: Vec<Named>,
    regions: Vec<Named>,
    /// The home region, a place among the regions.
    home: usize,
    /// Flows between stages and regions.
    flows: Vec<Flow>,
    /// The stage and region that loses most of what reached it.
    supply: Option<Supply>,
}

/// What reaches a stage in a region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Supply {
    stage: usize,
    region: usize,
    /// Mean before the shock, contained tonnes a year.
    before: f64,
    /// Mean while it is in force.
    during: f64,
    /// Change over the value before, replicate by replicate: 5th, 50th and 95th percentile.
    change: [f64; 3],
}

impl Supply {
    fn lost(&self) -> f64 {
        self.before - self.during
    }

    fn clear(&self) -> bool {
        self.change[2] < -CLEAR
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

impl Flows {
    /// Takes them from a run; nothing without a shock, or where nothing has contents.
    pub fn of(context: &Context<'_>) -> Option<Self> {
        let world = &context.experiment.world;
        if context.experiment.scenario.events.is_empty() || context.ensemble.flows.is_empty() {
            return None;
        }
        let of = |element: usize| -> Option<((bool, f64), Self)> {
            let flows = Self::of_element(context, element);
            let lost = flows.supply.as_ref().map_or(0.0, Supply::lost) * price(world, element);
            let clear = flows.supply.as_ref().is_some_and(Supply::clear);
            (!flows.flows.is_empty()).then_some(((clear, lost), flows))
        };
        let events = &context.experiment.scenario.events;
        let named: Vec<usize> = events.iter().flat_map(|event| event.elements.iter().copied()).collect();
        let shown = |e: &usize| named.is_empty() || named.contains(e);
        let all = (0..world.elements.len()).filter(shown).filter_map(of);
        // what clearly falls first
        all.max_by(|(a, _), (b, _)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))).map(|(_, flows)| flows)
    }

    fn of_element(context: &Context<'_>, element: usize) -> Self {
        let (world, ensemble) = (&context.experiment.world, context.ensemble);
        let ways = &ensemble.ways;
        let values = |period: usize, way: usize| -> Vec<f64> {
            let place = period * ways.places() + ways.place(way, element);
            ensemble.flows.iter().map(|run| f64::from(run[place])).collect()
        };
        let mut flows = Vec::new();
        // before and during by replicate, for each stage and region
        let mut reached: BTreeMap<[usize; 2], [Vec<f64>; 2]> = BTreeMap::new();
        for (way, ((from_stage, from), (to_stage, to))) in ways.ways.iter().enumerate() {
            let (before, during) = (values(0, way), values(1, way));
            let flow = Flow {
                from: [from_stage.at(), from.at()],
                to: [to_stage.at(), to.at()],
                before: rounded(mean(&before)),
                during: rounded(mean(&during)),
                range: three(&during),
            };
            if flow.downstream() {
                let nothing = || vec![0.0; ensemble.flows.len()];
                let sums = reached.entry(flow.to).or_insert_with(|| [nothing(), nothing()]);
                for (sums, values) in sums.iter_mut().zip([&before, &during]) {
                    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
                }
            }
            flows.push(flow);
        }
        let greatest = flows.iter().map(|f| f.before.max(f.during)).fold(0.0, f64::max);
        flows.retain(|f| f.before.max(f.during) > LEAST * greatest);
        let supplies = reached.iter().map(|(node, periods)| supply(*node, periods));
        let worst = supplies.max_by(|a, b| a.lost().total_cmp(&b.lost()));
        let info = &world.elements[element];
        Self {
            scenario: context.scenario(),
            element: Named::new(&info.id, &info.name),
            stages: world.stages.iter().map(|s| Named::new(&s.id, &s.id)).collect(),
            regions: (0..world.regions.len()).map(|r| context.region(r)).collect(),
            home: world.home,
            flows,
            supply: worst.filter(|s| s.before > 0.0),
        }
    }

    fn element(&self, locale: &Locale) -> String {
        locale.name("element", &self.element)
    }
}

fn three(values: &[f64]) -> [f64; 3] {
    let (p5, p50, p95) = spread(values);
    [p5, p50, p95].map(rounded)
}

fn supply([stage, region]: [usize; 2], [before, during]: &[Vec<f64>; 2]) -> Supply {
    let change: Vec<f64> =
        before.iter().zip(during).map(|(before, during)| during / before.max(1e-300) - 1.0).collect();
    let (before, during) = (rounded(mean(before)), rounded(mean(during)));
    Supply { stage, region, before, during, change: three(&change) }
}

/// US dollars per contained tonne of an element: the least that is asked for a product that holds little else.
fn price(world: &World, element: usize) -> f64 {
    let goods = world.network.commodities.iter();
    let asked = goods.filter_map(|good| {
        let content = *good.contents.get(element)?;
        let all: f64 = good.contents.iter().sum();
        (content > 0.99 * all && content > 0.0).then(|| good.reference_price / content)
    });
    asked.min_by(f64::total_cmp).unwrap_or(1.0)
}

impl ChartKind for Flows {
    fn words(&self, locale: &Locale) -> Words {
        let element = self.element(locale);
        let scenario = locale.name("scenario", &self.scenario);
        let subtitle = locale.say("flows-subtitle", &[("element", &element), ("scenario", &scenario)]);
        let alternative = locale.say("flows-alternative", &[("element", &element)]);
        let Some(supply) = self.supply.as_ref().filter(|s| s.clear()) else {
            let title = locale.say("flows-title-none", &[("element", &element)]);
            return Words { description: title.clone(), title: capital(&title), subtitle, alternative };
        };
        let place = locale.form("region", &self.regions[supply.region], ".place");
        let made = locale.form("stage", &self.stages[supply.stage], ".made");
        let [low, middle, high] = supply.change;
        let share = locale.per_cent_range([-high, -middle, -low]);
        let (before, during) = (tonnes(locale, supply.before), tonnes(locale, supply.during));
        let words = [
            ("element", element.as_str()),
            ("made", &made),
            ("place", &place),
            ("share", &share),
            ("before", &before),
            ("during", &during),
        ];
        Words {
            title: capital(&locale.say("flows-title", &words)),
            subtitle,
            alternative,
            description: locale.say("flows-description", &words),
        }
    }

    fn csv(&self) -> String {
        let mut text =
            "element,from_stage,from_region,to_stage,to_region,unit,before_mean,during_mean,during_p5,during_p50,during_p95\n"
                .to_owned();
        for flow in &self.flows {
            let end = |[stage, region]: [usize; 2]| {
                format!("{},{}", self.stages[stage].id, self.regions[region].id)
            };
            let [p5, p50, p95] = flow.range;
            let _ = writeln!(
                text,
                "{},{},{},contained t/year,{},{},{p5},{p50},{p95}",
                self.element.id,
                end(flow.from),
                end(flow.to),
                flow.before,
                flow.during
            );
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let chain = Chain::of(&self.flows, self.stages.len(), self.home, size.room());
        let entries = self.entries(&chain, locale);
        let below = key_height(page, &entries, page.body.width());
        let note = match size.room() {
            Room::Narrow => Vec::new(),
            _ => {
                let left_out = locale.per_cent_round(chain.left_out);
                let note = locale.say("flows-note", &[("share", &left_out)]);
                page.wrap(&note, Ink::LABEL, page.body.width())
            }
        };
        let under = size.em(1.5) * note.len() as i32;
        let area = page.body.inset(0, 0, 0, below + under + size.em(0.3));
        let stages: Vec<String> = self.stages.iter().map(|s| locale.name("stage", s)).collect();
        let regions: Vec<&str> = self.regions.iter().map(|r| r.id.as_str()).collect();
        let look = Look { stages: &stages, regions: &regions, tonnes: &|value| tonnes(locale, value) };
        // a narrow figure has the outlines alone to show what was before
        let shown: &[bool] = match size.room() {
            Room::Narrow => &[true],
            _ => &[false, true],
        };
        let panels = area.grid(shown.len(), 1, (size.em(1.4), 0));
        for (during, panel) in shown.iter().zip(panels) {
            let id = if *during { "flows-during" } else { "flows-before" };
            let heading = page.cut(&locale.say(id, &[]), Ink::LABEL.bold(), panel.width());
            page.text(&heading, (panel.left, panel.top + size.em(0.7)), Ink::LABEL.bold())?;
            chain.draw(page, panel.inset(0, size.em(1.5), 0, 0), *during, &look)?;
        }
        let top = page.body.bottom - below - under;
        let taken = key(page, &entries, (page.body.left, top), Some(page.body.width()))?;
        for (k, line) in note.iter().enumerate() {
            let y = top + taken + size.em(0.7) + size.em(1.5) * k as i32;
            page.text(line, (page.body.left, y), Ink::LABEL)?;
        }
        Ok(())
    }
}

impl Flows {
    /// Regions that are drawn, the rest, and what was there before.
    fn entries(&self, chain: &Chain, locale: &Locale) -> Vec<(Mark, String)> {
        let drawn = (0..self.regions.len()).filter(|r| chain.names(Some(*r)));
        let mut entries: Vec<(Mark, String)> = drawn
            .map(|r| {
                let region = &self.regions[r];
                (Mark::Box(theme::region(&region.id)), locale.name("region", region))
            })
            .collect();
        if chain.names(None) {
            entries.push((Mark::Box(sankey::OTHERS), locale.say("flows-others", &[])));
        }
        entries.push((Mark::Dashes(theme::GREY), locale.say("flows-lost", &[])));
        entries
    }
}

/// A mass in words, to three digits.
fn tonnes(locale: &Locale, value: f64) -> String {
    let decimals = usize::from(value < 9.95);
    let round = if value >= 1000.0 { (value / 10.0).round() * 10.0 } else { value };
    locale.say("flows-tonnes", &[("n", &locale.number(round, decimals))])
}
