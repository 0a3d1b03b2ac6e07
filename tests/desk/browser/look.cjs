// Every page of the desk through axe-core, at two widths, in light and dark; prints what is wrong, leaves with 1.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const [home, chromium, base, pictures, examples, door] = process.argv.slice(2);
const modules = join(home, "node_modules");
const playwright = require(join(modules, "playwright-core"));
const axe = readFileSync(join(modules, "axe-core", "axe.min.js"), "utf8");

const PAGES = {
  todo: "", "todo-en": "?lang=en", deadlines: "echeances", conventions: "conventions", territory: "territoire",
  convention: "conventions/SQF-P", annex: "conventions/MTZ-A", journal: "conventions/SQF-P/journal", start: "commencer",
  record: "conventions/SQF-P/enregistrer/meeting-arranged", fact: "conventions/SQF-P/faits/f4",
  terms: "conventions/SQF-P/termes", problem: "conventions/NOWHERE",
};
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [[1280, "light"], [390, "light"], [390, "dark"]];
const DOOR = { door: "connexion", "door-en": "connexion?motif=out&lang=en", "door-unknown": "connexion?motif=unknown&lang=fr" };

async function opened(page) {
  // What is folded must be sound too.
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
}

async function wrong(page) {
  const found = [];
  await opened(page);
  await page.evaluate(axe);
  const result = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
  for (const one of result.violations) {
    found.push(`${one.id} (${one.impact}): ${one.help}`, ...one.nodes.slice(0, 3).map((node) => `    ${node.html.slice(0, 160)}`));
  }
  const [wide, room] = await page.evaluate(() => [document.scrollingElement.scrollWidth, window.innerWidth]);
  if (wide > room) found.push(`the page is ${wide} px wide, the window ${room}`);
  return found;
}

async function reachable(page) {
  // The keyboard alone: the first stop skips to the content, the second is the home page.
  await page.goto(base);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
  await page.keyboard.press("Enter");
  const there = await page.evaluate(() => document.activeElement.id);
  return first === "#main" && there === "main" ? [] : [`the first stop of the keyboard is ${first}, leading to ${there}`];
}

async function previewed(page) {
  // A new convention, shown before it starts.
  await page.goto(base + "commencer");
  const terms = readFileSync(join(examples, "sqf-p.toml"), "utf8").replace('"SQF-P"', '"SQF-NEW"');
  await opened(page);
  await page.fill("#text", terms);
  await page.fill("#facts", readFileSync(join(examples, "sqf-p.facts.toml"), "utf8"));
  await page.click("main button[type=submit]");
  await page.screenshot({ clip: { x: 0, y: 0, width: page.viewportSize().width, height: 14000 }, path: join(pictures, `preview-${page.viewportSize().width}.png`), fullPage: true });
  const said = await page.textContent("main");
  return [...(said.includes("Rien n’est encore enregistré") ? [] : ["no preview: " + said.slice(0, 200)]), ...(await wrong(page))];
}

async function booked(page, look, mark) {
  // The address book: filled from the conventions, two entries of one address, a change shown, then made everywhere.
  const found = [];
  const seen = async (name) => { await look(page, name); found.push(...(await wrong(page)).map((one) => `${name}: ${one}`)); };
  const sent = (words) => page.click(`main button:has-text("${words}")`);
  const filled = async (prefix, values) => { for (const [name, value] of Object.entries(values)) await page.fill(prefix + name, value); };
  await page.goto(base + "annuaire");
  await seen("book-found");
  if (await page.$('form[action="/annuaire/trouvees"]')) await page.click('form[action="/annuaire/trouvees"] button');
  const used = "table tbody tr:not(.group):not(:has(td:last-child:text-is('–')))";
  const taken = (await page.textContent(`${used} .address`)).trim().split("\n")[0];
  await filled("#a-", { institution: "Agence", function: `Accueil ${mark}`, address: taken });
  await sent("Ajouter");
  await seen("book");
  await page.click('a[href*="/reunir/"]');
  await seen("book-merge");
  await page.goto(base + "annuaire");
  await page.click(`${used} a`);
  await seen("book-entry");
  await filled("#e-", { address: `nouvelle.${mark}@agence.example` });
  await sent("Voir ce que cela change");
  await seen("book-preview");
  await sent("Changer l’annuaire");
  await seen("book-change");
  if (!(await page.textContent("main")).includes("C’est fait partout")) found.push("a change of the book was not made everywhere");
  await page.goto(base + "annuaire");
  await page.click(`${used} a`);
  await page.click('a[href$="/fin"]');
  await filled("#f-", { last: "2023-04-30" });
  await sent("Voir ce que cela change");
  await seen("book-end");
  return found;
}

