import { useRef, type ReactNode } from 'react'

interface FileButtonProps {
  /** Of the field that takes the files. */
  readonly label: string
  /** At least one file. */
  readonly onFiles: (files: File[]) => void
  readonly children: ReactNode
}

/** Opens the browser's choice of files. */
export function FileButton({ label, onFiles, children }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className="button" onClick={() => input.current!.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])]
          // So that the same file can be chosen again.
          target.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </>
  )
}
