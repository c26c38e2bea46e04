//! `chokepoint init`: a commented scenario that runs as it is.

use super::list;
use crate::failure::Failure;
use crate::printer::Printer;
use std::path::Path;

pub(crate) fn init(folder: &Path, template: &str, printer: Printer) -> Result<(), Failure> {
    let library = list::library()?;
    let from = library.join(format!("{template}.ron"));
    let text = std::fs::read_to_string(&from).map_err(|_| {
        let known = chokepoint_input::library::ids(&library);
        Failure::Usage(format!("there is no template `{template}`; known: {}", known.join(", ")))
    })?;
    let id =
        folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_else(|| "mine".to_owned());
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
