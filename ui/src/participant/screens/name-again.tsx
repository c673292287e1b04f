// Only the name differed from the document: correct it, or give another
// document. The pictures that are there stay good.
import { useState } from "preact/hooks";
import { Button } from "../../shared/controls";
import { t } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { AttemptsLeft, DocumentScreen } from "./document";
import { TypeName } from "./name";

export function NameAgainScreen(props: ScreenProps) {
  const [document, setDocument] = useState(false);
  if (document) return <DocumentScreen {...props} />;
  return (
    <TypeName
      {...props} onBack={null} title={t("name_again.title")}
      lead={t("name_again.lead")}
    >
      <AttemptsLeft session={props.session} />
      <Button wide test="other-document" onClick={() => setDocument(true)}>
        {t("again.other")}
      </Button>
    </TypeName>
  );
}
