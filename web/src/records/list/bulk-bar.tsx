/** What can be done with the selected records; stands in place of the toolbar. */
import { Button, CloseButton } from "@mantine/core";
import { PencilLine, Trash2, UserRoundPen } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { findField } from "@/lib/catalog";
import { formatNumber } from "@/lib/format";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { lazily } from "@/ui/lazily";
import { EVERYTHING, NOTHING, type Selection } from "../grid/selection";
import type { BulkTarget } from "../query/bulk";
import type { RowStore } from "../query/row-store";
import { useBulk } from "../query/use-bulk";
import type { RowsQuery } from "../query/use-row-stores";
import classes from "./list.module.css";

const BulkEdit = lazily(async () => ({ default: (await import("./bulk-edit")).BulkEdit }), 0);

/** From here on deleting asks first; fewer are deleted at once and taken back by the toast. */
const ASK_FROM = 20;

export function BulkBar({
  object,
  selection,
  count,
  exact,
  total,
  query,
  stores,
  onSelection,
}: {
  object: CatalogObject;
  selection: Selection;
  count: number;
  exact: boolean;
  /** Records the list finds in all. */
  total: number;
  query: RowsQuery;
  stores: RowStore[];
  onSelection(selection: Selection): void;
}) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<string | null | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const bulk = useBulk(object, stores);
  const target: BulkTarget = selection.all
    ? { where: query.where, search: query.search }
    : { ids: [...selection.ids] };
  const name = label(count === 1 ? object.label : object.plural);
  const done = () => onSelection(NOTHING);
  const remove = async () => {
    if (await bulk.remove(target)) done();
  };
  const owner = findField(object, "owner");
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t("list.bulk")}>
      <CloseButton aria-label={t("list.deselect")} onClick={done} />
      <strong aria-live="polite">
        {t(exact ? "list.selected" : "list.selected_about", { count, formatted: formatNumber(count) })}
      </strong>
      {!selection.all && total > count && (
        <Button variant="subtle" size="compact-sm" onClick={() => onSelection(EVERYTHING)}>
          {t("list.select_all_found", { count: total, formatted: formatNumber(total) })}
        </Button>
      )}
      <span className={classes.space} />
      {can(object, "edit") && (
        <>
          <Button variant="default" leftSection={<PencilLine size={15} />} onClick={() => setEditing(null)}>
            {t("list.bulk_edit")}
          </Button>
          {owner && (
            <Button
              variant="default"
              leftSection={<UserRoundPen size={15} />}
              onClick={() => setEditing("owner")}
            >
              {t("list.change_owner")}
            </Button>
          )}
        </>
      )}
      {can(object, "delete") && (
        <Button
          variant="subtle"
          color="red"
          loading={bulk.busy}
          leftSection={<Trash2 size={15} />}
          onClick={() => (count >= ASK_FROM ? setAsking(true) : void remove())}
        >
          {t("list.delete")}
        </Button>
      )}
      {editing !== undefined && (
        <BulkEdit
          object={object}
          field={editing}
          count={count}
          onClose={() => setEditing(undefined)}
          onSave={async (values) => {
            if (await bulk.update(target, values)) {
              setEditing(undefined);
              done();
            }
          }}
        />
      )}
      <ConfirmDanger
        opened={asking}
        title={t("list.delete_title", { count, formatted: formatNumber(count), name })}
        confirmLabel={t("list.delete")}
        count={count}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      >
        {t("list.delete_text")}
      </ConfirmDanger>
    </div>
  );
}
