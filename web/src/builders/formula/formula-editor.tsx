/** A formula being written: completion at the cursor, errors underlined where they are, its value on a record. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Braces, SquareFunction } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reference } from "@/api/types";
import { useCatalog, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { callAt, findFunction, type Suggestion, suggestions, tokenAt } from "./completion";
import classes from "./formula.module.css";
import { pieces } from "./pieces";
import { RecordValue } from "./record-value";
import { type FormulaAnswer, functionsQuery, previewQuery } from "./requests";

const PAUSE_MS = 250;

interface FormulaEditorProps {
  /** Key of the object whose records the formula is worked out on. */
  object: string;
  name: string;
  /** As it is stored, with the keys of fields. */
  expression: string;
  /** Called with what is typed, and with what the server made of it once it is known. */
  onChange(expression: string, answer: FormulaAnswer | null): void;
  /** What the server said when it refused the form. */
  problem?: string;
  autoFocus?: boolean;
}

export function FormulaEditor({
  object: key,
  name,
  expression,
  onChange,
  problem,
  autoFocus,
}: FormulaEditorProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const object = useObject(key);
  const functions = useQuery(functionsQuery()).data ?? [];
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const marker = useRef<HTMLSpanElement>(null);
  const [text, setText] = useState(expression);
  const [touched, setTouched] = useState(false);
  const [cursor, setCursor] = useState(expression.length);
  const [opened, setOpened] = useState<"typing" | "asked" | null>(null);
  const [chosen, setChosen] = useState(0);
  const [spot, setSpot] = useState({ left: 0, top: 0 });
  const [record, setRecord] = useState<Reference | null>(null);
  const [settled] = useDebouncedValue(text, PAUSE_MS);
  const preview = useQuery({
    ...previewQuery(key, settled, record?.id ?? null),
    placeholderData: keepPreviousData,
  });
  const answer = settled === text && !preview.isPlaceholderData ? (preview.data ?? null) : null;

  // A stored formula has keys; people read it with labels, once the server has told them.
  const display = answer?.display;
  useEffect(() => {
    if (!touched && display && display !== text) {
      setText(display);
      setCursor(display.length);
    }
  }, [touched, display, text]);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    if (touched && answer) tell.current(answer.canonical ?? text, answer);
    else if (answer) tell.current(expression, answer);
  }, [touched, answer, text, expression]);

  const token = tokenAt(text, cursor);
  // Where no name is begun, Enter and Tab are those of the text, unless suggestions were asked for.
  const begun = token !== null && (token.typed !== "" || token.path.length > 0);
  const offered =
    object && token && (opened === "asked" || (opened === "typing" && begun))
      ? suggestions(catalog, object, functions, token)
      : [];
  const active = offered[Math.min(chosen, offered.length - 1)];
  const errors = answer?.errors ?? [];
  const call = callAt(text, cursor);
  const help = call && findFunction(functions, call.name);
  useLayoutEffect(() => {
    if (offered.length > 0 && marker.current)
      setSpot({ left: marker.current.offsetLeft, top: marker.current.offsetTop + 22 });
  }, [offered.length]);

  const write = (next: string, at: number) => {
    setTouched(true);
    setText(next);
    setCursor(at);
    // At once as it is typed, so that saving before the answer keeps it; the answer tells it with keys.
    tell.current(next.trim() === "" ? "" : next, null);
  };
  const take = (one: Suggestion) => {
    if (!token) return;
    const next = text.slice(0, token.from) + one.text + text.slice(cursor).replace(/^\]/, "");
    const at = token.from + one.text.length - one.back;
    write(next, at);
    setOpened(null);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(at, at);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      setOpened("asked");
      return;
    }
    if (offered.length === 0) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen((now) => (Math.min(now, offered.length - 1) + step + offered.length) % offered.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && active) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setOpened(null);
    }
  };

  if (!object) return null;
  return (
    <div>
      <label htmlFor={id} style={{ display: "block", marginBottom: 4, fontSize: 13, fontWeight: 500 }}>
        {name}
      </label>
      <div className={classes.frame} data-wrong={errors.length > 0 || problem ? true : undefined}>
        <div className={classes.mirror} aria-hidden>
          <Marked text={text} errors={errors} />
          {"\n"}
        </div>
        <div className={classes.mirror} style={{ position: "absolute", inset: 0 }} aria-hidden>
          {text.slice(0, token?.from ?? cursor)}
          <span ref={marker} />
        </div>
        <textarea
          ref={box}
          id={id}
          className={classes.text}
          spellCheck={false}
          autoCapitalize="off"
          data-autofocus={autoFocus || undefined}
          aria-invalid={errors.length > 0}
          aria-autocomplete="list"
          aria-controls={offered.length > 0 ? `${id}-list` : undefined}
          aria-activedescendant={active ? `${id}-${active.id.replace(" ", "-")}` : undefined}
          aria-describedby={`${id}-errors`}
          placeholder={t("formula.placeholder")}
          value={text}
          onChange={(event) => {
            write(event.currentTarget.value, event.currentTarget.selectionStart);
            setOpened("typing");
            setChosen(0);
          }}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onBlur={() => setOpened(null)}
        />
        {offered.length > 0 && (
          <div
            className={classes.list}
            id={`${id}-list`}
            role="listbox"
            aria-label={t("formula.suggestions")}
            style={spot}
          >
            {offered.map((one) => (
              <div
                key={one.id}
                id={`${id}-${one.id.replace(" ", "-")}`}
                role="option"
                className={classes.choice}
                aria-selected={one === active}
                tabIndex={-1}
                onMouseDown={(event) => {
                  // The cursor stays in the text.
                  event.preventDefault();
                  take(one);
                }}
              >
                {one.sort === "function" ? (
                  <SquareFunction size={14} aria-hidden />
                ) : (
                  <Braces size={14} aria-hidden />
                )}
                {one.name}
                <span className={classes.also}>{one.also}</span>
              </div>
            ))}
          </div>
        )}
      </div>
      {help && (
        <p className={classes.signature}>
          <code>{label(help.signature)}</code> {label(help.help)}
        </p>
      )}
      <ul className={classes.errors} id={`${id}-errors`} aria-live="polite">
        {errors.map((one) => (
          <li key={`${one.from}-${one.code}`}>{one.message}</li>
        ))}
        {errors.length === 0 && problem && <li>{problem}</li>}
      </ul>
      <RecordValue
        object={object}
        record={record}
        onPick={setRecord}
        answer={text.trim() ? preview.data : undefined}
      />
    </div>
  );
}

function Marked({ text, errors }: { text: string; errors: readonly { from: number; to: number }[] }) {
  return pieces(text, errors).map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
    <span key={at} className={piece.wrong ? classes.wrong : undefined}>
      {piece.text}
    </span>
  ));
}
