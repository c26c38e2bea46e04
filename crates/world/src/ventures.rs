//! Plants in the long run: projects beside the chain at the reference level, what building takes, and who collects old goods.

use crate::balance::Rest;
use crate::catalogue::ConstructionInfo;
use crate::draft::{ClassRow, CollectorRow, Draft, FringeRow, Plant, Progress, ProjectRow};
use crate::uncertain::{Uncertain, shift};
use chokepoint_core::chance::{Chance, Distribution, Entity, Stream};
use chokepoint_core::id::AgentId;
use chokepoint_core::network::{Cohort, Collector, Fringe, Input, Network, Role, Status, Venture};
use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_input::calendar::Calendar;
use std::collections::BTreeMap;

const WEEKS: f64 = 52.0;
/// Willingness to trade below which a seller is nobody's candidate, and a project finds no buyer and no supplier.
pub(crate) const LEAST_WILLINGNESS: f64 = 0.05;
/// Buyers that a project's product is offered to.
const BUYERS: usize = 8;
/// Suppliers that a project is planned with: plants that run, and projects.
const SUPPLIERS: usize = 3;
const PLANNED_SUPPLIERS: usize = 2;
/// How much nearer a plant of the same owner is than another of its size, and one of the same country.
/// A plant that is planned with it counts twice: what runs has customers already.
const OWN: f64 = 20.0;
const NEAR: f64 = 3.0;
/// Revenue over cash cost that the most patient owner bears for half a year: the half point of the smooth shut-down.
const BEARS: f64 = 0.85;
/// Weeks of building from which a plant takes the whole restart time, and the least share that any takes.
const SLOW_TO_BUILD: f64 = 156.0;
const LEAST_RESTART: f64 = 0.2;
/// Most of the qualification of a project that is done when the calendar starts: nobody is done before it delivers.
const MOST_BEGUN: f64 = 0.9;
/// Parameter that says by how many weeks a project under construction slips.
const SLIP: &str = "schedule_slip";

/// What a project would make of a unit of activity: commodity, tonnes, share that finds no buyer.
pub struct ProjectRest {
    /// By output.
    pub outputs: Vec<(usize, f64, f64)>,
}

/// Facilities of collectors, with what they collect at the reference level.
pub fn add_collectors(draft: &mut Draft) {
    let last = draft.stages.len().saturating_sub(1);
    for c in 0..draft.collectors.len() {
        let collector = draft.collectors[c].clone();
        let returned: f64 =
            cohorts(draft, &collector, &places_of_users(draft)).iter().map(Cohort::returns).sum();
        draft.plants.push(Plant {
            id: collector.id,
            name: collector.name,
            firm: String::new(),
            stage: last,
            country: collector.country,
            recipe: collector.recipe,
            recorded: (returned * WEEKS * collector.share).max(1e-6),
            headroom: 1.0,
            input_cover: 0.0,
            output_cover: collector.output_cover,
        });
    }
}

fn places_of_users(draft: &Draft) -> Vec<usize> {
    (0..draft.users.len()).collect()
}

/// Past sales of a collector's places by sector. `users` are the places of the final producers among the producers.
fn cohorts(draft: &Draft, collector: &CollectorRow, users: &[usize]) -> Vec<Cohort> {
    let mut cohorts = Vec::new();
    for row in &draft.returns {
        let contained = draft.contained(collector, row.sector);
        let here = draft.users.iter().zip(users).filter(|(user, _)| {
            user.sector == row.sector
                && (collector.countries.is_empty() || collector.countries.contains(&user.country))
        });
        let (mut sources, mut sold) = (Vec::new(), 0.0);
        for (user, place) in here {
            sources.push((*place, contained));
            sold += user.units / WEEKS * contained;
        }
        if sold > 0.0 {
            cohorts.push(Cohort {
                sources,
                life_weeks: row.life_weeks,
                ages: row.ages,
                past_growth: row.past_growth,
                sold,
            });
        }
    }
    cohorts
}

/// The fringes of a network.
pub fn fringes(draft: &Draft) -> Vec<Fringe> {
    let of = |row: &FringeRow| Fringe {
        agent: AgentId::from(row.plant),
        elasticity: row.elasticity,
        most: row.most,
    };
    draft.fringes.iter().map(of).collect()
}

