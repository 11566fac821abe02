/** A flow in words: when it starts, under which condition, and what it does, made of labels and the words of filters. */
import type { TFunction } from "i18next";
import type { Catalog, CatalogObject, FieldSettings, Filter, KindSetting, Language } from "@/api/types";
import type { Condition } from "@/builders/layouts/model";
import type { Duration } from "@/builders/steps/duration-setting";
import type { Person } from "@/builders/steps/people-setting";
import type { FieldRight, Rights } from "@/builders/steps/rights";
import { contentOf, formOf, piecesOf, written } from "@/builders/steps/values";
import { findField, findObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { fieldKind } from "@/records/field-kinds";
import { describeFilter } from "@/records/filter/describe";
import {
  canonical,
  type Definition,
  type FlowNode,
  type FlowTrigger,
  OUT,
  type Palette,
  type PartKind,
  portsOf,
} from "./model";
import { portName } from "./port-name";

export interface Telling {
  catalog: Catalog;
  language: Language;
  t: TFunction;
  palette: Palette;
  /** Titles of records by their ids, and of roles by `roleTitle`, as far as they are known. */
  titles?: ReadonlyMap<string, string>;
}

/** What a role is called by among the titles: roles are named by their keys. */
export const roleTitle = (key: string) => `role:${key}`;

const LONGEST = 40;
/** Settings whose values say nothing without the setting's name. */
const NAMED: ReadonlySet<string> = new Set(["skills", "skill_field", "nobody", "instead", "due", "limit"]);

/** The whole sentence. */
export function sentenceOf(definition: Definition, telling: Telling): string {
  const { t } = telling;
  const object = findObject(telling.catalog, definition.object ?? "");
  const when = definition.triggers.map((one) => whenOf(one, object, telling));
  const steps = stepsFrom(definition.start, definition, object, telling, new Set());
  return t("automation.sentence", {
    when: when.length > 0 ? when.join(t("automation.or")) : t("automation.never"),
    steps: steps.length > 0 ? steps.join(t("automation.then")) : t("automation.nothing_yet"),
  });
}

/** The steps from one on, in words; where the way splits, each way with its own. */
function stepsFrom(
  id: string | null | undefined,
  definition: Definition,
  object: CatalogObject | undefined,
  telling: Telling,
  seen: Set<string>,
): string[] {
  const { t, palette } = telling;
  const node = definition.nodes.find((one) => one.id === id);
  if (!node || seen.has(node.id)) return [];
  seen.add(node.id);
  const kind = palette.steps.find(({ key }) => key === node.kind);
  const ports = portsOf(node, kind);
  const onward = (port: string) => stepsFrom(node.next[port], definition, object, telling, seen);
  if (ports.length <= 1) return [stepOf(node, object, telling), ...onward(ports[0] ?? OUT)];
  const ways = ports.flatMap((port) => {
    const steps = onward(port);
    return steps.length > 0
      ? [
          t("automation.way", {
            name: portName(node, port, kind, t),
            steps: steps.join(t("automation.then")),
          }),
        ]
      : [];
  });
  const name = label(node.label) || label(kind?.label);
  return [
    ways.length > 0 ? `${name}${t("automation.brackets", { text: ways.join(t("automation.ways")) })}` : name,
  ];
}

/** When one trigger starts the flow, with its conditions. */
export function whenOf(trigger: FlowTrigger, object: CatalogObject | undefined, telling: Telling): string {
  const { t, palette } = telling;
  const kind = palette.triggers.find(({ key }) => key === trigger.kind);
  const name = label(object?.label) || t("automation.record");
  const fields = (Array.isArray(trigger.settings.fields) ? trigger.settings.fields : [])
    .map((key) => label(object && findField(object, key)?.label) || key)
    .join(t("automation.list_comma"));
  const { where, before } = trigger.settings as { where?: Condition; before?: Condition };
  const holds = where ? conditionOf(where, object, telling) : null;
  const held = before ? conditionOf(before, object, telling) : null;
  const own = { object: name, fields, condition: holds ?? t("automation.some_condition") };
  const key = `automation.when_${trigger.kind}${fields ? "_fields" : ""}`;
  const begun = t(key, { ...own, defaultValue: "" }) || otherTrigger(trigger, kind, object, telling);
  const itself = trigger.kind === "record.entered" || trigger.kind === "record.left";
  const parts = [
    begun,
    ...(held ? [t("automation.before_that", { condition: held })] : []),
    ...(holds && !itself ? [t("automation.if", { condition: holds })] : []),
  ];
  return parts.join("");
}

/** A trigger of which nothing but its declaration is known. */
function otherTrigger(
  trigger: FlowTrigger,
  kind: PartKind | undefined,
  object: CatalogObject | undefined,
  telling: Telling,
): string {
  if (!kind) return trigger.kind;
  const told = settingsInWords(kind, trigger.settings, object, telling, new Set(["where", "before"]));
  const name = label(kind.label).replace(/时$/, "");
  return told ? `${name}${telling.t("automation.brackets", { text: told })}` : name;
}

/** One step: what it is called, and what it is set to. */
function stepOf(node: FlowNode, object: CatalogObject | undefined, telling: Telling): string {
  const kind = telling.palette.steps.find(({ key }) => key === node.kind);
  if (!kind) return node.kind;
  const told = settingsInWords(kind, node.settings, object, telling);
  const name = label(node.label) || label(kind.label);
  return told ? `${name}${telling.t("automation.brackets", { text: told })}` : name;
}

/** What the settings say, the most telling ones. */
export function settingsInWords(
  kind: PartKind,
  settings: FieldSettings,
  object: CatalogObject | undefined,
  telling: Telling,
  leftOut: ReadonlySet<string> = new Set(),
): string {
  return kind.settings
    .filter(({ name }) => !leftOut.has(name))
    .flatMap((setting) => {
      const value = settings[setting.name];
      if (value === null || value === undefined || value === "") return [];
      // What nobody chose goes without saying.
      if (!setting.required && canonical(value) === canonical(setting.default)) return [];
      const text = settingInWords(setting, value, settings, object, telling);
      return text ? [NAMED.has(setting.name) ? `${label(setting.label)} ${text}` : text] : [];
    })
    .join(telling.t("automation.list_comma"));
}

export function settingInWords(
  setting: KindSetting,
  value: unknown,
  settings: FieldSettings,
  object: CatalogObject | undefined,
  telling: Telling,
): string {
  const { catalog, t } = telling;
  switch (setting.type) {
    case "assignments": {
      const target = written(catalog, object, settings);
      return Object.entries(value as Record<string, unknown>)
        .map(([key, spec]) => {
          const field = target && findField(target, key);
          return `${label(field?.label) || key} = ${valueInWords(spec, field, object, telling)}`;
        })
        .join(t("automation.list_comma"));
    }
    case "value":
      return valueInWords(value, undefined, object, telling);
    case "template":
      return `“${shortened(textInWords(String(value), object, telling))}”`;
    case "duration":
      return durationInWords(value as Duration, t);
    case "object":
      return label(findObject(catalog, String(value))?.label) || String(value);
    case "field": {
      const of = setting.of ? findObject(catalog, String(settings[setting.of])) : object;
      return label(of && findField(of, String(value))?.label) || String(value);
    }
    case "choice":
      return label(setting.choices.find(({ key }) => key === value)?.label) || String(value);
    case "people":
      return (value as Person[])
        .map((one) => personInWords(one, object, telling))
        .join(t("automation.list_comma"));
    case "branches":
      return (value as { label?: string; when: Condition }[])
        .map(({ label: name, when }) => name || (when ? conditionOf(when, object, telling) : ""))
        .filter(Boolean)
        .join(t("automation.list_comma"));
    case "condition":
      return conditionOf(value as Condition, object, telling);
    case "whole":
    case "number":
      return `${label(setting.label)} ${value}`;
    case "flag":
      return value === true ? label(setting.label) : "";
    case "values":
      return setting.name === "rights" ? rightsInWords(value as Rights, object, t) : "";
    case "texts":
      return setting.of === "skill" ? (value as string[]).join(t("automation.list_comma")) : "";
    case "text":
      if (setting.of === "mailbox") return telling.titles?.get(String(value)) ?? "…";
      return setting.name === "as" ? "" : shortened(String(value));
    default:
      return "";
  }
}

/** Fields by what is said of them, those that are read left out. */
function rightsInWords(rights: Rights, object: CatalogObject | undefined, t: TFunction): string {
  const named = (right: FieldRight) =>
    Object.entries(rights)
      .filter(([, one]) => one === right)
      .map(([key]) => label(object && findField(object, key)?.label) || key)
      .join(t("automation.list_comma"));
  return (["hidden", "edit"] as const)
    .map((right) => ({ right, fields: named(right) }))
    .filter(({ fields }) => fields)
    .map(({ right, fields }) => t("automation.way", { name: t(`steps.right_${right}`), steps: fields }))
    .join(t("automation.ways"));
}

function durationInWords({ amount, unit }: Duration, t: TFunction): string {
  return t(`automation.for_${unit}`, { count: amount });
}

/** A condition in words: a filter as chips have it, a formula as it is written. */
export function conditionOf(when: Condition, object: CatalogObject | undefined, telling: Telling): string {
  if (!when) return "";
  if ("formula" in when) return shortened(when.formula);
  if (!object || !when.where) return "";
  return describeFilter(withTitles(when.where, telling.titles), { ...telling, object });
}

function valueInWords(
  spec: unknown,
  field: ReturnType<typeof findField>,
  object: CatalogObject | undefined,
  telling: Telling,
): string {
  const { t, language } = telling;
  const content = contentOf(spec);
  if (content === null || content === undefined || content === "") return t("automation.empty_value");
  switch (formOf(spec)) {
    case "formula":
      return shortened(`ƒ ${String(content)}`);
    case "text":
      return `“${shortened(textInWords(String(content), object, telling))}”`;
    case "data":
      return t("automation.made_before");
    default:
      return field
        ? fieldKind(field.kind).toText(titled(content, telling.titles), field, language)
        : String(content);
  }
}

function textInWords(
  text: string,
  object: CatalogObject | undefined,
  { catalog, language }: Telling,
): string {
  return piecesOf(text, catalog, object, language)
    .map(({ text: piece, path }) => (path ? `[${piece}]` : piece))
    .join("");
}

const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A plain id as the record that it stands for. */
function titled(value: unknown, titles: Telling["titles"]): unknown {
  if (Array.isArray(value)) return value.map((one) => titled(one, titles));
  return typeof value === "string" && ID.test(value)
    ? { id: value, title: titles?.get(value) ?? "…" }
    : value;
}

function withTitles(filter: Filter, titles: Telling["titles"]): Filter {
  if ("and" in filter) return { and: filter.and.map((part) => withTitles(part, titles)) };
  if ("or" in filter) return { or: filter.or.map((part) => withTitles(part, titles)) };
  if ("not" in filter) return { not: withTitles(filter.not, titles) };
  if ("has" in filter) return filter.where ? { ...filter, where: withTitles(filter.where, titles) } : filter;
  return "value" in filter ? ({ ...filter, value: titled(filter.value, titles) } as Filter) : filter;
}

function personInWords(one: Person, object: CatalogObject | undefined, { t, titles }: Telling): string {
  if (one.kind === "member" && one.members?.length)
    return one.members.map((id) => titles?.get(id) ?? "…").join(t("automation.list_comma"));
  if (one.kind === "department" && one.department) return titles?.get(one.department) ?? "…";
  if (one.kind === "role" && one.role) return titles?.get(roleTitle(one.role)) ?? "…";
  const field = one.kind === "field" && one.field ? object && findField(object, one.field) : undefined;
  return field ? label(field.label) : t(`steps.people_${one.kind}`);
}
