//! Arrivals, production and designs.

use crate::state::{Reference, Stock, beyond, clip, least, most, positive};
use chokepoint_core::design::{GiveKind, ThriftRule};
use chokepoint_core::id::AgentId;
use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::network::Role;
use chokepoint_core::time::REVIEW_WEEKS;
use chokepoint_core::time::{SPIN_UP_WEEKS, Week};

/// Revenue over cash cost at which a plant stands half still, and the distance from there to standing still.
pub(super) const HALF_POINT: f64 = 0.85;
pub(super) const HALF_WIDTH: f64 = 0.15;
/// Fill rate below which an input counts as undelivered, and how fast it does.
const DELIVERED: f64 = 0.9;
const UNDELIVERED_SLOPE: f64 = 5.0;
/// A stock above this many times its target is disposed of.
const HOARD_LIMIT: f64 = 3.0;
/// Log price change for which nobody changes a design.
const UNNOTICED: f64 = 0.15;

impl Stock {
    /// How far it is not delivered as ordered.
    pub(super) fn undelivered(&self) -> f64 {
        clip((DELIVERED - self.fill) * UNDELIVERED_SLOPE, 0.0, 1.0)
    }

    /// Activity that it leaves to plan for.
    fn leaves(&self, wanted: f64) -> f64 {
        wanted + self.undelivered() * (least(self.possible, wanted) - wanted)
    }

    /// Changes the intensity; the new design is ordered for at once.
    fn redesign(&mut self, intensity: f64) {
        let change = intensity / self.intensity;
        self.intensity = intensity;
        self.short_use *= change;
        self.long_use *= change;
        self.usual_use *= change;
    }
}

