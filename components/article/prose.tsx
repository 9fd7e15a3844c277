import type { ReactNode } from 'react'
import './article.css'

/**
 * A compiled body: its HTML has passed the sanitiser. `children` follow it. What is above it is
 * painted in one piece: see `PageFrame`.
 */
export function Prose({ html, children }: { html: string; children?: ReactNode }) {
  const text = <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />
  return (
    <>
      <span id="_first-part" hidden />
      {children === undefined ? (
        text
      ) : (
        <div className="prose">
          {html !== '' && text}
          {children}
        </div>
      )}
    </>
  )
}
