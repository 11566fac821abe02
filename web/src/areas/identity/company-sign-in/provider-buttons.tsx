/** A button for each identity provider; pressing one leaves this site. */
import { Button } from "@mantine/core";
import { Building2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OfferedProvider } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import { FormProblem } from "@/ui/form-problem";
import { goTo } from "./requests";

export function ProviderButtons({
  providers,
  next,
  hint = "",
  first,
  label = "company-sign-in.with",
}: {
  providers: OfferedProvider[];
  next: string;
  /** The mail address that was typed, which the provider may put into its form. */
  hint?: string;
  /** Whether this is the way in, rather than one besides the password. */
  first?: boolean;
  label?: string;
}) {
  const { t } = useTranslation();
  const [going, setGoing] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const go = async (provider: OfferedProvider) => {
    setGoing(provider.id);
    setProblem(null);
    try {
      await goTo(provider.id, next, hint);
    } catch (error) {
      setGoing(null);
      setProblem(errorMessage(error));
    }
  };
  return (
    <>
      <FormProblem text={problem} />
      {providers.map((provider) => (
        <Button
          key={provider.id}
          variant={first ? "filled" : "default"}
          size="md"
          fullWidth
          disabled={going !== null}
          leftSection={<Building2 size={16} />}
          onClick={() => go(provider)}
        >
          {t(going === provider.id ? "company-sign-in.going" : label, { name: provider.name })}
        </Button>
      ))}
    </>
  );
}
