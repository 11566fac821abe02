/** The step that finds a company's identity provider by a mail address, and goes there. */
import { Anchor, Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OfferedProvider } from "@/api/types";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import frame from "../auth-frame.module.css";
import { ProviderButtons } from "./provider-buttons";
import { findProviders, goTo } from "./requests";

export function CompanyStep({
  known,
  next,
  onBack,
}: {
  /** The mail address that was typed before. */
  known: string;
  next: string;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const [who, setWho] = useState(known);
  const [found, setFound] = useState<OfferedProvider[]>([]);
  const [none, setNone] = useState<string | null>(null);
  const { busy, problem, submit } = useSubmit();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = who.trim();
    setNone(null);
    setFound([]);
    void submit(async () => {
      const { providers } = await findProviders(wanted);
      const [first] = providers;
      if (!first) setNone(wanted);
      else if (providers.length === 1) await goTo(first.id, next, wanted);
      else setFound(providers);
    });
  };
  return (
    <form className={frame.form} onSubmit={onSubmit}>
      <FormProblem text={problem ?? (none === null ? null : t("company-sign-in.none", { who: none }))} />
      <TextInput
        label={t("company-sign-in.who")}
        name="who"
        autoComplete="username"
        inputMode="email"
        autoFocus
        required
        withAsterisk={false}
        value={who}
        onChange={(event) => setWho(event.currentTarget.value)}
      />
      <Button type="submit" size="md" loading={busy} fullWidth>
        {t("company-sign-in.find")}
      </Button>
      {found.length > 0 && <ProviderButtons providers={found} next={next} hint={who.trim()} />}
      <Anchor component="button" type="button" size="sm" onClick={onBack}>
        {t("company-sign-in.back")}
      </Anchor>
    </form>
  );
}
