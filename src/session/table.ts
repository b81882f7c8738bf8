import { decodeTable, TableFileError, type LossTable } from '../io/table-file'

/**
 * The table of trained losses that is served beside the page.
 * @throws {TableFileError} when it does not come or is damaged.
 */
export async function loadTable(): Promise<LossTable> {
  const url = new URL(`${import.meta.env.BASE_URL}table.json`, document.baseURI)
  const response = await fetch(url).catch((cause: unknown) => {
    throw new TableFileError('the table can not be reached', { cause })
  })
  if (!response.ok) throw new TableFileError(`the table is missing (${response.status})`)
  return decodeTable(await response.text())
}
