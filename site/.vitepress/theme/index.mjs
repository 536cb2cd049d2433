// Fonts are those of the reader's machine: nothing is loaded from elsewhere.
import theme from 'vitepress/theme-without-fonts';
import './style.css';

export default theme;
