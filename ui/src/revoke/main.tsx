// The public page on which a holder revokes a certificate, without an account.
import { render } from "preact";
import "../shared/base.css";
import "../participant/participant.css";
import { knownLanguage, t, useLanguage } from "../shared/text";
import { Revoke } from "./revoke";

const root = document.getElementById("page");

async function start(): Promise<void> {
  await useLanguage(knownLanguage(navigator.language), "public");
  document.title = `${t("revoke_own.title")} · Paraph`;
  if (root) render(<Revoke />, root);
}

void start();