/// The collectors of a network whose last plants are theirs.
pub fn collectors(draft: &Draft, network: &Network) -> Vec<Collector> {
    let first = draft.plants.len() - draft.collectors.len();
    let users = places_of_users(draft);
    let of = |(c, row): (usize, &CollectorRow)| {
        let a = first + c;
        let output = &network.outputs[network.agents[a].outputs.start as usize];
        Collector {
            agent: AgentId::from(a),
            share: row.share,
            most: row.most.max(row.share),
            elasticity: row.elasticity,
            cost_usd: row.cost_share * output.reference_price,
            cohorts: cohorts(draft, row, &users),
        }
    };
    draft.collectors.iter().enumerate().map(of).collect()
}

/// What projects would make: as the plants that run the same recipe, or, where none does, as the recipe says with the
/// mean move that closing the balance made to each product.
pub fn project_rest(draft: &mut Draft, rest: &Rest) -> Vec<ProjectRest> {
    let mut moved: BTreeMap<usize, (f64, f64, f64, f64)> = BTreeMap::new();
    for (p, plant) in draft.plants.iter().enumerate() {
        for (o, (commodity, nominal)) in draft.recipes[plant.recipe].outputs.iter().enumerate() {
            let activity = rest.activity[p];
            let made = activity * rest.coefficients[p][o];
            let sums = moved.entry(*commodity).or_default();
            sums.0 += activity * nominal;
            sums.1 += made;
            sums.2 += made * rest.surplus[p][o];
            sums.3 += made;
        }
    }
    let of = |project: &ProjectRow| {
        let recipe = &draft.recipes[project.recipe];
        let alike = draft.plants.iter().position(|p| p.recipe == project.recipe);
        let joint = recipe.outputs.len() > 1;
        let outputs = recipe.outputs.iter().enumerate().map(|(o, (commodity, nominal))| match alike {
            Some(p) => (*commodity, rest.coefficients[p][o], rest.surplus[p][o]),
            None => {
                let sums = moved.get(commodity).copied().unwrap_or_default();
                let factor = if joint && sums.0 > 0.0 { sums.1 / sums.0 } else { 1.0 };
                let surplus = if joint && sums.3 > 0.0 { sums.2 / sums.3 } else { 0.0 };
                (*commodity, nominal * factor, surplus)
            }
        });
        ProjectRest { outputs: outputs.collect() }
    };
    let found: Vec<ProjectRest> = draft.projects.iter().map(of).collect();
    for (p, project) in found.iter().enumerate() {
        let recipe = &draft.recipes[draft.projects[p].recipe];
        let (Some(recovery), [(feed, _)]) = (recipe.recovery, &recipe.inputs[..]) else { continue };
        let feed = *feed;
        for (commodity, made, _) in &project.outputs {
            for e in 0..draft.elements.len() {
                let held = made * draft.commodities[*commodity].contents[e] / recovery;
                let contents = &mut draft.commodities[feed].contents[e];
                *contents = contents.max(held);
            }
        }
    }
    found
}

/// For each input, the projects that would sell to it and their weight in its choice of suppliers.
///
/// What a project does not make for its owner's other projects is offered to the largest buyers within reach. Its weight is
/// what that would be of their use, against what others keep.
pub fn entrants(draft: &Draft, network: &Network, projects: &[usize]) -> Vec<Vec<(usize, f64)>> {
    let mut entrants = vec![Vec::new(); network.inputs.len()];
    for o in projects {
        let output = &network.outputs[*o];
        let seller = &network.agents[output.agent.at()];
        let stage = network.commodities[output.commodity.at()].stage.at();
        let mut buyers: Vec<(usize, f64, f64)> = Vec::new();
        for (i, input) in network.inputs.iter().enumerate() {
            let buyer = &network.agents[input.agent.at()];
            let runs = input.base_use > 0.0 && !matches!(buyer.role, Role::Reserve);
            if !runs || input.commodity != output.commodity {
                continue;
            }
            let willing = draft.willingness(stage, seller.country.at(), buyer.country.at());
            if willing >= LEAST_WILLINGNESS {
                let near = if buyer.region == seller.region { NEAR } else { 1.0 };
                buyers.push((i, input.base_use, willing * near * input.base_use));
            }
        }
        buyers.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        buyers.truncate(BUYERS);
        let made = seller.capacity * output.per_activity * (1.0 - output.surplus_share);
        let made = made - needed_by_owner(draft, network, *o);
        let used: f64 = buyers.iter().map(|b| b.1).sum();
        let weight = made / (used - made).max(made);
        for (i, ..) in buyers {
            if weight > 0.0 {
                entrants[i].push((*o, weight));
            }
        }
    }
    entrants
}

