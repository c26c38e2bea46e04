//! No two files of a crate import each other, in whatever number of steps: a reader can begin at the bottom.

use crate::root;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::visit::Visit;

/// A module as a crate's sources give it.
#[derive(Default)]
struct Module {
    file: PathBuf,
    children: BTreeSet<String>,
    /// What is defined here.
    items: BTreeSet<String>,
    /// What is imported, by the name that it has here; `None`: everything.
    imports: Vec<(Option<String>, Vec<String>)>,
    /// Paths that code mentions.
    mentions: BTreeSet<Vec<String>>,
}

type Modules = BTreeMap<Vec<String>, Module>;

/// Reads a file as a module, with the modules below it; test modules are left out.
fn read(file: &Path, place: Vec<String>, modules: &mut Modules) {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let stem = file.file_stem().unwrap();
    let is_folder = stem == "mod" || stem == "lib" || stem == "main";
    let below = if is_folder { file.parent().unwrap().to_owned() } else { file.with_extension("") };
    take_in(parsed.items, file, &below, place, modules);
}

fn take_in(items: Vec<syn::Item>, file: &Path, below: &Path, place: Vec<String>, modules: &mut Modules) {
    let mut module = Module { file: file.to_owned(), ..Module::default() };
    for item in items {
        let syn::Item::Mod(child) = item else {
            module.items.extend(name_of(&item));
            module.visit_item(&item);
            continue;
        };
        if is_of_tests(&child.attrs) {
            continue;
        }
        let name = child.ident.to_string();
        let place = [place.clone(), vec![name.clone()]].concat();
        match child.content {
            Some((_, items)) => take_in(items, file, &below.join(&name), place, modules),
            None => {
                let flat = below.join(format!("{name}.rs"));
                let file = if flat.is_file() { flat } else { below.join(&name).join("mod.rs") };
                read(&file, place, modules);
            }
        }
        module.children.insert(name);
    }
    modules.insert(place, module);
}

fn is_of_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|a| {
        a.path().is_ident("cfg") && a.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

fn name_of(item: &syn::Item) -> Option<String> {
    use syn::Item;
    Some(match item {
        Item::Const(i) => i.ident.to_string(),
        Item::Enum(i) => i.ident.to_string(),
        Item::Fn(i) => i.sig.ident.to_string(),
        Item::Static(i) => i.ident.to_string(),
        Item::Struct(i) => i.ident.to_string(),
        Item::Trait(i) => i.ident.to_string(),
        Item::Type(i) => i.ident.to_string(),
        Item::Macro(i) => i.ident.as_ref()?.to_string(),
        _ => return None,
    })
}

impl<'ast> Visit<'ast> for Module {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut found = Vec::new();
        branches(&item.tree, &mut Vec::new(), &mut found);
        self.mentions.extend(found.iter().map(|(_, path)| path.clone()));
        self.imports.extend(found);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path.segments.iter().map(|s| s.ident.to_string());
        self.mentions.insert(segments.collect());
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.visit_path(&called.path);
        // what stands within is not parsed: any words joined by colons
        let spaced = called.tokens.to_string();
        let words = spaced.replace(" :: ", "::");
        for word in words.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')) {
            let path: Vec<String> = word.split("::").map(str::to_owned).collect();
            if path.len() > 1 && path.iter().all(|part| !part.is_empty() && !part.contains(':')) {
                self.mentions.insert(path);
            }
        }
    }
}

/// Every path of a `use`, with the name that it gets.
fn branches(tree: &syn::UseTree, path: &mut Vec<String>, found: &mut Vec<(Option<String>, Vec<String>)>) {
    match tree {
        syn::UseTree::Path(part) => {
            path.push(part.ident.to_string());
            branches(&part.tree, path, found);
            path.pop();
        }
        syn::UseTree::Name(name) if name.ident == "self" => {
            found.push((path.last().cloned(), path.clone()));
        }
        syn::UseTree::Name(name) => {
            let name = name.ident.to_string();
            found.push((Some(name.clone()), [path.clone(), vec![name]].concat()));
        }
        syn::UseTree::Rename(rename) => {
            let path = [path.clone(), vec![rename.ident.to_string()]].concat();
            found.push((Some(rename.rename.to_string()), path));
        }
        syn::UseTree::Glob(_) => found.push((None, path.clone())),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| branches(tree, path, found)),
    }
}

