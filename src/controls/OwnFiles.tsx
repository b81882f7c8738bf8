import type { ReactNode } from 'react'
import { useLabSession } from '../session/context'
import { FileButton } from '../ui/FileButton'
import './OwnFiles.css'

/** Reads the files that are chosen with it. */
export function OwnFilesButton({ children }: { readonly children: ReactNode }) {
  const session = useLabSession()
  return (
    <FileButton label="Files of your own" onFiles={(files) => void session.files.read(files)}>
      {children}
    </FileButton>
  )
}

/** How files of the user's come into the page. */
export function OwnFiles() {
  return (
    <div className="own-files">
      <OwnFilesButton>Your own files …</OwnFilesButton>
      <p className="note">
        Images to train on: IDX, CSV, or a zip with a folder of pictures for each class. Or embeddings to look
        at: NPY, NPZ, CSV or TSV with labels. You can also drop them anywhere on this page; they stay on this
        computer.
      </p>
    </div>
  )
}