/// What the other projects of a project's owner would use of its product, tonnes a week.
fn needed_by_owner(draft: &Draft, network: &Network, output: usize) -> f64 {
    let made = &network.outputs[output];
    let owner = firm(draft, made.agent.at());
    let own = |input: &&Input| {
        let buyer = input.agent.at();
        input.commodity == made.commodity
            && buyer >= draft.plants.len()
            && buyer < network.facilities
            && !owner.is_empty()
            && firm(draft, buyer) == owner
    };
    let needs = |input: &Input| network.agents[input.agent.at()].capacity * input.per_activity;
    network.inputs.iter().filter(own).map(needs).sum()
}

/// Owner of a facility: empty where the data name none.
fn firm(draft: &Draft, facility: usize) -> &str {
    let planned = |p: usize| draft.projects.get(p).map_or("", |project| &project.firm);
    draft.plants.get(facility).map_or_else(|| planned(facility - draft.plants.len()), |plant| &plant.firm)
}

/// Suppliers of a project's input and their shares: by size, nearness and owner, those that run and those that are planned.
pub fn suppliers(draft: &Draft, network: &Network, projects: &[usize], input: usize) -> Vec<(usize, f64)> {
    let input = &network.inputs[input];
    let buyer = input.agent.at();
    let stage = network.commodities[input.commodity.at()].stage.at();
    let mut found: Vec<(usize, f64)> = Vec::new();
    for (o, output) in network.outputs.iter().enumerate() {
        let seller = &network.agents[output.agent.at()];
        if output.commodity != input.commodity || output.agent.at() == buyer {
            continue;
        }
        let (to, own) = (&network.agents[buyer], firm(draft, buyer));
        let same_owner = !own.is_empty() && firm(draft, output.agent.at()) == own;
        let willing = draft.willingness(stage, seller.country.at(), to.country.at());
        if willing < LEAST_WILLINGNESS && !same_owner {
            continue;
        }
        let planned = projects.contains(&o);
        let size = if planned { seller.capacity * output.per_activity } else { output.base_orders };
        let own = match (same_owner, planned) {
            (true, true) => OWN * OWN,
            (true, false) => OWN,
            (false, _) => 1.0,
        };
        let nearer = own * if seller.region == to.region { NEAR } else { 1.0 };
        found.push((o, size * willing.max(LEAST_WILLINGNESS) * nearer));
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let (mut running, mut planned) = (0, 0);
    found.retain(|(o, _)| {
        let (count, most) = match projects.contains(o) {
            true => (&mut planned, PLANNED_SUPPLIERS),
            false => (&mut running, SUPPLIERS),
        };
        *count += 1;
        *count <= most
    });
    let all: f64 = found.iter().map(|(_, size)| size).sum();
    found.into_iter().map(|(o, size)| (o, size / all.max(1e-300))).collect()
}

/// Processing cost of a project over that of a plant that runs.
pub fn cost_premium(draft: &Draft, project: &ProjectRow) -> f64 {
    let class = draft.class_of(project.stage, project.country, project.recipe);
    project.cost_premium.or(class.map(|c| c.cost_premium)).unwrap_or(1.0)
}

/// Adds how facilities are built, and gives what is drawn for each.
pub fn add_ventures(draft: &Draft, calendar: Calendar, network: &mut Network) -> Vec<ConstructionInfo> {
    if draft.classes.is_empty() {
        return Vec::new();
    }
    let slip = draft.parameters.get(SLIP).map_or(Distribution::Fixed(0.0), |p| p.distribution);
    let mut construction = Vec::new();
    for (a, agent) in network.agents[..network.facilities].iter().enumerate() {
        let recipe = draft.recipe_of(a).unwrap_or(0);
        let class = draft.class_of(agent.stage.at(), agent.country.at(), recipe);
        let project = a.checked_sub(draft.plants.len()).map(|p| &draft.projects[p]);
        let collects = draft.collectors.iter().any(|c| c.recipe == recipe);
        let (status, lead) = timing(project, class, calendar, slip);
        let overrun = class.map_or(Distribution::Fixed(1.0), |c| c.overrun);
        let name = match (project, class) {
            (Some(project), _) => format!("project/{}", project.id),
            (None, Some(class)) => class.name.clone(),
            (None, None) => "build".to_owned(),
        };
        let of_class = |f: &dyn Fn(&ClassRow) -> f64, otherwise: f64| class.map_or(otherwise, f);
        // a project's own capital replaces its class's; overruns come on top of either
        let capex = match project.and_then(|p| p.capex.map(|c| c / p.capacity)) {
            Some(own) => own,
            None => of_class(&|c| c.capex, 0.0),
        };
        network.ventures.push(Venture {
            status,
            expands: class.is_some_and(|c| c.expands) && !collects,
            losing_below: if collects || !class.is_some_and(|c| c.idles) {
                0.0
            } else {
                losing_below(agent.entity)
            },
            capex_usd: capex * WEEKS,
            ramp_weeks: of_class(&|c| c.ramp_weeks, 1.0),
            required_return: of_class(&|c| c.required_return, 0.1),
            life_years: of_class(&|c| c.life_years, 20.0),
            restart_usd: of_class(&|c| c.restart_share, 0.0) * agent.own_cost_usd * WEEKS,
            restart_share: of_class(&|c| c.lead.central() / SLOW_TO_BUILD, 1.0).clamp(LEAST_RESTART, 1.0),
            begun: begun(project, class, calendar),
            chain: None,
            owner: None,
        });
        construction.push(ConstructionInfo {
            lead: Uncertain { name: format!("{name}/lead"), distribution: lead },
            overrun: Uncertain { name: format!("{name}/overrun"), distribution: overrun },
        });
    }
    chain(draft, network);
    construction
}

/// Finds plants and projects of one owner that supply each other: they run as one, and projects that are still open are
/// decided as one, none before all may start.
fn chain(draft: &Draft, network: &mut Network) {
    let open = |a: usize| matches!(network.ventures[a].status, Status::Open(_));
    let owners = linked(draft, network, |_| true);
    let chains = linked(draft, network, open);
    for (place, members) in owners.iter().enumerate() {
        members.iter().for_each(|a| network.ventures[a.at()].owner = Some(place));
    }
    for (place, members) in chains.iter().enumerate() {
        let starts = members.iter().filter_map(|a| match network.ventures[a.at()].status {
            Status::Open(week) => Some(week),
            _ => None,
        });
        let together = starts.max().unwrap_or(SPIN_UP_WEEKS);
        for a in members {
            let venture = &mut network.ventures[a.at()];
            (venture.chain, venture.status) = (Some(place), Status::Open(together));
        }
    }
    (network.owners, network.chains) = (owners, chains);
}

/// Groups of facilities with the same owner that are joined by links, of those that count.
fn linked(draft: &Draft, network: &Network, counts: impl Fn(usize) -> bool) -> Vec<Vec<AgentId>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for link in &network.links {
        let (seller, buyer) =
            (network.outputs[link.seller.at()].agent.at(), network.inputs[link.buyer.at()].agent.at());
        if seller >= network.facilities || buyer >= network.facilities || !counts(seller) || !counts(buyer) {
            continue;
        }
        let owner = firm(draft, seller);
        if owner.is_empty() || owner != firm(draft, buyer) {
            continue;
        }
        let (joined, mut apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|g| g.contains(&seller) || g.contains(&buyer));
        let mut group: Vec<usize> = joined.into_iter().flatten().chain([seller, buyer]).collect();
        group.sort_unstable();
        group.dedup();
        apart.push(group);
        groups = apart;
    }
    groups.sort();
    groups.into_iter().map(|g| g.into_iter().map(AgentId::from).collect()).collect()
}

