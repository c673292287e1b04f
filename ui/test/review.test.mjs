// The review's pure functions: films, letters, keys, zoom, time line, what is
// signed and how it travels.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { buildFilm } from "../mock/film.mjs";
import { texts } from "./texts.mjs";

const load = (name) => import(join(process.env.MODULES, `${name}.mjs`));
const api = await load("shared/api");
const ahead = await load("app/review/ahead");
const drafts = await load("app/review/drafts");
const film = await load("app/review/film");
const letters = await load("app/review/letters");
const handed = await load("app/review/handed");
const keys = await load("app/review/keys");
const zoom = await load("app/review/zoom");
const line = await load("app/review/timeline");
const closeUps = await load("app/review/close-ups");
const earlierOnes = await load("app/review/earlier-ones");
const reasons = await load("app/review/reasons");
const digest = await load("app/review/digest");
const words = await load("app/review/words");
const figures = await load("app/review/interval");
const plans = await load("app/review/plans");
const features = await load("app/review/features");
const facts = await load("app/review/facts");
const persons = await load("app/review/personal-numbers");
const signs = await load("app/review/signs");
const base64url = await load("shared/base64url");
const passkey = await load("shared/passkey");
const english = texts("en");

// the server's lists
const def = (file) => readFileSync(new URL(`../../src/${file}`, import.meta.url), "utf8");

// the next case

test("what is fetched ahead is for its case alone, once, and gone with who signs out", async (context) => {
  const next = {
    object: "ahead", id: "reg_1", attempt: 1,
    pictures: [{ side: "front", still: "/v1/reviews/reg_1/ahead/stills/front.jpg" }],
    films: [{ part: "face", url: "/v1/reviews/reg_1/ahead/films/face" }],
  };
  context.mock.method(globalThis, "fetch", async (path) => path === "/v1/reviews/ahead"
    ? Response.json(next) : new Response(path.endsWith("face") ? buildFilm([]) : new Uint8Array([0xff, 0xd8])));
  globalThis.createImageBitmap ??= async () => ({});
  const { signal } = new AbortController();
  const sides = (id, attempt = 1) => {
    const { stills, films } = ahead.takeAhead({ id, attempt });
    return [...Object.keys(stills), ...Object.keys(films)];
  };
  await ahead.fetchAhead(signal);
  assert.deepEqual(sides("reg_1"), ["front", "face"]);
  assert.deepEqual(sides("reg_1"), []);
  await ahead.fetchAhead(signal);
  assert.deepEqual(sides("reg_1", 2), []);
  await ahead.fetchAhead(signal);
  ahead.dropAhead();
  assert.deepEqual(sides("reg_1"), []);
});

test("the pictures of a case that is given are asked for with it, once, and not for who signed out", async (context) => {
  const asked = [];
  const given = {
    id: "reg_1", attempt: 1,
    pictures: ["front", "back"].map((side) => ({ side, still: `/v1/reviews/reg_1/stills/${side}.jpg` })),
  };
  context.mock.method(globalThis, "fetch", async (path, { signal } = {}) => {
    if (path === "/v1/reviews/next") return Response.json(given);
    asked.push([path, signal]);
    return new Response(new Uint8Array([0xff, 0xd8]));
  });
  await handed.takeNext();
  ahead.fetchGiven(given);
  assert.deepEqual(asked.map(([path]) => path.slice(-9)), ["front.jpg", "/back.jpg"]);
  const { coming } = ahead.takeAhead(given);
  assert.equal((await coming.front).size, 2);
  assert.deepEqual(ahead.takeAhead(given).coming, {});
  await handed.takeNext();
  ahead.dropAhead();
  assert.deepEqual(ahead.takeAhead(given).coming, {});
  assert.deepEqual(asked.map(([, signal]) => signal.aborted), [true, true, true, true]);
});

test("a case on its way to its page is for who asked for it, and for nobody after a sign-out", async (context) => {
  let answer;
  context.mock.method(globalThis, "fetch", () => new Promise((done) => {
    answer = () => done(Response.json({ id: "reg_1", attempt: 1, pictures: [] }));
  }));
  const take = async (meanwhile) => {
    const taken = handed.takeNext();
    meanwhile();
    answer();
    return (await taken)?.id ?? null;
  };
  assert.equal(await take(() => undefined), "reg_1");
  assert.equal(handed.takeHanded("reg_1").id, "reg_1");
  assert.equal(handed.takeHanded("reg_1"), null);
  assert.equal(await take(() => undefined), "reg_1");
  handed.dropHanded();
  assert.equal(handed.takeHanded("reg_1"), null);
  assert.equal(await take(handed.dropHanded), null);
  assert.equal(handed.takeHanded("reg_1"), null);
});

