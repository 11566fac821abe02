/** The quick search of a list; asks the server when a person pauses. */
import { CloseButton, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

const PAUSE_MS = 250;

export function SearchBox({
  text,
  label,
  onChange,
}: {
  text: string;
  label: string;
  onChange(text: string): void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(text);
  const composing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    if (!composing.current) timer.current = setTimeout(() => onChange(next), PAUSE_MS);
  };
  return (
    <TextInput
      type="search"
      w={220}
      aria-label={label}
      placeholder={t("list.search")}
      leftSection={<Search size={15} aria-hidden />}
      rightSection={
        typed && <CloseButton size="sm" aria-label={t("list.clear_search")} onClick={() => later("")} />
      }
      value={typed}
      onChange={(event) => later(event.currentTarget.value)}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape" && typed) later("");
      }}
    />
  );
}
