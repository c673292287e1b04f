// An operator's hour: cases worked through by keyboard alone, in Chromium, with
// the keys pressed, the milliseconds that the page (not the person) takes, how
// long the next case takes until all of it is drawn, the page's memory and the
// server's processor time.
//
//     make demo                                    # in another window
//     export DIR=var/demo BASE_URL=http://localhost:8080
//     node bench/review.mjs 20                     # LCP
//     FILMS=a,b,c node bench/review.mjs 20         # qualified, with films
//     PREPARE=only ... ; PREPARE=no ...            # apart
//     MOCK=1 node bench/review.mjs 20              # no server
//     AHEAD=no ...                                 # nothing is fetched ahead
//     THINK=2000                                   # ms before the opinion is given
//     FIRST=yes                                    # as root: browser and instance get
//                                                  # the processor before all others
//
// On an instance it prepares cases in a workspace whose every case goes to an
// operator. LCP: honest, a field re-typed, the zone rewritten, another's
// portrait, a specimen. FILMS are folders of tools/faces/dossier with --kind td3
// --codec vp8, each used for many cases: their rows are made to fit the films'
// challenges; two cases of three have films then.
// Cases that wait already are worked through too. A second operator takes what
// needs two. DIR is the instance's folder.
import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = new URL("..", import.meta.url).pathname;
// Nobody decides at once, and meanwhile the next case's pictures come.
const THINK = Number(process.env.THINK ?? 2000);
const COUNT = Number(process.argv[2] ?? 20);
const MOCK = process.env.MOCK
  ? spawn(process.execPath, [join(ROOT, "ui/mock/server.mjs")], {
    stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, CASES: String(COUNT) },
  }) : null;
if (MOCK) {
  process.env.BASE_URL = await new Promise((resolve) => {
    MOCK.stdout.once("data", (data) => resolve(String(data).trim()));
  });
}
const { addAuthenticator, BASE, openBrowser, test } = await import("../tests/browser/lib.mjs");
const { Participant } = await import("../tests/browser/participant.mjs");

// whose document, and what an operator who sees it answers
const FILMS = (process.env.FILMS ?? "").split(",").filter(Boolean).map((folder) => {
  const { pictures } = JSON.parse(readFileSync(join(folder, "truth.json"), "utf8"));
  const [{ country, document, fields }] = Object.values(pictures);
  if (document !== "passport") throw new Error(`${folder}: no passport`);
  return {
    file: resolve(folder, "passport"), folder, country, name: `${fields.given.text} ${fields.surname.text}`,
  };
});
const PICTURES = [
  { kind: "clean", file: "demo_passport", country: "UTO", name: "Zoé Åsa Lindqvist" },
  { kind: "field altered", file: "forged_retyped", country: "ITA", name: "Cosimo D'Amico" },
  { kind: "specimen", file: "forged_word", country: "HUN", name: "Piroska Örsike Hegedűs" },
  { kind: "portrait swapped", file: "forged_swapped", country: "GRC", name: "Athanasios Tsakiris" },
  { kind: "zone altered", file: "forged_zone_altered", country: "HRV", name: "Krešimir Čulić-Žarko" },
];
const WITH_FILMS = 2; // of three
const kindAt = (number) => (FILMS.length === 0 ? PICTURES[number % PICTURES.length]
  : number % 3 < WITH_FILMS ? FILMS[number % FILMS.length]
    : PICTURES[Math.floor(number / 3) % PICTURES.length]);
const FORGED = ["Ana Forged", "Emil Lindqvist"];
const DOUBTFUL = ["Amélie Dubois", "Ana Still"];

// Films are of honest people: the operator finds fault with some of them.
const FAULTS = ["clean", "clean", "doubtful", "clean", "forged"];

function kindOf(title, films) {
  const known = PICTURES.find(({ name }) => title.startsWith(name));
  if (known && !films) return known.kind;
  if (films && FILMS.length > 0) return FAULTS[seen.filter((one) => one.films).length % FAULTS.length];
  if (FORGED.some((name) => title.startsWith(name))) return "forged";
  return DOUBTFUL.some((name) => title.startsWith(name)) ? "doubtful" : "clean";
}

