//! Support programmes: whom they reach, what they pay, and who pays it.

use crate::arms::FOR_GOOD;
use crate::measured::Measured;
use crate::measured::for_good;
use crate::reads::{self, Kind};
use crate::resolver::Resolver;
use crate::select::{Names, agents_called, any};
use chokepoint_core::chance::Distribution;
use chokepoint_core::id::{AgentId, OutputId};
use chokepoint_core::plan::{Effect, FloorRule, Programme};
use chokepoint_input::document::{Payer, ProgrammeDocument};
use chokepoint_input::leaf::{Leaf, Measure};
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;

const SHARE: (f64, f64) = (0.0, 1.0);
/// Highest price of a floor, US dollars per tonne.
const MOST_PRICE: f64 = 1e9;
/// Greatest cut of a rate, per year.
const MOST_CUT: f64 = 0.5;

/// A programme as it is written, with its place and the strategy's payer.
pub(crate) struct Programmed<'p, 'a> {
    pub(crate) kind: Kind,
    pub(crate) document: &'p ProgrammeDocument<'a>,
    pub(crate) leaf: Leaf<'a>,
    pub(crate) payer: Payer,
}

impl Resolver<'_> {
    pub(crate) fn programme(
        &mut self,
        programmed: Programmed<'_, '_>,
        reader: &mut Reader<'_>,
    ) -> Option<Measured> {
        let Programmed { kind, document, leaf, payer: usual } = programmed;
        reads::programme(kind, document, reader);
        let agents = self.supported(kind, document, leaf, reader);
        let pays = match document.payer {
            Some(leaf) => leaf.read::<Payer>(reader)?,
            None => usual,
        };
        let mut number = |leaf_or: Option<Leaf<'_>>, field: &str, needed: bool, measure, within| match leaf_or
        {
            Some(leaf) => leaf.quantity(measure, within, reader),
            None if needed => {
                reader
                    .error(Code::MissingField, leaf, format!("the field `{field}` is missing"))
                    .label(format!("a programme of the kind `{}` needs it", kind.name()))
                    .help(format!("add `{field}: …,`; `chokepoint schema` says what stands there"));
                None
            }
            None => Some(Distribution::Fixed(1.0)),
        };
        let is_loan = matches!(kind, Kind::Loan | Kind::ExportCredit);
        let is_sale = matches!(kind, Kind::PriceFloor | Kind::Offtake);
        let share = number(document.share, "share", !is_sale, Measure::Share, SHARE);
        let cut = number(document.cut, "cut", is_loan, Measure::Rate, (0.0, MOST_CUT));
        let price = number(document.price, "price", is_sale, Measure::Price, (0.0, MOST_PRICE));
        let upside = match document.upside {
            Some(_) => number(document.upside, "upside", false, Measure::Share, SHARE),
            None => Some(Distribution::Fixed(0.0)),
        };
        let time = (0.0, MOST_WEEKS);
        let term = match document.term {
            Some(_) => number(document.term, "term", false, Measure::Time, time).map(|d| d.central()),
            None => Some(FOR_GOOD),
        };
        let fill = match document.fill {
            Some(_) => number(document.fill, "fill", false, Measure::Time, time).map(|d| d.central()),
            None => Some(0.0),
        };
        let (agents, share, cut, price, upside) = (agents?, share?, cut?, price?, upside?);
        let rule = |lent: f64| Programme { agents: agents.clone(), payer: pays.into(), share: lent };
        let (effect, size, field) = match kind {
            Kind::Build => (Effect::Build(rule(1.0)), share, "share"),
            Kind::Grant | Kind::InvestmentCredit => (Effect::Grant(rule(1.0)), share, "share"),
            Kind::ProductionCredit => (Effect::RunningCredit(rule(1.0)), share, "share"),
            Kind::Loan | Kind::ExportCredit => (Effect::Loan(rule(share.central())), cut, "cut"),
            Kind::Collect => (Effect::Collect(rule(1.0)), share, "share"),
            Kind::PriceFloor | Kind::Offtake => {
                let agreed = kind == Kind::Offtake;
                let floor = FloorRule {
                    outputs: self.sold(&agents, document, reader),
                    agents: agents.clone(),
                    covered: share.central(),
                    // a sale at one price gives up all that lies above it
                    upside: if agreed { 1.0 } else { upside.central() },
                    offtake: agreed,
                    payer: pays.into(),
                };
                (Effect::Floor(floor), price, "price")
            }
        };
        let (fill, term) = (fill?, term?);
        Some(Measured { field, fill, term, ..for_good(effect, size, kind.name()) })
    }

    /// Facilities that a programme reaches; a problem if there are none.
    fn supported(
        &self,
        kind: Kind,
        document: &ProgrammeDocument<'_>,
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Vec<AgentId>> {
        let network = &self.network;
        let names = Names { world: self.world };
        let known = || self.agents[..network.facilities].iter().map(|a| a.id.as_str()).collect::<Vec<_>>();
        let find = |name: &str| {
            let called = agents_called(&self.agents, name);
            called.into_iter().filter(|a| *a < network.facilities).collect()
        };
        let before = reader.problems.0.len();
        let plants = names.each(&document.plants, "facility", known, find, reader);
        let stages = names.stages(&document.stages, reader);
        let countries = names.countries(&document.regions, reader);
        let commodities = names.commodities(&document.commodities, reader);
        if reader.problems.0.len() > before {
            return None;
        }
        let collects = |a: usize| network.collectors.iter().any(|c| c.agent.at() == a);
        let reached = |a: &usize| {
            let agent = &network.agents[*a];
            let makes = |o: usize| any(&commodities, network.outputs[o].commodity.at());
            any(&plants, *a)
                && any(&stages, agent.stage.at())
                && any(&countries, agent.country.at())
                && network.outputs_of(agent).any(makes)
                && (kind == Kind::Collect) == collects(*a)
                && (kind != Kind::Build || agent.base_activity == 0.0)
                && (!kind.pays_for_building() || !network.ventures.is_empty())
        };
        let agents: Vec<AgentId> = (0..network.facilities).filter(reached).map(AgentId::from).collect();
        if agents.is_empty() {
            reader
                .error(Code::TouchesNothing, leaf, "this programme reaches no facility")
                .label("measure")
                .help(match kind {
                    Kind::Build => "name projects: facilities of the table `projects`".to_owned(),
                    Kind::Collect => "name regions of the table `collectors`".to_owned(),
                    _ if network.ventures.is_empty() => {
                        "nothing is built in this world: it has no table `investment`".to_owned()
                    }
                    _ => "widen it: an empty list means all".to_owned(),
                });
            return None;
        }
        Some(agents)
    }

    /// Products of those facilities that a floor or a sale covers.
    fn sold(
        &self,
        agents: &[AgentId],
        document: &ProgrammeDocument<'_>,
        reader: &mut Reader<'_>,
    ) -> Vec<OutputId> {
        let names = Names { world: self.world };
        let commodities = names.commodities(&document.commodities, reader);
        let network = &self.network;
        let of = |a: &AgentId| network.outputs_of(&network.agents[a.at()]);
        let covered = |o: &usize| any(&commodities, network.outputs[*o].commodity.at());
        agents.iter().flat_map(of).filter(covered).map(OutputId::from).collect()
    }
}
