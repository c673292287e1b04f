// The pages' pure functions: phone numbers, formats, filters, progress.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const load = (name) => import(join(process.env.MODULES, `${name}.mjs`));
const api = await load("shared/api");
const format = await load("shared/format");
const phone = await load("shared/phone");
const text = await load("shared/text");
const progress = await load("participant/progress");
const rights = await load("app/rights");
const ended = await load("app/requests/ended");
const filters = await load("app/requests/filters");
const differences = await load("app/review/differences");
const router = await load("app/router");

test("a number typed as at home gets the prefix and loses its zero", () => {
  assert.equal(phone.joinPhone("+33", "06 12 34 56 78"), "+33612345678");
  assert.equal(phone.joinPhone("+44", "(0)7700 900123"), "+447700900123");
});

test("a number typed whole keeps its own prefix", () => {
  assert.equal(phone.joinPhone("+33", "+49 151 12345678"), "+4915112345678");
  assert.equal(phone.joinPhone("+33", "0049 151 12345678"), "+4915112345678");
});

test("Italy keeps its leading zero", () => {
  assert.equal(phone.joinPhone("+39", "06 698 1234"), "+39066981234");
});

test("what is no phone number is refused", () => {
  for (const one of ["", "+33", "0612345678", "+0123456789", "+3361234567890123", "+33 6"]) {
    assert.equal(phone.isPhone(one), false, one);
  }
  assert.equal(phone.isPhone("+33612345678"), true);
});

test("the longest prefix wins when a number is taken apart", () => {
  assert.deepEqual(phone.splitPhone("+351912345678"), { country: "PT", national: "912345678" });
  assert.equal(phone.splitPhone(null).country, "FR");
});

test("a number is spaced for reading and an unknown one left alone", () => {
  assert.equal(phone.spacedPhone("+33612345678"), "+33 6 12 34 56 78");
  assert.equal(phone.spacedPhone("+99912345"), "+99912345");
  assert.equal(phone.spacedPhone(null), "");
});

test("hex is grouped by four", () => {
  assert.equal(format.grouped("0a1b2c3d"), "0A1B 2C3D");
  assert.equal(format.grouped(""), "");
});

test("seconds become a clock, never a negative one", () => {
  assert.equal(format.clock(29.2), "0:30");
  assert.equal(format.clock(90), "1:30");
  assert.equal(format.clock(-4), "0:00");
});

test("days come to years, leap days and all", () => {
  assert.deepEqual([365, 1095, 1096, 2557, 30, 400, 0].map(format.yearsOf), [1, 3, 3, 7, 0, 0, 0]);
});

test("folding takes case and marks away", () => {
  assert.equal(format.fold(" Élodie ÅSA "), "elodie asa");
});

test("a blank without a value stays visible", () => {
  assert.equal(text.fill("{a} and {b}", { a: 1 }), "1 and {b}");
});

test("a mark of French begins no line", () => {
  assert.equal(text.withFrenchSpaces({ a: "« Oui » ? Non : 3 ; fin" }).a,
    "«\u00a0Oui\u00a0»\u00a0? Non\u00a0: 3\u00a0; fin");
});

test("an unknown language falls back to English", () => {
  assert.equal(text.knownLanguage("fr-CA"), "fr");
  assert.equal(text.knownLanguage("xx"), "en");
  assert.equal(text.knownLanguage(null), "en");
});

test("an error without a body still has a code", () => {
  assert.equal(api.failureOf(413, null).code, "too_large");
  assert.equal(api.failureOf(500, "oops").code, "internal");
});

test("an error brings its field, the pending request and the wait", () => {
  const body = { error: { code: "registration_pending", message: "m", field: "applicant", registration: "reg_1" } };
  const failure = api.failureOf(409, body, "30");
  assert.equal(failure.field, "applicant");
  assert.equal(failure.registration, "reg_1");
  assert.equal(failure.retryAfter, 30);
});

test("empty filters ask for nothing", () => {
  assert.equal(filters.searchOf(filters.NO_FILTERS), "");
  assert.equal(filters.narrowed(filters.NO_FILTERS), false);
});

test("dates are whole days here, sent in UTC", () => {
  const search = filters.searchOf({ ...filters.NO_FILTERS, from: "2026-03-01", to: "2026-03-02" });
  assert.match(decodeURIComponent(search), /created_after=2026-02-28T23:00:00.000Z/);
  assert.match(decodeURIComponent(search), /created_before=2026-03-02T23:00:00.000Z/);
});

test("pressing a heading twice turns the order", () => {
  const once = filters.sorted(filters.NO_FILTERS, "name");
  assert.equal(once.order, "asc");
  assert.equal(filters.sorted(once, "name").order, "desc");
  assert.equal(filters.searchOf(once), "?sort=name&order=asc");
});

test("readings that differ by marks or the zone's spelling agree", () => {
  assert.equal(differences.differs(["Zoé Åsa", "ZOÉ ÅSA", "ZOE AASA"]), false);
  assert.equal(differences.differs(["Müller", null, "MUELLER"]), false);
});

