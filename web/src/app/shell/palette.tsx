/** Ctrl K: records by name, lists to jump to, things to do. */

import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { House, Plus, Search, Settings } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SearchHit } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { recordKeys, searchRecords } from "@/lib/records";
import { groupHits } from "@/lib/search-hits";
import { currentWorkspace } from "@/lib/workspace";
import { openCreateDialog } from "@/records/form/create-dialog";
import { IconByName } from "@/ui/icon-by-name";
import { useFirstAction } from "./first-action";
import { creatableObjects, navigationGroups } from "./navigation";
import { useShell } from "./shell-state";

const WAIT_MS = 180;

/** What tells hits of the same name apart; nothing where it only repeats the title. */
function subtitleOf({ title, subtitle }: SearchHit): string | undefined {
  return subtitle && !subtitle.startsWith(title) ? subtitle : undefined;
}

export function Palette() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const navigate = useNavigate();
  const show = useShell((state) => state.show);
  const ws = currentWorkspace();
  const [query, setQuery] = useState("");
  const [asked] = useDebouncedValue(query.trim(), WAIT_MS);
  const { data, isFetching } = useQuery({
    queryKey: [...recordKeys.all(), "search", asked],
    queryFn: ({ signal }) => searchRecords(asked, { limit: 20 }, signal),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  useEffect(() => spotlight.open(), []);

  const wanted = query.trim().toLowerCase();
  const fits = (words: string) => words.toLowerCase().includes(wanted);
  const settled = wanted === "" || (asked.toLowerCase() === wanted && !isFetching);
  const onKeyDown = useFirstAction(settled);
  const groups = wanted ? groupHits(data?.hits ?? []) : [];
  const places = navigationGroups(catalog)
    .flatMap(({ objects }) => objects)
    .filter((object) => fits(`${object.label["zh-CN"]} ${object.plural.en} ${object.key}`));
  const creatable = creatableObjects(catalog).filter((object) =>
    fits(`${t("app.new")} ${label(object.label)}`),
  );

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={() => show("palette", false)}
      shortcut={null}
      scrollable
      maxHeight={440}
      size={640}
      overlayProps={{ backgroundOpacity: 0.45, blur: 0 }}
    >
      <Spotlight.Search
        placeholder={t("app.palette_placeholder")}
        aria-label={t("app.search")}
        onKeyDown={onKeyDown}
        leftSection={<Search size={18} strokeWidth={1.75} />}
      />
      <Spotlight.ActionsList>
        {groups.map(({ object, hits }) => (
          <Spotlight.ActionsGroup key={object} label={label(findObject(catalog, object)?.plural) || object}>
            {hits.map((hit) => (
              <Spotlight.Action
                key={hit.id}
                label={hit.title}
                description={subtitleOf(hit)}
                leftSection={<IconByName name={findObject(catalog, object)?.icon ?? ""} />}
                onClick={() => navigate({ to: "/w/$ws/o/$object/$id", params: { ws, object, id: hit.id } })}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {wanted && groups.length > 0 && (
          <Spotlight.Action
            label={t("app.palette_all", { query: query.trim() })}
            leftSection={<Search size={16} />}
            onClick={() => navigate({ to: "/w/$ws/search", params: { ws }, search: { q: query.trim() } })}
          />
        )}
        {places.length > 0 && (
          <Spotlight.ActionsGroup label={t("app.palette_go")}>
            {fits(t("app.home")) && (
              <Spotlight.Action
                label={t("app.home")}
                leftSection={<House size={16} strokeWidth={1.75} />}
                onClick={() => navigate({ to: "/w/$ws", params: { ws } })}
              />
            )}
            {places.map((object) => (
              <Spotlight.Action
                key={object.key}
                label={label(object.plural)}
                leftSection={<IconByName name={object.icon} />}
                onClick={() => navigate({ to: "/w/$ws/o/$object", params: { ws, object: object.key } })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {creatable.length > 0 && (
          <Spotlight.ActionsGroup label={t("app.palette_do")}>
            {creatable.map((object) => (
              <Spotlight.Action
                key={object.key}
                label={t("app.new_object", { object: label(object.label) })}
                leftSection={<Plus size={16} strokeWidth={1.75} />}
                onClick={() => openCreateDialog(object.key)}
              />
            ))}
            {fits(t("app.settings")) && (
              <Spotlight.Action
                label={t("app.settings")}
                leftSection={<Settings size={16} strokeWidth={1.75} />}
                onClick={() => navigate({ to: "/w/$ws/settings", params: { ws } })}
              />
            )}
          </Spotlight.ActionsGroup>
        )}
        {wanted && groups.length === 0 && places.length === 0 && creatable.length === 0 && (
          <Spotlight.Empty>{t(isFetching ? "app.palette_searching" : "app.palette_nothing")}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
