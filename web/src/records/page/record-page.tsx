/** The page of one record: its address in, its parts out. */
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { EmptyState } from "@/ui/states";
import { HomeLink } from "./home-link";
import { listOrder } from "./list-order";
import { RecordView } from "./record-view";
import { rememberedTab, rememberTab } from "./remembered-tab";

const route = getRouteApi("/w/$ws/o/$object/$id");

export function RecordPage() {
  const { t } = useTranslation();
  const { ws, object: key, id } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const object = useObject(key);
  useEffect(() => {
    if (tab) rememberTab(key, tab);
  }, [key, tab]);
  if (!object) {
    return (
      <EmptyState kind="search" title={t("page.no_object")} action={<HomeLink ws={ws} />}>
        {t("page.no_object_text")}
      </EmptyState>
    );
  }
  const listHref = listOrder(key)?.href ?? `/w/${encodeURIComponent(ws)}/o/${key}`;
  return (
    <RecordView
      // Another record starts afresh: nothing half-edited is carried over.
      key={`${key}/${id}`}
      object={object}
      id={id}
      listHref={listHref}
      tab={tab ?? rememberedTab(key)}
      onTab={(next) => navigate({ search: { tab: next }, replace: true })}
      onStep={(next) => navigate({ params: { ws, object: key, id: next }, search: { tab }, replace: true })}
      onLeave={() => navigate({ to: "/w/$ws/o/$object", params: { ws, object: key }, search: {} })}
    />
  );
}
