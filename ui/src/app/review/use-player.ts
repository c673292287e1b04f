// A film frame by frame: where it stands, whether it runs, how fast. Runs once
// and stops at its end.
import { useEffect, useState } from "preact/hooks";
import { frameAt, lengthOf, type FilmPicture } from "./film";

export const SPEEDS = [1, 2, 0.5];

export interface Player {
  frames: FilmPicture[];
  index: number;
  ms: number;
  length: number;
  playing: boolean;
  speed: number;
  seek: (ms: number) => void;
  step: (frames: number) => void;
  toggle: () => void;
  play: () => void;
  pause: () => void;
  faster: () => void;
}

export function usePlayer(frames: FilmPicture[]): Player {
  const [index, setIndex] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const last = frames.length - 1;

  useEffect(() => {
    if (!playing) return undefined;
    if (index >= last) {
      setPlaying(false);
      return undefined;
    }
    const lasts = (frames[index + 1]?.timeMs ?? 0) - (frames[index]?.timeMs ?? 0);
    const timer = window.setTimeout(
      () => setIndex(index + 1), Math.min(1000, Math.max(10, lasts)) / speed,
    );
    return () => window.clearTimeout(timer);
  }, [playing, index, speed, frames]);

  const play = () => {
    if (index >= last) setIndex(0);
    setPlaying(last > 0);
  };
  return {
    frames, index, playing, speed, length: lengthOf(frames),
    ms: frames[index]?.timeMs ?? 0,
    seek: (ms) => setIndex(frameAt(frames, ms)),
    step: (count) => {
      setPlaying(false);
      setIndex(Math.max(0, Math.min(last, index + count)));
    },
    toggle: () => (playing ? setPlaying(false) : play()),
    play,
    pause: () => setPlaying(false),
    faster: () => setSpeed((before) => SPEEDS[(SPEEDS.indexOf(before) + 1) % SPEEDS.length] ?? 1),
  };
}
