// The members' pages (app.html), the participant's (participant.html), those
// on which a holder renews (renew.html) and revokes (revoke.html), and what is
// public: accepted documents (documents.html), the repository
// (repository.html), what there is not (missing.html).
// Nothing is inlined, because the Content-Security-Policy allows files of our
// own origin only; assetsInlineLimit 0 keeps images out of data: addresses.
import { defineConfig } from "vite";

export default defineConfig({
  base: "/",
  json: { stringify: true },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  server: {
    proxy: { "/v1": process.env.API ?? "http://127.0.0.1:8080" },
    fs: { allow: [".."] }, // tables of the server's: app/review/tables.ts
  },
  build: {
    target: "es2020",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: { input: ["app.html", "documents.html", "missing.html", "participant.html", "renew.html", "repository.html", "revoke.html"] },
  },
});
