// The public page of the documents that each level accepts.
import { render } from "preact";
import "../shared/base.css";
import "../participant/participant.css";
import "./documents.css";
import { knownLanguage, t, useLanguage } from "../shared/text";
import { Documents } from "./documents";

const root = document.getElementById("page");

async function start(): Promise<void> {
  await useLanguage(knownLanguage(navigator.language), "public");
  document.title = `${t("accepted.title")} · Paraph`;
  if (root) render(<Documents />, root);
}

void start();