/// Revenue over cash cost below which a plant counts as losing, from [`BEARS`] to 1: owners differ, by the hash of the id.
fn losing_below(entity: Entity) -> f64 {
    let [u, _] = Chance::new(0, 0).uniforms(Stream::Parameter, entity, 0);
    1.0 - (1.0 - BEARS) * u
}

/// What there is of a facility at the reference level, and the weeks that what is built takes.
fn timing(
    project: Option<&ProjectRow>,
    class: Option<&ClassRow>,
    calendar: Calendar,
    slip: Distribution,
) -> (Status, Distribution) {
    let lead = class.map_or(Distribution::Fixed(WEEKS), |c| c.lead);
    let Some(project) = project else { return (Status::Running, lead) };
    let start = f64::from(SPIN_UP_WEEKS);
    let weeks = project.start.map_or(0.0, |date| (calendar.moment(date) - start).max(0.0));
    match project.progress {
        Progress::Operating => (Status::Committed, Distribution::Fixed(weeks.max(1.0))),
        Progress::Construction => (Status::Committed, shift(slip, weeks)),
        Progress::Planned => {
            let first = start + (weeks - lead.central()).max(0.0);
            (Status::Open(first as u32), lead)
        }
        Progress::Proposed => (Status::Open(SPIN_UP_WEEKS), lead),
    }
}

