/** Somebody leaves: with a hand-over first, on a day to come, or at once. */
import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDate } from "@/lib/format";
import { recordKeys, runAction } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { currentWorkspace } from "@/lib/workspace";
import { FormProblem } from "@/ui/form-problem";
import { toastSuccess } from "@/ui/toast";
import type { Member } from "../people";
import { DayInput } from "./day-input";

type Way = "hand_over" | "later" | "now";
const WAYS: Way[] = ["hand_over", "later", "now"];

export function LeaveDialog({ member, onClose }: { member: Member; onClose(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [way, setWay] = useState<Way>("hand_over");
  const [day, setDay] = useState<string | null>(member.left_on);
  const { busy, problem, fields, submit } = useSubmit();

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (way === "hand_over") {
      await navigate({
        to: "/w/$ws/hand-over/$member",
        params: { ws: currentWorkspace(), member: member.id },
        search: { leave: true },
      });
      return;
    }
    const params = { member: member.id, ...(way === "later" ? { on: day } : {}) };
    if (!(await submit(() => runAction("identity/deactivate-member", params)))) return;
    toastSuccess(
      way === "later"
        ? t("organisation.will_leave", { name: member.name, day: formatDate(day) })
        : t("settings.deactivated", { name: member.name }),
    );
    await client.invalidateQueries({ queryKey: recordKeys.of("member") });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("organisation.leave_title", { name: member.name })} size={520}>
      <form onSubmit={onSubmit}>
        <Stack gap="md">
          <FormProblem text={problem} />
          <Radio.Group
            aria-label={t("organisation.leave_how")}
            value={way}
            onChange={(value) => setWay(value as Way)}
          >
            <Stack gap="sm">
              {WAYS.map((value) => (
                <Radio
                  key={value}
                  value={value}
                  label={t(`organisation.leave_${value}`)}
                  description={t(`organisation.leave_${value}_text`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {way === "later" && (
            <DayInput
              label={t("organisation.last_day")}
              required
              value={day}
              error={fields.left_on ?? fields.on}
              onChange={setDay}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button
              type="submit"
              color={way === "now" ? "red" : undefined}
              loading={busy}
              disabled={way === "later" && !day}
            >
              {t(`organisation.leave_${way}_do`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
