// Looks at pages in a real Chromium: each line on stdin is a JSON job, answered with a JSON line for each of its steps,
// and one with what the console said and what was asked for.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";

const PATIENCE = 60_000;
const [, , modules, executablePath, ...args] = process.argv;
const require = createRequire(modules + "/");
const { chromium } = require("playwright-core");
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => JSON.parse((await lines.next()).value ?? "null");
const tell = (value) => process.stdout.write(JSON.stringify(value ?? null) + "\n");

const steps = {
  evaluate: (page, text) => page.evaluate(text),
  press: (page, key) => page.keyboard.press(key),
  // Not waitForFunction, which the page's policy forbids; while another page comes there is nothing to ask.
  until: async (page, text) => {
    const end = Date.now() + PATIENCE;
    while (!(await page.evaluate(text).catch(() => false))) {
      if (Date.now() > end) throw new Error(`never: ${text}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  },
  axe: async (page) => {
    await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8") + "; undefined");
    const { violations } = await page.evaluate("axe.run()");
    return violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map((node) => node.html).slice(0, 3) }));
  },
  // Waits until the test has done something.
  await_test: async () => {
    tell("waiting");
    await next();
  },
};

async function look(browser, job) {
  const page = await browser.newPage({
    viewport: { width: job.width, height: 800 },
    colorScheme: job.scheme,
    javaScriptEnabled: job.javascript,
  });
  const said = [], asked = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error}`));
  page.on("dialog", (dialog) => { said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(job.url);
  for (const [name, argument] of job.steps) tell(await steps[name](page, argument));
  await page.close();
  tell({ said, asked });
}

const browser = await chromium.launch({ executablePath, args });
try {
  for (let job = await next(); job; job = await next()) {
    await look(browser, job).catch((error) => tell({ failed: String(error) }));
  }
} finally {
  await browser.close();
}