/// Share of the way from decision to first output that a committed project has gone when the calendar starts.
fn begun(project: Option<&ProjectRow>, class: Option<&ClassRow>, calendar: Calendar) -> f64 {
    let (status, _) = timing(project, class, calendar, Distribution::Fixed(0.0));
    let (Status::Committed, Some(class), Some(date)) = (status, class, project.and_then(|p| p.start)) else {
        return 0.0;
    };
    let left = (calendar.moment(date) - f64::from(SPIN_UP_WEEKS)).max(0.0);
    (1.0 - left / class.lead.central()).clamp(0.0, MOST_BEGUN)
}

/// Sets what everybody expects of orders and activity: the growth of the final demand in which they end.
///
/// ```text
/// g(output) = Σ flow·(g(buyer) − τ)/Σ flow;   g(agent) = Σ value·g(output)/Σ value
/// ```
pub fn set_outlooks(draft: &Draft, network: &mut Network) {
    let facilities = network.facilities;
    for (user, place) in draft.users.iter().zip(facilities..) {
        network.agents[place].outlook = draft.growth_of(user.sector, user.country);
    }
    let mut leaner = vec![0.0; network.inputs.len()];
    for rule in &network.thrifts {
        rule.inputs.iter().for_each(|i| leaner[i.at()] = rule.trend);
    }
    // growth travels up the chain one stage a sweep; scrap takes some more
    for _ in 0..3 * network.stages {
        let mut sums = vec![(0.0, 0.0); network.outputs.len()];
        for link in &network.links {
            let buyer = network.inputs[link.buyer.at()].agent.at();
            let sum = &mut sums[link.seller.at()];
            sum.0 += link.base_flow * (network.agents[buyer].outlook - leaner[link.buyer.at()]);
            sum.1 += link.base_flow;
        }
        for (output, (growth, flow)) in network.outputs.iter_mut().zip(sums) {
            output.outlook = if flow > 0.0 { growth / flow } else { 0.0 };
        }
        for a in 0..facilities {
            let outputs = network.outputs_of(&network.agents[a]).map(|o| &network.outputs[o]);
            let (mut growth, mut value) = (0.0, 0.0);
            for output in outputs {
                let sold = output.per_activity * (1.0 - output.surplus_share) * output.reference_price;
                growth += sold * output.outlook;
                value += sold;
            }
            network.agents[a].outlook = if value > 0.0 { growth / value } else { 0.0 };
        }
    }
    // a project expects what the plants that make the same expect
    let main =
        |network: &Network, a: usize| network.outputs[network.agents[a].outputs.start as usize].commodity;
    for a in draft.plants.len()..facilities {
        let same: Vec<f64> = (0..draft.plants.len())
            .filter(|b| main(network, *b) == main(network, a))
            .map(|b| network.agents[b].outlook)
            .collect();
        network.agents[a].outlook = same.iter().sum::<f64>() / same.len().max(1) as f64;
        for o in network.outputs_of(&network.agents[a].clone()) {
            network.outputs[o].outlook = network.agents[a].outlook;
        }
    }
}
