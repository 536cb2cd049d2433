/** The two plots: the share against the threshold, and below it the attempts. */
import { say } from '../../../../language/say.js';

export const chartScript = (): string => `
const css=(name)=>getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const font='12px system-ui, sans-serif';
const steps=[1,2,5,10,20,50,100,200,500,1000,2000,5000,10000,15000,30000,...[1,2,5,10,15,30].map((one)=>one*60000),...[1,2,3,6,12].map((one)=>one*3600000)];
const ticks=(fromMs,untilMs,most)=>{
  let step=steps.find((one)=>(untilMs-fromMs)/one<=most);
  if(step===undefined)for(step=86400000;(untilMs-fromMs)/step>most;)step*=2;
  const found=[];
  for(let place=Math.ceil(fromMs/step);place*step<=untilMs;place++)found.push(place*step);
  return found;
};

/* Buckets in view, so wide that their bars can be told apart, as sums that lie on each other. */
const widthIn=(pixels)=>{
  const span=range[1]-range[0];
  return data.widthsMs.find((width)=>width>=data.bucketMs&&span/width<=Math.max(10,pixels/7))||data.bucketMs;
};
const barsOf=(widthMs)=>{
  const first=Math.floor(data.fromMs/widthMs);
  const count=Math.floor(data.untilMs/widthMs)-first+1;
  const series=hook.groups.length+1;
  const columns=[Array.from({length:count},(_,index)=>(first+index)*widthMs)];
  for(let index=0;index<series;index++)columns.push(new Array(count).fill(0));
  for(const [fromMs,missed,...counts] of hook.buckets){
    const place=Math.floor(fromMs/widthMs)-first;
    let sum=0;
    for(let index=0;index<series;index++){
      sum+=index<counts.length?counts[index]:missed;
      columns[series-index][place]+=sum;
    }
  }
  return columns;
};

const clipped=(plot,draw)=>{
  const {ctx,bbox}=plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left,0,bbox.width,bbox.top+bbox.height);
  ctx.clip();
  draw(ctx,bbox,uPlot.pxRatio);
  ctx.restore();
};
const shade=(plot)=>clipped(plot,(ctx,{top,height},ratio)=>{
  ctx.fillStyle=css('--shade');
  for(const [fromMs,untilMs,,part] of hook.spans){
    const left=plot.valToPos(fromMs,'x',true);
    const right=plot.valToPos(untilMs,'x',true);
    ctx.globalAlpha=part;
    ctx.fillRect(left,top,Math.max(ratio,right-left),height);
  }
});
const triangle=(ctx,x,y,size,way)=>{
  ctx.beginPath();
  ctx.moveTo(x-size,y-way*size);
  ctx.lineTo(x+size,y-way*size);
  ctx.lineTo(x,y+way*size);
  ctx.fill();
};
const marks=(plot)=>{
  const {ctx,bbox}=plot;
  const ratio=uPlot.pxRatio;
  const limit=plot.valToPos(data.threshold,'y',true);
  ctx.save();
  ctx.strokeStyle=ctx.fillStyle=css('--limit');
  ctx.lineWidth=1.5*ratio;
  ctx.setLineDash([7*ratio,4*ratio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left,limit);
  ctx.lineTo(bbox.left+bbox.width,limit);
  ctx.stroke();
  ctx.font='600 '+12*ratio+'px system-ui, sans-serif';
  ctx.textBaseline='middle';
  ctx.textAlign='left';
  ctx.fillText(data.limit,bbox.left+bbox.width+5*ratio,limit);
  ctx.restore();
  clipped(plot,(ctx,{left,top,width,height})=>{
    const line=(atMs,color,way)=>{
      const x=plot.valToPos(atMs,'x',true);
      ctx.strokeStyle=ctx.fillStyle=css(color);
      ctx.lineWidth=1.5*ratio;
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.moveTo(x,top-4*ratio);
      ctx.lineTo(x,top+height);
      ctx.stroke();
      triangle(ctx,x,top-8*ratio,5*ratio,way);
      return x;
    };
    ctx.font=12*ratio+'px system-ui, sans-serif';
    ctx.textBaseline='middle';
    const stops=[...hook.spans.flatMap(([fromMs,untilMs,isOver])=>isOver?[fromMs,untilMs]:[fromMs]),...hook.polls].map((atMs)=>plot.valToPos(atMs,'x',true)).sort((one,other)=>one-other);
    const inView=hook.spans.filter(([fromMs,untilMs])=>untilMs>=range[0]&&fromMs<=range[1]);
    if(inView.length>30){
      /* Too many to tell apart: where some are, until somebody zooms in. */
      ctx.fillStyle=css('--limit');
      let last=-Infinity;
      for(const [fromMs] of inView){
        const x=plot.valToPos(fromMs,'x',true);
        if(x-last>=11*ratio)triangle(ctx,last=x,top-8*ratio,5*ratio,1);
      }
      return;
    }
    let free=left;
    for(const [fromMs,untilMs,isOver] of inView){
      if(isOver)line(untilMs,'--good2',-1);
      const x=line(fromMs,'--limit',1);
      const words=${JSON.stringify(say`disabled ${'#'}`)}.replace('#',time(fromMs));
      const wide=ctx.measureText(words).width+14*ratio;
      const after=stops.find((one)=>one>x+1)||Infinity;
      const before=stops.findLast((one)=>one<x-1)||-Infinity;
      const isRight=x+wide<Math.min(after-5*ratio,left+width);
      if(x<left||(!isRight&&x-wide<Math.max(free,before+5*ratio)))continue;
      ctx.fillStyle=css('--fg');
      ctx.textAlign=isRight?'left':'right';
      ctx.fillText(words,x+(isRight?9:-9)*ratio,top-8*ratio);
      free=isRight?x+wide:x+9*ratio;
    }
    ctx.fillStyle=css('--good0');
    for(const atMs of hook.polls){
      const x=plot.valToPos(atMs,'x',true);
      triangle(ctx,x,top-6*ratio,3.5*ratio,1);
      triangle(ctx,x,top-11*ratio,3.5*ratio,-1);
    }
  });
};

const shared=(height,axes,scaleY,more)=>({
  width:Math.max(280,chart.clientWidth-2),
  height,
  ...more,
  legend:{show:false},
  scales:{x:{time:false,range:()=>range},y:scaleY},
  axes:axes.map((axis)=>({stroke:()=>css('--quiet'),grid:{stroke:()=>css('--line'),width:1},ticks:{show:false},font,...axis})),
  cursor:{y:false,points:{show:false},drag:{x:true,y:false,setScale:false},bind:{dblclick:()=>()=>{zoom(data.fromMs,data.untilMs);return null;}},sync:{key:'hookproof',filters:{pub:(type)=>type==='mousemove'||type==='mouseleave'}}},
});
const xAxis=(isLabelled)=>({
  size:isLabelled?30:6,
  splits:(plot,axis,min,max)=>ticks(min,max,Math.max(2,Math.floor(plot.width/95))),
  values:(plot,splits)=>splits.map((atMs)=>isLabelled?(atMs===0?'0':time(atMs)):''),
});
const hooksOf=(more)=>({drawClear:[shade],setCursor:[pointed],setSelect:[selected],...more});
const shareOptions=()=>({
  ...shared(280,[xAxis(false),{size:58,splits:()=>[0,20,40,60,80,100],values:(plot,splits)=>splits.map((one)=>one+' %')}],{range:()=>[0,101]},{padding:[22,58,6,0]}),
  series:[{},
    {stroke:()=>css('--fg'),width:2,paths:uPlot.paths.stepped({align:1}),points:{show:false}},
    {stroke:()=>css('--fg'),width:2,dash:[2,4],paths:uPlot.paths.stepped({align:1}),points:{show:false}}],
  hooks:hooksOf({draw:[marks]}),
});
const barOptions=()=>({
  ...shared(150,[xAxis(true),{size:58,space:34,incrs:[1,2,5,10,20,50,100,200,500,1e3,2e3,5e3,1e4,2e4,5e4,1e5,2e5,5e5,1e6,2e6,5e6,1e7]}],{range:(plot,min,max)=>[0,Math.max(1,max*1.08)]},{padding:[8,58,0,0]}),
  series:[{},{stroke:()=>css('--quiet'),width:1,paths:uPlot.paths.bars({size:[1,Infinity],align:1,gap:1}),points:{show:false}},
    ...hook.groups.toReversed().map(({color})=>({fill:()=>css('--'+color),width:0,paths:uPlot.paths.bars({size:[1,Infinity],align:1,gap:1}),points:{show:false}}))],
  hooks:hooksOf({}),
});
`;
