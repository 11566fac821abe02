/** One record on screen: read, saved field by field, and kept fresh while others change it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { CatalogObject, RecordRow } from "@/api/types";
import { ApiError } from "@/lib/api";
import { findField } from "@/lib/catalog";
import { isSubmitted } from "@/lib/held-changes";
import { getRecord, recordKeys } from "@/lib/records";
import { toastError } from "@/ui/toast";
import { forgetLines, withoutLines } from "../field-kinds/sub_table/lines";
import { changedFields } from "./changed-fields";
import { type Conflict, saveRecord } from "./save-record";

const HIGHLIGHT_MS = 2_500;

/** A value the server refused, kept so that the person can mend it. */
export interface Refusal {
  value: unknown;
  sentence: string;
}

/** A change that is refused until other fields have values too: the whole form is needed. */
export interface Unfinished {
  values: Record<string, unknown>;
  error: ApiError;
}

export function useRecord(object: CatalogObject, id: string) {
  const client = useQueryClient();
  const key = recordKeys.record(object.key, id);
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getRecord(object.key, id, undefined, signal),
  });
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [refusals, setRefusals] = useState<Record<string, Refusal>>({});
  const [unfinished, setUnfinished] = useState<Unfinished | null>(null);
  const [saving, setSaving] = useState<readonly string[]>([]);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  /** Fields of the save that is being answered: their change is no news to the person who made it. */
  const own = useRef<readonly string[]>([]);
  const fresh = useFreshFields(object, query.data, own);

  const show = useCallback(
    (values: Partial<RecordRow>) =>
      client.setQueryData<RecordRow>(recordKeys.record(object.key, id), (record) =>
        record ? ({ ...record, ...values } as RecordRow) : record,
      ),
    [client, object.key, id],
  );

  const send = async (base: RecordRow, values: Record<string, unknown>): Promise<boolean> => {
    // Saves queue up: each starts from the revision the one before it made.
    const rev = client.getQueryData<RecordRow>(key)?.rev ?? base.rev;
    try {
      const outcome = await saveRecord(object, { ...base, rev }, values);
      if ("conflict" in outcome) {
        show(outcome.conflict.theirs);
        setConflict(outcome.conflict);
        return false;
      }
      own.current = Object.keys(values);
      forgetLines(client, object, values);
      if ("out_of_sight" in outcome.saved) void client.invalidateQueries({ queryKey: key });
      else show(outcome.saved);
      void client.invalidateQueries({
        queryKey: recordKeys.of(object.key),
        predicate: ({ queryKey }) => queryKey[3] !== "record",
      });
      return true;
    } catch (error) {
      show(Object.fromEntries(Object.keys(values).map((field) => [field, base[field] ?? null])));
      const sentences = error instanceof ApiError ? error.byField() : {};
      const refused = Object.keys(values).filter((field) => sentences[field]);
      const elsewhere = Object.keys(sentences).filter(
        (field) => !(field in values) && findField(object, field),
      );
      if (elsewhere.length > 0 && error instanceof ApiError) setUnfinished({ values, error });
      else if (refused.length === 0) toastError(error);
      else
        setRefusals(
          Object.fromEntries(
            refused.map((field) => [field, { value: values[field], sentence: sentences[field] ?? "" }]),
          ),
        );
      return isSubmitted(error);
    } finally {
      setSaving((fields) => fields.filter((field) => !(field in values)));
    }
  };

  /**
   * Shows the values at once and saves them; true when the server kept them or they wait for approval. `seen` holds the values the person
   * began with: where the record shows others by now, the person is asked instead.
   */
  const save = (values: Record<string, unknown>, seen: Record<string, unknown> = {}): Promise<boolean> => {
    const base = client.getQueryData<RecordRow>(key);
    if (!base) return Promise.resolve(false);
    const overtaken = changedFields(object, { ...base, ...seen }, base).filter((field) => field in values);
    if (overtaken.length > 0) {
      setConflict({ theirs: base, mine: values, fields: overtaken });
      return Promise.resolve(false);
    }
    setRefusals((before) =>
      Object.fromEntries(Object.entries(before).filter(([field]) => !(field in values))),
    );
    setSaving((fields) => [...fields, ...Object.keys(values)]);
    show(withoutLines(object, values));
    const done = queue.current.then(() => send(base, values));
    queue.current = done;
    return done;
  };

  const settle = (keepMine: boolean) => {
    if (!conflict) return;
    setConflict(null);
    if (keepMine) void save(conflict.mine);
  };

  const forget = (field: string) => setRefusals(({ [field]: _gone, ...others }) => others);

  /** The form took the unfinished change over, or it was given up. */
  const finish = () => setUnfinished(null);

  return {
    ...query,
    record: query.data,
    save,
    saving,
    refusals,
    forget,
    conflict,
    settle,
    fresh,
    unfinished,
    finish,
  };
}

/** Fields that changed on screen without this person's doing, for as long as they are highlighted. */
function useFreshFields(
  object: CatalogObject,
  record: RecordRow | undefined,
  own: RefObject<readonly string[]>,
): readonly string[] {
  const before = useRef(record);
  const [fresh, setFresh] = useState<readonly string[]>([]);
  useEffect(() => {
    const old = before.current;
    before.current = record;
    if (!old || !record || old.id !== record.id || old.rev === record.rev) return;
    const changed = changedFields(object, old, record).filter((field) => !own.current.includes(field));
    own.current = [];
    if (changed.length === 0) return;
    setFresh(changed);
    const timer = setTimeout(() => setFresh([]), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [object, record, own]);
  return fresh;
}
