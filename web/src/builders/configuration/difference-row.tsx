/** One difference: what happens to what, what that does to data, what is in the way, and each attribute before and after. */
import { Checkbox } from "@mantine/core";
import { Ban, ChevronDown, ChevronRight, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AttributeDifference, Hue } from "@/api/types";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import classes from "./configuration.module.css";
import { type Difference, sortOf } from "./model";

const HUES: Record<Difference["op"], Hue> = { added: "green", changed: "blue", removed: "red" };

export function DifferenceRow({
  difference,
  chosen,
  onToggle,
}: {
  difference: Difference;
  chosen: boolean;
  onToggle: () => void;
}) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const { op, attributes, impact, obstacles, changed } = difference;
  const sort = sortOf(difference);
  const name = label(difference.label) || difference.id;
  return (
    <li className={classes.row} data-path={difference.path}>
      <Checkbox
        className={classes.check}
        checked={chosen}
        disabled={obstacles.length > 0}
        onChange={onToggle}
        aria-label={t("configuration.choose", { name })}
      />
      <div className={classes.text}>
        <div className={classes.head}>
          <Chip hue={HUES[op]}>{t(`configuration.op_${op}`)}</Chip>
          <span className={classes.quiet}>
            {i18n.exists(`configuration.sort_${sort}`) ? t(`configuration.sort_${sort}`) : sort}
          </span>
          <span className={classes.name}>{name}</span>
          {(changed === "here" || changed === "both") && (
            <Chip hue="amber">{t(`configuration.changed_${changed}`)}</Chip>
          )}
        </div>
        <div className={classes.below}>
          <code className={classes.path}>{difference.path}</code>
          {attributes.length > 0 && (
            <button
              type="button"
              className={classes.more}
              aria-expanded={open}
              onClick={() => setOpen((old) => !old)}
            >
              {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
              {t(op === "added" ? "configuration.values" : "configuration.attributes", {
                count: attributes.length,
              })}
            </button>
          )}
        </div>
        {impact.map(({ text }) => (
          <p key={text} className={classes.impact}>
            <TriangleAlert size={14} aria-hidden />
            {text}
          </p>
        ))}
        {obstacles.map(({ text }) => (
          <p key={text} className={classes.obstacle}>
            <Ban size={14} aria-hidden />
            {text}
          </p>
        ))}
        {open && <Attributes attributes={attributes} added={op === "added"} />}
      </div>
    </li>
  );
}

function Attributes({ attributes, added }: { attributes: AttributeDifference[]; added: boolean }) {
  const { t, i18n } = useTranslation();
  const called = (name: string) => {
    const [first = name, ...rest] = name.split(".");
    const words = i18n.exists(`objects.attribute_${first}`) ? t(`objects.attribute_${first}`) : first;
    return [words, ...rest].join(" · ");
  };
  return (
    <dl className={classes.attributes}>
      {attributes.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{called(name)}</dt>
          <dd>
            {!added && <Value value={before} old />}
            {!added && <ChevronRight size={14} aria-hidden className={classes.arrow} />}
            <Value value={after} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value, old }: { value: unknown; old?: boolean }) {
  const text = useText(value);
  return old ? <del className={classes.value}>{text}</del> : <span className={classes.value}>{text}</span>;
}

/** A value in words where it has any; settings and filters as they are written. */
function useText(value: unknown): string {
  const { t } = useTranslation();
  if (value === null || value === undefined || value === "") return t("configuration.nothing");
  if (typeof value === "boolean") return t(value ? "configuration.yes" : "configuration.no");
  if (typeof value !== "object") return String(value);
  const parts = Object.values(value);
  const inWords = Array.isArray(value) || Object.keys(value).every((key) => key === "zh-CN" || key === "en");
  const isFlat = parts.length > 0 && parts.every((one) => typeof one !== "object");
  return inWords && isFlat
    ? parts.join(Array.isArray(value) ? t("configuration.comma") : " / ")
    : JSON.stringify(value, null, 1);
}
