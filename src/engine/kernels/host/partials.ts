/**
 * Where the parts of a row of the head's partials begin, after A for each row of W, and how wide it is; names.ts
 * says what they are.
 */
export function partialsLayout(
  classes: number,
  subCenters: number,
): Record<'along' | 'logits' | 'sample' | 'width', number> {
  const rows = classes * subCenters
  return { along: rows, logits: 2 * rows, sample: 2 * rows + classes, width: 2 * rows + classes + 5 }
}