function paraph(...words) {
  const program = join(ROOT, process.env.BUILD ?? "build", "src/cli/paraph");
  return execFileSync(program, words, {
    encoding: "utf8", env: { ...process.env, PARAPH_CONFIG: join(process.env.DIR, "paraph.conf") },
  }).trim();
}

const AT_ONCE = 3; // recordings take their time, and wait for it

async function prepare() {
  const space = `Hour ${Date.now().toString(36)}`;
  paraph("workspace", "add", space, "--test", "--lcp-review", "always");
  paraph("feature", "on", space, "certificate_creation");
  paraph("feature", "on", space, "qualified_levels");
  const key = paraph("apikey", "add", space, "hour", "--scopes", "registrations,read");
  let begun = 0;
  let done = 0;
  const one = async () => {
    while (begun < COUNT) {
      const number = begun;
      begun += 1;
      const { file, country, name, folder } = kindAt(number);
      const phone = `+33612${String(Date.now() % 10000).padStart(4, "0")}${String(number).padStart(2, "0")}`;
      const person = new Participant(file, country, phone);
      await (folder ? person.toQualifiedReview(key, name, folder) : person.toReview(key, name));
      process.stderr.write(`\rprepared ${done += 1} of ${COUNT}`);
    }
  };
  await Promise.all(Array.from({ length: FILMS.length > 0 ? AT_ONCE : 1 }, one));
  process.stderr.write("\n");
}

// Runs in the page: when a key was pressed, when something new stood there.
function watchPage() {
  window.hour = { pressed: 0, keys: 0 };
  addEventListener("keydown", () => {
    window.hour.pressed = performance.now();
    window.hour.keys += 1;
  }, true);
  window.hour.until = (what) => new Promise((resolve, reject) => {
    const { pressed } = window.hour;
    const sized = (canvas) => canvas && (canvas.width !== 300 || canvas.height !== 150);
    const drawn = () => [...document.querySelectorAll(".pane")].every((pane) => {
      const image = pane.querySelector("img");
      return (image?.complete && image.naturalWidth > 0) || sized(pane.querySelector("canvas"));
    }) && document.querySelector(".pane");
    // come, decoded and painted: the second frame begins when the first is out
    const painted = async () => {
      const images = what === "drawn" ? [...document.querySelectorAll(".pane img")] : [];
      await Promise.all(images.map((one) => one.decode().catch(() => undefined)));
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - pressed)));
    };
    const look = () => {
      const there = what === "drawn" ? drawn() : document.querySelector(what);
      if (there) void painted();
      else if (performance.now() - pressed > 60_000) reject(new Error(`${what} does not come`));
      else requestAnimationFrame(look);
    };
    look();
  });
}

async function operator(nth) {
  const email = MOCK ? ["operator", "second"][nth] + "@demo.example"
    : `hour${nth}.${Date.now().toString(36)}@demo.example`;
  const password = MOCK ? "demo" : paraph("member", "add", "-", email, "--role", "operator",
    "--name", `Hour ${nth}`, "--trained", new Date().toISOString().slice(0, 10));
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  const page = await context.newPage();
  await addAuthenticator(page);
  await page.addInitScript(watchPage);
  if (process.env.AHEAD === "no") await page.route("**/v1/reviews/ahead", (route) => route.abort());
  await page.goto(`${BASE}/`);
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", password);
  await test(page, "login").click();
  await page.fill("[name=enrolment_code]",
    MOCK ? "BCDF-GHJK-LMNP-QRST" : paraph("member", "enrol-code", email));
  await test(page, "add-passkey").click();
  await test(page, "passkey-go-on").click();
  await test(page, "prove-passkey").click();
  await test(page, "queue").waitFor();
  return page;
}

const seen = []; // { kind, films, keys, times: { name: ms } }

