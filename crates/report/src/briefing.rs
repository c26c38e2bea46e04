//! The briefing of a run: its numbers and figures put in order.

use crate::brief::Brief;
use crate::document::Document;
use crate::section::{self, Matter};
use crate::sentences;
use chokepoint_charts::size::SLIDE;
use chokepoint_charts::tongue::Tongue;
use chokepoint_charts::{ChartError, Sheet};

impl Document {
    /// The briefing of a run.
    ///
    /// `beside` are sheets of other runs that belong to it: a sensitivity analysis, a back-test.
    pub fn new(brief: &Brief, sheet: &Sheet, beside: &[Sheet], tongue: &Tongue) -> Result<Self, ChartError> {
        let runs = tongue.number(f64::from(brief.replicates), 0);
        let tier = match brief.replicates {
            0..256 => "report-banner-preview",
            256..4000 => "report-banner-brief",
            _ => "report-banner-publish",
        };
        let day = tongue.day(&brief.as_of);
        let lead = [
            ("day", day.as_str()),
            ("version", &sheet.credit.version),
            ("digest", &sheet.credit.digest),
            ("world", &brief.world.id),
        ];
        Ok(Self {
            language: tongue.language.key(),
            title: sentences::title(brief, tongue),
            lead: tongue.say("report-line", &lead),
            banner: tongue.say(tier, &[("runs", &runs)]),
            sections: section::all(Matter { brief, sheet, beside, tongue })?,
            source: sheet.credit.line(tongue, SLIDE),
            version: sheet.credit.version.clone(),
            digest: sheet.credit.digest.clone(),
            as_of: brief.as_of.clone(),
        })
    }
}
