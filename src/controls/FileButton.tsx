import { useRef, type ReactNode } from 'react'
import { importOwn } from '../session/import/own-data'

/** Opens the browser's choice of files and reads what is chosen. */
export function FileButton({ children }: { readonly children: ReactNode }) {
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
        aria-label="Files of your own"
        onChange={({ target }) => {
          const files = [...(target.files ?? [])]
          // So that the same file can be chosen again.
          target.value = ''
          if (files.length > 0) void importOwn(files)
        }}
      />
    </>
  )
}
