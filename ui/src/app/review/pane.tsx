// A pane of the light table: a picture that follows the zoom and pan which all
// panes share, and turns by itself. Mouse, finger, pinch; the keys are heard
// by the case.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Box } from "../../shared/types";
import type { Size } from "./picture";
import { boxInPane, fitTurned, panned, zoomAt, zoomTo, type Zoom } from "./zoom";

interface Point { x: number; y: number }

interface PaneProps {
  label: ComponentChildren;
  active: boolean;
  zoom: Zoom;
  turn: number;
  size: Size;
  mark: Box | null;
  test: string;
  onActive: () => void;
  onZoom: (change: (before: Zoom) => Zoom) => void;
  children: ComponentChildren;
}

export function Pane(props: PaneProps) {
  const { label, active, zoom, turn, size, mark, test, onActive, onZoom, children } = props;
  const table = useRef<HTMLDivElement>(null);
  const pane = useSize(table);
  const grip = useGrip(table, onZoom);
  useEffect(() => {
    if (!mark || !pane.width || !size.width) return;
    const place = boxInPane(mark, size, pane);
    onZoom(() => zoomTo(place.middle, place.size));
  }, [mark, pane.width, size.width]);

  const shift = `translate(${zoom.x * 100}%, ${zoom.y * 100}%) scale(${zoom.scale})`;
  const turned = turn ? ` rotate(${turn}deg) scale(${fitTurned(turn, size, pane)})` : "";
  return (
    <figure class={`pane${active ? " active" : ""}`} data-test={`pane-${test}`}>
      <div
        ref={table} class="pane-table" onPointerDownCapture={onActive} {...grip}
        onDblClick={(event) => onZoom((before) => zoomAt(before, 2, ...middleOf(event, table.current)))}
      >
        <div class="pane-sheet" style={{ transform: shift + turned }}>
          {children}
          {mark && size.width > 0 && (
            <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true" data-test="mark">
              <rect class="mark-halo" {...mark} style={{ strokeWidth: 6 / zoom.scale }} />
              <rect {...mark} style={{ strokeWidth: 3 / zoom.scale }} />
            </svg>
          )}
        </div>
      </div>
      <figcaption>{label}</figcaption>
    </figure>
  );
}

function useSize(element: { current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const one = element.current;
    if (!one) return undefined;
    const measure = () => setSize({ width: one.clientWidth, height: one.clientHeight });
    const watch = new ResizeObserver(measure);
    watch.observe(one);
    measure();
    return () => watch.disconnect();
  }, []);
  return size;
}

function middleOf(at: { clientX: number; clientY: number }, table: HTMLElement | null): [number, number] {
  const box = table?.getBoundingClientRect();
  if (!box || !box.width) return [0, 0];
  return [(at.clientX - box.left) / box.width - 0.5, (at.clientY - box.top) / box.height - 0.5];
}

// Drag with one pointer, pinch with two, the wheel where it stands.
function useGrip(
  table: { current: HTMLDivElement | null }, onZoom: PaneProps["onZoom"],
) {
  const held = useRef(new Map<number, Point>());
  const latest = useRef(onZoom);
  latest.current = onZoom;

  useEffect(() => {
    const one = table.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault(); // else the page scrolls beneath
      const factor = Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 240);
      latest.current((before) => zoomAt(before, factor, ...middleOf(event, one)));
    };
    one?.addEventListener("wheel", wheel, { passive: false });
    return () => one?.removeEventListener("wheel", wheel);
  }, []);

  const move = (event: PointerEvent) => {
    const before = held.current.get(event.pointerId);
    const box = table.current?.getBoundingClientRect();
    if (!before || !box?.width) return;
    const other = [...held.current].find(([id]) => id !== event.pointerId)?.[1];
    held.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (!other) {
      latest.current((zoom) => panned(
        zoom, (event.clientX - before.x) / box.width, (event.clientY - before.y) / box.height,
      ));
      return;
    }
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    const middle = { clientX: (event.clientX + other.x) / 2, clientY: (event.clientY + other.y) / 2 };
    latest.current((zoom) => zoomAt(zoom, is / Math.max(1, was), ...middleOf(middle, table.current)));
  };
  const drop = (event: PointerEvent) => { held.current.delete(event.pointerId); };
  return {
    onPointerDown: (event: PointerEvent) => {
      table.current?.setPointerCapture(event.pointerId);
      held.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    },
    onPointerMove: move, onPointerUp: drop, onPointerCancel: drop,
  };
}
