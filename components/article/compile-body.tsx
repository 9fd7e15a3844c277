import { compileMDX } from 'next-mdx-remote/rsc'
import type { ReactNode } from 'react'
import { messagesFor } from '#lib/i18n/messages.ts'
import { createTypesetter } from '#lib/i18n/typeset.ts'
import { markdownOptions } from '#lib/markdown/markdown-options.ts'
import type { Heading } from '#lib/markdown/rehype-house-style.ts'
import type { Locale } from '#lib/site/locales.ts'

/**
 * A body as React nodes, with its headings for a table of contents. `format: 'md'`: braces are text,
 * raw HTML is dropped, nothing runs. A body that cannot be compiled is shown as plain paragraphs.
 */
export async function compileBody({
  body,
  locale,
  siteUrl,
  resolvePath,
}: {
  body: string
  locale: Locale
  siteUrl: string
  resolvePath: (path: string) => string
}): Promise<{ content: ReactNode; headings: Heading[] }> {
  const messages = messagesFor(locale)
  const headings: Heading[] = []
  const options = markdownOptions(
    {
      siteUrl,
      words: {
        table: messages.tableLabel,
        taskDone: messages.taskDone,
        taskOpen: messages.taskOpen,
        image: messages.image,
        imageOf: messages.imageOf,
      },
      resolvePath,
      typesetter: () => createTypesetter(locale),
      onHeading: (heading) => headings.push(heading),
    },
    messages,
  )
  try {
    const { content } = await compileMDX({
      source: body,
      options: { mdxOptions: { format: 'md', ...options } },
    })
    return { content, headings }
  } catch (error) {
    console.error('A body could not be compiled and is shown as plain text:', error)
    return { content: <PlainParagraphs text={body} />, headings: [] }
  }
}

function PlainParagraphs({ text }: { text: string }) {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '')
  return paragraphs.map((paragraph) => <p key={paragraph}>{paragraph}</p>)
}
