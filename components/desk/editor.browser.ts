import { autocompletion, type CompletionContext } from '@codemirror/autocomplete'
import { markdown } from '@codemirror/lang-markdown'
import { yamlFrontmatter } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { MergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { basicSetup } from 'codemirror'

/** How long typing has to pause, in ms, before a text is kept in the browser and shown in the preview. */
const pauses = { keep: 300, preview: 600 }

/** How often the server hears that somebody is in a file, in ms. */
const presenceEvery = 20_000

/** Brings the form of a file to life; without this it is a plain form that works. */
export function setUpEditor(form: HTMLFormElement): void {
  const area = form.querySelector<HTMLTextAreaElement>('#body, #text')
  if (!area) return
  const view = replaceArea(area, [
    lintGutter(),
    autocompletion({ override: [findLinks] }),
    keymap.of([
      {
        key: 'Mod-s',
        run() {
          form.requestSubmit(form.querySelector<HTMLButtonElement>('[data-save]'))
          return true
        },
      },
    ]),
    EditorView.domEventHandlers({
      drop: (event, editor) => takePictures(event.dataTransfer, event, editor, form),
      paste: (event, editor) => takePictures(event.clipboardData, event, editor, form),
    }),
  ])
  showProblems(view, form)
  keepUnsaved(form, view)
  showPreview(form)
  showOthers()
}

/** Two texts side by side: the file as it is now, and the one that is going to be saved. */
export function setUpMerge(form: HTMLFormElement): void {
  const area = form.querySelector<HTMLTextAreaElement>('#text')
  if (!area) return
  const { theirs = '', theirsWord = '', resultWord = '' } = form.dataset
  const parent = document.createElement('div')
  const names = document.createElement('p')
  names.className = 'sides-names'
  for (const word of [theirsWord, resultWord]) {
    const name = document.createElement('strong')
    name.textContent = word
    names.append(name)
  }
  // The names of both sides stand above them: the label would be the second name of one.
  for (const label of area.labels) label.hidden = true
  area.before(names, parent)
  area.hidden = true
  const merge = new MergeView({
    parent,
    a: {
      doc: theirs,
      extensions: [...common(theirsWord), EditorState.readOnly.of(true)],
    },
    b: { doc: area.value, extensions: [...common(resultWord), writeTo(area)] },
    revertControls: 'a-to-b',
    collapseUnchanged: { margin: 4, minSize: 12 },
  })
  form.addEventListener('submit', () => {
    area.value = merge.b.state.doc.toString()
  })
}

/** In the publication's colours, which can be read in the light and in the dark. */
const highlighting = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  {
    tag: [tags.link, tags.url, tags.propertyName, tags.definition(tags.propertyName)],
    color: 'var(--accent)',
  },
  {
    tag: [tags.meta, tags.comment, tags.quote, tags.processingInstruction],
    color: 'var(--ink-soft)',
  },
])

/** The parts that every editor of the desk has. Styles that it makes carry the page's nonce. */
function common(label: string): Extension[] {
  return [
    EditorView.cspNonce.of(document.body.dataset.nonce ?? ''),
    syntaxHighlighting(highlighting),
    basicSetup,
    // Where the editor has the whole file, its front matter is YAML.
    yamlFrontmatter({ content: markdown() }),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true' }),
    EditorView.theme({
      '&': { backgroundColor: 'var(--paper)', color: 'var(--ink)', fontSize: '1rem' },
      '.cm-content': { fontFamily: 'var(--mono)', caretColor: 'var(--ink)' },
      '.cm-gutters': { backgroundColor: 'var(--wash)', color: 'var(--ink-soft)', border: 'none' },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--wash)' },
      '.cm-tooltip': { backgroundColor: 'var(--paper)', borderColor: 'var(--rule)' },
    }),
  ]
}

const writeTo = (area: HTMLTextAreaElement) =>
  EditorView.updateListener.of(({ docChanged, state }) => {
    if (!docChanged) return
    area.value = state.doc.toString()
    area.dispatchEvent(new Event('input', { bubbles: true }))
  })

