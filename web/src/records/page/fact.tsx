/** One value of the record page: read, clicked, changed in place. */
import clsx from "clsx";
import { Lock, Pencil } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, RecordRow } from "@/api/types";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { fieldKind } from "../field-kinds";
import { problemOf } from "../field-kinds/problem";
import { levelOn, shownKind } from "../field-kinds/shown-kind";
import { isEditable } from "../form/fields";
import { sameValue } from "../form/use-record-form";
import classes from "./facts.module.css";
import type { Refusal } from "./use-record";

const Revealed = lazy(() => import("./revealed").then((module) => ({ default: module.Revealed })));

/** Kinds whose values can be followed: the way into the editor stands beside them, not over them. */
const FOLLOWED = new Set([
  "mail",
  "phone",
  "url",
  "lookup",
  "many_to_many",
  "about",
  "file",
  "mails",
  "phones",
  "url_list",
  "geo_point",
  "image",
  "identity_number",
  "sub_table",
]);

export interface FactProps {
  field: Field;
  object: string;
  record: RecordRow;
  editable: boolean;
  /** `seen` holds what the person began with. */
  save(values: Record<string, unknown>, seen?: Record<string, unknown>): Promise<boolean>;
  saving: boolean;
  /** Changed by somebody else a moment ago. */
  fresh: boolean;
  refusal: Refusal | undefined;
  forget(field: string): void;
  /** Label above the value, as in the header's highlights. */
  stacked?: boolean;
  /** Over how many columns of its section it goes. */
  width?: number | null;
}

export function Fact(props: FactProps) {
  const { field, object, record, refusal, stacked } = props;
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const value = record[field.key] ?? null;
  const kind = shownKind(field, value);
  const name = label(field.label);
  const level = levelOn(field, record);
  const editable = props.editable && isEditable(field) && level === "edit";
  const empty = kind.isEmpty(value) && !kind.standsAlone;
  const followed = FOLLOWED.has(kind.kind) && !empty && !editing && !refusal;
  const close = () => {
    setEditing(false);
    props.forget(field.key);
    requestAnimationFrame(() => button.current?.focus());
  };
  const shown = (
    <kind.Display
      value={value}
      field={field}
      language={currentLanguage()}
      inline={Boolean(stacked)}
      record={record}
      object={object}
    />
  );
  return (
    <div
      className={clsx(classes.fact, (stacked || field.trait === "rows") && classes.stacked)}
      data-fact={field.key}
      data-width={props.width || undefined}
      data-fresh={props.fresh || undefined}
      data-saving={props.saving || undefined}
    >
      <dt className={classes.name} title={label(field.help) || undefined}>
        {name}
      </dt>
      <dd className={classes.value} data-followed={followed || undefined}>
        {editing || refusal ? (
          <FactEditor {...props} name={name} close={close} />
        ) : (
          <>
            <span className={classes.shown}>
              {empty ? (
                <span className={classes.empty}>{editable ? t("page.add_value") : "—"}</span>
              ) : level === "reveal" ? (
                <Suspense fallback={shown}>
                  <Revealed object={object} record={record} field={field}>
                    {shown}
                  </Revealed>
                </Suspense>
              ) : (
                shown
              )}
            </span>
            {editable ? (
              <button
                ref={button}
                type="button"
                className={classes.edit}
                aria-label={t("page.edit_field", { name })}
                onClick={() => setEditing(true)}
              >
                {followed && <Pencil size={12} aria-hidden="true" />}
              </button>
            ) : (
              !stacked &&
              props.editable &&
              !kind.standsAlone && (
                <Lock size={12} className={classes.lock} aria-label={t("page.read_only")} />
              )
            )}
          </>
        )}
      </dd>
    </div>
  );
}

function FactEditor({
  field,
  object,
  record,
  name,
  refusal,
  fresh,
  save,
  close,
}: FactProps & { name: string; close(): void }) {
  const { t } = useTranslation();
  const [start] = useState(record[field.key] ?? null);
  const [value, setValue] = useState<unknown>(refusal ? refusal.value : start);
  const [problem, setProblem] = useState<string | null>(refusal?.sentence ?? null);
  const kind = fieldKind(field.kind);
  const theirs = record[field.key] ?? null;
  const commit = (next: unknown) => {
    if (sameValue(field, next, theirs)) return close();
    const found = problemOf(field, next);
    setProblem(found);
    if (found) return;
    void save({ [field.key]: kind.isEmpty(next) ? null : next }, { [field.key]: start });
    close();
  };
  const changedByOther = fresh || !sameValue(field, start, theirs);
  return (
    <div className={classes.editor}>
      <kind.Input
        value={value}
        field={field}
        object={object}
        record={record}
        onChange={setValue}
        onCommit={commit}
        onCancel={close}
        error={problem}
        aria-label={name}
        autoFocus
        compact
      />
      {changedByOther && !refusal && (
        <p className={classes.notice} role="status">
          {t("page.changed_meanwhile", {
            value: kind.toText(theirs, field, currentLanguage()) || t("page.nothing"),
          })}
        </p>
      )}
    </div>
  );
}