test("a request that ended otherwise does not expire any more", () => {
  const expiry = (state) => ended.expiryOf({ state, expires_at: "2026-12-04T09:00:00Z" });
  for (const state of ["created", "in_review", "approved", "expired"]) {
    assert.equal(expiry(state), "2026-12-04T09:00:00Z", state);
  }
  for (const state of ["issued", "declined", "refused", "cancelled"]) assert.equal(expiry(state), null, state);
});

test("readings that differ are marked", () => {
  assert.equal(differences.differs(["Dubois", "DUBOIN", null]), true);
  assert.equal(differences.differs([null, "1988-04-12", "1988-04-13"]), true);
});

test("a state as a word is not held against its code, two codes are", () => {
  for (const same of [["FRANÇAISE", "FRA"], ["D", "DEU"], ["FRA", null, "FRA"], [null], []]) {
    assert.equal(differences.codesDiffer(same), false, String(same));
  }
  assert.equal(differences.codesDiffer(["BEL", null, "FRA"]), true);
  assert.equal(differences.codesDiffer(["FRANÇAISE", "FRA", "BEL"]), true);
});

test("an address becomes a path and its questions", () => {
  const route = router.routeOf("#/requests/reg_1?new=1");
  assert.deepEqual(route.path, ["requests", "reg_1"]);
  assert.equal(route.search.get("new"), "1");
  assert.deepEqual(router.routeOf("").path, []);
});

// progress

const step = (name, state) => ({ name, state, at: null, attempts: 0, reasons: [] });
const session = (more) => ({
  state: "opened", steps: [step("name", "todo"), step("email", "done")],
  document: null, ...more,
});

test("the participant's progress leaves out what is not theirs", () => {
  const { names, at } = progress.progressOf([
    step("name", "done"), step("phone", "todo"), step("review", "todo"),
    step("proof_of_life", "skipped"), step("certificate", "todo"),
  ]);
  assert.deepEqual(names, ["name", "phone"]);
  assert.equal(at, 1);
});

test("the welcome stands before the first act and never after", () => {
  assert.equal(progress.showsWelcome(session({}), false), true);
  assert.equal(progress.showsWelcome(session({}), true), false);
  assert.equal(progress.showsWelcome(session({ steps: [step("name", "done")] }), false), false);
  assert.equal(progress.showsWelcome(session({ state: "collecting" }), false), false);
});

const withPictures = (...states) => session({
  document: {
    country: "FRA", kind: "identity_card", sides: ["front", "back"], attempts_left: 3,
    pictures: states.map((state, i) => ({ side: ["front", "back"][i], state, reasons: [] })),
  },
});

test("the side to photograph is the first that is missing or turned back", () => {
  assert.equal(progress.nextSide(withPictures()), "front");
  assert.equal(progress.nextSide(withPictures("read", "missing")), "back");
  assert.equal(progress.nextSide(withPictures("retake", "read")), "front");
  assert.equal(progress.nextSide(withPictures("read", "received")), null);
});

test("all is read only when every side is", () => {
  assert.equal(progress.allRead(withPictures("read", "read")), true);
  assert.equal(progress.allRead(withPictures("read", "received")), false);
  assert.equal(progress.allRead(session({})), false);
});

// languages

globalThis.document = { documentElement: {} };

test("of two languages chosen at once the last one counts", async () => {
  await Promise.all([text.useLanguage("en", "app", "participant"), text.useLanguage("fr")]);
  assert.equal(text.language(), "fr");
  await Promise.all([text.useLanguage("fr"), text.useLanguage("en", "app")]);
  assert.equal(text.language(), "en");
  assert.equal(document.documentElement.lang, "en");
});

test("a section that comes while the language changes is in the new one", async () => {
  for (const language of ["fr", "en", "fr"]) {
    await Promise.all([text.addTexts("review"), text.useLanguage(language)]);
    const shown = JSON.parse(readFileSync(
      new URL(`../src/texts/review.${language}.json`, import.meta.url), "utf8"));
    assert.equal(text.t("source.printed"), shown["source.printed"]);
  }
});

// roles

test("each role sees what it may: an auditor all requests, a reader without being told to create", () => {
  const can = { see: false, create: false, revoke: false, review: false };
  const seen = (role, workspace, ...may) => {
    const me = { role, workspace, can: { ...can, ...Object.fromEntries(may.map((one) => [one, true])) } };
    return [rights.home(me), rights.seesRequests(me), rights.requestsTitle(me), rights.requestsLead(me)].join(" ");
  };
  const space = { id: "wsp_1" };
  assert.equal(seen("contributor", space, "see", "create"), "requests true nav.requests requests.lead");
  assert.equal(seen("reader", space, "see"), "requests true nav.requests_read requests.lead_read");
  assert.equal(seen("auditor", null, "see"), "requests true nav.requests_read requests.lead_all");
  assert.equal(rights.certificatesLead({ workspace: null }), "certificates.lead_all");
  assert.equal(rights.certificatesLead({ workspace: space }), "certificates.lead");
  assert.match(seen("operator", null, "review", "revoke"), /^review false/);
  assert.match(seen("platform_admin", null), /^figures false/);
});