// From N to the decision; null when nothing waits.
async function work(page) {
  const one = { times: {} };
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  const time = async (name, what) => {
    one.times[name] = await page.evaluate((it) => window.hour.until(it), what);
  };
  await page.evaluate(() => { window.hour.keys = 0; });
  const began = Date.now();
  const before = await processors();
  await press("n");
  await time("case", "[data-test=review-case], [data-test=queue-empty], [data-test=queue] .notice");
  if (!await test(page, "review-case").count()) return null;
  await time("pictures", "drawn");
  const after = await processors();
  one.processor = Object.fromEntries(Object.keys(after).map((name) => [name, after[name] - before[name]]));
  one.films = await test(page, "to-face").count() > 0;
  one.kind = kindOf(await page.locator(".case-bar h1").textContent(), one.films);
  for (const view of one.films ? ["face film", "document film"] : []) {
    await press("v");
    await time(view, "drawn");
  }
  await page.waitForTimeout(THINK);
  const refused = !["clean", "doubtful"].includes(one.kind);
  const no = refused ? "2" : "1";
  await press(no, no, ...(one.films ? [no] : []), "Enter");
  await time("results", "[data-test=results]");
  if (one.kind === "clean") {
    await press("1");
    await time("approval", "[data-test=approval], [data-test=decision-plain]");
    await press("Enter");
  } else {
    await press(refused ? "3" : "2");
    await test(page, "find-reason").waitFor();
    await page.keyboard.type(refused ? "forg" : "blur");
    await press("Enter", "Enter");
  }
  await time("decided", "[data-test=decided]");
  one.keys = await page.evaluate(() => window.hour.keys);
  one.seconds = (Date.now() - began) / 1000;
  return one;
}

// What it costs: the browser's processes that hold pictures, and the server's.

const statOf = (pid) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");

function serverPrograms() {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const conf = join(realpathSync(process.env.DIR), "paraph.conf");
  const is = (pid, what) => {
    try { return what(pid); } catch { return false; }
  };
  const head = all.find((pid) => is(pid, () =>
    readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`serve\0--config\0${conf}`)));
  return all.filter((pid) => pid === head || is(pid, () => statOf(pid)[1] === head));
}

function serverTicks() {
  const ticks = {};
  for (const pid of serverPrograms()) {
    const name = readFileSync(`/proc/${pid}/comm`, "utf8").trim();
    // with those that are over: the cage's are a process each
    ticks[name] = [11, 12, 13, 14].reduce((sum, at) => sum + Number(statOf(pid)[at]), ticks[name] ?? 0);
  }
  return ticks;
}

// Nanoseconds of all threads: at work, and ready to work but in line for a
// processor. Where others have the machine, milliseconds by the clock say
// little; the first say what the next case costs.
const AT_WORK = 0;
const IN_LINE = 1;

function nanoseconds(pid, what = AT_WORK, threads = null) {
  try {
    return (threads ?? readdirSync(`/proc/${pid}/task`)).reduce((sum, thread) =>
      sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[what]), 0);
  } catch { return 0; }
}

// The two threads that everything from the key to the picture goes through, one
// after the other: the page's, and the browser's.
function inLine(processInfo) {
  const mains = processInfo.filter(({ type }) => type === "renderer" || type === "browser").map(({ id }) => id);
  return mains.reduce((sum, id) => sum + nanoseconds(id, IN_LINE, [id]), 0) / 1e6;
}

async function processors() {
  whole ??= await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
  const total = (pids) => pids.reduce((sum, pid) => sum + nanoseconds(pid), 0) / 1e6;
  return {
    page: total(processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id)),
    browser: total(processInfo.filter(({ type }) => type !== "renderer").map(({ id }) => id)),
    server: MOCK ? 0 : total(serverPrograms()),
    line: inLine(processInfo),
  };
}

let devtools = null;
let whole = null;

// On a machine that others want as well, the clock shows how long they had it.
// Sessions of Linux (autogroup) share a processor by their nice values.
async function goFirst() {
  whole ??= await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
  for (const pid of [process.pid, ...processInfo.map(({ id }) => id), ...(MOCK ? [] : serverPrograms())]) {
    writeFileSync(`/proc/${pid}/autogroup`, "-15");
  }
}

