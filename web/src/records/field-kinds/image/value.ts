/** The types of files that every browser shows as a picture. */
export const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
