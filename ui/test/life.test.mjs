// A recording's way to the server without a camera: the chain, sending over a
// connection that comes and goes, prompts in their time, and the small measures.
import assert from "node:assert/strict";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { join } from "node:path";
import test from "node:test";

const load = (name) => import(join(process.env.MODULES, `${name}.mjs`));
const { beginChain } = await load("participant/life/chain");
const hints = await load("participant/life/hints");
const pace = await load("participant/life/pace");
const presence = await load("participant/life/presence");
const sender = await load("participant/life/sender");
const { startMeter } = await load("participant/life/spacing");
const { stopOf } = await load("participant/life/stops");
const { runTake } = await load("participant/life/take");
const { chooseType } = await load("participant/life/tape");
const { Failure } = await load("shared/api");
const { wireOf } = await load("participant/life/wire");
const { toldAs } = await load("participant/life/wishes");
const pin = await load("participant/pin-rules");
const progress = await load("participant/progress");

const KEY = randomBytes(32);
const FIRST = createHash("sha256").update("tak_1").digest("hex");
const failure = (status, code = "x") => Object.assign(new Failure(code, "", status), {});

function macs(chunks) {
  let before = Buffer.from(FIRST, "hex");
  return chunks.map((bytes, n) => {
    const place = Buffer.alloc(4);
    place.writeUInt32BE(n);
    before = createHmac("sha256", KEY).update(before).update(place)
      .update(createHash("sha256").update(bytes).digest()).digest();
    return before.toString("hex");
  });
}

test("each chunk's mac holds all before it", async () => {
  const chunks = ["first", "second", "", "fourth"].map((one) => Buffer.from(one));
  const chain = await beginChain(KEY.toString("base64url"), FIRST);
  const made = [];
  for (const one of chunks) {
    made.push(await chain.next(one.buffer.slice(one.byteOffset, one.byteOffset + one.length)));
  }
  assert.deepEqual(made, macs(chunks));
});

test("the chain is that of the worked example in docs/proof-of-life.md", async () => {
  const chain = await beginChain("E3xi9bfqPf8H6fklPBWXug8J2t4-kyIuayaP-4Z3_o0",
    "ce69c97499a366cb3800a323307cd0379ebaed3d91c7a5432d9ee7c8c115f0f9");
  const bytes = (text) => new TextEncoder().encode(text).buffer;
  assert.equal(await chain.next(bytes("first chunk")),
    "e003692f1dba11cea266440d0216fc0e2bd41192e50c6ba2be05a7e08b11eacc");
  assert.equal(await chain.next(bytes("second chunk")),
    "88550d4b47e45559171159226abf3b1f88cf829e62e73b6c14f40c9c1c6df209");
});

// A server in memory; trouble(n, tries) may throw instead of an answer.
function server(trouble = () => undefined) {
  const tries = new Map();
  const state = { next: 0, macs: [], state: "recording", looked: 0, finished: null };
  return {
    ...state, seen: state,
    async begin() {
      return {
        id: "tak_1", part: "face", key: KEY.toString("base64url"), chain: FIRST,
        prompts_total: 3, next_chunk: 0, expires_at: new Date(120_000).toISOString(),
      };
    },
    async prompt(_, position) {
      return { position, name: `p${position}`, hold_ms: 1000, expires_at: new Date(90_000).toISOString() };
    },
    async chunk(_, n, mac) {
      const count = (tries.get(n) ?? 0) + 1;
      tries.set(n, count);
      trouble(n, count, state);
      if (n > state.next) throw failure(409);
      if (n === state.next) {
        state.next += 1;
        state.macs.push(mac);
      }
      return {};
    },
    async look() {
      state.looked += 1;
      return { state: state.state, next_chunk: state.next };
    },
    async finish(_, end) {
      state.finished = end;
      return {};
    },
  };
}

