/** The plan of what was chosen: each step, what it does to data, and then all of it in one transaction. */
import { Alert, Button, Checkbox, Group, Modal, Progress, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/lib/api";
import { label } from "@/lib/label";
import { RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import { Dependents } from "../objects/dependents";
import classes from "./configuration.module.css";
import { type Difference, sortOf } from "./model";
import { Refused } from "./refused";
import { type Applied, apply, plan, type Source } from "./requests";

const OF_OBJECTS = ["object", "field", "component"];

export function PlanDialog({
  source,
  chosen,
  expected,
  onAgain,
  onApplied,
  onClose,
}: {
  source: Source;
  chosen: Difference[];
  expected: string;
  /** The workspace was changed meanwhile: compare again. */
  onAgain: () => void;
  onApplied: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [confirmed, setConfirmed] = useState(false);
  const wanted = { source, selected: chosen.map(({ name }) => name), expected };
  const planned = useQuery({
    queryKey: ["configuration", "plan", source.id, expected, wanted.selected],
    queryFn: () => plan(wanted),
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const applying = useMutation({
    mutationFn: () => apply(client, wanted),
    onSuccess: () => {
      toastSuccess(t("configuration.applied", { count: chosen.length }));
      onApplied();
    },
  });
  const error = applying.error ?? planned.error;
  const moved = error instanceof ApiError && error.code === "bundles.changed_meanwhile";
  const concerns = planned.data ? impactOf(planned.data) : [];
  const ready = planned.data && !error;
  return (
    <Modal
      opened
      onClose={applying.isPending ? () => undefined : onClose}
      withCloseButton={!applying.isPending}
      closeOnClickOutside={!applying.isPending}
      title={t("configuration.plan_title", { count: chosen.length })}
      size={640}
    >
      <Stack gap="sm">
        {planned.isPending && <RowsSkeleton rows={5} />}
        {error && <Refused error={error} />}
        {ready && <Steps planned={planned.data} />}
        {ready && concerns.length > 0 && (
          <Alert color="orange" variant="light" icon={<TriangleAlert size={16} />} p="sm">
            {concerns.map((text) => (
              <div key={text}>{text}</div>
            ))}
          </Alert>
        )}
        {ready && planned.data.outcome.dependents.length > 0 && (
          <>
            <p className={classes.quiet}>{t("objects.used_by_these")}</p>
            <Dependents dependents={planned.data.outcome.dependents} />
          </>
        )}
        {ready && concerns.length > 0 && (
          <Checkbox
            checked={confirmed}
            disabled={applying.isPending}
            onChange={(event) => setConfirmed(event.currentTarget.checked)}
            label={t("configuration.confirm_data")}
          />
        )}
        {applying.isPending ? (
          <div role="status">
            <p className={classes.quiet}>{t("configuration.applying", { count: chosen.length })}</p>
            <Progress value={100} striped animated mt={6} aria-label={t("configuration.applying_short")} />
          </div>
        ) : (
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            {moved ? (
              <Button onClick={onAgain}>{t("configuration.compare_again")}</Button>
            ) : (
              <Button
                color={concerns.length > 0 ? "red" : undefined}
                disabled={!ready || (concerns.length > 0 && !confirmed)}
                onClick={() => applying.mutate()}
              >
                {t("configuration.apply", { count: chosen.length })}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Modal>
  );
}

function Steps({ planned }: { planned: Applied }) {
  const { t, i18n } = useTranslation();
  const records = planned.differences.filter(({ section }) => !OF_OBJECTS.includes(section));
  const sort = (one: Difference) => {
    const key = `configuration.sort_${sortOf(one)}`;
    return i18n.exists(key) ? t(key) : sortOf(one);
  };
  return (
    <>
      <ol className={classes.plan}>
        {planned.outcome.plan.map(({ code, text }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences have no identity but their place
          <li key={`${code}-${at}`}>{text}</li>
        ))}
        {records.map((one) => (
          <li key={one.name}>
            {t(`configuration.step_${one.op}`, { sort: sort(one), name: label(one.label) })}
          </li>
        ))}
      </ol>
      <p className={classes.quiet}>{t("configuration.all_or_nothing")}</p>
    </>
  );
}

/** What happens to data, each sentence once. */
function impactOf({ outcome, differences }: Applied): string[] {
  const told = [...outcome.impact, ...differences.flatMap(({ impact }) => impact)];
  return [...new Set(told.filter(({ count }) => count > 0).map(({ text }) => text))];
}
