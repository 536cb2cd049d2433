/** Pointing, zooming and stepping, by mouse and by keyboard. */
import { say } from '../../../../language/say.js';

export const controlScript = (): string => `
const $=(id)=>document.getElementById(id);
const chart=$('chart');
const said=$('said');
let plots=[];
let place=0;
let isStepping=false;

const refresh=()=>{
  const isWhole=range[0]<=data.fromMs&&range[1]>=data.untilMs;
  const widthMs=widthIn(chart.clientWidth-116);
  const hasMissed=hook.buckets.some((bucket)=>bucket[1]>0);
  $('per').textContent=(hasMissed?${JSON.stringify(say`attempts and missed events per ${'#'}`)}:${JSON.stringify(say`attempts per ${'#'}`)}).replace('#',time(widthMs));
  const grainMs=range[1]-range[0]>600000?1000:1;
  const near=(ms)=>time(Math.round(ms/grainMs)*grainMs);
  $('range').textContent=${JSON.stringify(say`${'#'} to ${'%'}`)}.replace('#',near(range[0])).replace('%',near(Math.min(range[1],data.lastMs)));
  $('reset').disabled=$('out').disabled=isWhole;
  chart.dataset.from=range[0];
  chart.dataset.until=range[1];
  plots[1].setData(barsOf(widthMs),false);
  for(const plot of plots)plot.setScale('x',{min:range[0],max:range[1]});
  if($('ledger').open)list();
};
const zoom=(fromMs,untilMs)=>{
  const whole=data.untilMs-data.fromMs;
  const span=Math.min(whole,Math.max(Math.min(whole,20),untilMs-fromMs));
  const from=Math.min(Math.max(data.fromMs,fromMs),data.untilMs-span);
  range=[Math.round(from),Math.round(from+span)];
  refresh();
};
const scaleBy=(factor)=>{
  const at=instants[place]===undefined?(range[0]+range[1])/2:instants[place].atMs;
  const centre=at<range[0]||at>range[1]?(range[0]+range[1])/2:at;
  zoom(centre-(centre-range[0])*factor,centre+(range[1]-centre)*factor);
};
const selected=(plot)=>{
  const {left,width}=plot.select;
  if(width<4)return;
  const [fromMs,untilMs]=[plot.posToVal(left,'x'),plot.posToVal(left+width,'x')];
  plot.setSelect({left:0,top:0,width:0,height:0},false);
  zoom(fromMs,untilMs);
};
const pointed=(plot)=>{
  if(isStepping||plot.cursor.left<0||instants.length===0)return;
  const atMs=plot.posToVal(plot.cursor.left,'x');
  const away=(one)=>Math.abs(plot.valToPos(one.atMs,'x')-plot.cursor.left);
  const near=instants.filter((one)=>isDisabling(one)&&away(one)<7)[0];
  const found=near===undefined?nearest(atMs):instants.indexOf(near);
  if(near===undefined&&away(instants[found])>20){showBucket(atMs);return;}
  place=found;
  show(instants[found]);
};
const step=(to)=>{
  if(instants.length===0)return;
  place=Math.min(instants.length-1,Math.max(0,to));
  const instant=instants[place];
  const half=(range[1]-range[0])/2;
  if(instant.atMs<range[0]||instant.atMs>range[1])zoom(instant.atMs-half,instant.atMs+half);
  isStepping=true;
  for(const plot of plots)plot.setCursor({left:plot.valToPos(instant.atMs,'x'),top:0});
  isStepping=false;
  said.textContent=show(instant);
};
const nextDisabling=()=>{
  const later=instants.findIndex((one,index)=>index>place&&isDisabling(one));
  const found=later<0?instants.findIndex(isDisabling):later;
  if(found>=0)step(found);
};
const keys={
  ArrowLeft:()=>step(place-1),ArrowRight:()=>step(place+1),Home:()=>step(0),End:()=>step(instants.length-1),
  d:nextDisabling,'+':()=>scaleBy(0.5),'=':()=>scaleBy(0.5),'-':()=>scaleBy(2),
  0:()=>zoom(data.fromMs,data.untilMs),Escape:()=>zoom(data.fromMs,data.untilMs),
};
chart.addEventListener('keydown',(event)=>{
  const act=keys[event.key];
  if(act===undefined||event.ctrlKey||event.metaKey||event.altKey)return;
  event.preventDefault();
  act();
});
$('in').addEventListener('click',()=>scaleBy(0.5));
$('out').addEventListener('click',()=>scaleBy(2));
$('reset').addEventListener('click',()=>zoom(data.fromMs,data.untilMs));

const most=500;
const list=()=>{
  const rows=hook.rows.filter((row)=>row[0]>=range[0]&&row[0]<=range[1]);
  const table=element('table');
  const head=element('tr');
  for(const name of names)head.append(element('th',name));
  table.createTHead().append(head);
  const body=table.createTBody();
  for(const row of rows.slice(0,most)){
    const line=body.insertRow();
    if(isAttempt(row))for(const [,text] of fieldsOf(row))line.append(element('td',text));
    else{
      const cell=element('td',row[2]);
      cell.colSpan=7;
      line.append(element('td',time(row[0])),cell);
    }
  }
  table.prepend(element('caption',(rows.length>most?${JSON.stringify(say`The first ${'%'} of ${'#'} rows in view: zoom in for the others`)}:${JSON.stringify(say`${'#'} rows in view`)}).replace('%',most).replace('#',rows.length)));
  $('ledger').lastElementChild.replaceChildren(table);
};
$('ledger').addEventListener('toggle',()=>{if($('ledger').open)list();});

const legend=()=>{
  const entry=(words,kind,color)=>{
    const item=element('li');
    const swatch=element('span',undefined,'swatch '+kind);
    if(color!==undefined)swatch.style.background='var(--'+color+')';
    item.append(swatch,words);
    return item;
  };
  const sign=(mark,color,words)=>{
    const item=element('li');
    const shape=element('span',mark);
    shape.style.color='var(--'+color+')';
    item.append(shape,words);
    return item;
  };
  $('legend').replaceChildren(
    ...hook.groups.map(({label,color,failed})=>entry(label+(failed?${JSON.stringify(say` (failed)`)}:''),'',color)),
    ...(hook.buckets.some((bucket)=>bucket[1]>0)?[entry(${JSON.stringify(say`missed`)},'missed')]:[]),
    ...(hook.spans.length>0?[entry(${JSON.stringify(say`disabled`)},'shade')]:[]),
    ...(hook.spans.some(([,,isOver])=>isOver)?[sign('▲','good2',${JSON.stringify(say`enabled again`)})]:[]),
    ...(hook.polls.length>0?[sign('◆','good0',${JSON.stringify(say`GET /events asked`)})]:[]),
    ...(hook.line.early.some((one)=>one!==null)?[entry(${JSON.stringify(say`window below ${'#'}: not judged`)}.replace('#',data.attemptsMin),'early')]:[]),
  );
};
const draw=()=>{
  for(const plot of plots)plot.destroy();
  const {atMs,judged,early}=hook.line;
  plots=[new uPlot(shareOptions(),[atMs,judged,early],$('share')),new uPlot(barOptions(),barsOf(widthIn(chart.clientWidth-116)),$('bars'))];
  legend();
  refresh();
};
const choose=(index)=>{
  hook=data.hooks[index];
  gather();
  draw();
  readout.replaceChildren(element('p',${JSON.stringify(say`Point at the chart, or step through it by keyboard.`)},'quiet'));
  const first=instants.findIndex(isDisabling);
  place=Math.max(0,first);
  if(instants[place]!==undefined)show(instants[place]);
};
for(const part of document.querySelectorAll('.only'))part.hidden=false;
if($('hook'))$('hook').addEventListener('change',()=>choose(Number($('hook').value)));
choose(0);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change',draw);
new ResizeObserver(()=>{
  for(const plot of plots)plot.setSize({width:Math.max(280,chart.clientWidth-2),height:plot.height});
  refresh();
}).observe(chart);
`;
