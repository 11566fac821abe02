/** What the reader can do about an approval, at the foot of the page: decide, pass on, send back; withdraw, urge. */
import { Button, Menu } from "@mantine/core";
import {
  BellRing,
  Check,
  Ellipsis,
  MessageSquare,
  RotateCcw,
  Undo2,
  UserPlus,
  UserRoundPen,
  X,
} from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalDetails } from "@/api/types";
import { useMe } from "@/lib/me";
import { ActDialog, type Deed } from "./act-dialog";
import classes from "./approvals.module.css";
import { ownTask } from "./words";

const ICONS: Record<BarDeed, typeof Check> = {
  approve: Check,
  reject: X,
  transfer: UserRoundPen,
  add: UserPlus,
  return: Undo2,
  resubmit: RotateCcw,
  withdraw: Undo2,
  urge: BellRing,
  comment: MessageSquare,
};
/** What is done about the whole approval or one's own task; other people's tasks are reassigned where they stand. */
type BarDeed = Exclude<Deed, "reassign">;
/** In this order; what comes first is what matters most. */
const FIRST: BarDeed[] = ["approve", "reject", "resubmit", "urge", "withdraw"];
const MORE: BarDeed[] = ["transfer", "add", "return", "comment"];

interface ActBarProps {
  approval: ApprovalDetails;
  edited: Record<string, unknown>;
  onProblems(problems: Record<string, string>): void;
}

export function ActBar({ approval, edited, onProblems }: ActBarProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [deed, setDeed] = useState<BarDeed | null>(null);
  const task = ownTask(approval);
  const may = (one: BarDeed) => approval.may.includes(one);
  // A submitter who is asked too decides first; what else they may do is in the menu.
  const shown = FIRST.filter((one) => may(one) && (!task || one === "approve" || one === "reject"));
  const rest = [...FIRST.filter((one) => may(one) && !shown.includes(one)), ...MORE.filter(may)];
  const name = (one: BarDeed) =>
    one === "approve" && task?.kind === "handle" ? t("approvals.act_handled") : t(`approvals.act_${one}`);
  const stranger = task && task.assignee.id !== me.member.id ? task.assignee.title : null;
  return (
    <footer className={classes.bar}>
      <span className={classes.barText}>
        {stranger
          ? t("approvals.as_for", { name: stranger })
          : task
            ? t("approvals.you_decide_at", { step: task.node_label })
            : ""}
      </span>
      {rest.length === 1 && rest[0] ? (
        <DeedButton deed={rest[0]} name={name(rest[0])} onClick={setDeed} />
      ) : (
        rest.length > 1 && (
          <Menu position="top-end" withinPortal>
            <Menu.Target>
              <Button variant="default" leftSection={<Ellipsis size={15} />}>
                {t("approvals.more")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {rest.map((one) => {
                const Icon = ICONS[one];
                return (
                  <Menu.Item key={one} leftSection={<Icon size={14} />} onClick={() => setDeed(one)}>
                    {name(one)}
                  </Menu.Item>
                );
              })}
            </Menu.Dropdown>
          </Menu>
        )
      )}
      {shown.map((one) => <DeedButton key={one} deed={one} name={name(one)} onClick={setDeed} />).reverse()}
      {deed && (
        <ActDialog
          deed={deed}
          name={name(deed)}
          approval={approval}
          task={task}
          edited={edited}
          onProblems={onProblems}
          onClose={() => setDeed(null)}
        />
      )}
    </footer>
  );
}

function DeedButton({ deed, name, onClick }: { deed: BarDeed; name: string; onClick(deed: BarDeed): void }) {
  const Icon = ICONS[deed];
  const look =
    deed === "approve" || deed === "resubmit"
      ? {}
      : deed === "reject"
        ? { variant: "light", color: "red" }
        : { variant: "default" };
  return (
    <Button {...look} leftSection={<Icon size={15} />} onClick={() => onClick(deed)}>
      {name}
    </Button>
  );
}
