//! Which goods are quoted, and by whom.

use chokepoint_core::id::{CommodityId, CountryId, LinkId, OutputId, RegionId};
use chokepoint_core::lanes::ln;
use chokepoint_core::network::{Benchmark, Follower, Link, Network, Quoted};

/// Share of what is sold of a good at the reference level beyond which its price is that of one country.
const MAKES_THE_PRICE: f64 = 0.5;

/// Exports to a region: the links, with their share of what it gets.
type Exports = (RegionId, Vec<(LinkId, f64)>);

/// The benchmarks of a network: of each good of a stage that is quoted of which one country sells more than half.
pub(super) fn find(network: &Network, quoted: impl Fn(usize) -> bool) -> Vec<Benchmark> {
    let goods = network.commodities.iter().enumerate().filter(|(_, good)| quoted(good.stage.at()));
    goods.filter_map(|(c, _)| of(network, CommodityId::from(c))).collect()
}

fn of(network: &Network, commodity: CommodityId) -> Option<Benchmark> {
    let country = |o: usize| network.agents[network.outputs[o].agent.at()].country;
    let sells = |o: &usize| network.outputs[*o].commodity == commodity;
    let sellers: Vec<usize> = (0..network.outputs.len()).filter(sells).collect();
    let sales = |of: &dyn Fn(CountryId) -> bool| -> f64 {
        sellers.iter().filter(|o| of(country(**o))).map(|o| network.outputs[*o].base_orders).sum()
    };
    let most = MAKES_THE_PRICE * sales(&|_| true);
    let maker = sellers.iter().map(|o| country(*o)).find(|c| sales(&|other| other == *c) > most)?;
    let all = sales(&|other| other == maker);
    let (makers, others): (Vec<usize>, Vec<usize>) = sellers.into_iter().partition(|o| country(*o) == maker);
    let exports = exports(network, &makers, maker);
    let followers = others.into_iter().map(|o| follower(network, o, &exports)).collect();
    let quoted = |o: usize| Quoted {
        output: OutputId::from(o),
        share: network.outputs[o].base_orders / all,
        log_reference: ln(network.outputs[o].reference_price),
    };
    Some(Benchmark {
        makers: makers.into_iter().map(quoted).collect(),
        exports: exports.into_iter().map(|(_, links)| links).collect(),
        followers,
    })
}

/// The links on which a country's makers export, by region of the buyers, with their share of what the region gets.
fn exports(network: &Network, makers: &[usize], maker: CountryId) -> Vec<Exports> {
    let mut regions: Vec<Exports> = Vec::new();
    for (l, link) in network.links.iter().enumerate() {
        let buyer = network.buyer_of(link);
        if link.base_flow == 0.0 || buyer.country == maker || !makers.contains(&link.seller.at()) {
            continue;
        }
        let known = regions.iter().position(|(region, _)| *region == buyer.region);
        let known = known.unwrap_or_else(|| {
            regions.push((buyer.region, Vec::new()));
            regions.len() - 1
        });
        regions[known].1.push((LinkId::from(l), link.base_flow));
    }
    for (_, links) in &mut regions {
        let all: f64 = links.iter().map(|(_, flow)| flow).sum();
        links.iter_mut().for_each(|(_, flow)| *flow /= all);
    }
    regions
}

/// A seller elsewhere, with where its buyers are: by what they take of it, or of a project once they have qualified it.
fn follower(network: &Network, output: usize, exports: &[Exports]) -> Follower {
    let of = |link: &Link| {
        let would = link.entry_share * network.inputs[link.buyer.at()].base_use;
        (network.buyer_of(link).region, link.base_flow.max(would))
    };
    let sold: Vec<(RegionId, f64)> =
        network.links.iter().filter(|link| link.seller.at() == output).map(of).collect();
    let all: f64 = sold.iter().map(|(_, flow)| flow).sum();
    let to = |(place, (region, _)): (usize, &Exports)| {
        let flow: f64 = sold.iter().filter(|(buyer, _)| buyer == region).map(|(_, flow)| flow).sum();
        (flow > 0.0).then(|| (place, flow / all))
    };
    Follower {
        output: OutputId::from(output),
        log_reference: ln(network.outputs[output].reference_price),
        sells: exports.iter().enumerate().filter_map(to).collect(),
    }
}
