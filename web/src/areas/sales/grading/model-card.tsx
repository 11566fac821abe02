/** Thresholds, weights and the matrix of the model. */
import { Button, NumberInput, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ThoughtOfModel } from "@/api/types";
import { Card } from "@/ui/card";
import classes from "./grading.module.css";

const LETTERS = ["A", "B", "C"];
const AXES = ["fit", "engagement"] as const;
type NumberKey = Exclude<keyof ThoughtOfModel, "matrix">;

export interface ModelCardProps {
  value: ThoughtOfModel;
  problems: Record<string, string>;
  dirty: boolean;
  saving: boolean;
  onChange(changed: Partial<ThoughtOfModel>): void;
  onSave(): void;
}

export function ModelCard({ value, problems, dirty, saving, onChange, onSave }: ModelCardProps) {
  const { t } = useTranslation();
  const number = (key: NumberKey, name: string) => (
    <NumberInput
      aria-label={name}
      value={value[key]}
      min={0}
      max={100}
      allowDecimal={false}
      error={problems[key]}
      onChange={(next) => onChange({ [key]: Number(next) || 0 })}
      className={classes.number}
    />
  );
  const cell = (place: number, grade: string) => {
    const matrix = value.matrix.slice(0, place) + grade + value.matrix.slice(place + 1);
    onChange({ matrix });
  };
  return (
    <Card title={t("grading.model")} text={t("grading.model_text")}>
      <div className={classes.model}>
        <table className={classes.thresholds}>
          <thead>
            <tr>
              <th scope="col">{t("grading.axis")}</th>
              <th scope="col">{t("grading.from_a")}</th>
              <th scope="col">{t("grading.from_b")}</th>
              <th scope="col">{t("grading.weight")}</th>
            </tr>
          </thead>
          <tbody>
            {AXES.map((axis) => (
              <tr key={axis}>
                <th scope="row">{t(`grading.${axis}`)}</th>
                <td>{number(`${axis}_a`, t("grading.a_of", { axis: t(`grading.${axis}`) }))}</td>
                <td>{number(`${axis}_b`, t("grading.b_of", { axis: t(`grading.${axis}`) }))}</td>
                <td>{number(`${axis}_weight`, t("grading.weight_of", { axis: t(`grading.${axis}`) }))}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <table className={classes.matrix}>
          <caption>{t("grading.matrix")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("grading.fit_by_engagement")}</th>
              {LETTERS.map((letter) => (
                <th key={letter} scope="col">
                  {letter}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {LETTERS.map((fit, row) => (
              <tr key={fit}>
                <th scope="row">{fit}</th>
                {LETTERS.map((engagement, column) => (
                  <td key={engagement}>
                    <Select
                      aria-label={t("grading.cell", { fit, engagement })}
                      data={LETTERS}
                      value={value.matrix[row * LETTERS.length + column] ?? null}
                      allowDeselect={false}
                      onChange={(grade) => grade && cell(row * LETTERS.length + column, grade)}
                      className={classes.cell}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button disabled={!dirty} loading={saving} onClick={onSave}>
        {t("ui.save")}
      </Button>
    </Card>
  );
}
