/** Passkeys in this browser: the messages of the server as the browser wants them, and its answers as the server does. */
import i18next from "i18next";
import { ApiError } from "./api";

/** What the server sends: binary values are texts in URL-safe base64. */
export interface PasskeyOptions {
  publicKey: Record<string, unknown> & {
    challenge: string;
    user?: { id: string };
    allowCredentials?: { id: string }[];
    excludeCredentials?: { id: string }[];
  };
}

/** Whether this browser can do it here: only at a secure address, and an address that is a number is none. */
export function canUsePasskeys(): boolean {
  return (
    window.isSecureContext && typeof window.PublicKeyCredential === "function" && !!navigator.credentials
  );
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function text(data: ArrayBuffer | null | undefined): string | undefined {
  if (!data) return undefined;
  const plain = Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The options with bytes in place of texts. */
export function readOptions({ publicKey }: PasskeyOptions): Record<string, unknown> {
  const listed = (all?: { id: string }[]) => all?.map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
    ...(publicKey.allowCredentials && { allowCredentials: listed(publicKey.allowCredentials) }),
    ...(publicKey.excludeCredentials && { excludeCredentials: listed(publicKey.excludeCredentials) }),
  };
}

/** An answer with texts in place of bytes. */
export function writeCredential(credential: PublicKeyCredential): Record<string, unknown> {
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    },
  };
}

const WORDS: Record<string, string> = {
  NotAllowedError: "lib.passkey_cancelled",
  AbortError: "lib.passkey_cancelled",
  InvalidStateError: "lib.passkey_known",
  SecurityError: "lib.passkey_address",
};

async function ask(run: () => Promise<Credential | null>): Promise<Record<string, unknown>> {
  try {
    const found = await run();
    if (found) return writeCredential(found as PublicKeyCredential);
  } catch (error) {
    const key = error instanceof Error ? WORDS[error.name] : undefined;
    throw new ApiError({
      status: 400,
      code: "passkey",
      message: i18next.t(key ?? "lib.passkey_failed"),
    });
  }
  throw new ApiError({ status: 400, code: "passkey", message: i18next.t("lib.passkey_cancelled") });
}

/** Makes a passkey; refuses with a sentence when the person turns back. */
export function makePasskey(options: PasskeyOptions): Promise<Record<string, unknown>> {
  const publicKey = readOptions(options) as unknown as PublicKeyCredentialCreationOptions;
  return ask(() => navigator.credentials.create({ publicKey }));
}

/** Signs with a passkey. */
export function askPasskey(options: PasskeyOptions): Promise<Record<string, unknown>> {
  const publicKey = readOptions(options) as unknown as PublicKeyCredentialRequestOptions;
  return ask(() => navigator.credentials.get({ publicKey }));
}
