//! Observed prices beside the modelled band in the same weeks: `prices.csv` of a back-test.

use super::record::{Recorder, SimulatedRecord};
use crate::pairing::spread;
use chokepoint_scenario::history::History;

/// A row for each observation.
pub fn table(
    history: &History,
    recorder: &Recorder<'_>,
    records: &[SimulatedRecord],
) -> Result<Vec<u8>, csv::Error> {
    let calendar = recorder.experiment.calendar();
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "from",
        "until",
        "commodity",
        "market",
        "unit",
        "observed",
        "p5",
        "p50",
        "p95",
        "source",
    ])?;
    for seen in &history.prices {
        let modelled: Vec<f64> =
            records.iter().map(|r| recorder.price(r, seen.commodity, seen.outside, &seen.weeks)).collect();
        let (p5, p50, p95) = spread(&modelled);
        table.write_record([
            calendar.date(seen.weeks.start).to_string().as_str(),
            &calendar.date(seen.weeks.end - 1).to_string(),
            &recorder.experiment.world.commodities[seen.commodity].id,
            if seen.outside { "outside" } else { "home" },
            "USD/kg",
            &seen.usd_per_kg.to_string(),
            &format!("{p5:.2}"),
            &format!("{p50:.2}"),
            &format!("{p95:.2}"),
            &seen.source,
        ])?;
    }
    table.into_inner().map_err(|e| e.into_error().into())
}
