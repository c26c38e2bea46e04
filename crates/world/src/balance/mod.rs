//! From plans to flows: demand is propagated upstream through recipes and trade until every activity is known.
//!
//! Closing order: recorded oxide output, then mine tonnage, then assay (the split between elements), each
//! scaled as far as needed; every adjustment is kept, and one that leaves its tolerance gets a warning.

mod records;

use crate::catalogue::Check;
use crate::draft::{Draft, Drive};
use crate::trade::{self, Flow, Known, Side, Thinning};

/// A change of more than this share gets a named warning.
pub const TOLERANCE: f64 = 0.20;
/// Suppliers per buyer that are kept where many plants make the same.
const THINNING: Thinning = Thinning { suppliers: 6, least_share: 0.01 };

/// One number that was moved to make the chain close.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjustment {
    /// What was moved.
    pub what: String,
    /// From.
    pub from: f64,
    /// To.
    pub to: f64,
    /// Unit.
    pub unit: String,
}

impl Adjustment {
    /// Relative size of the move.
    pub fn relative(&self) -> f64 {
        if self.from == 0.0 { 0.0 } else { self.to / self.from - 1.0 }
    }
}

/// How the balance closed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Balance {
    /// Every number that was moved.
    pub adjustments: Vec<Adjustment>,
    /// Recorded against modelled.
    pub checks: Vec<Check>,
    /// Share of each joint product's primary output that finds no buyer, by commodity id.
    pub surplus: Vec<(String, f64)>,
}

/// The chain at the reference level, tonnes (or units) a year.
#[derive(Clone, Debug, Default)]
pub struct Rest {
    /// Activity by agent: plants, then users.
    pub activity: Vec<f64>,
    /// Tonnes per unit of activity of each plant's outputs, by plant and place in its recipe.
    pub coefficients: Vec<Vec<f64>>,
    /// Share of each output that finds no buyer, by plant and place.
    pub surplus: Vec<Vec<f64>>,
    /// Flows by commodity; sellers are (plant, place of the output), buyers (agent, place of the input).
    pub flows: Vec<CommodityFlows>,
}

/// Flows of one commodity.
#[derive(Clone, Debug, Default)]
pub struct CommodityFlows {
    /// Plant and place among its outputs.
    pub sellers: Vec<(usize, usize)>,
    /// Agent and place among its inputs.
    pub buyers: Vec<(usize, usize)>,
    /// Flows between them.
    pub flows: Vec<Flow>,
}

/// Propagates demand upstream.
pub struct Propagation<'a> {
    draft: &'a Draft,
    rest: Rest,
    known: Vec<bool>,
    balance: Balance,
}

/// Runs the propagation; `Err` names the commodities that could not be reached.
pub fn close(draft: &Draft) -> Result<(Rest, Balance), Vec<String>> {
    let agents = draft.plants.len() + draft.users.len();
    let mut run = Propagation {
        draft,
        rest: Rest {
            activity: vec![0.0; agents],
            coefficients: draft.plants.iter().map(|p| coefficients(draft, p.recipe)).collect(),
            surplus: draft.plants.iter().map(|p| vec![0.0; draft.recipes[p.recipe].outputs.len()]).collect(),
            flows: vec![CommodityFlows::default(); draft.commodities.len()],
        },
        known: vec![false; agents],
        balance: Balance::default(),
    };
    run.start();
    let mut done = vec![false; draft.commodities.len()];
    loop {
        let ready = (0..draft.commodities.len()).find(|c| !done[*c] && run.ready(*c));
        let Some(commodity) = ready else { break };
        run.close(commodity);
        done[commodity] = true;
    }
    let open: Vec<String> =
        (0..done.len()).filter(|c| !done[*c]).map(|c| draft.commodities[c].id.clone()).collect();
    if !open.is_empty() {
        return Err(open);
    }
    run.check();
    Ok((run.rest, run.balance))
}

fn coefficients(draft: &Draft, recipe: usize) -> Vec<f64> {
    draft.recipes[recipe].outputs.iter().map(|(_, t)| *t).collect()
}

