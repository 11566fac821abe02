/** What a step was given in a run, and what it gave. What the reader may not know is named, not told. */
import { useTranslation } from "react-i18next";
import type { CatalogObject, StepSeen } from "@/api/types";
import { written } from "@/builders/steps/values";
import { findField, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import classes from "./automation.module.css";
import type { FlowNode, StepKind } from "./model";

interface StepDataProps {
  seen: StepSeen;
  node: FlowNode;
  kind: StepKind | undefined;
  object: CatalogObject | undefined;
}

type Row = [name: string, value: string];

export function StepData({ seen, node, kind, object }: StepDataProps) {
  const { t } = useTranslation();
  const target = written(useCatalog(), object, node.settings);
  const fieldName = (key: string) => label(target && findField(target, key)?.label) || key;
  const settingName = (key: string) => label(kind?.settings.find(({ name }) => name === key)?.label) || key;
  const given = Object.entries(seen.given).flatMap(([key, value]): Row[] =>
    isRecord(value)
      ? Object.entries(value).map(([name, one]) => [key === "values" ? fieldName(name) : name, inWords(one)])
      : [[settingName(key), inWords(value)]],
  );
  const gave = Object.entries(seen.gave).map(([name, value]): Row => [name, inWords(value)]);
  const hidden = seen.hidden.map((name) => (node.settings[name] ? settingName(name) : fieldName(name)));
  if (given.length + gave.length + hidden.length === 0) return null;
  return (
    <details>
      <summary className={classes.quiet}>{t("automation.step_data")}</summary>
      <Part name={t("automation.step_given")} rows={given} />
      <Part name={t("automation.step_gave")} rows={gave} />
      {hidden.length > 0 && (
        <p className={classes.quiet}>
          {t("automation.step_hidden", { names: hidden.join(t("automation.list_comma")) })}
        </p>
      )}
      {seen.cut && <p className={classes.quiet}>{t("automation.step_cut")}</p>}
    </details>
  );
}

function Part({ name, rows }: { name: string; rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <div className={classes.seen}>
      <strong>{name}</strong>
      <dl>
        {rows.map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{value || "—"}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function inWords(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
