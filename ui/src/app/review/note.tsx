// A note for the file of the case.
import { Field } from "../../shared/controls";
import { t } from "../../shared/text";
import type { DecisionForm } from "./use-decision";

export function Note({ form }: { form: DecisionForm }) {
  return (
    <Field label={t("review.note")} optional hint={t("review.note_hint")}>
      {(attributes) => (
        <textarea
          {...attributes} rows={2} maxLength={2000} value={form.note} data-test="note"
          onInput={(event) => form.write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); form.submit(); }
          }}
        />
      )}
    </Field>
  );
}