// the session

test("a session that is over is told by whatever is asked of it, a wrong password is not", async (context) => {
  let told = 0;
  api.onSessionOver(() => { told += 1; });
  context.mock.method(globalThis, "fetch", async () =>
    Response.json({ error: { code: "unauthorized", message: "" } }, { status: 401 }));
  await assert.rejects(api.post("/v1/login", {}));
  assert.equal(told, 0);
  const asked = [
    () => api.get("/v1/me"), () => api.bytes("/v1/reviews/reg_1/stills/front.jpg"),
    () => api.post("/v1/login/passkey/begin"), () => api.post("/v1/login/passkey", {}),
  ];
  for (const ask of asked) await assert.rejects(ask());
  assert.equal(told, asked.length);
});

// what was begun

test("what was begun on a case waits for who began it, and is gone with a sign-out", () => {
  const one = { id: "reg_1", attempt: 1 };
  const note = () => drafts.draftOf(one).note;
  drafts.keepDraftsOf("mem_1");
  drafts.draftOf(one).note = "The lower edge is soft.";
  assert.equal(drafts.draftOf({ id: "reg_1", attempt: 2 }).note, "");
  drafts.keepDraftsOf("mem_1");
  assert.equal(note(), "The lower edge is soft.");
  drafts.keepDraftsOf("mem_2");
  assert.equal(note(), "");
  drafts.draftOf(one).note = "Mine.";
  drafts.dropDrafts();
  drafts.keepDraftsOf("mem_2");
  assert.equal(note(), "");
  drafts.draftOf(one).note = "Mine.";
  drafts.dropDraft(one);
  assert.equal(note(), "");
});

// films

const picture = (timeMs, mark = 0, jpeg = [0xff, 0xd8, timeMs & 255]) =>
  ({ mark, timeMs, width: 640, height: 480, jpeg: Buffer.from(jpeg) });
const bytesOf = (buffer) => new Uint8Array(buffer).buffer;
const two = () => bytesOf(buildFilm([picture(0), picture(100), picture(50, 6)]));

test("a film is taken apart into frames and best pictures", () => {
  const { frames, best } = film.parseFilm(two());
  assert.deepEqual(frames.map((one) => one.timeMs), [0, 100]);
  assert.deepEqual(best.map((one) => [one.mark, one.timeMs]), [["face", 50]]);
  assert.deepEqual([...frames[1].jpeg], [0xff, 0xd8, 100]);
  assert.equal(frames[0].width, 640);
});

test("a film without a picture is a film", () => {
  assert.deepEqual(film.parseFilm(bytesOf(buildFilm([]))), { frames: [], best: [] });
});

test("a film cut off anywhere is refused", () => {
  const whole = new Uint8Array(two());
  for (let size = 0; size < whole.length; size += 1) {
    assert.throws(() => film.parseFilm(whole.slice(0, size).buffer), film.DamagedFilm, String(size));
  }
});

test("a film that goes on after its last picture is refused", () => {
  const more = Buffer.concat([Buffer.from(two()), Buffer.from([0])]);
  assert.throws(() => film.parseFilm(bytesOf(more)), film.DamagedFilm);
});

const broken = (offset, value) => {
  const bytes = Buffer.from(two());
  bytes[offset] = value;
  return bytesOf(bytes);
};

test("another version, an unknown mark, no width, a size beyond the end are refused", () => {
  for (const bytes of [broken(4, 2), broken(9, 7), broken(0, 0), broken(22, 255), broken(5, 1)]) {
    assert.throws(() => film.parseFilm(bytes), film.DamagedFilm);
  }
  const flat = buildFilm([{ ...picture(0), width: 0 }]);
  const huge = buildFilm([{ ...picture(0), height: 4097 }]);
  const empty = buildFilm([picture(0, 0, [])]);
  for (const one of [flat, huge, empty]) assert.throws(() => film.parseFilm(bytesOf(one)), film.DamagedFilm);
});

test("the frame at a time is the last that has begun", () => {
  const frames = [0, 100, 210, 300].map((timeMs) => ({ timeMs }));
  assert.deepEqual([-5, 0, 99, 100, 209, 210, 9000].map((ms) => film.frameAt(frames, ms)), [0, 0, 0, 1, 1, 2, 3]);
  assert.equal(film.frameAt([], 5), 0);
  assert.equal(film.lengthOf(frames), 390);
  assert.equal(film.lengthOf([]), 100);
});

// letters

