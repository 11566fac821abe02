/** Handing over what a person holds: content, split, check, result. The address holds the run, so it survives a reload. */
import { Stepper } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { HandOverReport, Holdings } from "@/api/types";
import { useSystemRight } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { Page, PageHeader } from "@/ui/page";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError } from "@/ui/toast";
import { Writable } from "@/ui/writable";
import { CheckStep } from "./check-step";
import { newDraft, paramsOf } from "./draft";
import classes from "./hand-over.module.css";
import { HoldingsStep } from "./holdings-step";
import { handOverQuery, holdingsQuery, startHandOver } from "./requests";
import { RunStep } from "./run-step";
import { SplitStep } from "./split-step";

const route = getRouteApi("/w/$ws/hand-over/$member");
const STEPS = ["holdings", "split", "check", "run"] as const;

export function HandOverPage() {
  const { member } = route.useParams();
  const { id } = route.useSearch();
  return id ? <Running id={id} member={member} /> : <Preparing member={member} />;
}

function Running({ id, member }: { id: string; member: string }) {
  const report = useQuery(handOverQuery(id));
  const name = report.data?.member.title ?? "";
  return (
    <Frame step={3} member={member} name={name}>
      {report.isError ? (
        <ErrorState error={report.error} onRetry={() => report.refetch()} />
      ) : report.data ? (
        <RunStep report={report.data} />
      ) : (
        <RowsSkeleton />
      )}
    </Frame>
  );
}

function Preparing({ member }: { member: string }) {
  const holdings = useQuery(holdingsQuery(member));
  if (holdings.isError || !holdings.data) {
    return (
      <Frame step={0} member={member} name="">
        {holdings.isError ? (
          <ErrorState error={holdings.error} onRetry={() => holdings.refetch()} />
        ) : (
          <RowsSkeleton />
        )}
      </Frame>
    );
  }
  return (
    <Writable>
      <Steps key={member} member={member} holdings={holdings.data} />
    </Writable>
  );
}

function Steps({ member, holdings }: { member: string; holdings: Holdings }) {
  const { leave } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const manages = useSystemRight("members");
  const [step, setStep] = useState(0);
  const [draft, setDraft] = useState(() =>
    newDraft(manages && leave === true && holdings.status !== "left", !!holdings.shares_received),
  );
  const [checked, setChecked] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const check = useQuery({ ...handOverQuery(checked ?? ""), enabled: checked !== null && step === 2 });

  const start = async (verb: "check" | "run"): Promise<HandOverReport | null> => {
    setBusy(true);
    try {
      const report = await startHandOver(verb, paramsOf(member, draft, manages));
      client.setQueryData(handOverQuery(report.id).queryKey, report);
      return report;
    } catch (error) {
      toastError(error);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const toCheck = async () => {
    const report = await start("check");
    if (!report) return;
    setChecked(report.id);
    setStep(2);
  };
  const run = async () => {
    const report = await start("run");
    if (report) await navigate({ search: { id: report.id }, replace: true });
  };
  const name = holdings.member.title ?? "";
  return (
    <Frame step={step} member={member} name={name} onStep={(next) => next < step && setStep(next)}>
      {step === 0 && (
        <HoldingsStep holdings={holdings} draft={draft} onDraft={setDraft} onNext={() => setStep(1)} />
      )}
      {step === 1 && (
        <SplitStep
          holdings={holdings}
          draft={draft}
          onDraft={setDraft}
          busy={busy}
          onBack={() => setStep(0)}
          onNext={toCheck}
        />
      )}
      {step === 2 &&
        (check.isError ? (
          <ErrorState error={check.error} onRetry={() => check.refetch()} />
        ) : check.data ? (
          <CheckStep report={check.data} busy={busy} onBack={() => setStep(1)} onRun={run} />
        ) : (
          <RowsSkeleton />
        ))}
    </Frame>
  );
}

function Frame({
  step,
  member,
  name,
  onStep,
  children,
}: {
  step: number;
  member: string;
  name: string;
  /** Called with an earlier step the person goes back to. */
  onStep?: (step: number) => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const narrow = useMediaQuery("(max-width: 62em)");
  const title = name ? t("hand-over.title_of", { name }) : t("hand-over.title");
  usePageTitle(title);
  return (
    <Page
      width={960}
      header={
        <PageHeader
          title={title}
          trail={
            <Link
              className={classes.trail}
              to="/w/$ws/o/$object/$id"
              params={{ ws: currentWorkspace(), object: "member", id: member }}
            >
              {t("hand-over.person")}
            </Link>
          }
        />
      }
    >
      <Stepper
        active={step}
        onStepClick={onStep}
        size="xs"
        iconSize={28}
        mb="lg"
        wrap={false}
        allowNextStepsSelect={false}
      >
        {STEPS.map((key, place) => (
          <Stepper.Step
            key={key}
            label={narrow && place !== step ? undefined : t(`hand-over.step_${key}`)}
            aria-label={t(`hand-over.step_${key}`)}
            allowStepSelect={onStep !== undefined && place < step}
          />
        ))}
      </Stepper>
      {children}
    </Page>
  );
}
