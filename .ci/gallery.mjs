// The gallery of docs/: charts of two scenarios as the program draws them. Without an argument it draws them anew;
// with --check it ends with status 1 if what is there is not what would be drawn, of all or of one: --check SCENARIO.
// The program is that of the variable CHOKEPOINT, or the one that was built last.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const all = ["dytb-halt-us", "licence-squeeze"];
const check = process.argv.indexOf("--check");
const one = check > 0 ? process.argv[check + 1] : undefined;
const scenarios = one ? all.filter((s) => s === one) : all;
if (scenarios.length === 0) throw new Error(`no scenario of the gallery is called ${one}`);
const program = process.env.CHOKEPOINT ?? "target/release/chokepoint";
const work = mkdtempSync(join(tmpdir(), "gallery-"));
const chokepoint = (...words) => execFileSync(program, ["--quiet", ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const files = new Map();
const head = `# Gallery

Every chart of two scenarios as \`chokepoint run\` and \`chokepoint chart --size half\` draw them from a preview of 32 replicates. \`node .ci/gallery.mjs\` draws them anew; the gate compares.
`;
const sections = [];
for (const scenario of scenarios) {
  const out = join(work, scenario);
  chokepoint("run", `scenarios/${scenario}.ron`, "--tier", "preview", "--out", out);
  const { charts, credit } = JSON.parse(readFileSync(join(out, "figures.json"), "utf8"));
  let page = `\n## ${credit.subject.name}\n`;
  for (const { kind } of charts) {
    const drawn = chokepoint("chart", out, "--kind", kind, "--size", "half", "--format", "png", "--out", join(work, "drawn", scenario));
    const [, words, picture] = drawn.trim().split("\n");
    const { title, alternative_text, long_description } = JSON.parse(readFileSync(words, "utf8"));
    const name = `${scenario}/${picture.split("/").at(-1).replace(".half", "")}`;
    files.set(`docs/gallery/${name}`, readFileSync(picture));
    page += `\n### ${title}\n\n![${alternative_text}](gallery/${name})\n\n\`--kind ${kind}\`. ${long_description}\n`;
  }
  sections.push(page);
}
if (!one) files.set("docs/gallery.md", Buffer.from(head + sections.join("")));
rmSync(work, { recursive: true });

if (check > 0) {
  const there = scenarios.flatMap((s) => readdirSync(`docs/gallery/${s}`).map((f) => `docs/gallery/${s}/${f}`));
  const read = (file) => { try { return readFileSync(file); } catch { return Buffer.alloc(0); } };
  const written = read("docs/gallery.md").toString();
  const stale = [...files].filter(([file, bytes]) => !read(file).equals(bytes)).map(([file]) => file);
  stale.push(...there.filter((file) => !files.has(file)));
  if (one && !sections.every((section) => written.includes(section))) stale.push("docs/gallery.md");
  for (const file of stale) console.error(`${file} is not what the program draws; run: node .ci/gallery.mjs`);
  process.exit(stale.length ? 1 : 0);
}
rmSync("docs/gallery", { recursive: true, force: true });
for (const [file, bytes] of files) {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, bytes);
}
console.log(`${files.size} files`);
