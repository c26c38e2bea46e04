//! Plants, projects and final producers as the network's agents, with what they buy and sell.

use crate::balance::Rest;
use crate::catalogue::AgentInfo;
use crate::draft::{Draft, Drive, Plant, ProjectRow, User};
use crate::ventures;
use chokepoint_core::chance::Entity;
use chokepoint_core::id::{AgentId, CommodityId, CountryId, RegionId, SectorId, StageId, to_u32};
use chokepoint_core::network::{Agent, Commodity, Input, Network, Ordering, Output, Producer, Role};
use chokepoint_input::problem::{Code, Place, Problems};

pub(super) const WEEKS: f64 = 52.0;

/// A network in the making.
pub(super) struct Builder<'a> {
    pub(super) draft: &'a Draft,
    pub(super) rest: &'a Rest,
    /// What projects would make.
    pub(super) projects: &'a [ventures::ProjectRest],
    pub(super) project_inputs: Vec<usize>,
    pub(super) project_outputs: Vec<usize>,
    pub(super) network: Network,
    pub(super) agents: Vec<AgentInfo>,
    pub(super) input_of: Vec<Vec<usize>>,
    pub(super) output_of: Vec<Vec<usize>>,
}

impl Builder<'_> {
    pub(super) fn header(&mut self) {
        let draft = self.draft;
        self.network = Network {
            commodities: draft
                .commodities
                .iter()
                .map(|c| Commodity {
                    stage: StageId::from(c.stage),
                    contents: c.contents.clone(),
                    reference_price: c.reference_price,
                })
                .collect(),
            elements: draft.elements.len(),
            countries: draft.countries.len(),
            regions: draft.regions.len(),
            stages: draft.stages.len(),
            lines: draft.stages.iter().map(|stage| stage.lines).collect(),
            sectors: draft.sectors.len(),
            gateways: draft.gateways.len(),
            ordering: draft.ordering,
            ..Network::default()
        };
    }

    pub(super) fn add_agents(&mut self) {
        let plants = self.draft.plants.len();
        for (p, plant) in self.draft.plants.iter().enumerate() {
            let activity = self.rest.activity[p] / WEEKS;
            let outputs: Vec<(usize, f64, f64)> = self.draft.recipes[plant.recipe]
                .outputs
                .iter()
                .enumerate()
                .map(|(o, (c, _))| (*c, self.rest.coefficients[p][o], self.rest.surplus[p][o]))
                .collect();
            self.add_plant(p, plant, activity, &outputs);
        }
        for (p, project) in self.draft.projects.iter().enumerate() {
            self.add_project(plants + p, project, &self.projects[p]);
        }
        let facilities = plants + self.draft.projects.len();
        for (u, user) in self.draft.users.iter().enumerate() {
            self.add_user(facilities + u, user);
        }
        self.network.facilities = facilities;
        self.network.producers = self.draft.users.len();
    }

    fn add_plant(&mut self, p: usize, plant: &Plant, activity: f64, outputs: &[(usize, f64, f64)]) {
        let lines = self.draft.lines_of_stage(plant.stage);
        let inputs = self.draft.recipes[plant.recipe].inputs.clone();
        let (input_range, output_from) = (
            self.push_inputs(p, &inputs, activity, plant.input_cover, None, lines.spread),
            self.network.outputs.len(),
        );
        self.input_of.push((input_range.start as usize..input_range.end as usize).collect());
        for (place, (commodity, per_activity, surplus)) in outputs.iter().enumerate() {
            self.network.outputs.push(Output {
                agent: AgentId::from(p),
                commodity: CommodityId::from(*commodity),
                per_activity: *per_activity,
                cover_weeks: self.least_cover(plant.output_cover),
                reference_price: self.draft.commodities[*commodity].reference_price,
                base_orders: activity * per_activity * (1.0 - surplus),
                outlook: 0.0,
                surplus_share: *surplus,
                drives: drives(self.draft, plant.recipe, place),
                pure: None,
            });
        }
        self.output_of.push((output_from..self.network.outputs.len()).collect());
        let country = plant.country;
        self.network.agents.push(Agent {
            entity: Entity::named(&plant.id),
            role: Role::Facility,
            stage: StageId::from(plant.stage),
            country: CountryId::from(country),
            region: RegionId::from(self.draft.countries[country].region),
            base_activity: activity,
            capacity: activity * plant.headroom,
            lines: lines.lines,
            own_cost_usd: 0.0,
            outlook: 0.0,
            inputs: input_range,
            outputs: to_u32(output_from)..to_u32(self.network.outputs.len()),
        });
        self.agents.push(AgentInfo { id: plant.id.clone(), name: plant.name.clone(), sector: None });
    }

    /// A facility that stands in plans only: it has neither flows nor stocks at the reference level.
    fn add_project(&mut self, a: usize, project: &ProjectRow, rest: &ventures::ProjectRest) {
        let lines = self.draft.lines_of_stage(project.stage);
        let inputs = self.draft.recipes[project.recipe].inputs.clone();
        let input_range = self.push_inputs(a, &inputs, 0.0, project.input_cover, None, lines.spread);
        self.project_inputs.extend(input_range.start as usize..input_range.end as usize);
        let output_from = self.network.outputs.len();
        for (place, (commodity, per_activity, surplus)) in rest.outputs.iter().enumerate() {
            self.network.outputs.push(Output {
                agent: AgentId::from(a),
                commodity: CommodityId::from(*commodity),
                per_activity: *per_activity,
                cover_weeks: self.least_cover(project.output_cover),
                reference_price: self.draft.commodities[*commodity].reference_price,
                base_orders: 0.0,
                outlook: 0.0,
                surplus_share: *surplus,
                drives: drives(self.draft, project.recipe, place),
                pure: None,
            });
        }
        self.project_outputs.extend(output_from..self.network.outputs.len());
        let country = project.country;
        self.network.agents.push(Agent {
            entity: Entity::named(&project.id),
            role: Role::Facility,
            stage: StageId::from(project.stage),
            country: CountryId::from(country),
            region: RegionId::from(self.draft.countries[country].region),
            base_activity: 0.0,
            capacity: project.capacity / WEEKS,
            lines: lines.lines,
            own_cost_usd: 0.0,
            outlook: 0.0,
            inputs: input_range,
            outputs: to_u32(output_from)..to_u32(self.network.outputs.len()),
        });
        self.agents.push(AgentInfo { id: project.id.clone(), name: project.name.clone(), sector: None });
    }

    fn add_user(&mut self, a: usize, user: &User) {
        let sector = &self.draft.sectors[user.sector];
        let activity = user.units / WEEKS;
        let lines = self.draft.lines_of_sector(user.sector);
        let inputs = self.draft.intensity[user.sector].clone();
        let range = self.push_inputs(a, &inputs, activity, user.cover, Some(user.value_added), lines.spread);
        self.input_of.push((range.start as usize..range.end as usize).collect());
        let outputs = to_u32(self.network.outputs.len());
        self.output_of.push(Vec::new());
        let last = self.draft.stages.len() - 1;
        self.network.agents.push(Agent {
            entity: Entity::named(&user.id),
            role: Role::Producer(Producer {
                sector: SectorId::from(user.sector),
                value_added_usd_per_unit: user.value_added,
                avoidable_cost_share: user.avoidable,
                overtime_share: sector.overtime_share,
                catch_up_weeks: sector.catch_up_weeks,
                patience_weeks: sector.patience_weeks,
                growth: self.draft.growth_of(user.sector, user.country),
                apart: sector.apart,
            }),
            stage: StageId::from(last),
            country: CountryId::from(user.country),
            region: RegionId::from(self.draft.countries[user.country].region),
            base_activity: activity,
            capacity: activity * (1.0 + sector.overtime_share),
            lines: lines.lines,
            own_cost_usd: 0.0,
            outlook: 0.0,
            inputs: range,
            outputs: outputs..outputs,
        });
        self.agents.push(AgentInfo {
            id: user.id.clone(),
            name: user.name.clone(),
            sector: Some(user.sector),
        });
    }

    fn push_inputs(
        &mut self,
        agent: usize,
        inputs: &[(usize, f64)],
        activity: f64,
        cover: f64,
        value_added: Option<f64>,
        spread: f64,
    ) -> core::ops::Range<u32> {
        let from = self.network.inputs.len();
        for (commodity, per_activity) in inputs {
            let price = self.draft.commodities[*commodity].reference_price;
            let stage = &self.draft.stages[self.draft.commodities[*commodity].stage];
            let worth = value_added.map_or(0.0, |v| price + v / per_activity);
            self.network.inputs.push(Input {
                agent: AgentId::from(agent),
                commodity: CommodityId::from(*commodity),
                per_activity: *per_activity,
                cover_weeks: self.least_cover(cover),
                base_use: activity * per_activity,
                reference_price: price,
                worth,
                links: 0..0,
                mean_lag: 1.0,
                switching_weeks: stage.switching_weeks,
                qualification_weeks: stage.qualification_weeks,
                spread,
                speculation: stage.speculation,
            });
        }
        to_u32(from)..to_u32(self.network.inputs.len())
    }

    /// Smooth ordering needs half a week of stock to breathe; inventory theory's own rule takes what the table says.
    fn least_cover(&self, weeks: f64) -> f64 {
        match self.draft.ordering {
            Ordering::Smooth => weeks.max(0.5),
            Ordering::BaseStock { .. } => weeks,
        }
    }
}

/// Orders for the first output of a recipe set its activity; where products are joint, those for any of them do.
fn drives(draft: &Draft, recipe: usize, place: usize) -> bool {
    place == 0 || draft.recipes[recipe].drive != Drive::Orders
}

impl Builder<'_> {
    /// Who needs something at the reference level has somebody to buy it from.
    pub(super) fn check_supply(&self, place: &Place, problems: &mut Problems) {
        let network = &self.network;
        for (a, agent) in network.agents.iter().enumerate().filter(|(_, agent)| agent.base_activity > 0.0) {
            for i in network.inputs_of(agent).filter(|i| network.inputs[*i].links.is_empty()) {
                let commodity = &self.draft.commodities[network.inputs[i].commodity.at()].id;
                problems.error(Code::Balance, place, format!("`{}` needs `{commodity}` and nobody sells it to it", self.agents[a].id)).label("no supplier").help("add a plant that makes it, or let its makers trade with that country (affinity, routes)");
            }
        }
    }
}
