/** Whose records a right covers: words in a cell, and the menu that changes them. */
import { Menu } from "@mantine/core";
import { Check, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { hueStyle } from "@/ui/chip";
import { isNone, type ReachParts, SCOPES, type Scope } from "./permissions";
import classes from "./reach.module.css";
import { hueOfReach, shortReach } from "./reach-words";

/** Objects without owners know only two scopes. */
const WITHOUT_OWNER: readonly Scope[] = ["none", "all"];

interface ReachCellProps {
  reach: ReachParts;
  /** What is reached, and what for: "客户：查看". */
  name: string;
  owned: boolean;
  /** Said by the line of all other objects. */
  followed?: boolean;
  readOnly?: boolean;
  onChange(reach: ReachParts): void;
  /** Opens the editor of departments and conditions. */
  onCustom(): void;
}

export function ReachCell({ reach, name, owned, followed, readOnly, onChange, onCustom }: ReachCellProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const custom = reach.departments.length > 0 || reach.where !== null;
  const words = shortReach(reach, t);
  const cell = (
    <button
      type="button"
      className={classes.reach}
      style={hueStyle(hueOfReach(reach))}
      data-none={isNone(reach) || undefined}
      data-followed={followed || undefined}
      disabled={readOnly}
      aria-label={t("roles.cell", { name, words })}
      aria-haspopup="menu"
      aria-expanded={opened}
      onClick={() => setOpened(true)}
    >
      {words}
    </button>
  );
  // Hundreds of cells stand on the page; a menu is there only where it is open.
  if (!opened) return cell;
  const scopes = owned ? SCOPES : WITHOUT_OWNER;
  return (
    <Menu opened onChange={setOpened} position="bottom-start" width={260} withinPortal>
      <Menu.Target>{cell}</Menu.Target>
      <Menu.Dropdown>
        {scopes.map((scope) => (
          <Menu.Item
            key={scope}
            leftSection={
              !custom && reach.scope === scope ? <Check size={14} /> : <span className={classes.unticked} />
            }
            onClick={() => onChange({ scope, departments: [], where: null })}
          >
            <span className={classes.choice}>
              {t(`roles.reach_${scope}`)}
              <span className={classes.choiceHelp}>
                {t(owned ? `roles.reach_help_${scope}` : `roles.reach_help_unowned_${scope}`)}
              </span>
            </span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={custom ? <Check size={14} /> : <SlidersHorizontal size={14} />}
          onClick={onCustom}
        >
          <span className={classes.choice}>
            {t(owned ? "roles.reach_custom" : "roles.reach_custom_unowned")}
            <span className={classes.choiceHelp}>
              {custom ? words : t(owned ? "roles.reach_help_custom" : "roles.reach_help_custom_unowned")}
            </span>
          </span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
