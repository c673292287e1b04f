// The page behind the link of an expiry notice. The token stands in the
// fragment, so that it reaches no log.
import { render } from "preact";
import "../shared/base.css";
import "../participant/participant.css";
import { begin } from "../shared/begin";
import { t } from "../shared/text";
import { Renew } from "./renew";

const token = location.hash.slice(1);

async function start(): Promise<void> {
  const root = await begin("public");
  if (!root) return;
  document.title = `${t("renew.title")} · Paraph`;
  render(<Renew token={token} />, root);
}

void start();
