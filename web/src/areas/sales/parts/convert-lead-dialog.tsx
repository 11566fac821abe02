/** What a lead becomes: a new or known company and contact, and, if wanted, an opportunity. */
import { Button, Modal, Switch, TextInput } from "@mantine/core";
import { getHotkeyHandler } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, MoneyValue, RecordRow, Reference } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { errorMessage } from "@/lib/error-message";
import { label } from "@/lib/label";
import { fieldKind } from "@/records/field-kinds";
import formClasses from "@/records/form/form.module.css";
import { showUndo } from "@/ui/undo-toast";
import { duplicatesQuery } from "../requests/conversion";
import { useConvertLead } from "../requests/use-convert-lead";
import classes from "./convert-lead.module.css";
import { KnownOrNew } from "./known-or-new";

interface ConvertLeadDialogProps {
  object: CatalogObject;
  lead: RecordRow;
  onClose(): void;
}

export function ConvertLeadDialog({ object, lead, onClose }: ConvertLeadDialogProps) {
  const { t } = useTranslation();
  const companies = useObject("company");
  const contacts = useObject("contact");
  const opportunities = useObject("opportunity");
  const amountField = opportunities && findField(opportunities, "amount");
  const [company, setCompany] = useState<Reference | null>(null);
  const [contact, setContact] = useState<Reference | null>(null);
  const [deal, setDeal] = useState<Reference | null>(null);
  const [withDeal, setWithDeal] = useState(true);
  const [name, setName] = useState("");
  const [amount, setAmount] = useState<MoneyValue | null>(null);
  const convert = useConvertLead();
  const found = useQuery(duplicatesQuery(lead.id)).data;
  const title = String(lead[object.title] ?? "");
  const companyName = typeof lead.company_name === "string" ? lead.company_name : null;

  const submit = () => {
    if (convert.isPending) return;
    convert.mutate(
      {
        lead: lead.id,
        company: company?.id ?? null,
        contact: contact?.id ?? null,
        opportunity: (withDeal && deal?.id) || null,
        create_opportunity: withDeal,
        opportunity_name: withDeal && name.trim() ? name.trim() : null,
        amount: withDeal ? (amount?.amount ?? null) : null,
      },
      {
        onSuccess: ({ change_set }) => {
          showUndo(t("sales.converted", { title }), change_set);
          onClose();
        },
      },
    );
  };
  const MoneyInput = fieldKind("money").Input;
  return (
    <Modal opened onClose={onClose} title={t("sales.convert_title", { title })} size={560}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens to shortcuts typed in the fields. */}
      <div onKeyDown={getHotkeyHandler([["mod+Enter", submit]])}>
        {convert.isError && (
          <p className={formClasses.refusal} role="alert">
            {errorMessage(convert.error)}
          </p>
        )}
        {companies && (
          <KnownOrNew
            object={companies}
            value={company}
            onChange={setCompany}
            suggestion={companyName}
            found={found?.companies}
          >
            <p className={classes.new}>
              {companyName ? t("sales.new_company", { name: companyName }) : t("sales.no_company")}
            </p>
          </KnownOrNew>
        )}
        {contacts && (
          <KnownOrNew
            object={contacts}
            value={contact}
            onChange={setContact}
            suggestion={title}
            found={found?.contacts}
            where={company ? { field: "company", op: "eq", value: company.id } : null}
          >
            <p className={classes.new}>{t("sales.new_contact", { name: title })}</p>
          </KnownOrNew>
        )}
        {opportunities && (
          <>
            <Switch
              size="sm"
              className={classes.part}
              label={t("sales.with_opportunity")}
              checked={withDeal}
              onChange={(event) => setWithDeal(event.currentTarget.checked)}
            />
            {withDeal && (
              <KnownOrNew
                object={opportunities}
                value={deal}
                onChange={setDeal}
                suggestion={companyName}
                found={found?.opportunities}
                where={company ? { field: "company", op: "eq", value: company.id } : null}
              >
                <div className={classes.fields}>
                  <div>
                    <label className={formClasses.label} htmlFor="convert-name">
                      {t("sales.opportunity_name")}
                    </label>
                    <TextInput
                      id="convert-name"
                      placeholder={t("sales.opportunity_name_default", { customer: companyName ?? title })}
                      value={name}
                      onChange={(event) => setName(event.currentTarget.value)}
                    />
                  </div>
                  {amountField && (
                    <div>
                      <label className={formClasses.label} htmlFor="convert-amount">
                        {label(amountField.label)}
                      </label>
                      <MoneyInput
                        id="convert-amount"
                        field={amountField}
                        value={amount}
                        onChange={setAmount}
                      />
                    </div>
                  )}
                </div>
              </KnownOrNew>
            )}
          </>
        )}
        <div className={classes.foot}>
          <Button variant="default" onClick={onClose} disabled={convert.isPending}>
            {t("sales.cancel")}
          </Button>
          <Button onClick={submit} loading={convert.isPending} title="Ctrl Enter">
            {t("sales.convert")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
