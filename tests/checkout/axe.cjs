// Opens pages in Chromium, light and dark, and tells as JSON what axe-core finds, what was requested, and how wide they are.
// node axe.cjs PAGE... with puppeteer-core and axe-core on NODE_PATH and chromium on the PATH.
const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");
const puppeteer = require("puppeteer-core");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const chromium = process.env.PATH.split(path.delimiter).map((place) => path.join(place, "chromium")).find(fs.existsSync);

async function look(browser, file, scheme) {
  const page = await browser.newPage();
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width: 390, height: 844 });
  await page.goto(pathToFileURL(file).href);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  // The page allows no script: axe runs in a world beside it.
  const session = await page.createCDPSession();
  const { frameTree } = await session.send("Page.getFrameTree");
  const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const run = async (expression) => {
    const contextId = world.executionContextId;
    const { result } = await session.send("Runtime.evaluate", { expression, contextId, awaitPromise: true });
    return result.value;
  };
  await run(axe);
  const found = await run(
    "axe.run(document).then(({violations, passes}) => JSON.stringify({passes: passes.map(({id}) => id), " +
      "violations: violations.map(({id, nodes}) => [id, nodes[0].html])}))"
  );
  await page.close();
  return { file, scheme, requests: requests.slice(1), width, ground, ...JSON.parse(found) };
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
  const seen = [];
  for (const file of process.argv.slice(2)) {
    for (const scheme of ["light", "dark"]) seen.push(await look(browser, file, scheme));
  }
  await browser.close();
  console.log(JSON.stringify(seen));
})();
