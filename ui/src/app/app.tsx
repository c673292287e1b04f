// Who is signed in decides what is shown; everything else is a section.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { asFailure, get, onSessionOver, post, type Failure } from "../shared/api";
import { Button, Loading, Notice } from "../shared/controls";
import { failureText } from "../shared/failure-text";
import { t, useLanguage, type Language } from "../shared/text";
import type { Me } from "../shared/types";
import { CertificateDetail } from "./certificates/detail";
import { CertificateList } from "./certificates/list";
import { Developer } from "./developer";
import { Login, type Over } from "./login";
import { Operators } from "./operators";
import { PersonalSettings } from "./personal";
import { saveLanguage } from "./preferences";
import { RequestDetail } from "./requests/detail";
import { RequestSection } from "./requests/section";
import { dropAhead } from "./review/ahead";
import { dropDrafts, keepDraftsOf } from "./review/drafts";
import { dropHanded } from "./review/handed";
import { home } from "./rights";
import { useRoute, type Route } from "./router";
import { Shell } from "./shell";
import { WorkspacePage } from "./workspace";

export function App() {
  const [me, setMe] = useState<Me | null>(null);
  const [signedOut, setSignedOut] = useState(false);
  const [over, setOver] = useState<Over>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [, redraw] = useState(0);
  const left = useRef<{ member: string; hash: string } | null>(null);
  const route = useRoute();

  const load = useCallback(() => {
    setFailure(null);
    get<Me>("/v1/me").then(setMe, (error: unknown) => {
      const met = asFailure(error);
      if (met.status === 401) setSignedOut(true);
      else setFailure(met);
    });
  }, []);
  useEffect(load, []);
  useEffect(() => {
    signPictures(me);
    if (me) return;
    dropAhead();
    dropHanded();
  }, [me]);
  useEffect(() => {
    if (!me) return;
    keepDraftsOf(me.id);
    onSessionOver(() => {
      left.current = { member: me.id, hash: window.location.hash };
      window.location.replace("#/");
      setMe(null);
      setSignedOut(true);
      setOver(me.can.review ? "review" : "other");
    });
  }, [me]);

  const chooseLanguage = async (language: Language) => {
    await useLanguage(language);
    saveLanguage(language);
    redraw((count) => count + 1);
  };
  const leave = async () => {
    onSessionOver(() => undefined); // it is known
    await post("/v1/logout").catch(() => undefined);
    dropDrafts();
    window.location.replace("#/");
    setMe(null);
    setOver(null);
    setSignedOut(true);
  };

  // Whose session ended by itself goes on where they were; nobody else does.
  const enter = (one: Me) => {
    if (left.current?.member === one.id) window.location.replace(left.current.hash);
    left.current = null;
    setSignedOut(false);
    setOver(null);
    setMe(one);
  };

  if (me) {
    return (
      <Shell me={me} route={route} onLeave={() => void leave()}>
        <Section
          me={me} route={route} onLanguage={(one) => void chooseLanguage(one)}
          onLeave={() => void leave()}
        />
      </Shell>
    );
  }
  if (signedOut) {
    return (
      <Login
        over={over}
        onLanguage={(one) => void chooseLanguage(one)}
        onSignedIn={enter}
      />
    );
  }
  if (failure) {
    return (
      <main class="alone">
        <Notice tone="bad" alert>
          <p>{failureText(failure)}</p>
          <Button onClick={load}>{t("try_again")}</Button>
        </Notice>
      </main>
    );
  }
  return <main class="alone"><Loading /></main>;
}

// Whose screen it is stands faintly on each picture of a case (review.css), so
// that a photograph of it tells who was sitting there.
function signPictures(me: Me | null): void {
  document.documentElement.style.setProperty("--member", JSON.stringify(me?.email ?? ""));
}

export interface SectionProps {
  me: Me;
  route: Route;
}

function Section(
  { me, route, onLanguage, onLeave }: SectionProps & {
    onLanguage: (language: Language) => void; onLeave: () => void;
  },
) {
  const [name = home(me), id] = route.path;
  const props = { me, route };
  switch (name) {
    case "requests":
      return id && id !== "new" && id !== "several"
        ? <RequestDetail key={id} id={id} {...props} />
        : <RequestSection {...props} />;
    case "certificates":
      return id
        ? <CertificateDetail key={id} id={id} {...props} />
        : <CertificateList {...props} />;
    case "review":
    case "figures":
    case "guide": return <Operators name={name} {...props} />;
    case "developer": return <Developer {...props} />;
    case "workspace": return <WorkspacePage {...props} />;
    case "personal":
      return <PersonalSettings me={me} onLanguage={onLanguage} onLeave={onLeave} />;
    default:
      return <Notice><p>{t("nothing_here")}</p></Notice>;
  }
}
