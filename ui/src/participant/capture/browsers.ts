// Which browser it is, as far as the way to its camera's permission goes.
export type Browser =
  | "safari_phone" | "other_ios" | "safari" | "firefox_phone" | "firefox"
  | "chrome_phone" | "chrome" | "other";

// Of what a browser calls itself; an iPad says that it is a Macintosh.
export function browserOf(agent: string, fingers: number): Browser {
  const phone = agent.includes("Android");
  if (/iPhone|iPad|iPod/.test(agent) || (agent.includes("Macintosh") && fingers > 1)) {
    return /CriOS|FxiOS|EdgiOS|OPT\//.test(agent) ? "other_ios" : "safari_phone";
  }
  if (agent.includes("Firefox/")) return phone ? "firefox_phone" : "firefox";
  if (agent.includes("Chrome/")) return phone ? "chrome_phone" : "chrome";
  return agent.includes("Safari/") ? "safari" : "other";
}
