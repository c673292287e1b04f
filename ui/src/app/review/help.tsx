// Every key, over the case: and the switch for who would rather not have them
// (WCAG 2.1.4: a voice or a slip may press letters that nobody meant).
import { Dialog } from "../../shared/controls";
import { t, tWord } from "../../shared/text";
import { saveShortcuts, shortcutsOn } from "../preferences";
import { KEYS, type Group } from "./keys";

const GROUPS: Group[] = ["case", "film", "picture"];

export function Help({ onClose, onSwitch }: { onClose: () => void; onSwitch: () => void }) {
  return (
    <Dialog title={t("help.title")} onClose={onClose} wide>
      <p class="hint">{t("help.lead")}</p>
      <div class="help" data-test="help">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{tWord("key_group", group)}</h3>
            <dl>
              {KEYS.filter((one) => one.group === group).map((one) => (
                <div key={one.act}>
                  <dt><kbd>{tWord("key", one.shown)}</kbd></dt>
                  <dd>{tWord("key", one.act)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="hint">{t("help.mouse")}</p>
      <label class="check">
        <input
          type="checkbox" checked={shortcutsOn()} data-test="shortcuts"
          onChange={(event) => { saveShortcuts(event.currentTarget.checked); onSwitch(); }}
        />
        <span>{t("help.switch")}</span>
      </label>
    </Dialog>
  );
}
