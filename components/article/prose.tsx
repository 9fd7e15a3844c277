import type { ReactNode } from 'react'

/** A compiled body: its HTML has passed the sanitiser. `children` follow it. */
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
