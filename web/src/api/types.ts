/** Shapes of the workspace API: catalog, records, rights, live events. The server is the authority on all of them. */

export type Language = "zh-CN" | "en";
export type Theme = "light" | "dark" | "system";

/** Words in every language of the product. */
export type Label = Record<Language, string>;

export type Scope = "none" | "own" | "department" | "tree" | "all";
export type Right = Scope | boolean;
export type Operation = "create" | "read" | "edit" | "delete" | "import" | "export";
export type Rights = Partial<Record<Operation, Right>>;

export type FieldKind =
  | "text"
  | "long_text"
  | "rich_text"
  | "integer"
  | "decimal"
  | "money"
  | "percent"
  | "boolean"
  | "date"
  | "datetime"
  | "choice"
  | "multi_choice"
  | "mail"
  | "phone"
  | "url"
  | "address"
  | "person"
  | "lookup"
  | "many_to_many"
  | "about"
  | "tags"
  | "file"
  | "auto_number"
  | "json";

export type Trait =
  | "text"
  | "number"
  | "date"
  | "datetime"
  | "boolean"
  | "choice"
  | "choices"
  | "ref"
  | "refs"
  | "about"
  | "tags"
  | "file"
  | "json";

export type Hue =
  | "slate"
  | "blue"
  | "violet"
  | "cyan"
  | "green"
  | "lime"
  | "amber"
  | "orange"
  | "red"
  | "pink";

export interface ChoiceOption {
  key: string;
  label: Label;
  color?: Hue;
}

/** What a kind needs beyond its name; which keys exist depends on the kind. */
export interface FieldSettings {
  options?: ChoiceOption[];
  target?: string;
  targets?: string[];
  reverse?: string;
  scale?: number;
  currency?: string;
  max_length?: number;
  prefix?: string;
  digits?: number;
  [key: string]: unknown;
}

export interface Field {
  id: string;
  key: string;
  kind: FieldKind;
  trait: Trait;
  label: Label;
  help?: Label | null;
  required: boolean;
  unique: boolean;
  read_only: boolean;
  hidden: boolean;
  system: boolean;
  settings: FieldSettings;
  default?: unknown;
  operators: string[];
  sortable: boolean;
  groupable: boolean;
  aggregates: string[];
}

/** A to-many relation as seen from the object that carries it. */
export interface Relation {
  key: string;
  label: Label;
  object: string;
  field: string;
}

export interface LayoutSection {
  label: Label;
  fields: string[];
}

export interface Layout {
  quick?: string[];
  sections?: LayoutSection[];
  list?: string[];
  highlights?: string[];
  card?: string[];
}

export interface CatalogObject {
  id: string;
  key: string;
  label: Label;
  plural: Label;
  icon: string;
  color: Hue;
  title: string;
  features: string[];
  group: string;
  position: number;
  board?: string | null;
  layout: Layout;
  rights: Rights;
  fields: Field[];
  relations: Relation[];
}

export interface Catalog {
  version: number;
  objects: CatalogObject[];
}

export interface Me {
  member: {
    id: string | null;
    name: string;
    email: string;
    department: Reference | null;
    language: Language | null;
    theme: Theme | null;
  };
  account: { id: number; email: string };
  workspace: { slug: string; name: string; time_zone: string; currency: string; is_sample: boolean };
  roles: string[];
  rights: { objects: Record<string, Rights>; system: string[] };
  live_url: string | null;
}

export interface Session {
  authenticated: boolean;
  account: { id: number; email: string } | null;
  workspaces: { slug: string; name: string }[];
  languages: Language[];
  development?: boolean;
}

/** A record named by another record; `title` is null and `restricted` true when the reader may not see it. */
export interface Reference {
  id: string;
  title: string | null;
  restricted?: boolean;
}

export interface AboutReference extends Reference {
  object: string;
}

export interface MoneyValue {
  amount: string;
  currency: string;
}

export interface AddressValue {
  country?: string;
  province?: string;
  city?: string;
  district?: string;
  street?: string;
  postcode?: string;
}

export interface FileValue {
  id: string;
  name: string;
  size: number;
  type: string;
}

export interface RecordRow {
  id: string;
  rev: number;
  _rights?: { edit?: boolean; delete?: boolean };
  [path: string]: unknown;
}

export type Filter =
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | { has: string; where: Filter | null }
  | { field: string; op: string; value?: unknown };

export interface Sort {
  field: string;
  dir: "asc" | "desc";
}

export interface RecordQuery {
  select?: string[];
  where?: Filter | null;
  sort?: Sort[];
  limit?: number;
  cursor?: string | null;
  search?: string;
  expand?: Record<string, { select?: string[]; limit?: number; sort?: Sort[] }>;
}

export interface RecordPageResult {
  rows: RecordRow[];
  next_cursor: string | null;
}

export interface GroupRequest {
  by: { field: string; bucket?: "day" | "week" | "month" | "quarter" | "year" }[];
  aggregates?: { fn: string; field?: string }[];
  where?: Filter | null;
  search?: string;
  sort?: unknown;
  limit?: number;
}

export interface GroupResult {
  groups: { keys: unknown[]; count: number; values: unknown[] }[];
  totals: { count: number; values: unknown[] };
}

export interface CountResult {
  count: number;
  exact: boolean;
}

export interface BulkRequest {
  op: "create" | "update" | "delete" | "restore";
  records?: { id?: string; rev?: number; values: Record<string, unknown> }[];
  ids?: string[];
  where?: Filter | null;
  search?: string;
  values?: Record<string, unknown>;
}

export interface BulkResult {
  change_set: string | null;
  count: number;
  ids?: string[];
}

export interface FieldChange {
  field: string;
  label: string;
  old: string | null;
  new: string | null;
  old_value: unknown;
  new_value: unknown;
}

export type TimelineItem =
  | { type: "activity"; object: string; record: RecordRow; at: string; by: Reference | null }
  | {
      type: "change";
      at: string;
      by: Reference | null;
      via: string;
      change_set: string;
      op: string;
      fields: FieldChange[];
    };

export interface TimelineResult {
  items: TimelineItem[];
  next_cursor: string | null;
}

export interface SearchHit {
  object: string;
  id: string;
  title: string;
  subtitle: string | null;
  matched: string | null;
}

export interface ChangeSet {
  id: string;
  at: string;
  actor: string | null;
  label: string | null;
  via: string;
  counts: Record<string, number>;
  undone: boolean;
}

export interface UndoResult {
  undone: number | boolean;
  conflicts: { object: string; id: string; title: string; fields: string[] }[];
}

/** One event of the live stream: rows of one object changed in one change set. */
export interface LiveChange {
  type: "change";
  object: string;
  ids: string[];
  op: "create" | "update" | "delete" | "restore";
  actor: string | null;
  change_set: string | null;
}
