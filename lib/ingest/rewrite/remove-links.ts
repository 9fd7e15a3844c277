const address = /\b(?:https?:\/\/|www\.)[^\s<>()[\]"'«»“”]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+/gi
const markdownLink = /!?\[([^[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)?\)/g
const tag = /<\/?[a-z][^<>]*>/gi

/**
 * A model's text with no address in it that does not stand in the story: links become their words,
 * strange addresses and HTML tags go. What is left shows as text and leads nowhere; the article's one
 * link to the story is ours.
 */
export function removeLinks(text: string, story: string): string {
  return text
    .replace(markdownLink, '$1')
    .replace(tag, '')
    .replace(address, (found) => (story.includes(found.replace(/[.,;:!?]+$/, '')) ? found : ''))
    .replace(/[ \t]{2,}/g, ' ')
    .trim()
}
