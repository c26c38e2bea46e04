//! The balance against the record: shares and outputs by stage and place.

use super::Propagation;
use crate::catalogue::Check;
use crate::draft::{Drive, Feed, ObservedRecord};

impl Propagation<'_> {
    pub(super) fn check(&mut self) {
        for record in &self.draft.records {
            if let Some(modelled) = self.modelled(record) {
                self.balance.checks.push(Check {
                    what: format!(
                        "{}, {}, {} {}",
                        self.draft.stages[record.stage].id, record.material, record.place, record.measure
                    ),
                    recorded: record.value,
                    modelled,
                    unit: record.unit.clone(),
                });
            }
        }
    }

    /// What the model has where a record says something; nothing for records of another kind.
    fn modelled(&self, record: &ObservedRecord) -> Option<f64> {
        if !matches!(record.measure.as_str(), "share" | "output") || record.counts.is_empty() {
            return None;
        }
        let here = |country: usize| -> bool {
            record.place == "World"
                || record.place.split('+').any(|key| {
                    let region = self.draft.regions.iter().position(|r| r.id == key);
                    match region {
                        Some(region) => self.draft.countries[country].region == region,
                        None => self.draft.countries[country].id == key,
                    }
                })
        };
        if !(0..self.draft.countries.len()).any(here) {
            return None;
        }
        let (mut sum, mut all) = (0.0, 0.0);
        for (p, plant) in self.draft.plants.iter().enumerate() {
            if plant.stage != record.stage {
                continue;
            }
            let amount = self.counted_output(p, record);
            all += amount;
            if here(plant.country) {
                sum += amount;
            }
        }
        match record.measure.as_str() {
            "share" if all > 0.0 => Some(100.0 * sum / all),
            "output" => Some(sum),
            _ => None,
        }
    }

    /// Output of a plant that counts for a record: tonnes of the commodities that hold mostly what is counted.
    fn counted_output(&self, plant: usize, record: &ObservedRecord) -> f64 {
        let recipe = &self.draft.recipes[self.draft.plants[plant].recipe];
        let feed = if recipe.drive == Drive::Feed { Feed::Scrap } else { Feed::Primary };
        if record.feed.is_some_and(|wanted| wanted != feed) {
            return 0.0;
        }
        recipe
            .outputs
            .iter()
            .enumerate()
            .filter(|(place, _)| *place == 0 || recipe.drive != Drive::Orders)
            .map(|(place, (c, _))| {
                let contents = &self.draft.commodities[*c].contents;
                let total: f64 = contents.iter().sum();
                let held: f64 = record.counts.iter().map(|e| contents[*e]).sum();
                let all = record.counts.len() == contents.len();
                if all || (total > 0.0 && held > 0.5 * total) { self.output((plant, place)) } else { 0.0 }
            })
            .sum()
    }
}
