//! Months of the headline series of every replicate, for programs that read columns.

use super::series::describe;
use crate::runner::{Ensemble, Months};
use chokepoint_scenario::Experiment;

/// Names of the columns of `ensemble.parquet` behind replicate, arm and month: metric, good, sector, region, partner.
pub fn columns(experiment: &Experiment, ensemble: &Ensemble) -> Vec<String> {
    let name = |place: &usize| {
        let d = describe(experiment, experiment.scope.series[*place]);
        let parts = [d.metric, &d.item, &d.sector, &d.region, &d.partner];
        let parts = parts.iter().filter(|part| !part.is_empty());
        parts.map(|part| part.replace('-', "_").to_lowercase()).collect::<Vec<_>>().join("_")
    };
    ensemble.headline.iter().map(name).collect()
}

/// `ensemble.parquet`: replicate × arm × month of the headline series.
pub fn ensemble(
    experiment: &Experiment,
    ensemble: &Ensemble,
) -> Result<Vec<u8>, parquet::errors::ParquetError> {
    use parquet::basic::Compression;
    use parquet::data_type::{ByteArray, ByteArrayType, FloatType, Int32Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use std::sync::Arc;
    let months = Months::new(experiment);
    let columns = columns(experiment, ensemble);
    let floats: String = columns.iter().map(|c| format!("required float {c}; ")).collect();
    let message = format!(
        "message ensemble {{ required int32 replicate; required binary arm (UTF8); required binary month (UTF8); {floats}}}"
    );
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("chokepoint {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut writer =
        SerializedFileWriter::new(Vec::new(), Arc::new(parse_message_type(&message)?), Arc::new(properties))?;
    for (arm, info) in experiment.arms.iter().enumerate() {
        let rows = ensemble.monthly[arm].len() * months.months.len();
        let mut group = writer.next_row_group()?;
        let replicates: Vec<i32> = (0..rows)
            .map(|r| {
                i32::try_from(r / months.months.len())
                    .expect("a run has at most a hundred thousand replicates")
            })
            .collect();
        let arms: Vec<ByteArray> = vec![ByteArray::from(info.id.as_str()); rows];
        let dates: Vec<ByteArray> = (0..rows)
            .map(|r| {
                let (year, month) = months.months[r % months.months.len()];
                ByteArray::from(format!("{year:04}-{month:02}").as_str())
            })
            .collect();
        let mut place = 0;
        while let Some(mut column) = group.next_column()? {
            match place {
                0 => column.typed::<Int32Type>().write_batch(&replicates, None, None)?,
                1 => column.typed::<ByteArrayType>().write_batch(&arms, None, None)?,
                2 => column.typed::<ByteArrayType>().write_batch(&dates, None, None)?,
                _ => {
                    let width = ensemble.headline.len();
                    let values: Vec<f32> = ensemble.monthly[arm]
                        .iter()
                        .flat_map(|m| m.chunks(width).map(|row| row[place - 3]))
                        .collect();
                    column.typed::<FloatType>().write_batch(&values, None, None)?
                }
            };
            column.close()?;
            place += 1;
        }
        group.close()?;
    }
    writer.into_inner()
}
