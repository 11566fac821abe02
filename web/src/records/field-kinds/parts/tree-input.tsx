/** Editor of a node of a classification: found by its name, or chosen level by level. */
import { Input, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TreeNode } from "@/api/types";
import classes from "../field-kinds.module.css";
import type { InputProps } from "../types";
import { type Coded, type TreeName, treeQuery } from "./tree";
import { useEditor } from "./use-editor";

export interface TreeInputProps extends InputProps<Coded> {
  tree: TreeName;
  /** The deepest level, from 0. */
  depth: number;
  /** What each level asks for, from the top. */
  levels: readonly string[];
  nameOf(node: TreeNode): string;
}

const SEARCH_MS = 200;

export default function TreeInput(props: TreeInputProps) {
  const { tree, depth, value, nameOf } = props;
  const client = useQueryClient();
  const editor = useEditor<Coded>(props, () => value ?? null);
  const own = useQuery({
    ...treeQuery(tree, { code: value?.code ?? "", depth }),
    enabled: Boolean(value?.code),
  });
  const path = value ? (own.data?.[0]?.path ?? []) : [];
  const choose = (node: TreeNode | null) => {
    const next = node && { code: node.code, name: nameOf(node) };
    props.onChange(next);
    if (node?.leaf) editor.pick(next);
  };
  /** Clearing a level leaves the one above it. */
  const clear = (at: number) => {
    const above = path[at - 1];
    const known = client.getQueryData(treeQuery(tree, { under: path[at - 2] ?? "", depth }).queryKey);
    choose(known?.find((node) => node.code === above) ?? null);
  };
  const shown = Math.min(path.length + (own.data?.[0]?.leaf ? 0 : 1), depth + 1);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to keys of the lists inside.
    <div
      className={classes.stack}
      onKeyDown={(event) => {
        if (event.key === "Escape") editor.onKeyDown(event);
      }}
    >
      <TreeSearch {...props} choose={choose} />
      <div className={classes.levels}>
        {["", ...path].slice(0, Math.max(shown, 1)).map((under, at) => (
          <TreeLevel
            key={under}
            {...props}
            under={under}
            title={props.levels[at] ?? ""}
            chosen={path[at] ?? null}
            choose={(node) => (node ? choose(node) : clear(at))}
          />
        ))}
      </div>
      {typeof props.error === "string" && <Input.Error>{props.error}</Input.Error>}
    </div>
  );
}

function TreeSearch({
  tree,
  depth,
  choose,
  ...props
}: TreeInputProps & { choose(node: TreeNode | null): void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(props.initialText ?? "");
  const [text] = useDebouncedValue(typed.trim(), SEARCH_MS);
  const found = useQuery({ ...treeQuery(tree, { text, depth }), enabled: text !== "" });
  const nodes = text === "" ? [] : (found.data ?? []);
  return (
    <Select
      id={props.id}
      aria-label={props["aria-label"]}
      placeholder={t("field-kinds.search_tree")}
      data={nodes.map((node) => ({ value: node.code, label: node.full_name }))}
      filter={({ options }) => options}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      value={null}
      nothingFoundMessage={text && !found.isFetching ? t("field-kinds.nothing_found") : undefined}
      size={props.compact ? "xs" : "sm"}
      autoFocus={props.autoFocus}
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled}
      error={Boolean(props.error)}
      onChange={(code) => {
        const node = nodes.find((one) => one.code === code);
        if (node) choose(node);
        setTyped("");
      }}
    />
  );
}

interface TreeLevelProps extends TreeInputProps {
  under: string;
  title: string;
  chosen: string | null;
  choose(node: TreeNode | null): void;
}

function TreeLevel({ tree, depth, under, title, chosen, choose, ...props }: TreeLevelProps) {
  const { data: nodes = [] } = useQuery(treeQuery(tree, { under, depth }));
  return (
    <Select
      aria-label={`${props["aria-label"] ?? ""} ${title}`}
      placeholder={title}
      data={nodes.map((node) => ({ value: node.code, label: node.name }))}
      searchable
      clearable
      allowDeselect={false}
      size={props.compact ? "xs" : "sm"}
      disabled={props.disabled}
      value={nodes.some((node) => node.code === chosen) ? chosen : null}
      onChange={(code) => choose(nodes.find((node) => node.code === code) ?? null)}
    />
  );
}
