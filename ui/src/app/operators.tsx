// What only operators open comes when they open it: the review is half of the
// members' page, and who asks for certificates never sees it.
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, Loading, Notice } from "../shared/controls";
import { t } from "../shared/text";
import type { SectionProps } from "./app";

export type OperatorsName = "review" | "figures" | "guide";
export type OperatorsProps = SectionProps & { name: OperatorsName };

let loaded: FunctionComponent<OperatorsProps> | null = null;

async function load() {
  const section = await import("./review/section");
  await section.prepare();
  loaded = section.Section;
}

export function Operators(props: OperatorsProps) {
  const [failed, setFailed] = useState(false);
  const [, redraw] = useState(false);
  useEffect(() => {
    if (!loaded) load().then(() => redraw(true), () => setFailed(true));
  }, []);
  if (loaded) {
    const Section = loaded;
    return <Section {...props} />;
  }
  if (!failed) return <Loading />;
  // Browsers remember that a module did not come: only a new page asks again.
  return (
    <Notice tone="bad" alert>
      <p>{t("error.offline")}</p>
      <Button onClick={() => window.location.reload()}>{t("try_again")}</Button>
    </Notice>
  );
}
