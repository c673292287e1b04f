// Ways to look at a picture: more contrast, turned to its negative, one colour
// channel alone. Nothing is computed but the browser's own filters.
export const CONTRASTS = ["plain", "strong", "negative"] as const;
export const CHANNELS = ["all", "red", "green", "blue", "colour"] as const;
export type Contrast = (typeof CONTRASTS)[number];
export type Channel = (typeof CHANNELS)[number];

const CONTRAST: Record<Contrast, string> = {
  plain: "", strong: "contrast(2.2)", negative: "invert(1)",
};
const CHANNEL: Record<Channel, string> = {
  all: "", red: "url(#channel-red)", green: "url(#channel-green)", blue: "url(#channel-blue)",
  colour: "url(#channel-colour)",
};

export function filterOf(contrast: Contrast, channel: Channel): string {
  return [CHANNEL[channel], CONTRAST[contrast]].filter(Boolean).join(" ");
}

export function after<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length] as T;
}

const ROWS = {
  red: "1 0 0 0 0", green: "0 1 0 0 0", blue: "0 0 1 0 0",
};

// What is printed in colour stands out where the grey is taken away: the
// colour differences, widened around the middle.
const COLOUR = "2 -1 -1 0 .5  -1 2 -1 0 .5  -1 -1 2 0 .5  0 0 0 1 0";

export function Filters() {
  return (
    <svg class="unseen" aria-hidden="true" focusable="false">
      {Object.entries(ROWS).map(([name, row]) => (
        <filter key={name} id={`channel-${name}`} color-interpolation-filters="sRGB">
          <feColorMatrix values={`${row} ${row} ${row} 0 0 0 1 0`} />
        </filter>
      ))}
      <filter id="channel-colour" color-interpolation-filters="sRGB">
        <feColorMatrix values={COLOUR} />
      </filter>
    </svg>
  );
}
