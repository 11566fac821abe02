/** Two roles' permissions as lines of words beside each other: objects first, then the workspace and signing in. */
import type { TFunction } from "i18next";
import type { Catalog, CatalogObject } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import {
  hasOwnLine,
  inMatrixOrder,
  isOn,
  isUsable,
  levelOf,
  lineOf,
  type ObjectRights,
  OTHERS,
  type Permissions,
  reachOf,
  SWITCHES,
  SYSTEM_RIGHTS,
  VERBS,
} from "./permissions";
import { shortReach } from "./reach-words";

interface Line {
  key: string;
  name: string;
  one: string;
  other: string;
}

export interface Comparison {
  key: string;
  title: string;
  lines: Line[];
}

export function compared(one: Permissions, other: Permissions, catalog: Catalog, t: TFunction): Comparison[] {
  const { business, settings } = inMatrixOrder(catalog.objects);
  const ofObject = (key: string, title: string, object?: CatalogObject): Comparison => ({
    key,
    title,
    lines: objectLines(lineOf(one, key), lineOf(other, key), object, t),
  });
  return [
    ofObject(OTHERS, t("roles.others")),
    // What both say of all other objects was told above.
    ...[...business, ...settings]
      .filter(({ key }) => hasOwnLine(one, key) || hasOwnLine(other, key))
      .map((object) => ofObject(object.key, label(object.plural), object)),
    {
      key: "system",
      title: t("roles.system_rights"),
      lines: SYSTEM_RIGHTS.map((right) => ({
        key: right,
        name: t(`roles.system_${right}`),
        one: yesNo(one.system?.includes(right) ?? false, t),
        other: yesNo(other.system?.includes(right) ?? false, t),
      })),
    },
    { key: "sign_in", title: t("roles.sign_in"), lines: signInLines(one, other, t) },
  ];
}

const yesNo = (on: boolean, t: TFunction) => t(on ? "roles.yes" : "roles.no");

function objectLines(
  one: ObjectRights,
  other: ObjectRights,
  object: CatalogObject | undefined,
  t: TFunction,
): Line[] {
  const fields = [...new Set([...Object.keys(one.fields ?? {}), ...Object.keys(other.fields ?? {})])];
  const types = [...new Set([...Object.keys(one.types ?? {}), ...Object.keys(other.types ?? {})])];
  const nameOf = (field: string) => label(object && findField(object, field)?.label) || field;
  const level = (line: ObjectRights, field: string, type: string | null = null) =>
    t(`roles.level_${levelOf(line, field, type)}`);
  const typed = types.flatMap((type) =>
    [...new Set([one, other].flatMap((line) => Object.keys(line.types?.[type] ?? {})))].map((field) => ({
      key: `${type}.${field}`,
      name: t("roles.field_on_type", {
        name: nameOf(field),
        type: label(object?.record_types.find(({ key }) => key === type)?.label) || type,
      }),
      one: level(one, field, type),
      other: level(other, field, type),
    })),
  );
  return [
    ...VERBS.map((verb) => ({
      key: verb,
      name: t(`roles.right_${verb}`),
      one: reachWords(one, verb, t),
      other: reachWords(other, verb, t),
    })),
    ...SWITCHES.map((right) => ({
      key: right,
      name: t(`roles.right_${right}`),
      one: yesNo(isUsable(one, right) && isOn(one, right), t),
      other: yesNo(isUsable(other, right) && isOn(other, right), t),
    })),
    ...fields.map((field) => ({
      key: field,
      name: t("roles.field_of", { name: nameOf(field) }),
      one: level(one, field),
      other: level(other, field),
    })),
    ...typed,
  ];
}

/** Two conditions that differ are told apart, though a cell has no room for what they say. */
function reachWords(line: ObjectRights, verb: (typeof VERBS)[number], t: TFunction): string {
  const reach = reachOf(line, verb);
  const words = shortReach(reach, t);
  if (!reach.where && reach.departments.length === 0) return words;
  return t("roles.reach_marked", { words, mark: markOf(JSON.stringify([reach.departments, reach.where])) });
}

/** Two letters that are the same for the same text. */
function markOf(text: string): string {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 676;
  return String.fromCharCode(65 + Math.floor(sum / 26), 65 + (sum % 26));
}

function signInLines(one: Permissions, other: Permissions, t: TFunction): Line[] {
  const words: Record<string, (permissions: Permissions) => string> = {
    second_factor: ({ sign_in }) => yesNo(sign_in?.second_factor === "required", t),
    idle_minutes: ({ sign_in }) => String(sign_in?.idle_minutes ?? t("roles.no_limit")),
    absolute_hours: ({ sign_in }) => String(sign_in?.absolute_hours ?? t("roles.no_limit")),
    ip_allow: ({ sign_in }) => sign_in?.ip_allow?.join(" ") ?? t("roles.no_limit"),
    watermark: ({ sign_in }) => yesNo(sign_in?.watermark ?? false, t),
  };
  return Object.entries(words).map(([key, tell]) => ({
    key,
    name: t(`roles.${key}`),
    one: tell(one),
    other: tell(other),
  }));
}
