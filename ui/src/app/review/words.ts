// A digest as something two people can say to each other: each 16 bits become
// one word of consonants and vowels that no language confuses.
const CONSONANTS = "bdfghjklmnprstvz";
const VOWELS = "aiou";

export function words(bytes: Uint8Array, count = 4): string {
  const out: string[] = [];
  for (let i = 0; i + 1 < bytes.length && out.length < count; i += 2) {
    const value = ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
    out.push([
      CONSONANTS[value >> 12], VOWELS[(value >> 10) & 3], CONSONANTS[(value >> 6) & 15],
      VOWELS[(value >> 4) & 3], CONSONANTS[value & 15],
    ].join(""));
  }
  return out.join("-");
}
