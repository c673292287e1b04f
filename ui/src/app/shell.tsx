// The frame of the members' pages: sidebar, test banner, content.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Mark } from "../shared/controls";
import { Icon, type IconName } from "../shared/icons";
import { t, tWord, type TextKey } from "../shared/text";
import type { Me } from "../shared/types";
import { home, requestsTitle, seesFigures, seesRequests } from "./rights";
import type { Route } from "./router";

interface Entry { path: string; text: TextKey; icon: IconName }

function entriesOf(me: Me): Entry[] {
  const entries: Entry[] = [];
  if (me.can.review) {
    entries.push(
      { path: "review", text: "nav.review", icon: "review" },
      { path: "guide", text: "nav.guide", icon: "eye" },
    );
  }
  if (seesFigures(me)) {
    entries.push({ path: "figures", text: "nav.figures", icon: "chart" });
  }
  if (seesRequests(me)) {
    entries.push(
      { path: "requests", text: requestsTitle(me), icon: "certificate" },
      { path: "certificates", text: "nav.certificates", icon: "search" },
    );
  }
  if (me.workspace) {
    entries.push(
      { path: "developer", text: "nav.developer", icon: "code" },
      { path: "workspace", text: "nav.workspace", icon: "workspace" },
    );
  }
  entries.push({ path: "personal", text: "nav.personal", icon: "person" });
  return entries;
}

export function Shell(
  { me, route, onLeave, children }: {
    me: Me; route: Route; onLeave: () => void; children: ComponentChildren;
  },
) {
  const [open, setOpen] = useState(false);
  const content = useRef<HTMLElement>(null);
  const section = route.path[0] ?? home(me);
  const entries = entriesOf(me);
  const entry = entries.find((one) => one.path === section);

  useEffect(() => {
    setOpen(false);
    document.title = `${entry ? t(entry.text) : t("app.name")} · Paraph`;
    window.scrollTo(0, 0);
  }, [route]);

  // a case needs the whole screen; its own bar leads back
  if (section === "review" && route.path[1]) {
    return <main id="content" class="bench" ref={content} tabIndex={-1}>{children}</main>;
  }
  return (
    <div class="shell">
      <a
        class="skip" href="#content"
        onClick={(event) => { event.preventDefault(); content.current?.focus(); }}
      >
        {t("nav.skip")}
      </a>
      <aside class={`sidebar${open ? " open" : ""}`}>
        <div class="sidebar-head">
          <Mark />
          <button
            type="button" class="menu" aria-expanded={open} aria-controls="menu"
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? "close" : "list"} /> {t("nav.menu")}
          </button>
        </div>
        <div class="sidebar-body" id="menu">
          {me.workspace && (
            <p class="workspace-name">
              <span>{me.workspace.name}</span>
              {me.workspace.test && <span class="chip test">{t("test.chip")}</span>}
            </p>
          )}
          <nav aria-label={t("nav.label")}>
            <ul>
              {entries.map((one) => (
                <li key={one.path}>
                  <a
                    href={`#/${one.path}`} data-test={`nav-${one.path}`}
                    aria-current={one.path === section ? "page" : undefined}
                  >
                    <Icon name={one.icon} /> {t(one.text)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div class="who">
            <p><strong>{me.name}</strong><span>{tWord("role", me.role)}</span></p>
            <button type="button" class="leave" onClick={onLeave}>
              <Icon name="out" /> {t("nav.leave")}
            </button>
          </div>
        </div>
      </aside>
      <div class="side">
        {me.workspace?.test && (
          <p class="test-banner" role="note" data-test="test-banner">{t("test.member")}</p>
        )}
        <main class="content" id="content" ref={content} tabIndex={-1}>{children}</main>
      </div>
    </div>
  );
}
