// The left of a case: pictures side by side, the tools to look at them, and
// under a film its time line.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { t, tWord } from "../../shared/text";
import type { Box, Review, Side } from "../../shared/types";
import { CloseUp, facesOf } from "./close-up";
import { closeUpsOf, nextCloseUp } from "./close-ups";
import { Crops } from "./crops";
import { Key } from "./key";
import type { Act } from "./keys";
import { after, Filters } from "./looks";
import { loaded, type Loaded, type Media } from "./media";
import { Pane } from "./pane";
import { Frame, Still, type Size } from "./picture";
import { FilmBar, seconds } from "./player";
import { partOf, promptAt } from "./timeline";
import { besideOf, type Beside, type Table as State } from "./use-table";
import { isLargerAbove, zoomIn, zoomOut } from "./zoom";

interface TableProps {
  one: Review;
  media: Media;
  table: State;
  onAgain: () => void;
}

export function besideText(one: Beside): string {
  const name = tWord("mark", one.mark);
  const recorded = one.mark === "portrait" && one.picture;
  if (recorded) return t("film.moment", { what: name, at: seconds(recorded.timeMs) });
  return one.count > 1 ? `${name} ${one.count}` : name;
}

// The next one of the strip.
export function nextBeside(one: Review, media: Media, table: State): void {
  const all = besideOf(table.view, media, sidesOf(one));
  const now = besideNow(all, table);
  const next = now && after(all, all.find(({ id }) => id === now.id) ?? now);
  if (next) table.choose(next.id);
}

// Faces first, then field after field, then the pictures again.
export function nextClose(one: Review, media: Media, table: State): void {
  table.come(nextCloseUp(closeUpsOf(one, facesOf(one, media).length), table.close));
}

// Which picture lies beside the film: the one that was chosen, else the side
// that the participant was asked to show.
function besideNow(all: Beside[], table: State): Beside | null {
  const chosen = all.find((one) => one.id === table.chosen);
  if (chosen) return chosen;
  const asked = table.player ? promptAt(table.line.prompts, table.player.ms)?.name : "";
  return (asked === "show_back" && all.find((one) => one.side === "back")) || all[0] || null;
}

export function paneIds(one: Review, media: Media, table: State): string[] {
  if (table.view === "pictures") return one.pictures.map((picture) => picture.side);
  const beside = besideNow(besideOf(table.view, media, sidesOf(one)), table);
  return [...(beside ? [beside.id] : []), `film-${table.view}`];
}

const sidesOf = (one: Review) => one.pictures.map((picture) => picture.side);

export function Table(props: TableProps) {
  const { one, media, table } = props;
  return (
    <section class="light-table" aria-label={t("review.pictures")}>
      <Filters />
      <Tools one={one} media={media} table={table} />
      {table.close ? <CloseUp one={one} media={media} table={table} name={table.close} />
        : <Looked {...props} />}
    </section>
  );
}

function Looked(props: TableProps) {
  const { one, media, table } = props;
  const beside = besideOf(table.view, media, sidesOf(one));
  return (
    <>
      <Panes view={table.view} count={table.view === "pictures" ? one.pictures.length : 2}>
        {table.view === "pictures"
          ? one.pictures.map((picture, index) => (
            <SidePane key={picture.side} {...props} side={picture.side} index={index} />
          ))
          : <FilmPanes key={table.view} {...props} beside={besideNow(beside, table)} />}
        {table.view === "pictures" && one.pictures.length === 0 && <p>{t("review.no_pictures")}</p>}
      </Panes>
      {table.view === "pictures" && <Crops one={one} media={media} filter={table.filter} />}
      {table.player && table.player.frames.length > 0 && (
        <FilmBar player={table.player} {...table.line} marked={table.marked} />
      )}
      {beside.length > 1 && <Strip all={beside} now={besideNow(beside, table)} media={media} table={table} />}
    </>
  );
}

// Two sides of a card are wide: on most screens they are larger above each
// other than beside. A film keeps its picture beside it, at eye height.
function Panes(
  { view, count, children }: { view: string; count: number; children: ComponentChildren },
) {
  const box = useRef<HTMLDivElement>(null);
  const [shape, setShape] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const one = box.current;
    if (!one) return undefined;
    const watch = new ResizeObserver(() => setShape({ width: one.clientWidth, height: one.clientHeight }));
    watch.observe(one);
    return () => watch.disconnect();
  }, []);
  const above = view !== "face" && count === 2 && isLargerAbove(shape);
  return (
    <div ref={box} class={`panes ${view}${above ? " above" : ""}`} data-test={`view-${view}`}>
      {children}
    </div>
  );
}

function Tools({ one, media, table }: Omit<TableProps, "onAgain">) {
  const ids = paneIds(one, media, table);
  const tool = (act: Act, text: string, work: () => void, pressed?: boolean) => (
    <button type="button" class="tool" onClick={work} aria-pressed={pressed} data-test={`tool-${act}`}>
      {text} <Key act={act} />
    </button>
  );
  return (
    <div class="tools" role="toolbar" aria-label={t("review.tools")}>
      {table.views.length > 1 && (
        <div class="views">
          {table.views.map((view) => (
            <button
              key={view} type="button" class="tool" aria-pressed={view === table.view && !table.close}
              data-test={`to-${view}`} onClick={() => table.show(view)}
            >
              {tWord("view", view)}
            </button>
          ))}
          <Key act="view" />
        </div>
      )}
      <div class="looks">
        {tool("zoom_in", t("tool.zoom_in"), () => table.setZoom(zoomIn))}
        {tool("zoom_out", t("tool.zoom_out"), () => table.setZoom(zoomOut))}
        {tool("whole", t("tool.whole"), table.whole)}
        {tool("rotate", t("review.rotate"), () => table.turn(ids[table.pane] ?? ""))}
        {tool("contrast", tWord("contrast", table.contrast), table.moreContrast, table.contrast !== "plain")}
        {tool("channel", tWord("channel", table.channel), table.nextChannel, table.channel !== "all")}
      </div>
    </div>
  );
}

