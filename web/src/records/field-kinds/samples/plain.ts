/** Samples of the kinds that hold one plain value: words, numbers, times. */
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { box, field, instant, type KindSample, same, typesInCell, typing } from "./sample";

export const plain: Record<string, KindSample> = {
  text: {
    field: field("text", { max_length: 6 }),
    value: "云图物流",
    text: same("云图物流"),
    refused: [["云图物流有限公司", "最多 6 个字"]],
    edit: typing("云图物流"),
    typesInCell,
  },
  long_text: {
    field: field("long_text"),
    value: "第一行\n第二行",
    text: same("第一行\n第二行"),
    shown: same("第一行 第二行"),
    edit: typing("第一行{Enter}第二行"),
    typesInCell,
  },
  rich_text: {
    field: field("rich_text"),
    value: "<p>报价 <strong>通过</strong></p>",
    text: same("报价 通过"),
    pasted: "<p>报价 通过</p>",
  },
  integer: {
    field: field("integer", { min: 1, max: 5000 }),
    value: 1234,
    text: same("1,234"),
    refused: [
      [0, "不能小于 1"],
      [9000, "不能大于 5000"],
      ["1.5", "请输入整数"],
      ["很多", "请输入数字"],
    ],
    edit: typing("1,234"),
    typesInCell,
  },
  decimal: {
    field: field("decimal", { scale: 2 }),
    value: "1234.5",
    text: same("1,234.5"),
    refused: [["1.234", "最多 2 位小数"]],
    edit: typing("１２３４.５"),
    typesInCell,
  },
  money: {
    field: field("money", { currency: "CNY" }),
    value: { amount: "32000", currency: "CNY" },
    text: same("¥32,000"),
    refused: [[{ amount: "三万", currency: "CNY" }, "请输入数字"]],
    edit: typing("3.2万"),
    typesInCell,
  },
  percent: {
    field: field("percent", { scale: 2 }),
    value: "35",
    text: same("35%"),
    edit: typing("35%"),
    typesInCell,
  },
  boolean: {
    field: field("boolean"),
    value: true,
    text: { "zh-CN": "是", en: "Yes" },
    edit: async () => {
      await userEvent.click(box());
    },
  },
  date: {
    field: field("date"),
    value: "2026-11-21",
    text: same("2026-11-21"),
    refused: [["2026-02-31", "日期格式不对，例如 2026-11-21"]],
    edit: typing("2026年11月21日"),
    typesInCell,
  },
  datetime: {
    field: field("datetime"),
    value: instant,
    text: same("2026-11-21 16:30"),
    refused: [["下个雨天", "时间格式不对，例如 2026-11-21 16:30"]],
    edit: typing("2026/11/21 16:30"),
    typesInCell,
  },
  duration: {
    field: field("duration", { unit: "hour" }),
    value: 5400,
    text: { "zh-CN": "1小时30分钟", en: "1h 30m" },
    refused: [["很久", "时长格式不对，例如 1小时30分 或 1:30"]],
    edit: typing("1.5"),
    typesInCell,
  },
  time: {
    field: field("time"),
    value: "15:30",
    text: same("15:30"),
    refused: [["25:00", "时间格式不对，例如 15:30"]],
    edit: typing("下午3点半"),
    typesInCell,
  },
  rating: {
    field: field("rating", { max: 5 }),
    value: 4,
    text: same("4"),
    shown: same(""),
    refused: [[6, "请选择 1 到 5 星"]],
    edit: async () => {
      const star = await screen.findByLabelText("示例 5 星中的 4 星", { selector: "input" });
      await userEvent.click(document.querySelector(`label[for="${star.id}"]`) as HTMLElement);
    },
  },
  progress: {
    field: field("progress"),
    value: "35",
    text: same("35%"),
    refused: [["120", "不能大于 100"]],
    edit: typing("35"),
    typesInCell,
  },
  auto_number: { field: field("auto_number"), value: "OPP-000012", text: same("OPP-000012") },
  json: { field: field("json"), value: { a: [1, 2] }, text: same('{"a":[1,2]}'), typesInCell },
};
