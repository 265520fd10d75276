// A string as a file to keep.

/**
 * @param {string} name
 * @param {string} type
 * @param {string | null} content Nothing is offered without any.
 */
export function download(name, type, content) {
  if (content === null) return;
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
