import { expect, test } from "vitest";
import { certificatesOf, textOf } from "./certificates";

const PEM = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

test.each([
  ["", []],
  ["  \n\n ", []],
  ["MIIC\nabcd", ["MIIC\nabcd"]],
  ["MIIC\n\nMIID", ["MIIC", "MIID"]],
  [PEM("MIIC"), ["MIIC"]],
  [`${PEM("MIIC")}\n${PEM("MIID")}\n`, ["MIIC", "MIID"]],
  [`${PEM("MIIC")}\r\n\r\n${PEM("MIID")}`, ["MIIC", "MIID"]],
])("%j holds %j", (text, certificates) => {
  expect(certificatesOf(text)).toEqual(certificates);
});

test("what is shown is read back as it was", () => {
  expect(certificatesOf(textOf(["MIIC", "MIID"]))).toEqual(["MIIC", "MIID"]);
});
