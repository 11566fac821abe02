/** One identity provider, step by step: the connection, who comes in with which role, trying it and switching it on. */
import { Button, Stepper } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProviderState, SingleSignOn } from "@/api/types";
import { ApiError } from "@/lib/api";
import { usePageTitle } from "@/lib/use-page-title";
import { useSubmit } from "@/lib/use-submit";
import { currentWorkspace } from "@/lib/workspace";
import { useUnsavedGuard } from "@/records/page/use-unsaved-guard";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import { ConnectionStep } from "./connection-step";
import { PeopleStep } from "./people-step";
import { saveProvider, settingsChanged, singleSignOnQuery } from "./requests";
import classes from "./single-sign-on.module.css";
import { StepFoot } from "./step-foot";
import { TryStep } from "./try-step";
import { isHalf, missing, type Protocol, paramsOf, STEPS, type Step, stepOf, valuesOf } from "./values";

const route = getRouteApi("/w/$ws/settings/single-sign-on/$id");

export function ProviderPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = route.useParams();
  const { protocol } = route.useSearch();
  const told = useQuery(singleSignOnQuery());
  const provider = told.data?.providers.find((one) => one.id === id) ?? null;
  const isNew = id === "new";
  const title = provider?.name ?? t(isNew ? "single-sign-on.new" : "single-sign-on.title");
  usePageTitle(title);
  const trail = (
    <Link className={classes.trail} to="/w/$ws/settings/single-sign-on" params={{ ws: currentWorkspace() }}>
      {t("single-sign-on.title")}
    </Link>
  );
  return (
    <Page width={680} header={<PageHeader title={title} trail={trail} />}>
      {told.isError ? (
        <ErrorState error={told.error} onRetry={() => told.refetch()} />
      ) : told.isPending ? (
        <RowsSkeleton rows={6} height={48} />
      ) : provider === null && !isNew ? (
        <EmptyState
          kind="search"
          title={t("single-sign-on.gone")}
          action={
            <Button
              variant="default"
              onClick={() =>
                navigate({ to: "/w/$ws/settings/single-sign-on", params: { ws: currentWorkspace() } })
              }
            >
              {t("single-sign-on.all")}
            </Button>
          }
        />
      ) : (
        <Editor
          key={id}
          told={told.data}
          provider={provider}
          protocol={(provider?.protocol as Protocol | undefined) ?? protocol ?? "oidc"}
        />
      )}
    </Page>
  );
}

function Editor({
  told,
  provider,
  protocol,
}: {
  told: SingleSignOn;
  provider: ProviderState | null;
  protocol: Protocol;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const narrow = useMediaQuery("(max-width: 48em)");
  const search = route.useSearch();
  const [seen, setSeen] = useState(() => valuesOf(provider));
  const [values, setValues] = useState(seen);
  // The addresses of a new provider stay the same while somebody fills in the form.
  const [place] = useState(told.next);
  const { busy, problem, fields, submit } = useSubmit();
  const step: Step = provider
    ? (search.step ?? "connection")
    : search.step === "people"
      ? "people"
      : "connection";
  const dirty = JSON.stringify(paramsOf(values)) !== JSON.stringify(paramsOf(seen));
  useUnsavedGuard(dirty);
  const params = { ws: currentWorkspace(), id: provider?.id ?? "new" };
  const go = (next: Step) =>
    navigate({ to: ".", search: { ...search, step: next }, replace: true, resetScroll: true });

  const save = async (then: Step | null) => {
    let refused: string[] = [];
    let made: ProviderState | null = null;
    await submit(async () => {
      try {
        const target = provider ? { provider: provider.id } : { reservation: place.reservation };
        made = await saveProvider({
          ...paramsOf(values),
          ...target,
          protocol,
          is_active: provider?.is_active ?? false,
        });
      } catch (error) {
        if (error instanceof ApiError) refused = Object.keys(error.byField());
        throw error;
      }
    });
    const wrong = stepOf(refused);
    if (wrong && wrong !== step) await go(wrong);
    if (!made) return;
    const kept: ProviderState = made;
    const fresh = valuesOf(kept);
    setSeen(fresh);
    setValues(fresh);
    toastSuccess(t("single-sign-on.saved"));
    await settingsChanged(client);
    // Whoever went on while it was being kept stays where they are.
    if (then === null) return;
    await navigate({
      to: "/w/$ws/settings/single-sign-on/$id",
      params: { ...params, id: kept.id },
      search: { step: then },
      replace: true,
    });
  };

  const lacks = missing(values, protocol);
  const top = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step begins at its top
  useEffect(() => {
    top.current?.scrollIntoView({ block: "end" });
  }, [step]);
  const half = values.role_map.some(isHalf);
  const why = lacks
    ? t(`single-sign-on.missing_${lacks}`)
    : step === "people" && half
      ? t("single-sign-on.missing_pair")
      : null;
  const set = (changed: Partial<typeof values>) => setValues((old) => ({ ...old, ...changed }));
  const place_of = provider
    ? {
        callback_url: provider.callback_url,
        consumer_url: provider.callback_url,
        entity_id: provider.entity_id,
      }
    : place;
  return (
    <>
      <div ref={top} />
      <Stepper
        active={STEPS.indexOf(step)}
        onStepClick={(at) => go(STEPS[at] ?? "connection")}
        size="xs"
        iconSize={28}
        mb="lg"
        wrap={false}
        allowNextStepsSelect={provider !== null}
      >
        {STEPS.map((key, at) => (
          <Stepper.Step
            key={key}
            label={narrow && key !== step ? undefined : t(`single-sign-on.step_${key}`)}
            aria-label={t(`single-sign-on.step_${key}`)}
            allowStepSelect={provider !== null || at < STEPS.indexOf(step)}
          />
        ))}
      </Stepper>
      {step === "connection" && (
        <ConnectionStep
          protocol={protocol}
          values={values}
          fields={fields}
          addresses={place_of}
          isNew={provider === null}
          hasSecret={provider?.has_secret ?? false}
          problem={problem}
          set={set}
          why={why}
          busy={busy}
          onNext={() => go("people")}
          onSave={provider && dirty ? () => save(null) : null}
        />
      )}
      {step === "people" && (
        <>
          <PeopleStep
            values={values}
            fields={fields}
            domains={told.domains}
            protocol={protocol}
            problem={problem}
            set={set}
          />
          <StepFoot
            why={why}
            busy={busy}
            onBack={() => go("connection")}
            onNext={provider && !dirty ? () => go("try") : null}
            onSave={!provider || dirty ? () => save("try") : null}
          />
        </>
      )}
      {step === "try" && provider && (
        <TryStep
          provider={provider}
          protocol={protocol}
          unsaved={dirty}
          onSave={() => save("try")}
          onGone={async () => {
            await navigate({ to: "/w/$ws/settings/single-sign-on", params: { ws: params.ws } });
          }}
        />
      )}
    </>
  );
}
