//! What a briefing consists of, in order, whatever it is written on: a page of HTML or paper.

use crate::table::DataTable;
use chokepoint_charts::Figure;

/// A briefing in one language.
pub struct Document {
    /// Language key.
    pub(crate) language: &'static str,
    /// The finding.
    pub(crate) title: String,
    /// Day of the knowledge, version, world, digest.
    pub(crate) lead: String,
    /// How many replicates, and what that is good for.
    pub(crate) banner: String,
    /// The sections, in the order in which a reader asks.
    pub(crate) sections: Vec<Section>,
    /// What stands under every figure.
    pub(crate) source: String,
    /// Version of the program.
    pub(crate) version: String,
    /// Digest of the run.
    #[cfg_attr(not(feature = "pdf"), allow(dead_code))]
    pub(crate) digest: String,
    /// Date of the knowledge in the scenario, year, month and day.
    #[cfg_attr(not(feature = "pdf"), allow(dead_code))]
    pub(crate) as_of: String,
}

/// A section.
pub(crate) struct Section {
    /// Id; the heading is the message `report-<id>`.
    pub(crate) id: &'static str,
    /// Heading.
    pub(crate) heading: String,
    /// What is in it.
    pub(crate) blocks: Vec<Block>,
}

/// A part of a section.
pub(crate) enum Block {
    /// A heading below the section's.
    Heading(String),
    /// A paragraph.
    Paragraph(Text),
    /// What follows from the rest.
    Finding(String),
    /// The sentences of an answer, numbered.
    Answer(Vec<String>),
    /// What has to be kept in mind, in a box.
    Limits(Vec<String>),
    /// A few large numbers.
    Numbers(Vec<Number>),
    /// A table.
    Table(Table),
    /// A figure.
    Figure(Box<Drawing>),
    /// What is typed at a terminal.
    Command(String),
}

/// Words, and whether they are English whatever the language of the briefing is.
pub(crate) struct Text {
    pub(crate) words: String,
    pub(crate) english: bool,
}

impl Text {
    /// In the briefing's language.
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), english: false }
    }

    /// From a file, in English.
    pub(crate) fn english(words: impl Into<String>) -> Self {
        Self { words: words.into(), english: true }
    }
}

/// A large number with its range.
pub(crate) struct Number {
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) range: String,
}

/// A table; the first cell of each row is its heading.
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
pub(crate) struct Cell {
    pub(crate) text: Text,
    /// Further words below.
    pub(crate) below: Option<Text>,
    pub(crate) style: Style,
}

/// How a cell looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Words.
    Plain,
    /// A name in files.
    Code,
    /// A number, to the right.
    Number,
    /// A number on a colour, 0 to 5.
    Shaded(usize),
}

impl Cell {
    fn styled(words: impl Into<String>, style: Style) -> Self {
        Self { text: Text::new(words), below: None, style }
    }

    pub(crate) fn words(words: impl Into<String>) -> Self {
        Self::styled(words, Style::Plain)
    }

    pub(crate) fn english(words: impl Into<String>) -> Self {
        Self { text: Text::english(words), below: None, style: Style::Plain }
    }

    pub(crate) fn number(words: impl Into<String>) -> Self {
        Self::styled(words, Style::Number)
    }

    pub(crate) fn shaded(words: impl Into<String>, step: usize) -> Self {
        Self::styled(words, Style::Shaded(step))
    }

    /// A name in files, with what it means below.
    pub(crate) fn code(name: impl Into<String>, meaning: Text) -> Self {
        Self { below: Some(meaning), ..Self::styled(name, Style::Code) }
    }
}

/// A figure in two widths, with its table.
pub(crate) struct Drawing {
    /// One of its kind and run.
    pub(crate) id: String,
    /// Kind of chart.
    #[cfg_attr(not(feature = "pdf"), allow(dead_code))]
    pub(crate) kind: &'static str,
    /// For a page of text.
    pub(crate) wide: Figure,
    /// For half of it, or a narrow screen.
    pub(crate) narrow: Figure,
    /// What is shown of its table.
    pub(crate) data_table: DataTable,
}
