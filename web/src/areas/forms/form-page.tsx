/** One form: what is asked and why; filled in, the run that waits for it goes on. */
import { Alert, Button, Group } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowForm } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { usePageTitle } from "@/lib/use-page-title";
import { useSubmit } from "@/lib/use-submit";
import { currentWorkspace } from "@/lib/workspace";
import { RecordLink } from "@/records/lookup/record-link";
import { FormProblem } from "@/ui/form-problem";
import { Page, PageHeader } from "@/ui/page";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import { Writable } from "@/ui/writable";
import classes from "./forms.module.css";
import { QuestionInputs } from "./question-inputs";
import { type Answers, fillForm, formQuery, formsKey } from "./requests";

const route = getRouteApi("/w/$ws/forms/$id");

export function FormPage() {
  const { t } = useTranslation();
  const form = useQuery(formQuery(route.useParams().id));
  usePageTitle(form.data?.title || t("forms.form"));
  if (form.isError) return <ErrorState error={form.error} onRetry={() => form.refetch()} />;
  if (form.isPending) return <RowsSkeleton rows={6} height={56} />;
  return <OneForm key={form.data.id} form={form.data} />;
}

function OneForm({ form }: { form: FlowForm }) {
  const { t } = useTranslation();
  return (
    <Page
      width={640}
      header={
        <PageHeader
          trail={
            <>
              <Link className={classes.trail} to="/w/$ws/forms" params={{ ws: currentWorkspace() }}>
                {t("forms.mine")}
              </Link>
              <ChevronRight size={14} aria-hidden />
            </>
          }
          title={form.title || t("forms.form")}
        />
      }
    >
      {form.text && <p className={classes.text}>{form.text}</p>}
      {(form.record || (form.open && form.due_at)) && (
        <p className={classes.about}>
          {form.record && form.object && (
            <RecordLink object={form.object} id={form.record.id}>
              {form.record.title ?? "—"}
            </RecordLink>
          )}
          {form.open && form.due_at && <span>{t("forms.due", { time: formatDateTime(form.due_at) })}</span>}
        </p>
      )}
      {form.open ? (
        <Writable>
          <Asked form={form} />
        </Writable>
      ) : (
        <Answered form={form} />
      )}
    </Page>
  );
}

function Asked({ form }: { form: FlowForm }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = route.useNavigate();
  const [answers, setAnswers] = useState<Answers>({});
  const { busy, problem, fields, submit } = useSubmit();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const done = await submit(() => fillForm(form.id, answers));
    await client.invalidateQueries({ queryKey: formsKey() });
    if (!done) return;
    toastSuccess(t("forms.sent"));
    navigate({ to: "/w/$ws/forms", params: { ws: currentWorkspace() } });
  };
  return (
    <form className={classes.card} onSubmit={send} noValidate>
      <FormProblem text={problem} />
      <QuestionInputs
        questions={form.questions}
        answers={answers}
        problems={fields}
        onAnswer={(name, answer) => setAnswers((before) => ({ ...before, [name]: answer }))}
      />
      <Group justify="flex-end" mt="lg">
        <Button type="submit" loading={busy}>
          {t("forms.send")}
        </Button>
      </Group>
    </form>
  );
}

function Answered({ form }: { form: FlowForm }) {
  const { t } = useTranslation();
  if (!form.filled_at)
    return (
      <Alert color="gray" variant="light">
        {t("forms.gone")}
      </Alert>
    );
  const said = (answer: unknown) =>
    answer === null || answer === undefined
      ? "—"
      : typeof answer === "boolean"
        ? t(answer ? "forms.yes" : "forms.no")
        : String(answer);
  return (
    <>
      <Alert color="green" variant="light" mb="md">
        {t("forms.filled", { time: formatDateTime(form.filled_at) })}
      </Alert>
      {form.answers && (
        <dl className={`${classes.card} ${classes.answers}`}>
          {form.questions.map(({ name, label }) => (
            <div key={name}>
              <dt>{label}</dt>
              <dd>{said(form.answers?.[name])}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
