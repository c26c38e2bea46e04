//! What a loss would be if the needs of some users were met first.

use crate::arms::{Experiment, FOR_GOOD};
use crate::targets::end_uses;
use crate::timing::Timing;
use chokepoint_core::chance::Distribution;
use chokepoint_core::id::{InputId, LinkId};
use chokepoint_core::plan::{Effect, Event};
use chokepoint_world::uncertain::Uncertain;

impl Experiment {
    /// Share of a sector in the use of the goods of a stage, by mass at the reference level.
    pub fn share_of_sector(&self, stage: usize, sector: usize) -> f64 {
        let uses = end_uses(&self.network);
        let network = &self.network;
        let (mut own, mut all) = (0.0, 0.0);
        for input in &network.inputs {
            if network.commodities[input.commodity.at()].stage.at() == stage {
                all += input.base_use;
                own += input.base_use * uses[input.agent.at()][sector];
            }
        }
        if all > 0.0 { own / all } else { 0.0 }
    }

    /// Meets a sector's needs first: no control keeps back what its final producers buy, and makers of whose output at least
    /// half, by value, ends there; and every seller serves them first, in the baseline as well.
    pub fn serve_first(&mut self, sector: usize) {
        let uses = end_uses(&self.network);
        let network = &self.network;
        let of_sector = |i: &InputId| uses[network.inputs[i.at()].agent.at()][sector] >= 0.5;
        let inputs: Vec<InputId> = (0..network.inputs.len()).map(InputId::from).filter(of_sector).collect();
        let served = |link: &LinkId| inputs.binary_search(&network.links[link.at()].buyer).is_ok();
        let arm = self.bare();
        for event in &mut self.arms[arm].plan.events {
            match &mut event.effect {
                Effect::ExportCap(links) => links.retain(|link| !served(link)),
                Effect::Licence(rule) => rule.links.retain(|licensed| !served(&licensed.link)),
                Effect::Quota(rule) => {
                    rule.groups.iter_mut().for_each(|group| group.links.retain(|link| !served(link)));
                }
                _ => {}
            }
        }
        let fixed = |name: &str, value: f64| Uncertain {
            name: format!("served-first/{name}"),
            distribution: Distribution::Fixed(value),
        };
        self.timings.push(Timing {
            start: fixed("start", 0.0),
            known: None,
            ramp: fixed("ramp", 0.0),
            duration: fixed("duration", FOR_GOOD),
            recovery: fixed("recovery", 0.0),
            magnitude: fixed("magnitude", 1.0),
            leakage: fixed("leakage", 0.0),
            leakage_ramp: fixed("leakage_ramp", 0.0),
            leakage_premium: fixed("leakage_premium", 0.0),
            diversion: fixed("diversion", 0.0),
            carrying: fixed("carrying", 0.0),
            regime: None,
            trigger: None,
        });
        let draw = self.timings.len() - 1;
        for arm in [self.baseline_of(arm), arm] {
            let effect = Effect::Priority(inputs.clone());
            self.arms[arm].plan.events.push(Event { effect, draw });
        }
    }
}
