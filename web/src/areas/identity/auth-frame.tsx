/** The frame of the pages before one is signed in: mark, language, one card. */
import { Anchor, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { setLanguage } from "@/lib/i18n";
import { LANGUAGES } from "@/lib/language";
import { sessionQuery } from "@/lib/me";
import { LANGUAGE_NAMES } from "@/lib/settings";
import { usePageTitle } from "@/lib/use-page-title";
import { Logo } from "@/ui/logo";
import classes from "./auth-frame.module.css";

export function AuthFrame({
  title,
  text,
  children,
  foot,
}: {
  title: string;
  text?: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const { data: session } = useQuery(sessionQuery());
  usePageTitle(title);
  return (
    <div className={classes.frame}>
      <header className={classes.head}>
        <span className={classes.brand}>
          <Logo size={28} /> 关系 Guanxi
        </span>
        <span className={classes.languages}>
          {LANGUAGES.map((language) => (
            <UnstyledButton
              key={language}
              lang={language}
              className={classes.language}
              aria-pressed={i18n.language === language}
              onClick={() => setLanguage(language)}
            >
              {LANGUAGE_NAMES[language]}
            </UnstyledButton>
          ))}
        </span>
      </header>
      <main className={classes.main}>
        <section className={classes.card}>
          <h1 className={classes.title}>{title}</h1>
          {text && <p className={classes.text}>{text}</p>}
          {children}
          {foot && <div className={classes.foot}>{foot}</div>}
        </section>
        {session?.development && (
          <p className={classes.outbox}>
            {t("identity.outbox_text")}{" "}
            <Anchor href="/dev/outbox" target="_blank" size="sm" underline="always">
              {t("identity.outbox")}
            </Anchor>
          </p>
        )}
      </main>
    </div>
  );
}