const shown = (text, against) => letters.pieces(text, against)
  .map((one) => ({ same: one.text, other: `[${one.text}]`, lost: "^" })[one.kind]).join("");

test("a letter in another's place is marked alone", () => {
  assert.equal(shown("LINDQVIZT", "LINDQVIST"), "LINDQVI[Z]T");
  assert.equal(shown("1989-09-23", "1988-09-23"), "198[9]-09-23");
});

test("missing letters leave one mark, letters too many are marked", () => {
  assert.equal(shown("Zoé Lindqvist", "Zoé Rose LINDQVIST"), "Zoé ^Lindqvist");
  assert.equal(shown("DUPPONT", "DUPONT"), "DUP[P]ONT");
  assert.equal(shown("DUPON", "DUPONT"), "DUPON^");
});

test("case, marks, dashes and the zone's spellings are no difference", () => {
  assert.equal(shown("MUELLER", "Müller"), "MUELLER");
  assert.equal(shown("Jean-Pierre", "JEAN PIERRE"), "Jean-Pierre");
  assert.equal(shown("", "A"), "^");
});

test("what has nothing in common is marked whole", () => {
  assert.equal(shown("ABC", "XYZ"), "[ABC]");
  assert.equal(shown("Somebody Quite Different", "Zoé Åsa LINDQVIST"), "[Somebody Quite Different]");
});

test("no text is ever lost by marking it", () => {
  for (const [a, b] of [["Łódź 12", "Lodz 21"], ["a<b>&c", "abc"], ["x".repeat(150), "y"]]) {
    assert.equal(letters.pieces(a, b).map((one) => one.text).join(""), a);
  }
});

// close-ups

const box = { x: 10, y: 20, width: 100, height: 30 };
const printed = { source: "printed", side: "front", box };
const zone = { source: "mrz", side: "back", box };
const fielded = {
  fields: [
    { name: "name", declared: "Ana Novak" }, { name: "surname", places: [zone, printed] },
    { name: "number", places: [zone] }, { name: "expiry", places: [printed, zone] },
  ],
};

test("close-ups are the faces and what stands there twice, and then the pictures again", () => {
  const all = closeUps.closeUpsOf(fielded, 2);
  assert.deepEqual(all, ["faces", "surname", "expiry"]);
  assert.deepEqual(closeUps.closeUpsOf(fielded, 1), ["surname", "expiry"]);
  const walk = [null];
  for (let i = 0; i < 4; i += 1) walk.push(closeUps.nextCloseUp(all, walk[i]));
  assert.deepEqual(walk, [null, "faces", "surname", "expiry", null]);
  assert.equal(closeUps.nextCloseUp([], null), null);
});

test("what is printed lies above the zone, whichever side told it first", () => {
  assert.deepEqual(closeUps.placesOf(fielded, "surname").map(({ source }) => source), ["printed", "mrz"]);
  assert.deepEqual(closeUps.placesOf(fielded, "kind"), []);
});

test("a place is cut with what surrounds it, as far as the picture goes", () => {
  assert.deepEqual(closeUps.widened(box, 15, { width: 120, height: 400 }), { x: 0, y: 5, width: 120, height: 60 });
});

// earlier requests

const before = (id, same, can_open = true) => ({ id, same, state: "refused", created_at: "", can_open });

test("an earlier request stands there once, with all that is the same", () => {
  const rows = earlierOnes.oneEach([before("a", "document"), before("b", "picture"), before("a", "person")]);
  assert.deepEqual(rows.map(({ id, sames }) => [id, ...sames]), [["a", "document", "person"], ["b", "picture"]]);
});

test("a key opens those that may be opened, one after the other, and closes the last", () => {
  const all = [before("own", "person", false), before("a", "document"), before("a", "person"), before("b", "picture")];
  const walk = [null];
  for (let i = 0; i < 3; i += 1) walk.push(earlierOnes.nextEarlier(all, walk[i]));
  assert.deepEqual(walk, [null, "a", "b", null]);
  assert.equal(earlierOnes.nextEarlier([], null), null);
});

// keys

const press = (key, more = {}) =>
  ({ key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, repeat: false, ...more });

test("every key has one meaning", () => {
  const seen = new Set();
  for (const one of keys.KEYS) {
    for (const key of one.keys) {
      for (const shift of one.shift === undefined ? [true, false] : [one.shift]) {
        const name = `${shift} ${key}`;
        assert.ok(!seen.has(name), name);
        seen.add(name);
      }
    }
  }
});

