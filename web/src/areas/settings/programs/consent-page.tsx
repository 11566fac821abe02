/** The question of an app: which app, what it wants, in whose name; and the way back to it with the answer. */
import { Anchor, Button, Group } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { AuthFrame } from "@/areas/identity/auth-frame";
import { signOut } from "@/lib/auth";
import { errorMessage } from "@/lib/error-message";
import { sessionQuery } from "@/lib/me";
import { queryClient } from "@/lib/query-client";
import { wayOut } from "@/lib/session-end";
import { FormProblem } from "@/ui/form-problem";
import { RowsSkeleton } from "@/ui/states";
import classes from "./consent.module.css";
import { problemOf } from "./consent-problem";
import { ConsentQuestion } from "./consent-question";
import { answerQuestion, questionQuery } from "./requests";

export function ConsentPage() {
  const { t } = useTranslation();
  // As the app wrote it: the router would read numbers and quotes in it as its own.
  const { search: query, pathname } = useRouter().history.location;
  const [here] = useState({ query, address: pathname + query });
  const asked = useQuery(questionQuery(here.query));
  const { data: session } = useQuery(sessionQuery());
  const answer = useMutation({
    mutationFn: (allow: boolean) => answerQuestion({ query: here.query, allow }),
  });
  const back = answer.data?.redirect ?? asked.data?.redirect ?? null;
  useEffect(() => {
    if (back) window.location.assign(back);
  }, [back]);

  const signInAsAnother = async () => {
    await signOut();
    queryClient.clear();
    window.location.assign(`/sign-in?${new URLSearchParams({ next: here.address })}`);
  };
  const another = (
    <Anchor component="button" type="button" size="sm" onClick={signInAsAnother}>
      {t("programs.another_account")}
    </Anchor>
  );
  const question = asked.data?.question;

  if (back) {
    return (
      <AuthFrame title={t("programs.going_back")} text={t("programs.going_back_text")}>
        <Button component="a" href={back} mt="lg" fullWidth variant="default">
          {t("programs.go_back")}
        </Button>
      </AuthFrame>
    );
  }
  if (asked.isError && !wayOut(asked.error, here.address)) {
    const problem = problemOf(asked.error);
    return (
      <AuthFrame title={t(`programs.problem_${problem}`)} text={errorMessage(asked.error)}>
        <Group mt="lg" gap="xs" grow>
          {problem === "failed" ? (
            <Button onClick={() => asked.refetch()} loading={asked.isFetching}>
              {t("ui.retry")}
            </Button>
          ) : problem === "others" || problem === "refused" ? (
            <Button onClick={signInAsAnother}>{t("programs.another_account")}</Button>
          ) : (
            <Button component="a" href="/" variant="default">
              {t("programs.to_start")}
            </Button>
          )}
        </Group>
      </AuthFrame>
    );
  }
  if (!question) {
    return (
      <AuthFrame title={t("programs.asking")}>
        <RowsSkeleton rows={4} />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title={t("programs.asks_title", { name: question.app.name })}
      text={question.app.description || undefined}
      foot={another}
    >
      <ConsentQuestion question={question} email={session?.account?.email ?? ""} />
      <div className={classes.problem}>
        <FormProblem text={answer.isError ? errorMessage(answer.error) : null} />
      </div>
      <Group mt="lg" gap="xs" grow>
        <Button variant="default" disabled={answer.isPending} onClick={() => answer.mutate(false)}>
          {t("programs.refuse")}
        </Button>
        <Button loading={answer.isPending} onClick={() => answer.mutate(true)}>
          {t("programs.allow")}
        </Button>
      </Group>
    </AuthFrame>
  );
}
