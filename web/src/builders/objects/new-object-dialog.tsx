/** A new object: from scratch or from a template, named in both languages, with a face and what it can do. */
import { Button, Checkbox, Group, Modal, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DesignedObjects, Hue, Label } from "@/api/types";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { currentWorkspace } from "@/lib/workspace";
import { hueStyle } from "@/ui/chip";
import { FormProblem } from "@/ui/form-problem";
import { IconByName } from "@/ui/icon-by-name";
import { toastSuccess } from "@/ui/toast";
import { ColorPicker } from "./color-picker";
import { FeatureChoice } from "./feature-choice";
import { GroupSelect } from "./group-select";
import { IconPicker } from "./icon-picker";
import { LabelInputs } from "./label-inputs";
import { bothLanguages } from "./model";
import classes from "./objects.module.css";
import { pluralOf } from "./plural";
import { type ObjectTemplate, templatesQuery, useMake } from "./requests";
import { byLanguage, LABELS, useRefusal } from "./use-refusal";

const USUAL = ["owner", "timeline", "activities", "import", "export"];

export function NewObjectDialog({
  known,
  onClose,
}: {
  known: Pick<DesignedObjects, "features">;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const make = useMake();
  const templates = useQuery(templatesQuery()).data ?? [];
  const refusal = useRefusal();
  const [busy, setBusy] = useState(false);
  const [template, setTemplate] = useState<ObjectTemplate | null>(null);
  const [words, setWords] = useState<Partial<Label>>({});
  /** As somebody typed it; null while the form knows better. */
  const [typedPlural, setPlural] = useState<string | null>(null);
  const plural = typedPlural ?? pluralOf(words.en ?? "");
  const [icon, setIcon] = useState("box");
  const [color, setColor] = useState<Hue>("blue");
  const [group, setGroup] = useState("customers");
  const [features, setFeatures] = useState(USUAL);
  const [key, setKey] = useState("");

  const begin = (chosen: ObjectTemplate | null) => {
    setTemplate(chosen);
    setWords(chosen ? chosen.label : {});
    setPlural(null);
    setIcon(chosen?.icon ?? "box");
    setColor((chosen?.color ?? "blue") as Hue);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const name = bothLanguages(words);
    refusal.clear();
    if (!name.en) {
      refusal.say(`label.${currentLanguage()}`, t("objects.name_missing"));
      return;
    }
    setBusy(true);
    const isRenamed = !template || template.label.en !== name.en || template.label["zh-CN"] !== name["zh-CN"];
    // A template knows what its object can do.
    const values = template ? { icon, color, group } : { icon, color, group, features };
    try {
      const outcome = await make("create-object", {
        // Under its own name a template's object has its own plural too.
        label: isRenamed ? name : null,
        key: key.trim() || null,
        values:
          isRenamed || typedPlural !== null
            ? { ...values, plural: { "zh-CN": name["zh-CN"], en: plural.trim() || name.en } }
            : values,
        template: template?.key ?? null,
      });
      toastSuccess(t("objects.created", { name: label(name) }));
      const [made = ""] = outcome.objects;
      await navigate({
        to: "/w/$ws/settings/objects/$key",
        params: { ws: currentWorkspace(), key: made },
      });
      onClose();
    } catch (error) {
      refusal.take(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("objects.new")} size={720}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {templates.length > 0 && (
            <div>
              <span className={classes.label}>{t("objects.begin_with")}</span>
              <div className={classes.templates}>
                <Template
                  icon="box"
                  color="slate"
                  name={t("objects.from_scratch")}
                  help={t("objects.from_scratch_help")}
                  chosen={template === null}
                  onChoose={() => begin(null)}
                />
                {templates.map((one) => (
                  <Template
                    key={one.key}
                    icon={one.icon}
                    color={one.color as Hue}
                    name={label(one.label)}
                    help={label(one.help) || t("objects.count_fields", { count: one.fields.length })}
                    chosen={template?.key === one.key}
                    onChoose={() => begin(one)}
                  />
                ))}
              </div>
            </div>
          )}
          <FormProblem text={refusal.general([...LABELS, "key", "plural.en"])} />
          <LabelInputs
            name={t("objects.name")}
            value={words}
            onChange={setWords}
            problems={byLanguage(refusal.problems, "label")}
            required
            autoFocus
          />
          {words.en?.trim() && (
            <TextInput
              label={t("objects.english_plural")}
              description={t("objects.english_plural_help")}
              maxLength={60}
              value={plural}
              error={refusal.problems["plural.en"]}
              onChange={(event) => setPlural(event.currentTarget.value)}
            />
          )}
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            <div>
              <span className={classes.label}>{t("objects.icon_and_color")}</span>
              <Stack gap={8}>
                <IconPicker value={icon} hue={color} onChange={setIcon} />
                <ColorPicker value={color} name={t("objects.color")} onChange={setColor} />
              </Stack>
            </div>
            <Stack gap="sm">
              <GroupSelect value={group} onChange={setGroup} />
              <TextInput
                label={t("objects.key")}
                description={t("objects.key_help")}
                placeholder={t("objects.key_made")}
                value={key}
                error={refusal.problems.key}
                onChange={(event) => setKey(event.currentTarget.value)}
              />
            </Stack>
          </SimpleGrid>
          {!template && (
            <Checkbox.Group label={t("objects.features")} value={features} onChange={setFeatures}>
              {/* A board needs a field for its columns, which comes later. */}
              <FeatureChoice features={known.features.filter((feature) => feature !== "board")} />
            </Checkbox.Group>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("objects.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Template({
  icon,
  color,
  name,
  help,
  chosen,
  onChoose,
}: {
  icon: string;
  color: Hue;
  name: string;
  help: string;
  chosen: boolean;
  onChoose(): void;
}) {
  return (
    <button type="button" className={classes.card} aria-pressed={chosen} onClick={onChoose}>
      <span className={classes.icon} style={hueStyle(color)}>
        <IconByName name={icon} />
      </span>
      <span className={classes.cardText}>
        <span className={classes.cardName}>{name}</span>
        <span className={classes.cardHelp}>{help}</span>
      </span>
    </button>
  );
}
