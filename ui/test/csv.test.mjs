// Reading spreadsheets, and checking a request before it is sent.
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";

const load = (name) => import(join(process.env.MODULES, `${name}.mjs`));
const { readSheet, separatorOf } = await load("app/requests/csv");
const { bodyOf, check, cleanPhone, EMPTY, isEmail } = await load("app/requests/draft");
const LCP = ["lcp"];

test("headings in any order and language are understood", () => {
  const sheet = readSheet("nom;Niveau;Courriel\nAda Martin;LCP;ada@example.org\n", LCP);
  assert.equal(sheet.lines.length, 1);
  const { draft, wrong } = sheet.lines[0];
  assert.equal(draft.applicant, "ada@example.org");
  assert.equal(draft.level, "lcp");
  assert.equal(draft.fullname, "Ada Martin");
  assert.deepEqual(wrong, {});
});

test("without headings the order is e-mail, level, name, phone", () => {
  const { draft } = readSheet("ada@example.org,lcp,Ada Martin,0033 6 12 34 56 78", LCP).lines[0];
  assert.equal(draft.fullname, "Ada Martin");
  assert.equal(draft.phone_number, "+33612345678");
});

test("quotes, marks of Windows and empty lines do no harm", () => {
  const sheet = readSheet('\uFEFFemail,name\r\nada@example.org,"Martin, ""Ada"""\r\n\r\nbob@example.org,Bob B\r\n', LCP);
  assert.equal(sheet.lines[0].draft.fullname, 'Martin, "Ada"');
  assert.equal(sheet.lines[1].number, 4);
});

test("a level is lcp unless the line says otherwise", () => {
  assert.equal(readSheet("email\nada@example.org", LCP).lines[0].draft.level, "lcp");
});

test("each wrong line says why and the others stay good", () => {
  const sheet = readSheet([
    "email,level,phone", "ada@example.org,lcp,", "nobody,lcp,",
    "eve@example.org,gold,", "max@example.org,qcp,", "kim@example.org,lcp,0612",
    "ADA@example.org,lcp,",
  ].join("\n"), LCP);
  assert.deepEqual(sheet.lines.map((line) => Object.values(line.wrong)[0] ?? "good"), [
    "good", "email_wrong", "level_missing", "level_off", "phone_wrong", "repeated",
  ]);
});

test("headings that mean nothing are named", () => {
  assert.deepEqual(readSheet("email,shoe size\nada@example.org,38", LCP).unknown, ["shoe size"]);
});

test("more than 500 lines are cut and it is said", () => {
  const many = Array.from({ length: 510 }, (_, i) => `p${i}@example.org,lcp`).join("\n");
  const sheet = readSheet(many, LCP);
  assert.equal(sheet.lines.length, 500);
  assert.equal(sheet.tooMany, true);
});

test("the separator is the one used most in the first line", () => {
  assert.equal(separatorOf("a;b;c"), ";");
  assert.equal(separatorOf("a\tb"), "\t");
  assert.equal(separatorOf("a"), ",");
});

test("addresses are told from what only looks like one", () => {
  for (const one of ["ada@example.org", "a.b+c@sub.example.org", "é@exämple.org"]) {
    assert.equal(isEmail(one), true, one);
  }
  for (const one of ["", "ada", "ada@", "@example.org", "a b@example.org", "ada@example", "a@b..c", "a@b.c\nd"]) {
    assert.equal(isEmail(one), false, one);
  }
});

test("a request needs an address and an available level", () => {
  assert.deepEqual(check({ ...EMPTY, level: "" }, LCP), { applicant: "email_missing", level: "level_missing" });
  assert.deepEqual(check({ ...EMPTY, applicant: "a@b.org", level: "qcp" }, LCP), { level: "level_off" });
});

test("only what was filled in is sent", () => {
  assert.deepEqual(bodyOf({ ...EMPTY, applicant: " a@b.org " }), { applicant: "a@b.org", level: "lcp" });
  const body = bodyOf({ ...EMPTY, applicant: "a@b.org", fullname: " Ada  Martin ", phone_number: "+33 6 12 34 56 78" });
  assert.equal(body.fullname, "Ada Martin");
  assert.equal(body.fullname_type, "suggestion");
  assert.equal(body.phone_number, "+33612345678");
});

test("a return address must be http or https", () => {
  const at = (redirect_url) => check({ ...EMPTY, applicant: "a@b.org", redirect_url }, LCP).redirect_url;
  assert.equal(at("https://office.example/back"), undefined);
  assert.equal(at("javascript:alert(1)"), "address_wrong");
  assert.equal(at("office.example"), "address_wrong");
});

test("phones lose their spaces and their double zero", () => {
  assert.equal(cleanPhone("0033 (0)6-12.34"), "+3361234");
});
