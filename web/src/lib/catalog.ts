/** The catalog (objects, fields, relations) of the workspace and look-ups in it. */
import { type QueryClient, queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import type { Catalog, CatalogObject, Field } from "@/api/types";
import { currentWorkspace, workspaceRequest } from "./workspace";

export function catalogQuery() {
  return queryOptions({
    queryKey: ["catalog", currentWorkspace()],
    queryFn: ({ signal }) => workspaceRequest<Catalog>("/catalog", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** After a change of the configuration: asks again for the catalog and for all that is shown by it. */
export async function refreshCatalog(client: QueryClient): Promise<void> {
  const workspace = currentWorkspace();
  await Promise.all(
    ["catalog", "me", "design", "records"].map((what) =>
      client.invalidateQueries({ queryKey: [what, workspace] }),
    ),
  );
}

/** The catalog; loaded by the workspace route, so it is always there below it. */
export function useCatalog(): Catalog {
  return useSuspenseQuery(catalogQuery()).data;
}

export function findObject(catalog: Catalog, key: string): CatalogObject | undefined {
  return catalog.objects.find((object) => object.key === key);
}

/** The object of that key, or undefined when it does not exist or the member may not know of it. */
export function useObject(key: string): CatalogObject | undefined {
  return findObject(useCatalog(), key);
}

/** False for what stands among the fields without a value of the record: buttons, tables of lines. */
export function holdsValue(field: Pick<Field, "trait">): boolean {
  return field.trait !== "none" && field.trait !== "rows";
}

export function findField(object: CatalogObject, key: string): Field | undefined {
  return object.fields.find((field) => field.key === key);
}
