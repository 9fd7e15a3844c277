import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import puppeteer from 'puppeteer-core'
import { Builder, Capabilities, Key } from 'selenium-webdriver'
import { findFreePort } from './working-folder.ts'

/** One window of Firefox or WebKit: what their protocols have in common and a journey needs. */
export type EngineWindow = {
  /** Name and version, such as `Firefox 153.0`. */
  browser: string
  /** Resolves when the page has loaded. */
  open(url: string): Promise<void>
  /**
   * Runs the body of an asynchronous function in the page and returns its value, which must be JSON.
   * A text, because both protocols hand it over as one.
   */
  evaluate<Value>(body: string): Promise<Value>
  press(key: 'Tab' | 'Enter' | 'Space' | 'Escape'): Promise<void>
  /** Into what has the focus. */
  type(text: string): Promise<void>
  /** Of the page, in CSS pixels. WebKit's window is at least 480 wide. */
  resize(width: number, height: number): Promise<void>
  screenshot(): Promise<Buffer>
  close(): Promise<void>
}

export type EngineName = 'Firefox' | 'WebKit'

/** Paths of programs, as the configuration found them. */
export type EnginePrograms = {
  firefox?: { browser: string } | undefined
  webkit?: { driver: string; browser: string; display: string } | undefined
}

/** Nothing listens there: every host but our own is out of reach. */
const deadProxy = { host: '127.0.0.1', port: 9 }

/** Opens a window; `undefined` when the engine is not installed. */
export async function openEngine(
  name: EngineName,
  { firefox, webkit }: EnginePrograms,
): Promise<EngineWindow | undefined> {
  if (name === 'Firefox') return firefox && openFirefox(firefox)
  return webkit && openWebKit(webkit)
}

async function openFirefox(firefox: NonNullable<EnginePrograms['firefox']>): Promise<EngineWindow> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefox.browser,
    headless: true,
    timeout: 120_000,
    protocolTimeout: 120_000,
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.http': deadProxy.host,
      'network.proxy.http_port': deadProxy.port,
      'network.proxy.ssl': deadProxy.host,
      'network.proxy.ssl_port': deadProxy.port,
      'network.proxy.no_proxies_on': 'localhost',
      'intl.accept_languages': 'en-GB',
    },
  })
  const page = await browser.newPage()
  page.setDefaultTimeout(120_000)
  return {
    browser: (await browser.version()).replace('firefox/', 'Firefox '),
    open: async (url) => void (await page.goto(url, { waitUntil: 'load' })),
    evaluate: (body) => page.evaluate(`(async () => {${body}})()`) as Promise<never>,
    press: (key) => page.keyboard.press(key === 'Space' ? ' ' : key),
    type: (text) => page.keyboard.type(text),
    resize: (width, height) => page.setViewport({ width, height }),
    screenshot: async () => Buffer.from(await page.screenshot()),
    close: () => browser.close(),
  }
}

async function openWebKit(webkit: NonNullable<EnginePrograms['webkit']>): Promise<EngineWindow> {
  const screen = spawn(
    webkit.display,
    ['-displayfd', '1', '-screen', '0', '2000x2000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const [number] = await once(createInterface(screen.stdout), 'line')
  const port = await findFreePort(4460)
  const driver = spawn(webkit.driver, [`--port=${port}`], {
    // Its sandbox needs namespaces, which root in a container has not; it opens our own site only.
    env: {
      ...process.env,
      DISPLAY: `:${number}`,
      LANG: 'en_GB.UTF-8',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
    stdio: 'ignore',
  })
  const stop = () => {
    driver.kill()
    screen.kill()
  }
  process.once('exit', stop)
  const address = `http://127.0.0.1:${port}`
  while (!(await fetch(`${address}/status`).catch(() => undefined))?.ok) await pause(50)
  const { host, port: proxyPort } = deadProxy
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': {
      binary: webkit.browser,
      args: ['--automation', `--proxy=http://${host}:${proxyPort}`, '--ignore-host=localhost'],
    },
  })
  const session = await new Builder().usingServer(address).withCapabilities(capabilities).build()
  await session.manage().setTimeouts({ script: 120_000, pageLoad: 120_000 })
  const names = { Tab: Key.TAB, Enter: Key.ENTER, Space: Key.SPACE, Escape: Key.ESCAPE }
  const type = (keys: string) => session.actions().sendKeys(keys).perform()
  const readSize = () => session.executeScript<[number, number]>('return [innerWidth, innerHeight]')
  const untilSize = async (isRight: (size: [number, number]) => boolean) => {
    for (;;) {
      const size = await readSize()
      if (isRight(size)) return size
      await pause(20)
    }
  }
  // The window has a bar. What it leaves to a page is known once the page has taken its new size.
  const former = await readSize()
  const first = { width: 1000, height: 1000 }
  await session.manage().window().setRect(first)
  const [pageWidth, pageHeight] = await untilSize((size) => size.join() !== former.join())
  const [barWidth, barHeight] = [first.width - pageWidth, first.height - pageHeight]
  return {
    browser: `WebKitGTK ${(await session.getCapabilities()).getBrowserVersion()}`,
    open: (url) => session.get(url),
    async evaluate<Value>(body: string) {
      const outcome = await session.executeAsyncScript<{ value: Value } | { error: string }>(
        `const answer = arguments[arguments.length - 1];
        (async () => {${body}})().then((value) => answer({ value }), (error) => answer({ error: String(error) }))`,
      )
      if ('error' in outcome) throw new Error(outcome.error)
      return outcome.value
    },
    press: (key) => type(names[key]),
    type,
    async resize(width, height) {
      const [outerWidth, outerHeight] = [width + barWidth, height + barHeight]
      await session.manage().window().setRect({ width: outerWidth, height: outerHeight })
      await untilSize((size) => size[0] === width && size[1] === height)
    },
    screenshot: async () => Buffer.from(await session.takeScreenshot(), 'base64'),
    async close() {
      process.off('exit', stop)
      await session.quit().catch(() => undefined)
      stop()
    },
  }
}
