import { decodeTable, TableFileError, type LossTable } from '../io/table-file'
import { decodeVerification, VerificationFileError, type VerificationFile } from '../io/verification-file'

/**
 * The table of trained losses that is served beside the page.
 * @throws {TableFileError} when it does not come or is damaged.
 */
export async function loadTable(): Promise<LossTable> {
  return decodeTable(await fetchText('table.json', 'the table', TableFileError))
}

/**
 * How well trained losses verify identities, served beside the page.
 * @throws {VerificationFileError} when it does not come or is damaged.
 */
export async function loadVerification(): Promise<VerificationFile> {
  return decodeVerification(
    await fetchText('verification.json', 'the file of results', VerificationFileError),
  )
}

async function fetchText(
  name: string,
  what: string,
  Failure: new (message: string, options?: ErrorOptions) => Error,
): Promise<string> {
  const url = new URL(`${import.meta.env.BASE_URL}${name}`, document.baseURI)
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Failure(`${what} can not be reached`, { cause })
  })
  if (!response.ok) throw new Failure(`${what} is missing (${response.status})`)
  return response.text()
}
