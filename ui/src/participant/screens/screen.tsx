// The shape of every screen: one heading that takes the focus, then the one
// thing to do.
import type { ComponentChildren } from "preact";
import type { Failure } from "../../shared/api";
import { Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { useHeadingFocus } from "../../shared/hooks";

export function Screen(
  { name, title, lead, failure, children }: {
    name: string; title: string; lead?: string; failure?: Failure | null;
    children?: ComponentChildren;
  },
) {
  const heading = useHeadingFocus(name);
  return (
    <section class="screen" data-screen={name}>
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      {lead && <p class="lead">{lead}</p>}
      {failure && (
        <Notice tone="bad" alert test="failure">
          <p>{failureText(failure)}</p>
        </Notice>
      )}
      {children}
    </section>
  );
}
