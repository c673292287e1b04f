// The public page of the documents that each level accepts.
import { render } from "preact";
import "../shared/base.css";
import "../participant/participant.css";
import "./documents.css";
import { begin } from "../shared/begin";
import { t } from "../shared/text";
import { Documents } from "./documents";

async function start(): Promise<void> {
  const root = await begin("public");
  if (!root) return;
  document.title = `${t("accepted.title")} · Paraph`;
  render(<Documents />, root);
}

void start();
