/** Finding the rows of an instant, and telling them in words. */
import { say } from '../../../../language/say.js';

/** The heads of what is told of an attempt. */
const heads = (): readonly string[] => [
  say`Time`,
  say`Event`,
  say`Attempt`,
  say`Outcome`,
  say`Failed`,
  say`Share`,
  say`Headroom`,
  say`Next`,
];

export const readoutScript = (): string => `
const sizes=[['d',86400000],['h',3600000],['m',60000],['s',1000],['ms',1]];
const time=(ms)=>{
  let rest=Math.abs(Math.round(ms));
  let text='';
  for(const [unit,size] of sizes){
    const count=Math.floor(rest/size);
    rest-=count*size;
    if(count>0)text+=count+unit;
  }
  return (ms<0?'-':'')+(text||'0s');
};
const percent=(failed,total)=>total===0?${JSON.stringify(say`none`)}:Number((100*failed/total).toFixed(2))+' %';
const element=(tag,text,kind)=>{
  const made=document.createElement(tag);
  if(text!==undefined)made.textContent=text;
  if(kind!==undefined)made.className=kind;
  return made;
};
const isAttempt=(row)=>row.length>3;

/* Rows by instant: what one place of the cursor stands for. */
let instants=[];
const gather=()=>{
  instants=[];
  for(const row of hook.rows){
    const last=instants[instants.length-1];
    if(last!==undefined&&last.atMs===row[0])last.rows.push(row);
    else instants.push({atMs:row[0],rows:[row]});
  }
};
const isDisabling=({rows})=>rows.some((row)=>row[1]==='disabled');
const nearest=(atMs)=>{
  let low=0;
  let high=instants.length-1;
  while(low<high){
    const middle=(low+high)>>1;
    if(instants[middle].atMs<atMs)low=middle+1;else high=middle;
  }
  const before=instants[low-1];
  return before!==undefined&&atMs-before.atMs<Math.abs(instants[low].atMs-atMs)?low-1:low;
};

/* The attempt that an instant is told by: the one that disabled the hook, or its last. */
const mainRow=({rows})=>{
  const end=rows.findIndex((row)=>row[1]==='disabled');
  return (end<0?rows:rows.slice(0,end)).filter(isAttempt).pop()||rows.find(isAttempt);
};
/* Their classes, and their names. */
const kinds=['time','event','attempt','outcome','failed','share','headroom','next'];
const names=${JSON.stringify(heads())};
const part=(one,all)=>${JSON.stringify(say`${'#'} of ${'%'}`)}.replace('#',one).replace('%',all);
const fieldsOf=([atMs,event,attempt,outcome,failed,total,headroom,next])=>[
  time(atMs),
  event,
  part(attempt,data.attemptsMax),
  outcome,
  part(failed,total),
  percent(failed,total),
  typeof headroom==='string'?headroom:(headroom===1?${JSON.stringify(say`${'#'} failure`)}:${JSON.stringify(say`${'#'} failures`)}).replace('#',headroom),
  next,
].map((text,index)=>[names[index],text,kinds[index]]);
/* What else happened then; of events that were given up there may be thousands. */
const incidentsOf=({rows})=>{
  const isGivenUp=(row)=>row[1]==='missed'||row[1]==='dropped';
  const found=rows.filter((row)=>!isAttempt(row)&&!isGivenUp(row)).slice(0,6);
  for(const kind of ['dropped','missed']){
    const some=rows.filter((row)=>row[1]===kind);
    if(some.length===1)found.push(some[0]);
    else if(some.length>1)found.push([some[0][0],kind,(kind==='dropped'?${JSON.stringify(say`${'#'} deliveries dropped`)}:${JSON.stringify(say`${'#'} deliveries missed`)}).replace('#',some.length)]);
  }
  return found;
};
const readout=document.querySelector('#readout');
const show=(instant)=>{
  const main=mainRow(instant);
  const list=element('dl');
  const fields=main===undefined?[[names[0],time(instant.atMs),kinds[0]]]:fieldsOf(main);
  for(const [name,text,kind] of fields){
    const pair=element('div',undefined,kind);
    pair.append(element('dt',name),element('dd',text));
    list.append(pair);
  }
  const attempts=instant.rows.filter(isAttempt).length;
  const lines=[];
  if(attempts>1)lines.push(element('p',${JSON.stringify(say`${'#'} more attempts ended at this instant.`)}.replace('#',attempts-1),'quiet'));
  const incidents=incidentsOf(instant);
  for(const row of incidents)lines.push(element('p',row[2],row[1]));
  readout.replaceChildren(list,...lines);
  return [...fields.map(([name,text])=>name+' '+text),...incidents.map((row)=>row[2])].join(', ');
};
const showBucket=(atMs)=>{
  const width=data.bucketMs;
  const found=hook.buckets.find((bucket)=>bucket[0]<=atMs&&atMs<bucket[0]+width);
  const lines=[element('p',time(atMs))];
  if(found===undefined)lines.push(element('p',${JSON.stringify(say`No attempt here.`)},'quiet'));
  else{
    const parts=hook.groups.map((group,index)=>found[index+2]+' '+group.label+(group.failed?${JSON.stringify(say` (failed)`)}:''));
    if(found[1]>0)parts.push(${JSON.stringify(say`${'#'} missed`)}.replace('#',found[1]));
    lines.push(element('p',${JSON.stringify(say`From ${'#'} to ${'%'}: ${'@'}.`)}.replace('#',time(found[0])).replace('%',time(found[0]+width)).replace('@',()=>parts.join(', '))));
    if(hook.rowsLeftOut>0)lines.push(element('p',${JSON.stringify(say`The rows around here were left out.`)},'quiet'));
  }
  readout.replaceChildren(...lines);
};
`;
