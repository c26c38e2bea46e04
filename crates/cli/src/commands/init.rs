//! `chokepoint init`: a commented scenario that runs as it is.

use super::list;
use crate::failure::Failure;
use crate::printer::Printer;
use chokepoint_input::leaf::is_id;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(crate) fn init(folder: &Path, template: &str, printer: Printer) -> Result<(), Failure> {
    let library = list::library()?;
    let from = library.join(format!("{template}.ron"));
    let text = std::fs::read_to_string(&from).map_err(|_| {
        let known = chokepoint_input::library::ids(&library);
        Failure::Usage(format!("there is no template `{template}`; known: {}", known.join(", ")))
    })?;
    let id = slug(&folder.file_name().unwrap_or_default().to_string_lossy()).ok_or_else(|| {
        Failure::Usage(format!(
            "no id can be made of `{}`: name the folder with letters of the English alphabet or digits",
            folder.display()
        ))
    })?;
    let target = folder.join(format!("{id}.ron"));
    if target.exists() {
        return Err(Failure::Usage(format!("`{}` exists already; choose another folder", target.display())));
    }
    let text = text.replacen(&format!("id: \"{template}\""), &format!("id: \"{id}\""), 1);
    let head = format!(
        "// Started from `{template}`. Run it with: chokepoint run {}\n// Every field is explained by: chokepoint schema\n//\n",
        target.display()
    );
    let fail =
        |error: std::io::Error| Failure::Machine(format!("cannot write `{}`: {error}", target.display()));
    std::fs::create_dir_all(folder).map_err(fail)?;
    std::fs::write(&target, head + &text).map_err(fail)?;
    printer.out(&format!("{}\n", target.display()));
    Ok(())
}

/// An id made of a name: its letters and digits, without accents and in lower case, other signs as hyphens.
fn slug(name: &str) -> Option<String> {
    if is_id(name) {
        return Some(name.to_owned());
    }
    let plain: String = name.nfd().filter(|letter| !is_combining_mark(*letter)).collect();
    let words: Vec<String> = plain
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    Some(words.join("-")).filter(|id| is_id(id))
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn an_id_is_made_of_a_name_as_far_as_it_has_letters() {
        assert_eq!(slug("my_ban.2"), Some("my_ban.2".to_owned()));
        assert_eq!(slug("My Scenario!"), Some("my-scenario".to_owned()));
        assert_eq!(slug("été à Québec"), Some("ete-a-quebec".to_owned()));
        assert_eq!(slug("稀土"), None);
    }
}