async function recorded(page) {
  // A whole form by keyboard and without a script: what was typed wrongly comes back with the reason.
  await page.goto(base + "conventions/SQF-P/enregistrer/question-answered");
  await page.selectOption("#f-question", "operator-number");
  await page.fill("#f-on", "2023-03-01");
  await page.fill("#f-text", "2021-117");
  await page.click("main button[type=submit]");
  const said = await page.textContent("main");
  return said.includes("C’est enregistré") ? [] : ["a form was not recorded: " + said.slice(0, 200)];
}

async function passed(context, width) {
  // The door as it stands, then a whole sign-in and sign-out with a real provider, without a script.
  const found = [];
  const look = async (page, name) => {
    await page.screenshot({ path: join(pictures, `${name}-${width}.png`) });
    found.push(...(await wrong(page)).map((one) => `${name}: ${one}`));
  };
  const page = await context.newPage();
  for (const [name, path] of Object.entries(DOOR)) { await page.goto(door + path); await look(page, name); }
  await page.goto(door + "conventions/SQF-P");
  await page.click("a.button");
  await page.fill("input[name=username]", "coordination");
  await page.keyboard.press("Enter");
  await page.waitForURL(door + "conventions/SQF-P");
  await look(page, "signed-in");
  await page.click("form.who button");
  await page.waitForURL("**/connexion?motif=out");
  await page.goto(door);
  if (!page.url().endsWith("/connexion")) found.push("still in after signing out: " + page.url());
  return found;
}

(async () => {
  const browser = await playwright.chromium.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
  let count = 0;
  const tell = (where, found) => { if (found.length) { count += 1; console.log(`${where}\n  ${found.join("\n  ")}`); } };
  for (const [width, colorScheme] of LOOKS) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale: "fr-FR" });
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await context.newPage();
      const words = [];
      page.on("console", (message) => { if (message.type() === "error") words.push(message.text()); });
      await page.goto(base + path);
      if (colorScheme === "light") await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
      tell(`${name}, ${width} px, ${colorScheme}`, [...(await wrong(page)), ...words.filter((one) => !one.includes("404"))]);
      if (name === "todo-en") await page.goto(base + "?lang=fr");
      await page.close();
    }
    const look = async (page, name) => {
      if (colorScheme === "light") await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
    };
    tell(`book, ${width} px, ${colorScheme}`, await booked(await context.newPage(), look, `${colorScheme}${width}`));
    tell(`preview, ${width} px, ${colorScheme}`, await previewed(await context.newPage()));
    await context.close();
    const visitor = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale: "fr-FR" });
    tell(`door, ${width} px, ${colorScheme}`, await passed(visitor, width));
    await visitor.close();
  }
  const context = await browser.newContext({ locale: "fr-FR", javaScriptEnabled: true });
  const page = await context.newPage();
  tell("keyboard", await reachable(page));
  await context.close();
  const bare = await browser.newContext({ locale: "fr-FR", javaScriptEnabled: false });
  tell("a form without scripts", await recorded(await bare.newPage()));
  await browser.close();
  console.log(count ? `${count} page(s) to mend` : `${Object.keys(PAGES).length} pages, ${LOOKS.length} looks: nothing wrong`);
  process.exit(count ? 1 : 0);
})();
