/** Why somebody came back from an identity provider without being signed in, and a way to try again. */
import { Divider, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { errorMessage } from "@/lib/error-message";
import { FormProblem } from "@/ui/form-problem";
import frame from "../auth-frame.module.css";
import { ProviderButtons } from "./provider-buttons";
import { problemQuery } from "./requests";

export function CompanyProblem({
  problem,
  provider,
  next,
}: {
  problem: string;
  provider: string | undefined;
  next: string;
}) {
  const { t, i18n } = useTranslation();
  const told = useQuery(problemQuery(problem, provider, i18n.language));
  if (told.isPending) return <Skeleton height={44} mt="md" radius="sm" />;
  if (told.isError)
    return (
      <div className={frame.form}>
        <FormProblem text={errorMessage(told.error)} />
      </div>
    );
  const again = told.data.provider;
  return (
    <div className={frame.form}>
      <FormProblem text={told.data.sentence} />
      {again && (
        <>
          <ProviderButtons providers={[again]} next={next} label="company-sign-in.again" first />
          <Divider label={t("identity.or")} />
        </>
      )}
    </div>
  );
}
