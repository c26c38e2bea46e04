//! The name of an outcome as a reader sees it: what is measured, and where.

use crate::locale::{Locale, Named};
use chokepoint_montecarlo::outcomes::Outcome;
use chokepoint_scenario::Experiment;
use serde::{Deserialize, Serialize};

/// An outcome by what is measured, and of which region, sector or commodity; of all of them together where there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutcomeName {
    /// What is measured, as it is written in files.
    pub measure: String,
    /// Region.
    pub region: Option<Named>,
    /// Sector.
    pub sector: Option<Named>,
    /// Commodity.
    pub item: Option<Named>,
}

impl OutcomeName {
    /// Of an outcome of an experiment.
    pub fn of(experiment: &Experiment, outcome: &Outcome) -> Self {
        let world = &experiment.world;
        Self {
            measure: outcome.measure.name().to_owned(),
            region: outcome.region.map(|r| Named::new(&world.regions[r].id, &world.regions[r].name)),
            sector: outcome.sector.map(|s| Named::new(&world.sectors[s].id, &world.sectors[s].name)),
            item: outcome.item.map(|c| Named::new(&world.commodities[c].id, &world.commodities[c].name)),
        }
    }

    /// As a sentence takes it: `first line stop (Canada)`.
    pub fn render(&self, locale: &Locale) -> String {
        let measure = locale.say(&format!("outcome-{}", self.measure), &[]);
        let places = [("sector", &self.sector), ("item", &self.item), ("region", &self.region)];
        let places: Vec<String> =
            places.iter().filter_map(|(kind, named)| named.as_ref().map(|n| locale.name(kind, n))).collect();
        if places.is_empty() { measure } else { format!("{measure} ({})", places.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;
    use chokepoint_montecarlo::outcomes::list;
    use chokepoint_scenario::{Request, load};

    #[test]
    fn every_outcome_has_a_printed_name_in_both_languages() {
        let scenario =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/port-strike.ron");
        let (experiment, _) = load(&Request { scenario, ..Request::default() }).unwrap();
        for language in [Language::English, Language::French] {
            let mut names: Vec<String> = list(&experiment)
                .iter()
                .map(|outcome| OutcomeName::of(&experiment, outcome).render(language.locale()))
                .collect();
            let missing: Vec<&String> = names.iter().filter(|name| name.contains("{outcome-")).collect();
            assert!(missing.is_empty(), "{missing:?}");
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "two outcomes have one name in {language:?}");
        }
    }
}
