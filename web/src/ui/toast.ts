/** Short messages at the corner of the screen. */
import { notifications } from "@mantine/notifications";
import { ApiError } from "@/lib/api";
import { errorMessage } from "@/lib/error-message";

export function toastSuccess(message: string): void {
  notifications.show({ message, color: "green", autoClose: 4_000 });
}

/** Shows an error's sentence (ApiError, Error) or a text of your own; not what the person was asked about already. */
export function toastError(error: unknown): void {
  if (error instanceof ApiError && error.code === "approvals.asked") return;
  const message = typeof error === "string" ? error : errorMessage(error);
  notifications.show({ message, color: "red", autoClose: 8_000, role: "alert" });
}
