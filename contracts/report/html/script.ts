/** Filtering the table and copying commands: the page says everything without it. */
import { say } from '../../../language/say.js';

export const script = (): string => `
const filter=document.querySelector('.filter');
const rows=[...document.querySelectorAll('.cases tbody tr')];
const count=document.querySelector('#shown');
const apply=()=>{
  const text=document.querySelector('#text').value.toLowerCase();
  const suite=document.querySelector('#suite').value;
  const verdict=document.querySelector('#verdict').value;
  let shown=0;
  for(const row of rows){
    const fits=(!suite||row.dataset.suite===suite)&&(!verdict||row.dataset.verdict===verdict)&&(!text||row.textContent.toLowerCase().includes(text));
    row.hidden=!fits;
    if(fits)shown++;
  }
  count.textContent=${JSON.stringify(say`${'#'} of ${'%'} cases`)}.replace('#',shown).replace('%',rows.length);
};
filter.hidden=false;
filter.addEventListener('input',apply);
apply();
for(const place of document.querySelectorAll('.again')){
  if(!navigator.clipboard)break;
  const button=document.createElement('button');
  button.type='button';
  button.textContent=${JSON.stringify(say`Copy`)};
  button.addEventListener('click',async()=>{
    await navigator.clipboard.writeText(place.querySelector('code').textContent);
    button.textContent=${JSON.stringify(say`Copied`)};
  });
  place.append(button);
}
`;
