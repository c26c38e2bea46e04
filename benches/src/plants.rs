//! The long run: goods that come back, what owners build, what is idle and what closes.

use crate::state::{Goods, Plant, Reference, least, most, positive};
use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::network::{Agent, Collector, Status};
use chokepoint_core::state::State;
use chokepoint_core::time::QUARTER_WEEKS;
use chokepoint_core::time::{SPIN_UP_WEEKS, Week};

/// How fast the margin that an owner looks at follows that of the week.
const MARGIN_SPEED: f64 = 1.0 / 13.0;
/// Margin, at what the market asks this quarter, for which an idle plant is started again.
const RESTART_MARGIN: f64 = 1.05;
/// Additions below this share of a plant are not begun.
const SMALLEST_ADDITION: f64 = 1e-4;
/// No owner asks for a smaller return, per year.
const LOWEST_RETURN: f64 = 0.005;

impl Plant {
    pub(super) fn at_reference(state: &State<f64>, a: usize) -> Self {
        let plants = &state.plants;
        Self {
            installed: plants.installed[a],
            adding: 0.0,
            work: 0.0,
            thirds: [0.0; 3],
            running: true,
            closed: false,
            margin: plants.margin[a],
            losing: 0.0,
            idle: 0.0,
            restart: 0.0,
            book: 0.0,
            capital: 0.0,
            restarting: 0.0,
            closing: 0.0,
        }
    }

    /// What can be used of what stands.
    pub(super) fn usable(&self) -> f64 {
        if self.running { self.installed } else { 0.0 }
    }

    /// What of it buyers can count on, over the capacity of the plant at the reference level or of the whole project.
    pub(super) fn open(&self, capacity: f64) -> f64 {
        self.usable() * (1.0 / capacity)
    }

    /// Follows revenue over cash cost.
    pub(super) fn look_at(&mut self, earned: f64) {
        self.margin += MARGIN_SPEED * (earned - self.margin);
    }

    /// Spent on capacity and on a restart, and lost by closing, this week.
    pub(super) fn outlays(&self) -> [f64; 3] {
        [self.capital, self.restarting, self.closing]
    }

    /// A week of restart work; the plant runs once it is done.
    fn restart_work(&mut self) {
        if self.restart > 0.0 {
            self.restart = positive(self.restart - 1.0);
            if self.restart == 0.0 {
                self.running = true;
                self.margin = RESTART_MARGIN;
                self.losing = 0.0;
            }
        }
    }

    /// Gives up what stands and what is in progress.
    fn close(&mut self) {
        self.closing = self.book;
        self.closed = true;
        self.installed = 0.0;
        self.adding = 0.0;
        self.thirds = [0.0; 3];
        self.book = 0.0;
    }
}

impl Goods {
    pub(super) fn at_reference(collector: &Collector) -> Self {
        Self { cohorts: collector.cohorts.iter().map(|c| c.at_reference().collect()).collect() }
    }
}

