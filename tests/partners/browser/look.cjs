// Pages of the partners through axe-core, at two widths, in light and dark; prints what is wrong, leaves with 1.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const [home, chromium, pictures, ...pages] = process.argv.slice(2);
const modules = join(home, "node_modules");
const playwright = require(join(modules, "playwright-core"));
const axe = readFileSync(join(modules, "axe-core", "axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [[1280, "light"], [390, "light"], [390, "dark"]];

(async () => {
  const browser = await playwright.chromium.launch({ executablePath: chromium, args: ["--no-sandbox"] });
  let faults = 0;
  for (const [width, scheme] of LOOKS) {
    // The browser is French, so that days and hours are shown as our readers see them.
    const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme: scheme, locale: "fr-FR", bypassCSP: true });
    const page = await context.newPage();
    for (const given of pages) {
      const name = given.slice(0, given.indexOf("=")), url = given.slice(given.indexOf("=") + 1);
      await page.goto(url);
      await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`), fullPage: true });
      await page.evaluate(axe);
      const result = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
      const found = result.violations.flatMap((one) => [`${one.id} (${one.impact}): ${one.help}`, ...one.nodes.slice(0, 3).map((node) => `    ${node.html.slice(0, 160)}`)]);
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
      if (wide > width) found.push(`the page is ${wide} px wide, the window ${width}`);
      for (const line of found) console.log(`${name} ${width} ${scheme}: ${line}`);
      faults += found.length;
    }
    await context.close();
  }
  await browser.close();
  console.log(`${pages.length} pages, ${LOOKS.length} looks, ${faults} faults`);
  process.exit(faults ? 1 : 0);
})();
