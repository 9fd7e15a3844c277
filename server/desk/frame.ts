import { mayActAs, type Role } from '#lib/desk/accounts.ts'
import type { DeskWords } from '#lib/i18n/desk-words.ts'
import { site } from '#lib/site/site.ts'
import { themeStyle } from '#lib/site/theme-style.ts'
import type { Frame } from './desk.ts'
import { html, trusted } from './html.ts'

type NavigationWord = {
  [Key in keyof DeskWords]: DeskWords[Key] extends string ? Key : never
}[keyof DeskWords]

type Entry = { path: string; word: NavigationWord; role: Role }

/** The pages of the menu, in its order, for who may see them. */
const menu: Entry[] = [
  { path: '/desk', word: 'needs', role: 'writer' },
  { path: '/desk/articles', word: 'articles', role: 'writer' },
]

/** Those that are folded away beside it. */
const tools: Entry[] = [
  { path: '/desk/front-page', word: 'frontPage', role: 'editor' },
  { path: '/desk/calendar', word: 'calendar', role: 'writer' },
  { path: '/desk/languages', word: 'parity', role: 'writer' },
  { path: '/desk/tags', word: 'tags', role: 'editor' },
  { path: '/desk/redirects', word: 'redirects', role: 'editor' },
  { path: '/desk/ingest', word: 'ingest', role: 'writer' },
  { path: '/desk/people', word: 'people', role: 'owner' },
  { path: '/desk/audit', word: 'audit', role: 'owner' },
]

/** The desk's files of a build. */
export type DeskFiles = { script: string; style: string }

/** The frame of every page of the desk: its head, the menu, and where one's account is. */
export function createFrame({ files, siteUrl }: { files: DeskFiles; siteUrl: string }): Frame {
  return ({ title, body, nonce, words, language, user, path }) => {
    const mine = (entries: Entry[]) =>
      entries.filter(({ role }) => user && mayActAs(user.role, role))
    const items = (entries: Entry[]) =>
      mine(entries).map((entry) => html`<li>${link(entry.path, words[entry.word])}</li>`)
    const link = (href: string, text: string) =>
      html`<a href="${href}"${path === href && html` aria-current="page"`}>${text}</a>`
    const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} · ${words.desk} · ${site().name}</title>
<style nonce="${nonce}">${trusted(themeStyle())}</style>
<link rel="stylesheet" href="${files.style}">
<script type="module" src="${files.script}"></script>
</head>
<body data-nonce="${nonce}">
<a class="skip" href="#main">${words.skipToContent}</a>
<header class="bar">
<a class="name" href="/desk">${site().name} <span>${words.desk}</span></a>
${
  user &&
  html`<nav aria-label="${words.navigation}">
<ul>${items(menu)}
<li><details class="tools"${tools.some((entry) => entry.path === path) && html` open`}><summary>${words.tools}</summary><ul>${items(tools)}</ul></details></li>
<li>${link('/desk/account', user.name)}</li>
<li><a href="${siteUrl}">${words.viewSite}</a></li></ul>
</nav>`
}
</header>
<main id="main" tabindex="-1">
${body}
</main>
</body>
</html>
`
    return page.text
  }
}
