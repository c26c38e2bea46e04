//! Words that a reader may not know: those of `docs/glossary.md`, which is the one place where they are explained.

use chokepoint_charts::locale::Language;

/// The glossary as it stands in the documentation: a table of term, French term, meaning, French meaning.
const TABLE: &str = include_str!("../../../docs/glossary.md");

/// A word and what it means.
pub(crate) struct Entry {
    pub(crate) term: String,
    pub(crate) meaning: String,
}

/// The words in a language, in the order of that language.
pub(crate) fn entries(language: Language) -> Vec<Entry> {
    let rows = TABLE.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---")).skip(1);
    let entry = |row: &str| -> Option<Entry> {
        let mut cells = row.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', ""));
        let (english, french) = (cells.next()?, cells.next()?);
        let (meaning, sens) = (cells.next()?, cells.next()?);
        Some(match language {
            Language::English => Entry { term: english, meaning },
            Language::French => Entry { term: french, meaning: sens },
        })
    };
    let mut entries: Vec<Entry> = rows.filter_map(entry).collect();
    entries.sort_by_key(|entry| plain(&entry.term));
    entries
}

/// A word without accents and in small letters: where it stands in the alphabet.
fn plain(term: &str) -> String {
    let letter = |c: char| match c {
        'à' | 'â' | 'À' | 'Â' => 'a',
        'ç' | 'Ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' => 'e',
        'î' | 'ï' | 'Î' => 'i',
        'ô' | 'Ô' => 'o',
        'ù' | 'û' => 'u',
        other => other,
    };
    term.chars().map(letter).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_every_word_with_a_meaning_in_alphabetical_order() {
        let (english, french) = (entries(Language::English), entries(Language::French));
        assert!(english.len() > 40 && english.len() == french.len());
        for entries in [&english, &french] {
            assert!(entries.iter().all(|e| !e.term.is_empty() && e.meaning.ends_with('.')));
            assert!(entries.windows(2).all(|pair| plain(&pair[0].term) <= plain(&pair[1].term)));
        }
        assert!(french.iter().any(|e| e.term == "éventail" && e.meaning.starts_with("Une médiane")));
    }
}
