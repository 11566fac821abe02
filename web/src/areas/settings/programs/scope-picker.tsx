/** Choosing what an app may ask for: of all objects at once, or of each. */
import { Input, SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import classes from "./scope-picker.module.css";
import { EVERY, mayChoose, type Reach, reachOf, withReach } from "./scopes";

const REACHES: Reach[] = ["none", "read", "write"];

export function ScopePicker({
  scopes,
  help,
  error,
  onChange,
}: {
  scopes: string[];
  help: string;
  error?: string;
  onChange(scopes: string[]): void;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const objects = catalog.objects
    .filter((object) => can(object, "read"))
    .sort(
      (a, b) => Number(a.group === "settings") - Number(b.group === "settings") || a.position - b.position,
    )
    .map((object) => ({ key: object.key, name: label(object.plural) }));
  const rows = [{ key: EVERY, name: t("programs.every_object") }, ...objects];
  return (
    <Input.Wrapper label={t("programs.scopes")} description={help} required error={error}>
      <ul className={classes.picker}>
        {rows.map(({ key, name }) => (
          <li key={key} className={classes.pick}>
            <span>{name}</span>
            <SegmentedControl
              size="xs"
              aria-label={name}
              value={reachOf(scopes, key)}
              onChange={(reach) => onChange(withReach(scopes, key, reach as Reach))}
              data={REACHES.map((reach) => ({
                value: reach,
                label: t(`programs.reach_${reach}`),
                disabled: !mayChoose(scopes, key, reach),
              }))}
            />
          </li>
        ))}
      </ul>
    </Input.Wrapper>
  );
}
