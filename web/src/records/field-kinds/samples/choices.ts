/** Samples of the kinds that are chosen from something. */
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { box, field, type KindSample, options, same, typesInCell, typing } from "./sample";

export const choices: Record<string, KindSample> = {
  choice: {
    field: field("choice", { options }),
    value: "old",
    text: { "zh-CN": "老客户", en: "Existing" },
    refused: [["lost", "请从选项中选择"]],
    edit: async () => {
      await userEvent.click(box());
      await userEvent.click(await screen.findByRole("option", { name: "老客户" }));
    },
    typesInCell,
  },
  record_type: {
    field: field("record_type", { options }),
    value: "old",
    text: { "zh-CN": "老客户", en: "Existing" },
    refused: [["lost", "请从选项中选择"]],
    edit: async () => {
      await userEvent.click(box());
      await userEvent.click(await screen.findByRole("option", { name: "老客户" }));
    },
    typesInCell,
  },
  multi_choice: {
    field: field("multi_choice", { options }),
    value: ["new", "old"],
    text: { "zh-CN": "新客户、老客户", en: "New, Existing" },
    shown: { "zh-CN": "新客户老客户", en: "NewExisting" },
    refused: [[["lost"], "请从选项中选择"]],
    edit: async () => {
      await userEvent.click(box());
      await userEvent.click(await screen.findByRole("option", { name: "老客户" }));
    },
    edited: ["old"],
    typesInCell,
  },
  tags: {
    field: field("tags"),
    value: ["VIP", "华东"],
    text: { "zh-CN": "VIP、华东", en: "VIP, 华东" },
    shown: same("VIP华东"),
    edit: typing("VIP{Enter}"),
    edited: ["VIP"],
  },
  color: {
    field: field("color"),
    value: "#1677ff",
    text: same("#1677ff"),
    refused: [["天空", "颜色格式不对，例如 #1677ff"]],
    edit: typing("#1677FF"),
    typesInCell,
  },
  region: {
    field: field("region"),
    value: { code: "440305", name: "广东省深圳市南山区", name_en: "Guangdong 深圳市南山区" },
    text: { "zh-CN": "广东省深圳市南山区", en: "Guangdong 深圳市南山区" },
    pasted: { code: "广东省深圳市南山区", name: "广东省深圳市南山区" },
  },
  industry: {
    field: field("industry"),
    value: { code: "2710", name: "化学药品原料药制造" },
    text: same("2710 化学药品原料药制造"),
    shown: same("化学药品原料药制造"),
  },
};
