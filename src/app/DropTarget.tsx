import { useEffect, useState } from 'react'
import { useLabSession } from '../session/context'
import './DropTarget.css'

/** Takes files that are dropped anywhere on the page, and says so while they are held over it. */
export function DropTarget() {
  const session = useLabSession()
  const [over, setOver] = useState(false)
  useEffect(() => {
    const held = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false
    const drag = (event: DragEvent): void => {
      if (!held(event)) return
      // Without this the browser would open the file in place of the page.
      event.preventDefault()
      setOver(true)
    }
    const leave = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      if (!held(event)) return
      event.preventDefault()
      setOver(false)
      const files = [...event.dataTransfer!.files]
      if (files.length > 0) void session.files.read(files)
    }
    addEventListener('dragenter', drag)
    addEventListener('dragover', drag)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragenter', drag)
      removeEventListener('dragover', drag)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [session])
  if (!over) return null
  return (
    <div className="drop-target">
      <p>
        <strong>Drop images or embeddings here</strong>
        IDX, a zip with a folder of pictures for each class, CSV, NPY, NPZ or TSV. Files that belong together,
        together. They stay on this computer.
      </p>
    </div>
  )
}
