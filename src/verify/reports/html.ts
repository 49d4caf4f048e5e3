import { escapeHtml } from '#lib/html.ts'
import { type Finding, SEVERITIES } from '../finding.ts'
import { EVERYWHERE } from '../fold-findings.ts'
import type { OperationResult, Verification } from '../verification.ts'
import { labelsOf, type ReportLabels } from './labels.ts'
import { byOperation, countFindings, spentText, summariseByApp } from './summary.ts'

/** One file without anything from elsewhere: a table by app, and every finding with expected and got side by side. */
export function htmlReport(verification: Verification): string {
  const { base, profile, findings, notes, comparison } = verification
  const labels = labelsOf(verification)
  const appOf = new Map(verification.operations.map(({ operation, app }) => [operation, app]))
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
<h1>${escapeHtml(labels.title)}</h1>
<p><code>${escapeHtml(base)}</code> ${how} <code>${escapeHtml(profile)}</code>${comparison ? ' defines' : ''}: <strong>${counts}</strong></p>
<p>${spentText(verification)}</p>
${notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join('\n')}
</header>
<main>
${appTable(verification, labels)}
<form role="search">
<label>Search <input type="search" id="search" placeholder="operation, place, text" autofocus></label>
${SEVERITIES.map((severity) => `<label><input type="checkbox" name="severity" value="${severity}"${comparison && severity === 'noted' ? '' : ' checked'}> ${labels.severities[severity]}</label>`).join('\n')}
<output id="shown"></output>
</form>
${[...byOperation(findings)].map(([operation, own]) => operationSection(operation, appOf.get(operation) ?? (operation === EVERYWHERE ? '' : 'core'), own, labels)).join('\n')}
${operationTable(verification.operations, labels)}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`
}

function appTable(verification: Verification, labels: ReportLabels): string {
  const rows = summariseByApp(verification).map(({ app, conforms, deviates, skipped, findings }) => {
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
  return `<table class="apps"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function operationSection(operation: string, app: string, findings: readonly Finding[], labels: ReportLabels): string {
  return `<section><h2>${escapeHtml(operation)} <small>${escapeHtml(app)}</small></h2>\n${findings.map((finding) => findingArticle(finding, labels)).join('\n')}</section>`
}

function findingArticle(finding: Finding, labels: ReportLabels): string {
  const { severity, rule, where, expected, got, seen, reproduce } = finding
  return `<article data-severity="${severity}">
<h3><span class="${severity}">${labels.severities[severity]}</span> <code>${escapeHtml(where === '' ? 'body' : where)}</code> <small>${escapeHtml(rule)}</small></h3>
<div class="sides"><div><h4>${labels.expected}</h4><pre>${escapeHtml(expected)}</pre></div><div><h4>${labels.got}</h4><pre>${escapeHtml(got)}</pre></div></div>
<p class="seen">${escapeHtml(seen.join(', '))}</p>
<pre class="curl">${escapeHtml(reproduce)}</pre>
</article>`
}

function operationTable(operations: readonly OperationResult[], labels: ReportLabels): string {
  const verdicts = { conforms: labels.conform, deviates: labels.deviate, skipped: 'skipped' } as const
  const rows = operations.map(
    ({ operation, verdict, reason = '', requests }) =>
      `<tr class="${verdict}"><th scope="row">${escapeHtml(operation)}</th><td>${verdicts[verdict]}</td><td>${requests || ''}</td><td>${escapeHtml(reason)}</td></tr>`,
  )
  return `<details><summary>All ${operations.length} operations</summary><table><thead><tr><th>operation</th><th>verdict</th><th>requests</th><th></th></tr></thead><tbody>${rows.join('\n')}</tbody></table></details>`
}

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--breaks:#c62828;--differs:#b26a00;--undocumented:#1565c0;--noted:#616161}
body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1rem}
h1{margin:0}h2{font-size:1.05rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:0}h4{margin:0;font-size:.8rem;opacity:.7}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.2rem .7rem;border-bottom:1px solid var(--line);text-align:right}
th:first-child,th[scope=row],details td,details th{text-align:left}
form{position:sticky;top:0;background:Canvas;padding:.6rem 0;display:flex;gap:1rem;flex-wrap:wrap;align-items:center;border-bottom:1px solid var(--line)}
input[type=search]{font:inherit;padding:.2rem .5rem;width:18rem;max-width:60vw}
article{border:1px solid var(--line);border-radius:.4rem;padding:.6rem .8rem;margin:.5rem 0}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem;margin-top:.4rem}@media(max-width:40rem){.sides{grid-template-columns:1fr}}
pre{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}.curl{opacity:.75}.seen{margin:.4rem 0 0;font-size:.85rem;opacity:.75}
h2 small{font-weight:normal;opacity:.6;margin-left:.4rem}th button{all:unset;cursor:pointer;text-decoration:underline dotted}th button:focus-visible{outline:2px solid}
h3 span{color:#fff;border-radius:.3rem;padding:0 .4rem;font-size:.8rem}
${SEVERITIES.map((severity) => `.${severity}{background:var(--${severity})}`).join('')}
tr.deviates th{color:var(--breaks)}tr.skipped{opacity:.6}.note{font-style:italic}`

const SCRIPT = `
const search=document.getElementById('search'),shown=document.getElementById('shown')
const boxes=[...document.querySelectorAll('input[name=severity]')],sections=[...document.querySelectorAll('section')]
function update(){
  const words=search.value.toLowerCase().split(/\\s+/).filter(Boolean),on=new Set(boxes.filter(b=>b.checked).map(b=>b.value))
  let count=0
  for(const section of sections){
    const title=section.querySelector('h2').textContent.toLowerCase();let any=false
    for(const article of section.querySelectorAll('article')){
      const text=title+' '+article.textContent.toLowerCase()
      const fits=on.has(article.dataset.severity)&&words.every(word=>text.includes(word))
      article.hidden=!fits;if(fits){any=true;count++}
    }
    section.hidden=!any
  }
  shown.textContent=count+' shown'
}
for(const button of document.querySelectorAll('[data-search]'))button.addEventListener('click',()=>{
  search.value=button.dataset.search;update();search.scrollIntoView()
})
document.querySelector('form').addEventListener('submit',event=>event.preventDefault())
document.querySelector('form').addEventListener('input',update);update()`
