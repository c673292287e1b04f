// The members' and operators' page. Addresses live in the fragment, so that
// the server serves one file and a reload stays where it was.
import { render } from "preact";
import "../shared/base.css";
import "./app.css";
import { begin } from "../shared/begin";
import { App } from "./app";
import { savedLanguage } from "./preferences";

async function start(): Promise<void> {
  const root = await begin("app", savedLanguage());
  if (root) render(<App />, root);
}

void start();
