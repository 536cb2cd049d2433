/** The looks and the drawing of a load run's page. */
import { say } from '../../language/say.js';

/** What the page may load: nothing, from nowhere. */
export const contentPolicy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--quiet:#5b6470;--line:#e3e7ec;--good:#0b5cad;--bad:#b42318;--mid:#8a5a00}
@media(prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e6e9ed;--quiet:#9aa4b1;--line:#2a3038;--good:#7ab8ff;--bad:#ff8a7a;--mid:#e0b050}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:64rem;margin:0 auto;padding:1rem 1.25rem}main{padding-top:0}
h1{font-size:1.5rem;margin:.25rem 0;line-height:1.25}h2{font-size:1.1rem;margin:1.75rem 0 .5rem}
header p{margin:.25rem 0}footer{color:var(--quiet);font-size:.875rem}
.only[hidden]{display:none}.uplot{font-family:inherit}.wide{overflow-x:auto;max-height:32rem;margin:.75rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem;overflow-wrap:normal}caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{text-align:left;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line);font-variant-numeric:tabular-nums}
thead th{color:var(--quiet);font-weight:500}tbody th{font-weight:500}summary{cursor:pointer}
:focus-visible{outline:2px solid var(--good);outline-offset:2px}
`;

export const script = (): string => `
const data=JSON.parse(document.getElementById('data').textContent);
document.querySelector('.only').hidden=data.at.length<2;
const css=(name)=>getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const axis=()=>({stroke:css('--fg'),grid:{stroke:css('--line')},ticks:{stroke:css('--line')}});
const seconds={...axis(),values:(plot,ticks)=>ticks.map((one)=>one+' s')};
const draw=(id,series,columns)=>{
  const place=document.getElementById(id);
  const plot=new uPlot({width:place.clientWidth,height:260,cursor:{drag:{x:true}},scales:{x:{time:false}},axes:[seconds,{...axis(),size:70}],
    series:[{label:${JSON.stringify(say`from`)},value:(plot,one)=>one===null?'':one+' s'},...series.map(([label,color])=>({label,stroke:css(color),width:2,value:(plot,one)=>one===null?'':one.toPrecision(4)}))]},
    [data.at,...columns],place);
  addEventListener('resize',()=>plot.setSize({width:place.clientWidth,height:260}));
};
if(data.at.length>1){
  draw('rate',[[${JSON.stringify(say`requests a second`)},'--good'],[${JSON.stringify(say`of them failed`)},'--bad']],[data.perSecond,data.failed]);
  draw('latency',[[${JSON.stringify(say`median`)},'--good'],['99 %','--mid'],[${JSON.stringify(say`longest`)},'--bad']],[data.p50,data.p99,data.max]);
}
`;
