/** The dialog that makes a new record: the quick fields first, all on demand, nothing typed is lost. */
import { Button, Modal } from "@mantine/core";
import { getHotkeyHandler, useDebouncedCallback } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow } from "@/api/types";
import { ApiError } from "@/lib/api";
import { isSubmitted } from "@/lib/held-changes";
import { label } from "@/lib/label";
import { useMe } from "@/lib/me";
import { createRecord, recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { toastMade } from "@/ui/link-toast";
import { forgetLines } from "../field-kinds/sub_table/lines";
import { rememberRecord } from "../lookup/recent-records";
import { titleOf } from "../lookup/use-record-options";
import type { CreateRequest } from "./create-dialog";
import { CreateFoot } from "./create-foot";
import { DiscardQuestion } from "./discard-question";
import { dropDraft, keepDraft, readDraft } from "./drafts";
import { defaultValues } from "./fields";
import classes from "./form.module.css";
import { FormSections } from "./form-sections";
import { formSections, layoutOf, quickSection, RECORD_TYPE } from "./layout";
import { reactedSections } from "./reaction";
import { TypeChoice } from "./type-choice";
import { useFormReaction } from "./use-reaction";
import { useRecordForm, type Values } from "./use-record-form";

const DRAFT_MS = 400;

interface CreateFormProps {
  object: CatalogObject;
  request: CreateRequest;
  /** Is no other dialog over this one? */
  top: boolean;
}

export function CreateForm({ object, request, top }: CreateFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter({ warn: false });
  const { member } = useMe();
  /** A dialog opened with values (from a list, a lookup) is about those; drafts belong to the plain one. */
  const plain = Object.keys(request.values).length === 0;
  const blank = useMemo((): Values => {
    const owner =
      object.features.includes("owner") && member.id ? { id: member.id, title: member.name } : undefined;
    return { ...defaultValues(object), ...(owner && { owner }), ...request.values };
  }, [object, member, request.values]);
  const [draft] = useState(() => (plain ? readDraft(object.key) : null));
  const form = useRecordForm(object.fields, blank, draft ?? {});
  const [restored, setRestored] = useState(draft !== null);
  const [expanded, setExpanded] = useState(false);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const body = useRef<HTMLDivElement>(null);

  const keep = useDebouncedCallback(
    () => plain && form.dirty && keepDraft(object.key, form.changes()),
    DRAFT_MS,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of a value is worth keeping.
  useEffect(() => keep(), [form.values]);

  const layout = layoutOf(object, form.values[RECORD_TYPE]);
  const typed = object.record_types.length > 1;
  const quick = quickSection(object, layout);
  const { reaction, problems } = useFormReaction(object, form, { ...filled(blank), ...form.changes() });
  const sections = reactedSections(
    (expanded ? formSections(object, layout) : [quick]).map((section) =>
      // The type is asked for above all others.
      typed ? { ...section, fields: section.fields.filter(({ key }) => key !== RECORD_TYPE) } : section,
    ),
    reaction,
  );
  const held = reaction?.errors.find(({ code }) => code === "approvals.needed");
  const shown = sections.flatMap((section) => section.fields);

  const save = async (another: boolean) => {
    if (busy) return;
    if (!form.check(shown)) {
      focusFirstProblem(body.current);
      return;
    }
    setBusy(true);
    try {
      const values = { ...filled(blank), ...form.changes() };
      const created = await createRecord(object.key, values);
      forgetLines(client, object, values);
      keep.cancel();
      if (plain) dropDraft(object.key);
      finish(created, another);
    } catch (error) {
      if (isSubmitted(error)) {
        keep.cancel();
        if (plain) dropDraft(object.key);
        return request.settle(null);
      }
      form.refuse(error);
      // A refused field must be on screen.
      if (
        error instanceof ApiError &&
        error.fields.some((problem) => !shown.some(({ key }) => key === problem.field))
      ) {
        setExpanded(true);
      }
      focusFirstProblem(body.current);
    } finally {
      setBusy(false);
    }
  };
  const finish = (created: RecordRow, another: boolean) => {
    const title = titleOf(object, created);
    rememberRecord(object.key, { id: created.id, title });
    void client.invalidateQueries({ queryKey: recordKeys.of(object.key) });
    const params = { ws: currentWorkspace(), object: object.key, id: created.id };
    const href = `/w/${encodeURIComponent(params.ws)}/o/${params.object}/${params.id}`;
    toastMade(t("form.created", { name: label(object.label), title }), href, () => {
      void router?.navigate({ to: "/w/$ws/o/$object/$id", params });
    });
    if (!another) return request.settle(created);
    form.restart(blank);
    setRestored(false);
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>("input, textarea")?.focus());
  };
  const close = () => (form.dirty ? setAsking(true) : request.settle(null));
  const leave = (drop: boolean) => {
    keep.cancel();
    if (drop) dropDraft(object.key);
    else keepDraft(object.key, form.changes());
    request.settle(null);
  };
  const keys = getHotkeyHandler([
    ["mod+Enter", () => save(false)],
    ["mod+S", () => save(false)],
    ["mod+alt+Enter", () => save(plain)],
  ]);

  return (
    <Modal
      opened
      onClose={close}
      title={t("form.new", { name: label(object.label) })}
      size={expanded ? 860 : 640}
      closeOnClickOutside={!form.dirty}
      closeOnEscape={top && !asking}
      closeButtonProps={{ "aria-label": t("form.close") }}
      centered={false}
      yOffset="6vh"
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens to shortcuts typed in the fields. */}
      <div ref={body} data-create={object.key} onKeyDown={keys}>
        {restored && (
          <div className={classes.notice}>
            <span>{t("form.draft_restored")}</span>
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => {
                dropDraft(object.key);
                form.restart(blank);
                setRestored(false);
              }}
            >
              {t("form.draft_clear")}
            </Button>
          </div>
        )}
        {held && (
          <p className={classes.notice} role="status">
            {held.message}
          </p>
        )}
        {form.general && (
          <p className={classes.refusal} role="alert">
            {form.general}
          </p>
        )}
        {typed && (
          <TypeChoice
            object={object}
            value={form.values[RECORD_TYPE]}
            onChange={(type) => form.set(RECORD_TYPE, type)}
          />
        )}
        <FormSections
          object={object.key}
          form={form}
          sections={sections}
          reaction={reaction}
          problems={problems}
          autoFocus
        />
        <CreateFoot
          busy={busy}
          expanded={expanded}
          onExpand={() => setExpanded(!expanded)}
          onSave={save}
          more={object.fields.length > quick.fields.length}
          another={plain && !held}
          submits={held !== undefined}
        />
      </div>
      {asking && <DiscardQuestion keepable={plain} onStay={() => setAsking(false)} onLeave={leave} />}
    </Modal>
  );
}

function filled(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** After the problems are drawn. */
function focusFirstProblem(body: HTMLElement | null): void {
  requestAnimationFrame(() => body?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