function send(wire, more = {}) {
  const told = [];
  const failed = [];
  let fails;
  const failing = new Promise((resolve) => { fails = resolve; });
  const waits = [];
  let now = 0;
  const one = sender.startSender(
    { id: "tak_1", key: KEY.toString("base64url"), chain: FIRST, next_chunk: 0 },
    {
      wire, now: () => now, wait: async (ms) => { waits.push(ms); now += ms; },
      tell: (state) => told.push(state), fail: (met) => fails(failed.push(met)), ...more,
    },
  );
  one.open(new Date(90_000).toISOString());
  return { one, told, failed, failing, waits };
}
const blob = (size) => new Blob([new Uint8Array(size)]);

test("chunks go in order, one at a time, and end with the last mac", async () => {
  const wire = server();
  const { one } = send(wire);
  [10, 20, 30].forEach((size) => one.add(blob(size)));
  const end = await one.drained();
  assert.deepEqual(wire.seen.macs, macs([10, 20, 30].map((size) => Buffer.alloc(size))));
  assert.deepEqual(end, { chunks: 3, mac: wire.seen.macs[2] });
});

test("a chunk that is too large is sent in pieces", async () => {
  assert.deepEqual(sender.pieces(blob(2.5 * 1024 * 1024)).map((one) => one.size),
    [1048576, 1048576, 524288]);
});

test("nothing is sent before the first prompt", async () => {
  const wire = server();
  const one = sender.startSender(
    { id: "t", key: KEY.toString("base64url"), chain: FIRST, next_chunk: 0 },
    { wire, now: () => 0, wait: async () => undefined, tell: () => undefined, fail: assert.fail },
  );
  one.add(blob(5));
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.equal(wire.seen.next, 0);
  one.open(new Date(90_000).toISOString());
  await one.drained();
  assert.equal(wire.seen.next, 1);
});

test("a lost connection is waited for, longer each time, and nothing is lost", async () => {
  const wire = server((n, count) => { if (n === 1 && count < 4) throw failure(0, "offline"); });
  const { one, told, waits, failed } = send(wire);
  [1, 2, 3].forEach((size) => one.add(blob(size)));
  await one.drained();
  assert.equal(wire.seen.next, 3);
  assert.deepEqual(waits, [500, 1000, 2000]);
  assert.ok(told.some((state) => state.troubled) && !told[told.length - 1].troubled);
  assert.deepEqual(failed, []);
});

test("after a lost answer it goes on from where the server is", async () => {
  const wire = server((n, count, state) => {
    if (n === 1 && count === 1) {
      state.next = 2; // it came, and the answer did not
      throw failure(0, "offline");
    }
  });
  const { one } = send(wire);
  [1, 2, 3].forEach((size) => one.add(blob(size)));
  await one.drained();
  assert.equal(wire.seen.looked, 1);
  assert.equal(wire.seen.next, 3);
});

test("a gap that the server names is filled", async () => {
  const wire = server((n, count, state) => {
    if (n === 2 && count === 1) {
      state.next = 1;
      state.macs.pop();
    }
  });
  const { one, failed } = send(wire);
  [1, 2, 3].forEach((size) => one.add(blob(size)));
  await one.drained();
  assert.deepEqual(wire.seen.macs, macs([1, 2, 3].map((size) => Buffer.alloc(size))));
  assert.deepEqual(failed, []);
});

for (const [status, what] of [[410, "too late"], [400, "a mac that is not right"], [413, "too much"]]) {
  test(`${what} ends the take at once`, async () => {
    const { one, failed, failing, waits } = send(server(() => { throw failure(status); }));
    one.add(blob(1));
    await failing;
    assert.equal(failed[0].status, status);
    assert.deepEqual(waits, []);
  });
}

test("a connection that never comes back ends it when the take's time is over", async () => {
  const { one, failed, failing, waits } = send(server(() => { throw failure(0, "offline"); }));
  one.add(blob(1));
  await failing;
  assert.equal(failed[0].code, "offline");
  const waited = waits.reduce((sum, ms) => sum + ms, 0);
  assert.ok(waited > 110_000 && waited <= 120_000, `${waited}`);
});

test("a busy server's wish is kept", () => {
  assert.equal(sender.nextWait(0, 7), 7000);
  assert.equal(sender.nextWait(4000, null), 4000);
});

// one take

