/** The draft of a flow: changed here, kept by a button, and put into force by publishing it. */
import { Alert, Button, Group } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { FlaskConical, Rocket, Save, UsersRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowVersion } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import { recordKeys } from "@/lib/records";
import { useSystemRight } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { useLeaving } from "@/records/form/use-leaving";
import { Chip } from "@/ui/chip";
import { lazily } from "@/ui/lazily";
import { toastMade } from "@/ui/link-toast";
import { Page, PageHeader } from "@/ui/page";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./automation.module.css";
import type { TryDialogProps } from "./backtest/try-dialog";
import type { FlowCanvasProps } from "./canvas/flow-canvas";
import { CanvasOrList } from "./canvas-or-list";
import type { ClashDialogProps } from "./clash-dialog";
import { Designer } from "./designer";
import type { Draft } from "./draft";
import { StateChip, StateSwitch } from "./flow-state";
import { type Palette, readDefinition, saysTheSame } from "./model";
import { openInList, ProblemList } from "./problem-list";
import { PublishDialog } from "./publish-dialog";
import { type Flow, publishFlow, versionsKey } from "./requests";
import { RunSettings } from "./run-settings";
import { useCheck } from "./use-check";
import { DraftClash, useDraft } from "./use-draft";
import { useTitles } from "./use-titles";
import { sentenceOf } from "./words";

const TryDialog = lazily<TryDialogProps>(
  async () => ({ default: (await import("./backtest/try-dialog")).TryDialog }),
  0,
);
const FlowCanvas = lazily<FlowCanvasProps>(
  async () => ({ default: (await import("./canvas/flow-canvas")).FlowCanvas }),
  480,
);

const ClashDialog = lazily<ClashDialogProps>(
  async () => ({ default: (await import("./clash-dialog")).ClashDialog }),
  0,
);

const LONGEST_NAME = 100;

export interface FlowEditorProps {
  flow: Flow;
  palette: Palette;
  versions: readonly FlowVersion[];
  trail: ReactNode;
  /** The tabs of the page, given how the flow is made, and the draft. */
  tabs(design: ReactNode, definition: Draft["definition"]): ReactNode;
}

