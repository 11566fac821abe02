/** The draft of a flow: changed here, kept by a button, and put into force by publishing it. */
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { FlaskConical, Rocket, Save } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowVersion } from "@/api/types";
import { ApiError } from "@/lib/api";
import { useCatalog } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import { recordKeys, updateRecord } from "@/lib/records";
import { useSystemRight } from "@/lib/rights";
import { useLeaving } from "@/records/form/use-leaving";
import { Chip } from "@/ui/chip";
import { lazily } from "@/ui/lazily";
import { Page, PageHeader } from "@/ui/page";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./automation.module.css";
import type { TryDialogProps } from "./backtest/try-dialog";
import type { FlowCanvasProps } from "./canvas/flow-canvas";
import { CanvasOrList } from "./canvas-or-list";
import { Designer } from "./designer";
import { StateChip, StateSwitch } from "./flow-state";
import { canonical, type Palette, readDefinition, saysTheSame } from "./model";
import { PublishDialog } from "./publish-dialog";
import { type Flow, publishFlow, versionsKey } from "./requests";
import { RunSettings } from "./run-settings";
import { useCheck } from "./use-check";
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

export interface Draft {
  name: string;
  description: string | null;
  run_as: string;
  own_effects: boolean;
  definition: ReturnType<typeof readDefinition>;
}

const meanwhile = (message: string) => new ApiError({ status: 409, code: "meanwhile", message });

function draftOf(flow: Flow): Draft {
  const { name, description, run_as, own_effects, definition } = flow;
  return {
    name,
    description,
    run_as,
    own_effects: Boolean(own_effects),
    definition: readDefinition(definition),
  };
}

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
  const [begun, setBegun] = useState(() => draftOf(flow));
  const [draft, setDraft] = useState(begun);
  const [busy, setBusy] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const [trying, setTrying] = useState(false);
  const [listed, setListed] = useState(false);
  // A rule has one page; on a narrow screen the list is the better way.
  const drawn = flow.kind !== "rule" && !phone;
  const unsaved = canonical(draft) !== canonical(begun);
  const { question } = useLeaving(unsaved && !busy, true);
  const problems = useCheck(draft.definition);
  const titles = useTitles(draft.definition);
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const published = versions.find(({ number }) => number === flow.number);
  const ahead =
    published !== undefined &&
    (published.run_as !== draft.run_as ||
      !saysTheSame(readDefinition(published.definition), draft.definition));

  const keep = async () => {
    if (!unsaved) return;
    const changed = Object.fromEntries(
      Object.entries(draft).filter(
        ([name, value]) => canonical(value) !== canonical(begun[name as keyof Draft]),
      ),
    );
    if (canonical(draftOf(flow)) !== canonical(begun)) throw meanwhile(t("automation.meanwhile"));
    await updateRecord("flow", flow.id, changed, flow.rev);
    setBegun(draft);
    await client.invalidateQueries({ queryKey: recordKeys.of("flow") });
  };
  const save = async () => {
    setBusy(true);
    try {
      await keep();
      toastSuccess(t("automation.saved"));
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  const publish = async (note: string | null) => {
    await keep();
    const { result } = await publishFlow(flow.id, note);
    await Promise.all([
      client.invalidateQueries({ queryKey: recordKeys.of("flow") }),
      client.invalidateQueries({ queryKey: versionsKey(flow.id) }),
    ]);
    toastSuccess(t("automation.published", { number: result.version }));
  };
  const sentence = sentenceOf(draft.definition, { catalog, language: currentLanguage(), t, palette, titles });
  const state = (
    <>
      <StateChip state={flow.state} />{" "}
      {flow.number !== null && <span>{t("automation.version_number", { number: flow.number })}</span>}{" "}
      {(unsaved || ahead) && (
        <Chip hue="amber">{t(unsaved ? "automation.unsaved" : "automation.ahead")}</Chip>
      )}
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
