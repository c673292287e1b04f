// Requests under other e-mails with the same document, person or picture, and
// one of them opened beside the case: to compare, never to decide.
import { useEffect, useState } from "preact/hooks";
import { asFailure, get, type Failure } from "../../shared/api";
import { Button, Dialog, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { moment } from "../../shared/format";
import { has, language, t, tWord } from "../../shared/text";
import type { Earlier, EarlierCase, Review } from "../../shared/types";

export function EarlierOnes({ one }: { one: Review }) {
  const [open, setOpen] = useState<string | null>(null);
  if (one.earlier.length === 0) return null;
  return (
    <section class="part" data-test="earlier">
      <h2>{t("review.earlier")}</h2>
      <ul class="verdicts">
        {one.earlier.map((each) => (
          <Line key={`${each.id}-${each.same}`} each={each} onOpen={() => setOpen(each.id)} />
        ))}
      </ul>
      {open && <Opened id={one.id} other={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

function Line({ each, onOpen }: { each: Earlier; onOpen: () => void }) {
  return (
    <li>
      <p class="verdict-head">
        <span class="pill warning">{tWord("same", each.same)}</span>
        <strong>{tWord("state", each.state)}</strong>
      </p>
      <p class="sub">
        <span>{moment(each.created_at, language())}</span> <span class="mono">{each.id}</span>
      </p>
      {each.can_open
        ? <Button kind="quiet" test="earlier-open" onClick={onOpen}>{t("review.earlier_open")}</Button>
        : <p class="hint">{t("review.earlier_own")}</p>}
    </li>
  );
}

function Opened({ id, other, onClose }: { id: string; other: string; onClose: () => void }) {
  const [found, setFound] = useState<EarlierCase | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    get<EarlierCase>(`/v1/reviews/${id}/earlier/${other}`).then(
      setFound, (error: unknown) => setFailure(asFailure(error)),
    );
  }, [id, other]);
  return (
    <Dialog title={t("review.earlier_title")} onClose={onClose}>
      {failure && <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>}
      {!found && !failure && <Loading />}
      {found && (
        <div data-test="earlier-case">
          <p><strong>{found.declared.fullname}</strong> · {tWord("state", found.state)}</p>
          <p class="hint">{t("review.earlier_hint")}</p>
          {found.pictures.length === 0 && <p>{t("review.earlier_gone")}</p>}
          {found.pictures.map((picture) => (
            <img
              key={picture.side} class="earlier-still" src={picture.still}
              alt={tWord("side", picture.side)}
            />
          ))}
          <dl class="pairs narrow">
            {found.fields.filter((field) => field.printed || field.mrz).flatMap((field) => [
              <dt key={field.name}>
                {has(`field.${field.name}`) ? tWord("field", field.name) : field.name}
              </dt>,
              <dd key={`${field.name}-is`}>{field.printed ?? field.mrz}</dd>,
            ])}
          </dl>
        </div>
      )}
    </Dialog>
  );
}
