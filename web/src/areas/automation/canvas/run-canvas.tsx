/** A run on the canvas of its version; beside it what happened at the chosen step, and what can be done there. */
import { ActionIcon } from "@mantine/core";
import { X } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "../automation.module.css";
import { OneStep, type RunPathProps, Standing } from "../run-path";
import own from "./canvas.module.css";
import { FlowGraph } from "./flow-graph";
import { runMarks } from "./run-marks";
import { nameOf } from "./view";

export function RunCanvas({ run, definition, palette, mend, onEdit }: RunPathProps) {
  const { t } = useTranslation();
  const kinds = useMemo(() => new Map(palette.steps.map((kind) => [kind.key, kind])), [palette]);
  const { marks, taken } = useMemo(() => runMarks(run, definition, kinds, t), [run, definition, kinds, t]);
  const [opened, setOpened] = useState<string | null>(
    run.tokens[0]?.node ?? run.record_of_steps.at(-1)?.node ?? null,
  );
  const node = definition.nodes.find(({ id }) => id === opened);
  const kind = kinds.get(node?.kind ?? "");
  const steps = run.record_of_steps.filter((step) => step.node === opened);
  const tokens = run.tokens.filter((token) => token.node === opened);
  return (
    <div className={own.run}>
      <div className={own.runCanvas}>
        <FlowGraph
          definition={definition}
          palette={palette}
          marks={marks}
          taken={taken}
          name={t("automation.canvas_of_run")}
          onOpen={setOpened}
        />
      </div>
      {node && (
        <aside
          className={own.runPanel}
          aria-label={t("automation.canvas_at_step", { name: nameOf(node, kind) })}
        >
          <div className={own.panelHead}>
            <h2 className={own.panelName}>{nameOf(node, kind)}</h2>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("ui.close")}
              onClick={() => setOpened(null)}
            >
              <X size={16} />
            </ActionIcon>
          </div>
          <div className={own.panelBody}>
            {steps.length === 0 && tokens.length === 0 && (
              <p className={classes.quiet}>{t("automation.canvas_not_reached")}</p>
            )}
            <ol className={classes.path}>
              {steps.map((step) => (
                <OneStep
                  key={step.number}
                  step={step}
                  node={node}
                  kind={kind}
                  definition={definition}
                  palette={palette}
                />
              ))}
            </ol>
            <ul className={classes.path}>
              {tokens.map((token) => (
                <Standing
                  key={token.id}
                  token={token}
                  run={run.id}
                  node={node}
                  kind={kind}
                  mend={mend}
                  onEdit={onEdit}
                />
              ))}
            </ul>
          </div>
        </aside>
      )}
    </div>
  );
}
