/** The state of a flow as a chip, and the switch between on and paused. */
import { Switch } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Hue } from "@/api/types";
import { recordKeys, updateRecord } from "@/lib/records";
import { Chip } from "@/ui/chip";
import { toastError } from "@/ui/toast";
import type { Flow } from "./requests";

const HUES: Record<Flow["state"], Hue> = { draft: "slate", active: "green", paused: "amber" };

export function StateChip({ state }: { state: Flow["state"] }) {
  const { t } = useTranslation();
  return (
    <Chip hue={HUES[state]} dot>
      {t(`automation.state_${state}`)}
    </Chip>
  );
}

/** On or paused; a flow that was never published has nothing to be on with. */
export function StateSwitch({ flow, named }: { flow: Flow; named?: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (state: Flow["state"]) => updateRecord("flow", flow.id, { state }),
    onSuccess: () => client.invalidateQueries({ queryKey: recordKeys.of("flow") }),
    onError: toastError,
  });
  const on = change.isPending ? change.variables === "active" : flow.state === "active";
  return (
    <Switch
      size="sm"
      label={named ? t(on ? "automation.is_on" : "automation.is_off") : undefined}
      aria-label={t("automation.switch", { name: flow.name })}
      title={flow.number === null ? t("automation.publish_first") : undefined}
      checked={on}
      disabled={flow.number === null || change.isPending}
      onChange={(event) => change.mutate(event.currentTarget.checked ? "active" : "paused")}
    />
  );
}