impl Reference<'_> {
    /// Goods reach the end of their life; what collectors find of them is their capacity this week.
    pub(super) fn come_back(&mut self, week: Week) {
        let network = self.network;
        let passes = self.replicates.trends && week >= SPIN_UP_WEEKS;
        for (goods, collector) in self.goods.iter_mut().zip(&network.collectors) {
            let mut returned = 0.0;
            for (ages, cohort) in goods.cohorts.iter_mut().zip(&collector.cohorts) {
                let rate = cohort.ages as f64 / cohort.life_weeks;
                returned += ages[cohort.ages - 1] * rate;
                if passes {
                    let mut entering = 0.0;
                    for (p, tonnes) in &cohort.sources {
                        entering += self.activity[network.facilities + *p] * *tonnes;
                    }
                    for age in ages.iter_mut() {
                        let leaving = *age * rate;
                        *age += entering - leaving;
                        entering = leaving;
                    }
                }
            }
            let a = collector.agent.at();
            let o = network.agents[a].outputs.start as usize;
            let output = &network.outputs[o];
            let costlier = ln(self.offers[o].price * (1.0 / output.reference_price));
            let found = least(exp(costlier * collector.elasticity) * collector.share, collector.most);
            self.plants[a].installed = returned * found * (1.0 / output.per_activity);
        }
    }

    /// Plants at the end of a week: every quarter owners look ahead, stop, start, close and build; works go on.
    pub(super) fn long_run(&mut self, week: Week) {
        let review = week % QUARTER_WEEKS == QUARTER_WEEKS - 1;
        if review {
            self.look_ahead();
        }
        if week < SPIN_UP_WEEKS {
            return;
        }
        self.idle(review);
        if review {
            self.invest(week);
        }
        self.build(week);
    }

    /// The prices that investors reckon with follow what suppliers that run ask and what buyers are offered.
    fn look_ahead(&mut self) {
        let (network, speed) = (self.network, self.replicates.behaviour.outlook_speed);
        // as far as a control binds: what scarcity behind it adds is not the seller's
        let depths: Vec<f64> = self.trades.iter().map(|t| t.part * self.depth(t.size)).collect();
        for offer in &mut self.offers {
            (offer.reckoned, offer.reckoned_for) = (0.0, 0.0);
        }
        for (i, input) in network.inputs.iter().enumerate() {
            let (mut offers, mut weights) = (0.0, 0.0);
            let (mut idle_offers, mut idle_weights) = (0.0, 0.0);
            for l in network.links_of(input) {
                let link = &network.links[l];
                let o = link.seller.at();
                let plant = &self.plants[network.outputs[o].agent.at()];
                if plant.installed > 0.0 {
                    let weight = (1.0 - depths[l]) * (link.base_share + link.entry_share);
                    let posted = self.offers[o].price;
                    let delivered = posted * (1.0 + link.tariff) + link.freight;
                    idle_offers += delivered * weight;
                    idle_weights += weight;
                    if plant.running {
                        offers += delivered * weight;
                        weights += weight;
                    }
                }
            }
            let s = &mut self.stocks[i];
            let offered = if weights > 1e-9 {
                offers / weights
            } else if idle_weights > 1e-9 {
                idle_offers / idle_weights
            } else {
                s.outlook
            };
            s.offered = offered;
            let before = ln(s.outlook);
            s.outlook = exp(before + speed * (ln(offered) - before));
            for l in network.links_of(input) {
                let link = &network.links[l];
                let volume = s.long_use * (link.base_share + link.entry_share);
                let offer = &mut self.offers[link.seller.at()];
                let own = offered - link.freight;
                let earned = own + depths[l] * (offer.price - own);
                offer.reckoned += volume * earned;
                offer.reckoned_for += volume;
            }
        }
        for (offer, output) in self.offers.iter_mut().zip(&network.outputs) {
            if offer.reckoned_for > 1e-12 {
                let offered = most(offer.reckoned / offer.reckoned_for, 1e-3 * output.reference_price);
                offer.bid = offered;
                let before = ln(offer.outlook);
                offer.outlook = exp(before + speed * (ln(offered) - before));
            }
        }
    }

    /// Weeks of losses and of idleness; once a quarter a plant stops, starts again or closes.
    fn idle(&mut self, review: bool) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        for (a, venture) in network.ventures.iter().enumerate() {
            let ahead = if review { self.margin_ahead(&network.agents[a]) } else { 0.0 };
            let plant = &mut self.plants[a];
            let stands = plant.installed > 0.0;
            let loses = stands && plant.running && plant.margin < venture.losing_below;
            plant.losing = if loses { plant.losing + 1.0 } else { 0.0 };
            plant.idle = if plant.running { 0.0 } else { plant.idle + 1.0 };
            (plant.restarting, plant.closing) = (0.0, 0.0);
            plant.restart_work();
            if !review {
                continue;
            }
            let stops = plant.running && plant.losing >= behaviour.idling_weeks;
            if stops {
                plant.running = false;
            }
            if plant.running || plant.closed {
                continue;
            }
            if !stops && ahead >= RESTART_MARGIN && plant.restart == 0.0 {
                plant.restart = behaviour.restart_weeks * venture.restart_share;
                plant.restarting = plant.installed * venture.restart_usd;
            }
            let lasted = plant.restart == 0.0 && plant.idle >= behaviour.closing_weeks;
            if lasted && (stands || venture.status == Status::Running) {
                plant.close();
            }
        }
    }

    /// Revenue over cash cost at what the market asks this quarter.
    fn margin_ahead(&self, agent: &Agent) -> f64 {
        let network = self.network;
        let mut revenue = 0.0;
        for o in network.outputs_of(agent) {
            let output = &network.outputs[o];
            revenue += self.offers[o].bid * (output.per_activity * (1.0 - output.surplus_share));
        }
        let mut cost = agent.own_cost_usd;
        for i in network.inputs_of(agent) {
            cost += self.stocks[i].offered * network.inputs[i].per_activity;
        }
        revenue / cost
    }

    /// Owners start what pays: additions to what runs, and projects.
    fn invest(&mut self, week: Week) {
        let network = self.network;
        let chains: Vec<f64> = network
            .chains
            .iter()
            .map(|chain| chain.iter().map(|a| self.rest(a.at()) * network.agents[a.at()].capacity).sum())
            .collect();
        for (a, venture) in network.ventures.iter().enumerate() {
            let rest = venture.chain.map_or_else(|| self.rest(a), |c| chains[c]);
            if !self.plants[a].running || self.plants[a].closed || rest < 0.0 {
                continue;
            }
            let agent = &network.agents[a];
            if venture.expands && self.plants[a].installed >= 0.99 * agent.capacity {
                let inputs = network.inputs_of(agent);
                let short = inputs.map(|i| self.stocks[i].undelivered()).fold(0.0, most);
                let more = self.addition(a) * (1.0 - short);
                self.plants[a].thirds[0] += more;
            }
            if let Status::Open(first) = venture.status
                && week >= first
                && self.replicates.trends
                && self.fed(a)
            {
                let plant = &mut self.plants[a];
                if plant.adding + plant.installed <= 0.0 {
                    (plant.adding, plant.work) = (agent.capacity, 0.0);
                }
            }
        }
    }

    /// Activity a week that an owner is short of when an addition would be there.
    fn addition(&self, a: usize) -> f64 {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        let (agent, plant) = (&network.agents[a], &self.plants[a]);
        let growth = if self.replicates.trends { behaviour.demand_growth * agent.outlook } else { 0.0 };
        let ahead = exp(growth * ((self.delay(a) + f64::from(QUARTER_WEEKS)) * (1.0 / 52.0)));
        let spare = if agent.base_activity > 0.0 { agent.capacity / agent.base_activity } else { 1.0 };
        let (mut asked, mut weight) = (0.0, 0.0);
        for o in network.outputs_of(agent) {
            let (offer, output) = (&self.offers[o], &network.outputs[o]);
            if output.drives {
                asked += offer.price * offer.expected;
                weight += offer.price * (output.per_activity * (1.0 - output.surplus_share));
            }
        }
        let expected = asked / most(weight, 1e-300);
        let in_construction = plant.thirds[0] + plant.thirds[1] + plant.thirds[2];
        let missing = expected * ahead * spare - plant.installed - in_construction;
        if missing > plant.installed * SMALLEST_ADDITION {
            let step = behaviour.expansion_step * (f64::from(QUARTER_WEEKS) / 52.0);
            least(missing, plant.installed * step)
        } else {
            0.0
        }
    }

    /// Whether every input has a supplier that stands, is being built or comes with it.
    fn fed(&self, a: usize) -> bool {
        let network = self.network;
        let chain = network.ventures[a].chain;
        network.inputs_of(&network.agents[a]).all(|i| {
            network.links_of(&network.inputs[i]).any(|l| {
                let seller = network.outputs[network.links[l].seller.at()].agent.at();
                let plant = &self.plants[seller];
                let stands = !plant.closed && plant.installed + plant.adding > 0.0;
                stands || (chain.is_some() && network.ventures[seller].chain == chain)
            })
        })
    }

    /// What a year's margin at expected prices leaves of what the owner asks of the capital.
    fn rest(&self, a: usize) -> f64 {
        let network = self.network;
        let (agent, venture) = (&network.agents[a], &network.ventures[a]);
        let mut margin = -agent.own_cost_usd;
        for o in network.outputs_of(agent) {
            let output = &network.outputs[o];
            margin += self.offers[o].outlook * (output.per_activity * (1.0 - output.surplus_share));
        }
        for i in network.inputs_of(agent) {
            margin -= self.stocks[i].outlook * network.inputs[i].per_activity;
        }
        let capital = self.replicates.construction[a].overrun * venture.capex_usd;
        let rate = most(venture.required_return, LOWEST_RETURN);
        let annuity = rate / (1.0 - exp(-(ln(1.0 + rate) * venture.life_years)));
        margin * 52.0 - capital * annuity
    }

    /// Works go on, capital is spent and written off.
    fn build(&mut self, week: Week) {
        let network = self.network;
        let begins = week == SPIN_UP_WEEKS && self.replicates.trends;
        for (a, venture) in network.ventures.iter().enumerate() {
            if begins && venture.status == Status::Committed {
                self.plants[a].adding = network.agents[a].capacity;
            }
            self.plants[a].capital = 0.0;
            if venture.expands {
                self.expand(a, begins && venture.status == Status::Running);
            }
            let construction = &self.replicates.construction[a];
            let plant = &mut self.plants[a];
            if plant.adding > 0.0 {
                let lead = most(construction.lead, 1.0);
                let ramp = most(venture.ramp_weeks, 1.0);
                let before = plant.work;
                let after = before + 1.0;
                let built = least(after, lead) - least(before, lead);
                let ramped = least(positive(after - lead), ramp) - least(positive(before - lead), ramp);
                plant.capital += construction.overrun * venture.capex_usd * plant.adding * (built / lead);
                plant.installed += plant.adding * (ramped / ramp);
                plant.work = after;
                if after >= lead + ramp {
                    (plant.adding, plant.work) = (0.0, 0.0);
                }
                let agent = &network.agents[a];
                if agent.base_activity == 0.0 && plant.adding > 0.0 {
                    for o in network.outputs_of(agent) {
                        let output = &network.outputs[o];
                        let sold = output.per_activity * (1.0 - output.surplus_share);
                        let offer = &mut self.offers[o];
                        offer.expected = most(offer.expected, plant.installed * sold);
                    }
                    for i in network.inputs_of(agent) {
                        let stock = &mut self.stocks[i];
                        let needed = stock.intensity * network.inputs[i].per_activity;
                        stock.short_use = most(stock.short_use, self.wanted[a] * needed);
                        stock.long_use = most(stock.long_use, self.wanted[a] * needed);
                    }
                }
            }
            let kept = 1.0 - 1.0 / (52.0 * venture.life_years);
            plant.book = plant.book * kept + plant.capital;
        }
    }

    /// Additions move through three thirds of their way; in the first they cost, after the last they stand.
    fn expand(&mut self, a: usize, begins: bool) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        let speed = 3.0 / most(self.delay(a), 3.0);
        let plant = &mut self.plants[a];
        if begins {
            // what growth at the outlook has left in progress
            let weekly = behaviour.demand_growth * (most(network.agents[a].outlook, 0.0) / 52.0);
            let mut flow = plant.installed * weekly;
            for third in plant.thirds.iter_mut().rev() {
                *third = flow / speed;
                flow *= 1.0 + weekly / speed;
            }
        }
        let [first, second, third] = plant.thirds;
        let moved = [first * speed, second * speed, third * speed];
        plant.thirds = [first - moved[0], second + moved[0] - moved[1], third + moved[1] - moved[2]];
        plant.installed += moved[2];
        plant.capital = self.replicates.construction[a].overrun * network.ventures[a].capex_usd * moved[0];
    }

    /// Mean weeks from a decision to capacity.
    fn delay(&self, a: usize) -> f64 {
        self.replicates.construction[a].lead + 0.5 * self.network.ventures[a].ramp_weeks
    }
}
