/** Titles of the records that a definition names by their ids. */
import { useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { Catalog, Reference } from "@/api/types";
import type { Condition } from "@/builders/layouts/model";
import { rolesQuery } from "@/builders/layouts/requests";
import type { Person } from "@/builders/steps/people-setting";
import { contentOf, formOf, written } from "@/builders/steps/values";
import { findField, findObject, useCatalog } from "@/lib/catalog";
import { plainIds } from "@/records/filter/named";
import { referencesQuery } from "@/records/lookup/references";
import { targetOf } from "@/records/query/paths";
import type { Definition } from "./model";
import { mailboxNamesQuery } from "./requests";
import { roleTitle } from "./words";

export function useTitles(definition: Definition): ReadonlyMap<string, string> {
  const catalog = useCatalog();
  const asked = useMemo(() => [...idsOf(definition, catalog)], [definition, catalog]);
  const combine = useCallback(
    (answers: { data?: Reference[] }[]) =>
      new Map(
        answers.flatMap(({ data }) => (data ?? []).map(({ id, title }) => [id, title ?? "—"] as const)),
      ),
    [],
  );
  const records = useQueries({
    queries: asked.map(([key, ids]) =>
      referencesQuery(key, findObject(catalog, key)?.title ?? "name", [...ids].sort()),
    ),
    combine,
  });
  const hears = definition.triggers.some(({ settings }) => settings.mailbox);
  const mailboxes = useQuery({ ...mailboxNamesQuery(), enabled: hears }).data;
  const people = definition.nodes.flatMap(({ settings }) => Object.values(settings).flatMap(peopleIn));
  const roles = useQuery({ ...rolesQuery(), enabled: people.some(({ kind }) => kind === "role") }).data;
  return useMemo(
    () =>
      new Map([
        ...records,
        ...(mailboxes ?? []).map(({ id, name }) => [id, name] as const),
        ...(roles ?? []).map(({ value, label }) => [roleTitle(value), label] as const),
      ]),
    [records, mailboxes, roles],
  );
}

/** People that a setting may name; entries of other lists have none of their parts. */
const peopleIn = (value: unknown) =>
  (Array.isArray(value) ? (value as (Person | null)[]) : []).filter((one) => one !== null);

/** The ids by the key of the object whose records they name. */
function idsOf(definition: Definition, catalog: Catalog): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const object = findObject(catalog, definition.object ?? "");
  const note = (key: string, ids: readonly unknown[]) => {
    const known = found.get(key) ?? new Set();
    for (const id of ids) if (typeof id === "string") known.add(id);
    if (known.size > 0) found.set(key, known);
  };
  const noteCondition = (when: Condition | undefined) => {
    if (!object || !when || !("where" in when) || !when.where) return;
    for (const [target, ids] of plainIds(when.where, { catalog, object })) note(target.key, ids);
  };
  for (const { settings } of definition.triggers) {
    noteCondition(settings.where as Condition | undefined);
    noteCondition(settings.before as Condition | undefined);
  }
  for (const { settings } of definition.nodes) {
    for (const one of Object.values(settings).flatMap(peopleIn)) {
      note("member", one.members ?? []);
      note("department", one.department ? [one.department] : []);
    }
    for (const branch of (settings.branches ?? []) as { when: Condition }[]) noteCondition(branch.when);
    const target = written(catalog, object, settings);
    for (const [key, spec] of Object.entries((settings.values ?? {}) as Record<string, unknown>)) {
      const field = target && findField(target, key);
      const of =
        field?.trait === "refs"
          ? findObject(catalog, field.settings.target ?? "")
          : field && targetOf(catalog, field);
      if (!of || formOf(spec) !== "value") continue;
      const content = contentOf(spec);
      note(of.key, Array.isArray(content) ? content : [content]);
    }
  }
  return found;
}
