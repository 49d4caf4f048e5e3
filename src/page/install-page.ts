/** What `installPage` needs, as JSON can carry it. */
export interface PageData {
  readonly attributes: {
    readonly html: Readonly<Record<string, string>>
    readonly head: Readonly<Record<string, string>>
    readonly body: Readonly<Record<string, string>>
  }
  readonly variables: Readonly<Record<string, unknown>>
  /** The values of hidden inputs by their ids. */
  readonly inputs: Readonly<Record<string, string>>
  readonly requestToken: string
  readonly user: { readonly id: string; readonly displayName: string } | null
}

/**
 * Make a document the page that `data` describes, and take it away again: attributes, variables, initial states, and
 * the objects `OC`, `OCA` and `OCP` with what libraries of front ends read there.
 *
 * The function stands for itself: it is also sent to browsers as text, so it uses nothing from outside.
 * @param window that of a browser, of jsdom or of happy-dom
 * @returns what takes all of it away
 */
export function installPage(window: Window & typeof globalThis, data: PageData): () => void {
  const { document } = window
  const page = window as unknown as Record<string, unknown>
  const undo: (() => void)[] = []

  const setVariable = (name: string, value: unknown) => {
    const had = Object.hasOwn(page, name)
    const before = page[name]
    page[name] = value
    undo.push(() => {
      if (had) page[name] = before
      else delete page[name]
    })
  }
  const setAttributes = (element: Element | null, attributes: Readonly<Record<string, string>>) => {
    if (!element) return
    for (const [name, value] of Object.entries(attributes)) {
      const before = element.getAttribute(name)
      // A front end's own page may have classes of its own.
      element.setAttribute(name, name === 'class' && before ? `${before} ${value}` : value)
      undo.push(() => (before === null ? element.removeAttribute(name) : element.setAttribute(name, before)))
    }
  }
  const addInputs = () => {
    const container = document.createElement('div')
    container.id = 'initial-state-container'
    container.style.display = 'none'
    for (const [id, value] of Object.entries(data.inputs)) {
      const input = document.createElement('input')
      input.type = 'hidden'
      input.id = id
      input.value = value
      container.append(input)
    }
    // Not in the body: tests empty it.
    document.head.append(container)
    undo.push(() => container.remove())
  }
  const loadState = (app: string, key: string): unknown => {
    const value = data.inputs[`initial-state-${app}-${key}`]
    if (value === undefined) return null
    const bytes = Uint8Array.from(window.atob(value), (c) => c.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes))
  }
  const addObjects = () => {
    const { _oc_webroot: root = '', _oc_appswebroots: apps = {}, _oc_config: config = {} } = data.variables
    const appRoots = apps as Readonly<Record<string, string>>
    const front = (config as { readonly modRewriteWorking?: boolean }).modRewriteWorking ? root : `${root}/index.php`
    const generateUrl = (url: string, params: Readonly<Record<string, unknown>> = {}) => {
      const path = url.replace(/\{(\w+)\}/g, (whole, name: string) =>
        name in params ? encodeURIComponent(String(params[name])) : whole,
      )
      return `${front}${path.startsWith('/') ? '' : '/'}${path}`
    }
    const currentUser = data.user ? { uid: data.user.id, displayName: data.user.displayName } : null
    setVariable('OC', {
      PERMISSION_NONE: 0,
      PERMISSION_READ: 1,
      PERMISSION_UPDATE: 2,
      PERMISSION_CREATE: 4,
      PERMISSION_DELETE: 8,
      PERMISSION_SHARE: 16,
      PERMISSION_ALL: 31,
      TAG_FAVORITE: '_$!<Favorite>!$_',
      appConfig: data.variables.oc_appconfig,
      appswebroots: appRoots,
      config,
      coreApps: ['', 'admin', 'log', 'core/search', 'core', '3rdparty'],
      currentUser: data.user?.id ?? false,
      debug: data.variables._oc_debug,
      filePath: (app: string, type: string, file: string) => `${appRoots[app] ?? root}/${type}/${file}`,
      generateUrl,
      getCurrentUser: () => ({ uid: false, displayName: null, ...currentUser }),
      getHost: () => window.location.host,
      getLanguage: () => document.documentElement.lang || 'en',
      getLocale: () => document.documentElement.dataset.locale ?? 'en',
      getProtocol: () => window.location.protocol.slice(0, -1),
      getRootPath: () => root,
      imagePath: (app: string, file: string) =>
        `${app === 'core' || app === '' ? `${root}/core` : (appRoots[app] ?? `${root}/apps/${app}`)}/img/${file.includes('.') ? file : `${file}.svg`}`,
      isUserAdmin: () => data.variables._oc_isadmin === true,
      linkTo: (app: string, file: string) => `${appRoots[app] ?? root}/${file}`,
      linkToOCS: (service: string, version = 1) =>
        `${window.location.protocol}//${window.location.host}${root}/ocs/v${version}.php/${service}/`,
      linkToRemote: (service: string) =>
        `${window.location.protocol}//${window.location.host}${root}/remote.php/${service}`,
      requestToken: data.requestToken,
      theme: data.variables._theme,
      webroot: root,
    })
    setVariable('OCA', {})
    setVariable('OCP', { InitialState: { loadState }, AppConfig: {}, Loader: {} })
    // Libraries remember here what they read of an earlier page.
    setVariable('_nc_auth_requestToken', undefined)
    setVariable('_nc_initial_state', undefined)
  }
  const fill = () => {
    setAttributes(document.documentElement, data.attributes.html)
    setAttributes(document.head, data.attributes.head)
    setAttributes(document.body, data.attributes.body)
    addInputs()
  }

  for (const [name, value] of Object.entries(data.variables)) setVariable(name, value)
  addObjects()
  if (document.head) {
    fill()
  } else {
    // As the first script of a page that is still being read: its head is not there yet.
    const observer = new window.MutationObserver(() => {
      if (!document.head) return
      observer.disconnect()
      fill()
    })
    observer.observe(document, { childList: true, subtree: true })
  }
  return () => {
    for (const step of undo.splice(0).reverse()) step()
  }
}
