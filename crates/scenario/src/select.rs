//! Names to indices, and targets to the links, facilities and producers that they mean.

use crate::kinds::fields::{
    AGENTS, COMMODITIES, CUSTOMERS, DESTINATIONS, ELEMENTS, GATEWAYS, ORIGINS, SECTORS, STAGES,
};
use chokepoint_core::id::{AgentId, CommodityId, GatewayId, LinkId, OutputId};
use chokepoint_core::network::{Agent, Link, Network};
use chokepoint_input::leaf::Leaf;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::Record;
use chokepoint_world::catalogue::AgentInfo;
use chokepoint_world::world::World;

/// An empty list means "all".
pub(crate) fn any(list: &[usize], value: usize) -> bool {
    list.is_empty() || list.contains(&value)
}

/// Looks names up and complains about those that stand for nothing.
pub(crate) struct Names<'a> {
    pub(crate) world: &'a World,
}

impl Names<'_> {
    pub(crate) fn each<'n>(
        &self,
        leaves: &[Leaf<'_>],
        what: &str,
        known: impl Fn() -> Vec<&'n str>,
        find: impl Fn(&str) -> Vec<usize>,
        reader: &mut Reader<'_>,
    ) -> Vec<usize> {
        let mut found = Vec::new();
        for leaf in leaves {
            let Some(name) = leaf.string(reader) else {
                continue;
            };
            let indices = find(&name);
            if indices.is_empty() {
                reader.unknown(*leaf, what, &name, known());
            }
            found.extend(indices);
        }
        found
    }

    pub(crate) fn stages(&self, leaves: &[Leaf<'_>], reader: &mut Reader<'_>) -> Vec<usize> {
        let known = || self.world.stages.iter().map(|s| s.id.as_str()).collect();
        let find = |name: &str| self.world.stages.iter().position(|s| s.id == name).into_iter().collect();
        self.each(leaves, "stage", known, find, reader)
    }
    pub(crate) fn sectors(&self, leaves: &[Leaf<'_>], reader: &mut Reader<'_>) -> Vec<usize> {
        let known = || self.world.sectors.iter().map(|s| s.id.as_str()).collect();
        let find = |name: &str| self.world.sectors.iter().position(|s| s.id == name).into_iter().collect();
        self.each(leaves, "sector", known, find, reader)
    }
    pub(crate) fn commodities(&self, leaves: &[Leaf<'_>], reader: &mut Reader<'_>) -> Vec<usize> {
        let known = || self.world.commodities.iter().map(|c| c.id.as_str()).collect();
        let find =
            |name: &str| self.world.commodities.iter().position(|c| c.id == name).into_iter().collect();
        self.each(leaves, "commodity", known, find, reader)
    }
    pub(crate) fn elements(&self, leaves: &[Leaf<'_>], reader: &mut Reader<'_>) -> Vec<usize> {
        let known = || self.world.elements.iter().map(|e| e.id.as_str()).collect();
        let find = |name: &str| self.world.elements.iter().position(|e| e.id == name).into_iter().collect();
        self.each(leaves, "element", known, find, reader)
    }
    pub(crate) fn countries(&self, leaves: &[Leaf<'_>], reader: &mut Reader<'_>) -> Vec<usize> {
        let known = || self.world.place_names().collect();
        let find = |name: &str| self.world.countries_of(name);
        let mut found = Vec::new();
        for leaf in leaves {
            match leaf.peek::<String>().and_then(|name| self.id_of_place(&name)) {
                Some((name, id)) => reader
                    .error(
                        Code::UnknownName,
                        *leaf,
                        format!("places go by their ids, not by names such as `{name}`"),
                    )
                    .label("a name")
                    .help(format!("write `{id}`")),
                None => found.extend(self.each(&[*leaf], "country or region", known, find, reader)),
            }
        }
        found
    }

    /// The id of a country or region that is called by its name.
    fn id_of_place(&self, name: &str) -> Option<(String, String)> {
        let (regions, countries) = (&self.world.regions, &self.world.countries);
        let regions = regions.iter().map(|region| (&region.name, &region.id));
        let countries = countries.iter().map(|country| (&country.name, &country.id));
        let called =
            |(own, id): &(&String, &String)| own.to_lowercase() == name.to_lowercase() && *id != name;
        regions.chain(countries).find(called).map(|(own, id)| (own.clone(), id.clone()))
    }
    pub(crate) fn gateways(&self, leaves: &[Leaf<'_>], reader: &mut Reader<'_>) -> Vec<usize> {
        let known = || self.world.gateways.iter().map(String::as_str).collect();
        let find = |name: &str| self.world.gateways.iter().position(|g| g == name).into_iter().collect();
        self.each(leaves, "port or land crossing", known, find, reader)
    }
}

/// A target with its names looked up.
pub(crate) struct Selection {
    stages: Vec<usize>,
    commodities: Vec<usize>,
    elements: Vec<usize>,
    pub(crate) origins: Vec<usize>,
    pub(crate) destinations: Vec<usize>,
    agents: Vec<usize>,
    customers: Vec<usize>,
    sectors: Vec<usize>,
    pub(crate) gateways: Vec<GatewayId>,
}

/// Agents by id; all parts of a split one by the id before the number.
pub(crate) fn agents_called(agents: &[AgentInfo], name: &str) -> Vec<usize> {
    let part = |id: &str| {
        id.strip_prefix(name)
            .and_then(|rest| rest.strip_prefix('-'))
            .is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()))
    };
    (0..agents.len()).filter(|a| agents[*a].id == name || part(&agents[*a].id)).collect()
}

impl Selection {
    pub(crate) fn read(
        world: &World,
        agents: &[AgentInfo],
        target: &Record<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Self> {
        let before = reader.problems.0.len();
        let names = Names { world };
        let known = || agents.iter().map(|a| a.id.as_str()).collect();
        let find = |name: &str| agents_called(agents, name);
        let mut list = |field, find: &dyn Fn(&[Leaf<'_>], &mut Reader<'_>) -> Vec<usize>| {
            let leaves = target.list(field, reader);
            find(&leaves, reader)
        };
        let selection = Self {
            stages: list(&STAGES, &|leaves, reader| names.stages(leaves, reader)),
            commodities: list(&COMMODITIES, &|leaves, reader| names.commodities(leaves, reader)),
            elements: list(&ELEMENTS, &|leaves, reader| names.elements(leaves, reader)),
            origins: list(&ORIGINS, &|leaves, reader| names.countries(leaves, reader)),
            destinations: list(&DESTINATIONS, &|leaves, reader| names.countries(leaves, reader)),
            agents: list(&AGENTS, &|leaves, reader| names.each(leaves, "agent", known, find, reader)),
            customers: list(&CUSTOMERS, &|leaves, reader| names.each(leaves, "agent", known, find, reader)),
            sectors: list(&SECTORS, &|leaves, reader| names.sectors(leaves, reader)),
            gateways: list(&GATEWAYS, &|leaves, reader| names.gateways(leaves, reader))
                .into_iter()
                .map(GatewayId::from)
                .collect(),
        };
        (reader.problems.0.len() == before).then_some(selection)
    }

    pub(crate) fn takes(&self, network: &Network, commodity: CommodityId) -> bool {
        any(&self.commodities, commodity.at())
            && any(&self.stages, network.commodities[commodity.at()].stage.at())
            && (self.elements.is_empty()
                || self.elements.iter().any(|e| network.content(commodity, *e) > 1e-6))
    }

    /// Whether a commodity is among those that are named, or none is.
    pub(crate) fn names(&self, commodity: CommodityId) -> bool {
        any(&self.commodities, commodity.at())
    }

    /// Trade that leaves its country (trade inside a country is never an export).
    pub(crate) fn links(&self, network: &Network) -> Vec<LinkId> {
        self.trade(network, |seller| any(&self.origins, seller))
    }

    /// The same goods traded between other countries: what an extraterritorial rule reaches.
    pub(crate) fn foreign(&self, network: &Network) -> Vec<LinkId> {
        self.trade(network, |seller| !any(&self.origins, seller))
    }

    fn trade(&self, network: &Network, sold_from: impl Fn(usize) -> bool) -> Vec<LinkId> {
        let crosses = |link: &Link| {
            let (seller, buyer) = (network.seller_of(link), network.buyer_of(link));
            seller.country != buyer.country
                && self.takes(network, network.outputs[link.seller.at()].commodity)
                && sold_from(seller.country.at())
                && any(&self.destinations, buyer.country.at())
                && any(&self.agents, network.outputs[link.seller.at()].agent.at())
                && any(&self.customers, network.inputs[link.buyer.at()].agent.at())
        };
        let found = network.links.iter().enumerate().filter(|(_, link)| crosses(link));
        found.map(|(l, _)| LinkId::from(l)).collect()
    }

    /// Facilities of the selected places, whatever they make.
    pub(crate) fn plants(&self, network: &Network) -> Vec<AgentId> {
        let here = |(a, agent): &(usize, &Agent)| {
            any(&self.agents, *a)
                && any(&self.stages, agent.stage.at())
                && any(&self.origins, agent.country.at())
        };
        let agents = network.agents[..network.facilities].iter().enumerate();
        agents.filter(here).map(|(a, _)| AgentId::from(a)).collect()
    }

    pub(crate) fn facilities(&self, network: &Network) -> Vec<AgentId> {
        network.agents[..network.facilities]
            .iter()
            .enumerate()
            .filter(|(a, agent)| {
                let makes = network.outputs_of(agent).any(|o| {
                    let commodity = network.outputs[o].commodity;
                    any(&self.commodities, commodity.at())
                        && (self.elements.is_empty()
                            || self.elements.iter().any(|e| network.content(commodity, *e) > 1e-6))
                });
                makes
                    && any(&self.agents, *a)
                    && any(&self.stages, agent.stage.at())
                    && any(&self.origins, agent.country.at())
            })
            .map(|(a, _)| AgentId::from(a))
            .collect()
    }

    /// What the selected facilities sell, of the selected commodities.
    pub(crate) fn products(&self, network: &Network) -> Vec<OutputId> {
        let outputs = network.outputs.iter().enumerate().filter(|(_, o)| {
            let agent = &network.agents[o.agent.at()];
            self.takes(network, o.commodity)
                && any(&self.agents, o.agent.at())
                && any(&self.origins, agent.country.at())
        });
        outputs.map(|(o, _)| OutputId::from(o)).collect()
    }

    pub(crate) fn producers(&self, network: &Network, agents: &[AgentInfo]) -> Vec<AgentId> {
        network
            .producer_range()
            .filter(|a| {
                let agent = &network.agents[*a];
                any(&self.agents, *a)
                    && any(&self.destinations, agent.country.at())
                    && agents[*a].sector.is_some_and(|s| any(&self.sectors, s))
            })
            .map(AgentId::from)
            .collect()
    }
}
