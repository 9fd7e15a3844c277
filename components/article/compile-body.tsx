import { compileMDX } from 'next-mdx-remote/rsc'
import type { ReactNode } from 'react'
import type { Picture } from '#lib/content/article.ts'
import { toMediaImage } from '#lib/covers/media-image.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { createTypesetter } from '#lib/i18n/typeset.ts'
import { markdownOptions } from '#lib/markdown/markdown-options.ts'
import type { Heading } from '#lib/markdown/rehype-house-style.ts'
import type { Locale } from '#lib/site/locales.ts'
import { toMediaPath } from '#lib/site/media-address.ts'

/** The picture at a decoded path of the content folder, and its size. */
export type FindPicture = (path: string) => Picture | undefined

/**
 * A body as React nodes, with its headings for a table of contents. `format: 'md'`: braces are text,
 * raw HTML is dropped, nothing runs. A body that cannot be compiled is shown as plain paragraphs.
 */
export async function compileBody({
  body,
  locale,
  siteUrl,
  resolvePath,
  findPicture,
}: {
  body: string
  locale: Locale
  siteUrl: string
  resolvePath: (path: string) => string
  findPicture: FindPicture
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
      toPicture: (address) => {
        const path = toMediaPath(address)
        const picture = path === undefined ? undefined : findPicture(path)
        return picture && toMediaImage(picture)
      },
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
