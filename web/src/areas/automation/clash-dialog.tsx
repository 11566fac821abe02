/** Somebody else stored the same flow meanwhile: what both changed, and what may become of it. Nothing is lost. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { findField, useCatalog, useObject } from "@/lib/catalog";
import { formatDateTime } from "@/lib/format";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { useSubmit } from "@/lib/use-submit";
import { Chip } from "@/ui/chip";
import { FormProblem } from "@/ui/form-problem";
import own from "./canvas/canvas.module.css";
import { differences } from "./canvas/compare";
import { changedParts, type Draft, type DraftPart } from "./draft";
import type { Palette } from "./model";
import type { Flow } from "./requests";
import type { Clash } from "./use-draft";
import { useTitles } from "./use-titles";

const HUES = { added: "green", removed: "red", changed: "amber" } as const;

export interface ClashDialogProps {
  flow: Flow;
  clash: Clash;
  mine: Draft;
  palette: Palette;
  onTheirs(): void;
  onCopy(): Promise<void>;
  onOverwrite(): Promise<void>;
  onClose(): void;
}

export function ClashDialog(props: ClashDialogProps) {
  const { flow, clash, mine, palette, onTheirs, onCopy, onOverwrite, onClose } = props;
  const { t } = useTranslation();
  const { busy, problem, submit } = useSubmit();
  const who = flow.updated_by?.title ?? t("automation.clash_somebody");
  const after = (deed: () => Promise<void>) => async () => {
    if (await submit(deed)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("automation.clash_title")}
      size={640}
      closeOnClickOutside={false}
    >
      <Stack gap="sm">
        <FormProblem text={problem} />
        <Text size="sm">
          {t("automation.clash_text", { name: who, time: formatDateTime(flow.updated_at) })}
        </Text>
        <Changes
          title={t("automation.clash_theirs", { name: who })}
          before={clash.seen}
          after={clash.theirs.draft}
          palette={palette}
        />
        <Changes title={t("automation.clash_mine")} before={clash.seen} after={mine} palette={palette} />
        <Text size="sm" c="dimmed">
          {t("automation.clash_help")}
        </Text>
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="subtle" onClick={onClose}>
            {t("automation.clash_later")}
          </Button>
          <Button
            variant="default"
            disabled={busy}
            onClick={() => {
              onTheirs();
              onClose();
            }}
          >
            {t("automation.clash_take_theirs")}
          </Button>
          <Button variant="default" loading={busy} onClick={after(onCopy)}>
            {t("automation.clash_copy")}
          </Button>
          <Button color="red" loading={busy} onClick={after(onOverwrite)}>
            {t("automation.clash_overwrite")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface ChangesProps {
  title: string;
  before: Draft;
  after: Draft;
  palette: Palette;
}

function Changes({ title, before, after, palette }: ChangesProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const object = useObject("flow");
  const titles = useTitles(after.definition);
  const parts = changedParts(before, after);
  const kinds = new Map(palette.steps.map((kind) => [kind.key, kind]));
  const telling = { catalog, language: currentLanguage(), t, palette, titles };
  const steps = parts.includes("definition")
    ? differences(before.definition, after.definition, kinds, telling)
    : [];
  const field = (part: DraftPart) => object && findField(object, part);
  const inWords = (part: DraftPart, value: unknown) => {
    if (value === null || value === "") return t("automation.empty_value");
    if (typeof value === "boolean") return t(value ? "automation.is_on" : "automation.is_off");
    const option = field(part)?.settings.options?.find(({ key }) => key === value);
    return label(option?.label) || String(value);
  };
  return (
    <section>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <ul className={own.changes}>
        {parts
          .filter((part) => part !== "definition")
          .map((part) => (
            <li key={part}>
              <Chip hue={HUES.changed}>{t("automation.compare_changed")}</Chip>
              <strong>{label(field(part)?.label) || part}</strong>
              <span className={own.changed}>
                {inWords(part, before[part])} → {inWords(part, after[part])}
              </span>
            </li>
          ))}
        {steps.map(({ id, sort, name, says }) => (
          <li key={id}>
            <Chip hue={HUES[sort]}>{t(`automation.compare_${sort}`)}</Chip>
            <strong>{name}</strong>
            {says.map((sentence) => (
              <span key={sentence} className={own.changed}>
                {sentence}
              </span>
            ))}
          </li>
        ))}
        {parts.includes("definition") && steps.length === 0 && <li>{t("automation.clash_places")}</li>}
      </ul>
    </section>
  );
}
