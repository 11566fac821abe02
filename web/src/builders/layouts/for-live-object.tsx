/** The object as the screens know it; one that is put away has no forms to design. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, DesignedWhole } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { EmptyState } from "@/ui/states";

export function ForLiveObject({
  object,
  children,
}: {
  object: Pick<DesignedWhole, "key">;
  children(known: CatalogObject): ReactNode;
}) {
  const { t } = useTranslation();
  const known = useObject(object.key);
  if (!known) return <EmptyState compact title={t("layouts.only_live")} />;
  return children(known);
}
