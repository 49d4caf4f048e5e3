import { escapeHtml } from '#lib/html.ts'
import { type Finding, SEVERITIES } from '../finding.ts'
import type { OperationResult, Verification } from '../verification.ts'
import { byApp, type Cause, causesOf, placesText } from './causes.ts'
import { labelsOf, type ReportLabels } from './labels.ts'
import { type AppSummary, countFindings, spentText, summariseByApp } from './summary.ts'

/** One file without anything from elsewhere: the verdict, a table by app, and all causes with expected and got side by side. */
export function htmlReport(verification: Verification): string {
  const { base, profile, findings, notes, comparison } = verification
  const labels = labelsOf(verification)
  const causes = causesOf(verification)
  const counts = countFindings(findings, labels.severities)
  const how = comparison ? 'compared by what' : 'judged by'
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${labels.title}: ${counts}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(labels.title)}: ${counts}</h1>
<p><code>${escapeHtml(base)}</code> ${how} <code>${escapeHtml(profile)}</code>${comparison ? ' defines' : ''}. ${spentText(verification)}</p>
${verification.cutShort === undefined ? '' : `<p class="cut" role="alert">Cut short: ${escapeHtml(verification.cutShort)}</p>`}
${notesList(notes)}
</header>
<main>
${appTable(verification, labels)}
<form role="search">
<label>Search <input type="search" id="search" placeholder="operation, place, text"></label>
${SEVERITIES.map((severity) => `<label><input type="checkbox" name="severity" value="${severity}"${comparison && severity === 'noted' ? '' : ' checked'}> ${labels.severities[severity]}</label>`).join('\n')}
<output id="shown"></output>
</form>
${[...byApp(causes)].map(([app, own]) => appSection(app, own, labels, causes.length <= MOST_OPEN)).join('\n')}
${operationTable(verification.operations, labels)}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`
}

/** The apps that deviate; all others in a fold. */
function appTable(verification: Verification, labels: ReportLabels): string {
  const all = summariseByApp(verification)
  const hasFindings = ({ findings }: AppSummary) => Object.values(findings).some((count) => count > 0)
  const [some, none] = [all.filter(hasFindings), all.filter((app) => !hasFindings(app))]
  const fold =
    none.length === 0
      ? ''
      : `<details><summary>${none.length} apps without findings</summary>${tableOf(none, labels)}</details>`
  return (some.length === 0 ? '' : tableOf(some, labels)) + fold
}

function tableOf(apps: readonly AppSummary[], labels: ReportLabels): string {
  const rows = apps.map(({ app, conforms, deviates, skipped, findings }) => {
    const cells = [conforms, deviates, skipped, ...SEVERITIES.map((severity) => findings[severity])]
    const name = `<button type="button" data-search="${escapeHtml(app)}">${escapeHtml(app)}</button>`
    return `<tr><th scope="row">${name}</th>${cells.map((n) => `<td>${n === 0 ? '' : n}</td>`).join('')}</tr>`
  })
  const head = [
    'app',
    labels.conform,
    labels.deviate,
    'skipped',
    ...SEVERITIES.map((severity) => labels.severities[severity]),
  ].map((name) => `<th scope="col">${name}</th>`)
  return `<div class="wide"><table class="apps"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

/** So many causes are shown at once; more are told in a line each. */
const MOST_OPEN = 8
/** So many places of a cause are told in full. */
const MOST_PLACES = 5

const notesList = (notes: readonly string[]): string =>
  notes.length === 0
    ? ''
    : `<details${notes.length <= 3 ? ' open' : ''}><summary>${notes.length} ${notes.length === 1 ? 'note' : 'notes'}</summary><ul>${notes.map((note) => `<li class="note">${escapeHtml(note)}</li>`).join('\n')}</ul></details>`

function appSection(app: string, causes: readonly Cause[], labels: ReportLabels, open: boolean): string {
  const count = `${causes.length} ${causes.length === 1 ? 'cause' : 'causes'}`
  return `<section id="app-${escapeHtml(app)}"><h2>${escapeHtml(app)} <small>${count}</small></h2>
${causes.map((cause) => causeArticle(cause, labels, open)).join('\n')}</section>`
}

function causeArticle(cause: Cause, labels: ReportLabels, open: boolean): string {
  const { severity, rule, where } = cause.findings[0]
  const shown = cause.findings.slice(0, MOST_PLACES)
  const others = cause.findings
    .slice(MOST_PLACES)
    .map(({ operation }) => `<li><code>${escapeHtml(operation)}</code></li>`)
  return `<details class="cause" id="${cause.id}" data-severity="${severity}"${open ? ' open' : ''}>
<summary><span class="${severity}">${labels.severities[severity]}</span> <b>${escapeHtml(placesText(cause))}</b> <code>${escapeHtml(where === '' ? 'body' : where)}</code> <small>${escapeHtml(rule)}</small> <a href="#${cause.id}" aria-label="link to this">#</a></summary>
${shown.map((finding) => findingArticle(finding, labels)).join('\n')}
${others.length === 0 ? '' : `<details><summary>in ${others.length} more</summary><ul>${others.join('')}</ul></details>`}
</details>`
}

