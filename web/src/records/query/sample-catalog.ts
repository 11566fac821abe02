/** A small catalog for tests of lists. */
import type { Catalog, CatalogObject, Field, FieldKind, Trait } from "@/api/types";

const TRAITS: Partial<Record<FieldKind, Trait>> = {
  integer: "number",
  money: "number",
  percent: "number",
  date: "date",
  datetime: "datetime",
  choice: "choice",
  lookup: "ref",
  person: "ref",
};

export function sampleField(key: string, kind: FieldKind, more: Partial<Field> = {}): Field {
  return {
    id: key,
    key,
    kind,
    trait: TRAITS[kind] ?? "text",
    label: { "zh-CN": key, en: key },
    help: {},
    required: false,
    unique: false,
    read_only: false,
    hidden: false,
    system: false,
    searchable: false,
    default: null,
    settings: {},
    result: null,
    access: "edit",
    access_by_type: {},
    operators: ["eq", "in", "is_empty"],
    sortable: true,
    groupable: true,
    aggregates: kind === "money" ? ["sum", "avg"] : [],
    ...more,
  };
}

function sampleObject(key: string, fields: Field[], more: Partial<CatalogObject> = {}): CatalogObject {
  return {
    id: key,
    key,
    label: { "zh-CN": key, en: key },
    plural: { "zh-CN": key, en: key },
    icon: "box",
    color: "blue",
    title: "name",
    features: [],
    group: "sales",
    position: 1,
    board: null,
    inherit: null,
    layout: {},
    layouts: [],
    record_types: [],
    reactive: false,
    rights: {
      create: true,
      read: "all",
      edit: "all",
      delete: "all",
      restore: true,
      import: true,
      export: true,
      bulk: true,
      share: true,
      transfer: true,
      configure: false,
    },
    fields: [sampleField("name", "text", { required: true }), ...fields],
    relations: [],
    ...more,
  };
}

const lookup = (key: string, target: string) => sampleField(key, "lookup", { settings: { target } });

const options = [
  { key: "open", label: { "zh-CN": "进行中", en: "Open" }, color: "blue" as const },
  { key: "won", label: { "zh-CN": "赢单", en: "Won" }, color: "green" as const },
];

/** Opportunities of companies, in stages of pipelines. */
export const sampleCatalog: Catalog = {
  version: 1,
  objects: [
    sampleObject(
      "opportunity",
      [
        sampleField("number", "auto_number", { read_only: true }),
        sampleField("amount", "money", { settings: { currency: "CNY" } }),
        sampleField("status", "choice", { settings: { options } }),
        sampleField("closes_on", "date"),
        lookup("company", "company"),
        lookup("stage", "stage"),
        lookup("pipeline", "pipeline"),
      ],
      {
        board: "stage",
        features: ["board", "owner"],
        relations: [
          { key: "tasks", label: { "zh-CN": "任务", en: "Tasks" }, object: "task", field: "about" },
        ],
      },
    ),
    sampleObject("company", [sampleField("industry", "text"), lookup("parent", "company")]),
    sampleObject("stage", [lookup("pipeline", "pipeline"), sampleField("position", "integer")]),
    sampleObject("pipeline", [sampleField("position", "integer")]),
    sampleObject("task", []),
  ],
};

export const sampleOpportunity = sampleCatalog.objects[0] as CatalogObject;
