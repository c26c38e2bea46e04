//! A strategy's measures, and the reserves of governments.

use crate::arms::{CALM, NONE};
use crate::arms::{Chosen, StrategyInfo};
use crate::arms::{EventInfo, FOR_GOOD};
use crate::measured::{Measured, holding};
use crate::programmes::Programmed;
use crate::reads::Kind;
use crate::resolver::Resolver;
use crate::select::Names;
use crate::targets::{end_uses, touches};
use crate::timing::Timing;
use chokepoint_core::chance::{Distribution, Entity};
use chokepoint_core::id::{AgentId, CommodityId, InputId};
use chokepoint_core::network::{Agent, Input, Link, ReleaseRoute, Role};
use chokepoint_core::plan::{Allocation, Effect, Event, ReserveRule};
use chokepoint_input::document::{
    AllocationDocument, EvidenceDocument, MeasureDocument, Payer, StockpileDocument, StrategyDocument,
};
use chokepoint_input::leaf::{Leaf, Measure, items};
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_world::catalogue::AgentInfo;
use chokepoint_world::uncertain::{Uncertain, shift};
use jiff::civil::Date;

impl Resolver<'_> {
    pub(crate) fn strategy(
        &mut self,
        document: &StrategyDocument<'_>,
        day: Option<Date>,
        reader: &mut Reader<'_>,
    ) -> Option<Chosen> {
        let id = document.id.file_id(reader)?;
        if [CALM, NONE].contains(&id.as_str()) {
            reader.error(Code::Duplicate, document.id, format!("a strategy cannot be called `{id}`")).label("an arm of every run").help("the future without a shock is `calm`, the one without a strategy `none`: choose another name");
        }
        let name = document.name.title(reader);
        let story = document.story.story(reader);
        let date = day
            .or_else(|| document.date.date(reader))
            .and_then(|d| self.within_calendar(d, document.date, reader));
        let lead = document.lead_time.quantity(Measure::Time, (0.0, MOST_WEEKS), reader);
        let carrying = document.carrying_cost.quantity(Measure::Rate, (0.0, 1.0), reader);
        let payer = document.payer.read::<Payer>(reader);
        let evidence = document.evidence.read::<EvidenceDocument>(reader);
        let _ = document.as_of.date(reader);
        // measures are read whatever else is wrong: all reader.problems are told at once
        let usual = payer.unwrap_or(Payer::Public);
        let measured = self.measured((document, &id, day), usual, reader);
        let (date, lead, carrying, evidence, payer) = (date?, lead?, carrying?, evidence?, payer?);
        let moment = self.world.calendar().moment(date);
        let lead_name = format!("{id}/lead_time");
        let lead = self.overrides.apply(&lead_name, lead);
        let carrying_name = format!("{id}/carrying_cost");
        let carrying = self.overrides.apply(&carrying_name, carrying);
        let carrying = Uncertain { name: carrying_name, distribution: carrying };
        let start = Uncertain { name: lead_name, distribution: shift(lead, moment) };
        let mut events = Vec::new();
        let mut measures = Vec::new();
        for (place, measured) in measured?.into_iter().enumerate() {
            let Measured { effect, size, field, fill, term, what, carrying: its_own, notice } = measured;
            if let Some(notice) = notice {
                let name = format!("{id}/notice/notice");
                let notice = self.overrides.apply(&name, notice);
                self.notices.push((self.timings.len(), Uncertain { name, distribution: notice }));
            }
            let touches = touches(&effect);
            let fixed = |field: &str, value: f64| Uncertain {
                name: format!("{id}/{place}/{field}"),
                distribution: Distribution::Fixed(value),
            };
            // several measures of one kind draw apart
            let what = if measures.iter().any(|m: &EventInfo| m.id == what) {
                format!("{what}-{}", place + 1)
            } else {
                what
            };
            let size_name = format!("{id}/{what}/{field}");
            let size = self.overrides.apply(&size_name, size);
            let held = match its_own {
                Some(own) => self.uncertain(format!("{id}/{what}/carrying_cost"), own),
                None => carrying.clone(),
            };
            self.timings.push(Timing {
                start: start.clone(),
                ramp: fixed("fill", fill),
                duration: fixed("duration", term),
                recovery: fixed("recovery", 0.0),
                magnitude: Uncertain { name: size_name, distribution: size },
                leakage: fixed("leakage", 0.0),
                leakage_ramp: fixed("leakage_ramp", 0.0),
                leakage_premium: fixed("leakage_premium", 0.0),
                carrying: held,
                known: None,
                regime: None,
                trigger: None,
            });
            events.push(Event { effect, draw: self.timings.len() - 1 });
            measures.push(EventInfo {
                id: what.clone(),
                kind: what,
                start: date,
                draw: self.timings.len() - 1,
                elements: Vec::new(),
                touches,
                source: evidence.source.clone(),
                grade: evidence.grade.name(),
            });
        }
        let info = StrategyInfo {
            id,
            name: name?,
            date,
            story: story?,
            payers: payers(&events, payer),
            effect_from: start.distribution.central(),
            measures,
        };
        Some(Chosen { info, events })
    }

    /// All measures as they are read; nothing if something is wrong with one.
    fn measured(
        &mut self,
        (document, id, day): (&StrategyDocument<'_>, &str, Option<Date>),
        payer: Payer,
        reader: &mut Reader<'_>,
    ) -> Option<Vec<Measured>> {
        let listed = items("measures", &document.measures, reader);
        if document.measures.is_empty() {
            reader
                .error(Code::MissingField, document.id, "the strategy does nothing: it has no measures")
                .label("its arms would be those without a strategy")
                .help("add `measures: […]`; `chokepoint schema` names the kinds");
            return None;
        }
        let holder = format!("{id}{}", day.map_or_else(String::new, |d| format!("@{d}")));
        let mut read = |leaf: &Leaf<'_>| {
            let measure = leaf.read::<MeasureDocument<'_>>(reader)?;
            self.measure(&measure, (&holder, payer), *leaf, reader)
        };
        // every one is read, and then all are there or none
        let all: Vec<Option<Measured>> = listed.iter().map(&mut read).collect();
        all.into_iter().collect()
    }

    /// One measure; `holder` names the reserves of its strategy.
    fn measure(
        &mut self,
        measure: &MeasureDocument<'_>,
        (holder, payer): (&str, Payer),
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Measured> {
        let (kind, document) = match measure {
            MeasureDocument::Buffer(d) => return self.buffer(d, payer, leaf, reader),
            MeasureDocument::Stockpile(d) => {
                return self.stockpile(holder, (d, payer), leaf, reader);
            }
            MeasureDocument::Qualify(d) => return self.qualify(d, leaf, reader),
            MeasureDocument::Thrift(d) => return self.thrift(d, leaf, reader),
            MeasureDocument::Priority(d) => {
                return self.orders((d, Effect::Priority, "priority"), leaf, reader);
            }
            MeasureDocument::DataExchange(d) => {
                return self.orders((d, Effect::DataExchange, "data-exchange"), leaf, reader);
            }
            MeasureDocument::Notice(d) => return self.notice(d, payer, leaf, reader),
            MeasureDocument::SourcingCap(d) => return self.sourcing_cap(d, leaf, reader),
            MeasureDocument::Build(d) => (Kind::Build, d),
            MeasureDocument::Grant(d) => (Kind::Grant, d),
            MeasureDocument::InvestmentCredit(d) => (Kind::InvestmentCredit, d),
            MeasureDocument::ProductionCredit(d) => (Kind::ProductionCredit, d),
            MeasureDocument::Loan(d) => (Kind::Loan, d),
            MeasureDocument::ExportCredit(d) => (Kind::ExportCredit, d),
            MeasureDocument::PriceFloor(d) => (Kind::PriceFloor, d),
            MeasureDocument::Offtake(d) => (Kind::Offtake, d),
            MeasureDocument::Collect(d) => (Kind::Collect, d),
        };
        self.programme(Programmed { kind, document, leaf, payer }, reader)
    }

    fn stockpile(
        &mut self,
        strategy: &str,
        (stockpile, payer): (&StockpileDocument<'_>, Payer),
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Measured> {
        let names = Names { world: self.world };
        let regions: Vec<Leaf<'_>> = stockpile.region.iter().chain(&stockpile.pool).copied().collect();
        if regions.is_empty() {
            reader
                .error(Code::MissingField, leaf, "a stockpile needs a `region`, or a `pool` of several")
                .label("whose users are served?")
                .help("add `region: \"…\"` or `pool: [\"…\", \"…\"]`");
            return None;
        }
        let countries = names.countries(&regions, reader);
        let commodity = names.commodities(&[stockpile.commodity], reader);
        let first = names.sectors(&stockpile.first, reader);
        let keys: Vec<String> = regions.iter().filter_map(|r| r.string(reader)).collect();
        let key = keys.join("-");
        let (payer, carrying) = holding((stockpile.payer, stockpile.carrying_cost), payer, reader)?;
        let weeks = (1.0, 520.0);
        let cover = stockpile.cover.quantity(Measure::Time, (0.0, 520.0), reader);
        let fill = stockpile.fill.quantity(Measure::Time, weeks, reader)?;
        let buy_back = match stockpile.buy_back {
            Some(leaf) => leaf.quantity(Measure::Time, weeks, reader)?,
            None => fill,
        };
        let trigger = stockpile.trigger.quantity(Measure::Share, (0.0, 1.0), reader)?;
        let release = stockpile.release.quantity(Measure::Share, (0.0, 1.0), reader)?;
        let allocation = match stockpile.allocation {
            Some(leaf) => leaf.read::<AllocationDocument>(reader)?,
            None => AllocationDocument::Lack,
        };
        let commodity = *commodity.first()?;
        let users = self.users_of(commodity, &countries);
        if users.is_empty() {
            reader
                .error(
                    Code::TouchesNothing,
                    leaf,
                    format!("nobody in `{key}` uses `{}`", self.world.commodities[commodity].id),
                )
                .label("measure")
                .help("hold what the region's own plants buy: a stock of another form helps nobody there");
            return None;
        }
        let users_use: f64 = users.iter().map(|i| self.network.inputs[*i].base_use).sum();
        let what = format!("stockpile-{}-{}", key.to_lowercase(), self.world.commodities[commodity].id);
        let stock = self.add_reserve(&format!("{strategy}/{what}"), commodity, &users, &first);
        let rule = ReserveRule {
            stock,
            users_use,
            fill_weeks: fill.central(),
            buy_back_weeks: buy_back.central(),
            trigger_fill_rate: trigger.central(),
            release_share: release.central(),
            allocation: match allocation {
                _ if !first.is_empty() => Allocation::First,
                AllocationDocument::Lack => Allocation::Lack,
                AllocationDocument::Use => Allocation::Use,
            },
            payer: payer.into(),
        };
        Some(Measured {
            effect: Effect::Reserve(rule),
            size: cover?,
            field: "cover",
            fill: fill.central(),
            term: FOR_GOOD,
            what,
            carrying,
            notice: None,
        })
    }

    /// Inputs of a commodity in some countries, reserves not counted.
    fn users_of(&self, commodity: usize, countries: &[usize]) -> Vec<usize> {
        let uses = |i: &usize| {
            let input = &self.network.inputs[*i];
            let agent = &self.network.agents[input.agent.at()];
            input.commodity.at() == commodity
                && input.base_use > 0.0
                && countries.contains(&agent.country.at())
                && !matches!(agent.role, Role::Reserve)
        };
        (0..self.network.inputs.len()).filter(uses).collect()
    }

    /// A reserve that buys where its users buy. Its links carry nothing at rest.
    fn add_reserve(&mut self, id: &str, commodity: usize, users: &[usize], first: &[usize]) -> InputId {
        let network = &mut self.network;
        let agent = AgentId::from(network.agents.len());
        let stock = InputId::from(network.inputs.len());
        let host = &network.agents[network.inputs[users[0]].agent.at()];
        let (country, region, stage) = (host.country, host.region, network.commodities[commodity].stage);
        let mut shares: Vec<(Link, f64)> = Vec::new();
        for user in users {
            for l in network.links_of(&network.inputs[*user]).filter(|l| network.links[*l].base_flow > 0.0) {
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
            qualification_weeks: self.world.stages[stage.at()].qualification_weeks,
            speculation: 0.0,
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
            outlook: 0.0,
            inputs,
            outputs: outputs..outputs,
        });
        let uses = end_uses(network);
        network.releases.extend(users.iter().map(|i| {
            // a maker is served first if most of what it makes ends in a sector that is
            let served: f64 = first.iter().map(|s| uses[network.inputs[*i].agent.at()][*s]).sum();
            ReleaseRoute { from: stock, to: InputId::from(*i), first: served >= 0.5 }
        }));
        network.tracing.add_stock();
        self.agents.push(AgentInfo { id: id.to_owned(), name: id.to_owned(), sector: None });
        stock
    }
}

/// Who pays for the measures of a strategy: those who are named with them, the firms that thrift; the strategy's payer if
/// nobody is.
fn payers(events: &[Event], usual: Payer) -> Vec<Payer> {
    use chokepoint_core::plan::Payer as Pays;
    let of = |event: &Event| match &event.effect {
        Effect::Buffer { payer, .. } => Some(*payer),
        Effect::Reserve(rule) => Some(rule.payer),
        Effect::Build(rule)
        | Effect::Grant(rule)
        | Effect::RunningCredit(rule)
        | Effect::Loan(rule)
        | Effect::Collect(rule) => Some(rule.payer),
        Effect::Floor(rule) => Some(rule.payer),
        Effect::Thrift(_) => Some(Pays::Firm),
        _ => None,
    };
    let mut payers: Vec<Payer> = events.iter().filter_map(of).map(Payer::from).collect();
    if payers.is_empty() {
        payers.push(usual);
    }
    payers.sort_unstable();
    payers.dedup();
    payers
}
