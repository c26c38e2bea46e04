//! The balance against the record: shares and outputs by stage and place.

use super::Propagation;
use crate::catalogue::Check;
use crate::draft::{Drive, Record};

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
    fn modelled(&self, record: &Record) -> Option<f64> {
        let elements = crate::draft::index(self.draft.elements.iter().map(|e| e.id.as_str()));
        let counted =
            counted_elements(&record.material, &elements, self.draft.stages[record.stage].id.as_str());
        if record.measure != "share" && record.measure != "output" || counted.is_none() {
            return None;
        }
        let counted = counted.unwrap_or_default();
        let here = |country: usize| -> bool {
            record.place == "World"
                || record.place.split('+').any(|key| {
                    let region = self.draft.regions.iter().position(|r| r.id == key && key != "ROW");
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
            let amount = self.counted_output(p, &counted, &record.material);
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

    /// Output of a plant that counts for a record: tonnes of the commodities that hold the named elements.
    fn counted_output(&self, plant: usize, counted: &[usize], material: &str) -> f64 {
        let recipe = &self.draft.recipes[self.draft.plants[plant].recipe];
        let scrap = recipe.drive == Drive::Feed;
        if (material.contains("scrap") && !scrap) || (material.contains("primary") && scrap) {
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
                let held: f64 = counted.iter().map(|e| contents[*e]).sum();
                let named = counted.len() == contents.len() || (total > 0.0 && held > 0.5 * total);
                if named { self.output((plant, place)) } else { 0.0 }
            })
            .sum()
    }
}

/// Elements that a record's material counts; `None` for materials that the balance does not follow.
fn counted_elements(
    material: &str,
    elements: &std::collections::BTreeMap<String, usize>,
    stage: &str,
) -> Option<Vec<usize>> {
    let lower = material.to_lowercase();
    if lower.contains("total reo") && stage == "Mining" {
        return Some(elements.values().copied().collect());
    }
    if lower.contains("imported")
        || lower.contains("quota")
        || lower.contains("gross")
        || lower.contains("(20")
    {
        return None;
    }
    if lower.contains("magnet ree") && stage == "Mining" {
        return None;
    }
    let named: Vec<usize> = elements
        .iter()
        .filter(|(id, _)| material.split(|c: char| !c.is_alphanumeric()).any(|word| word == id.as_str()))
        .map(|(_, e)| *e)
        .collect();
    if !named.is_empty() {
        return Some(named);
    }
    let magnets = lower.contains("ndfeb") || lower.contains("magnet ree");
    magnets.then(|| elements.get("NdPr").copied().into_iter().collect())
}