function tape() {
  const one = { mediaType: "video/webm", at: 0, give: null, stopped: false };
  return Object.assign(one, {
    start: async (onChunk) => { one.give = onChunk; },
    now: () => one.at,
    stop: async () => {
      one.stopped = true;
      one.give(blob(9));
    },
  });
}

function needsOf(wire, more = {}) {
  const recording = tape();
  const shown = [];
  return {
    recording, shown,
    needs: {
      wire, part: "face", pace: "usual", tape: recording, hints: () => ({ width: 1 }),
      signal: new AbortController().signal, now: () => recording.at,
      wait: async (ms) => {
        recording.at += ms;
        recording.give?.(blob(ms));
        await new Promise((resolve) => { setImmediate(resolve); });
      },
      show: (prompt) => shown.push(prompt), sending: () => undefined,
      stalled: () => undefined,
      recorded: () => undefined, ...more,
    },
  };
}

test("prompts come one after the other, with their moment in the recording", async () => {
  const wire = server();
  const { needs, shown, recording } = needsOf(wire);
  await runTake(needs);
  assert.deepEqual(shown.map((one) => one.position), [0, 1, 2]);
  const { stands } = shown[0];
  assert.equal(wire.seen.finished.shown, `0 ${stands} ${2 * stands}`);
  assert.equal(wire.seen.finished.chunks, wire.seen.next);
  assert.deepEqual(wire.seen.finished.hints, { width: 1 });
  assert.ok(recording.stopped);
});

test("a prompt that does not come is asked for again while the camera runs", async () => {
  const wire = server();
  let fails = 2;
  const plain = wire.prompt;
  wire.prompt = async (...given) => {
    if (given[1] === 1 && fails-- > 0) throw failure(0, "offline");
    return plain(...given);
  };
  const told = [];
  const { needs, shown } = needsOf(wire, { stalled: (stalls) => told.push([shown.length, stalls]) });
  await runTake(needs);
  assert.equal(shown.length, 3);
  assert.deepEqual(told, [[1, true], [1, true], [1, false]], "and said, until it is there");
});

// A connection that hangs answers nothing, and fails nothing.
function hanging(t) {
  const alarms = [];
  t.mock.method(globalThis, "setTimeout", (ring, ms) => alarms.push({ ring, ms }));
  const given = [];
  t.mock.method(globalThis, "fetch", (path, { signal }) => {
    given.push(path);
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new DOMException("over", "AbortError")));
    });
  });
  const pass = (ms) => alarms.filter((one) => one.ms <= ms).forEach((one) => one.ring());
  return { given, pass };
}

test("no question of a recording waits for ever", async (t) => {
  const { given, pass } = hanging(t);
  const wire = wireOf("reg_1");
  const questions = [
    wire.begin("face", "video/webm", {}), wire.prompt("tak_1", 0), wire.look("tak_1"),
    wire.chunk("tak_1", 0, "00", blob(1)),
    wire.finish("tak_1", { chunks: 1, mac: "00", shown: "0", hints: {} }),
  ].map((one) => one.then(() => null, (met) => met.code));
  pass(30_000);
  assert.deepEqual(await Promise.all(questions), Array(5).fill("offline"));
  assert.equal(given.length, 5);
});

test("a prompt is asked for again sooner than a chunk is sent again", async (t) => {
  const { pass } = hanging(t);
  const wire = wireOf("reg_1");
  const ended = [];
  const note = (name) => (met) => ended.push([name, met.code]);
  void wire.chunk("tak_1", 0, "00", blob(1)).catch(note("chunk"));
  const prompt = wire.prompt("tak_1", 1).catch(note("prompt"));
  pass(10_000);
  await prompt;
  assert.deepEqual(ended, [["prompt", "offline"]]);
});

test("whoever leaves ends the take, and nothing is finished", async () => {
  const wire = server();
  const abort = new AbortController();
  const { needs } = needsOf(wire, { signal: abort.signal });
  let shows = 0;
  needs.show = () => {
    shows += 1;
    abort.abort(new Failure("left", "", 0));
  };
  await assert.rejects(runTake(needs), (met) => stopOf(met) === "left");
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => { setImmediate(resolve); });
  assert.equal(shows, 1, "and no more is asked");
  assert.equal(wire.seen.finished, null);
});

