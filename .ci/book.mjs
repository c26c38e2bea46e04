// Gathers the pages of the book into target/book/src, and checks what mdBook made of them.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join, normalize, relative } from "node:path";

const book = "target/book";
const pictures = [".png", ".svg"];
const escape = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);
const put = (path, content) => {
  mkdirSync(dirname(join(book, path)), { recursive: true });
  writeFileSync(join(book, path), content);
};
const page = (title, body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escape(title)}</title>
<style>body{margin:2em;font-family:sans-serif}pre{line-height:1.4}</style><h1>${escape(title)}</h1>${body}</html>`;

// What a page links to that is no page: its source as a page, a list for a folder.
function beside(target) {
  if (pictures.includes(extname(target))) {
    put(join("src", target), readFileSync(target));
    return target;
  }
  if (statSync(target).isDirectory()) {
    const shown = join(target, "index.html");
    if (!existsSync(join(book, "src", shown))) {
      put(join("src", shown), "");
      const entries = readdirSync(target).filter((name) => !name.startsWith(".") && name !== "target").sort();
      const item = (name) => `<li><a href="${relative(target, beside(join(target, name)))}">${escape(name)}</a>`;
      put(join("src", shown), page(target, `<ul>${entries.map(item).join("\n")}</ul>`));
    }
    return shown;
  }
  const shown = `${target}.html`;
  if (!existsSync(join(book, "src", shown))) put(join("src", shown), page(target, `<pre>${escape(readFileSync(target, "utf8"))}</pre>`));
  return shown;
}

// mdBook calls the first page index
const renamed = (path) => (path === "README.md" ? "index.md" : path);
const links = /(!?\[[^\]]*\]\()([^)\s#]+)((?:#[^)\s]*)?\))/g;

function gather() {
  rmSync(book, { recursive: true, force: true });
  const summary = readFileSync("docs/SUMMARY.md", "utf8").replace(links, (_, text, target, end) => text + normalize(join("docs", target)) + end);
  const pages = [...summary.matchAll(links)].map((link) => link[2]);
  put("book.toml", readFileSync("docs/book.toml"));
  put("src/SUMMARY.md", summary.replace("(README.md)", `(${renamed("README.md")})`));
  for (const path of pages) {
    const text = readFileSync(path, "utf8").replace(links, (whole, text, target, end) => {
      if (/^[a-z]+:/.test(target)) return whole;
      const there = normalize(join(dirname(path), target));
      return text + relative(dirname(path), pages.includes(there) ? renamed(there) : beside(there)) + end;
    });
    // what shows code in the browser does not know RON
    put(join("src", renamed(path)), text.replaceAll("```ron", "```text"));
  }
  console.log(`${pages.length} pages`);
}

function check() {
  const all = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? all(join(folder, e.name)) : [join(folder, e.name)]));
  const html = join(book, "html");
  const files = all(html);
  const wrong = [];
  const ids = new Map();
  const idsOf = (file) => {
    if (!ids.has(file)) ids.set(file, new Set([...readFileSync(file, "utf8").matchAll(/\sid="([^"]*)"/g)].map((id) => id[1])));
    return ids.get(file);
  };
  let count = 0;
  for (const file of files.filter((f) => f.endsWith(".html") && !f.endsWith("404.html"))) {
    // a source that is shown as a page speaks of markup in its text, which is escaped
    const text = readFileSync(file, "utf8");
    for (const [, tag, rest] of text.matchAll(/<(a|link|script|img|iframe|source)\b([^>]*)>/g)) {
      const target = /\s(?:href|src)="([^"]*)"/.exec(rest)?.[1];
      if (target === undefined || target === "") continue;
      if (/^[a-z]+:/.test(target) || target.startsWith("//")) {
        if (tag !== "a" && !target.startsWith("data:")) wrong.push(`${file} loads ${target}`);
        continue;
      }
      count += 1;
      const [path, fragment] = target.replaceAll("&amp;", "&").split("#");
      const there = path === "" ? file : normalize(join(dirname(file), decodeURIComponent(path)));
      if (!existsSync(there)) wrong.push(`${file} links to ${target}, which is not there`);
      else if (fragment && there.endsWith(".html") && !idsOf(there).has(decodeURIComponent(fragment))) wrong.push(`${file} links to ${target}: no such heading`);
    }
  }
  for (const file of files.filter((f) => f.endsWith(".css"))) {
    for (const [, target] of readFileSync(file, "utf8").matchAll(/url\(["']?([^"')]+)/g)) {
      if (/^(https?:)?\/\//.test(target)) wrong.push(`${file} loads ${target}`);
    }
  }
  if (!files.some((f) => /searchindex.*\.js(on)?$/.test(f))) wrong.push("the book has no index for its search");
  for (const line of wrong) console.error(line);
  console.log(`${files.filter((f) => f.endsWith(".html")).length} pages, ${count} links`);
  process.exit(wrong.length ? 1 : 0);
}

({ gather, check })[process.argv[2]]();
