//! Measures at firms: buffers, qualification, leaner designs, rated orders, shared data, caps on one country's share.

use crate::measured::{Measured, for_good, holding};
use crate::resolver::Resolver;
use crate::select::{Names, any};
use crate::targets::end_uses;
use chokepoint_core::chance::Distribution;
use chokepoint_core::id::{InputId, LinkId};
use chokepoint_core::network::{Input, Role};
use chokepoint_core::plan::Effect;
use chokepoint_input::document::{
    BufferDocument, NoticeDocument, OrdersDocument, Payer, QualifyDocument, SourcingCapDocument,
    ThriftDocument,
};
use chokepoint_input::leaf::{Leaf, Measure};
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;

/// Share of its output that must end in the named sectors for a maker to count as theirs.
const MOSTLY: f64 = 0.5;

/// An effect on some inputs.
type OnInputs = fn(Vec<InputId>) -> Effect;

/// Whose inputs a measure touches.
struct Firms<'d, 'a> {
    stages: &'d [Leaf<'a>],
    sectors: &'d [Leaf<'a>],
    regions: &'d [Leaf<'a>],
    commodities: &'d [Leaf<'a>],
}

impl Resolver<'_> {
    pub(crate) fn buffer(
        &mut self,
        buffer: &BufferDocument<'_>,
        payer: Payer,
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Measured> {
        let firms = Firms {
            stages: &buffer.stages,
            sectors: &buffer.sectors,
            regions: &buffer.regions,
            commodities: &buffer.commodities,
        };
        let inputs = self.inputs_of(&firms, leaf, reader, |_| true);
        let cover = buffer.cover.quantity(Measure::Time, (0.0, 520.0), reader);
        let fill = buffer.fill.quantity(Measure::Time, (0.0, 520.0), reader);
        let (payer, carrying) = holding((buffer.payer, buffer.carrying_cost), payer, reader)?;
        let stocks = Effect::Buffer { inputs: inputs?, payer: payer.into() };
        let fill = fill?.central();
        Some(Measured { field: "cover", fill, carrying, ..for_good(stocks, cover?, "buffer") })
    }

    pub(crate) fn qualify(
        &mut self,
        qualify: &QualifyDocument<'_>,
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Measured> {
        let firms = Firms {
            stages: &qualify.stages,
            sectors: &qualify.sectors,
            regions: &qualify.regions,
            commodities: &qualify.commodities,
        };
        let network = &self.network;
        let has_candidate =
            |i: usize| network.links_of(&network.inputs[i]).any(|l| network.links[l].entry_share > 0.0);
        let inputs = self.inputs_of(&firms, leaf, reader, has_candidate)?;
        Some(for_good(Effect::Qualify(inputs), Distribution::Fixed(1.0), "qualify"))
    }

    pub(crate) fn thrift(
        &mut self,
        thrift: &ThriftDocument<'_>,
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Measured> {
        let firms = Firms {
            stages: &thrift.stages,
            sectors: &thrift.sectors,
            regions: &thrift.regions,
            commodities: &thrift.commodities,
        };
        let network = &self.network;
        let can = |i: usize| network.thrifts.iter().any(|rule| rule.inputs.iter().any(|x| x.at() == i));
        let inputs = self.inputs_of(&firms, leaf, reader, can);
        let share = thrift.share.quantity(Measure::Share, (0.0, 1.0), reader);
        Some(for_good(Effect::Thrift(inputs?), share?, "thrift"))
    }

    /// Inputs of the named firms; a problem if there are none.
    fn inputs_of(
        &self,
        firms: &Firms<'_, '_>,
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
        can: impl Fn(usize) -> bool,
    ) -> Option<Vec<InputId>> {
        let names = Names { world: self.world };
        let stages = names.stages(firms.stages, reader);
        let sectors = names.sectors(firms.sectors, reader);
        let countries = names.countries(firms.regions, reader);
        let commodities = names.commodities(firms.commodities, reader);
        let wanted = |(i, input): &(usize, &Input)| {
            let agent = &self.network.agents[input.agent.at()];
            let info = &self.agents[input.agent.at()];
            input.base_use > 0.0
                && !matches!(agent.role, Role::Reserve)
                && any(&stages, agent.stage.at())
                && any(&countries, agent.country.at())
                && any(&commodities, input.commodity.at())
                && (sectors.is_empty() || info.sector.is_none_or(|s| sectors.contains(&s)))
                && can(*i)
        };
        let inputs: Vec<InputId> =
            self.network.inputs.iter().enumerate().filter(wanted).map(|(i, _)| InputId::from(i)).collect();
        if inputs.is_empty() {
            reader
                .error(Code::TouchesNothing, leaf, "this measure touches no stock")
                .label("measure")
                .help("widen it: an empty list means all");
            return None;
        }
        Some(inputs)
    }

    pub(crate) fn notice(
        &mut self,
        document: &NoticeDocument<'_>,
        payer: Payer,
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Measured> {
        let firms = Firms {
            stages: &document.stages,
            sectors: &document.sectors,
            regions: &document.regions,
            commodities: &document.commodities,
        };
        let inputs = self.inputs_of(&firms, leaf, reader, |_| true);
        let notice = document.notice.quantity(Measure::Time, (0.0, 104.0), reader);
        let cover = document.cover.quantity(Measure::Time, (0.0, 520.0), reader);
        let stocks = Effect::Buffer { inputs: inputs?, payer: payer.into() };
        Some(Measured { field: "cover", notice: Some(notice?), ..for_good(stocks, cover?, "notice") })
    }

    /// A share of orders is rated, or of hoarding left out: of final producers of the sectors, and of makers who mostly
    /// serve them.
    pub(crate) fn orders(
        &mut self,
        (orders, effect, what): (&OrdersDocument<'_>, OnInputs, &str),
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Measured> {
        let firms = Firms {
            stages: &orders.stages,
            sectors: &orders.sectors,
            regions: &orders.regions,
            commodities: &orders.commodities,
        };
        let sectors = Names { world: self.world }.sectors(&orders.sectors, reader);
        let uses = end_uses(&self.network);
        let serves = |i: usize| {
            let user = &uses[self.network.inputs[i].agent.at()];
            sectors.is_empty() || sectors.iter().map(|s| user[*s]).sum::<f64>() >= MOSTLY
        };
        let inputs = self.inputs_of(&firms, leaf, reader, serves);
        let share = orders.share.quantity(Measure::Share, (0.0, 1.0), reader);
        Some(for_good(effect(inputs?), share?, what))
    }

    pub(crate) fn sourcing_cap(
        &mut self,
        document: &SourcingCapDocument<'_>,
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Measured> {
        let firms = Firms {
            stages: &document.stages,
            sectors: &document.sectors,
            regions: &document.regions,
            commodities: &document.commodities,
        };
        let origins = Names { world: self.world }.countries(&document.origins, reader);
        let network = &self.network;
        let from_there = |l: &usize| {
            let seller = network.outputs[network.links[*l].seller.at()].agent;
            any(&origins, network.agents[seller.at()].country.at())
        };
        let buys_there = |i: usize| network.links_of(&network.inputs[i]).any(|l| from_there(&l));
        let inputs = self.inputs_of(&firms, leaf, reader, buys_there);
        let cap = document.cap.quantity(Measure::Share, (0.0, 1.0), reader);
        let fill = document.fill.quantity(Measure::Time, (0.0, 520.0), reader);
        let inputs = inputs?;
        let links = inputs.iter().flat_map(|i| network.links_of(&network.inputs[i.at()])).filter(from_there);
        let links: Vec<LinkId> = links.map(LinkId::from).collect();
        Some(Measured {
            field: "cap",
            fill: fill?.central(),
            ..for_good(Effect::SourcingCap { inputs, links }, cap?, "sourcing-cap")
        })
    }
}