test("a chunk that is refused ends the take while prompts are shown", async () => {
  const wire = server((n) => { if (n === 0) throw failure(410, "expired"); });
  const { needs } = needsOf(wire);
  await assert.rejects(runTake(needs), (met) => stopOf(met) === "late");
  assert.equal(wire.seen.finished, null);
});

test("a phone whose session was taken back says so", async () => {
  const wire = server((n) => { if (n === 0) throw failure(401, "handed_back"); });
  const { needs } = needsOf(wire);
  await assert.rejects(runTake(needs), (met) => stopOf(met) === "handed_back");
  assert.equal(wire.seen.finished, null);
});

test("a recorder that gave nothing is not taken for a recording", async () => {
  const wire = server();
  const { needs, recording } = needsOf(wire);
  recording.start = async () => { recording.give = () => undefined; };
  await assert.rejects(runTake(needs), (met) => stopOf(met) === "recorder");
});

test("an end whose answer was lost is told again", async () => {
  const wire = server();
  const plain = wire.finish;
  let fails = 2;
  wire.finish = async (...given) => {
    if (fails-- > 0) throw failure(0, "offline");
    return plain(...given);
  };
  await runTake(needsOf(wire).needs);
  assert.ok(wire.seen.finished);
});

test("every refusal has words", () => {
  assert.equal(stopOf(failure(409)), "elsewhere");
  assert.equal(stopOf(failure(429)), "often");
  assert.equal(stopOf(failure(0, "offline")), "offline");
  assert.equal(stopOf(new Error("?")), "unknown");
});

// pace

test("at the slow pace the longest challenge leaves half of the server's time", () => {
  const life = 90; // product 6
  for (const [part, prompts] of [["face", 6], ["document", 4]]) {
    assert.ok(pace.lengthOf(part, "slow", prompts) <= life / 2, part);
  }
});

test("a prompt never stands shorter than the server draws", () => {
  const stands = (hold_ms, kind, last) => pace.standsFor({ hold_ms }, "face", kind, last);
  assert.ok(stands(3200, "usual", false) > 3200);
  assert.ok(stands(100, "usual", false) >= 2500);
  assert.ok(stands(100, "slow", false) >= 2 * stands(100, "usual", false) - 100);
  assert.ok(stands(100, "usual", true) > stands(100, "usual", false));
});

test("a light stands as long as the server says, at either pace", () => {
  for (const kind of ["usual", "slow"]) {
    const stands = pace.standsFor({ hold_ms: 950, light: "#507dff" }, "face", kind, false);
    assert.ok(stands > 950 && stands < 1100, kind);
  }
});

test("a screen that stays dark is not said to shine", () => {
  assert.equal(toldAs("light_blue", true), "light_blue");
  assert.equal(toldAs("light_blue", false), "look_ahead");
  assert.equal(toldAs("turn_left", false), "turn_left");
});

// what the camera says

const track = (label, settings, capabilities) => ({
  label, getSettings: () => settings,
  ...(capabilities && { getCapabilities: () => capabilities }),
});

test("a camera's words are cut to what the server takes", () => {
  const made = hints.cameraHints(track(`Caméra\n${"é".repeat(100)}`,
    { width: 1280.4, height: 720, frameRate: 29.97, facingMode: "user" },
    { facingMode: [], whiteBalanceMode: [], torch: true }));
  assert.ok(Buffer.byteLength(made.label) <= 120 && !made.label.includes("\n"));
  assert.deepEqual({ ...made, label: "" }, {
    label: "", facing: "user", width: 1280, height: 720, frame_rate: 30,
    capabilities: "facing_mode torch white_balance_mode",
  });
});

test("what a camera does not say is left out", () => {
  const made = JSON.parse(JSON.stringify(hints.cameraHints(track("", { facingMode: "sideways" }))));
  assert.deepEqual(made, {});
});

