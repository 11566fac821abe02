/** The condition of a reach or a rule: a stored filter, opened in the builder once its records have names. */
import { useState } from "react";
import type { CatalogObject, Filter } from "@/api/types";
import { FilterBuilder } from "@/records/filter/filter-builder";
import { MineOffered } from "@/records/filter/mine";
import { useNaming } from "@/records/filter/use-named-filter";
import { toWire } from "@/records/query/filter";
import { RowsSkeleton } from "@/ui/states";

export function Condition({
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
    <MineOffered value={true}>
      <FilterBuilder
        object={object}
        where={filter}
        pause={0}
        onChange={(changed) => onChange(toWire(changed))}
      />
    </MineOffered>
  );
}
