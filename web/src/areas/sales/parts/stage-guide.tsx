/** Under the path: how long the opportunity has been here, what the next stage still wants, and the guidance of this one. */
import { Anchor, Button } from "@mantine/core";
import { BookOpenText, ExternalLink, Hourglass } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow, StageGate } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { fieldKind } from "@/records/field-kinds";
import { shownKind } from "@/records/field-kinds/shown-kind";
import classes from "./stage-guide.module.css";

const DAY_MS = 86_400_000;

interface StageGuideProps {
  object: CatalogObject;
  record: RecordRow;
  here: StageGate;
  next: StageGate | undefined;
  since: string | null;
  rotsAt: string | null;
  /** Asks what the next stage wants; absent for whoever may not move it. */
  onFill?(): void;
}

export function StageGuide({ object, record, here, next, since, rotsAt, onFill }: StageGuideProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const wants = next && wantsOf(object, next, t);
  const has = Boolean(here.guidance) || here.key_fields.length > 0 || here.materials.length > 0;
  const over = rotsAt ? Math.ceil((Date.now() - Date.parse(rotsAt)) / DAY_MS) : 0;
  const days = since ? Math.floor((Date.now() - Date.parse(since)) / DAY_MS) : 0;
  if (!wants && !has && over <= 0) return null;
  return (
    <div className={classes.guide}>
      <div className={classes.line}>
        {over > 0 && (
          <span className={classes.rotting}>
            <Hourglass size={14} aria-hidden />
            {t("sales.rotting", { days, over })}
          </span>
        )}
        {wants && (
          <span>
            {wants}
            {onFill && (
              <Button variant="transparent" size="compact-sm" onClick={onFill}>
                {t("sales.fill_now")}
              </Button>
            )}
          </span>
        )}
        {has && (
          <Button
            className={classes.toggle}
            variant="subtle"
            size="compact-sm"
            leftSection={<BookOpenText size={14} />}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            {t("sales.guidance")}
          </Button>
        )}
      </div>
      {opened && <Guidance object={object} record={record} gate={here} />}
    </div>
  );
}

function Guidance({ object, record, gate }: { object: CatalogObject; record: RecordRow; gate: StageGate }) {
  const { t } = useTranslation();
  const { Display: Prose } = fieldKind("rich_text");
  const text = findField(object, "description");
  const fields = gate.key_fields.flatMap((key) => findField(object, key) ?? []);
  return (
    <section className={classes.panel} aria-label={t("sales.guidance_of", { stage: gate.name })}>
      {gate.guidance && text && (
        <div className={classes.prose}>
          <Prose value={gate.guidance} field={text} language={currentLanguage()} inline={false} linked />
        </div>
      )}
      {fields.length > 0 && (
        <dl className={classes.fields} aria-label={t("sales.key_fields")}>
          {fields.map((field) => {
            const value = record[field.key];
            const kind = shownKind(field, value);
            return (
              <div key={field.key}>
                <dt>{label(field.label)}</dt>
                <dd>
                  {kind.isEmpty(value) ? (
                    <span className={classes.empty}>{t("sales.not_filled")}</span>
                  ) : (
                    <kind.Display value={value} field={field} language={currentLanguage()} linked={false} />
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {gate.materials.length > 0 && (
        <ul className={classes.materials} aria-label={t("sales.materials")}>
          {gate.materials.map(({ title, url }) => (
            <li key={url}>
              <Anchor href={url} target="_blank" rel="noopener noreferrer" size="sm">
                {title} <ExternalLink size={12} aria-hidden />
              </Anchor>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What the gate of a stage still asks for, in a sentence; null when nothing does. */
function wantsOf(
  object: CatalogObject,
  gate: StageGate,
  t: ReturnType<typeof useTranslation>["t"],
): string | null {
  const names = gate.missing.flatMap((key) => {
    const field = findField(object, key);
    return field ? [label(field.label)] : [];
  });
  const open = gate.items.filter((item) => item.required && !item.done).length;
  const parts = [
    ...(names.length > 0 ? [t("sales.wants_fields", { fields: names.join(t("sales.comma")) })] : []),
    ...(open > 0 ? [t("sales.wants_items", { count: open })] : []),
    ...(gate.hidden > 0 ? [t("sales.wants_hidden")] : []),
    ...(gate.approval ? [t("sales.wants_approval", { flow: gate.approval })] : []),
  ];
  if (parts.length === 0) return null;
  return t("sales.next_wants", { stage: gate.name, what: parts.join(t("sales.semicolon")) });
}