test("frames that tremble are told from frames like a clock", () => {
  const spread = (gaps) => {
    const meter = startMeter();
    let at = 0;
    for (const gap of gaps) meter.frame(at += gap);
    return meter.read();
  };
  const steady = spread(Array(100).fill(33.3));
  const real = spread(Array.from({ length: 100 }, (_, i) => 33.3 + ((i * 7) % 11) - 5));
  assert.equal(steady.frames, 99);
  assert.ok(steady.deviation < 0.001 && real.deviation > 2);
  assert.equal(spread([10, 0, 10, 0, 10]).frames, 2);
  assert.deepEqual(hints.spacingHints(steady, true), { device_changed: true, frames: 99, jitter_us: 0 });
});

test("mp4 with H.264 first, then VP9, VP8 where there is nothing else", () => {
  assert.equal(chooseType(() => true), "video/mp4;codecs=avc1.42E01E");
  assert.equal(chooseType((type) => type.includes("webm")), "video/webm;codecs=vp9");
  assert.equal(chooseType((type) => type.includes("vp8")), "video/webm;codecs=vp8");
  assert.equal(chooseType((type) => type.startsWith("video/mp4")), "video/mp4;codecs=avc1.42E01E");
  assert.equal(chooseType((type) => type === "video/mp4"), "video/mp4", "Safari that knows no codecs");
  assert.equal(chooseType(() => false), null);
});

// light and presence

function picture({ inside = 130, outside = 120, detail = 40 } = {}) {
  const width = 96, height = 128;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const within = ((2 * x) / width - 1) ** 2 + ((2 * y) / height - 1) ** 2 <= 1;
      const mark = within && (x >> 2) % 4 === 0 && (y >> 2) % 3 === 0 ? -detail * 2 : detail / 4;
      data[y * width + x] = Math.max(0, Math.min(255, (within ? inside : outside) + mark));
    }
  }
  return { width, height, data };
}
const seen = (one, before = one) => presence.faceHintOf(presence.glance(one, before));

test("each trouble of the light has its hint", () => {
  assert.equal(seen(picture()), "good");
  assert.equal(seen(picture({ inside: 30, outside: 40 })), "dark");
  assert.equal(seen(picture({ inside: 70, outside: 220 })), "backlit");
  assert.equal(seen(picture({ detail: 0 })), "place");
  assert.equal(seen(picture(), picture({ inside: 190 })), "steady");
});

// PIN and progress

test("a PIN has 6 to 12 digits and no pattern", () => {
  const good = (text) => Object.values(pin.pinRules(text)).every(Boolean);
  for (const one of ["920517", "111112", "135791", "123457", "999988887777"]) assert.ok(good(one), one);
  for (const one of ["", "12", "92051", "777777", "123456", "654321", "456789", "9876543", "789012", "210987", "9205171234567", "92o517"]) {
    assert.ok(!good(one), one);
  }
});

test("a desktop follows the pictures of its phone in the words of recordings", () => {
  const session = (...states) => ({
    document: { sides: ["front", "back"], pictures: ["front", "back"].map((side, i) => ({ side, state: states[i] })) },
  });
  assert.equal(progress.picturesOf({ document: null }), "todo");
  assert.equal(progress.picturesOf(session("read", "missing")), "todo");
  assert.equal(progress.picturesOf(session("read", "received")), "sent");
  assert.equal(progress.picturesOf(session("received", "retake")), "retake");
  assert.equal(progress.picturesOf(session("read", "read")), "read");
});

test("a phone does what wants a camera, and leaves the rest to the desktop", () => {
  for (const next of ["document", "ask_again", "proof_of_life"]) assert.ok(progress.wantsCamera({ next }), next);
  for (const next of ["name_again", "waiting", "confirm", "pin", "done"]) assert.ok(!progress.wantsCamera({ next }), next);
});

test("the next recording is the first that is missing or turned back", () => {
  const parts = (...states) => states.map((state, i) => ({ part: ["face", "document"][i], state, reasons: [] }));
  assert.equal(progress.nextPart(parts("todo", "todo")), "face");
  assert.equal(progress.nextPart(parts("sent", "todo")), "document");
  assert.equal(progress.nextPart(parts("retake", "read")), "face");
  assert.equal(progress.nextPart(parts("sent", "read")), null);
});