impl Reference<'_> {
    /// Goods in transit that are due enter input stocks.
    pub(super) fn arrive(&mut self, week: Week) {
        for (i, input) in self.network.inputs.iter().enumerate() {
            let mut arrived = 0.0;
            for l in self.network.links_of(input) {
                let lag = self.network.links[l].lag_weeks;
                arrived += self.trades[l].pipe[(week % lag) as usize];
            }
            let s = &mut self.stocks[i];
            s.arrived = arrived;
            s.stock += arrived;
            s.in_transit = positive(s.in_transit - arrived);
        }
    }

    /// For a while users do with less of what does not come.
    pub(super) fn give(&mut self) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        let (threshold, low) = (behaviour.reliability_threshold, 0.5);
        for (place, rule) in network.thrifts.iter().enumerate() {
            let Some(give) = rule.give else { continue };
            let design = self.designs[place].intensity;
            let bound = match give.kind {
                GiveKind::Part => behaviour.give_part,
                GiveKind::Feature => behaviour.give_feature,
                GiveKind::Grade => behaviour.give_grade,
                GiveKind::Process => behaviour.give_process,
            };
            let bound = least(bound, positive(1.0 - rule.floor / design));
            let limit = rule.substitute.map_or(1.0, |substitute| {
                let s = &self.stocks[substitute.input.at()];
                let held = positive(s.stock - s.arrived - s.cover * s.long_use * low);
                let spare = held * (1.0 / most(give.weeks, 1.0)) + positive(s.arrived - s.long_use);
                let used: f64 = rule.inputs.iter().map(|i| self.stocks[i.at()].long_use).sum();
                spare / most(used * substitute.ratio, 1e-300)
            });
            let mut saved = 0.0;
            for i in &rule.inputs {
                let s = &mut self.stocks[i.at()];
                let undelivered = positive(threshold - s.fill) / most(threshold, 1e-300);
                let held = positive(s.stock - s.arrived);
                let empty = positive(1.0 - held / most(s.cover * s.long_use * low, 1e-300));
                let goal = least(most(most(undelivered, empty), s.most_given * rule.kept_share), bound);
                s.given = least(s.given + (goal - s.given) * (1.0 / most(give.weeks, 1.0)), limit);
                s.most_given = most(s.most_given, s.given);
                s.stretch = 1.0 - s.given;
                saved += design * s.given * network.inputs[i.at()].per_activity;
            }
            if let Some(substitute) = rule.substitute {
                let i = substitute.input.at();
                let more = saved * (substitute.ratio / network.inputs[i].per_activity);
                self.stocks[i].stretch = 1.0 + more / self.stocks[i].intensity;
            }
        }
    }

    /// Facilities follow their orders and margins, final producers their plans.
    pub(super) fn produce(&mut self, week: Week) {
        let network = self.network;
        let years = f64::from(week.saturating_sub(SPIN_UP_WEEKS)) / 52.0;
        for (a, agent) in network.agents.iter().enumerate() {
            match &agent.role {
                Role::Facility => {
                    self.plan_facility(a, week);
                    self.take(a);
                    self.put(a);
                }
                Role::Producer(producer) => {
                    let p = a - network.facilities;
                    let row = week as usize * network.producers + p;
                    let variation = self.replicates.demand.get(row).copied().unwrap_or(1.0);
                    let mut usual = agent.base_activity;
                    if self.replicates.trends && years > 0.0 && producer.growth != 0.0 {
                        usual *= exp(self.replicates.behaviour.demand_growth * (producer.growth * years));
                    }
                    let plan = variation * usual;
                    let overtime = usual * producer.overtime_share;
                    let behaviour = &self.replicates.behaviour;
                    let spare =
                        most(overtime - positive(plan - usual), overtime * behaviour.full_use_overtime);
                    let beyond = network.inputs_of(agent).fold(1e300, |beyond, i| {
                        let (s, input) = (&self.stocks[i], &network.inputs[i]);
                        let per_activity = s.intensity * s.stretch * input.per_activity;
                        let came = positive(s.arrived - plan * per_activity);
                        let held = positive(s.stock - s.arrived - s.target);
                        least(beyond, (came + held) / per_activity)
                    });
                    let catch_up = least(self.backlog[p] * (1.0 / producer.catch_up_weeks), spare);
                    self.wanted[a] = plan + least(catch_up, beyond);
                    if producer.apart {
                        self.take_apart(a)
                    } else {
                        self.take(a)
                    }
                    let owed = positive(self.backlog[p] + plan - self.activity[a]);
                    self.backlog[p] =
                        owed - least(owed / (behaviour.patience * producer.patience_weeks), owed);
                }
                Role::Reserve => {}
            }
        }
    }

    /// Revenue over cash cost of an owner's plants that stand.
    fn owner_margin(&self, members: &[AgentId]) -> f64 {
        let network = self.network;
        let (mut earned, mut spent) = (0.0, 1e-300);
        for agent in members.iter().map(|a| &network.agents[a.at()]) {
            let installed = self.plants[network.outputs[agent.outputs.start as usize].agent.at()].installed;
            let mut cost = agent.own_cost_usd;
            for i in network.inputs_of(agent) {
                let s = &self.stocks[i];
                cost += s.paid * s.intensity * network.inputs[i].per_activity;
            }
            let mut revenue = 0.0;
            for o in network.outputs_of(agent) {
                let output = &network.outputs[o];
                revenue += self.offers[o].price * (output.per_activity * (1.0 - output.surplus_share));
            }
            earned += revenue * installed;
            spent += cost * installed;
        }
        earned / spent
    }

    fn plan_facility(&mut self, a: usize, week: Week) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        let agent = &network.agents[a];
        let mut cost = agent.own_cost_usd;
        for i in network.inputs_of(agent) {
            let s = &self.stocks[i];
            cost += s.paid * s.intensity * network.inputs[i].per_activity;
        }
        self.cost_ratio[a] = cost * (1.0 / self.reference_cost[a]);
        let (mut asked, mut weight, mut revenue) = (0.0, 0.0, 0.0);
        for o in network.outputs_of(agent) {
            let (offer, output) = (&self.offers[o], &network.outputs[o]);
            let earned = offer.price * (output.per_activity * (1.0 - output.surplus_share));
            revenue += earned;
            if output.drives {
                let gap = (offer.cover * offer.expected - offer.stock) / (behaviour.adjustment_weeks * 0.25);
                asked += offer.price * (offer.expected + gap);
                weight += earned;
            }
        }
        let asked = positive(asked / most(weight, 1e-300));
        let margin = revenue / cost;
        let owner = network.ventures.get(a).and_then(|v| v.owner).filter(|_| self.plants[a].installed > 0.0);
        let margin = owner.map_or(margin, |owner| self.owner_margin(&network.owners[owner]));
        self.plants[a].look_at(margin);
        let x = clip((margin - (HALF_POINT - HALF_WIDTH)) * (0.5 / HALF_WIDTH), 0.0, 1.0);
        let willing = asked * (x * x * (3.0 - x * 2.0));
        let row = week as usize * network.facilities + a;
        let variation = self.replicates.availability.get(row).copied().unwrap_or(1.0);
        self.wanted[a] = least(willing, variation * self.plants[a].usable());
    }

    /// Takes inputs for what is wanted, as far as they go.
    fn take(&mut self, a: usize) {
        let network = self.network;
        let range = network.inputs_of(&network.agents[a]);
        let wanted = self.wanted[a];
        let (mut scarcest, mut first, mut second) = (1e300, wanted, wanted);
        for i in range.clone() {
            let possible = self.possible(i, wanted);
            self.stocks[i].possible = possible;
            scarcest = least(scarcest, possible);
            let left = self.stocks[i].leaves(wanted);
            second = least(second, most(left, first));
            first = least(first, left);
        }
        let activity = least(wanted, scarcest);
        self.activity[a] = activity;
        for i in range {
            let s = &mut self.stocks[i];
            let design = s.intensity * network.inputs[i].per_activity;
            let others = if first < s.leaves(wanted) { first } else { second };
            let planned = others + s.undelivered() * (wanted - others);
            s.potential = planned * (design * most(s.stretch, 1.0));
            s.stock = positive(s.stock - activity * (design * s.stretch));
        }
    }

    /// The same where each input makes a product of its own.
    fn take_apart(&mut self, a: usize) {
        let network = self.network;
        let (range, wanted) = (network.inputs_of(&network.agents[a]), self.wanted[a]);
        let all: f64 = range.clone().map(|i| network.inputs[i].per_activity).sum();
        let (mut activity, mut short) = (0.0, false);
        for i in range {
            let possible = self.possible(i, wanted);
            let made = least(wanted, possible);
            let s = &mut self.stocks[i];
            let design = s.intensity * network.inputs[i].per_activity;
            s.potential = wanted * design;
            s.stock = positive(s.stock - made * (design * s.stretch));
            activity += made * (network.inputs[i].per_activity / all);
            short |= possible < wanted;
        }
        self.activity[a] = if short { activity } else { wanted };
    }

    /// Activity that one input allows: all its stock, or what the lines that have any can run.
    fn possible(&mut self, i: usize, wanted: f64) -> f64 {
        let input = &self.network.inputs[i];
        let sigma = self.replicates.behaviour.dispersion * input.spread;
        let s = &mut self.stocks[i];
        let per_activity = s.intensity * input.per_activity * s.stretch;
        let of_all = s.stock / per_activity;
        if sigma <= 0.0 {
            return of_all;
        }
        let mean = most(s.cover * s.long_use, 1e-12);
        let held = s.stock - least(s.arrived, s.stock);
        let gap = positive(wanted * per_activity - least(s.arrived, s.stock));
        let (left, running) = thin(s.depth, mean, sigma);
        let deeper = most(s.depth + (left - held) / most(running, 1e-6), mean - held);
        let at = if held < mean { least(deeper, mean * 1e3) } else { mean - held };
        s.depth = at + gap;
        let served = least(positive(thin(at, mean, sigma).0 - thin(s.depth, mean, sigma).0), held);
        let missing = if s.depth > 0.0 { positive(gap - served) } else { 0.0 };
        least(wanted - missing / per_activity, of_all)
    }

    /// Puts what was made into stock, less what is disposed of.
    fn put(&mut self, a: usize) {
        let (network, response) = (self.network, self.replicates.behaviour.disposal_response);
        let agent = &network.agents[a];
        for o in network.outputs_of(agent) {
            let output = &network.outputs[o];
            let mut produced = self.activity[a] * output.per_activity;
            if let Some(trace) = output.pure {
                produced *= self.taken(agent, trace);
            }
            let offer = &mut self.offers[o];
            let tiny = 1e-9 * output.base_orders + 1e-12;
            let ratio = (offer.stock + tiny) / (offer.cover * offer.expected + tiny);
            let share = if output.surplus_share > 0.0 {
                clip(output.surplus_share + response * ln(ratio), 0.0, 1.0)
            } else {
                clip(response * (ratio * (1.0 / HOARD_LIMIT) - 1.0), 0.0, 1.0)
            };
            offer.put = produced - produced * share;
            offer.stock += offer.put;
        }
    }

    /// Every four weeks: designs use less of what has become expensive.
    pub(super) fn thrift(&mut self, week: Week) {
        let (network, speed) = (self.network, self.replicates.behaviour.thrifting_speed);
        let review = |weeks: f64| least(speed * (f64::from(REVIEW_WEEKS) / most(weeks, 1.0)), 1.0);
        for (place, rule) in network.thrifts.iter().enumerate() {
            let wanted = self.wanted_intensity(rule);
            let design = &mut self.designs[place];
            design.decided += review(rule.delay_weeks) * (wanted - design.decided);
            let kept = 1.0 - (1.0 - design.least) * rule.kept_share;
            let goal = if design.decided < design.intensity {
                design.decided
            } else {
                least(design.decided, most(kept, design.intensity))
            };
            design.intensity += review(rule.weeks) * (goal - design.intensity);
            design.least = least(design.least, design.intensity);
            let now = design.intensity * self.leaner(rule, week);
            let mut saved = 0.0;
            for input in &rule.inputs {
                self.stocks[input.at()].redesign(now);
                saved += (1.0 - now) * network.inputs[input.at()].per_activity;
            }
            if let Some(substitute) = rule.substitute {
                let i = substitute.input.at();
                let more = saved * (substitute.ratio / network.inputs[i].per_activity);
                self.stocks[i].redesign(1.0 + more);
            }
        }
    }

    /// What is left of an intensity after years of leaner designs.
    fn leaner(&self, rule: &ThriftRule, week: Week) -> f64 {
        if rule.trend == 0.0 || week < SPIN_UP_WEEKS || !self.replicates.trends {
            return 1.0;
        }
        let years = f64::from(week - SPIN_UP_WEEKS) / 52.0;
        exp(self.replicates.behaviour.leaner_designs * (-rule.trend * years))
    }

    /// What a new design would use, over use at the reference level.
    fn wanted_intensity(&self, rule: &ThriftRule) -> f64 {
        let network = self.network;
        let (mut asked, mut usual) = (0.0, 0.0);
        for input in &rule.inputs {
            let (s, input) = (&self.stocks[input.at()], &network.inputs[input.at()]);
            asked += exp(s.log_offer) * input.per_activity;
            usual += input.reference_price * input.per_activity;
        }
        let mut costlier = ln(asked * (1.0 / usual));
        if let Some(substitute) = rule.substitute {
            let i = substitute.input.at();
            costlier -= self.stocks[i].log_offer - ln(network.inputs[i].reference_price);
        }
        let noticed = beyond(costlier, UNNOTICED);
        most(
            least(exp(-(noticed * (self.replicates.behaviour.thrifting_strength * rule.elasticity))), 1.0),
            rule.floor,
        )
    }
}

/// Mean stock of log-normal lines beyond a depth, and the share of them that have any.
fn thin(depth: f64, mean: f64, sigma: f64) -> (f64, f64) {
    if depth <= 1e-9 * mean {
        return (mean - depth, 1.0);
    }
    let d = -(ln(most(depth / mean, 1e-9)) / sigma) - sigma * 0.5;
    (positive(mean * normal(d + sigma) - depth * normal(d)), normal(d))
}

/// The normal distribution (Abramowitz and Stegun 1964, 26.2.17).
fn normal(x: f64) -> f64 {
    let size = least(x.abs(), 37.0);
    let k = 1.0 / (size * 0.231_641_9 + 1.0);
    let p =
        ((((1.330_274_429 * k - 1.821_255_978) * k + 1.781_477_937) * k - 0.356_563_782) * k) + 0.319_381_530;
    let beyond = exp(size * size * -0.5) * 0.398_942_280_401_432_7 * (p * k);
    if x < 0.0 { beyond } else { 1.0 - beyond }
}