async function memory(page) {
  // kept: with a session that is detached the page's passkey would go too
  devtools ??= await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const { nodes } = await devtools.send("Memory.getDOMCounters");
  whole ??= await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
  // blobs live in the browser's own process, not in the page's
  const resident = (kind) => processInfo.filter(({ type }) => type === kind).reduce((sum, { id }) =>
    sum + Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0) / 1024, 0);
  return { heap: usedSize / 2 ** 20, nodes, browser: resident("browser"), page: resident("renderer") };
}

const held = []; // after each case of the first operator

function row(name, all) {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const cell = (value) => String(Math.round(value)).padStart(7);
  console.log(`${name.padEnd(34)}${String(all.length).padStart(5)}${cell(at(0.5))}${cell(at(0.95))}${cell(sorted[sorted.length - 1])}`);
}

function report() {
  console.log(`load ${readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 3).join(" ")}, ${new Date().toISOString()}`);
  console.log(`${"".padEnd(34)}${"count".padStart(5)}${"median".padStart(7)}${"p95".padStart(7)}${"most".padStart(7)}`);
  const kinds = [...new Set(seen.map((one) => `${one.kind}${one.films ? ", with films" : ""}`))].sort();
  for (const kind of kinds) {
    row(`keys, ${kind}`, seen.filter((one) => `${one.kind}${one.films ? ", with films" : ""}` === kind).map((one) => one.keys));
  }
  const names = [...new Set(seen.flatMap((one) => Object.keys(one.times)))];
  for (const name of names) row(`ms to ${name}`, seen.map((one) => one.times[name]).filter((ms) => ms !== undefined));
  for (const [ahead, which] of [[false, "an operator's first"], [true, "those after it"]]) {
    row(`ms to pictures, ${which}`, seen.filter((one) => one.ahead === ahead).map((one) => one.times.pictures));
  }
  const quick = seen.filter((one) => one.times.pictures <= 200).length;
  console.log(`within 200 ms to pictures: ${quick} of ${seen.length}`);
  // as on a machine that nobody else wants: what is left of the waiting is in it
  row("ms to pictures, less the line", seen.map((one) => one.times.pictures - one.processor.line));
  for (const name of ["page", "browser", "server"]) {
    row(`processor ms to pictures, ${name}`, seen.map((one) => one.processor[name]));
  }
  row("seconds a case, by the clock", seen.map((one) => one.seconds));
  row("ms the page took, a case", seen.map((one) =>
    Object.entries(one.times).reduce((sum, [, ms]) => sum + ms, 0) - one.times.case));
  const last = held.length - 1;
  for (const at of [...new Set([0, 1, Math.floor(last / 2), last])].filter((one) => held[one])) {
    const { heap, nodes, browser: kept, page } = held[at];
    console.log(`after case ${String(at + 1).padStart(3)}: heap ${heap.toFixed(1)} MiB, ${nodes} nodes, page ${Math.round(page)} MiB, browser ${Math.round(kept)} MiB`);
  }
}

const browser = await openBrowser();
try {
  if (!MOCK && process.env.PREPARE !== "no") await prepare();
  for (const nth of process.env.PREPARE === "only" ? [] : [0, 1]) {
    const page = await operator(nth);
    if (process.env.FIRST) await goFirst();
    const before = MOCK ? {} : serverTicks();
    let count = 0;
    const next = () => work(page).catch(async (error) => {
      await page.screenshot({ path: "/tmp/desk-trouble.png" });
      throw error;
    });
    for (let one = await next(); one; one = await next()) {
      one.ahead = count > 0; // nothing is fetched before the first
      seen.push(one);
      count += 1;
      if (nth === 0) held.push(await memory(page));
    }
    const spent = Object.entries(MOCK ? {} : serverTicks()).map(([name, ticks]) =>
      `${name} ${(((ticks - (before[name] ?? 0)) * 10) / Math.max(1, count)).toFixed(0)}`);
    if (count > 0 && !MOCK) console.log(`operator ${nth + 1}: ${count} cases; processor ms a case: ${spent.join(", ")}`);
    await page.context().close();
  }
  if (seen.length > 0) report();
} finally {
  await browser.close();
  MOCK?.kill();
}
