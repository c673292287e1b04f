// Prompts spoken by the device where it can, and felt where it can shake. A
// voice of another language would be worse than none.

export function canSpeak(language: string): boolean {
  if (typeof speechSynthesis === "undefined") return false;
  const voices = speechSynthesis.getVoices();
  // Some browsers name their voices only later; then it may be tried.
  return voices.length === 0 ||
    voices.some((one) => one.lang.toLowerCase().startsWith(language));
}

export function speak(text: string, language: string): void {
  if (!canSpeak(language)) return;
  speechSynthesis.cancel();
  const saying = new SpeechSynthesisUtterance(text);
  saying.lang = language;
  saying.rate = 1.05;
  speechSynthesis.speak(saying);
}

// Some phones speak only after a first word within a press.
export function wakeVoice(language: string): void {
  speak(" ", language);
}

export function hush(): void {
  if (typeof speechSynthesis !== "undefined") speechSynthesis.cancel();
}

export function buzz(): void {
  try {
    navigator.vibrate?.(60);
  } catch {
    // it only helps
  }
}
