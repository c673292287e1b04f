// Which screen stands now. The server decides it (session.next); the page
// adds only the welcome before the first act.
import { useEffect, useState } from "preact/hooks";
import { Loading } from "../shared/controls";
import { usePolling } from "../shared/hooks";
import { t, tWord } from "../shared/text";
import type { Session } from "../shared/types";
import { Frame, WAITS } from "./frame";
import { HandedScreen } from "./life/landing";
import { isHanded } from "./life/handed";
import { LifeScreen } from "./life/life";
import { showsWelcome, wantsCamera } from "./progress";
import { AgreementScreen } from "./screens/agreement";
import { ConfirmScreen } from "./screens/confirm";
import { ConsentScreen } from "./screens/consent";
import { DocumentScreen } from "./screens/document";
import { DoneScreen } from "./screens/done";
import { ClosedScreen, EndedScreen, RefusedScreen } from "./screens/ended";
import { EmailScreen } from "./screens/email";
import { NameScreen } from "./screens/name";
import { NameAgainScreen } from "./screens/name-again";
import { PhoneScreen } from "./screens/phone";
import { PinScreen } from "./screens/pin";
import { WaitingScreen } from "./screens/waiting";
import { WelcomeScreen } from "./screens/welcome";
import { useSession, type Held } from "./session";

export type ScreenProps = Omit<Held, "session"> & { session: Session };

// Private windows may refuse storage; then the welcome shows once more.
function remembered(id: string): boolean {
  try {
    return sessionStorage.getItem(`started-${id}`) === "yes";
  } catch {
    return false;
  }
}

function remember(id: string): void {
  try {
    sessionStorage.setItem(`started-${id}`, "yes");
  } catch {
    // nothing depends on it
  }
}

export function Journey() {
  const [, redraw] = useState(0);
  const held = useSession(() => redraw((count) => count + 1));
  const { session, closed } = held;
  const [started, setStarted] = useState(false);
  const [here, setHere] = useState(false);
  const waits = session ? WAITS.has(session.next) : false;
  const quick = session?.next !== "in_review";

  usePolling(
    async () => { if (waits) await held.refresh(); },
    quick ? 2000 : 10_000, [waits, quick],
  );

  useEffect(() => held.clear(), [session?.next]);

  const screen = session ? session.next : "loading";
  useEffect(() => {
    document.title = session
      ? `${tWord("screen", session.next)} · Paraph`
      : t("app.name");
  }, [screen, session?.language]);

  if (closed) {
    return (
      <Frame session={null} held={held}>
        <ClosedScreen failure={closed} onRetry={held.retry} />
      </Frame>
    );
  }
  if (!session) {
    return <Frame session={null} held={held}><Loading /></Frame>;
  }
  if (showsWelcome(session, started || remembered(session.id))) {
    return (
      <Frame session={session} held={held} bare>
        <WelcomeScreen
          session={session}
          onStart={() => { remember(session.id); setStarted(true); }}
        />
      </Frame>
    );
  }
  // A phone that was handed the session does this much; the desktop goes on.
  if (isHanded(session.id) && !here && !wantsCamera(session)) {
    return (
      <Frame session={session} held={held}>
        <HandedScreen onHere={() => setHere(true)} />
      </Frame>
    );
  }
  return (
    <Frame session={session} held={held}>
      <Screen {...held} session={session} />
    </Frame>
  );
}

function Screen(props: ScreenProps) {
  switch (props.session.next) {
    case "name": return <NameScreen {...props} />;
    case "name_again": return <NameAgainScreen {...props} />;
    case "email": return <EmailScreen {...props} />;
    case "phone": return <PhoneScreen {...props} />;
    case "consent": return <ConsentScreen {...props} />;
    case "agreement": return <AgreementScreen {...props} />;
    case "document":
    case "ask_again": return <DocumentScreen {...props} />;
    case "proof_of_life": return <LifeScreen {...props} />;
    case "pin": return <PinScreen {...props} />;
    case "waiting":
    case "in_review":
    case "issuing": return <WaitingScreen {...props} />;
    case "confirm": return <ConfirmScreen {...props} />;
    case "done": return <DoneScreen {...props} />;
    case "refused": return <RefusedScreen {...props} />;
    case "declined":
    case "cancelled":
    case "expired": return <EndedScreen {...props} />;
  }
}
