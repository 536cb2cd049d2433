import { render } from 'preact';
import { App } from './app.js';
import { applyTheme, readTheme } from './state/theme.js';
import './style/index.css';

applyTheme(readTheme());
const place = document.querySelector('#app');
if (place !== null) render(<App />, place);
