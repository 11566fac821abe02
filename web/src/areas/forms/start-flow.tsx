/** Flows that the member may start on a record: one as a button, several as a menu; what they ask is asked first. */
import { Button, Group, Menu, Modal } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronDown, Zap } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowButton } from "@/api/types";
import { label } from "@/lib/label";
import { recordKeys } from "@/lib/records";
import { useOnlyLooks } from "@/lib/rights";
import { useSubmit } from "@/lib/use-submit";
import type { RecordPartProps } from "@/records/page/extensions";
import { FormProblem } from "@/ui/form-problem";
import { toastSuccess } from "@/ui/toast";
import { QuestionInputs } from "./question-inputs";
import { type Answers, buttonsQuery, startFlow } from "./requests";

const called = (flow: FlowButton) => label(flow.label) || flow.name;

export function StartFlow({ object, record }: RecordPartProps) {
  const { t } = useTranslation();
  const looks = useOnlyLooks();
  const flows = useQuery(buttonsQuery(object.key)).data ?? [];
  const [chosen, setChosen] = useState<FlowButton | null>(null);
  const [first] = flows;
  if (!first || looks || record._rights?.edit === false) return null;
  return (
    <>
      {flows.length === 1 ? (
        <Button variant="default" leftSection={<Zap size={15} />} onClick={() => setChosen(first)}>
          {called(first)}
        </Button>
      ) : (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<Zap size={15} />}
              rightSection={<ChevronDown size={14} aria-hidden />}
            >
              {t("forms.start")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {flows.map((flow) => (
              <Menu.Item key={flow.flow} onClick={() => setChosen(flow)}>
                {called(flow)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {chosen && (
        <StartDialog flow={chosen} object={object.key} record={record.id} onClose={() => setChosen(null)} />
      )}
    </>
  );
}

interface StartDialogProps {
  flow: FlowButton;
  object: string;
  record: string;
  onClose(): void;
}

function StartDialog({ flow, object, record, onClose }: StartDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [answers, setAnswers] = useState<Answers>({});
  const { busy, problem, fields, submit } = useSubmit();
  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await submit(() => startFlow(flow.flow, object, record, answers)))) return;
    toastSuccess(t("forms.started", { name: called(flow) }));
    onClose();
    await client.invalidateQueries({ queryKey: recordKeys.of(object) });
  };
  return (
    // The second click of two quick ones falls beside the question.
    <Modal opened onClose={onClose} title={called(flow)} closeOnClickOutside={false}>
      <form onSubmit={start} noValidate>
        <FormProblem text={problem} />
        {flow.questions.length > 0 ? (
          <QuestionInputs
            questions={flow.questions}
            answers={answers}
            problems={fields}
            onAnswer={(name, answer) => setAnswers((before) => ({ ...before, [name]: answer }))}
          />
        ) : (
          <p>{t("forms.start_text", { name: flow.name })}</p>
        )}
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("forms.start_now")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
