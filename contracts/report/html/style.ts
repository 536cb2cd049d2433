/** The page's looks: system fonts, light and dark, one column on a phone. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--quiet:#5b6470;--line:#d9dee5;--soft:#f4f6f8;
--bad:#b42318;--badbg:#fef0ee;--warn:#8a5300;--warnbg:#fff6e5;--good:#176b3a;--goodbg:#eaf7ef;--link:#0b5cad}
@media(prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e6e9ed;--quiet:#9aa4b1;--line:#2f363f;--soft:#1c2127;
--bad:#ff8a7a;--badbg:#2c1715;--warn:#f2c063;--warnbg:#2a2112;--good:#6fd39a;--goodbg:#12261b;--link:#7ab8ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:60rem;margin:0 auto;padding:1rem 1.25rem}
h1{font-size:1.5rem;margin:.5rem 0;line-height:1.25}h2{font-size:1.2rem;margin:2.25rem 0 .75rem}
h3{font-size:1.05rem;margin:0 0 .25rem}h4{margin:0 0 .25rem;font-size:.95rem}h5,h6{margin:.75rem 0 .25rem;font-size:.85rem;color:var(--quiet)}
.quiet,footer{color:var(--quiet);font-size:.875rem}
.badge{display:inline-block;padding:.05rem .55rem;border-radius:1rem;font-size:.8rem;font-weight:600;border:1px solid currentColor}
.failed,.critical,.high{color:var(--bad)}.inconclusive,.medium,.notObservable{color:var(--warn)}.passed{color:var(--good)}.skipped,.low,.info{color:var(--quiet)}
.verdict{padding:1rem 1.25rem;border-radius:.6rem;border:1px solid var(--line);background:var(--soft)}
.verdict.failed{background:var(--badbg)}.verdict.passed{background:var(--goodbg)}.verdict.inconclusive{background:var(--warnbg)}
.verdict p{margin:.25rem 0;color:var(--fg)}.verdict h1{margin-top:0}
.finding{border:1px solid var(--line);border-left:.3rem solid var(--quiet);border-radius:.5rem;padding:1rem 1.25rem;margin:0 0 1rem}
.finding.must{border-left-color:var(--bad)}.finding.should{border-left-color:var(--warn)}
.finding p{margin:.35rem 0}
.case{border-top:1px solid var(--line);padding:.9rem 0 .4rem;margin-top:.8rem}
dl{display:grid;grid-template-columns:6.5rem 1fr;gap:.2rem .75rem;margin:.5rem 0;font-size:.925rem}dt{color:var(--quiet)}dd{margin:0;min-width:0}
code,pre{font:.82rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{background:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:.6rem .75rem;overflow:auto;max-height:22rem;margin:.3rem 0;overflow-wrap:normal}
details{margin:.35rem 0}summary{cursor:pointer;padding:.15rem 0}
.attempt{border:1px solid var(--line);border-radius:.4rem;padding:.2rem .7rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}
figure{margin:.5rem 0;overflow-x:auto}svg{min-width:34rem;width:100%;max-width:48rem;height:auto;font:11px system-ui,sans-serif}
svg text{fill:var(--fg)}svg .axis{fill:var(--quiet)}svg .taken{fill:var(--good)}svg .refused{fill:var(--warn)}svg .none{fill:var(--bad)}
.filter{display:flex;flex-wrap:wrap;gap:.5rem;margin:.5rem 0}.filter[hidden]{display:none}
input,select,button{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:.4rem;padding:.3rem .6rem}
input{flex:1 1 12rem;min-width:0}button{font-size:.8rem;padding:.1rem .5rem;margin-left:.4rem;cursor:pointer}
a{color:var(--link)}:focus-visible{outline:2px solid var(--link);outline-offset:2px}
@media(max-width:34rem){dl{grid-template-columns:1fr}dt{margin-top:.3rem}.finding{padding:.8rem}
.cases td{display:block;border:0;padding:.1rem 0}.cases tr{display:block;border-bottom:1px solid var(--line);padding:.5rem 0}.cases thead{display:none}}
@media print{details>*{display:block}.filter,button{display:none}pre{max-height:none}}
`;

/** What the page may load: nothing, from nowhere. */
export const contentPolicy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
