/** One difference: what happens to what, what that does to data, what is in the way, and each attribute before and after. */
import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Ban, ChevronDown, ChevronRight, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AttributeDifference, Hue } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import { kindsQuery } from "../objects/requests";
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
  const count = attributes.filter(isTold).length;
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
          {count > 0 && (
            <button
              type="button"
              className={classes.more}
              aria-expanded={open}
              onClick={() => setOpen((old) => !old)}
            >
              {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
              {t(op === "added" ? "configuration.values" : "configuration.attributes", {
                count,
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
        {open && <Attributes attributes={attributes} sort={sort} added={op === "added"} />}
      </div>
    </li>
  );
}

/** Ids tell one thing from another in the files; nobody reads them. */
const isTold = ({ name }: AttributeDifference) => name !== "id";

function Attributes({
  attributes,
  sort,
  added,
}: {
  attributes: AttributeDifference[];
  sort: string;
  added: boolean;
}) {
  const called = useAttributeName(sort);
  const kinds = useQuery(kindsQuery()).data?.kinds ?? [];
  const inWords = (name: string, value: unknown) =>
    name === "kind" ? label(kinds.find(({ key }) => key === value)?.label) || value : value;
  return (
    <dl className={classes.attributes}>
      {attributes.filter(isTold).map(({ name, before, after }) => (
        <div key={name}>
          <dt>{called(name)}</dt>
          <dd>
            {!added && <Value value={inWords(name, before)} old />}
            {!added && <ChevronRight size={14} aria-hidden className={classes.arrow} />}
            <Value value={inWords(name, after)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What an attribute is called: of an object or field, or of a role, a view and the like as their own fields are. */
function useAttributeName(sort: string): (name: string) => string {
  const { t, i18n } = useTranslation();
  const fields = useObject(sort)?.fields ?? [];
  return (name) => {
    const [first = name, ...rest] = name.split(".");
    const field = fields.find(({ key }) => key === first);
    const known = [`objects.attribute_${first}`, `objects.${first}`].find((text) => i18n.exists(text));
    return [field ? label(field.label) : known ? t(known) : first, ...rest].join(" · ");
  };
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
