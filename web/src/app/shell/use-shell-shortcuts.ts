/** Keys that work on every page of a workspace. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { findObject, useCatalog } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { type Shortcuts, useShortcuts } from "@/lib/shortcuts";
import { currentWorkspace } from "@/lib/workspace";
import { openCreateDialog } from "@/records/form/create-dialog";
import { creatableObjects, GO_LETTERS } from "./navigation";
import { useShell } from "./shell-state";

export function useShellShortcuts(): void {
  const navigate = useNavigate();
  const catalog = useCatalog();
  const show = useShell((state) => state.show);
  const { object: openObject } = useParams({ strict: false });
  const ws = currentWorkspace();

  const table: Shortcuts = {
    "mod+k": () => show("palette", true),
    "?": () => show("help", true),
    "/": () => focusSearch() || show("palette", true),
    c: () => {
      const creatable = creatableObjects(catalog);
      const target = creatable.find((object) => object.key === openObject) ?? creatable[0];
      if (target) openCreateDialog(target.key);
    },
    "g h": () => navigate({ to: "/w/$ws", params: { ws } }),
    "g s": () => navigate({ to: "/w/$ws/settings", params: { ws } }),
  };
  for (const [object, letter] of Object.entries(GO_LETTERS)) {
    if (!can(findObject(catalog, object), "read")) continue;
    table[`g ${letter}`] = () => navigate({ to: "/w/$ws/o/$object", params: { ws, object } });
  }
  useShortcuts(table);
}

/** Focuses the page's own search field, if it has one; tells whether it did. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>(
    "#main input[type=search], #main [data-page-search] input",
  );
  field?.focus();
  return field !== null;
}
