// Bundles the pages' pure modules for Node and runs test/*.test.mjs on them.
// Node 18 reads no TypeScript; esbuild, which Vite brings, turns it into one
// file a module.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const here = new URL(".", import.meta.url).pathname;
const out = mkdtempSync(join(tmpdir(), "paraph-ui-"));
const modules = [
  "shared/api", "shared/format", "shared/phone", "shared/text",
  "shared/qr",
  "participant/own-key", "participant/progress", "participant/pin-rules", "participant/capture/geometry",
  "participant/capture/quality", "participant/capture/camera",
  "participant/capture/browsers",
  "participant/life/chain", "participant/life/hints", "participant/life/pace",
  "participant/life/presence", "participant/life/sender",
  "participant/life/spacing", "participant/life/stops",
  "participant/life/take", "participant/life/tape", "participant/life/voice", "participant/life/wire", "participant/life/wishes",
  "app/rights", "app/requests/csv", "app/requests/draft", "app/requests/ended", "app/requests/filters",
  "app/review/ahead", "app/review/close-ups", "app/review/differences", "app/review/digest", "app/review/drafts", "app/review/earlier-ones", "app/review/facts", "app/review/features", "app/review/film", "app/review/handed", "app/review/interval",
  "app/review/keys",
  "app/review/letters", "app/review/personal-numbers", "app/review/plans", "app/review/reasons", "app/review/said", "app/review/signs", "app/review/timeline", "app/review/words",
  "app/review/zoom", "app/router", "shared/base64url", "shared/passkey",
];

await build({
  entryPoints: modules.map((name) => join(here, "../src", `${name}.ts`)),
  outbase: join(here, "../src"), outdir: out, outExtension: { ".js": ".mjs" },
  loader: { ".def": "text" },
  bundle: true, splitting: true, format: "esm", platform: "neutral",
  logLevel: "error",
});

const tests = readdirSync(here).filter((name) => name.endsWith(".test.mjs"));
const done = spawnSync(
  process.execPath,
  ["--test", "--test-reporter=tap", ...tests.map((name) => join(here, name))],
  {
    stdio: "inherit",
    env: {
      ...process.env, MODULES: out, TZ: "Europe/Paris",
      // a test file is a process of its own
      NODE_OPTIONS: `--require ${join(here, "browser.cjs")}`,
    },
  },
);
rmSync(out, { recursive: true, force: true });
process.exit(done.status ?? 1);
