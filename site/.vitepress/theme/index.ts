// Fonts are those of the reader's machine: nothing is loaded from elsewhere.
export { default } from 'vitepress/theme-without-fonts';
import './style.css';
