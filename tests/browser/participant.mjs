// A participant by the API alone, from the link to a case that waits for an
// operator: the pages' half is proved by the journeys.
import { execFileSync } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { BASE, CODE, found, outbox, ROOT } from "./lib.mjs";

const JSON_TYPE = { "Content-Type": "application/json" };

async function answerOf(response) {
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${JSON.stringify(body)}`);
  return { body, cookie: response.headers.get("set-cookie")?.split(";")[0] };
}

// As the server would have sealed a take that it had asked so: who owns the
// instance has its key (src/flow/take_seal.c).
function sealAgain(take) {
  const sql = (text) => execFileSync("sqlite3", [
    `${process.env.DIR}/store/paraph.db`, "-json", "-cmd", ".timeout 20000", text], { encoding: "utf8" });
  const [row] = JSON.parse(sql(`SELECT registration, id, part, prompts, asked, shown, hints, evidence, attempt,
    created_at, started_at, expires_at FROM takes WHERE id = '${take}'`));
  const seal = createHmac("sha256", readFileSync(`${process.env.DIR}/keys/link.key`));
  for (const part of ["paraph challenge", ...Object.values(row)]) {
    const text = Buffer.from(String(part)), size = Buffer.alloc(8);
    size.writeBigUInt64BE(BigInt(text.length));
    seal.update(size).update(text);
  }
  sql(`UPDATE takes SET seal = '${seal.digest("hex")}' WHERE id = '${take}'`);
}

let proving = Promise.resolve();

export class Participant {
  constructor(specimen, country, phone = "+33612345678") {
    this.phone = phone;
    this.file = readFileSync(resolve(ROOT, "tests/specimens", `${specimen}.jpg`));
    this.country = country;
  }

  async send(path, body, headers = JSON_TYPE) {
    const { body: answer, cookie } = await answerOf(await fetch(BASE + path, {
      method: "POST", body: headers === JSON_TYPE ? JSON.stringify(body) : body,
      headers: { ...headers, ...(this.cookie ? { Cookie: this.cookie } : {}) },
    }));
    this.cookie ??= cookie;
    return answer;
  }

  act(path, body = {}) {
    return this.send(`/v1/session/${this.id}/${path}`, body);
  }

  async session(path = "") {
    const headers = { Cookie: this.cookie };
    return (await answerOf(await fetch(`${BASE}/v1/session/${this.id}${path}`, { headers }))).body;
  }

  async until(wanted, seconds = 60) {
    for (let i = 0; i < seconds * 5; i += 1) {
      const session = await this.session();
      const end = await wanted(session);
      if (end) return session;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const { next, document } = await this.session();
    throw new Error(`a participant waits in vain: ${next} ${JSON.stringify(document?.pictures)}`);
  }

  // One person at a time: a code in the outbox does not say whose it is.
  prove(channel, body) {
    const mine = proving.then(async () => {
      const before = await outbox();
      await this.act(`${channel}-code`, body);
      await this.act(`${channel}-code/check`, { code: await found(CODE, before) });
    });
    proving = mine.catch(() => undefined);
    return mine;
  }

  // Asked for, and everything said that comes before the evidence; its link.
  async begin(key, level, fullname) {
    const email = `op.${Math.random().toString(36).slice(2, 9)}@example.org`;
    const { body } = await answerOf(await fetch(`${BASE}/v1/registrations`, {
      method: "POST", body: JSON.stringify({ applicant: email, level, fullname }),
      headers: { ...JSON_TYPE, Authorization: `Bearer ${key}` },
    }));
    const opened = await this.send("/v1/session", { token: body.url.split("#")[1] });
    this.id = opened.id;
    await this.act("name", { accept: true, fullname });
    const proven = opened.steps.find((one) => one.name === "email").state === "done";
    if (!proven) await this.prove("email");
    await this.prove("phone", { phone_number: this.phone });
    await this.act("consent", { sha256: (await this.session()).consent.sha256 });
    await this.act("agreement", { sha256: (await this.session("/agreement")).sha256 });
    await this.act("document", { country: this.country, kind: "passport" });
    return body.url;
  }

  async give() {
    await this.send(`/v1/session/${this.id}/document/front`, this.file, { "Content-Type": "image/jpeg" });
    await this.until((session) => session.document.pictures[0].state === "read", 120);
  }

  async picture() {
    await this.give();
    await this.act("complete");
  }

  // Where the recordings come next.
  async toProofOfLife(key, fullname) {
    const url = await this.begin(key, "qcp", fullname);
    await this.give();
    return url;
  }

  async allAsked(take) {
    const waits = (ms) => new Promise((done) => setTimeout(done, ms));
    for (let position = 0; position < take.prompts_total; position += 1) {
      const answer = await fetch(`${BASE}/v1/session/${this.id}/takes/${take.id}/prompt`, {
        method: "POST", body: JSON.stringify({ position }), headers: { ...JSON_TYPE, Cookie: this.cookie },
      });
      const body = await answer.json();
      if (answer.status === 409) {
        position -= 1;
        await waits(body.error.wait_ms);
      } else if (!answer.ok) throw new Error(JSON.stringify(body));
    }
  }

  // A film that was made for another challenge (tools/faces/dossier) becomes
  // this take's answer: its row is changed to what the film was asked. Only for
  // whoever needs many cases and owns the instance: DIR is its folder.
  async record(folder, part, { file, prompts }) {
    const film = readFileSync(resolve(folder, file));
    const take = await this.act("takes", { part, media_type: "video/webm", hints: {} });
    await this.allAsked(take);
    let before = Buffer.from(take.chain, "hex");
    const size = 300_000;
    const chunks = Math.ceil(film.length / size);
    for (let i = 0; i < chunks; i += 1) {
      const chunk = film.subarray(i * size, (i + 1) * size);
      const number = Buffer.alloc(4);
      number.writeUInt32BE(i);
      before = createHmac("sha256", Buffer.from(take.key, "base64url"))
        .update(before).update(number).update(createHash("sha256").update(chunk).digest()).digest();
      await this.send(`/v1/session/${this.id}/takes/${take.id}/chunks/${i}?mac=${before.toString("hex")}`,
        chunk, { "Content-Type": "application/octet-stream" });
    }
    const all = (what) => prompts.map((one) => one[what]).join(" ");
    execFileSync("sqlite3", [`${process.env.DIR}/store/paraph.db`, "-cmd", ".timeout 20000",
      `UPDATE takes SET prompts = '${all("name")}', asked = '${all("asked_ms")}' WHERE id = '${take.id}'`]);
    sealAgain(take.id);
    await this.act(`takes/${take.id}/finish`, {
      chunks, mac: before.toString("hex"), shown: all("shown_ms"), hints: {},
    });
  }

  // With both recordings to an operator.
  async toQualifiedReview(key, fullname, folder) {
    const truth = JSON.parse(readFileSync(resolve(folder, "truth.json")));
    await this.toProofOfLife(key, fullname);
    for (const part of ["face", "document"]) await this.record(folder, part, truth[part]);
    await this.until((session) => {
      const states = session.proof_of_life.parts.map((one) => one.state);
      if (states.includes("retake")) throw new Error(`turned back: ${JSON.stringify(session.proof_of_life)}`);
      return !states.includes("sent") && !states.includes("todo");
    }, 600);
    await this.act("complete");
    const { next } = await this.until((session) => !["waiting", "checking"].includes(session.next), 300);
    if (next === "refused") await this.act("ask-a-person");
    else if (next !== "in_review") throw new Error(`not with an operator: ${next}`);
    return this;
  }

  // To an operator: sent there, or refused until a person is asked for.
  async toReview(key, fullname) {
    await this.begin(key, "lcp", fullname);
    await this.picture();
    await this.until(async (session) => {
      if (["ask_again", "name_again"].includes(session.next)) await this.picture();
      return ["refused", "in_review"].includes(session.next);
    });
    if ((await this.session()).next === "refused") await this.act("ask-a-person");
    return this;
  }
}
