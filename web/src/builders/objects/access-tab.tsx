/** How far a share of one of the object's records reaches: to which objects beneath it, and through how many steps. */
import { Button, Checkbox, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { FormProblem } from "@/ui/form-problem";
import { EmptyState } from "@/ui/states";
import { inheriting } from "./inheriting";
import { type DesignedWhole, isLive, type ObjectAccess } from "./model";
import type { ObjectTabProps } from "./object-tabs";
import classes from "./objects.module.css";
import { useReview } from "./review";
import { showTakeBack } from "./take-back";
import { useRefusal } from "./use-refusal";

const MOST_STEPS = 3;
const USUAL_STEPS = 1;

interface Draft {
  steps: number;
  /** Null reaches every object beneath. */
  objects: string[] | null;
}

const draftOf = ({ values }: DesignedWhole): Draft => ({
  steps: values.access?.share_reach?.steps ?? USUAL_STEPS,
  objects: values.access?.share_reach?.objects ?? null,
});

export function AccessTab({ object }: ObjectTabProps) {
  const [opened, setOpened] = useState(0);
  // What was saved or discarded is read anew; while somebody chooses, what others do stays away.
  return <AccessForm key={opened} object={object} onDone={() => setOpened(opened + 1)} />;
}

function AccessForm({ object, onDone }: ObjectTabProps & { onDone(): void }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const { change, question } = useReview();
  const refusal = useRefusal();
  const [seen] = useState(() => draftOf(object));
  const [draft, setDraft] = useState(seen);
  const [busy, setBusy] = useState(false);
  const beneath = inheriting(catalog, object.key, MOST_STEPS);
  const within = beneath.filter(({ steps }) => steps <= draft.steps);
  const dirty = JSON.stringify(seen) !== JSON.stringify(draft);
  const readOnly = !isLive(object);
  const chosen = draft.objects ?? within.map(({ object: one }) => one.key);
  const choose = (keys: string[]) => {
    const all = beneath.every(({ object: one }) => keys.includes(one.key));
    setDraft({ ...draft, objects: all ? null : keys });
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!dirty || busy) return;
    refusal.clear();
    setBusy(true);
    try {
      const before = object.values.access ?? {};
      const access: ObjectAccess = { ...before, share_reach: draft };
      const answer = await change({
        verb: "update-object",
        params: { object: object.id, values: { access }, expected: { access: before } },
        title: t("objects.access_of", { name: label(object.values.label) }),
        confirmLabel: t("ui.save"),
      });
      if (typeof answer === "object")
        showTakeBack(t("objects.saved", { name: label(object.values.label) }), answer);
      if (answer !== "cancelled") onDone();
    } catch (error) {
      refusal.take(error);
    } finally {
      setBusy(false);
    }
  };

  if (beneath.length === 0)
    return (
      <EmptyState compact title={t("objects.access_nothing_beneath")}>
        {t("objects.access_nothing_beneath_text")}
      </EmptyState>
    );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem text={refusal.general([])} />
        <section className={classes.section}>
          <h2 className={classes.sectionTitle}>{t("objects.share_reach")}</h2>
          <Text size="sm" c="dimmed" mb="sm">
            {t("objects.share_reach_help", { name: label(object.values.label) })}
          </Text>
          <span className={classes.label}>{t("objects.share_steps")}</span>
          <SegmentedControl
            aria-label={t("objects.share_steps")}
            disabled={readOnly}
            data={Array.from({ length: MOST_STEPS + 1 }, (_, steps) => ({
              value: String(steps),
              label: t(`objects.share_steps_${steps}`),
            }))}
            value={String(draft.steps)}
            onChange={(steps) => setDraft({ ...draft, steps: Number(steps) })}
          />
          {within.length > 0 && (
            <Checkbox.Group
              mt="md"
              label={t("objects.share_objects")}
              value={chosen}
              onChange={choose}
              readOnly={readOnly}
            >
              <Group gap="md" mt={6}>
                {within.map(({ object: one, steps }) => (
                  <Checkbox
                    key={one.key}
                    value={one.key}
                    disabled={readOnly}
                    label={label(one.plural)}
                    description={steps > 1 ? t("objects.share_at_step", { steps }) : undefined}
                  />
                ))}
              </Group>
            </Checkbox.Group>
          )}
        </section>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" disabled={!dirty} onClick={() => setDraft(seen)}>
            {t("objects.reset")}
          </Button>
          <Button type="submit" loading={busy} disabled={!dirty || readOnly}>
            {t("ui.save")}
          </Button>
        </Group>
      </Stack>
      {question}
    </form>
  );
}