function Trouble({ what, onAgain }: { what: Loaded<object>; onAgain: () => void }) {
  if (what === undefined) return <p class="pane-wait" role="status">{t("loading")}</p>;
  return (
    <div class="pane-wait">
      <Notice tone="warning">
        <p>{what instanceof Error && what.message !== undefined && "code" in what
          ? failureText(what as never) : t("review.picture_missing")}</p>
        <Button onClick={onAgain}>{t("try_again")}</Button>
      </Notice>
    </div>
  );
}

function SidePane(
  { media, table, side, index, onAgain }: TableProps & { side: Side; index: number },
) {
  const marked = table.marked && !partOf(table.marked.source) &&
    (table.marked.source ?? table.marked.side) === side ? table.marked.box : null;
  return (
    <StillPane
      what={media.stills[side]} id={side} label={tWord("side", side)} table={table} index={index}
      mark={marked} onAgain={onAgain}
    />
  );
}

interface PartProps {
  id: string;
  label: string;
  table: State;
  index: number;
  mark: Box | null;
  onAgain: () => void;
}

function usePane({ id, table, index, mark }: PartProps) {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  return {
    setSize,
    shared: {
      test: id, active: table.pane === index, zoom: table.zoom, turn: table.turnOf(id), size, mark,
      onActive: () => table.setPane(index), onZoom: table.setZoom,
    },
  };
}

function StillPane(props: PartProps & { what: Loaded<Blob> }) {
  const { label, what, table, onAgain } = props;
  const { shared, setSize } = usePane(props);
  const [broken, setBroken] = useState(false);
  const blob = loaded(what);
  return (
    <Pane {...shared} label={label}>
      {blob && !broken
        ? <Still blob={blob} alt={label} filter={table.filter} onSize={setSize} onBroken={() => setBroken(true)} />
        : <Trouble what={broken ? "damaged" : what} onAgain={onAgain} />}
    </Pane>
  );
}

function PicturePane(props: PartProps & { beside: Beside }) {
  const { label, beside, table } = props;
  const { shared, setSize } = usePane(props);
  return (
    <Pane {...shared} label={label}>
      <OnePicture one={beside} alt={label} filter={table.filter} onSize={setSize} />
    </Pane>
  );
}

function FilmPanes(props: TableProps & { beside: Beside | null }) {
  const { media, table, beside, onAgain } = props;
  const part = table.view === "document" ? "document" : "face";
  const marked = table.marked && partOf(table.marked.source) === part ? table.marked.box : null;
  const left = beside && {
    id: beside.id, label: besideText(beside), table, index: 0, mark: null, onAgain,
  };
  return (
    <>
      {left && beside && (beside.side
        ? <StillPane key={beside.id} {...left} what={media.stills[beside.side]} />
        : <PicturePane key={beside.id} {...left} beside={beside} />)}
      <FilmPane
        id={`film-${part}`} label={tWord("view", part)} table={table} index={left ? 1 : 0}
        mark={marked} onAgain={onAgain} what={media.films[part]}
      />
    </>
  );
}

function FilmPane(props: PartProps & { what: Media["films"]["face"] }) {
  const { label, table, what, onAgain } = props;
  const { shared, setSize } = usePane(props);
  const { player } = table;
  const asked = player && promptAt(table.line.prompts, player.ms);
  const caption = asked ? t("film.asked", { what: tWord("asked", asked.name) }) : "";
  return (
    <Pane {...shared} label={<><span>{label}</span><strong>{caption}</strong></>}>
      {loaded(what) && player && player.frames.length > 0
        ? (
          <Frame
            frames={player.frames} index={player.index} alt={label} filter={table.filter}
            onSize={setSize}
          />
        )
        : <Trouble what={loaded(what) ? "damaged" : what} onAgain={onAgain} />}
    </Pane>
  );
}

// Portrait, ghost and faces of the recording, or the document's sides, in one
// row: one press lays one of them beside the film.
function Strip(
  { all, now, media, table }: { all: Beside[]; now: Beside | null; media: Media; table: State },
) {
  return (
    <div class="strip-row">
      <Key act="beside" />
      <ul class="strip" data-test="strip" aria-label={t("review.strip")}>
      {all.map((one) => {
        const blob = one.side ? loaded(media.stills[one.side]) : null;
        const text = besideText(one);
        return (
          <li key={one.id}>
            <button
              type="button" aria-pressed={one === now || one.id === now?.id}
              onClick={() => table.choose(one.id)}
            >
              <span class="thumb">
                {blob && <Still blob={blob} alt="" filter={table.filter} />}
                {one.picture && <OnePicture one={one} alt="" filter={table.filter} />}
              </span>
              <span>{text}</span>
            </button>
          </li>
        );
      })}
      </ul>
    </div>
  );
}

function OnePicture(
  { one, ...rest }: { one: Beside; alt: string; filter: string; onSize?: (size: Size) => void },
) {
  const [frames] = useState(() => (one.picture ? [one.picture] : []));
  return <Frame frames={frames} index={0} {...rest} />;
}
