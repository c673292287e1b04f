// The page behind the link of an expiry notice. The token stands in the
// fragment, so that it reaches no log.
import { render } from "preact";
import "../shared/base.css";
import "../participant/participant.css";
import { knownLanguage, t, useLanguage } from "../shared/text";
import { Renew } from "./renew";

const root = document.getElementById("page");
const token = location.hash.slice(1);

async function start(): Promise<void> {
  await useLanguage(knownLanguage(navigator.language), "public");
  document.title = `${t("renew.title")} · Paraph`;
  if (root) render(<Renew token={token} />, root);
}

void start();
