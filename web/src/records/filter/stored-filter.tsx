/** A stored filter, opened in the builder once its records have names. */
import { useState } from "react";
import type { CatalogObject, Filter } from "@/api/types";
import { RowsSkeleton } from "@/ui/states";
import { toWire } from "../query/filter";
import { FilterBuilder } from "./filter-builder";
import { useNaming } from "./use-named-filter";

export function StoredFilter({
  object,
  where,
  onChange,
}: {
  object: CatalogObject;
  where: Filter | null;
  onChange(where: Filter | null): void;
}) {
  // The builder keeps what it was opened with; what it tells afterwards is no news to it.
  const [opened] = useState(where);
  const { filter, ready } = useNaming(object, opened);
  if (!ready) return <RowsSkeleton rows={2} />;
  return (
    <FilterBuilder
      object={object}
      where={filter}
      pause={0}
      onChange={(changed) => onChange(toWire(changed))}
    />
  );
}
