/** The views of a list as tabs: the ones every list has, then saved ones; a dot where something is not saved. */
import { Button } from "@mantine/core";
import clsx from "clsx";
import { RotateCcw, SquareKanban, Table2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { useMe } from "@/lib/me";
import { can, useSystemRight } from "@/lib/rights";
import { lazily } from "@/ui/lazily";
import type { ListState } from "../query/use-list-state";
import { useViewChanges } from "./use-views";
import { ViewMenu } from "./view-menu";
import type { View } from "./view-model";
import classes from "./views.module.css";

const SaveViewDialog = lazily(
  async () => ({ default: (await import("./save-view-dialog")).SaveViewDialog }),
  0,
);

export function ViewTabs({
  object,
  views,
  view,
  list,
}: {
  object: CatalogObject;
  views: View[];
  view: View;
  list: ListState;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const changes = useViewChanges(object.key);
  const [saving, setSaving] = useState<"copy" | "rename" | null>(null);
  const configures = useSystemRight("configure");
  const kept = findObject(useCatalog(), "view");
  const keeps = can(kept, "create");
  const own = !view.builtIn && can(kept, "edit") && (view.ownerId === me.member.id || configures);
  const nameOf = (each: View) => (each.builtIn ? t(each.name) : each.name);
  const save = async () => {
    await changes.update.mutateAsync({ view, values: { state: list.state } });
    list.show(view.id);
  };
  return (
    <div className={classes.bar}>
      <nav className={classes.tabs} aria-label={t("views.views")}>
        {views.map((each) => {
          const Icon = each.state.type === "board" ? SquareKanban : Table2;
          const chosen = each === view;
          return (
            <span key={each.id} className={clsx(classes.tab, chosen && classes.chosen)}>
              <button
                type="button"
                aria-current={chosen ? "page" : undefined}
                className={classes.tabButton}
                onClick={() => list.show(each.id)}
              >
                <Icon size={14} aria-hidden />
                {nameOf(each)}
                {chosen && list.changed && (
                  <span className={classes.dot} role="img" aria-label={t("views.changed")} />
                )}
              </button>
              {chosen && (
                <ViewMenu
                  object={object}
                  view={view}
                  own={own}
                  onRename={() => setSaving("rename")}
                  onCopy={keeps ? () => setSaving("copy") : undefined}
                  onShare={(shared) =>
                    changes.update.mutate({ view, values: { scope: shared ? "shared" : "private" } })
                  }
                  onDelete={async () => {
                    await changes.remove.mutateAsync(view);
                    list.show("all");
                  }}
                />
              )}
            </span>
          );
        })}
      </nav>
      {list.changed && (
        <div className={classes.actions}>
          {own && (
            <Button size="compact-sm" variant="light" loading={changes.update.isPending} onClick={save}>
              {t("views.save")}
            </Button>
          )}
          {keeps && (
            <Button size="compact-sm" variant={own ? "subtle" : "light"} onClick={() => setSaving("copy")}>
              {t("views.save_as")}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<RotateCcw size={13} />}
            onClick={() => list.show(view.id)}
          >
            {t("views.restore")}
          </Button>
        </div>
      )}
      {saving && (
        <SaveViewDialog
          title={t(saving === "copy" ? "views.save_as" : "views.rename")}
          name={saving === "rename" ? view.name : ""}
          scope={saving === "copy" ? "private" : null}
          onClose={() => setSaving(null)}
          onSave={async (name, scope) => {
            if (saving === "rename") await changes.update.mutateAsync({ view, values: { name } });
            else {
              const created = await changes.create.mutateAsync({
                name,
                scope,
                state: list.state,
                position: views.length,
              });
              list.show(created.id);
            }
            setSaving(null);
          }}
        />
      )}
    </div>
  );
}
