/** A refusal of the designer: sentences by attribute, and those that no input of the form shows. */
import { useState } from "react";
import { ApiError } from "@/lib/api";
import { errorMessage } from "@/lib/error-message";

export interface Refusal {
  /** Sentences by attribute: `label.en`, `key`, `settings`, `settings.target`. */
  problems: Record<string, string>;
  /** What is said above the form, given the attributes that have inputs of their own. */
  general(shown: readonly string[]): string | null;
  take(error: unknown): void;
  /** A sentence found before the server is asked. */
  say(attribute: string, sentence: string): void;
  clear(): void;
}

export function useRefusal(): Refusal {
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [sentence, setSentence] = useState<string | null>(null);
  return {
    problems,
    general: (shown) =>
      sentence ?? Object.entries(problems).find(([attribute]) => !shown.includes(attribute))?.[1] ?? null,
    take: (error) => {
      const fields = error instanceof ApiError ? error.fields : [];
      setProblems(Object.fromEntries(fields.map(({ field, message }) => [field, message])));
      setSentence(fields.length > 0 ? null : errorMessage(error));
    },
    say: (attribute, words) => setProblems((now) => ({ ...now, [attribute]: words })),
    clear: () => {
      setProblems({});
      setSentence(null);
    },
  };
}

/** The sentences of `attribute.zh-CN` and `attribute.en`. */
export function byLanguage(problems: Record<string, string>, attribute: string) {
  return { "zh-CN": problems[`${attribute}.zh-CN`], en: problems[`${attribute}.en`] };
}

export const LABELS = ["label.zh-CN", "label.en"];
