import { expect, test } from "vitest";
import { readOptions, writeCredential } from "./passkeys";

test("texts of the server become bytes, whatever their padding", () => {
  const options = readOptions({
    publicKey: {
      challenge: "-_8",
      rpId: "crm.example.com",
      user: { id: "MQ" },
      allowCredentials: [{ id: "AQID" }],
    },
  });

  expect(options.challenge).toEqual(Uint8Array.from([0xfb, 0xff]));
  expect(options.user).toEqual({ id: Uint8Array.from([0x31]) });
  expect(options.allowCredentials).toEqual([{ id: Uint8Array.from([1, 2, 3]) }]);
  expect(options.rpId).toBe("crm.example.com");
  expect("excludeCredentials" in options).toBe(false);
});

test("bytes of the browser become texts, and what an answer lacks is left out", () => {
  const credential = {
    id: "-_8",
    rawId: Uint8Array.from([0xfb, 0xff]).buffer,
    type: "public-key",
    authenticatorAttachment: "platform",
    getClientExtensionResults: () => ({ credProps: { rk: true } }),
    response: { clientDataJSON: Uint8Array.from([1]).buffer, userHandle: null },
  } as unknown as PublicKeyCredential;

  expect(JSON.parse(JSON.stringify(writeCredential(credential)))).toEqual({
    id: "-_8",
    rawId: "-_8",
    type: "public-key",
    authenticatorAttachment: "platform",
    clientExtensionResults: { credProps: { rk: true } },
    response: { clientDataJSON: "AQ" },
  });
});
