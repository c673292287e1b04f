// The members' and operators' page. Addresses live in the fragment, so that
// the server serves one file and a reload stays where it was.
import { render } from "preact";
import "../shared/base.css";
import "./app.css";
import { knownLanguage, useLanguage } from "../shared/text";
import { App } from "./app";
import { savedLanguage } from "./preferences";

const root = document.getElementById("page");

async function start(): Promise<void> {
  await useLanguage(knownLanguage(savedLanguage() ?? navigator.language), "app");
  if (root) render(<App />, root);
}

void start();
