/** One group of conditions joined by AND or OR, with groups and related records inside it. */
import { ActionIcon, Button, Group, SegmentedControl, Select } from "@mantine/core";
import { CornerDownRight, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, Relation } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { type EditNode, type GroupNode, newGroup, newRule, type RuleNode } from "../query/filter-edit";
import { lastField } from "../query/paths";
import classes from "./filter.module.css";
import { adaptValue, firstOperator, offeredOperators, valueShape } from "./operators";
import { PathPicker } from "./path-picker";
import { ValueEditor } from "./value-editor";

const MAX_NESTING = 4;
const canFilter = (field: Field) => offeredOperators(field).length > 0;

type Editing = {
  replace(id: string, change: (node: EditNode) => EditNode | null): void;
};

/** A condition on the field, with the operator people use most. */
export function ruleFor(path: string, field: Field): RuleNode {
  const op = firstOperator(field);
  return newRule(path, op, adaptValue(null, "one", valueShape(op, field)));
}

export function FilterGroup({
  group,
  object,
  depth,
  replace,
}: Editing & { group: GroupNode; object: CatalogObject; depth: number }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const relation = object.relations.find((each) => each.key === group.has);
  const inner = relation ? (findObject(catalog, relation.object) ?? object) : object;
  const add = (child: EditNode) =>
    replace(group.id, (node) =>
      node.kind === "group" ? { ...node, children: [...node.children, child] } : node,
    );
  return (
    <div className={depth > 0 ? classes.group : undefined}>
      <Group gap={8} mb={group.children.length > 0 || depth > 0 ? 8 : 0} wrap="nowrap">
        {relation && (
          <Select
            w={150}
            aria-label={t("filter.relation_op")}
            allowDeselect={false}
            data={[
              { value: "has", label: t("filter.relation_has", { name: label(relation.label) }) },
              { value: "not", label: t("filter.relation_not", { name: label(relation.label) }) },
            ]}
            value={group.negated ? "not" : "has"}
            onChange={(next) =>
              replace(group.id, (node) => ({ ...node, negated: next === "not" }) as EditNode)
            }
          />
        )}
        {(depth > 0 || group.children.length > 1) && (
          <SegmentedControl
            size="xs"
            aria-label={t("filter.join")}
            data={[
              { value: "and", label: t("filter.all_of") },
              { value: "or", label: t("filter.any_of") },
            ]}
            value={group.join}
            onChange={(join) => replace(group.id, (node) => ({ ...node, join }) as EditNode)}
          />
        )}
        <span style={{ flex: 1 }} />
        {depth > 0 && <Remove onClick={() => replace(group.id, () => null)} />}
      </Group>
      {group.children.map((child) =>
        child.kind === "rule" ? (
          <FilterRule key={child.id} rule={child} object={inner} replace={replace} />
        ) : (
          <FilterGroup key={child.id} group={child} object={inner} depth={depth + 1} replace={replace} />
        ),
      )}
      <Group gap={4} mt={6}>
        <PathPicker
          object={inner}
          path=""
          accepts={canFilter}
          onChoose={({ path, field }) => add(ruleFor(path, field))}
          onRelation={
            depth < MAX_NESTING ? (chosen: Relation) => add(newGroup("and", [], chosen.key)) : undefined
          }
        >
          <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} />}>
            {t("filter.add_rule")}
          </Button>
        </PathPicker>
        {depth < MAX_NESTING && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<CornerDownRight size={14} />}
            onClick={() => add(newGroup(group.join === "and" ? "or" : "and"))}
          >
            {t("filter.add_group")}
          </Button>
        )}
      </Group>
    </div>
  );
}

function FilterRule({ rule, object, replace }: Editing & { rule: RuleNode; object: CatalogObject }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const field = lastField(catalog, object, rule.field);
  const change = (values: Partial<RuleNode>) =>
    replace(rule.id, (node) => ({ ...node, ...values }) as EditNode);
  const setOperator = (op: string | null) => {
    if (!op || !field) return;
    change({ op, value: adaptValue(rule.value, valueShape(rule.op, field), valueShape(op, field)) });
  };
  return (
    <div className={classes.rule}>
      <PathPicker
        object={object}
        path={rule.field}
        accepts={canFilter}
        onChoose={({ path, field: chosen }) =>
          replace(rule.id, () => ({ ...ruleFor(path, chosen), id: rule.id }))
        }
      />
      {field && (
        <>
          <Select
            className={classes.operator}
            aria-label={t("filter.operator")}
            allowDeselect={false}
            data={offeredOperators(field).map((op) => ({ value: op, label: t(`filter.op_${op}`) }))}
            value={rule.op}
            onChange={setOperator}
          />
          <div className={classes.value}>
            <ValueEditor
              field={field}
              op={rule.op}
              value={rule.value}
              label={label(field.label)}
              onChange={(value) => change({ value })}
            />
          </div>
        </>
      )}
      <Remove onClick={() => replace(rule.id, () => null)} />
    </div>
  );
}

function Remove({ onClick }: { onClick(): void }) {
  const { t } = useTranslation();
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("filter.remove")} onClick={onClick}>
      <Trash2 size={15} />
    </ActionIcon>
  );
}