export function FlowEditor({ flow, palette, versions, trail, tabs }: FlowEditorProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const client = useQueryClient();
  const phone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const may = useSystemRight("automation");
  const { draft, set, clash, unsaved, keep, takeTheirs, overwrite, keepAsCopy } = useDraft(flow);
  const [busy, setBusy] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const [trying, setTrying] = useState(false);
  const [listed, setListed] = useState(false);
  const [asked, setAsked] = useState<FlowCanvasProps["asked"]>(null);
  const [settling, setSettling] = useState(false);
  const router = useRouter({ warn: false });
  // A rule has one page; on a narrow screen the list is the better way.
  const drawn = flow.kind !== "rule" && !phone;
  const { question } = useLeaving(unsaved && !busy, true);
  const problems = useCheck(draft.definition);
  const titles = useTitles(draft.definition);
  const published = versions.find(({ number }) => number === flow.number);
  const ahead =
    published !== undefined &&
    (published.run_as !== draft.run_as ||
      !saysTheSame(readDefinition(published.definition), draft.definition));

  const save = async () => {
    setBusy(true);
    try {
      await keep();
      toastSuccess(t("automation.saved"));
    } catch (error) {
      if (error instanceof DraftClash) setSettling(true);
      else toastError(error);
    } finally {
      setBusy(false);
    }
  };
  const publish = async (note: string | null) => {
    try {
      const rev = await keep();
      const { result } = await publishFlow(flow.id, rev, note);
      toastSuccess(t("automation.published", { number: result.version }));
    } catch (error) {
      if (!(error instanceof DraftClash)) {
        // What somebody else has stored since is looked at before it is published.
        void client.invalidateQueries({ queryKey: recordKeys.of("flow") });
        throw error;
      }
      setSettling(true);
    }
    await Promise.all([
      client.invalidateQueries({ queryKey: recordKeys.of("flow") }),
      client.invalidateQueries({ queryKey: versionsKey(flow.id) }),
    ]);
  };
  const copy = async () => {
    const name = t("automation.clash_copy_name", { name: draft.name }).slice(0, LONGEST_NAME);
    const params = { ws: currentWorkspace(), id: await keepAsCopy(name) };
    const href = `/w/${encodeURIComponent(params.ws)}/settings/automation/${params.id}`;
    toastMade(t("automation.clash_copied", { name }), href, () => {
      void router?.navigate({ to: "/w/$ws/settings/automation/$id", params });
    });
  };
  const sentence = sentenceOf(draft.definition, { catalog, language: currentLanguage(), t, palette, titles });
  const open = (id: string) =>
    drawn && !listed ? setAsked((last) => ({ id, turn: (last?.turn ?? 0) + 1 })) : openInList(id);
  const state = (
    <>
      <StateChip state={flow.state} />{" "}
      {flow.number !== null && <span>{t("automation.version_number", { number: flow.number })}</span>}{" "}
      {(unsaved || ahead) && (
        <Chip hue="amber">{t(unsaved ? "automation.unsaved" : "automation.ahead")}</Chip>
      )}{" "}
      <ProblemList problems={problems} onOpen={open} />
    </>
  );
  const actions = may && (
    <>
      {flow.number !== null && <StateSwitch flow={flow} named={!phone} />}
      <Button
        variant="default"
        size={phone ? "xs" : "sm"}
        leftSection={phone ? undefined : <FlaskConical size={15} />}
        disabled={problems.count > 0}
        onClick={() => setTrying(true)}
      >
        {t("automation.try")}
      </Button>
      <Button
        variant="default"
        size={phone ? "xs" : "sm"}
        leftSection={phone ? undefined : <Save size={15} />}
        loading={busy}
        disabled={!unsaved}
        onClick={save}
      >
        {t("automation.save")}
      </Button>
      <Button
        size={phone ? "xs" : "sm"}
        leftSection={phone ? undefined : <Rocket size={15} />}
        disabled={problems.count > 0 || (!unsaved && !ahead && flow.number !== null)}
        title={problems.count > 0 ? t("automation.problems", { count: problems.count }) : undefined}
        onClick={() => setPublishing(true)}
      >
        {t("automation.publish")}
      </Button>
    </>
  );
  return (
    <Page
      header={
        <PageHeader
          trail={trail}
          title={draft.name}
          meta={phone ? undefined : state}
          actions={phone ? undefined : actions}
        >
          {phone && (
            <div className={classes.second}>
              {state}
              <span className={classes.space} />
              <span className={classes.acts}>{actions}</span>
            </div>
          )}
        </PageHeader>
      }
    >
      {clash && !busy && (
        <Alert color="yellow" variant="light" mb="md" icon={<UsersRound size={16} />}>
          <Group justify="space-between" gap="sm">
            <span>
              {t("automation.clash_banner", {
                name: flow.updated_by?.title ?? t("automation.clash_somebody"),
              })}
            </span>
            <Button size="xs" variant="default" onClick={() => setSettling(true)}>
              {t("automation.clash_look")}
            </Button>
          </Group>
        </Alert>
      )}
      {tabs(
        <>
          {drawn && (
            <CanvasOrList
              name={t("automation.design_as")}
              list={t("automation.design_list")}
              listed={listed}
              onList={setListed}
            />
          )}
          {drawn && !listed ? (
            <FlowCanvas
              definition={draft.definition}
              palette={palette}
              problems={problems}
              title={draft.name}
              tree={flow.kind === "approval"}
              asked={asked}
              onChange={(definition) => set({ definition })}
            />
          ) : (
            <Designer
              definition={draft.definition}
              palette={palette}
              problems={problems}
              rule={flow.kind === "rule"}
              onChange={(definition) => set({ definition })}
            />
          )}
          <RunSettings draft={draft} onChange={set} />
        </>,
        draft.definition,
      )}
      {trying && (
        <TryDialog
          flow={flow.id}
          definition={draft.definition}
          palette={palette}
          onClose={() => setTrying(false)}
        />
      )}
      {settling && clash && (
        <ClashDialog
          flow={flow}
          clash={clash}
          mine={draft}
          palette={palette}
          onTheirs={takeTheirs}
          onCopy={copy}
          onOverwrite={overwrite}
          onClose={() => setSettling(false)}
        />
      )}
      {publishing && (
        <PublishDialog
          sentence={sentence}
          version={(versions[0]?.number ?? 0) + 1}
          onPublish={publish}
          onClose={() => setPublishing(false)}
        />
      )}
      {question}
    </Page>
  );
}
