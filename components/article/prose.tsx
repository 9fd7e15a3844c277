import type { ReactNode } from 'react'

/** A body as it was compiled: its HTML has passed the sanitiser. `children` follow in the same text. */
export function Prose({ html, children }: { html: string; children?: ReactNode }) {
  const text = <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />
  if (children === undefined) return text
  return (
    <div className="prose">
      {text}
      {children}
    </div>
  )
}
