// The public repository of the certification authorities.
import { render } from "preact";
import "../shared/base.css";
import "../participant/participant.css";
import "./repository.css";
import { begin } from "../shared/begin";
import { t } from "../shared/text";
import { Repository } from "./repository";

async function start(): Promise<void> {
  const root = await begin("public");
  if (!root) return;
  document.title = `${t("repository.title")} · Paraph`;
  render(<Repository />, root);
}

void start();
