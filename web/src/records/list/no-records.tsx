/** An empty list says why it is empty and what to do: nothing there yet, or nothing matches. */
import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import { EmptyState } from "@/ui/states";
import type { ListState } from "../query/use-list-state";

export function NoRecords({
  object,
  list,
  onNew,
}: {
  object: CatalogObject;
  list: ListState;
  onNew?: () => void;
}) {
  const { t } = useTranslation();
  const name = label(object.plural);
  if (list.state.where || list.text) {
    const clear = () => {
      if (list.text) list.setText("");
      if (list.state.where) list.change({ where: null });
    };
    return (
      <EmptyState
        kind="search"
        title={t("list.nothing_matches")}
        action={
          <Button variant="default" onClick={clear}>
            {t("list.clear_filters")}
          </Button>
        }
      >
        {t("list.nothing_matches_text")}
      </EmptyState>
    );
  }
  const importing = can(object, "import") && object.features.includes("import");
  return (
    <EmptyState
      title={t("list.no_records", { name })}
      action={
        <Group gap="xs">
          {onNew && <Button onClick={() => onNew()}>{t("list.new")}</Button>}
          {importing && (
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link {...props} to="/w/$ws/import" from="/w/$ws/o/$object" search={{ object: object.key }} />
              )}
            >
              {t("list.import")}
            </Button>
          )}
        </Group>
      }
    >
      {t(onNew ? "list.no_records_text" : "list.no_records_readonly")}
    </EmptyState>
  );
}