/** An editor in the place of a text area, which goes on being what the form sends. */
function replaceArea(area: HTMLTextAreaElement, extensions: Extension[]): EditorView {
  const label = area.labels[0]?.textContent ?? ''
  const parent = document.createElement('div')
  area.before(parent)
  area.hidden = true
  const state = EditorState.create({
    doc: area.value,
    extensions: [...common(label), writeTo(area), ...extensions],
  })
  return new EditorView({ state, parent })
}

type Problem = { line: number; severity: 'error' | 'warning'; message: string }

/** What the check said of the file, at its lines. The editor may have only the body of the file. */
function showProblems(view: EditorView, form: HTMLFormElement): void {
  const first = Number(form.dataset.line)
  const problems: Problem[] = JSON.parse(form.dataset.problems ?? '[]')
  const { doc } = view.state
  const diagnostics = problems
    .map(({ line, ...problem }) => ({ ...problem, line: line - first + 1 }))
    .filter(({ line }) => line >= 1 && line <= doc.lines)
    .map(({ severity, line, message }) => {
      const { from, to } = doc.line(line)
      return { from, to, severity, message }
    })
  view.dispatch(setDiagnostics(view.state, diagnostics))
}

/** Keeps what is in the form in this browser until it is saved, and offers it when the form is opened again. */
function keepUnsaved(form: HTMLFormElement, view: EditorView): void {
  const { store = '', restorePhrase = '', restoreWord = '', forgetWord = '' } = form.dataset
  const key = `desk unsaved ${store}`
  const read = () => new URLSearchParams(toParams(form)).toString()
  const shown = read()
  const kept: { at: string; values: string } | null = JSON.parse(
    localStorage.getItem(key) ?? 'null',
  )
  // The page after a save that worked has what was kept.
  if (kept && !isSame(kept.values, shown)) offer(kept)
  else localStorage.removeItem(key)

  let timer = 0
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      const values = { at: new Date().toISOString(), values: read() }
      localStorage.setItem(key, JSON.stringify(values))
    }, pauses.keep)
  })

  function offer({ at, values }: { at: string; values: string }): void {
    const line = document.createElement('p')
    line.className = 'notice'
    line.setAttribute('role', 'status')
    line.append(
      restorePhrase.replace('{0}', new Date(at).toLocaleString(document.documentElement.lang)),
      ' ',
    )
    const add = (word: string, act: () => void) => {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'quiet'
      button.textContent = word
      button.addEventListener('click', () => {
        act()
        line.remove()
      })
      line.append(button, ' ')
    }
    add(restoreWord, () => {
      const params = new URLSearchParams(values)
      for (const field of form.elements) {
        if (
          !(
            field instanceof HTMLInputElement ||
            field instanceof HTMLTextAreaElement ||
            field instanceof HTMLSelectElement
          )
        )
          continue
        // The digest stays the one that the text began from: a change since then is a conflict.
        const given = params.getAll(field.name).at(-1)
        if (given === undefined) continue
        if (field instanceof HTMLInputElement && field.type === 'checkbox')
          field.checked = given === 'true'
        else if (
          !(
            field instanceof HTMLInputElement &&
            field.type === 'hidden' &&
            field.name.startsWith('field:')
          )
        )
          field.value = given
      }
      const text = params.get('body') ?? params.get('text') ?? ''
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
    })
    add(forgetWord, () => localStorage.removeItem(key))
    form.before(line)
  }
}

/** Two forms of one content, whatever digests they began from. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => {
    const params = new URLSearchParams(text)
    params.delete('base')
    return params.toString().replaceAll('%0D%0A', '%0A')
  })
  return one === other
}

const toParams = (form: HTMLFormElement): [string, string][] =>
  Array.from(new FormData(form)).map(([name, value]) => [name, String(value)])

/**
 * The preview follows the text. The first page is sent into the frame by the form; later ones replace
 * its main part, so that the place where one reads stays.
 */