test("letters act in either case, and never with Ctrl, Alt or Cmd", () => {
  assert.equal(keys.actOf(press("n"), "page"), "next");
  assert.equal(keys.actOf(press("N", { shiftKey: true }), "page"), "next");
  for (const held of ["ctrlKey", "altKey", "metaKey"]) {
    assert.equal(keys.actOf(press("c", { [held]: true }), "page"), null, held);
  }
});

test("who types gets letters, not acts", () => {
  for (const one of keys.KEYS.flatMap((each) => each.keys)) {
    const act = keys.actOf(press(one), "text");
    assert.equal(act, one === "escape" ? "leave" : null, one);
  }
});

test("a button keeps the keys that press it and nothing else", () => {
  assert.equal(keys.actOf(press(" "), "button"), null);
  assert.equal(keys.actOf(press("Enter"), "button"), null);
  assert.equal(keys.actOf(press("1"), "button"), "answer");
});

test("a choice keeps what ticks and changes it, and Enter goes on", () => {
  for (const one of [" ", "ArrowLeft", "ArrowRight"]) assert.equal(keys.actOf(press(one), "choice"), null, one);
  assert.equal(keys.actOf(press("Enter"), "choice"), "confirm");
});

test("what holds the focus is told by what it is", () => {
  const held = (...names) => ({ type: names[1], matches: (list) => list.split(", ").includes(names[0]) });
  for (const [element, holder] of [
    [null, "page"], [held("textarea"), "text"], [held("input", "search"), "text"], [held("input", "radio"), "choice"],
    [held("input", "range"), "page"], [held("summary"), "button"], [held("canvas"), "page"],
  ]) assert.equal(keys.holderOf(element), holder);
});

test("arrows step through frames, with Shift they move the picture", () => {
  assert.equal(keys.actOf(press("ArrowRight"), "page"), "forward");
  assert.equal(keys.actOf(press("ArrowRight", { shiftKey: true }), "page"), "pan");
  assert.equal(keys.actOf(press("ArrowUp"), "page"), null);
});

test("held keys and bare modifiers are no work", () => {
  assert.equal(keys.counts(press("v")), true);
  assert.equal(keys.counts(press("v", { repeat: true })), false);
  assert.equal(keys.counts(press("Shift")), false);
});

// zoom

