//! A strategy's measures: buffers at firms, reserves of governments.

use super::select::{Names, any};
use super::{EventInfo, FOR_GOOD, MOST_WEEKS, Resolver, StrategyInfo, Timing, Uncertain};
use crate::document::{
    BufferDocument, EvidenceDocument, MeasureDocument, Payer, StockpileDocument, StrategyDocument,
};
use crate::leaf::{Leaf, Measure};
use crate::load;
use crate::problem::{Code, Problems, Source};
use crate::world::AgentInfo;
use chokepoint_core::chance::{Distribution, Entity};
use chokepoint_core::id::{AgentId, CommodityId, InputId};
use chokepoint_core::network::{Agent, Input, Link, ReleaseRoute, Role};
use chokepoint_core::plan::{Effect, Event, ReserveRule};
use std::sync::Arc;

impl Resolver<'_> {
    pub(super) fn strategy(
        &mut self,
        document: &StrategyDocument<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<StrategyInfo> {
        let id = document.id.string(source, problems)?;
        let name = document.name.string(source, problems);
        let story = document.story.string(source, problems);
        let date = load::date(document.date, source, problems)
            .and_then(|d| self.within_calendar(d, document.date, source, problems));
        let lead = document.lead_time.quantity(Measure::Time, (0.0, MOST_WEEKS), source, problems);
        let carrying = document.carrying_cost.quantity(Measure::Rate, (0.0, 1.0), source, problems);
        let payer = document.payer.read::<Payer>(source, problems);
        let evidence = document.evidence.read::<EvidenceDocument>(source, problems);
        let _ = load::date(document.as_of, source, problems);
        let (date, lead, evidence) = (date?, lead?, evidence?);
        let moment = self.world.calendar().moment(date);
        let lead_name = format!("{id}/lead_time");
        let lead = self.overrides.apply(&lead_name, lead);
        let start = Uncertain { name: lead_name, distribution: shift(lead, moment) };
        let mut events = Vec::new();
        let mut measures = Vec::new();
        for (place, leaf) in document.measures.iter().enumerate() {
            let Some(measure) = leaf.read::<MeasureDocument<'_>>(source, problems) else {
                continue;
            };
            let (effect, cover, fill, what) = match &measure {
                MeasureDocument::Buffer(buffer) => self.buffer(buffer, *leaf, source, problems)?,
                MeasureDocument::Stockpile(stockpile) => {
                    self.stockpile(&id, stockpile, *leaf, source, problems)?
                }
            };
            let touches = match &effect {
                Effect::Buffer(inputs) => inputs.len(),
                _ => 1,
            };
            let fixed = |field: &str, value: f64| Uncertain {
                name: format!("{id}/{place}/{field}"),
                distribution: Distribution::Fixed(value),
            };
            let cover_name = format!("{id}/{what}/cover");
            let cover = self.overrides.apply(&cover_name, cover);
            self.timings.push(Timing {
                start: start.clone(),
                ramp: fixed("fill", fill),
                duration: fixed("duration", FOR_GOOD),
                recovery: fixed("recovery", 0.0),
                magnitude: Uncertain { name: cover_name, distribution: cover },
                leakage: fixed("leakage", 0.0),
                leakage_ramp: fixed("leakage_ramp", 0.0),
                leakage_premium: fixed("leakage_premium", 0.0),
            });
            events.push(Event { effect, draw: self.timings.len() - 1 });
            measures.push(EventInfo {
                id: what.clone(),
                kind: what,
                start: date,
                touches,
                source: evidence.source.clone(),
                grade: evidence.grade.name(),
            });
        }
        self.measures.push(events);
        Some(StrategyInfo {
            id,
            name: name?,
            date,
            story: story?,
            carrying_cost: carrying?,
            payer: payer?,
            effect_from: start.distribution.central(),
            measures,
        })
    }

    pub(super) fn buffer(
        &mut self,
        buffer: &BufferDocument<'_>,
        leaf: Leaf<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<(Effect, Distribution, f64, String)> {
        let names = Names { world: self.world, source };
        let stages = names.stages(&buffer.stages, problems);
        let sectors = names.sectors(&buffer.sectors, problems);
        let countries = names.countries(&buffer.regions, problems);
        let commodities = names.commodities(&buffer.commodities, problems);
        let cover = buffer.cover.quantity(Measure::Time, (0.0, 520.0), source, problems);
        let fill = buffer.fill.quantity(Measure::Time, (0.0, 520.0), source, problems);
        let inputs: Vec<InputId> = self
            .network
            .inputs
            .iter()
            .enumerate()
            .filter(|(_, input)| {
                let agent = &self.network.agents[input.agent.at()];
                let info = &self.agents[input.agent.at()];
                input.base_use > 0.0
                    && !matches!(agent.role, Role::Reserve)
                    && any(&stages, agent.stage.at())
                    && any(&countries, agent.country.at())
                    && any(&commodities, input.commodity.at())
                    && (sectors.is_empty() || info.sector.is_none_or(|s| sectors.contains(&s)))
            })
            .map(|(i, _)| InputId::from(i))
            .collect();
        if inputs.is_empty() {
            problems.error(
                Code::TouchesNothing,
                &leaf.place(source),
                "this buffer touches no stock".to_owned(),
                "measure".to_owned(),
                "widen it: an empty list means all".to_owned(),
            );
            return None;
        }
        Some((Effect::Buffer(inputs), cover?, fill?.central(), "buffer".to_owned()))
    }

    pub(super) fn stockpile(
        &mut self,
        strategy: &str,
        stockpile: &StockpileDocument<'_>,
        leaf: Leaf<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<(Effect, Distribution, f64, String)> {
        let names = Names { world: self.world, source };
        let countries = names.countries(&[stockpile.region], problems);
        let commodity = names.commodities(&[stockpile.commodity], problems);
        let key = stockpile.region.string(source, problems)?;
        let cover = stockpile.cover.quantity(Measure::Time, (0.0, 520.0), source, problems);
        let fill = stockpile.fill.quantity(Measure::Time, (1.0, 520.0), source, problems)?;
        let trigger = stockpile.trigger.quantity(Measure::Share, (0.0, 1.0), source, problems)?;
        let release = stockpile.release.quantity(Measure::Share, (0.0, 1.0), source, problems)?;
        let commodity = *commodity.first()?;
        let users: Vec<usize> = (0..self.network.inputs.len())
            .filter(|i| {
                let input = &self.network.inputs[*i];
                let agent = &self.network.agents[input.agent.at()];
                input.commodity.at() == commodity
                    && input.base_use > 0.0
                    && countries.contains(&agent.country.at())
                    && !matches!(agent.role, Role::Reserve)
            })
            .collect();
        if users.is_empty() {
            problems.error(
                Code::TouchesNothing,
                &leaf.place(source),
                format!("nobody in `{key}` uses `{}`", self.world.commodities[commodity].id),
                "measure".to_owned(),
                "hold what the region's own plants buy: a stock of another form helps nobody there"
                    .to_owned(),
            );
            return None;
        }
        let users_use: f64 = users.iter().map(|i| self.network.inputs[*i].base_use).sum();
        let what = format!("stockpile-{}-{}", key.to_lowercase(), self.world.commodities[commodity].id);
        let stock = self.add_reserve(&format!("{strategy}/{what}"), commodity, &users);
        let rule = ReserveRule {
            stock,
            users_use,
            fill_weeks: fill.central(),
            trigger_fill_rate: trigger.central(),
            release_share: release.central(),
        };
        Some((Effect::Reserve(rule), cover?, fill.central(), what))
    }

    /// A reserve that buys where its users buy. Its links carry nothing at rest.
    pub(super) fn add_reserve(&mut self, id: &str, commodity: usize, users: &[usize]) -> InputId {
        let network = &mut self.network;
        let agent = AgentId::from(network.agents.len());
        let stock = InputId::from(network.inputs.len());
        let first = &network.agents[network.inputs[users[0]].agent.at()];
        let (country, region, stage) = (first.country, first.region, network.commodities[commodity].stage);
        let mut shares: Vec<(Link, f64)> = Vec::new();
        for user in users {
            for l in network.links_of(&network.inputs[*user]) {
                let link = &network.links[l];
                match shares.iter_mut().find(|(known, _)| known.seller == link.seller) {
                    Some((_, flow)) => *flow += link.base_flow,
                    None => shares.push((link.clone(), link.base_flow)),
                }
            }
        }
        let total: f64 = shares.iter().map(|(_, flow)| flow).sum();
        let from = network.links.len();
        for (link, flow) in shares {
            network.links.push(Link { buyer: stock, base_share: flow / total, base_flow: 0.0, ..link });
        }
        let price = network.links[from..].iter().map(|l| l.base_share * l.reference_delivered(network)).sum();
        let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let inputs = stock.0..stock.0 + 1;
        network.inputs.push(Input {
            agent,
            commodity: CommodityId::from(commodity),
            per_activity: 1.0,
            cover_weeks: 0.0,
            base_use: 0.0,
            reference_price: price,
            worth: price * 3.0,
            links: to_u32(from)..to_u32(network.links.len()),
            mean_lag: 1.0,
            switching_weeks: self.world.stages[stage.at()].switching_weeks,
        });
        let outputs = to_u32(network.outputs.len());
        network.agents.push(Agent {
            entity: Entity::named(id),
            role: Role::Reserve,
            stage,
            country,
            region,
            base_activity: 0.0,
            capacity: 0.0,
            own_cost_usd: 0.0,
            inputs,
            outputs: outputs..outputs,
        });
        network.releases.extend(users.iter().map(|i| ReleaseRoute { from: stock, to: InputId::from(*i) }));
        self.agents.push(AgentInfo { id: id.to_owned(), name: id.to_owned(), sector: None });
        stock
    }
}

/// A distribution moved by a constant.
fn shift(distribution: Distribution, by: f64) -> Distribution {
    match distribution {
        Distribution::Fixed(value) => Distribution::Fixed(value + by),
        Distribution::Uniform { low, high } => Distribution::Uniform { low: low + by, high: high + by },
        Distribution::Triangular { low, mode, high } => {
            Distribution::Triangular { low: low + by, mode: mode + by, high: high + by }
        }
        // a shifted log-normal is not one; its quantiles are close to a triangle's over the same range
        Distribution::LogNormal { p5, median, p95 } => {
            Distribution::Triangular { low: p5 + by, mode: median + by, high: p95 + by }
        }
    }
}
