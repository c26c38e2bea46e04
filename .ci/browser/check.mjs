// Opens each briefing in chromium: no request, no console error, every figure has alternative text, axe finds nothing,
// and nothing is clipped from 360 to 1,920 pixels. Ends with status 1 and says what it found.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const widths = [360, 768, 1280, 1920];
const problems = [];
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

// What of a page does not fit: the page itself, or a text of a figure beyond its drawing.
const clipped = () => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
  for (const drawing of document.querySelectorAll("figure svg")) {
    const box = drawing.getBoundingClientRect();
    if (box.width === 0) continue;
    for (const text of drawing.querySelectorAll("text")) {
      const at = text.getBoundingClientRect();
      if (at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 1 || at.bottom > box.bottom + 1) {
        found.push(`${drawing.closest("figure").id}: "${text.textContent.trim()}" leaves its figure`);
      }
    }
  }
  return found;
};

for (const file of process.argv.slice(2)) {
  const page = await browser.newPage();
  const say = (what) => problems.push(`${file}: ${what}`);
  const url = pathToFileURL(resolve(file)).href;
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && say(`console: ${message.text()}`));
  page.on("pageerror", (error) => say(`script: ${error.message}`));
  page.on("request", (request) => {
    const at = request.url();
    if (at !== url && !at.startsWith("data:") && !at.startsWith("blob:")) say(`asks for ${at}`);
  });
  await page.goto(url, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  const figures = await page.$$eval("figure", (all) =>
    all.map((f) => [f.id, [...f.querySelectorAll("svg")].every((s) => s.querySelector("title")?.textContent.trim() && s.querySelector("desc")?.textContent.trim())]));
  if (figures.length < 3) say(`only ${figures.length} figures`);
  for (const [id, told] of figures) if (!told) say(`${id} has no alternative text`);
  for (const width of widths) {
    await page.setViewport({ width, height: 900 });
    for (const what of await page.evaluate(clipped)) say(`at ${width} pixels: ${what}`);
  }
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) say(`axe ${id}: ${help}; ${nodes.length} times, as ${nodes[0].html.slice(0, 120)}`);
  console.log(`${file}: ${figures.length} figures at ${widths.join(", ")} pixels`);
  await page.close();
}
await browser.close();
for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);