impl Propagation<'_> {
    fn start(&mut self) {
        let plants = self.draft.plants.len();
        for (u, user) in self.draft.users.iter().enumerate() {
            self.rest.activity[plants + u] = user.units;
            self.known[plants + u] = true;
        }
        for (p, plant) in self.draft.plants.iter().enumerate() {
            self.rest.activity[p] = plant.recorded;
            self.known[p] = self.draft.recipes[plant.recipe].drive == Drive::Table;
        }
    }

    /// Inputs of an agent: commodity and tonnes per unit.
    fn inputs(&self, agent: usize) -> &[(usize, f64)] {
        match self.draft.plants.get(agent) {
            Some(plant) => &self.draft.recipes[plant.recipe].inputs,
            None => &self.draft.intensity[self.draft.users[agent - self.draft.plants.len()].sector],
        }
    }

    fn buyers(&self, commodity: usize) -> Vec<(usize, usize)> {
        let agents = self.draft.plants.len() + self.draft.users.len();
        (0..agents)
            .flat_map(|a| self.inputs(a).iter().enumerate().map(move |(i, (c, _))| (a, i, *c)))
            .filter(|(_, _, c)| *c == commodity)
            .map(|(a, i, _)| (a, i))
            .collect()
    }

    fn sellers(&self, commodity: usize) -> Vec<(usize, usize)> {
        self.draft
            .plants
            .iter()
            .enumerate()
            .flat_map(|(p, plant)| {
                self.draft.recipes[plant.recipe].outputs.iter().enumerate().map(move |(o, (c, _))| (p, o, *c))
            })
            .filter(|(_, _, c)| *c == commodity)
            .map(|(p, o, _)| (p, o))
            .collect()
    }

    fn drive(&self, plant: usize) -> Drive {
        self.draft.recipes[self.draft.plants[plant].recipe].drive
    }

    /// Whether orders for this output set its plant's activity.
    fn pulled(&self, seller: (usize, usize)) -> bool {
        seller.1 == 0 && self.drive(seller.0) == Drive::Orders
    }

    /// A commodity can be closed once its buyers, and those of its sellers that it does not drive, are known.
    fn ready(&self, commodity: usize) -> bool {
        let buyers_known = self
            .buyers(commodity)
            .iter()
            .all(|(a, _)| self.known[*a] || (*a < self.draft.plants.len() && self.drive(*a) == Drive::Feed));
        let sellers_known = self.sellers(commodity).iter().all(|s| self.known[s.0] || self.pulled(*s));
        buyers_known && sellers_known
    }

    fn country(&self, agent: usize) -> usize {
        match self.draft.plants.get(agent) {
            Some(plant) => plant.country,
            None => self.draft.users[agent - self.draft.plants.len()].country,
        }
    }

    fn need(&self, buyer: (usize, usize)) -> f64 {
        self.rest.activity[buyer.0] * self.inputs(buyer.0)[buyer.1].1
    }

    fn output(&self, seller: (usize, usize)) -> f64 {
        self.rest.activity[seller.0] * self.rest.coefficients[seller.0][seller.1]
    }

    fn close(&mut self, commodity: usize) {
        let (sellers, buyers) = (self.sellers(commodity), self.buyers(commodity));
        let supply: f64 = sellers.iter().map(|s| self.output(*s)).sum();
        let need: f64 = buyers.iter().map(|b| self.need(*b)).sum();
        if buyers.iter().any(|(a, _)| !self.known[*a]) {
            self.feed(&buyers, supply, need);
        } else if sellers.iter().all(|s| self.pulled(*s)) {
            self.note_scaling(commodity, supply, need);
        } else {
            self.match_joint_supply(commodity, &sellers, supply, need);
        }
        self.trade(commodity, sellers, buyers);
    }

    /// Plants that run on a by-product share all of it by size.
    fn feed(&mut self, buyers: &[(usize, usize)], supply: f64, need: f64) {
        for (agent, _) in buyers {
            let plant = &self.draft.plants[*agent];
            let scaled = plant.recorded * supply / need;
            self.balance.adjustments.push(Adjustment {
                what: format!("activity of {}", plant.id),
                from: plant.recorded,
                to: scaled,
                unit: "t/y".to_owned(),
            });
            self.rest.activity[*agent] = scaled;
            self.known[*agent] = true;
        }
    }

    fn note_scaling(&mut self, commodity: usize, supply: f64, need: f64) {
        self.balance.adjustments.push(Adjustment {
            what: format!("output of {}", self.draft.commodities[commodity].id),
            from: supply,
            to: need,
            unit: "t/y".to_owned(),
        });
    }

    /// Joint products: too little is closed by the assay (the split), as is a small surplus; a large surplus is disposed of.
    fn match_joint_supply(&mut self, commodity: usize, sellers: &[(usize, usize)], supply: f64, need: f64) {
        let primary: Vec<(usize, usize)> =
            sellers.iter().copied().filter(|(p, _)| self.drive(*p) == Drive::Table).collect();
        let from_primary: f64 = primary.iter().map(|s| self.output(*s)).sum();
        if from_primary <= 0.0 {
            return;
        }
        let wanted = (need - (supply - from_primary)).max(0.0);
        let factor = wanted / from_primary;
        if factor >= 1.0 - TOLERANCE {
            self.balance.adjustments.push(Adjustment {
                what: format!("{} per tonne of feed (assay split)", self.draft.commodities[commodity].id),
                from: from_primary,
                to: wanted,
                unit: "t/y".to_owned(),
            });
            for (plant, place) in primary {
                self.rest.coefficients[plant][place] *= factor;
            }
        } else {
            for (plant, place) in primary {
                self.rest.surplus[plant][place] = 1.0 - factor;
            }
            self.balance.surplus.push((self.draft.commodities[commodity].id.clone(), 1.0 - factor));
        }
    }

    fn trade(&mut self, commodity: usize, sellers: Vec<(usize, usize)>, buyers: Vec<(usize, usize)>) {
        let draft = self.draft;
        let joint = sellers.iter().any(|s| !self.pulled(*s));
        let sides = |list: &[(usize, usize)], amount: &dyn Fn((usize, usize)) -> f64| -> Vec<Side> {
            list.iter().map(|x| Side { country: self.country(x.0), tonnes: amount(*x) }).collect()
        };
        let sold = |s: (usize, usize)| self.output(s) * (1.0 - self.rest.surplus[s.0][s.1]);
        let selling = sides(&sellers, &sold);
        let buying = sides(&buyers, &|b| self.need(b));
        let stage = draft.commodities[commodity].stage;
        let known = self.known_flows(commodity, &buying);
        let willing: Vec<Vec<f64>> = (0..draft.countries.len())
            .map(|o| (0..draft.countries.len()).map(|d| draft.willingness(stage, o, d)).collect())
            .collect();
        let recorded = |o: usize, d: usize| known.iter().any(|k| k.origin == o && k.destination == d);
        let affinity = |o: usize, d: usize| {
            if recorded(o, d) { willing[o][d].max(0.2) } else { willing[o][d] }
        };
        let flows = trade::fit(&selling, &buying, &known, affinity, THINNING, joint);
        let mut sums = vec![0.0; sellers.len()];
        for flow in &flows {
            sums[flow.seller] += flow.tonnes;
        }
        for (seller, sum) in sellers.iter().zip(&sums) {
            let (plant, place) = *seller;
            if self.pulled(*seller) {
                self.rest.activity[plant] = sum / self.rest.coefficients[plant][place];
                self.known[plant] = true;
            } else {
                let made = self.output(*seller);
                if *sum > made && self.drive(plant) == Drive::Table {
                    self.rest.coefficients[plant][place] *= sum / made.max(1e-300);
                    self.rest.surplus[plant][place] = 0.0;
                } else if made > 0.0 {
                    self.rest.surplus[plant][place] = (1.0 - sum / made).max(0.0);
                }
            }
        }
        self.rest.flows[commodity] = CommodityFlows { sellers, buyers, flows };
    }

    /// Recorded flows that count for this commodity; a flow of several together is split by what the destination needs.
    fn known_flows(&self, commodity: usize, buying: &[Side]) -> Vec<Known> {
        let need_of = |c: usize, country: usize| -> f64 {
            self.buyers(c).iter().filter(|b| self.country(b.0) == country).map(|b| self.need(*b)).sum()
        };
        self.draft
            .recorded_flows
            .iter()
            .filter(|r| r.commodities.contains(&commodity))
            .filter_map(|r| {
                let here: f64 =
                    buying.iter().filter(|b| b.country == r.flow.destination).map(|b| b.tonnes).sum();
                let all: f64 = if r.commodities.len() == 1 {
                    here
                } else {
                    r.commodities.iter().map(|c| need_of(*c, r.flow.destination)).sum()
                };
                (all > 0.0).then(|| Known { tonnes: r.flow.tonnes * here / all, ..r.flow })
            })
            .collect()
    }
}