function findingArticle(finding: Finding, labels: ReportLabels): string {
  const { operation, where, expected, got, seen, reproduce, answer } = finding
  return `<article>
<h3>${escapeHtml(operation)} <code>${escapeHtml(where === '' ? 'body' : where)}</code></h3>
<div class="sides"><div><h4>${labels.expected}</h4><pre>${escapeHtml(expected)}</pre></div><div><h4>${labels.got}</h4><pre>${escapeHtml(got)}</pre></div></div>
<p class="seen">${escapeHtml(seen.join(', '))}</p>
<div class="curl"><button type="button" data-copy>Copy</button><pre>${escapeHtml(reproduce)}</pre></div>${answer ? `\n<details><summary>the answer</summary><pre>${escapeHtml(answer)}</pre></details>` : ''}
</article>`
}

function operationTable(operations: readonly OperationResult[], labels: ReportLabels): string {
  const verdicts = { conforms: labels.conform, deviates: labels.deviate, skipped: 'skipped' } as const
  const rows = operations.map(
    ({ operation, verdict, reason = '', requests }) =>
      `<tr class="${verdict}"><th scope="row">${escapeHtml(operation)}</th><td>${verdicts[verdict]}</td><td>${requests || ''}</td><td>${escapeHtml(reason)}</td></tr>`,
  )
  return `<details><summary>All ${operations.length} operations</summary><div class="wide"><table><thead><tr><th>operation</th><th>verdict</th><th>requests</th><th></th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div></details>`
}

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--breaks:#c62828;--differs:#b26a00;--undocumented:#1565c0;--noted:#616161}
*{box-sizing:border-box}body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
h1{margin:0;font-size:1.5rem;line-height:1.25}h2{font-size:1.15rem;margin:1.5rem 0 .5rem}h3{font-size:.95rem;margin:0}h4{margin:0;font-size:.8rem;opacity:.7}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}th,td{padding:.2rem .7rem;border-bottom:1px solid var(--line);text-align:right}
th:first-child,th[scope=row],details td,details th{text-align:left}table{overflow-wrap:normal}
form{position:sticky;top:0;z-index:1;background:Canvas;padding:.6rem 0;display:flex;gap:.4rem 1rem;flex-wrap:wrap;align-items:center;border-bottom:1px solid var(--line)}
input[type=search]{font:inherit;padding:.2rem .5rem;width:18rem;max-width:60vw}
.cause{border:1px solid var(--line);border-radius:.4rem;padding:.4rem .8rem;margin:.4rem 0;scroll-margin-top:6rem}.cause>summary{cursor:pointer}.cause:target{outline:2px solid var(--undocumented)}
article{border-top:1px solid var(--line);padding:.6rem 0;margin-top:.4rem}
.sides{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1rem;margin-top:.4rem}@media(max-width:40rem){.sides{grid-template-columns:minmax(0,1fr)}form{position:static}}
pre{margin:.2rem 0;white-space:pre-wrap;font-size:.85rem}.curl{display:flex;gap:.6rem;align-items:start}.curl button{flex:none}.curl pre{opacity:.75;min-width:0}.seen{margin:.4rem 0 0;font-size:.85rem;opacity:.75}
h2 small,summary small{font-weight:normal;opacity:.6;margin-left:.4rem}th button{all:unset;cursor:pointer;text-decoration:underline dotted}th button:focus-visible{outline:2px solid}
summary>span{color:#fff;border-radius:.3rem;padding:0 .4rem;font-size:.8rem}summary>a{text-decoration:none;opacity:.6}
${SEVERITIES.map((severity) => `.${severity}{background:var(--${severity})}`).join('')}
tr.deviates th{color:var(--breaks)}tr.skipped{opacity:.6}.note{font-style:italic}.cut{border-left:.3rem solid var(--breaks);padding-left:.6rem;font-weight:bold}
@media(prefers-color-scheme:dark){tr.deviates th{color:#ff8a80}}`

const SCRIPT = `
const search=document.getElementById('search'),shown=document.getElementById('shown')
const boxes=[...document.querySelectorAll('input[name=severity]')],sections=[...document.querySelectorAll('section')]
function update(){
  const words=search.value.toLowerCase().split(/\\s+/).filter(Boolean),on=new Set(boxes.filter(b=>b.checked).map(b=>b.value))
  let count=0
  for(const section of sections){
    const title=section.querySelector('h2').textContent.toLowerCase();let any=false
    for(const cause of section.querySelectorAll('.cause')){
      const text=title+' '+cause.textContent.toLowerCase()
      const fits=on.has(cause.dataset.severity)&&words.every(word=>text.includes(word))
      cause.hidden=!fits;if(fits){any=true;count++}
    }
    section.hidden=!any
  }
  shown.textContent=count+' shown'
}
for(const button of document.querySelectorAll('[data-search]'))button.addEventListener('click',()=>{
  search.value=button.dataset.search;update();search.scrollIntoView()
})
for(const button of document.querySelectorAll('[data-copy]'))button.addEventListener('click',async()=>{
  const text=button.nextElementSibling
  getSelection().selectAllChildren(text)
  try{await navigator.clipboard.writeText(text.textContent)}catch{document.execCommand('copy')}
  button.textContent='Copied'
})
function follow(){const linked=location.hash.length>1&&document.getElementById(location.hash.slice(1));if(linked&&linked.matches('details'))linked.open=true}
addEventListener('hashchange',follow);follow()
document.querySelector('form').addEventListener('submit',event=>event.preventDefault())
document.querySelector('form').addEventListener('input',update);update()`
