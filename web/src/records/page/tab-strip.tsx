/** The titles of tabs in one line; those for which there is no room are behind "more". On phones the line is moved instead. */
import { Menu, Tabs } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fitting } from "./fitting";
import classes from "./tab-strip.module.css";

interface TabStripProps {
  tabs: readonly { key: string; title: string }[];
  current: string | null;
  onTab(key: string): void;
  /** Whether titles are put behind "more" where they do not fit. */
  folds: boolean;
}

export function TabStrip({ tabs, current, onTab, folds }: TabStripProps) {
  const { t } = useTranslation();
  const strip = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const sizes = useRef<HTMLDivElement>(null);
  const [fit, setFit] = useState(tabs.length);
  const titles = tabs.map(({ title }) => title).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: other titles have other widths.
  useLayoutEffect(() => {
    const at = strip.current;
    if (!folds || !at) return setFit(Number.MAX_SAFE_INTEGER);
    const measure = () => {
      const widths = Array.from(sizes.current?.children ?? [], (one) => one.getBoundingClientRect().width);
      const more = widths.pop() ?? 0;
      setFit(fitting(widths, at.clientWidth, more));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(at);
    return () => watcher.disconnect();
  }, [folds, titles]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: on phones the chosen tab may lie beyond the edge.
  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [current]);
  // The chosen tab always stands in the line, in the last place if need be.
  const beyond = tabs.slice(fit).find(({ key }) => key === current);
  const shown = beyond ? [...tabs.slice(0, Math.max(fit - 1, 0)), beyond] : tabs.slice(0, fit);
  const rest = tabs.filter((tab) => !shown.includes(tab));
  return (
    <div ref={strip} className={classes.strip}>
      <Tabs.List ref={list} className={classes.list}>
        {shown.map(({ key, title }) => (
          <Tabs.Tab key={key} value={key}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {rest.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <button type="button" className={classes.more}>
              {t("page.more_tabs")}
              <ChevronDown size={14} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map(({ key, title }) => (
              <Menu.Item key={key} onClick={() => onTab(key)}>
                {title}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {folds && (
        <div ref={sizes} className={classes.sizes} aria-hidden>
          {tabs.map(({ key, title }) => (
            <span key={key} data-title={title} />
          ))}
          <span data-title={`${t("page.more_tabs")} ▾`} />
        </div>
      )}
    </div>
  );
}
