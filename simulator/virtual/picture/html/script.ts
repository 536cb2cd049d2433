/** The page's script, in the order in which its parts use each other. */
import { chartScript } from './script-chart.js';
import { controlScript } from './script-controls.js';
import { readoutScript } from './script-readout.js';

export const script = (): string => `(()=>{'use strict';
const data=JSON.parse(document.querySelector('#data').textContent);
let hook=data.hooks[0];
if(!hook)return;
let range=[data.fromMs,data.untilMs];
${readoutScript()}
${chartScript()}
${controlScript()}
})();`;
