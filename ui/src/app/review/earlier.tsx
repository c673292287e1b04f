// Requests under other e-mails with the same document, person or picture, and
// one of them opened beside the case: to compare, never to decide.
import { useEffect, useRef, useState } from "preact/hooks";
import { asFailure, bytes, get, type Failure } from "../../shared/api";
import { Button, Dialog, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { moment } from "../../shared/format";
import { has, language, t, tWord } from "../../shared/text";
import type { EarlierCase, Review } from "../../shared/types";
import { oneEach, type EarlierOne } from "./earlier-ones";
import { parseFilm, type Film, type FilmPicture } from "./film";
import { Key } from "./key";
import { loaded, type Media } from "./media";
import { Frame } from "./picture";

interface EarlierProps {
  one: Review;
  media: Media;
  open: string | null; // the one that lies beside the case
  onOpen: (id: string | null) => void;
}

export function EarlierOnes({ one, media, open, onOpen }: EarlierProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const was = useRef(open);
  // not back to the button: the next Enter is meant for the case
  useEffect(() => {
    const closed = was.current !== null && open === null;
    was.current = open;
    if (closed) requestAnimationFrame(() => heading.current?.focus());
  }, [open]);
  if (one.earlier.length === 0) return null;
  return (
    <section class="part" data-test="earlier">
      <div class="part-head"><h2 ref={heading} tabIndex={-1}>{t("review.earlier")}</h2> <Key act="earlier" /></div>
      <ul class="verdicts">
        {oneEach(one.earlier).map((each) => (
          <Line key={each.id} each={each} onOpen={() => onOpen(each.id)} />
        ))}
      </ul>
      {open && (
        <Opened
          key={open} id={one.id} other={open} faces={facesOf(loaded(media.films.compared))}
          onClose={() => onOpen(null)}
        />
      )}
    </section>
  );
}

function Line({ each, onOpen }: { each: EarlierOne; onOpen: () => void }) {
  return (
    <li>
      <p class="verdict-head">
        {each.sames.map((same) => <span key={same} class="pill warning">{tWord("same", same)}</span>)}
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

// Faces that were cut out to be compared: the document's and the recording's.
const facesOf = (film: Film | null) => (film?.best ?? []).filter((one) => one.mark === "face");

// In one row above the other: the same person, or somebody who looks like it.
function Faces({ text, faces }: { text: string; faces: FilmPicture[] }) {
  if (faces.length === 0) return null;
  return (
    <>
      <h3>{text}</h3>
      <ul class="strip earlier-faces">
        {faces.map((one, index) => (
          <li key={index} class="thumb"><Face one={one} alt={`${text} ${index + 1}`} /></li>
        ))}
      </ul>
    </>
  );
}

function Face({ one, alt }: { one: FilmPicture; alt: string }) {
  const [frames] = useState(() => [one]);
  return <Frame frames={frames} index={0} alt={alt} />;
}

function EarlierFaces({ found, faces }: { found: EarlierCase; faces: FilmPicture[] }) {
  const [theirs, setTheirs] = useState<FilmPicture[]>([]);
  const url = found.films.find(({ part }) => part === "compared")?.url;
  useEffect(() => {
    if (!url) return undefined;
    const abort = new AbortController();
    bytes(url, abort.signal).then(parseFilm).then((film) => setTheirs(facesOf(film)), () => undefined);
    return () => abort.abort();
  }, [url]);
  if (theirs.length === 0) return null;
  return (
    <div data-test="earlier-faces">
      <Faces text={t("review.earlier_faces")} faces={theirs} />
      <Faces text={t("review.these_faces")} faces={faces} />
    </div>
  );
}

interface OpenedProps { id: string; other: string; faces: FilmPicture[]; onClose: () => void }

function Opened({ id, other, faces, onClose }: OpenedProps) {
  const [found, setFound] = useState<EarlierCase | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    get<EarlierCase>(`/v1/reviews/${id}/earlier/${other}`).then(
      setFound, (error: unknown) => setFailure(asFailure(error)),
    );
  }, [id, other]);
  return (
    <Dialog title={t("review.earlier_title")} onClose={onClose} wide>
      {failure && <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>}
      {!found && !failure && <Loading />}
      {found && (
        <div data-test="earlier-case">
          <p><strong>{found.declared.fullname}</strong> · {tWord("state", found.state)}</p>
          <p class="hint">{t("review.earlier_hint")}</p>
          <EarlierFaces found={found} faces={faces} />
          {found.pictures.length === 0 && <p>{t("review.earlier_gone")}</p>}
          {found.pictures.map((picture) => (
            <img
              key={picture.side} class="earlier-still" src={picture.still}
              alt={tWord("side", picture.side)} draggable={false}
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