const close = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} ${b}`);

test("what lies under the pointer stays there", () => {
  const before = { scale: 2, x: 0.1, y: -0.2 };
  const after = zoom.zoomAt(before, 1.7, 0.25, 0.15);
  close((0.25 - before.x) / before.scale, (0.25 - after.x) / after.scale);
  close((0.15 - before.y) / before.scale, (0.15 - after.y) / after.scale);
});

test("zoom ends at the whole picture and at twelve times", () => {
  assert.deepEqual(zoom.zoomAt({ scale: 1.2, x: 0.1, y: 0 }, 0.1), zoom.WHOLE);
  assert.equal(zoom.zoomAt({ scale: 10, x: 0, y: 0 }, 5).scale, zoom.SCALE_MAX);
});

test("no picture can be pushed out of its pane", () => {
  const far = zoom.panned({ scale: 4, x: 0, y: 0 }, 99, -99);
  assert.deepEqual([far.x, far.y], [2, -2]);
  assert.deepEqual(zoom.panned(zoom.WHOLE, 0.3, 0.3), zoom.WHOLE);
});

test("a box of the picture is found where the pane shows it", () => {
  // 1000x500 in a 400x400 pane: shown 400x200, 100 from the top
  const { middle, size } = zoom.boxInPane(
    { x: 500, y: 0, width: 500, height: 500 }, { width: 1000, height: 500 }, { width: 400, height: 400 },
  );
  close(middle.x, 0.25);
  close(middle.y, 0);
  close(size.width, 0.5);
  close(size.height, 0.5);
});

test("a turned picture fits its pane again", () => {
  const wide = { width: 1000, height: 500 };
  assert.equal(zoom.fitTurned(180, wide, { width: 400, height: 400 }), 1);
  close(zoom.fitTurned(90, wide, { width: 400, height: 200 }), 0.5);
});

// time line

test("what may be asked and what may be seen has a word each", () => {
  const rows = [...def("ident/prompts.def").matchAll(/^PROMPT\((\w+),/gm)].map((one) => one[1]);
  assert.ok(rows.length >= 10, "the list was read");
  for (const one of rows) assert.ok(["asked", "event", "brief"].every((what) => english[`${what}.${one}`]), one);
});

const asked = (name, asked_ms, shown_ms) => ({ name, title: name, asked_ms, shown_ms });

test("a prompt stands until the next, by the recording's own time", () => {
  const all = line.promptStretches(
    [asked("look_ahead", 0, 0), asked("turn_left", 2500, 2000), asked("look_up", 6000, 0)], 10_000,
  );
  assert.deepEqual(all.map((one) => [one.name, one.fromMs, one.toMs]),
    [["look_ahead", 0, 2000], ["turn_left", 2000, 6000], ["look_up", 6000, 10_000]]);
  assert.equal(line.promptAt(all, 1999).name, "look_ahead");
  assert.equal(line.promptAt(all, 2000).name, "turn_left");
});

test("a prompt that was never shown is not on the line", () => {
  const all = line.promptStretches([asked("look_ahead", 0, 0), asked("turn_left", 0, 0)], 5000);
  assert.deepEqual(all.map((one) => one.name), ["look_ahead"]);
});

test("a stretch beyond the film stays on the line and can be seen", () => {
  const one = line.stretch("x", 9000, 99_000, 5000);
  assert.ok(one.left + one.width <= 100 + 1e-9 && one.width > 1);
});

test("events are those of their recording", () => {
  const at = (source) => ({ name: source, source, from_ms: 0, to_ms: 10 });
  assert.deepEqual(line.eventStretches([at("face"), at("document")], "face", 100).map((one) => one.name), ["face"]);
});

test("what passes is drawn only when it is asked for", () => {
  const at = (verdict, source = "face") => ({ verdict, source, span: { from_ms: 0, to_ms: 9 } });
  const all = [at("pass"), at("fail"), at("unsure", "document"), { ...at("warn"), span: null }];
  assert.deepEqual(line.verdictsOn(all, "face", null), [all[1]]);
  assert.deepEqual(line.verdictsOn(all, "face", all[0]), [all[0], all[1]]);
});

test("what is said on the line of an action that was not seen is where to look", () => {
  const one = { name: "challenge_followed", verdict: "unsure", span: { from_ms: 0, to_ms: 9 } };
  assert.ok(line.isMissed(one));
  assert.ok(!line.isMissed({ ...one, verdict: "fail" }));
  assert.ok(!line.isMissed({ ...one, span: null }));
  assert.ok(!line.isMissed({ ...one, name: "film_whole" }));
});

test("the keys for events go to the next and to the one before", () => {
  assert.equal(line.nextMoment([100, 900, 500], 500, true), 900);
  assert.equal(line.nextMoment([100, 900, 500], 850, false), 500);
  assert.equal(line.nextMoment([100], 100, true), null);
});

// decisions

test("asking again offers the reasons of the steps that are named", () => {
  const names = (steps) => reasons.groupsFor("redo", steps, true).map((one) => one.name);
  assert.deepEqual(names(["document"]), ["pictures"]);
  assert.deepEqual(names(["document", "proof_of_life"]), ["pictures", "recordings"]);
  assert.deepEqual(names([]), []);
});

test("every reason of the server is offered, and those it never tells are fraud", () => {
  const rows = [...def("checks/reasons.def").matchAll(/^REASON\((\w+), (true|false),/gm)];
  assert.ok(rows.length > 20, "the list was read");
  const offered = reasons.groupsFor("refuse", [], true).flatMap((one) => one.reasons);
  assert.deepEqual([...offered].sort(), rows.map((one) => one[1]).sort());
  assert.deepEqual([...reasons.FRAUD].sort(), rows.filter((one) => one[2] === "false").map((one) => one[1]).sort());
});

test("fraud is offered for refusals alone", () => {
  const groups = reasons.groupsFor("refuse", [], false).map((one) => one.name);
  assert.deepEqual(groups, ["fraud", "final", "pictures"]);
  const all = reasons.groupsFor("redo", ["document", "proof_of_life"], true).flatMap((one) => one.reasons);
  assert.equal(reasons.isFraud(all), false);
  assert.equal(reasons.isFraud(["blurred", "coerced"]), true);
});

// what is signed (docs/approval.md has this example)

const EXAMPLE = {
  registration: "reg_00000000000000000000000000",
  workspace: "wsp_00000000000000000000000000", requested_by: "mem_00000000000000000000000000",
  address: "6052d0f2a893a2b2c344fb0eea989a71f056f6825c661af3c9234659fba3433a", withdrawal: null,
  level: "qcp", profile: "qcp_n",
  subject: {
    given_names: "Zoë Maï", surname: "Ļimanova", common_name: "Zoë Maï Ļimanova",
    country: "FR", person_serial: "PNOFR-0123456789",
  },
  evidence: Array.from({ length: 32 }, (_, i) => i.toString(16).padStart(2, "0")).join(""),
  own_key: null, decision: "approve", needed: 1, attempt: 1, made_at: 1700000000123,
};
const OWN_KEY = {
  algorithm: "P-256",
  sha256: Array.from({ length: 32 }, (_, i) => (i + 32).toString(16).padStart(2, "0")).join(""),
};

test("the digest of an approval is the one that the signer makes", async () => {
  assert.equal(digest.encoded(EXAMPLE).length, 321);
  assert.equal(base64url.hex(await digest.digestOf(EXAMPLE)),
    "cdf4317a0320d0fb40377d02f74bb4980c267faa2cb1edd0c294baf289399c26");
  assert.equal(base64url.hex(await digest.digestOf({ ...EXAMPLE, own_key: OWN_KEY })),
    "de9946d32be224db4f0176832caffcdfd4969516080bda4b7e7aaf41d70805d4");
  assert.equal(base64url.hex(await digest.digestOf({ ...EXAMPLE, withdrawal: "404142434445464748494a4b4c4d4e4f" })),
    "c6233aef574a7b129a29554baff6a1e77fb56701c6c227c2e1d0b7f228b2fec6");
});

test("whatever changes in an approval changes its digest", async () => {
  const first = base64url.hex(await digest.digestOf(EXAMPLE));
  const others = [
    { ...EXAMPLE, needed: 2 }, { ...EXAMPLE, attempt: 2 }, { ...EXAMPLE, made_at: 1700000000124 }, { ...EXAMPLE, level: "qcpnqscd" },
    { ...EXAMPLE, own_key: OWN_KEY }, { ...EXAMPLE, workspace: "wsp_10000000000000000000000000" },
    { ...EXAMPLE, requested_by: null }, { ...EXAMPLE, address: "00".repeat(32) },
    { ...EXAMPLE, withdrawal: "00".repeat(16) },
    { ...EXAMPLE, subject: { ...EXAMPLE.subject, given_names: "Zoë", surname: "MaïĻimanova" } },
  ];
  for (const one of others) assert.notEqual(base64url.hex(await digest.digestOf(one)), first);
});

test("words for a digest can be said, and differ where the digest does", () => {
  const of = (text) => words.words(createHash("sha256").update(text).digest());
  assert.match(of("a"), /^([bdfghjklmnprstvz][aiou]){2}[bdfghjklmnprstvz](-[a-z]{5}){3}$/);
  assert.notEqual(of("a"), of("b"));
  const seen = new Set();
  for (let i = 0; i < 65_536; i += 1) seen.add(words.words(new Uint8Array([i >> 8, i & 255]), 1));
  assert.equal(seen.size, 65_536);
});

// passkeys

test("bytes travel as base64url without padding", () => {
  for (let size = 0; size < 40; size += 1) {
    const bytes = createHash("sha512").update(String(size)).digest().subarray(0, size);
    assert.equal(base64url.encode(new Uint8Array(bytes)), bytes.toString("base64url"));
    assert.deepEqual(Buffer.from(base64url.decode(bytes.toString("base64url"))), bytes);
  }
});

test("what is no base64url is refused, not repaired", () => {
  for (const one of ["a", "ab=", "a+b/", "a b", "é"]) assert.throws(() => base64url.decode(one), RangeError, one);
});

const CHALLENGE = Buffer.alloc(32, 7).toString("base64url");

test("a signature demands the person, and only the keys that were named", () => {
  const options = passkey.requestOptions({ challenge: CHALLENGE, rp_id: "paraph.example", allow: ["AQID"] });
  assert.equal(options.userVerification, "required");
  assert.equal(options.rpId, "paraph.example");
  assert.deepEqual([...options.challenge], Array(32).fill(7));
  assert.deepEqual(options.allowCredentials.map((one) => [one.type, [...one.id]]), [["public-key", [1, 2, 3]]]);
});

test("a new passkey demands the person and wants no attestation", () => {
  const options = passkey.creationOptions({
    challenge: CHALLENGE, rp: { id: "paraph.example", name: "Paraph" },
    user: { id: "AQ", name: "a@b.example", display_name: "Ada" }, exclude: ["AQID"], algorithms: [-7, -257],
  });
  assert.equal(options.authenticatorSelection.userVerification, "required");
  assert.equal(options.attestation, "none");
  assert.deepEqual(options.pubKeyCredParams.map((one) => one.alg), [-7, -257]);
  assert.equal(options.user.displayName, "Ada");
  assert.equal(options.excludeCredentials.length, 1);
});

test("two wide pictures lie above each other where that shows more of them", () => {
  assert.equal(zoom.isLargerAbove({ width: 900, height: 760 }), true);
  assert.equal(zoom.isLargerAbove({ width: 900, height: 560 }), false);
  assert.equal(zoom.isLargerAbove({ width: 2000, height: 1200 }), false);
  assert.equal(zoom.isLargerAbove({ width: 0, height: 0 }), false);
});

test("a share of few cases has a wide interval, and never one outside 0 and 1", () => {
  assert.ok(figures.leftOften(9, 36) && !figures.leftOften(4, 5) && !figures.leftOften(6, 100),
    "some slips are no habit");
  const [low, high] = figures.interval(1, 2);
  assert.ok(low > 0.09 && low < 0.1 && high > 0.9 && high < 0.91); // Wilson: 9.5 to 90.5 %
  assert.equal(figures.interval(4, 4)[1], 1);
  assert.ok(figures.interval(4, 4)[0] < 0.52);
  assert.equal(figures.interval(0, 3)[0], 0);
  const many = figures.interval(950, 1000);
  assert.ok(many[0] > 0.93 && many[1] < 0.97);
});

// what to look at

const documents = [...def("ident/documents.def").matchAll(
  /^DOCUMENT\((\w+), (\w+), "([^"]+)", (\w+), (\d), "(\w+)"/gm)]
  .map(([, country, kind, model, format, sides, levels]) =>
    ({ country, kind, model, format, sides: Number(sides), qualified: /[qs]/.test(levels) }));

test("every model of the table of documents has a plan of its sides", () => {
  assert.ok(documents.length > 100);
  for (const one of documents) {
    assert.equal(plans.planOf(one.kind, one.format).sides.length, one.sides, `${one.country} ${one.model}`);
  }
});

test("every place of a plan lies on its sheet, on a side that there is", () => {
  for (const { name, width, height, sides, places, lines } of plans.PLANS) {
    for (const { side, box: [left, top, wide, high] } of [...places, ...lines]) {
      assert.ok(sides.includes(side), name);
      assert.ok(left >= 0 && top >= 0 && wide > 0 && high > 0, name);
      assert.ok(left + wide <= width + 0.01 && top + high <= height + 0.01, `${name} ${side} ${left} ${top}`);
    }
  }
});

test("a place is called given where a text gives it, and it is named", () => {
  for (const { name, places } of plans.PLANS) {
    const given = places.filter((one) => one.source);
    // the French card of before has no international text
    assert.deepEqual(given.map((one) => one.feature).filter((one) => one !== "state"),
      name === "french_card" ? [] : ["portrait", "zone"], name);
    for (const { source } of given) assert.match(source, /^(ICAO 9303-[456], zone (V|VII)|Regulation \(EC\) 1030\/2002, .+)$/);
  }
});

test("what a register tells of a model is told of that model alone, and named", () => {
  const ground = (country, from, name) => features
    .guideTo("residence_permit", country, { model: "permit", format: "TD1", qualified: true, from })
    .features.find((one) => one.name === name)?.ground;
  assert.deepEqual(ground("FRA", "2020-07-10", "laser").how, "told");
  assert.match(ground("FRA", "2020-07-10", "ink").source, /^PRADO FRA-HO-12001/);
  assert.equal(ground("FRA", "2011-06-20", "laser").how, "usual");
  assert.equal(ground("FRA", "2011-06-20", "ink"), undefined);
  assert.equal(ground("ITA", "2020-07-10", "laser").how, "usual");
  assert.equal(ground("EST", "2020-07-10", "ghost").how, "told");
  assert.equal(ground("EST", "2020-07-10", "zone").how, "given");
  for (const { kind, country, year } of plans.TOLD) {
    assert.ok(documents.some((one) => one.kind === kind && one.country === country && one.model.includes(year)), country);
  }
});

test("everything on a plan has a number of its own, a name, and what to look at and doubt", () => {
  for (const file of ["en", "fr"]) {
    const told = texts(file, "review");
    for (const { country, kind, ...model } of documents) {
      const { features: all } = features.guideTo(kind, country, model);
      const numbers = all.map((one) => one.number).filter((one) => one !== null);
      assert.deepEqual(numbers, numbers.map((_, index) => index + 1));
      for (const { name } of all) {
        for (const what of ["name", "look", "doubt"]) assert.ok(told[`feature_${what}.${name}`], name);
      }
    }
  }
});

test("the flag is asked of cards of Regulation (EU) 2019/1157, and of no others", () => {
  const flag = (country, kind, model) => features.guideTo(kind, country, model)
    .features.some((one) => one.name === "flag");
  for (const { country, kind, ...model } of documents) {
    const source = def("ident/documents.def").split("\n")
      .find((line) => line.startsWith(`DOCUMENT(${country}, ${kind}, "${model.model}"`));
    assert.equal(flag(country, kind, model), /2019\/1157, Article 3,/.test(source), `${country} ${model.model}`);
  }
  assert.equal(flag("FRA", "identity_card", null), false);
});

// what is particular to a state


test("a state's facts come from the tables by which its documents are read", () => {
  const card = (country, model) => facts.factsOf("identity_card", country, { layout: "card", ...model });
  const german = card("DEU", { format: "TD1" });
  assert.deepEqual(german.peculiar.map((one) => one.name), ["zone_d", "no_vowels"]);
  assert.deepEqual(german.spelt.find(([letter]) => letter === "Ä"), ["Ä", ["AE", "A"]]);
  assert.deepEqual(german.spelt.map(([letter]) => letter), ["Ä", "Ö", "Ü", "ẞ"]);
  assert.equal(german.years.most, 10);
  assert.match(german.years.source, /2019\/1157/);
  assert.deepEqual(card("ESP", { format: "TD1" }).numbers, ["AAA999999"]);
  assert.equal(facts.factsOf("passport", "GRC", null).letters, "");
  const old = card("FRA", { format: "FRA2", layout: "french_card" });
  assert.ok(old.peculiar.some((one) => one.name === "fifteen_years" && one.source));
  assert.equal(old.years, null, "its own rule is told instead");
  assert.ok(!card("FRA", { format: "TD1" }).peculiar.some((one) => one.name === "fifteen_years"));
  // a permit is numbered otherwise than the state's own card, and its holder is
  // of another state
  const permit = facts.factsOf("residence_permit", "ESP", { layout: "card" });
  assert.deepEqual([permit.numbers, permit.letters, permit.years, permit.peculiar], [[], null, null, []]);
  assert.ok(card("ESP", { format: "TD1" }).peculiar.some((one) => one.name === "two_surnames"));
  assert.ok(!facts.factsOf("residence_permit", "DEU", { layout: "card" }).peculiar
    .some((one) => one.name === "no_vowels"));
  // no law is named that does not bind the state, and no doubt as if it were one
  assert.equal(card("CHE", { format: "TD1" }).years, null);
  assert.equal(german.years.source, "Regulation (EU) 2019/1157, article 4");
  assert.equal(facts.factsOf("passport", "CHE", null).years.source, "");
  const nobody = facts.factsOf("passport", "XXX", null);
  assert.deepEqual([nobody.numbers, nobody.personal, nobody.letters, nobody.peculiar], [[], null, null, []]);
});

test("each personal number is of an accepted state, and says which digit is the sex's", () => {
  const rows = def("ident/documents.def");
  for (const { country, shape, tells, digit } of persons.PERSONAL_NUMBERS) {
    assert.ok(rows.includes(`DOCUMENT(${country},`), country);
    for (const one of tells) assert.ok(english[`personal.${one}`], one);
    const wants = tells.some((one) => one === "sex_odd" || one === "sex_even");
    assert.equal(wants, digit !== undefined, country);
    if (digit) assert.equal(shape.replace(/[^A-Z]/g, "")[digit - 1], "N", country);
    assert.equal(tells.includes("born"), shape.includes("YY") && !shape.startsWith("A"), country);
  }
});

test("each suspicion has its signs, each sign its words", () => {
  assert.deepEqual(Object.keys(signs.SIGNS), reasons.FRAUD);
  for (const sign of Object.values(signs.SIGNS).flat()) {
    for (const what of ["name", "look", "innocent"]) assert.ok(english[`sign_${what}.${sign}`], sign);
  }
});

test("what is peculiar has its words", () => {
  const countries = [...new Set([...def("ident/documents.def").matchAll(/^DOCUMENT\((\w+), (\w+), "[^"]*", (\w+)/gm)]
    .map((row) => row.slice(1, 4).join(" ")))];
  const named = countries.flatMap((row) => {
    const [country, kind, format] = row.split(" ");
    return facts.factsOf(kind, country, { format }).peculiar;
  });
  assert.ok(named.length > 12);
  for (const { name } of named) {
    assert.ok(english[`peculiar.${name}`] && english[`peculiar_name.${name}`], name);
  }
});

test("keys that have a name are called by it in each language", () => {
  for (const language of ["en", "fr"]) {
    const theirs = texts(language, "review");
    for (const { shown } of keys.KEYS) {
      if (/^[A-Z][a-z]+$/.test(shown)) assert.ok(theirs[`key.${shown}`], `${language} ${shown}`);
    }
  }
});
