/** True on phones and narrow windows, where lists are cards. */
import { useMediaQuery } from "@mantine/hooks";

export const useNarrow = () =>
  useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