/// The file that defines what a path in a module names: through modules, imports and what they hand on.
fn defined_in<'m>(modules: &'m Modules, place: &[String], path: &[String], steps: usize) -> Option<&'m Path> {
    if steps == 0 {
        return None;
    }
    let (first, rest) = path.split_first()?;
    let above = || place[..place.len().saturating_sub(1)].to_vec();
    match first.as_str() {
        "crate" => return defined_in(modules, &[], rest, steps - 1),
        "self" => return defined_in(modules, place, rest, steps - 1),
        "super" => return defined_in(modules, &above(), rest, steps - 1),
        _ => {}
    }
    let module = &modules[place];
    if module.children.contains(first) {
        return defined_in(modules, &[place, std::slice::from_ref(first)].concat(), rest, steps - 1);
    }
    if module.items.contains(first) {
        return Some(&module.file);
    }
    let named = module.imports.iter().filter(|(name, _)| name.as_deref() == Some(first.as_str()));
    let all = module.imports.iter().filter(|(name, _)| name.is_none());
    let through = named.map(|(_, import)| [import.as_slice(), rest].concat());
    let through = through.chain(all.map(|(_, import)| [import.as_slice(), path].concat()));
    through
        .filter(|import| import[..] != *path)
        .find_map(|import| defined_in(modules, place, &import, steps - 1))
}

/// Which files each file of a crate needs.
fn needs(source: &Path) -> BTreeMap<PathBuf, BTreeSet<PathBuf>> {
    let mut modules = Modules::new();
    read(source, Vec::new(), &mut modules);
    let mut needs: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
    for (place, module) in &modules {
        let of = needs.entry(module.file.clone()).or_default();
        for mention in &module.mentions {
            let handed_on = module.imports.iter().any(|(_, import)| import == mention)
                && !module.items.contains(&mention[0])
                && module.children.contains(&mention[0]);
            // a room's own front door hands on what lies behind it; who comes for it goes there
            if !handed_on
                && let Some(file) = defined_in(&modules, place, mention, 24)
                && file != module.file
            {
                of.insert(file.to_owned());
            }
        }
    }
    needs
}

/// A way from a file back to itself, if there is one.
fn circle(needs: &BTreeMap<PathBuf, BTreeSet<PathBuf>>) -> Option<Vec<PathBuf>> {
    for start in needs.keys() {
        let mut from: BTreeMap<&PathBuf, &PathBuf> = BTreeMap::new();
        let mut open = vec![start];
        while let Some(file) = open.pop() {
            for next in &needs[file] {
                if next == start {
                    let mut way = vec![start.clone(), file.clone()];
                    let mut at = file;
                    while let Some(before) = from.get(at).filter(|_| at != start) {
                        way.push((*before).clone());
                        at = before;
                    }
                    way.reverse();
                    return Some(way);
                }
                if !from.contains_key(next) {
                    from.insert(next, file);
                    open.insert(0, next);
                }
            }
        }
    }
    None
}

#[test]
fn no_files_of_a_crate_import_each_other_in_a_circle() {
    let (mut crates, mut circles) = (0, Vec::new());
    let folders = std::fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path());
    for folder in folders.chain([root().join("benches")]) {
        let sources = ["src/lib.rs", "src/main.rs"].map(|name| folder.join(name));
        for source in sources.iter().filter(|source| source.is_file()) {
            let needs = needs(source);
            let arrows: usize = needs.values().map(BTreeSet::len).sum();
            assert!(needs.len() == 1 || arrows >= needs.len() / 2, "{}: {arrows} arrows", source.display());
            if let Some(way) = circle(&needs) {
                let way: Vec<String> =
                    way.iter().map(|f| f.strip_prefix(&folder).unwrap().display().to_string()).collect();
                circles.push(format!("{}: {}", folder.display(), way.join(" → ")));
            }
            crates += 1;
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
    assert!(crates >= 9, "{crates}");
}

#[test]
fn a_circle_through_a_third_file_and_a_front_door_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("room")).unwrap();
    write("lib.rs", "mod a; mod b; mod room;");
    write("a.rs", "use crate::room::C; pub struct A(C);");
    write("b.rs", "pub fn b() { let _ = crate::a::A::new; }");
    write("room/mod.rs", "mod c; pub use c::C;");
    write("room/c.rs", "pub struct C;");
    assert_eq!(circle(&needs(&folder.path().join("lib.rs"))), None);
    write("room/c.rs", "pub struct C; impl C { fn c() { assert!(crate::b::b() == ()); } }");
    let way = circle(&needs(&folder.path().join("lib.rs"))).unwrap();
    assert_eq!(way.len(), 4, "{way:?}");
}