function showPreview(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('[data-preview]')
  const frame = document.querySelector<HTMLIFrameElement>('[data-preview-frame]')
  if (!button || !frame) return
  let timer = 0
  let latest = 0
  /** The text has changed since the page in the frame was asked for. */
  let isBehind = false

  async function refresh(): Promise<void> {
    // Nobody has asked for a preview, or the first page is on its way: its arrival calls this again.
    if (!frame?.contentDocument?.querySelector('main')) return
    isBehind = false
    latest += 1
    const number = latest
    const body = new URLSearchParams(toParams(form))
    const response = await fetch(button?.formAction ?? '', { method: 'POST', body }).catch(
      () => undefined,
    )
    // Of a text that cannot be shown just now, the last page stays.
    if (!response?.ok || number !== latest) return
    const next = new DOMParser().parseFromString(await response.text(), 'text/html')
    const main = next.querySelector('main')
    if (main) frame.contentDocument?.querySelector('main')?.replaceWith(main)
  }

  frame.addEventListener('load', () => {
    if (isBehind) void refresh()
  })
  button.addEventListener('click', () => {
    isBehind = false
  })
  form.addEventListener('input', () => {
    isBehind = true
    clearTimeout(timer)
    timer = window.setTimeout(refresh, pauses.preview)
  })
  if (matchMedia('(min-width: 70rem)').matches) form.requestSubmit(button)
}

/** Says who else has the file open. */
function showOthers(): void {
  const line = document.querySelector<HTMLElement>('[data-others]')
  const { others: address = '', othersPhrase = '' } = line?.dataset ?? {}
  if (!line) return
  setInterval(async () => {
    if (document.hidden) return
    const response = await fetch(address, { method: 'POST' }).catch(() => undefined)
    if (!response?.ok) return
    const { others }: { others: string[] } = await response.json()
    line.hidden = others.length === 0
    line.textContent = othersPhrase.replace('{0}', others.join(', '))
  }, presenceEvery)
}

/** Pictures that are dropped or pasted go into the media folder, and their text is asked for. */
function takePictures(
  given: DataTransfer | null,
  event: Event,
  view: EditorView,
  form: HTMLFormElement,
): boolean {
  const pictures = Array.from(given?.files ?? []).filter(({ type }) => type.startsWith('image/'))
  if (pictures.length === 0) return false
  event.preventDefault()
  void addPictures(pictures, view, form)
  return true
}

async function addPictures(pictures: File[], view: EditorView, form: HTMLFormElement) {
  const { altPhrase = '', failedPhrase = '' } = form.dataset
  for (const picture of pictures) {
    const alt = prompt(`${picture.name}\n${altPhrase}`)
    if (alt === null) continue
    const response = await fetch(`/desk/media?name=${encodeURIComponent(picture.name)}`, {
      method: 'POST',
      headers: { 'content-type': picture.type },
      body: picture,
    }).catch(() => undefined)
    const answer: { path?: string; problem?: string } =
      (await response?.json().catch(() => ({}))) ?? {}
    if (answer.path === undefined) {
      alert(`${picture.name}: ${answer.problem ?? failedPhrase}`)
      continue
    }
    const text = `![${alt.replace(/[[\]\\]/g, '\\$&')}](${answer.path})`
    view.dispatch(view.state.replaceSelection(text))
  }
}

/** After `[[`, own articles are found by words of theirs. */
async function findLinks(context: CompletionContext) {
  const found = context.matchBefore(/\[\[[^\]\n]*/)
  const words = found?.text.slice(2).trim() ?? ''
  if (!found || words.length < 2) return null
  const response = await fetch(`/desk/links?q=${encodeURIComponent(words)}`).catch(() => undefined)
  if (!response?.ok || context.aborted) return null
  const { links }: { links: { title: string; path: string; detail: string }[] } =
    await response.json()
  return {
    from: found.from,
    filter: false,
    options: links.map(({ title, path, detail }) => ({
      label: title,
      detail,
      apply: `[${title.replace(/[[\]\\]/g, '\\$&')}](${path})`,
    })),
  }
}
