/** The sheet of keyboard shortcuts. */
import { Kbd, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import { GO_LETTERS } from "./navigation";
import { useShell } from "./shell-state";
import classes from "./shortcuts-help.module.css";

export function ShortcutsHelp() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const { help, show } = useShell();
  const general: [string, string][] = [
    ["Ctrl K", t("app.key_palette")],
    ["/", t("app.key_search")],
    ["C", t("app.key_create")],
    ["?", t("app.key_help")],
    ["Esc", t("app.key_close")],
  ];
  const places: [string, string][] = [
    ["G H", t("app.home")],
    ["G S", t("app.settings")],
  ];
  for (const [key, letter] of Object.entries(GO_LETTERS)) {
    const object = findObject(catalog, key);
    if (object && can(object, "read")) places.push([`G ${letter.toUpperCase()}`, label(object.plural)]);
  }
  return (
    <Modal opened={help} onClose={() => show("help", false)} title={t("app.shortcuts")} size={560}>
      <div className={classes.columns}>
        <KeyList title={t("app.keys_general")} keys={general} />
        <KeyList title={t("app.keys_go")} keys={places} />
      </div>
    </Modal>
  );
}

function KeyList({ title, keys }: { title: string; keys: [string, string][] }) {
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.list}>
        {keys.map(([combination, meaning]) => (
          <div key={combination} className={classes.line}>
            <dt>{meaning}</dt>
            <dd>
              {combination.split(" ").map((key) => (
                <Kbd key={key} size="sm">
                  {key}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
