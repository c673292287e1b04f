// The participant's page, /r#TOKEN. The token stays in the fragment, which no
// browser sends: reloading the page or opening the link again resumes.
import { render } from "preact";
import "../shared/base.css";
import "./participant.css";
import { knownLanguage, useLanguage } from "../shared/text";
import { Journey } from "./journey";

const root = document.getElementById("page");

async function start(): Promise<void> {
  await useLanguage(knownLanguage(navigator.language));
  if (root) render(<Journey />, root);
}

void start();
