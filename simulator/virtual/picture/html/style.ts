/** The page's looks: system fonts, light and dark, as wide as the window allows. */
import { colors } from '../palette.js';

const outcomes = (ground: 'light' | 'dark'): string =>
  Object.entries(colors)
    .map(([name, both]) => `--${name}:${both[ground]}`)
    .join(';');

export const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--quiet:#5b6470;--line:#e3e7ec;--soft:#f4f6f8;--limit:#b42318;--link:#0b5cad;--shade:rgba(91,100,112,.16);--select:rgba(11,92,173,.14);${outcomes('light')}}
@media(prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e6e9ed;--quiet:#9aa4b1;--line:#2a3038;--soft:#1c2127;--limit:#ff8a7a;--link:#7ab8ff;--shade:rgba(154,164,177,.2);--select:rgba(122,184,255,.2);${outcomes('dark')}}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:80rem;margin:0 auto;padding:1rem 1.25rem}main{padding-top:0}
h1{font-size:1.5rem;margin:.25rem 0;line-height:1.25}h2{font-size:1.15rem;margin:2rem 0 .5rem}
.quiet,footer{color:var(--quiet);font-size:.875rem}.lead{max-width:60rem;margin:.25rem 0}
.bar{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center;margin:0 0 .5rem}.bar[hidden],.only[hidden]{display:none}
.bar output{margin-left:auto;font-variant-numeric:tabular-nums}
select,button{font:inherit;font-size:.9rem;color:inherit;background:var(--bg);border:1px solid var(--quiet);border-radius:.4rem;padding:.2rem .7rem;cursor:pointer}
button:hover{background:var(--soft)}button:disabled{opacity:.45;cursor:default}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
#chart{border:1px solid var(--line);border-radius:.6rem;padding:.5rem 0;overflow:hidden}
#chart h3{font-size:.85rem;font-weight:400;color:var(--quiet);margin:.1rem .9rem}
.uplot{font-family:inherit}.u-select{background:var(--select)}.u-hz .u-cursor-x{border-right:1px solid var(--fg)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;margin:.4rem .9rem;padding:0;font-size:.875rem}
.legend li{display:flex;align-items:center;gap:.4rem}.swatch{width:.8rem;height:.8rem;flex:none;border-radius:2px}
.swatch.missed{border:1px solid var(--quiet)}.swatch.shade{background:var(--shade)}.swatch.early{height:0;width:1.1rem;border-top:3px dotted var(--fg);border-radius:0}
#readout{background:var(--soft);border:1px solid var(--line);border-radius:.6rem;margin:.75rem 0;padding:.6rem .9rem;min-height:7.2rem}
#readout dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(6rem,1fr));gap:.3rem 1rem;margin:0}
#readout .event{grid-column:span 2}#readout dt{color:var(--quiet);font-size:.8rem}#readout dd{margin:0;font-size:.92rem;font-variant-numeric:tabular-nums}
#readout p{margin:.3rem 0 0}#readout .disabled{color:var(--limit);font-weight:600}
kbd{font:.8rem ui-monospace,Menlo,Consolas,monospace;border:1px solid var(--quiet);border-radius:.25rem;padding:0 .3rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
details{margin:.6rem 0}summary{cursor:pointer;padding:.15rem 0}
.wide{overflow-x:auto;max-height:32rem;margin:.5rem 0}table{border-collapse:collapse;width:100%;font-size:.875rem;overflow-wrap:normal}
caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{text-align:left;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
thead th{position:sticky;top:0;background:var(--bg);color:var(--quiet);font-weight:500}tbody th{font-weight:500}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}svg{max-width:100%;height:auto}
@media(max-width:40rem){header,main,footer{padding-left:.75rem;padding-right:.75rem}.bar output{margin-left:0;width:100%}}
@media print{.bar,#readout{display:none}.wide{max-height:none}}
`;

/** What the page may load: nothing, from nowhere. */
export const contentPolicy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
