/** The style sheet of the HTML report: one column on screen, A4 with page numbers on paper. No image, no font file. */
export const REPORT_STYLE = `
:root{--ink:#1a2029;--quiet:#566070;--rule:#cfd5de;--soft:#f3f5f8;--accent:#1f3a5f;--bad:#96201a;--good:#1d5c38}
*{box-sizing:border-box}
html{background:#e9ecf0}
body{margin:2rem auto;max-width:62rem;padding:3rem 3.5rem;background:#fff;color:var(--ink);font:15px/1.5 "Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif}
h1{margin:0 0 .25rem;font-size:1.9rem;line-height:1.2;color:var(--accent)}
.case{margin:0 0 1.5rem;font-size:1.15rem}
h2{margin:3rem 0 .75rem;padding-bottom:.3rem;border-bottom:2px solid var(--accent);font-size:1.4rem;color:var(--accent)}
h3{margin:2rem 0 .5rem;font-size:1.12rem;color:var(--accent)}
h4{margin:1.5rem 0 .4rem;font-size:1rem}
p{margin:.5rem 0;max-width:46rem}
ul{margin:.5rem 0;padding-left:1.3rem;max-width:46rem}
li{margin:.25rem 0}
nav ol{margin:.5rem 0;padding:0;list-style:none;columns:2}
a{color:var(--accent)}
table{width:100%;margin:.6rem 0 1.2rem;border-collapse:collapse;font-size:.82rem;line-height:1.4;table-layout:fixed}
caption{padding:.3rem 0;text-align:left;font-weight:600;color:var(--quiet)}
th,td{padding:.3rem .5rem .3rem 0;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top;overflow-wrap:anywhere;unicode-bidi:isolate}
th+th,th+td,td+td{padding-left:.3rem}
td{white-space:pre-wrap}
thead th{border-bottom:1.5px solid var(--accent);color:var(--accent)}
.figure{text-align:right;font-variant-numeric:tabular-nums}
.facts th{width:12rem;font-weight:600;color:var(--quiet)}
code{font:.92em/1.4 ui-monospace,"Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere;white-space:pre-wrap}
.note{margin:1rem 0;padding:.7rem 1rem;border-left:4px solid var(--accent);background:var(--soft);max-width:48rem}
.caution{border-left-color:var(--bad)}
.quiet{color:var(--quiet)}
.alert{color:var(--bad);font-weight:600}
.good{color:var(--good);font-weight:600}
.severity{display:inline-block;padding:0 .45em;border:1.5px solid currentColor;border-radius:3px;font-size:.8em;text-transform:uppercase;letter-spacing:.03em}
.critical{color:#8b1414}.high{color:#a3301c}.medium{color:#7a5600}.low{color:#35506e}.info{color:#566070}
figure{margin:1rem 0}
figure svg{width:100%;height:auto}
figcaption{font-size:.82rem;color:var(--quiet)}
footer{margin-top:3rem;padding-top:.75rem;border-top:1px solid var(--rule);font-size:.82rem;color:var(--quiet)}
@page{size:A4;margin:20mm 16mm 20mm;@bottom-left{content:"NEXUS examination report";font:8pt sans-serif;color:#566070}@bottom-right{content:"Page " counter(page) " of " counter(pages);font:8pt sans-serif;color:#566070}}
@media print{html{background:none}body{margin:0;padding:0;max-width:none;font-size:9.5pt;line-height:1.35}table{font-size:7.5pt;line-height:1.25}th,td{padding-top:.15rem;padding-bottom:.15rem}.facts{font-size:8.5pt}h2,h3,h4{break-after:avoid}h2{margin-top:1.5rem}tr,figure,.note{break-inside:avoid}thead{display:table-header-group}a{color:inherit;text-decoration:none}p,ul,.note{max-width:none}}
`.trim();
