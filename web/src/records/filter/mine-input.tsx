/** The choice of one of the member's own fields as the value of a condition, and that value with the way back. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { UserRound, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import classes from "./filter.module.css";
import { MINE, mineText } from "./mine";

/** Whether a value of the member's field may be compared with the field. */
function fits(own: Field, field: Field): boolean {
  const several: Partial<Record<Field["trait"], Field["trait"]>> = { choices: "choice", refs: "ref" };
  const trait = several[own.trait] ?? own.trait;
  if (trait !== (several[field.trait] ?? field.trait)) return false;
  if (trait === "ref") return (own.settings.target ?? "member") === (field.settings.target ?? "member");
  if (trait === "tree") return own.kind === field.kind;
  if (trait === "choice") {
    const keys = new Set(own.settings.options?.map(({ key }) => key));
    return field.settings.options?.some(({ key }) => keys.has(key)) ?? false;
  }
  return ["text", "number", "tags", "list"].includes(trait);
}

/** Beside the input of a value: the member's own fields that fit. */
export function MineMenu({ field, onChoose }: { field: Field; onChoose(value: string): void }) {
  const { t } = useTranslation();
  const member = useObject("member");
  const fitting = member?.fields.filter((own) => !own.hidden && fits(own, field)) ?? [];
  if (fitting.length === 0) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t("filter.mine")} title={t("filter.mine")}>
          <UserRound size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {fitting.map((own) => (
          <Menu.Item key={own.key} onClick={() => onChoose(`${MINE}${own.key}`)}>
            {t("filter.mine_of", { name: label(own.label) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A value that is the member's own, with the way back to a fixed one. */
export function MineValue({ value, onClear }: { value: string; onClear(): void }) {
  const { t } = useTranslation();
  const member = useObject("member");
  return (
    <span className={classes.mine}>
      <Button variant="light" size="compact-sm" leftSection={<UserRound size={13} />} component="span">
        {mineText(value, member, t)}
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t("filter.mine_clear")}
        onClick={onClear}
      >
        <X size={13} />
      </ActionIcon>
    </span>
  );
}
