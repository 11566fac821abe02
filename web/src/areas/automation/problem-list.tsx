/** What has to be put right before a flow can be published: the step, its setting and what is wrong, and the way there. */
import { Button, Popover } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./automation.module.css";
import type { Problems } from "./use-check";

interface ProblemListProps {
  problems: Problems;
  onOpen(part: string): void;
}

export function ProblemList({ problems, onOpen }: ProblemListProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  if (problems.placed.length === 0) return null;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={420} shadow="md" trapFocus>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="light"
          color="red"
          leftSection={<TriangleAlert size={13} aria-hidden />}
          onClick={() => setOpened((now) => !now)}
        >
          {t("automation.problems_short", { number: problems.count })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 24px)">
        <ul className={classes.problems} aria-label={t("automation.problems", { count: problems.count })}>
          {problems.placed.map(({ at, step, about, says }) => (
            <li key={`${at} ${about} ${says}`}>
              <button
                type="button"
                className={classes.toProblem}
                onClick={() => {
                  setOpened(false);
                  onOpen(at);
                }}
              >
                {about ? t("automation.problem_at", { step, about }) : step}
              </button>
              <span>{says}</span>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Opens a part where steps stand as a list. */
export function openInList(id: string) {
  const card = document.getElementById(`part-${id}`);
  if (!card) return;
  card.querySelector<HTMLButtonElement>("button[aria-expanded=false]")?.click();
  card.scrollIntoView({ block: "center" });
  card.querySelector<HTMLButtonElement>("button[aria-expanded]")?.focus({ preventScroll: true });
}
