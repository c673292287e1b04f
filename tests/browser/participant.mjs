// A participant by the API alone, from the link to a case that waits for an
// operator: the pages' half is proved by the journeys.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BASE, CODE, found, outbox, ROOT } from "./lib.mjs";

const JSON_TYPE = { "Content-Type": "application/json" };

async function answerOf(response) {
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${JSON.stringify(body)}`);
  return { body, cookie: response.headers.get("set-cookie")?.split(";")[0] };
}

export class Participant {
  constructor(specimen, country, phone = "+33612345678") {
    this.phone = phone;
    this.file = readFileSync(join(ROOT, "tests/specimens", `${specimen}.jpg`));
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

  async prove(channel, body) {
    const before = await outbox();
    await this.act(`${channel}-code`, body);
    await this.act(`${channel}-code/check`, { code: await found(CODE, before) });
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
