/** Builds a filter while the list follows each finished condition. */
import { Button, Group, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Filter } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import {
  closeFilter,
  type EditNode,
  type GroupNode,
  newGroup,
  openFilter,
  replaceNode,
} from "../query/filter-edit";
import { lastField } from "../query/paths";
import { FilterGroup, ruleFor } from "./filter-group";

/** Typing waits this long before the list is asked again. */
const PAUSE_MS = 350;

export function FilterBuilder({
  object,
  where,
  startWith,
  pause = PAUSE_MS,
  onChange,
}: {
  object: CatalogObject;
  where: Filter | null;
  /** A field to begin a new condition with. */
  startWith?: string;
  /** How long typing waits before `onChange`; none in forms, which are saved by a button. */
  pause?: number;
  onChange(where: Filter | null): void;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const [root, setRoot] = useState<GroupNode>(() => {
    const opened = openFilter(where);
    const field = startWith && lastField(catalog, object, startWith);
    if (!field || !startWith) return opened;
    const rule = ruleFor(startWith, field);
    return opened.join === "and"
      ? { ...opened, children: [...opened.children, rule] }
      : newGroup("and", [opened, rule]);
  });
  const sent = useRef(JSON.stringify(where));
  const tell = useRef(() => {});
  tell.current = () => {
    const next = closeFilter(root);
    const text = JSON.stringify(next);
    if (text === sent.current) return;
    sent.current = text;
    onChange(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change begins the pause anew.
  useEffect(() => {
    const timer = setTimeout(() => tell.current(), pause);
    return () => clearTimeout(timer);
  }, [root, pause]);
  // Closing the builder does not lose the last keystrokes.
  useEffect(() => () => tell.current(), []);
  const replace = (id: string, change: (node: EditNode) => EditNode | null) =>
    setRoot((now) => replaceNode(now, id, change));
  return (
    <div>
      {root.children.length === 0 && (
        <Text size="sm" c="dimmed" mb={4}>
          {t("filter.none_yet")}
        </Text>
      )}
      <FilterGroup group={root} object={object} depth={0} replace={replace} />
      {root.children.length > 0 && (
        <Group justify="flex-end" mt="xs">
          <Button variant="subtle" color="red" size="compact-sm" onClick={() => setRoot(newGroup())}>
            {t("filter.clear")}
          </Button>
        </Group>
      )}
    </div>
  );
}
