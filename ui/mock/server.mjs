// A stand-in for the server, for working on the pages alone: the same
// addresses, shapes and headers, invented people, nothing kept.
// Usage: npm run mock  (PORT=, DIST=; password of every member: demo)
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { recorded } from "./life.mjs";
import { member } from "./member.mjs";
import { accepted, participant } from "./participant.mjs";
import { Refusal } from "./refusal.mjs";
import { repository } from "./repository.mjs";
import { MEMBERS, seed, state } from "./state.mjs";

const DIST = process.env.DIST ?? new URL("../dist", import.meta.url).pathname;
const SPECIMENS = new URL("../../tests/specimens", import.meta.url).pathname;
const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css",
  ".svg": "image/svg+xml", ".json": "application/json",
};
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; " +
  "img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

function page(path, answer) {
  const name = { "/": "/app.html", "/r": "/participant.html", "/revoke": "/revoke.html",
    "/renew": "/renew.html", "/repository": "/repository.html",
    "/accepted-documents": "/documents.html" }[path] ?? path;
  const file = join(DIST, normalize(name));
  if (!file.startsWith(DIST) || !existsSync(file) || !extname(file)) {
    answer.writeHead(404).end();
    return;
  }
  answer.writeHead(200, {
    "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    "Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff", "Permissions-Policy": "camera=(self)",
  }).end(readFileSync(file));
}

function outbox(answer) {
  const items = state.outbox.map(({ to, kind, text }) => {
    const link = text.replace(/(https?:\S+)/, '<a href="$1">$1</a>');
    return `<article><h2>${kind} to ${to}</h2><p>${link}</p></article>`;
  });
  answer.writeHead(200, { "Content-Type": "text/html; charset=utf-8" })
    .end(`<!doctype html><title>Outbox</title><h1>Outbox</h1>${items.join("")}`);
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const json = (request.headers["content-type"] ?? "").includes("json");
  return { bytes, body: json && bytes.length ? JSON.parse(bytes.toString()) : {} };
}

function special(kind, value, answer) {
  if (kind === "still") {
    const file = join(SPECIMENS, value.replace("demo_passport_front", "demo_passport"));
    answer.writeHead(200, { "Content-Type": "image/jpeg" }).end(readFileSync(file));
  } else if (kind === "film") {
    answer.writeHead(200, { "Content-Type": "application/vnd.paraph.film" }).end(value);
  } else if (kind === "pem") {
    answer.writeHead(200, {
      "Content-Type": "application/x-pem-file",
      "Content-Disposition": "attachment; filename=certificate.pem",
    }).end("-----BEGIN CERTIFICATE-----\nbW9jaw==\n-----END CERTIFICATE-----\n");
  } else answer.writeHead(404).end();
}

// One address has a certificate, and one code fits it.
function revocation(url, body) {
  if (url.pathname.endsWith("/code")) return [202, { object: "revocation_code" }];
  if (body.code !== "123456") throw new Refusal(400, "invalid_request", "code");
  return [200, {
    object: "revocation", serial: "5f0c2a9d44e1b7703c61a8d2e9f4b615",
    revoked_at: new Date().toISOString(),
  }];
}

// "good" begins a request; each other token is one of the failures.
function renewal(body) {
  if (body.token === "good") {
    return [200, { object: "renewal", registration: "reg_mock", url: "/r#nothing-here" }];
  }
  throw body.token === "ended" ? new Refusal(410, "expired") : new Refusal(404, "not_found");
}

async function api(request, url, answer) {
  const { body, bytes } = await bodyOf(request);
  try {
    const [status, value] = url.pathname === "/v1/accepted-documents" ? accepted()
      : url.pathname === "/v1/renewals" ? renewal(body)
      : url.pathname === "/v1/repository" ? [200, repository(url.origin)]
      : url.pathname.startsWith("/v1/revocations") ? revocation(url, body)
      : url.pathname === "/mock/takes" ? recorded()
      : /^\/v1\/(session|handover)/.test(url.pathname)
        ? await participant(request, url, body, bytes, answer)
        : await member(request, url, body, answer);
    if (typeof status === "string") return special(status, value, answer);
    if (status === 204) return answer.writeHead(204).end();
    answer.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
  } catch (error) {
    const known = error instanceof Refusal;
    if (!known) console.error(error);
    answer.writeHead(known ? error.status : 500, { "Content-Type": "application/json" })
      .end(JSON.stringify({ error: {
        code: known ? error.code : "internal", message: known ? error.code : "internal",
        field: known ? error.field : null, request_id: "req_mock", ...(known ? error.more : {}),
      } }));
  }
}

seed();
const server = createServer((request, answer) => {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname === "/outbox") outbox(answer);
  else if (/^\/(v1|mock)\//.test(url.pathname)) void api(request, url, answer);
  else page(url.pathname, answer);
});
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
  console.log(`http://localhost:${server.address().port}`);
  console.error(`members, password "demo": ${MEMBERS.map((one) => one.email).join(" ")}`);
});
