/** Writes down what happened or is planned, without leaving the record: one tab per kind of activity. */
import { Button, SegmentedControl } from "@mantine/core";
import { getHotkeyHandler } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow } from "@/api/types";
import { label } from "@/lib/label";
import { useMe } from "@/lib/me";
import { createRecord, recordKeys } from "@/lib/records";
import { can } from "@/lib/rights";
import { toastSuccess } from "@/ui/toast";
import { closesOwnDropdown } from "../field-kinds/parts/use-editor";
import { defaultValues, isEditable, quickFields } from "../form/fields";
import formClasses from "../form/form.module.css";
import { FormSections } from "../form/form-sections";
import { reactedSections } from "../form/reaction";
import { useFormReaction } from "../form/use-reaction";
import { useRecordForm } from "../form/use-record-form";
import { titleOf } from "../lookup/use-record-options";
import { useUnsavedGuard } from "../page/use-unsaved-guard";
import { aboutField } from "./activity-objects";
import { composerTools, withText, wordyField } from "./composer-tools";
import classes from "./timeline.module.css";

interface ComposerProps {
  object: CatalogObject;
  record: RecordRow;
  activities: CatalogObject[];
}

export function Composer({ object, record, activities }: ComposerProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const offered = activities.filter((activity) => can(activity, "create") && isWrittenByPeople(activity));
  const [chosen, setChosen] = useState<string | null>(null);
  const activity = offered.find(({ key }) => key === chosen) ?? offered[0];
  if (!activity) return null;
  if (!opened) {
    return (
      <div className={classes.composerClosed}>
        {offered.map((one) => (
          <Button
            key={one.key}
            size="compact-sm"
            leftSection={<Plus size={14} />}
            variant={one === offered[0] ? "light" : "default"}
            onClick={() => {
              setChosen(one.key);
              setOpened(true);
            }}
          >
            {label(one.label)}
          </Button>
        ))}
      </div>
    );
  }
  return (
    <div className={classes.composer}>
      <SegmentedControl
        size="xs"
        aria-label={t("timeline.kind")}
        data={offered.map((one) => ({ value: one.key, label: label(one.label) }))}
        value={activity.key}
        onChange={setChosen}
      />
      <ActivityForm
        key={activity.key}
        activity={activity}
        object={object}
        record={record}
        onClose={() => setOpened(false)}
      />
    </div>
  );
}

interface ActivityFormProps {
  activity: CatalogObject;
  object: CatalogObject;
  record: RecordRow;
  onClose(): void;
}

function ActivityForm({ activity, object, record, onClose }: ActivityFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { member } = useMe();
  const about = aboutField(activity, object.key);
  const blank = useMemo(() => {
    const owner = member.id ? { owner: { id: member.id, title: member.name } } : {};
    return { ...defaultValues(activity), ...(activity.features.includes("owner") ? owner : {}) };
  }, [activity, member]);
  const form = useRecordForm(activity.fields, blank);
  const [busy, setBusy] = useState(false);
  const reference = useMemo(
    () => ({ object: object.key, id: record.id, title: titleOf(object, record) }),
    [object, record],
  );
  const { reaction, problems } = useFormReaction(activity, form, {
    ...blank,
    ...form.changes(),
    ...(about && { [about.key]: reference }),
  });
  const [inserted, setInserted] = useState<string | null>(null);
  const asked = quickFields(activity).filter((field) => field !== about);
  const text = wordyField(asked, activity);
  const quick = text && inserted === text.key && !asked.includes(text) ? [...asked, text] : asked;
  const sections = reactedSections([{ label: null, fields: quick }], reaction);
  const fields = sections.flatMap((section) => section.fields);
  useUnsavedGuard(form.dirty && !busy);

  const save = async () => {
    if (busy || !about || !form.check(fields)) return;
    setBusy(true);
    try {
      await createRecord(activity.key, { ...blank, ...form.changes(), [about.key]: reference });
      toastSuccess(t("timeline.written", { name: label(activity.label) }));
      form.restart(blank);
      onClose();
      await Promise.all([
        client.invalidateQueries({ queryKey: recordKeys.timeline(object.key, record.id) }),
        client.invalidateQueries({ queryKey: recordKeys.of(activity.key) }),
      ]);
    } catch (error) {
      form.refuse(error);
    } finally {
      setBusy(false);
    }
  };
  const insert = (words: string) => {
    if (!text) return;
    setInserted(text.key);
    form.set(text.key, withText(text, form.values[text.key], words));
  };
  const keys = getHotkeyHandler([
    ["mod+Enter", save],
    ["Escape", (event) => !form.dirty && !closesOwnDropdown(event.target) && onClose()],
  ]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to shortcuts typed in the fields.
    <div onKeyDown={keys} data-composer={activity.key}>
      {form.general && (
        <p className={formClasses.refusal} role="alert">
          {form.general}
        </p>
      )}
      <FormSections
        object={activity.key}
        form={form}
        sections={sections}
        reaction={reaction}
        problems={problems}
        autoFocus
      />
      <div className={classes.composerFoot}>
        {text && (
          <span className={classes.composerTools}>
            <Suspense>
              {composerTools().map((Tool, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the areas' tools come in a fixed order.
                <Tool key={index} object={object} record={record} activity={activity} insert={insert} />
              ))}
            </Suspense>
          </span>
        )}
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t("timeline.cancel")}
        </Button>
        <Button onClick={save} loading={busy} title="Ctrl Enter">
          {t("timeline.save")}
        </Button>
      </div>
    </div>
  );
}

/** Not what the product alone writes down, such as moves between pools. */
function isWrittenByPeople(activity: CatalogObject): boolean {
  return activity.fields.some((field) => field.key !== "owner" && isEditable(field));
}
