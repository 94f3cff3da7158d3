// What a browser makes of the pages of the built-in server: is there anything in
// the way of people who see, hear or type otherwise than most (axe-core, WCAG
// 2.2 AA), does anything stick out, is anything fetched from elsewhere, does the
// script fail, and does it do what it is for?
//
//   node pages.mjs ROOT WATCH [PICTURES]
//
// ROOT is the address of the server, WATCH the folder that articles are dropped
// into; pictures of all pages are put into PICTURES.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.env.JUDGES_NPM, "node_modules", "x.js"));
const puppeteer = require("puppeteer-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [root, watch, pictures] = process.argv.slice(2);
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SMALLEST = 24; // CSS pixels; success criterion 2.5.8.
const PATIENCE = 60_000;

const faults = [];
const fault = (...words) => faults.push(words.join(" "));

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--hide-scrollbars"],
});

// Opens a page, and tells what it asks for and what goes wrong in it.
const open = async (address, { width = 1440, scheme = "light", motion = "no-preference" } = {}) => {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: motion },
  ]);
  let length = 0;
  page.on("request", (request) => {
    const asked = request.url();
    if (!asked.startsWith(root) && !asked.startsWith("data:")) fault(address, "fetches", asked);
  });
  page.on("response", async (response) => {
    const type = response.headers()["content-type"] ?? "";
    if (/html|css|javascript/.test(type)) length += (await response.buffer().catch(() => "")).length;
  });
  page.on("pageerror", (error) => fault(address, "the script fails:", error));
  page.on("console", (message) => {
    // A browser tells of 404 itself.
    if (message.type() === "error" && !/status of 4(04|10)/.test(message.text())) {
      fault(address, "says", message.text());
    }
  });
  await page.goto(new URL(address, root).href, { waitUntil: "load" });
  page.weight = () => length;
  return page;
};

const look = async (name, address) => {
  for (const width of [360, 820, 1440]) {
    for (const scheme of ["light", "dark"]) {
      const where = `${name} at ${width}, ${scheme}:`;
      const page = await open(address, { width, scheme });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wider > 0) fault(where, `is ${wider} pixels too wide`);
      const small = await page.evaluate((smallest) => {
        const shown = [...document.querySelectorAll("a, button, input, select, summary")].filter((one) => {
          const box = one.getBoundingClientRect();
          // Links in sentences are as high as these.
          return box.width > 2 && box.height < smallest && !one.closest(".text, .summary, .fault, .empty p");
        });
        return shown.map((one) => one.outerHTML.slice(0, 100));
      }, SMALLEST);
      if (small.length) fault(where, "is hard to hit:", small[0]);
      await page.evaluate(axe);
      const { violations } = await page.evaluate((rules) => axe.run(document, { runOnly: rules }), RULES);
      for (const { id, nodes } of violations) fault(where, id, nodes[0].html.slice(0, 200));
      if (page.weight() > 100_000) fault(where, `has ${page.weight()} bytes`);
      if (pictures) await page.screenshot({ path: `${pictures}/${name}-${width}-${scheme}.png`, fullPage: true });
      await page.close();
    }
  }
};

const first = async (address, selector) => {
  const page = await open(address);
  const found = await page.$eval(selector, (link) => link.href).catch(() => null);
  await page.close();
  if (!found) fault(address, "has no", selector);
  return found ?? address;
};

const pages = {
  newest: "",
  older: await first("", ".older"),
  found: "search?q=harbor",
  faulty: "search?q=harbor+(port",
  nothing: "search?q=zzzz+yyyy",
  filtered: "search?language=he",
  long: "search?folder=odd",
  feed: await first("topics", ".subjects bdi a"),
  topics: "topics",
  shortened: "topics?filter=ha",
  speakers: "speakers",
  folders: "folders",
  searches: "searches",
  entry: await first("search?q=harbor", ".card h2 a"),
  "right-to-left": await first("search?language=he", ".card h2 a"),
  missing: "entries/none",
};
for (const [name, address] of Object.entries(pages)) await look(name, address);

// Searching while somebody types.
{
  const page = await open("");
  const told = (words) =>
    page.waitForFunction((words) => document.getElementById("told").textContent.includes(words), { timeout: PATIENCE }, words);
  await page.type("#q", "harb");
  await told("entr");
  const at = () => page.evaluate(() => location.search);
  if ((await at()) !== "?q=harb") fault("while typing the address is", await at());
  const isThere = await page.evaluate(() => document.activeElement.id === "q" && !!document.querySelector("#list mark"));
  if (!isThere) fault("while typing the focus is lost, or nothing is marked");
  const feed = await page.$eval(".subscribe a", (link) => link.href);
  if (!feed.endsWith("search/rss.xml?q=harb*")) fault("what was typed is subscribed to as", feed);
  await page.evaluate(() => history.back());
  const isBack = () => location.search === "" && document.getElementById("q").value === "" && !document.querySelector("#list mark");
  await page.waitForFunction(isBack, { timeout: PATIENCE });
  await page.close();
}

// Without a script the same can be done.
{
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(root);
  await page.type("#q", "harbor");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  const count = await page.$$eval("#list .card", (cards) => cards.length);
  if (!count) fault("without a script nothing is found");
  await page.close();
}

// What is new comes by itself: at once, or behind a button for those who read.
{
  const drop = (title) => {
    const file = path.join(watch, `${title}.md`);
    fs.writeFileSync(`${file}.part`, `# ${title}\n\nSomething happened at the quay, and nobody wrote it down.\n`);
    fs.renameSync(`${file}.part`, file);
  };
  const page = await open("", { motion: "reduce" });
  const isFirst = (title) =>
    page.waitForFunction(
      (title) => document.querySelector(".card h2").textContent === title,
      { timeout: PATIENCE },
      title,
    );
  await new Promise((resolve) => setTimeout(resolve, 500));
  drop("Comes at once");
  await isFirst("Comes at once");
  await page.evaluate(() => scrollTo(0, 1500));
  const before = await page.evaluate(() => scrollY);
  drop("Comes when asked for");
  const button = await page.waitForSelector(".arrived", { timeout: PATIENCE });
  if ((await page.evaluate(() => scrollY)) !== before) fault("what is read moves when something comes");
  const isTold = () => document.getElementById("told").textContent.includes("1 new entry");
  await page.waitForFunction(isTold, { timeout: PATIENCE });
  await button.click();
  await isFirst("Comes when asked for");
  await page.close();
}

await browser.close();
console.log(faults.map((words) => `fault: ${words}`).join("\n") || `${Object.keys(pages).length} pages: nothing found`);
process.exit(faults.length ? 1 : 0);
