// Every field from every source. A letter that differs is coloured, underlined
// and bold; a letter that is missing leaves a mark; the row says it in words.
import { Icon } from "../../shared/icons";
import { t, tWord } from "../../shared/text";
import { SOURCES, type Reading, type Review, type ReviewField } from "../../shared/types";
import { codesDiffer, differs } from "./differences";
import { Key } from "./key";
import { pieces } from "./letters";

// Words of tables, not of the document; and what one source has as a code and
// another as a word.
const TABLED = ["kind"];
const CODED = ["country", "nationality"];
const DATES = ["birth_date", "expiry"];
const ORDER: Reading[] = ["printed", "mrz", "barcode", "shown", "declared"];

// A declared name is one line; what was read comes in two fields.
export function withWholeNames(fields: ReviewField[]): ReviewField[] {
  const find = (name: string) => fields.find((one) => one.name === name);
  const given = find("given_names");
  const surname = find("surname");
  return fields.map((field) => {
    if (field.name !== "name" && field.name !== "fullname") return field;
    const whole = { ...field };
    for (const source of SOURCES) {
      const both = [given?.[source], surname?.[source]];
      if (!whole[source] && both.every(Boolean)) whole[source] = both.join(" ");
    }
    return whole;
  });
}

interface FieldsProps { one: Review; close: string | null; onClose: () => void }

// close: what the light table has come close to.
export function Fields({ one, close, onClose }: FieldsProps) {
  const fields = withWholeNames(one.fields);
  const columns = SOURCES.filter((source) => fields.some((field) => field[source]));
  // what was declared alone, but for the name, has nothing to be held against
  const rows = fields.filter((field) => columns.some((source) =>
    field[source] && (source !== "declared" || field.name === "name")));
  return (
    <section class="part" data-test="fields">
      <div class="part-head">
        <h2>{t("review.fields")}</h2>
        <button type="button" class="tool" onClick={onClose} data-test="tool-close_up">
          {t("close.open")} <Key act="close_up" />
        </button>
      </div>
      <div class="fields-box" tabIndex={0} role="region" aria-label={t("review.fields")}>
        <table class="fields">
          <thead>
            <tr>
              <th scope="col">{t("review.field")}</th>
              {columns.map((source) => <th key={source} scope="col">{tWord("source", source)}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map((field) => (
              <Row key={field.name} field={field} columns={columns} close={field.name === close} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function isApart(field: ReviewField, columns: Reading[]): boolean {
  const values = columns.map((source) => field[source] ?? null);
  if (TABLED.includes(field.name)) return false;
  return CODED.includes(field.name) ? codesDiffer(values) : differs(values);
}

function Row({ field, columns, close }: { field: ReviewField; columns: Reading[]; close: boolean }) {
  const apart = isApart(field, columns);
  const basis = ORDER.map((source) => field[source]).find(Boolean) ?? "";
  return (
    <tr class={`${apart ? "apart" : ""}${close ? " close" : ""}`}>
      <th scope="row">
        {tWord("field", field.name)}
        {apart && <span class="mark-apart"><Icon name="alert" /> {t("review.differs")}</span>}
      </th>
      {columns.map((source) => (
        <td key={source} class={`${source === "mrz" ? "mono" : ""}${DATES.includes(field.name) ? " whole" : ""}`}>
          <Value text={field[source] ?? null} basis={apart ? basis : null} name={field.name} />
        </td>
      ))}
    </tr>
  );
}

function Value(
  { text, basis, name }: { text: string | null; basis: string | null; name: string },
) {
  if (!text) return null;
  if (name === "kind") return <>{tWord("kind", text)}</>;
  if (basis === null || basis === text) return <>{text}</>;
  return (
    <>
      {pieces(text, basis).map((piece, index) => (
        piece.kind === "same" ? piece.text
          : piece.kind === "lost"
            ? <mark key={index} class="lost" title={t("review.letter_missing")}>‸</mark>
            : <mark key={index}>{piece.text}</mark>
      ))}
    </>
  );
}
