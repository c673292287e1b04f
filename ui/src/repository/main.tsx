// The public repository of the certification authorities.
import { render } from "preact";
import "../shared/base.css";
import "../participant/participant.css";
import "./repository.css";
import { knownLanguage, t, useLanguage } from "../shared/text";
import { Repository } from "./repository";

const root = document.getElementById("page");

async function start(): Promise<void> {
  await useLanguage(knownLanguage(navigator.language), "public");
  document.title = `${t("repository.title")} · Paraph`;
  if (root) render(<Repository />, root);
}

void start();
