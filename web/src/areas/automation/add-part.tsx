/** The button that adds a trigger or a step: what there is to add, by groups, with what each does. */
import { Menu, ScrollArea } from "@mantine/core";
import { type ReactElement, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import classes from "./automation.module.css";
import type { PartKind } from "./model";
import { PartIcon } from "./part-icon";

export function AddPart<K extends PartKind & { group?: string }>({
  kinds,
  onAdd,
  children,
}: {
  kinds: readonly K[];
  onAdd(kind: K): void;
  /** The button. */
  children: ReactElement;
}) {
  const { t } = useTranslation();
  const groups = useMemo(() => {
    const found = new Map<string, K[]>();
    for (const kind of kinds) found.set(kind.group ?? "", [...(found.get(kind.group ?? "") ?? []), kind]);
    return [...found];
  }, [kinds]);
  return (
    <Menu position="bottom-start" width={320} withinPortal shadow="md">
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={380} type="auto">
          {groups.map(([group, members]) => (
            <div key={group}>
              {group && <Menu.Label>{t(`automation.group_${group}`, { defaultValue: group })}</Menu.Label>}
              {members.map((kind) => (
                <Menu.Item
                  key={kind.key}
                  leftSection={<PartIcon name={kind.icon} />}
                  onClick={() => onAdd(kind)}
                >
                  <span>{label(kind.label)}</span>
                  <div className={classes.menuHelp}>{label(kind.help)}</div>
                </Menu.Item>
              ))}
            </div>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
