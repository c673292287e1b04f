// What stands in the place of a case that nobody looks at: nothing of it. It
// tells how long the case is still held, and before that is over it says so.
import { useEffect } from "preact/hooks";
import { Button } from "../../shared/controls";
import { useFocus, useSecondsUntil } from "../../shared/hooks";
import { Icon } from "../../shared/icons";
import { t, tCount } from "../../shared/text";
import { PasskeyProof } from "../passkey-proof";

interface CoveredProps {
  until: string;
  lost: boolean;
  passkey: boolean; // a key is not enough
  onOpen: () => void;
}

export const SOON = 5 * 60;

export function Covered({ until, lost, passkey, onOpen }: CoveredProps) {
  const heading = useFocus<HTMLHeadingElement>();
  const left = useSecondsUntil(until);
  const minutes = Math.max(1, Math.ceil(left / 60));
  const soon = !lost && left < SOON;
  useEffect(() => {
    const before = document.title;
    document.title = lost ? t("cover.tab_lost") : soon ? tCount("cover.tab_soon", minutes) : t("cover.tab");
    return () => { document.title = before; };
  }, [lost, soon, minutes]);
  return (
    <div class="case-alone covered" data-test="covered">
      <Icon name="lock" />
      <h1 ref={heading} tabIndex={-1}>{t("cover.title")}</h1>
      <p class="lead">{t("cover.text")}</p>
      <p role="status" class={`pill ${lost || soon ? "warning" : "neutral"}`} data-test="cover-lock">
        {lost ? t("cover.lost") : tCount("cover.held", minutes)}
      </p>
      {passkey
        ? <PasskeyProof onProven={onOpen} />
        : (
          <>
            <Button kind="primary" onClick={onOpen} test="uncover">{t("cover.open")}</Button>
            <p class="hint">{t("cover.any_key")}</p>
          </>
        )}
    </div>
  );
}
