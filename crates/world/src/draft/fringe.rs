//! Small plants that nobody registers, and that come and go with their price.

use super::Draft;
use super::rows::{FringeRow, index};
use chokepoint_input::problem::Problems;
use chokepoint_input::table::Table;

impl Draft {
    pub(super) fn read_fringes(&mut self, tables: &[Table], problems: &mut Problems) {
        let plants = index(self.plants.iter().map(|p| p.id.as_str()));
        for row in tables.iter().flat_map(Table::records) {
            let plant = row.lookup("facility", "facility", &plants, problems);
            let elasticity = row.number("elasticity", (0.0, 5.0), problems);
            let most = row.number("most", (1.0, 100.0), problems);
            if let (Some(plant), Some(elasticity), Some(most)) = (plant, elasticity, most) {
                self.fringes.push(FringeRow { plant, elasticity, most });
            }
        }
    }
}
