// The public page on which a holder revokes a certificate, without an account.
import { render } from "preact";
import "../shared/base.css";
import "../participant/participant.css";
import { begin } from "../shared/begin";
import { t } from "../shared/text";
import { Revoke } from "./revoke";

async function start(): Promise<void> {
  const root = await begin("public");
  if (!root) return;
  document.title = `${t("revoke_own.title")} · Paraph`;
  render(<Revoke />, root);
}

void start();
