/** The state of one form: values, what is wrong with them, and what was changed. */
import { useCallback, useMemo, useRef, useState } from "react";
import type { Field } from "@/api/types";
import { ApiError } from "@/lib/api";
import { errorMessage } from "@/lib/error-message";
import { fieldKind } from "../field-kinds";
import { problemOf } from "../field-kinds/problem";

export type Values = Record<string, unknown>;

export interface RecordForm {
  values: Values;
  /** Sentences by field key. */
  problems: Record<string, string>;
  /** A refusal that belongs to no field. */
  general: string | null;
  dirty: boolean;
  /** Has somebody asked to save? */
  asked: boolean;
  /** The field that was changed last. */
  last: string | null;
  touched(key: string): boolean;
  set(key: string, value: unknown): void;
  /** Only what differs from the start; emptied fields are null. */
  changes(): Values;
  /** Marks what may not be sent; true when all may. */
  check(fields: readonly Field[]): boolean;
  /** Puts a refusal of the server at its fields. */
  refuse(error: unknown): void;
  /** Takes the server's refusal back, for the values are others by now. */
  forgive(): void;
  /** Values that the server would fill in by itself: shown where nobody touched the field, and not sent. */
  suggest(values: Values): void;
  restart(values: Values): void;
}

/** Equality of JSON values, with all ways of being empty taken for one. */
export function sameValue(field: Pick<Field, "kind"> | undefined, one: unknown, other: unknown): boolean {
  const kind = field && fieldKind(field.kind);
  if (kind?.isEmpty(one) && kind.isEmpty(other)) return true;
  return JSON.stringify(essence(one)) === JSON.stringify(essence(other));
}

/** A record is the same under another title. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (value && typeof value === "object" && "id" in value) return value.id;
  return value ?? null;
}

/** `begun` are changes made before, such as a draft. */
export function useRecordForm(fields: readonly Field[], initial: Values, begun: Values = {}): RecordForm {
  const [start, setStart] = useState(initial);
  const [values, setValues] = useState({ ...initial, ...begun });
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [refused, setRefused] = useState<Record<string, string>>({});
  const [asked, setAsked] = useState(false);
  const [last, setLast] = useState<string | null>(null);
  const handled = useRef(new Set(Object.keys(begun)));
  const [general, setGeneral] = useState<string | null>(null);
  const current = useRef(values);
  current.current = values;
  const byKey = useMemo(() => new Map(fields.map((field) => [field.key, field])), [fields]);

  const changedKeys = Object.keys(values).filter(
    (key) => !sameValue(byKey.get(key), values[key], start[key]),
  );
  const set = useCallback((key: string, value: unknown) => {
    handled.current.add(key);
    setLast(key);
    setValues((before) => ({ ...before, [key]: value }));
    setProblems(({ [key]: _gone, ...others }) => others);
    setRefused(({ [key]: _gone, ...others }) => others);
    setGeneral(null);
  }, []);
  const check = (checked: readonly Field[]) => {
    const found = checked.flatMap((field) => {
      const problem = problemOf(field, current.current[field.key]);
      return problem ? [[field.key, problem] as const] : [];
    });
    setAsked(true);
    setProblems(Object.fromEntries(found));
    setRefused({});
    setGeneral(null);
    return found.length === 0;
  };
  const refuse = (error: unknown) => {
    const byField = error instanceof ApiError ? error.byField() : {};
    const known = Object.entries(byField).filter(([key]) => byKey.has(key));
    setAsked(true);
    setRefused(Object.fromEntries(known));
    setGeneral(known.length > 0 && known.length === Object.keys(byField).length ? null : errorMessage(error));
  };
  const forgive = useCallback(() => setRefused({}), []);
  const restart = (next: Values) => {
    setStart(next);
    setValues(next);
    setProblems({});
    setRefused({});
    setAsked(false);
    handled.current.clear();
    setGeneral(null);
  };
  const suggest = useCallback((offered: Values) => {
    const untouched = Object.entries(offered).filter(([key]) => !handled.current.has(key));
    const isNew = ([key, value]: [string, unknown]) => !sameValue(undefined, value, current.current[key]);
    if (!untouched.some(isNew)) return;
    setStart((before) => ({ ...before, ...Object.fromEntries(untouched) }));
    setValues((before) => ({ ...before, ...Object.fromEntries(untouched) }));
  }, []);

  return {
    values,
    problems: { ...refused, ...problems },
    general,
    dirty: changedKeys.length > 0,
    asked,
    last,
    touched: (key) => handled.current.has(key),
    set,
    changes: () =>
      Object.fromEntries(changedKeys.map((key) => [key, emptyToNull(byKey.get(key), values[key])])),
    check,
    refuse,
    forgive,
    suggest,
    restart,
  };
}

function emptyToNull(field: Pick<Field, "kind"> | undefined, value: unknown): unknown {
  return field && fieldKind(field.kind).isEmpty(value) ? null : value;
}
