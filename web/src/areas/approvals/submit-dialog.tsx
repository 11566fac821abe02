/** "Submit for approval": what was to be changed, the way it would take, and a word to those who decide. */
import { Button, Group, Modal } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import type { HeldChange } from "@/lib/held-changes";
import { newKey } from "@/lib/new-key";
import { getRecord, recordKeys } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { currentWorkspace } from "@/lib/workspace";
import { FormProblem } from "@/ui/form-problem";
import { toastMade } from "@/ui/link-toast";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./approvals.module.css";
import { changedTexts } from "./changed-texts";
import { OptionalComment } from "./optional-comment";
import { refreshApprovals, rehearsalQuery, submitChange } from "./requests";
import { type Chosen, placeOf, WayAhead } from "./way-ahead";

export function SubmitDialog({ change }: { change: HeldChange }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter({ warn: false });
  const rehearsal = useQuery(rehearsalQuery(change));
  const [comment, setComment] = useState("");
  const [key] = useState(newKey);
  const [chosen, setChosen] = useState<Chosen>({});
  const { busy, problem, fields, submit } = useSubmit();
  const places = (rehearsal.data?.steps ?? []).filter(({ choose }) => choose).map(placeOf);
  const ids = Object.fromEntries(places.map((place) => [place, (chosen[place] ?? []).map(({ id }) => id)]));
  const ready = rehearsal.isSuccess && places.every((place) => ids[place]?.length);
  const send = async () => {
    let approval = "";
    const done = await submit(async () => {
      approval = await submitChange(change, { comment, key, chosen: ids });
    });
    if (!done) return;
    const params = { ws: currentWorkspace(), id: approval };
    const href = `/w/${encodeURIComponent(params.ws)}/approvals/${approval}`;
    toastMade(t("approvals.submitted", { name: change.name }), href, () => {
      void router?.navigate({ to: "/w/$ws/approvals/$id", params });
    });
    void refreshApprovals(client);
    change.settle(true);
  };
  return (
    <Modal opened onClose={() => change.settle(false)} title={t("approvals.submit")} size={520} zIndex={300}>
      <p className={classes.lead}>
        {t(change.op === "export" ? "approvals.export_text" : "approvals.needed_text", { name: change.name })}
      </p>
      {change.op === "export" ? null : change.op === "delete" ? (
        <p className={classes.lead}>{t("approvals.delete_held")}</p>
      ) : (
        <ChangedValues change={change} />
      )}
      <h3 className={classes.small}>{t("approvals.way")}</h3>
      {rehearsal.isError ? (
        <ErrorState compact error={rehearsal.error} onRetry={() => rehearsal.refetch()} />
      ) : rehearsal.data ? (
        <WayAhead
          rehearsal={rehearsal.data}
          chosen={chosen}
          onChoose={(place, people) => setChosen((before) => ({ ...before, [place]: people }))}
        />
      ) : (
        <RowsSkeleton rows={2} />
      )}
      <OptionalComment value={comment} onChange={setComment} />
      <FormProblem text={problem ?? Object.values(fields)[0] ?? null} />
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={() => change.settle(false)}>
          {t("approvals.give_up")}
        </Button>
        <Button loading={busy} disabled={!ready} onClick={send}>
          {t("approvals.submit")}
        </Button>
      </Group>
    </Modal>
  );
}

/** The values as they would be; of a change those alone that differ from what the record holds, which is told too. */
function ChangedValues({ change }: { change: HeldChange }) {
  const object = useObject(change.object);
  const record = change.op === "update" ? change.record : null;
  const row = useQuery({
    queryKey: recordKeys.record(change.object, record ?? ""),
    queryFn: ({ signal }) => getRecord(change.object, record ?? "", undefined, signal),
    enabled: record !== null,
    retry: false,
  }).data;
  if (!object) return null;
  return (
    <dl className={classes.values}>
      {changedTexts(object, change.values, row).map(({ key, name, before, after }) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>{before === null ? after || "—" : `${before || "—"} → ${after || "—"}`}</dd>
        </div>
      ))}
    </dl>
  );
}
