/** The way of a run: each step with its time, what came of it and what it tells; and the places where the run stands. */
import { Button, Group, Menu } from "@mantine/core";
import { Braces, RotateCcw, SkipForward } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FlowRunDetails, RunStep, RunToken } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { formatDateTime } from "@/lib/format";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { RecordLink } from "@/records/lookup/record-link";
import { Chip, hueStyle } from "@/ui/chip";
import classes from "./automation.module.css";
import { type Definition, type FlowNode, OUT, type Palette, portsOf, type StepKind } from "./model";
import { PartIcon } from "./part-icon";
import { portName } from "./port-name";
import { OUTCOME_HUES, timeOf, waitsInWords } from "./run-words";
import { StepData } from "./step-data";
import type { useMend } from "./use-mend";
import { settingsInWords } from "./words";

export interface RunPathProps {
  run: FlowRunDetails;
  definition: Definition;
  palette: Palette;
  /** Null for those who may only look. */
  mend: ReturnType<typeof useMend> | null;
  /** Puts the data right with which a failed step goes on; null where it is not told. */
  onEdit: ((token: number) => void) | null;
}

export function RunPath({ run, definition, palette, mend, onEdit }: RunPathProps) {
  const { t } = useTranslation();
  const nodes = new Map(definition.nodes.map((node) => [node.id, node]));
  const kindOf = (node: FlowNode | undefined) => palette.steps.find(({ key }) => key === node?.kind);
  return (
    <>
      <h2 className={classes.heading}>{t("automation.path")}</h2>
      {run.record_of_steps.length === 0 && <p className={classes.quiet}>{t("automation.no_steps_yet")}</p>}
      <ol className={classes.path}>
        {run.record_of_steps.map((step) => (
          <OneStep
            key={step.number}
            step={step}
            node={nodes.get(step.node)}
            kind={kindOf(nodes.get(step.node))}
            definition={definition}
            palette={palette}
          />
        ))}
      </ol>
      {run.tokens.length > 0 && (
        <>
          <h2 className={classes.heading}>{t("automation.stands_at")}</h2>
          <ul className={classes.path}>
            {run.tokens.map((token) => (
              <Standing
                key={token.id}
                token={token}
                run={run.id}
                node={nodes.get(token.node)}
                kind={kindOf(nodes.get(token.node))}
                mend={mend}
                onEdit={onEdit}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const nameOf = (node: FlowNode | undefined, kind: StepKind | undefined, id: string) =>
  label(node?.label) || label(kind?.label) || node?.kind || id;

export function OneStep({
  step,
  node,
  kind,
  definition,
  palette,
}: {
  step: RunStep;
  node: FlowNode | undefined;
  kind: StepKind | undefined;
  definition: Definition;
  palette: Palette;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const object = findObject(catalog, definition.object ?? "");
  const hue = OUTCOME_HUES[step.outcome] ?? "slate";
  const told =
    node && kind
      ? settingsInWords(kind, node.settings, object, { catalog, language: currentLanguage(), t, palette })
      : "";
  const several = node && kind && portsOf(node, kind).length > 1;
  const { object: made, record, until, unseen, ...rest } = step.note as Record<string, unknown>;
  return (
    <li className={classes.step}>
      <span className={classes.sign} style={hueStyle(hue)}>
        <PartIcon name={kind?.icon ?? "box"} />
      </span>
      <div className={classes.stepBody}>
        <div className={classes.stepHead}>
          <strong>{nameOf(node, kind, step.node)}</strong>
          <Chip hue={hue}>{t(`automation.outcome_${step.outcome}`, { defaultValue: step.outcome })}</Chip>
          {several && step.port && (
            <span className={classes.quiet}>→ {portName(node, step.port, kind, t)}</span>
          )}
          <time className={classes.quiet} dateTime={step.at} title={step.at}>
            {timeOf(step.at)}
          </time>
        </div>
        {told && <div className={classes.quiet}>{told}</div>}
        {typeof until === "string" && (
          <div className={classes.quiet}>{t("automation.token_until", { time: formatDateTime(until) })}</div>
        )}
        {typeof unseen === "number" && (
          <div className={classes.quiet}>{t("automation.unseen", { count: unseen })}</div>
        )}
        {typeof made === "string" && typeof record === "string" && (
          <RecordLink className={classes.name} object={made} id={record}>
            {t("automation.made_record")}
          </RecordLink>
        )}
        {step.error && <p className={classes.problem}>{step.error.message}</p>}
        {step.seen && node && <StepData seen={step.seen} node={node} kind={kind} object={object} />}
        {Object.keys(rest).length > 0 && (
          <details>
            <summary className={classes.quiet}>{t("automation.details")}</summary>
            <pre className={classes.data}>{JSON.stringify(rest, null, 2)}</pre>
          </details>
        )}
      </div>
    </li>
  );
}

export function Standing({
  token,
  run,
  node,
  kind,
  mend,
  onEdit,
}: {
  token: RunToken;
  run: string;
  node: FlowNode | undefined;
  kind: StepKind | undefined;
  mend: RunPathProps["mend"];
  onEdit: RunPathProps["onEdit"];
}) {
  const { t } = useTranslation();
  const failed = token.state === "failed";
  const asked = mend?.isPending && "token" in mend.variables && mend.variables.token === token.id;
  return (
    <li className={classes.step}>
      <span className={classes.sign} style={hueStyle(failed ? "red" : "violet")}>
        <PartIcon name={kind?.icon ?? "box"} />
      </span>
      <div className={classes.stepBody}>
        <div className={classes.stepHead}>
          <strong>{nameOf(node, kind, token.node)}</strong>
          <span className={classes.quiet}>{waitsInWords(token, t)}</span>
        </div>
        <div className={classes.quiet}>{t("automation.came_at", { time: formatDateTime(token.since) })}</div>
        {token.error && <p className={classes.problem}>{token.error.message}</p>}
        {mend && (failed || token.state === "waiting") && (
          <Group gap="xs" mt={6}>
            {failed && (
              <Button
                size="compact-sm"
                leftSection={<RotateCcw size={14} />}
                loading={asked && mend.variables?.verb === "retry_step"}
                disabled={mend.isPending}
                onClick={() => mend.mutate({ verb: "retry_step", run, token: token.id })}
              >
                {t("automation.retry_step")}
              </Button>
            )}
            {failed && onEdit && (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<Braces size={14} />}
                onClick={() => onEdit(token.id)}
              >
                {t("automation.edit_data")}
              </Button>
            )}
            {kind?.can_be_skipped !== false && (
              <Skip
                node={node}
                kind={kind}
                loading={Boolean(asked) && mend.variables?.verb === "skip"}
                onSkip={(port) => mend.mutate({ verb: "skip", run, token: token.id, port })}
              />
            )}
          </Group>
        )}
      </div>
    </li>
  );
}

function Skip({
  node,
  kind,
  loading,
  onSkip,
}: {
  node: FlowNode | undefined;
  kind: StepKind | undefined;
  loading: boolean;
  onSkip(port: string): void;
}) {
  const { t } = useTranslation();
  const ports = node && kind ? portsOf(node, kind) : [OUT];
  const button = (onClick?: () => void) => (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<SkipForward size={14} />}
      loading={loading}
      onClick={onClick}
    >
      {t("automation.skip")}
    </Button>
  );
  if (!node || ports.length <= 1) return button(() => onSkip(ports[0] ?? OUT));
  return (
    <Menu position="bottom-start">
      <Menu.Target>{button()}</Menu.Target>
      <Menu.Dropdown>
        {ports.map((port) => (
          <Menu.Item key={port} onClick={() => onSkip(port)}>
            {portName(node, port, kind, t)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
