import { FileButton } from './FileButton'

/** How files of the user's come into the page. */
export function OwnFiles() {
  return (
    <div className="own-files">
      <FileButton>Your own files …</FileButton>
      <p className="note">
        Images to train on: IDX, CSV, or a zip with a folder of pictures for each class. Or embeddings to look
        at: NPY, NPZ, CSV or TSV with labels. You can also drop them anywhere on this page; they stay on this
        computer.
      </p>
    </div>
  )
}
