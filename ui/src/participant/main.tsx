// The participant's page, /r#TOKEN. The token stays in the fragment, which no
// browser sends: reloading the page or opening the link again resumes. And
// /r#h.TOKEN, by which a phone goes on for a desktop.
import { render } from "preact";
import { useState } from "preact/hooks";
import "../shared/base.css";
import "./participant.css";
import { begin } from "../shared/begin";
import { knownLanguage, useLanguage } from "../shared/text";
import { Frame } from "./frame";
import { Journey } from "./journey";
import { handoverToken, LandingScreen } from "./life/landing";

// A phone that came by a QR code, before it has a session.
function Arrival({ token }: { token: string }) {
  const [, redraw] = useState(0);
  const around = { act: async () => null, retry: () => redraw((count) => count + 1) };
  return (
    <Frame session={null} held={around}>
      <LandingScreen
        token={token}
        onLanguage={async (wanted) => {
          await useLanguage(knownLanguage(wanted));
          around.retry();
        }}
      />
    </Frame>
  );
}

async function start(): Promise<void> {
  const root = await begin("participant");
  if (!root) return;
  const handover = handoverToken(window.location.hash);
  render(handover ? <Arrival token={handover} /> : <Journey />, root);
}

void start();
